//! What is written down of a call; never a secret.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::Asked;
use crate::ApiError;
use crate::identity::Caller;
use crate::session::{Session, Whose};
use crate::signature::Authorization;
use crate::state::State;

/// What an audit record says of a call; never a secret.
#[derive(Clone, Debug, Default)]
#[expect(clippy::exhaustive_structs, reason = "read by servers")]
pub struct Record {
    /// `cam` or `sts`.
    pub service: String,
    /// The call.
    pub action: String,
    /// The key that signed.
    pub secret_id: String,
    /// Who asked: root, `CAMUser`, `AssumedRole`; empty where it could not be told.
    pub identity: &'static str,
    /// The uin, or the id of the role.
    pub principal_id: String,
    /// The name of the user or role.
    pub user_name: String,
    /// The uin of the root account; of every call, whoever made it.
    pub account_id: String,
    /// The APPID of the account.
    pub app_id: String,
    /// Whether a second factor was shown for the credentials, or is good that came with the call.
    pub factor: bool,
    /// The temporary credentials that signed, or that were given to whom a provider vouched for.
    pub session: Option<SessionFacts>,
    /// What the call had to be allowed on.
    pub resources: Vec<String>,
    /// The tags of those, with what each has.
    pub tags: BTreeSet<(String, String)>,
    /// The parameters, without secrets.
    pub parameters: Map<String, Value>,
    /// Whether authentication and authorization refused it.
    pub denied: bool,
}

/// What an audit record says of temporary credentials.
#[derive(Clone, Debug, Default)]
#[expect(clippy::exhaustive_structs, reason = "read by servers")]
pub struct SessionFacts {
    /// The name that whoever asked for them chose, if any.
    pub name: String,
    /// The uin of who asked for them; empty where a provider vouched for somebody.
    pub asked_by: String,
    /// When they end, in seconds since 1970.
    pub expires: i64,
    /// The session policy that limits them.
    pub policy: Option<String>,
}

impl SessionFacts {
    fn of(session: &Session) -> Self {
        let own = &session.record;
        let name = match &own.whose {
            Whose::Role { session, .. } => session,
            Whose::Federated { name } => name,
            Whose::Caller => "",
        };
        let asked_by = if own.asked_by == 0 { String::new() } else { own.asked_by.to_string() };
        Self { name: name.to_owned(), asked_by, expires: own.expires, policy: own.policy.clone() }
    }
}

/// What a record says of who asks.
pub(super) fn describe(state: &State, caller: &Caller, record: &mut Record) {
    if caller.unsigned {
        return;
    }
    record.factor = caller.has_factor();
    record.session = caller.session.as_deref().map(SessionFacts::of);
    (record.identity, record.principal_id, record.user_name) = if let Some(id) = caller.role() {
        let name = state.roles.get(id).map_or(id, |role| &role.name);
        ("AssumedRole", id.to_owned(), name.to_owned())
    } else if caller.uin == state.owner.uin {
        ("Root", caller.uin.to_string(), "root".to_owned())
    } else {
        let name = state.users.get(&caller.uin).map_or("", |user| &user.name);
        ("CAMUser", caller.uin.to_string(), name.to_owned())
    };
}

/// The key that a request says it is signed with, as far as records show it.
pub(super) fn shown_id(authorization: &Authorization<'_>) -> String {
    authorization.secret_id().chars().take(64).collect()
}

/// The call that a request says it is, as far as records show it.
pub(super) fn action_of(asked: &Asked<'_>) -> String {
    let action = (asked.request.header)("x-tc-action").unwrap_or_default();
    action.chars().take(128).collect()
}

/// Whether authentication or authorization refused a call.
pub(super) fn is_denial(error: &ApiError) -> bool {
    error.code().starts_with("AuthFailure.") || error.code().starts_with("UnauthorizedOperation")
}

/// Parameters that hold a secret are not written down.
pub(super) fn without_secrets(parameters: &Map<String, Value>) -> Map<String, Value> {
    const SECRETS: [&str; 8] = [
        "Password",
        "SAMLAssertion",
        "WebIdentityToken",
        "TokenCode",
        "MFAToken",
        "Ticket",
        "Code",
        "ApplyToken",
    ];
    let mut shown = parameters.clone();
    for name in SECRETS {
        if let Some(value) = shown.get_mut(name) {
            *value = "***".into();
        }
    }
    shown
}
