//! What is wrong with a name, a pattern or a value, and at which byte of it.

use std::fmt;
use std::ops::Range;

use crate::ApiCode;

/// What is wrong with one string of a policy or a request.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum NameFault {
    /// An action is empty.
    ActionEmpty,
    /// An action has no colon between service and operation [ACT-1].
    ActionWithoutColon,
    /// An action is written with a dot in place of the colon.
    ActionWithDot,
    /// An action is written with a full-width colon.
    ActionFullWidthColon,
    /// An action has more than one colon.
    ActionExtraColon,
    /// An action contains a blank; names are never trimmed [SYN-17].
    ActionBlank,
    /// The service or the operation of an action is empty.
    ActionPartEmpty,
    /// A character that services do not have.
    ActionServiceCharacter,
    /// A character that operations do not have [ACT-5].
    ActionOperationCharacter,
    /// A wildcard in part of the service, or a wildcard service with a concrete operation [ACT-3].
    ActionServiceWildcard,
    /// A legacy numbered action set [ACT-7].
    ActionPermid,
    /// A wildcard in the action of a request [ACT-8].
    ActionNotConcrete,
    /// Not a six-segment name [RES-2].
    ResourceSegments,
    /// The first segment is not `qcs` [RES-3].
    ResourceNotQcs,
    /// A name of another cloud.
    ResourceArn,
    /// A concrete project [RES-4].
    ResourceProject,
    /// A malformed service segment [RES-5].
    ResourceService,
    /// A malformed region segment [RES-6].
    ResourceRegion,
    /// A wildcard in part of a region [RES-23].
    ResourceRegionWildcard,
    /// A malformed account segment [RES-8].
    ResourceAccount,
    /// An account id without its `uin/` or `uid/`.
    ResourceAccountPrefix,
    /// A variable outside the last segment [VAR-2].
    ResourceVariablePlace(Segment),
    /// Text to be filled in was left in a segment.
    ResourcePlaceholder(Segment),
    /// A variable in the path of a COS resource [VAR-3].
    ResourceCosVariable,
    /// An unknown variable in the last segment [VAR-4].
    ResourceVariable,
    /// A `${` that nothing closes [VAR-4].
    ResourceVariableOpen,
    /// A principal is empty.
    PrincipalEmpty,
    /// A bare `*` where a named identity belongs [PRN-6].
    PrincipalStar,
    /// A wildcard inside a principal [PRN-6].
    PrincipalWildcard,
    /// Not one of the forms of a principal [PRN-3].
    PrincipalForm,
    /// Text to be filled in was left in a principal.
    PrincipalPlaceholder,
    /// An account, user or group id that is not decimal digits [RD-27].
    PrincipalDigits,
    /// A service principal that is not a host-like name [PRN-9].
    PrincipalService,
    /// Not the name of an identity provider [PRN-10].
    PrincipalProvider,
    /// An operator that does not exist [CND-6].
    OperatorUnknown,
    /// An operator of another cloud.
    OperatorForeign,
    /// The suffix is `_if_exist`, without an `s`.
    OperatorSuffix,
    /// `null_equal` takes neither qualifier nor suffix [CND-8].
    OperatorNull,
    /// A condition key is empty [RD-28].
    KeyEmpty,
    /// A blank in a condition key [SYN-17].
    KeyBlank,
    /// A variable in a condition key [VAR-2].
    KeyVariable,
    /// A well-known key in the wrong letter case [CND-24].
    KeyCase,
    /// A per-key form without a tag key.
    KeyTagEmpty,
    /// An operator that this well-known key does not take [CND-25].
    KeyOperator,
    /// More values than the key takes [RD-21].
    KeyTooManyValues,
    /// A value that is neither text nor a number nor a boolean, or of the wrong one [CND-15].
    ValueType,
    /// Not a number of the JSON grammar [CND-18].
    ValueNumber,
    /// A fraction or exponent under a string operator [RD-13].
    ValueInteger,
    /// Not a time in UTC [CND-19].
    ValueTime,
    /// Neither `true` nor `false` [CND-20].
    ValueBool,
    /// Not an address or a CIDR range [CND-22].
    ValueAddress,
    /// A wildcard inside `string_like` text [CND-17].
    ValueInnerStar,
    /// An unknown variable [VAR-4].
    ValueVariable,
    /// A `${` that nothing closes [VAR-4].
    ValueVariableOpen,
    /// A variable of the caller's tags where no string operator is [RD-16].
    ValueTagVariable,
    /// A tag value without `&` between key and value [CND-26].
    ValueTagForm,
}

