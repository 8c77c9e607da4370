//! `ListAccounts`: the owner, its sub-accounts and whoever only gets messages, page by page.

use serde_json::{Value, json};

use super::common::reply;
use super::users::summary;
use super::{Handler, Reply};
use crate::ApiError;
use crate::context::Context;
use crate::model::{Receiver, User, UserKind};
use crate::state::State;
use crate::when::datetime;

pub(super) fn handler(action: &str) -> Option<Handler> {
    (action == "ListAccounts").then_some(Handler::Read(list))
}

const KINDS: [&str; 7] = [
    "Owner",
    "SubUser",
    "CICUser",
    "WechatCorpUser",
    "AgentIdentity",
    "Collaborator",
    "MessageReceiver",
];

/// The place of an account in the list, which stays its own whoever comes and goes: the owner, then
/// users by uin, then receivers by uid.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
enum Place {
    Owner,
    User(u64),
    Receiver(u64),
}

impl Place {
    /// The marker of the page that ends here.
    fn marker(self) -> String {
        match self {
            Self::Owner => "owner".to_owned(),
            Self::User(uin) => format!("user-{uin}"),
            Self::Receiver(uid) => format!("receiver-{uid}"),
        }
    }

    /// The place that a marker was made of.
    fn of_marker(marker: &str) -> Result<Self, ApiError> {
        let place = match marker.split_once('-') {
            None if marker == "owner" => Some(Self::Owner),
            Some(("user", uin)) => uin.parse().ok().map(Self::User),
            Some(("receiver", uid)) => uid.parse().ok().map(Self::Receiver),
            _ => None,
        };
        place.ok_or_else(|| {
            ApiError::invalid("PaginationTokenInvalid", "`Marker` is none that was given out.")
        })
    }
}

fn list(context: &Context<'_>) -> Reply {
    let params = context.params;
    let wanted = params.text("UserType");
    if wanted.is_some_and(|wanted| !KINDS.contains(&wanted)) {
        return Err(ApiError::new("InvalidParameter", "`UserType` is none that there is."));
    }
    let most = params.number("MaxItems").unwrap_or(100);
    if !(1..=100).contains(&most) {
        return Err(ApiError::new("InvalidParameter", "`MaxItems` has to be from 1 to 100."));
    }
    let most = usize::try_from(most).unwrap_or(100);
    let marker = params.text("Marker").filter(|marker| !marker.is_empty());
    let after = marker.map(Place::of_marker).transpose()?;
    let mut rows: Vec<Row<'_>> = all(context.state)
        .filter(|row| wanted.is_none_or(|wanted| wanted == row.kind()))
        .filter(|row| after.is_none_or(|after| row.place() > after))
        .take(most + 1)
        .collect();
    let more = rows.len() > most;
    rows.truncate(most);
    let last = rows.last().filter(|_| more);
    let marker = last.map(|last| last.place().marker()).unwrap_or_default();
    let users: Vec<Value> = rows.iter().map(Row::shown).collect();
    reply(json!({ "Users": users, "Marker": marker, "IsTruncated": more }))
}

/// Everybody, in the order of their places.
fn all(state: &State) -> impl Iterator<Item = Row<'_>> {
    let users = state.users.values().map(|user| Row::User(user));
    let receivers = state.receivers.values().map(|receiver| Row::Receiver(receiver));
    std::iter::once(Row::Owner(state.owner.uin)).chain(users).chain(receivers)
}

/// An account of the list.
enum Row<'a> {
    Owner(u64),
    User(&'a User),
    Receiver(&'a Receiver),
}

impl Row<'_> {
    fn place(&self) -> Place {
        match self {
            Self::Owner(_) => Place::Owner,
            Self::User(user) => Place::User(user.uin),
            Self::Receiver(receiver) => Place::Receiver(receiver.uid),
        }
    }

    fn kind(&self) -> &'static str {
        match self {
            Self::Owner(_) => "Owner",
            Self::Receiver(_) => "MessageReceiver",
            Self::User(user) => match user.kind {
                UserKind::SubUser => "SubUser",
                UserKind::Wecom(_) => "WechatCorpUser",
                UserKind::Collaborator => "Collaborator",
            },
        }
    }

    fn shown(&self) -> Value {
        let mut value = match self {
            Self::Owner(uin) => json!({
                "Uin": uin, "Name": "root", "Uid": uin, "Remark": "", "ConsoleLogin": 0,
                "PhoneNum": "", "CountryCode": "", "Email": "", "CreateTime": datetime(0),
            }),
            Self::User(user) => summary(user),
            Self::Receiver(own) => json!({
                "Uin": 0, "Name": own.name, "Uid": own.uid, "Remark": own.remark,
                "ConsoleLogin": 0, "PhoneNum": own.phone_number, "CountryCode": own.country_code,
                "Email": own.email, "CreateTime": datetime(own.created),
            }),
        };
        if let Value::Object(members) = &mut value {
            members.remove("NickName");
            members.insert("UserType".to_owned(), self.kind().into());
        }
        value
    }
}
