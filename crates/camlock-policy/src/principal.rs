//! Who asks, and whom a policy names.

use std::fmt;
use std::ops::Range;

use crate::resource::is_mark;
use crate::{AccountIds, AppId, NameError, NameFault, Uin, grammar, identity};

/// Whom a bucket policy or a trust policy names [PRN-2].
#[non_exhaustive]
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub enum PrincipalPattern {
    /// `*`, `anyone:anyone`, `anonymous:anonymous`: everyone, signed or not [PRN-1, PRN-5].
    Everyone,
    /// `…:root` or `…:uin/A` of account `A` itself: the root account [PRN-4, PRN-11].
    Root(Uin),
    /// `…:uin/B`: one user of an account.
    User {
        /// The account.
        account: Uin,
        /// The user.
        uin: Uin,
    },
    /// `…:groupid/G`: the members of a group [PRN-7].
    Group {
        /// The account.
        account: Uin,
        /// The group, decimal digits [RD-27].
        group: Box<str>,
    },
    /// `…:role/…`, `…:roleName/…`: sessions of a role [PRN-8].
    Role {
        /// The account that owns the role.
        account: Uin,
        /// The role.
        role: RolePattern,
        /// The service-role spelling: sessions of service-linked roles only [RD-7].
        service_linked: bool,
    },
    /// Identities that a provider asserts [PRN-10].
    Provider(Provider),
    /// `…:service/X`: matches nobody by itself [RD-7].
    AccountService {
        /// The account.
        account: Uin,
        /// The name of the service.
        service: Box<str>,
    },
    /// A cloud service, compared exactly [PRN-9].
    Service(Box<str>),
}

/// How a policy names a role.
#[expect(clippy::exhaustive_enums, reason = "an evaluator must handle both forms")]
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub enum RolePattern {
    /// By id.
    Id(Box<str>),
    /// By name, case-sensitive.
    Name(Box<str>),
}

/// An identity provider of an account, `qcs::cam::uin/A:saml-provider/N` [PRN-10].
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct Provider {
    account: Uin,
    kind: ProviderKind,
    name: Box<str>,
}

/// What a provider speaks.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum ProviderKind {
    /// SAML 2.0.
    Saml,
    /// `OpenID` Connect.
    Oidc,
}

impl ProviderKind {
    fn as_str(self) -> &'static str {
        match self {
            Self::Saml => "saml-provider",
            Self::Oidc => "oidc-provider",
        }
    }
}

impl Provider {
    /// Reads the name of a provider.
    ///
    /// # Errors
    ///
    /// [`NameFault::PrincipalProvider`] or another `Principal…` fault.
    pub fn parse(text: &str) -> Result<Self, NameError> {
        match PrincipalPattern::parse_qcs(text)? {
            PrincipalPattern::Provider(provider) => Ok(provider),
            _ => Err(NameError::whole(NameFault::PrincipalProvider, text)),
        }
    }

    /// The account that registered the provider.
    pub fn account(&self) -> &Uin {
        &self.account
    }
}

impl PrincipalPattern {
    /// Reads an entry under `qcs` [PRN-3].
    ///
    /// # Errors
    ///
    /// A [`NameError`] with a `Principal…` fault.
    ///
    /// # Examples
    ///
    /// ```
    /// use camlock_policy::PrincipalPattern;
    ///
    /// let root = PrincipalPattern::parse_qcs("qcs::cam::uin/1:root")?;
    /// assert_eq!(root, PrincipalPattern::parse_qcs("qcs::cam::uin/1:uin/1")?);
    /// assert!(PrincipalPattern::parse_qcs("*").is_err());
    /// # Ok::<(), camlock_policy::NameError>(())
    /// ```
    pub fn parse_qcs(text: &str) -> Result<Self, NameError> {
        if text.is_empty() {
            return Err(NameError::whole(NameFault::PrincipalEmpty, text));
        }
        if text == "*" {
            return Err(NameError::whole(NameFault::PrincipalStar, text));
        }
        let form = || NameError::whole(NameFault::PrincipalForm, text);
        let (head, last) = grammar::six_segments(text).ok_or_else(form)?;
        match head {
            ["qcs", "", "cam", "", "anyone"] if last == "anyone" => Ok(Self::Everyone),
            ["qcs", "", "cam", "", "anonymous"] if last == "anonymous" => Ok(Self::Everyone),
            ["qcs", "", "cam", "", account] => {
                let account_at = "qcs::cam::".len();
                let digits_at = account_at + "uin/".len();
                let digits = account.strip_prefix("uin/").ok_or_else(|| {
                    let span = account_at..account_at + account.len();
                    NameError::new(mark(account, NameFault::PrincipalForm), text, span)
                })?;
                let account = uin(text, digits_at, digits)?;
                identity_of(text, digits_at + digits.len() + 1, last, account)
            }
            _ => Err(form()),
        }
    }

