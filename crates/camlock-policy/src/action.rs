//! Concrete operations, and patterns over them.

use std::fmt;

use smol_str::SmolStr;

use crate::{NameError, NameFault, hash};

/// One concrete operation of one service, such as `cos:GetObject` [ACT-8].
///
/// # Examples
///
/// ```
/// use camlock_policy::Action;
///
/// let action = Action::parse("name/cos:GetObject")?;
/// assert_eq!(action.to_string(), "cos:GetObject");
/// assert!(Action::parse("cos:Get*").is_err());
/// # Ok::<(), camlock_policy::NameError>(())
/// ```
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct Action {
    service: SmolStr,
    operation: SmolStr,
    hashes: ActionHashes,
}

/// The hashes of an action, taken once, when the request is built.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct ActionHashes {
    service: u64,
    action: u64,
}

impl ActionHashes {
    /// Takes the hashes of an operation of a service.
    pub fn new(service: &str, operation: &str) -> Self {
        let of_service = hash::of(service);
        Self { service: of_service, action: hash::within(of_service, hash::of(operation)) }
    }

    /// The hash of the service.
    pub fn service(&self) -> u64 {
        self.service
    }

    /// The hash of the operation within its service.
    pub fn action(&self) -> u64 {
        self.action
    }
}

impl Action {
    /// Reads `service:Operation`, optionally with `name/` in front [ACT-2].
    ///
    /// # Errors
    ///
    /// The fault of [`ActionPattern::parse`], or [`NameFault::ActionNotConcrete`].
    pub fn parse(text: &str) -> Result<Self, NameError> {
        match ActionPattern::parse(text)? {
            ActionPattern::Operation { service, operation } if !operation.contains('*') => {
                let hashes = ActionHashes::new(&service, &operation);
                Ok(Self { service, operation, hashes })
            }
            _ => Err(NameError::whole(NameFault::ActionNotConcrete, text)),
        }
    }

    /// The service, such as `cos`.
    pub fn service(&self) -> &str {
        &self.service
    }

    /// The operation, such as `GetObject`.
    pub fn operation(&self) -> &str {
        &self.operation
    }

    /// The hashes of both.
    pub fn hashes(&self) -> ActionHashes {
        self.hashes
    }
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.service, self.operation)
    }
}

/// Which actions a statement speaks about [ACT-1].
#[expect(clippy::exhaustive_enums, reason = "an evaluator must handle every form of pattern")]
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub enum ActionPattern {
    /// `*`, `*:*`: every action of every service [ACT-3].
    Any,
    /// `service:*`: every action of one service.
    Service(SmolStr),
    /// `service:Operation`, where `*` in the operation stands for any run of characters [ACT-4].
    Operation {
        /// The service.
        service: SmolStr,
        /// The operation; runs of `*` are one.
        operation: SmolStr,
    },
}

impl ActionPattern {
    /// Reads an action pattern; the prefix `name/` says nothing and is dropped [ACT-2].
    ///
    /// # Errors
    ///
    /// A [`NameError`] with an `Action…` fault at the offending character [ACT-1].
    ///
    /// # Examples
    ///
    /// ```
    /// use camlock_policy::ActionPattern;
    ///
    /// assert_eq!(ActionPattern::parse("name/*:*")?, ActionPattern::Any);
    /// assert_eq!(ActionPattern::parse("cos:**")?, ActionPattern::Service("cos".into()));
    /// # Ok::<(), camlock_policy::NameError>(())
    /// ```
    pub fn parse(text: &str) -> Result<Self, NameError> {
        if text == "*" {
            return Ok(Self::Any);
        }
        let (offset, bare) = match text.strip_prefix("name/") {
            Some(rest) => ("name/".len(), rest),
            None => (0, text),
        };
        let colon = bare.bytes().position(|byte| byte == b':');
        let parts = colon.and_then(|colon| Some((bare.get(..colon)?, bare.get(colon + 1..)?)));
        let Some((service, operation)) = parts else {
            return Err(without_colon(text));
        };
        let colon = offset + service.len();
        check_service(text, offset, service)?;
        check_operation(text, colon + 1, operation)?;
        let operation = fold_stars(operation);
        match (service, &*operation) {
            ("*", "*") => Ok(Self::Any),
            ("*", _) => Err(NameError::whole(NameFault::ActionServiceWildcard, text)),
            (_, "*") => Ok(Self::Service(service.into())),
            _ => Ok(Self::Operation { service: service.into(), operation }),
        }
    }

