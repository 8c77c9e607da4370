//! The error codes that Tencent's own interface answers, so that a refusal here reads as it would there.

use std::fmt;

/// An error code of CAM's interface (section 9 of the semantics).
///
/// # Examples
///
/// ```
/// use camlock_policy::ApiCode;
///
/// assert_eq!(ApiCode::ActionError.as_str(), "InvalidParameter.ActionError");
/// ```
#[non_exhaustive]
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum ApiCode {
    /// The document as a whole is not acceptable.
    PolicyDocumentError,
    /// The document is too long [SYN-14].
    PolicyDocumentLengthOverLimit,
    /// The input is empty.
    PolicyDocumentEmpty,
    /// `version` is wrong [SYN-3].
    VersionError,
    /// `statement` is wrong, or holds an unknown element [SYN-4, SYN-11].
    StatementError,
    /// `effect` is wrong or absent [SYN-6].
    EffectError,
    /// An action is malformed [ACT-1].
    ActionError,
    /// A statement has no action.
    ActionMiss,
    /// The `resource` element as a whole is wrong.
    ResourceError,
    /// A resource is not a six-segment name [RES-2].
    ResourceQcsError,
    /// The project segment promises a restriction that nobody enforces [RES-4].
    ResourceProjectError,
    /// The region segment is malformed [RES-6].
    ResourceRegionError,
    /// The account segment is malformed [RES-8].
    ResourceUinError,
    /// The service segment or the last segment is malformed [VAR-3, VAR-4].
    ResourceContentError,
    /// `condition` has the wrong shape, or an operator that its key does not take [CND-1, CND-25].
    ConditionError,
    /// A condition operator does not exist [CND-6].
    ConditionTypeError,
    /// A condition key or value is wrong [CND-15].
    ConditionContentError,
    /// `principal` is wrong, missing or not allowed [SYN-15].
    PrincipalError,
    /// A named identity is malformed [PRN-3].
    PrincipalQcsError,
    /// A service principal is malformed [PRN-9].
    PrincipalServiceNotExist,
    /// A session policy is too long (STS) [RD-19].
    PolicyTooLong,
}

impl ApiCode {
    /// The code in full, as the interface answers it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::PolicyDocumentError => "InvalidParameter.PolicyDocumentError",
            Self::PolicyDocumentLengthOverLimit => "InvalidParameter.PolicyDocumentLengthOverLimit",
            Self::PolicyDocumentEmpty => "InvalidParameter.PolicyDocumentEmpty",
            Self::VersionError => "InvalidParameter.VersionError",
            Self::StatementError => "InvalidParameter.StatementError",
            Self::EffectError => "InvalidParameter.EffectError",
            Self::ActionError => "InvalidParameter.ActionError",
            Self::ActionMiss => "InvalidParameter.ActionMiss",
            Self::ResourceError => "InvalidParameter.ResourceError",
            Self::ResourceQcsError => "InvalidParameter.ResourceQcsError",
            Self::ResourceProjectError => "InvalidParameter.ResourceProjectError",
            Self::ResourceRegionError => "InvalidParameter.ResourceRegionError",
            Self::ResourceUinError => "InvalidParameter.ResourceUinError",
            Self::ResourceContentError => "InvalidParameter.ResourceContentError",
            Self::ConditionError => "InvalidParameter.ConditionError",
            Self::ConditionTypeError => "InvalidParameter.ConditionTypeError",
            Self::ConditionContentError => "InvalidParameter.ConditionContentError",
            Self::PrincipalError => "InvalidParameter.PrincipalError",
            Self::PrincipalQcsError => "InvalidParameter.PrincipalQcsError",
            Self::PrincipalServiceNotExist => "InvalidParameter.PrincipalServiceNotExist",
            Self::PolicyTooLong => "InvalidParameter.PolicyTooLong",
        }
    }
}

impl fmt::Display for ApiCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
