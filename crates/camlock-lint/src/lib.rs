//! What is wrong with policies that parse, and repairs of what is wrong.
//!
//! A [`Linter`] with its [`Settings`] reads a [`SourceText`](camlock_source::SourceText), which holds one
//! document, a list of documents or one a line, and answers every [`Finding`]. What keeps a document
//! from being a policy is among them; what a policy says and probably does not mean is found by the
//! [`rules()`]: one file a rule, with its page, its metadata and its examples. [`mend()`] carries repairs
//! out, and lets a *safe* one pass only where the engine decides the same before and after.
//!
//! # Examples
//!
//! ```
//! use camlock_lint::{Linter, Settings};
//! use camlock_source::SourceText;
//!
//! let linter = Linter::new(Settings::default());
//! let source = SourceText::new("a.json", r#"{"version": "2.0", "statement":
//!     {"effect": "allow", "action": "cos:getobject", "resource": "*"}}"#);
//! let linted = linter.lint(&source, None);
//! let finding = &linted.findings[0];
//! assert_eq!(finding.rule.name, "miscased-action");
//! assert_eq!(finding.diagnostic.pointer.as_deref(), Some("/statement/action"));
//! ```
//!
//! How to add a rule is written in `docs/src/contributing/lint-rule.md`.

#[macro_use]
mod declare;

mod page;
mod rule;

mod element;
mod place;
mod tree;

mod document;
mod texts;

mod analysis;
mod companions;
mod context;
mod edits;
mod effective;
mod finding;

mod faults;
mod rules;

mod levels;
mod linter;
mod settings;
mod suppression;
mod walk;

mod equivalence;
mod mend;
mod reading;

#[cfg(test)]
mod testing;

pub use analysis::{Analysis, Breadth, Grant};
pub use companions::{Ceiling, Companion, Companions};
pub use context::{Context, Report};
pub use document::{Document, KindSource};
pub use element::{
    ActionElement, ConditionElement, ListPlace, Part, PrincipalElement, ResourceElement,
    StatementElement, StringElement, ValueElement,
};
pub use equivalence::{Difference, same_decisions};
pub use faults::fault_rules;
pub use finding::Finding;
pub use levels::{LevelError, Levels};
pub use linter::{Linted, LintedDocument, Linter, Suppressed};
pub use mend::{Mended, Repaired, mend, repair};
pub use page::{Example, Expectation};
pub use place::Place;
pub use rule::{Described, Group, Level, Rule, RuleMeta};
pub use rules::{explain, rules};
pub use settings::{Options, Override, PathError, PathGlobs, Settings};
pub use suppression::Suppression;
