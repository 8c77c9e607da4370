//! Plain or colored output.

use std::fmt;

use anstyle::{AnsiColor, Effects};
use camlock_source::Severity;

/// Whether output is colored; who prints knows whether a terminal reads it.
///
/// # Examples
///
/// ```
/// use camlock_report::{Ink, Style};
///
/// assert_eq!(Style::plain().paint(Ink::Error, "denied").to_string(), "denied");
/// assert_eq!(Style::colored().paint(Ink::Good, "ok").to_string(), "\u{1b}[32mok\u{1b}[0m");
/// ```
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Style {
    colored: bool,
}

/// What a piece of output is, which decides its color.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Ink {
    /// An error, a refusal.
    Error,
    /// A warning.
    Warning,
    /// A note.
    Note,
    /// Something in order.
    Good,
    /// Frames, line numbers, secondary places.
    Frame,
    /// Text that stands out.
    Strong,
}

impl Style {
    /// Without color.
    pub const fn plain() -> Self {
        Self { colored: false }
    }

    /// With color, as escape sequences.
    pub const fn colored() -> Self {
        Self { colored: true }
    }

    /// Whether there is color.
    pub const fn is_colored(self) -> bool {
        self.colored
    }

    /// `what` in the color of `ink`.
    pub fn paint<T: fmt::Display>(self, ink: Ink, what: T) -> impl fmt::Display {
        Painted { style: self.colored.then(|| ink.style()), what }
    }
}

impl Ink {
    fn style(self) -> anstyle::Style {
        match self {
            Self::Error => AnsiColor::Red.on_default().effects(Effects::BOLD),
            Self::Warning => AnsiColor::Yellow.on_default().effects(Effects::BOLD),
            Self::Note => AnsiColor::Cyan.on_default().effects(Effects::BOLD),
            Self::Good => AnsiColor::Green.on_default(),
            Self::Frame => AnsiColor::Blue.on_default(),
            Self::Strong => anstyle::Style::new().bold(),
        }
    }
}

impl From<Severity> for Ink {
    fn from(severity: Severity) -> Self {
        match severity {
            Severity::Error => Self::Error,
            Severity::Warning => Self::Warning,
            _ => Self::Note,
        }
    }
}

struct Painted<T> {
    style: Option<anstyle::Style>,
    what: T,
}

impl<T: fmt::Display> fmt::Display for Painted<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.style {
            Some(style) => write!(f, "{style}{}{style:#}", self.what),
            None => self.what.fmt(f),
        }
    }
}
