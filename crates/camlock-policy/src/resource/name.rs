//! The six segments of a concrete resource.

use std::fmt;

use smol_str::SmolStr;

use crate::hash::PathHashes;
use crate::{AppId, NameError, NameFault, Region, Uin, grammar};

/// What a request asks about: one resource, or `*` for an operation without resources [RES-17].
#[expect(clippy::exhaustive_enums, reason = "an evaluator must handle both forms")]
#[expect(
    clippy::large_enum_variant,
    reason = "nearly every request has a path, which a box would slow"
)]
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub enum ResourceName {
    /// `*`: the action has no resource granularity [RES-18].
    Any,
    /// One concrete resource.
    Path(ResourcePath),
}

/// A concrete resource in six segments, `qcs:project:service:region:account:resource`.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct ResourcePath {
    project: SmolStr,
    service: SmolStr,
    region: Region,
    account: AccountSegment,
    resource: Box<str>,
    hashes: PathHashes,
}

/// The account segment of a request.
#[expect(clippy::exhaustive_enums, reason = "an evaluator must handle every form")]
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub enum AccountSegment {
    /// Empty: the root account of the principal [RES-17].
    Caller,
    /// `uin/…`: the account id.
    Uin(Uin),
    /// `uid/…`: the APPID.
    AppId(AppId),
}

impl ResourceName {
    /// Reads the resource of a request [RES-17].
    ///
    /// # Errors
    ///
    /// A [`NameError`] with a `Resource…` fault; a malformed name never means "matches nothing"
    /// [RES-21].
    ///
    /// # Examples
    ///
    /// ```
    /// use camlock_policy::ResourceName;
    ///
    /// let name = ResourceName::parse("qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/a:b")?;
    /// let ResourceName::Path(path) = &name else { unreachable!() };
    /// assert_eq!(path.resource(), "logs-1250000000/a:b");
    /// assert!(ResourceName::parse("qcs::cos:*").is_err());
    /// # Ok::<(), camlock_policy::NameError>(())
    /// ```
    pub fn parse(text: &str) -> Result<Self, NameError> {
        if text == "*" {
            return Ok(Self::Any);
        }
        let Some(([qcs, project, service, region, account], resource)) =
            grammar::six_segments(text).filter(|(_, resource)| !resource.is_empty())
        else {
            return Err(NameError::whole(NameFault::ResourceSegments, text));
        };
        if qcs != "qcs" {
            return Err(NameError::new(NameFault::ResourceNotQcs, text, 0..qcs.len()));
        }
        let service_at = qcs.len() + 1 + project.len() + 1;
        if service.is_empty() || service.contains('*') {
            let span = service_at..service_at + service.len();
            return Err(NameError::new(NameFault::ResourceService, text, span));
        }
        let account_at = service_at + service.len() + 1 + region.len() + 1;
        let Some(account) = AccountSegment::parse(account) else {
            let span = account_at..account_at + account.len();
            return Err(NameError::new(NameFault::ResourceAccount, text, span));
        };
        Ok(Self::Path(ResourcePath {
            project: project.into(),
            service: service.into(),
            region: Region::new(region),
            account,
            resource: resource.into(),
            hashes: PathHashes::new(resource),
        }))
    }

    /// The segments, unless the request is for `*`.
    pub fn path(&self) -> Option<&ResourcePath> {
        match self {
            Self::Any => None,
            Self::Path(path) => Some(path),
        }
    }
}

impl AccountSegment {
    fn parse(text: &str) -> Option<Self> {
        if text.is_empty() {
            return Some(Self::Caller);
        }
        let (prefix, digits) = text.split_once('/')?;
        match prefix {
            "uin" => Uin::parse(digits).map(Self::Uin),
            "uid" => AppId::parse(digits).map(Self::AppId),
            _ => None,
        }
    }
}

impl ResourcePath {
    /// The service segment, such as `cos`; need not equal the service of the action [RES-5].
    pub fn service(&self) -> &str {
        &self.service
    }

    /// The region segment, such as `ap-guangzhou`; empty for services that are not regional.
    pub fn region(&self) -> &Region {
        &self.region
    }

    /// Who owns the resource.
    pub fn account(&self) -> &AccountSegment {
        &self.account
    }

    /// The last segment, `type/id` or a path.
    pub fn resource(&self) -> &str {
        &self.resource
    }

    /// The hashes of the last segment and of each directory in it.
    pub fn hashes(&self) -> &PathHashes {
        &self.hashes
    }
}

impl fmt::Display for ResourceName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Any => f.write_str("*"),
            Self::Path(path) => path.fmt(f),
        }
    }
}

impl fmt::Display for ResourcePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "qcs:{}:{}:{}:", self.project, self.service, self.region)?;
        match &self.account {
            AccountSegment::Caller => {}
            AccountSegment::Uin(uin) => write!(f, "uin/{uin}")?,
            AccountSegment::AppId(app_id) => write!(f, "uid/{app_id}")?,
        }
        write!(f, ":{}", self.resource)
    }
}