    /// Whether the pattern covers the whole of `service`, as a service-level product needs [ACT-9].
    pub fn covers_service(&self, service: &str) -> bool {
        match self {
            Self::Any => true,
            Self::Service(own) => **own == *service,
            Self::Operation { .. } => false,
        }
    }
}

impl fmt::Display for ActionPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Any => f.write_str("*"),
            Self::Service(service) => write!(f, "{service}:*"),
            Self::Operation { service, operation } => write!(f, "{service}:{operation}"),
        }
    }
}

/// Says which of the usual mistakes an action without a colon is.
fn without_colon(text: &str) -> NameError {
    let at = |c: char| text.find(c).map(|at| at..at + c.len_utf8());
    if text.is_empty() {
        NameError::whole(NameFault::ActionEmpty, text)
    } else if text.starts_with("permid/") || text.starts_with("actionName/") {
        NameError::whole(NameFault::ActionPermid, text)
    } else if let Some(span) = at('：') {
        NameError::new(NameFault::ActionFullWidthColon, text, span)
    } else if let Some((at, blank)) = text.char_indices().find(|(_, c)| c.is_whitespace()) {
        NameError::new(NameFault::ActionBlank, text, at..at + blank.len_utf8())
    } else if let Some(span) = at('.') {
        NameError::new(NameFault::ActionWithDot, text, span)
    } else {
        NameError::whole(NameFault::ActionWithoutColon, text)
    }
}

fn check_service(text: &str, start: usize, service: &str) -> Result<(), NameError> {
    if service == "*" {
        return Ok(());
    }
    if service.is_empty() {
        return Err(NameError::new(NameFault::ActionPartEmpty, text, start..start + 1));
    }
    let fault = |c: char| match c {
        c if c.is_whitespace() => NameFault::ActionBlank,
        _ => NameFault::ActionServiceCharacter,
    };
    first_outside(text, start, service, |own| is_service_byte(own) || own == b'*', fault)?;
    if service.contains('*') {
        let span = start..start + service.len();
        return Err(NameError::new(NameFault::ActionServiceWildcard, text, span));
    }
    Ok(())
}

fn check_operation(text: &str, start: usize, operation: &str) -> Result<(), NameError> {
    if operation.is_empty() {
        return Err(NameError::new(NameFault::ActionPartEmpty, text, start - 1..start));
    }
    let fault = |c: char| match c {
        ':' | '：' => NameFault::ActionExtraColon,
        c if c.is_whitespace() => NameFault::ActionBlank,
        _ => NameFault::ActionOperationCharacter,
    };
    first_outside(text, start, operation, is_operation_byte, fault)
}

/// Refuses the first character of `part`, which begins at `start` of `text`, that is not allowed; what
/// is allowed is of ASCII.
fn first_outside(
    text: &str,
    start: usize,
    part: &str,
    allowed: impl Fn(u8) -> bool,
    fault: impl Fn(char) -> NameFault,
) -> Result<(), NameError> {
    let Some(at) = part.bytes().position(|byte| !allowed(byte)) else { return Ok(()) };
    let c = part.get(at..).and_then(|rest| rest.chars().next()).unwrap_or_default();
    let at = start + at;
    Err(NameError::new(fault(c), text, at..at + c.len_utf8()))
}

pub(crate) fn is_service_byte(byte: u8) -> bool {
    matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_' | b'-')
}

/// The bytes of an operation, or of a pattern of operations.
///
/// PERF: `benches/parse.rs`; operations are most of what is looked at byte by byte.
static OPERATION: [bool; 256] = {
    let mut allowed = [false; 256];
    let mut byte: u8 = 0;
    while byte < 0x80 {
        #[expect(clippy::indexing_slicing, reason = "it would not compile")]
        {
            allowed[byte as usize] = byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'*');
        }
        byte += 1;
    }
    allowed
};

fn is_operation_byte(byte: u8) -> bool {
    OPERATION.get(usize::from(byte)).copied().unwrap_or(false)
}

/// `text` with each run of `*` as one [RD-12].
fn fold_stars(text: &str) -> SmolStr {
    let star = text.bytes().position(|byte| byte == b'*');
    if star.is_none_or(|star| star + 1 == text.len()) {
        return text.into();
    }
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        if c != '*' || !folded.ends_with('*') {
            folded.push(c);
        }
    }
    folded.into()
}
