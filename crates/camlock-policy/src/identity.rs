//! Small newtypes for the ids that CAM gives: account ids, APPIDs.

use std::fmt;

use smol_str::SmolStr;

/// A decimal account or user id, such as `100000000001`; compared as text [RES-9].
///
/// # Examples
///
/// ```
/// use camlock_policy::Uin;
///
/// assert!(Uin::parse("100000000001").is_some());
/// assert!(Uin::parse("-1").is_none());
/// ```
#[derive(Clone, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Uin(SmolStr);

/// The decimal APPID of an account, such as `1250000000`; compared as text [RES-9].
#[derive(Clone, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct AppId(SmolStr);

macro_rules! digits_newtype {
    ($name:ident, $what:literal) => {
        impl $name {
            #[doc = concat!("Reads ", $what, ": one or more ASCII digits, nothing else.")]
            pub fn parse(text: &str) -> Option<Self> {
                is_digits(text).then(|| Self(text.into()))
            }

            /// The digits as written.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

digits_newtype!(Uin, "an account or user id");
digits_newtype!(AppId, "an APPID");

pub(crate) fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// What is known of one account: its id, its APPID, or both [RES-9].
///
/// # Examples
///
/// ```
/// use camlock_policy::{AccountIds, AppId, Uin};
///
/// let ids = AccountIds::new(Uin::parse("1"), AppId::parse("1250000000"));
/// assert_eq!(ids.app_id().unwrap().as_str(), "1250000000");
/// ```
#[derive(Clone, Debug, Default, Eq, Hash, PartialEq)]
pub struct AccountIds {
    uin: Option<Uin>,
    app_id: Option<AppId>,
}

impl AccountIds {
    /// An account of which these ids are known.
    pub fn new(uin: Option<Uin>, app_id: Option<AppId>) -> Self {
        Self { uin, app_id }
    }

    /// The account id, where it is known.
    pub fn uin(&self) -> Option<&Uin> {
        self.uin.as_ref()
    }

    /// The APPID, where it is known.
    pub fn app_id(&self) -> Option<&AppId> {
        self.app_id.as_ref()
    }
}