    /// Reads an entry under `service` [PRN-9].
    ///
    /// # Errors
    ///
    /// [`NameFault::PrincipalService`] where the text is not a host-like name.
    pub fn parse_service(text: &str) -> Result<Self, NameError> {
        let label = |label: &str| {
            !label.is_empty()
                && label.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
        };
        if text.contains('.') && text.split('.').all(label) {
            Ok(Self::Service(text.into()))
        } else {
            Err(NameError::whole(NameFault::PrincipalService, text))
        }
    }

    /// Reads an entry under `federated` [PRN-10].
    ///
    /// # Errors
    ///
    /// [`NameFault::PrincipalProvider`] or another `Principal…` fault.
    pub fn parse_federated(text: &str) -> Result<Self, NameError> {
        Provider::parse(text).map(Self::Provider)
    }
}

fn uin(text: &str, at: usize, digits: &str) -> Result<Uin, NameError> {
    Uin::parse(digits).ok_or_else(|| {
        let fault = mark(digits, NameFault::PrincipalDigits);
        NameError::new(fault, text, at..at + digits.len())
    })
}

/// Tells a wildcard and a fill-in mark from any other fault.
fn mark(part: &str, otherwise: NameFault) -> NameFault {
    if is_mark(part) {
        NameFault::PrincipalPlaceholder
    } else if part.contains('*') {
        NameFault::PrincipalWildcard
    } else {
        otherwise
    }
}

/// Reads the last segment, which begins at `at` of `text`.
fn identity_of(
    text: &str,
    at: usize,
    last: &str,
    account: Uin,
) -> Result<PrincipalPattern, NameError> {
    if last == "root" {
        return Ok(PrincipalPattern::Root(account));
    }
    let whole: Range<usize> = at..at + last.len();
    let error = |fault| NameError::new(fault, text, whole.clone());
    let (kind, id) =
        last.split_once('/').ok_or_else(|| error(mark(last, NameFault::PrincipalForm)))?;
    if id.is_empty() || id.contains(char::is_whitespace) || id.contains(char::is_control) {
        return Err(error(NameFault::PrincipalForm));
    }
    if id.contains('*') {
        return Err(error(NameFault::PrincipalWildcard));
    }
    if id.contains("${") {
        return Err(error(NameFault::PrincipalPlaceholder));
    }
    let id_at = at + kind.len() + 1;
    match kind {
        "uin" => {
            let user = uin(text, id_at, id)?;
            Ok(if user == account {
                PrincipalPattern::Root(account)
            } else {
                PrincipalPattern::User { account, uin: user }
            })
        }
        "groupid" if identity::is_digits(id) => {
            Ok(PrincipalPattern::Group { account, group: id.into() })
        }
        "groupid" => {
            let fault = mark(id, NameFault::PrincipalDigits);
            Err(NameError::new(fault, text, id_at..id_at + id.len()))
        }
        "role" => role_of(account, id).ok_or_else(|| error(NameFault::PrincipalForm)),
        "roleName" => Ok(PrincipalPattern::Role {
            account,
            role: RolePattern::Name(id.into()),
            service_linked: false,
        }),
        "saml-provider" | "oidc-provider" => Ok(PrincipalPattern::Provider(Provider {
            account,
            kind: if kind == "saml-provider" { ProviderKind::Saml } else { ProviderKind::Oidc },
            name: id.into(),
        })),
        "service" => Ok(PrincipalPattern::AccountService { account, service: id.into() }),
        _ => Err(error(mark(kind, NameFault::PrincipalForm))),
    }
}