/// Which of the five segments before the last a fault stands in.
#[expect(clippy::exhaustive_enums, reason = "a six-segment name has these and no others")]
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Segment {
    /// The legacy project.
    Project,
    /// The service.
    Service,
    /// The region.
    Region,
    /// The account that owns the resource.
    Account,
}

impl Segment {
    fn name(self) -> &'static str {
        match self {
            Self::Project => "project",
            Self::Service => "service",
            Self::Region => "region",
            Self::Account => "account",
        }
    }

    fn api_code(self) -> ApiCode {
        match self {
            Self::Project => ApiCode::ResourceProjectError,
            Self::Service => ApiCode::ResourceContentError,
            Self::Region => ApiCode::ResourceRegionError,
            Self::Account => ApiCode::ResourceUinError,
        }
    }
}

/// What is wrong with a name, a pattern or a value, and where in it.
///
/// Branch on [`fault`](Self::fault); `Display` is the message for people.
///
/// # Examples
///
/// ```
/// use camlock_policy::{ActionPattern, NameFault};
///
/// let error = ActionPattern::parse("cos.GetObject").unwrap_err();
/// assert_eq!(error.fault(), NameFault::ActionWithDot);
/// assert_eq!(error.span(), 3..4);
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct NameError {
    fault: NameFault,
    span: Range<usize>,
    found: Box<str>,
}

impl NameError {
    pub(crate) fn new(fault: NameFault, text: &str, span: Range<usize>) -> Self {
        let found = text.get(span.clone()).unwrap_or(text);
        Self { fault, found: excerpt(found), span }
    }

    /// A fault that concerns the whole of `text`.
    pub fn whole(fault: NameFault, text: &str) -> Self {
        Self::new(fault, text, 0..text.len())
    }

    /// What is wrong.
    pub fn fault(&self) -> NameFault {
        self.fault
    }

    /// Which bytes of the decoded string are concerned.
    pub fn span(&self) -> Range<usize> {
        self.span.clone()
    }

    /// The code that CAM's interface answers.
    pub fn api_code(&self) -> ApiCode {
        self.fault.api_code()
    }

    /// What to do about it.
    pub fn help(&self) -> &'static str {
        self.fault.help()
    }
}

/// At most 60 characters of the offending text, with control characters escaped.
fn excerpt(text: &str) -> Box<str> {
    const LIMIT: usize = 60;
    let mut short = String::new();
    for (i, c) in text.chars().enumerate() {
        if i == LIMIT {
            short.push('…');
            break;
        }
        if c.is_control() || is_bidi(c) {
            short.extend(c.escape_unicode());
        } else {
            short.push(c);
        }
    }
    short.into()
}

