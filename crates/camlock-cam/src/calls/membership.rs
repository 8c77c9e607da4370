//! Who is in a user group: users, and whoever only gets messages.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::common::no_user;
use crate::ApiError;
use crate::change::Change;
use crate::model::{Receiver, User};
use crate::params::Params;
use crate::state::State;
use crate::when::datetime;

/// Somebody who may be in groups.
pub(super) enum Member {
    User(User),
    Receiver(Receiver),
}

impl Member {
    /// Whom one entry of a list of memberships names.
    pub(super) fn of_entry(state: &State, entry: Params<'_>) -> Result<Self, ApiError> {
        let (uin, uid) = (entry.number("Uin"), entry.number("Uid"));
        if uin.is_none() && uid.is_none() {
            let message = "A membership names a user by `Uin` or by `Uid`.";
            return Err(ApiError::invalid("UserUinAndUinNotAllNull", message));
        }
        Self::find(state, uin, uid)
    }

    /// The user of a uin; without one, whoever has the other id.
    pub(super) fn find(
        state: &State,
        uin: Option<u64>,
        uid: Option<u64>,
    ) -> Result<Self, ApiError> {
        let user = match (uin, uid) {
            (Some(uin), _) => state.users.get(&uin),
            (None, uid) => state.users.values().find(|user| Some(user.uid) == uid),
        };
        if let Some(user) = user {
            return Ok(Self::User(User::clone(user)));
        }
        let receiver = uid.filter(|_| uin.is_none()).and_then(|uid| state.receivers.get(&uid));
        let missing = || no_user("ResourceNotFound.UserNotExist");
        receiver.map(|own| Self::Receiver(Receiver::clone(own))).ok_or_else(missing)
    }

    pub(super) fn groups(&mut self) -> &mut BTreeSet<u64> {
        match self {
            Self::User(user) => &mut user.groups,
            Self::Receiver(receiver) => &mut receiver.groups,
        }
    }

    pub(super) fn put(self, change: &mut Change) -> Result<(), ApiError> {
        match self {
            Self::User(user) => change.put(user),
            Self::Receiver(receiver) => change.put(receiver),
        }
    }
}

/// How many are in a group.
pub(super) fn size(state: &State, group: u64) -> usize {
    state.members(group).count() + state.receivers_in(group).count()
}

/// Everybody in a group, as calls show them: users first.
pub(super) fn all_of(state: &State, group: u64) -> Vec<Value> {
    let users = state.members(group).map(|user| of_user(user));
    users.chain(state.receivers_in(group).map(|own| of_receiver(own))).collect()
}

/// `GroupMemberInfo`
fn of_user(user: &User) -> Value {
    json!({
        "Uid": user.uid,
        "Uin": user.uin,
        "Name": user.name,
        "PhoneNum": user.phone_num,
        "CountryCode": user.country_code,
        "PhoneFlag": 0,
        "Email": user.email,
        "EmailFlag": 0,
        "UserType": 1,
        "CreateTime": datetime(user.created),
        "IsReceiverOwner": 0,
        "Remark": user.remark,
    })
}

/// `GroupMemberInfo` of somebody who has no uin.
fn of_receiver(receiver: &Receiver) -> Value {
    json!({
        "Uid": receiver.uid,
        "Uin": 0,
        "Name": receiver.name,
        "PhoneNum": receiver.phone_number,
        "CountryCode": receiver.country_code,
        "PhoneFlag": 0,
        "Email": receiver.email,
        "EmailFlag": 0,
        "UserType": 3,
        "CreateTime": datetime(receiver.created),
        "IsReceiverOwner": 0,
        "Remark": receiver.remark,
    })
}