/// `role/ID` and the two service-role spellings [PRN-8].
fn role_of(account: Uin, id: &str) -> Option<PrincipalPattern> {
    let (role, service_linked) = match id.split_once('/') {
        None => (RolePattern::Id(id.into()), false),
        Some((_, name)) if name.is_empty() || name.contains('/') => return None,
        Some(("tencentcloudServiceRole", id)) => (RolePattern::Id(id.into()), true),
        Some(("tencentcloudServiceRoleName", name)) => (RolePattern::Name(name.into()), true),
        Some(_) => return None,
    };
    Some(PrincipalPattern::Role { account, role, service_linked })
}

impl fmt::Display for Provider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "qcs::cam::uin/{}:{}/{}", self.account, self.kind.as_str(), self.name)
    }
}

impl fmt::Display for PrincipalPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Everyone => f.write_str("qcs::cam::anyone:anyone"),
            Self::Root(account) => write!(f, "qcs::cam::uin/{account}:root"),
            Self::User { account, uin } => write!(f, "qcs::cam::uin/{account}:uin/{uin}"),
            Self::Group { account, group } => write!(f, "qcs::cam::uin/{account}:groupid/{group}"),
            Self::Role { account, role, service_linked } => {
                write!(f, "qcs::cam::uin/{account}:")?;
                match (role, service_linked) {
                    (RolePattern::Id(id), false) => write!(f, "role/{id}"),
                    (RolePattern::Name(name), false) => write!(f, "roleName/{name}"),
                    (RolePattern::Id(id), true) => write!(f, "role/tencentcloudServiceRole/{id}"),
                    (RolePattern::Name(name), true) => {
                        write!(f, "role/tencentcloudServiceRoleName/{name}")
                    }
                }
            }
            Self::Provider(provider) => provider.fmt(f),
            Self::AccountService { account, service } => {
                write!(f, "qcs::cam::uin/{account}:service/{service}")
            }
            Self::Service(name) => f.write_str(name),
        }
    }
}

/// Who sends a request.
#[expect(clippy::exhaustive_enums, reason = "a new kind of caller must break every evaluator")]
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Principal {
    /// The root account.
    Root(AccountIds),
    /// A sub-user or collaborator.
    User(User),
    /// A session of a role [EVL-13].
    Role(RoleSession),
    /// An identity that a provider asserted.
    Federated(Provider),
    /// A cloud service.
    Service(Box<str>),
    /// Nobody: the request is not signed [EVL-9].
    Anonymous,
}

/// A sub-user or collaborator [EVL-20].
#[derive(Clone, Debug, Eq, PartialEq)]
#[expect(clippy::exhaustive_structs, reason = "plain facts that a caller states")]
pub struct User {
    /// The account it works for.
    pub account: AccountIds,
    /// Its own id.
    pub uin: Uin,
    /// The ids of its groups [PRN-7].
    pub groups: Vec<Box<str>>,
    /// Its tags [VAR-7].
    pub tags: Vec<(Box<str>, Box<str>)>,
}

/// A session of a role [EVL-13].
#[derive(Clone, Debug, Default, Eq, PartialEq)]
#[expect(clippy::exhaustive_structs, reason = "plain facts that a caller states")]
pub struct RoleSession {
    /// The account that owns the role.
    pub account: AccountIds,
    /// The id of the role, where it is known.
    pub id: Option<Box<str>>,
    /// The name of the role, where it is known.
    pub name: Option<Box<str>>,
    /// Whether a service owns the role [EVL-11, EVL-14].
    pub service_linked: bool,
    /// The tags of the session [VAR-7].
    pub tags: Vec<(Box<str>, Box<str>)>,
}

