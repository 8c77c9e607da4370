//! A request as plain text and numbers.

use std::fmt;
use std::net::Ipv4Addr;

use camlock_policy::Request;
use serde_json::{Value, json};

use crate::rule::User;

/// A point of time in 2026, at some full second.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct Moment {
    pub(crate) month: usize,
    pub(crate) day: usize,
    pub(crate) second: usize,
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
    pub(crate) user: User,
    pub(crate) action: String,
    pub(crate) resource: String,
    pub(crate) address: u32,
    pub(crate) tag: String,
    pub(crate) moment: Moment,
    pub(crate) secure: bool,
}

impl Question {
    /// The request in Camlock's own form.
    pub(crate) fn request(&self) -> Request {
        Request::builder()
            .principal(&self.user.name())
            .action(&self.action)
            .resource(&self.resource)
            .context("qcs:ip", Ipv4Addr::from(self.address).to_string())
            .context("qcs:resource_tag", &*self.tag)
            .context("qcs:current_time", self.moment.to_string())
            .context("cos:secure-transport", self.secure)
            .build()
            .expect("generated names are well formed")
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
