//! A statement as plain text and numbers, for those who do not use Camlock's own types.

#![expect(
    clippy::exhaustive_enums,
    clippy::exhaustive_structs,
    reason = "plain data for the candidates of this repository"
)]

use std::fmt::Write as _;
use std::net::Ipv4Addr;

use camlock_policy::{Effect, PolicyKind};
use serde_json::{Map, Value, json};

use crate::question::Moment;

/// One statement.
#[derive(Clone, Debug)]
pub struct Rule {
    /// Allow or deny.
    pub effect: Effect,
    /// The only user whom the statement names; `None` in kinds of policy that name nobody.
    pub user: Option<User>,
    /// Patterns of actions, one of which has to cover that of the request.
    pub actions: Vec<String>,
    /// The pattern of the resource.
    pub resource: String,
    /// Conditions, all of which have to hold.
    pub tests: Vec<Test>,
}

/// A user of an account.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct User {
    /// The root account.
    pub account: String,
    /// The user's own number.
    pub uin: String,
}

/// One condition.
#[derive(Clone, Debug)]
pub enum Test {
    /// The address is in the network.
    Network {
        /// The first address.
        network: u32,
        /// The bits that count.
        mask: u32,
    },
    /// The resource has the tag, `key&value`.
    Tag(String),
    /// It is earlier.
    Before(Moment),
    /// It is later.
    After(Moment),
    /// The connection is or is not encrypted.
    Secure(bool),
}

impl User {
    /// The name that policies and requests know the user by.
    pub fn name(&self) -> String {
        format!("qcs::cam::uin/{}:uin/{}", self.account, self.uin)
    }
}

impl Rule {
    /// The statement in the language of CAM.
    fn to_json(&self) -> Value {
        let effect = match self.effect {
            Effect::Allow => "allow",
            Effect::Deny => "deny",
        };
        let mut statement = json!({ "effect": effect, "resource": self.resource });
        statement["action"] = match &*self.actions {
            [one] => json!(one),
            several => json!(several),
        };
        if let Some(user) = &self.user {
            statement["principal"] = json!({ "qcs": [user.name()] });
        }
        if !self.tests.is_empty() {
            let mut operators = Map::new();
            for test in &self.tests {
                let (operator, key, value) = test.parts();
                operators.insert(operator.to_owned(), json!({ key: value }));
            }
            statement["condition"] = Value::Object(operators);
        }
        statement
    }
}

impl Test {
    /// Operator, key and value; no two kinds of test share an operator.
    fn parts(&self) -> (&'static str, &'static str, Value) {
        match self {
            Self::Network { network, mask } => {
                let mut range = Ipv4Addr::from(*network).to_string();
                let _ = write!(range, "/{}", mask.count_ones());
                ("ip_equal", "qcs:ip", json!(range))
            }
            Self::Tag(tag) => ("string_equal", "qcs:resource_tag", json!(tag)),
            Self::Before(moment) => {
                ("date_less_than", "qcs:current_time", json!(moment.to_string()))
            }
            Self::After(moment) => {
                ("date_greater_than", "qcs:current_time", json!(moment.to_string()))
            }
            Self::Secure(secure) => ("bool_equal", "cos:secure-transport", json!(secure)),
        }
    }

    /// What tells the kinds of test apart, so that a statement has each once.
    pub(crate) fn operator(&self) -> &'static str {
        self.parts().0
    }
}

/// The text of a policy of these statements.
pub(crate) fn document(kind: PolicyKind, rules: &[Rule]) -> Value {
    let mut document = json!({ "statement": rules.iter().map(Rule::to_json).collect::<Vec<_>>() });
    if kind != PolicyKind::Resource {
        document["version"] = json!("2.0");
    }
    document
}
