//! One finding about a text, as plain data.

use crate::{Code, Fix, Span};

/// How much a finding weighs.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Severity {
    /// Worth knowing.
    Note,
    /// Accepted, and probably not meant.
    Warning,
    /// Not acceptable.
    Error,
}

impl Severity {
    /// The word in output.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// A place with a word about it.
#[derive(Clone, Debug, Eq, PartialEq)]
#[expect(clippy::exhaustive_structs, reason = "plain report data")]
pub struct Label {
    /// The place.
    pub span: Span,
    /// What it is.
    pub message: String,
}

/// One finding about a text: what is wrong, where, and what to do.
///
/// Messages say what is wrong in lower case without a full stop, user text in backticks; the help says
/// what to do, in the imperative.
///
/// # Examples
///
/// ```
/// use camlock_source::{Code, Diagnostic, Span};
///
/// let finding = Diagnostic::error(Code::new("CAM2136"), Span::new(3, 9), "unknown operator `is`")
///     .with_help("see the list of operators");
/// assert_eq!(finding.help.as_deref(), Some("see the list of operators"));
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Diagnostic {
    /// The stable code.
    pub code: Code,
    /// The code that CAM's interface answers, where one applies.
    pub api_code: Option<&'static str>,
    /// How much it weighs.
    pub severity: Severity,
    /// What is wrong.
    pub message: String,
    /// Where.
    pub span: Span,
    /// Why there, in a few words.
    pub label: Option<String>,
    /// What to do.
    pub help: Option<String>,
    /// The paragraph or page about it.
    pub note: Option<String>,
    /// Other places that belong to it.
    pub secondary: Vec<Label>,
    /// The JSON pointer of the place.
    pub pointer: Option<String>,
    /// A repair, where there is one.
    pub fix: Option<Fix>,
}

impl Diagnostic {
    /// Something that is not acceptable.
    pub fn error(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, span, message.into())
    }

    /// Something accepted that is probably not meant.
    pub fn warning(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, span, message.into())
    }

    /// Something worth knowing.
    pub fn note(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self::new(Severity::Note, code, span, message.into())
    }

    fn new(severity: Severity, code: Code, span: Span, message: String) -> Self {
        Self {
            code,
            api_code: None,
            severity,
            message,
            span,
            label: None,
            help: None,
            note: None,
            secondary: Vec::new(),
            pointer: None,
            fix: None,
        }
    }

    /// Adds the code that CAM's interface answers.
    #[must_use]
    pub fn with_api_code(mut self, code: &'static str) -> Self {
        self.api_code = Some(code);
        self
    }

    /// Adds why it is there.
    #[must_use]
    pub fn with_label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }

    /// Adds what to do.
    #[must_use]
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds the paragraph about it.
    #[must_use]
    pub fn with_note(mut self, note: impl Into<String>) -> Self {
        self.note = Some(note.into());
        self
    }

    /// Adds another place.
    #[must_use]
    pub fn with_secondary(mut self, span: Span, message: impl Into<String>) -> Self {
        self.secondary.push(Label { span, message: message.into() });
        self
    }

    /// Adds the JSON pointer of the place.
    #[must_use]
    pub fn with_pointer(mut self, pointer: impl Into<String>) -> Self {
        self.pointer = Some(pointer.into());
        self
    }

    /// Adds a repair.
    #[must_use]
    pub fn with_fix(mut self, fix: Fix) -> Self {
        self.fix = Some(fix);
        self
    }
}
