//! What users, roles and policies have besides.

use camlock_syntax::json::Value;

use super::object::{Object, Place, Reader};
use crate::account::UserKind;
use crate::details::{PolicyDetails, RoleDetails, UserDetails};
use crate::finding as codes;

/// The longest session that a role can have, in seconds.
const LONGEST_SESSION: u64 = 43_200;

/// Versions beyond are none that anybody made; adding to them must not overflow.
const MOST_VERSIONS: u64 = 1_000_000_000;

/// The members of users that are read here.
pub(super) const OF_USERS: [&str; 8] = [
    "remark",
    "email",
    "phone",
    "country_code",
    "console_login",
    "need_reset_password",
    "corp",
    "member",
];

/// The members of roles that are read here.
pub(super) const OF_ROLES: [&str; 4] =
    ["description", "session_duration", "console_login", "linked_services"];

/// The members of policies that are read here.
pub(super) const OF_POLICIES: [&str; 5] =
    ["description", "alias", "version", "last_version", "tags"];

impl Reader {
    pub(super) fn user_details(
        &mut self,
        object: &mut Object<'_, '_>,
        kind: UserKind,
    ) -> UserDetails {
        if kind != UserKind::WecomUser {
            for name in ["corp", "member"] {
                if let Some((value, place)) = object.take(name) {
                    let message = format!("only a wecom_user has a `{name}`");
                    self.error(codes::BAD_VALUE, value.span, message, "remove it", &place);
                }
            }
        }
        UserDetails {
            remark: self.note(object.take("remark")),
            email: self.note(object.take("email")),
            phone: self.note(object.take("phone")),
            country_code: self.note(object.take("country_code")),
            console_login: self.switch(object.take("console_login")),
            need_reset_password: self.switch(object.take("need_reset_password")),
            corp: self.note(object.take("corp")),
            member: self.note(object.take("member")),
        }
    }

    pub(super) fn role_details(&mut self, object: &mut Object<'_, '_>) -> RoleDetails {
        let mut linked_services = Vec::new();
        for (value, place) in self.list(object.take("linked_services")) {
            linked_services.extend(self.text(value, &place).map(Into::into));
        }
        let longest = self.number(object.take("session_duration"), LONGEST_SESSION);
        RoleDetails {
            description: self.note(object.take("description")),
            session_duration: longest.unwrap_or_default(),
            console_login: self.switch(object.take("console_login")),
            linked_services,
        }
    }

    pub(super) fn policy_details(&mut self, object: &mut Object<'_, '_>) -> PolicyDetails {
        let version = self.number(object.take("version"), MOST_VERSIONS).unwrap_or(1);
        let last = object.take("last_version");
        let last_version = self.number(last.clone(), MOST_VERSIONS).unwrap_or(version);
        if let Some((value, place)) = last.filter(|_| last_version < version) {
            let message = "the version of the document comes after the last one".to_owned();
            let help = "write the last number that was given, or leave it out";
            self.error(codes::BAD_VALUE, value.span, message, help, &place);
        }
        PolicyDetails {
            description: self.note(object.take("description")),
            alias: self.note(object.take("alias")),
            version,
            last_version,
            tags: self.tags(object.take("tags")),
        }
    }

    /// A text that may be empty or missing.
    pub(super) fn note(&mut self, found: Option<(&Value<'_>, Place)>) -> Box<str> {
        let Some((value, place)) = found else { return Box::default() };
        if let camlock_syntax::json::Kind::String(text) = &value.kind {
            return (&*text.decoded).into();
        }
        self.wrong_type(value, "a string", &place);
        Box::default()
    }

    fn switch(&mut self, found: Option<(&Value<'_>, Place)>) -> bool {
        found.is_some_and(|(value, place)| self.boolean(value, &place))
    }

    /// A number from 1 to `most`.
    fn number(&mut self, found: Option<(&Value<'_>, Place)>, most: u64) -> Option<u64> {
        let (value, place) = found?;
        let digits = self.name(value, &place)?;
        let number = digits.parse().ok().filter(|number| (1..=most).contains(number));
        if number.is_none() {
            let message = format!("here belongs a number from 1 to {most}");
            let help = "write such a number, or leave the member out";
            self.error(codes::BAD_VALUE, value.span, message, help, &place);
        }
        number
    }
}
