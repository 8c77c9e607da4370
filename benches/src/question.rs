//! A request as plain text and numbers.

#![expect(clippy::exhaustive_structs, reason = "plain data for the candidates of this repository")]

use std::fmt;
use std::net::Ipv4Addr;

use camlock_policy::Request;
use serde_json::{Value, json};

use crate::rule::User;

/// A point of time in 2026, at some full second.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Moment {
    /// From 1.
    pub month: usize,
    /// Of the month, from 1.
    pub day: usize,
    /// Of the day.
    pub second: usize,
}

impl Moment {
    /// A number that grows with time.
    pub fn number(self) -> i64 {
        let days = self.month * 31 + self.day;
        i64::try_from(days * 86_400 + self.second).unwrap_or_default()
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (hour, minute, second) = (self.second / 3_600, self.second / 60 % 60, self.second % 60);
        let Self { month, day, .. } = self;
        write!(f, "2026-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
    }
}

/// Who asks for what, and the facts around it.
#[derive(Clone, Debug)]
pub struct Question {
    /// The caller.
    pub user: User,
    /// The operation.
    pub action: String,
    /// What it is done to.
    pub resource: String,
    /// Where the caller is.
    pub address: u32,
    /// A tag of the resource, `key&value`.
    pub tag: String,
    /// When it happens.
    pub moment: Moment,
    /// Whether the connection is encrypted.
    pub secure: bool,
}

impl Question {
    /// The request in Camlock's own form.
    pub(crate) fn request(&self) -> Request {
        self.texts().request()
    }

    /// What a gateway has before it makes a request.
    pub(crate) fn texts(&self) -> Texts {
        Texts {
            principal: self.user.name(),
            action: self.action.clone(),
            resource: self.resource.clone(),
            address: Ipv4Addr::from(self.address).to_string(),
            tag: self.tag.clone(),
            time: self.moment.to_string(),
            secure: self.secure,
        }
    }

    /// The request as one line of JSON.
    pub fn to_json(&self, id: &str) -> Value {
        json!({
            "id": id,
            "principal": self.user.name(),
            "action": self.action,
            "resource": self.resource,
            "context": {
                "qcs:ip": Ipv4Addr::from(self.address).to_string(),
                "qcs:resource_tag": self.tag,
                "qcs:current_time": self.moment.to_string(),
                "cos:secure-transport": self.secure,
            },
        })
    }
}

/// A request as texts.
#[derive(Clone, Debug)]
pub(crate) struct Texts {
    principal: String,
    action: String,
    resource: String,
    address: String,
    tag: String,
    time: String,
    secure: bool,
}

impl Texts {
    pub(crate) fn request(&self) -> Request {
        Request::builder()
            .principal(&self.principal)
            .action(&self.action)
            .resource(&self.resource)
            .context("qcs:ip", &*self.address)
            .context("qcs:resource_tag", &*self.tag)
            .context("qcs:current_time", &*self.time)
            .context("cos:secure-transport", self.secure)
            .build()
            .expect("generated names are well formed")
    }
}
