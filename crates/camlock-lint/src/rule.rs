//! What a rule is, and what it says about itself.

use std::fmt;

use camlock_source::{Code, Grade, Severity};
use camlock_syntax::json::Value;

use crate::context::Context;
use crate::element::{
    ActionElement, ConditionElement, PrincipalElement, ResourceElement, StatementElement,
    StringElement,
};

/// What a rule says about itself; written by `declare_rule!`.
pub trait Described {
    /// Code, name, page and the rest.
    fn meta(&self) -> &'static RuleMeta;
}

/// One lint. Every hook is optional; the runner walks each document once a rule and calls those that the
/// rule has: the others say of themselves that they are none.
///
/// Elements are there as far as they can be read, also in documents that are no policies; what was read
/// of one is an `Option` beside its text. [`Context::policy`] is there for whole policies only.
pub trait Rule: Described + Sync {
    /// The document as a whole.
    fn check_document(&self, cx: &mut Context<'_>) {
        cx.no_hook();
    }

    /// A statement.
    fn check_statement(&self, _statement: &StatementElement<'_>, cx: &mut Context<'_>) {
        cx.no_hook();
    }

    /// The effect of a statement, where it is a string.
    fn check_effect(
        &self,
        _effect: &StringElement<'_>,
        _statement: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        cx.no_hook();
    }

    /// An action.
    fn check_action(
        &self,
        _action: &ActionElement<'_>,
        _statement: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        cx.no_hook();
    }

    /// A resource.
    fn check_resource(
        &self,
        _resource: &ResourceElement<'_>,
        _statement: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        cx.no_hook();
    }

    /// Somebody who is named, by a statement or by the document (see
    /// [`PrincipalElement::statement`]).
    fn check_principal(&self, _principal: &PrincipalElement<'_>, cx: &mut Context<'_>) {
        cx.no_hook();
    }

    /// An operator with one key and its values.
    fn check_condition(
        &self,
        _condition: &ConditionElement<'_>,
        _statement: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        cx.no_hook();
    }

    /// A string, wherever it stands: names of members and values alike.
    fn check_string(&self, _string: &StringElement<'_>, cx: &mut Context<'_>) {
        cx.no_hook();
    }

    /// The JSON tree of the document, for rules about how it is written.
    fn check_tree(&self, _root: &Value<'_>, cx: &mut Context<'_>) {
        cx.no_hook();
    }
}

/// The metadata of a rule.
#[derive(Debug)]
#[non_exhaustive]
pub struct RuleMeta {
    /// The stable code.
    pub code: Code,
    /// The name in kebab case, which says what is found: "allow `miscased-action`" reads well.
    pub name: &'static str,
    /// The family.
    pub group: Group,
    /// What happens on a finding where nobody says otherwise.
    pub level: Level,
    /// The first version that has the rule.
    pub since: &'static str,
    /// What it finds, in one line.
    pub summary: &'static str,
    /// The page, in Markdown, without its title.
    pub page: &'static str,
    /// Paragraphs of the semantics that it rests on, such as `ACT-6`.
    pub spec: &'static [&'static str],
    /// The best grade of the repairs that it offers.
    pub fix: Option<Grade>,
    /// Codes whose findings at the same place say the same with fewer words; they are left out.
    pub supersedes: &'static [&'static str],
    /// The file that the rule stands in, for a test of its name.
    #[cfg(test)]
    pub(crate) file: &'static str,
}

/// A family of rules.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Group {
    /// What CAM refuses, or accepts and reads in another way than it was meant.
    Correctness,
    /// What the catalogue of services does not know.
    Catalogue,
    /// What grants more than anyone should have.
    Security,
    /// What changes no decision.
    Redundancy,
    /// What could be written in a better way.
    Style,
}

impl Group {
    /// Every group.
    pub const ALL: [Self; 5] =
        [Self::Correctness, Self::Catalogue, Self::Security, Self::Redundancy, Self::Style];

    /// The word in output and configuration.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Correctness => "correctness",
            Self::Catalogue => "catalogue",
            Self::Security => "security",
            Self::Redundancy => "redundancy",
            Self::Style => "style",
        }
    }

    /// Reads the word.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|group| group.as_str() == name)
    }
}

/// What happens when a rule finds something.
#[expect(clippy::exhaustive_enums, reason = "whoever sets levels must know them all")]
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Level {
    /// Nothing; the rule does not run.
    Off,
    /// It is said.
    Info,
    /// It is said, and fails a run that lets warnings fail.
    Warning,
    /// It fails the run.
    Error,
}

impl Level {
    /// The word in output and configuration.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }

    /// Reads the word.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Off, Self::Info, Self::Warning, Self::Error]
            .into_iter()
            .find(|own| own.as_str() == name)
    }

    /// How much a finding weighs; none where the rule is off.
    pub(crate) fn severity(self) -> Option<Severity> {
        match self {
            Self::Off => None,
            Self::Info => Some(Severity::Note),
            Self::Warning => Some(Severity::Warning),
            Self::Error => Some(Severity::Error),
        }
    }
}

impl fmt::Display for Group {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