impl Principal {
    /// Reads the principal of a request: one of the forms of [`PrincipalPattern`] that name one caller.
    ///
    /// `*` and the everyone forms stand for an unsigned request, a host-like name for a service.
    ///
    /// # Errors
    ///
    /// A [`NameError`] with a `Principal…` fault.
    ///
    /// # Examples
    ///
    /// ```
    /// use camlock_policy::Principal;
    ///
    /// let user = Principal::parse("qcs::cam::uin/1:uin/2")?;
    /// assert!(matches!(user, Principal::User(_)));
    /// assert_eq!(Principal::parse("*")?, Principal::Anonymous);
    /// # Ok::<(), camlock_policy::NameError>(())
    /// ```
    pub fn parse(text: &str) -> Result<Self, NameError> {
        if text == "*" {
            return Ok(Self::Anonymous);
        }
        if !text.starts_with("qcs:") && !text.is_empty() {
            let PrincipalPattern::Service(name) = PrincipalPattern::parse_service(text)? else {
                return Err(NameError::whole(NameFault::PrincipalService, text));
            };
            return Ok(Self::Service(name));
        }
        let known = |account| AccountIds::new(Some(account), None);
        Ok(match PrincipalPattern::parse_qcs(text)? {
            PrincipalPattern::Everyone => Self::Anonymous,
            PrincipalPattern::Root(account) => Self::Root(known(account)),
            PrincipalPattern::User { account, uin } => {
                Self::User(User { account: known(account), uin, groups: vec![], tags: vec![] })
            }
            PrincipalPattern::Role { account, role, service_linked } => {
                let (id, name) = match role {
                    RolePattern::Id(id) => (Some(id), None),
                    RolePattern::Name(name) => (None, Some(name)),
                };
                let account = known(account);
                Self::Role(RoleSession { account, id, name, service_linked, tags: vec![] })
            }
            PrincipalPattern::Provider(provider) => Self::Federated(provider),
            PrincipalPattern::Service(name) => Self::Service(name),
            PrincipalPattern::Group { .. } | PrincipalPattern::AccountService { .. } => {
                return Err(NameError::whole(NameFault::PrincipalForm, text));
            }
        })
    }

    /// The account that the caller belongs to; a service and an anonymous caller belong to none.
    pub fn account(&self) -> Option<&AccountIds> {
        match self {
            Self::Root(account) => Some(account),
            Self::User(user) => Some(&user.account),
            Self::Role(role) => Some(&role.account),
            Self::Federated(_) | Self::Service(_) | Self::Anonymous => None,
        }
    }

    /// The id of the caller's root account, where it is known; for a federated identity that of its
    /// provider's account.
    pub fn owner_uin(&self) -> Option<&Uin> {
        match self {
            Self::Federated(provider) => Some(&provider.account),
            other => other.account()?.uin(),
        }
    }

    /// The APPID of the caller's root account, where it is known.
    pub fn app_id(&self) -> Option<&AppId> {
        self.account()?.app_id()
    }

    /// The caller's own id: the account id for a root, none for a role session [VAR-1, VAR-5].
    pub fn uin(&self) -> Option<&Uin> {
        match self {
            Self::Root(account) => account.uin(),
            Self::User(user) => Some(&user.uin),
            Self::Role(_) | Self::Federated(_) | Self::Service(_) | Self::Anonymous => None,
        }
    }

    /// The caller's tags [VAR-7].
    pub fn tags(&self) -> &[(Box<str>, Box<str>)] {
        match self {
            Self::User(user) => &user.tags,
            Self::Role(role) => &role.tags,
            Self::Root(_) | Self::Federated(_) | Self::Service(_) | Self::Anonymous => &[],
        }
    }

    /// Whether the caller is a session of a service-linked role, which is exempt from SCPs [EVL-14].
    pub fn is_service_linked(&self) -> bool {
        matches!(self, Self::Role(role) if role.service_linked)
    }
}

impl fmt::Display for Principal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let owner = || self.owner_uin().map_or("?", Uin::as_str);
        match self {
            Self::Root(_) => write!(f, "qcs::cam::uin/{}:root", owner()),
            Self::User(user) => write!(f, "qcs::cam::uin/{}:uin/{}", owner(), user.uin),
            Self::Role(role) => match (&role.name, &role.id) {
                (Some(name), _) => write!(f, "qcs::cam::uin/{}:roleName/{name}", owner()),
                (None, Some(id)) => write!(f, "qcs::cam::uin/{}:role/{id}", owner()),
                (None, None) => write!(f, "qcs::cam::uin/{}:role/?", owner()),
            },
            Self::Federated(provider) => provider.fmt(f),
            Self::Service(name) => f.write_str(name),
            Self::Anonymous => f.write_str("qcs::cam::anonymous:anonymous"),
        }
    }
}