fn is_bidi(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

impl NameFault {
    /// The code that CAM's interface answers.
    pub fn api_code(self) -> ApiCode {
        use NameFault as F;
        match self {
            F::ActionEmpty
            | F::ActionWithoutColon
            | F::ActionWithDot
            | F::ActionFullWidthColon
            | F::ActionExtraColon
            | F::ActionBlank
            | F::ActionPartEmpty
            | F::ActionServiceCharacter
            | F::ActionOperationCharacter
            | F::ActionServiceWildcard
            | F::ActionPermid
            | F::ActionNotConcrete => ApiCode::ActionError,
            F::ResourceSegments | F::ResourceNotQcs | F::ResourceArn => ApiCode::ResourceQcsError,
            F::ResourceProject => ApiCode::ResourceProjectError,
            F::ResourceRegion | F::ResourceRegionWildcard => ApiCode::ResourceRegionError,
            F::ResourceAccount | F::ResourceAccountPrefix => ApiCode::ResourceUinError,
            F::ResourceVariablePlace(segment) | F::ResourcePlaceholder(segment) => {
                segment.api_code()
            }
            F::ResourceService
            | F::ResourceCosVariable
            | F::ResourceVariable
            | F::ResourceVariableOpen => ApiCode::ResourceContentError,
            F::PrincipalEmpty
            | F::PrincipalStar
            | F::PrincipalWildcard
            | F::PrincipalForm
            | F::PrincipalPlaceholder
            | F::PrincipalDigits
            | F::PrincipalProvider => ApiCode::PrincipalQcsError,
            F::PrincipalService => ApiCode::PrincipalServiceNotExist,
            F::OperatorUnknown | F::OperatorForeign | F::OperatorSuffix | F::OperatorNull => {
                ApiCode::ConditionTypeError
            }
            F::KeyOperator | F::KeyTooManyValues => ApiCode::ConditionError,
            F::KeyEmpty
            | F::KeyBlank
            | F::KeyVariable
            | F::KeyCase
            | F::KeyTagEmpty
            | F::ValueType
            | F::ValueNumber
            | F::ValueInteger
            | F::ValueTime
            | F::ValueBool
            | F::ValueAddress
            | F::ValueInnerStar
            | F::ValueVariable
            | F::ValueVariableOpen
            | F::ValueTagVariable
            | F::ValueTagForm => ApiCode::ConditionContentError,
        }
    }

    /// What to do about it, in the imperative.
    pub fn help(self) -> &'static str {
        use NameFault as F;
        match self {
            F::ActionEmpty => "write `service:Operation`, or remove the entry",
            F::ActionWithoutColon => "write `service:Operation`, such as `cos:GetObject`, or `*`",
            F::ActionWithDot => "separate service and operation with a colon",
            F::ActionFullWidthColon => "write the ASCII colon `:`",
            F::ActionExtraColon => "an action has one colon, between service and operation",
            F::ActionBlank | F::KeyBlank => "remove the blank; names are never trimmed",
            F::ActionPartEmpty => "name both service and operation; `service:*` covers them all",
            F::ActionServiceCharacter => "a service is lower-case letters, digits, `_` and `-`",
            F::ActionOperationCharacter => "an operation is letters, digits, `_` and `*`",
            F::ActionServiceWildcard => {
                "name the service, or write `*` for every action of every service"
            }
            F::ActionPermid => "list the actions that the number stood for",
            F::ActionNotConcrete => "a request names one action, such as `cos:GetObject`",
            F::ResourceSegments => {
                "write `*` or six segments, `qcs::service:region:account:type/id`"
            }
            F::ResourceNotQcs => "the first segment is `qcs`",
            F::ResourceArn => "rewrite it as `qcs::service:region:account:type/id`",
            F::ResourceProject => "leave the project empty; a concrete project is not enforced",
            F::ResourceService => {
                "a service is lower-case letters, digits, `_` and `-`; empty or `*` is any"
            }
            F::ResourceRegion => {
                "a region is lower-case letters, digits and `-`; empty or `*` is any"
            }
            F::ResourceRegionWildcard => "name the region, or leave it empty for every region",
            F::ResourceAccount => "write `uin/ACCOUNT`, `uid/APPID`, leave it empty, or `*`",
            F::ResourceAccountPrefix => {
                "put `uid/` before an APPID, or `uin/` before an account id"
            }
            F::ResourceVariablePlace(_) => "variables are for the last segment only",
            F::ResourcePlaceholder(_) | F::PrincipalPlaceholder => "fill in the actual value",
            F::ResourceCosVariable => "COS paths take no variables; write the path out",
            F::ResourceVariable => {
                "use `${uin}`, `${owner_uin}` or `${app_id}`, or fill the value in"
            }
            F::ResourceVariableOpen | F::ValueVariableOpen => "close the variable with `}`",
            F::PrincipalEmpty => "name an identity, or remove the entry",
            F::PrincipalStar => {
                "write `\"principal\": \"*\"`, or `qcs::cam::anyone:anyone`, for everyone"
            }
            F::PrincipalWildcard => "name each identity; principals have no wildcards",
            F::PrincipalForm => {
                "use `qcs::cam::uin/ACCOUNT:uin/USER`, `…:root`, `…:groupid/ID`, `…:role/ID` or `…:roleName/NAME`"
            }
            F::PrincipalDigits => "ids are decimal digits",
            F::PrincipalService => "write a host-like name, such as `cvm.cloud.tencent.com`",
            F::PrincipalProvider => {
                "write `qcs::cam::uin/ACCOUNT:saml-provider/NAME` or `…:oidc-provider/NAME`"
            }
            F::OperatorUnknown => "see the operators of [CND-5]; names are exact lower-case words",
            F::OperatorForeign => "use CAM's own operator; names are exact lower-case words",
            F::OperatorSuffix => "the suffix is `_if_exist`, without an `s`",
            F::OperatorNull => "use `null_equal` without qualifier and suffix",
            F::KeyEmpty => "name the key that the request carries, such as `qcs:ip`",
            F::KeyVariable => "keys take no variables; write the key out",
            F::KeyCase => "condition keys are case-sensitive; use the documented spelling",
            F::KeyTagEmpty => "name the tag behind the `/`, or use the form without it",
            F::KeyOperator => "use an operator that fits the type of the key",
            F::KeyTooManyValues => "list at most 10 values",
            F::ValueType => "write a value that fits the operator",
            F::ValueNumber => "write a number, such as `10` or `1.2`",
            F::ValueInteger => "write the number as a string",
            F::ValueTime => "write UTC as `2026-01-31T00:00:00Z`",
            F::ValueBool => "write `true` or `false`",
            F::ValueAddress => "write an address or a range, such as `10.0.0.0/8`",
            F::ValueInnerStar => "`string_like` knows `*` at the start and the end only",
            F::ValueVariable => "use a known variable such as `${uin}`, or fill the value in",
            F::ValueTagVariable => "tag variables are for `string_` operators",
            F::ValueTagForm => "write the tag as `key&value`",
        }
    }

    /// The message, `found` being the offending token.
    fn message(self, found: &str) -> String {
        use NameFault as F;
        match self {
            F::ActionEmpty => "an action is empty".into(),
            F::ActionWithoutColon => format!("action `{found}` names no service"),
            F::ActionWithDot => "service and operation are separated by a dot".into(),
            F::ActionFullWidthColon => {
                format!("service and operation are separated by a full-width colon `{found}`")
            }
            F::ActionExtraColon => "an action has one colon, this one has more".into(),
            F::ActionBlank => "a blank in an action".into(),
            F::ActionPartEmpty => "the service or the operation of an action is empty".into(),
            F::ActionServiceCharacter => format!("`{found}` is not part of a service name"),
            F::ActionOperationCharacter => format!("`{found}` is not part of an operation name"),
            F::ActionServiceWildcard => format!("a wildcard service in `{found}`"),
            F::ActionPermid => format!("the numbered action set `{found}` cannot be resolved"),
            F::ActionNotConcrete => {
                format!("the action of a request is concrete, `{found}` is not")
            }
            F::ResourceSegments => format!("`{found}` is not a six-segment name"),
            F::ResourceNotQcs => format!("the first segment is `{found}`, not `qcs`"),
            F::ResourceArn => format!("`{found}` is a resource name of another cloud"),
            F::ResourceProject => format!("the project segment `{found}` restricts nothing"),
            F::ResourceService => format!("malformed service segment `{found}`"),
            F::ResourceRegion => format!("malformed region segment `{found}`"),
            F::ResourceRegionWildcard => format!("a partial wildcard in the region `{found}`"),
            F::ResourceAccount => format!("malformed account segment `{found}`"),
            F::ResourceAccountPrefix => format!("the account `{found}` lacks its `uin/` or `uid/`"),
            F::ResourceVariablePlace(segment) => {
                format!("a variable in the {} segment `{found}`", segment.name())
            }
            F::ResourcePlaceholder(segment) => {
                format!("the {} segment `{found}` was not filled in", segment.name())
            }
            F::ResourceCosVariable => format!("the variable `{found}` in a COS path"),
            F::ResourceVariable | F::ValueVariable => format!("unknown variable `{found}`"),
            F::ResourceVariableOpen | F::ValueVariableOpen => "a `${` that nothing closes".into(),
            F::PrincipalEmpty => "a principal is empty".into(),
            F::PrincipalStar => "`*` is not a named identity".into(),
            F::PrincipalWildcard => format!("a wildcard in the principal `{found}`"),
            F::PrincipalForm => format!("`{found}` is not a form of principal"),
            F::PrincipalPlaceholder => format!("the principal part `{found}` was not filled in"),
            F::PrincipalDigits => format!("`{found}` is not an id"),
            F::PrincipalService => format!("malformed service principal `{found}`"),
            F::PrincipalProvider => format!("`{found}` is not an identity provider"),
            F::OperatorUnknown => format!("unknown condition operator `{found}`"),
            F::OperatorForeign => format!("`{found}` is an operator of another cloud"),
            F::OperatorSuffix => format!("unknown suffix in `{found}`"),
            F::OperatorNull => format!("`{found}`: `null_equal` stands alone"),
            F::KeyEmpty => "a condition key is empty".into(),
            F::KeyBlank => format!("a blank in the condition key `{found}`"),
            F::KeyVariable => format!("a variable in the condition key `{found}`"),
            F::KeyCase => format!("the condition key `{found}` is known in another letter case"),
            F::KeyTagEmpty => format!("the condition key `{found}` names no tag"),
            F::KeyOperator => format!("the condition key `{found}` does not take this operator"),
            F::KeyTooManyValues => format!("too many values for the condition key `{found}`"),
            F::ValueType => format!("`{found}` does not fit the operator"),
            F::ValueNumber => format!("`{found}` is not a number"),
            F::ValueInteger => format!("`{found}` is not an integer"),
            F::ValueTime => format!("`{found}` is not a time in UTC"),
            F::ValueBool => format!("`{found}` is neither `true` nor `false`"),
            F::ValueAddress => format!("`{found}` is not an address or a range"),
            F::ValueInnerStar => format!("a wildcard inside `{found}`"),
            F::ValueTagVariable => format!("the tag variable `{found}` outside a string operator"),
            F::ValueTagForm => format!("the tag `{found}` has no `&`"),
        }
    }
}

impl fmt::Display for NameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.fault.message(&self.found))
    }
}

impl std::error::Error for NameError {}
