//! What a document is, and what is wrong with it.

use std::cell::OnceCell;
use std::sync::Arc;

use camlock_directory::{Account, AccountError};
use camlock_lint::{Finding, Linter, RuleMeta};
use camlock_policy::PolicyKind;
use camlock_source::{Diagnostic, Edit, SourceText, Span};
use camlock_syntax::json::Value;

use crate::host::Host;
use crate::language::{Held, Language};
use crate::part::Part;
use crate::tree;

/// What a text is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Role {
    /// A policy, or several.
    Policy,
    /// An account file.
    Account,
    /// Something else with policies in it.
    Embedded,
    /// Something else, about which there is nothing to say.
    Other,
}

/// What was found in a text.
#[derive(Debug)]
pub(crate) struct Checked {
    pub(crate) role: Role,
    /// What it is written in.
    pub(crate) language: Language,
    /// The policies of a text that is none itself, in its order.
    pub(crate) parts: Vec<Part>,
    /// What is wrong, in the order of the text.
    pub(crate) findings: Vec<Found>,
    /// The policy documents, and the kind that each was read as.
    pub(crate) documents: Vec<(Span, PolicyKind)>,
    /// What every safe repair together changes, once somebody asked.
    pub(crate) mended: OnceCell<Option<Edit>>,
    /// Who found it.
    pub(crate) linter: Arc<Linter>,
}

/// Something that is wrong.
#[derive(Debug)]
pub(crate) struct Found {
    pub(crate) diagnostic: Diagnostic,
    /// The rule behind it; faults of account files have none.
    pub(crate) rule: Option<&'static RuleMeta>,
}

impl From<Finding> for Found {
    fn from(finding: Finding) -> Self {
        Self { rule: Some(finding.rule), diagnostic: finding.diagnostic }
    }
}

impl Checked {
    /// Looks at a text.
    pub(crate) fn new(source: &SourceText, language: Language, host: &mut dyn Host) -> Self {
        let linter = host.linter(source.name());
        let mut checked = Self {
            role: Role::Other,
            language,
            parts: Vec::new(),
            findings: Vec::new(),
            documents: Vec::new(),
            mended: OnceCell::new(),
            linter,
        };
        if language == Language::Json {
            checked.role = role(source, &checked.linter);
        }
        match checked.role {
            Role::Account => checked.account(source, host),
            Role::Policy if is_whole(source) => checked.policies(source),
            // Even a file with the name of a policy may be a call that has one in it.
            role => {
                checked.embedded(source, language);
                if !checked.parts.is_empty() {
                    checked.role = Role::Embedded;
                } else if role == Role::Policy {
                    checked.policies(source);
                }
            }
        }
        checked.findings.sort_by_key(|found| (found.diagnostic.span.start, found.diagnostic.code));
        // What stands at an anchor of YAML is read wherever an alias names it.
        checked.findings.dedup_by(|a, b| {
            let (a, b) = (&a.diagnostic, &b.diagnostic);
            (a.span, a.code, &a.message) == (b.span, b.code, &b.message)
        });
        checked
    }

    fn embedded(&mut self, source: &SourceText, language: Language) {
        match language.held(source.name(), source.text()) {
            Held::Policies(found) => {
                for own in found {
                    let (part, found) = Part::new(own, &self.linter, source.name());
                    self.parts.push(part);
                    self.findings.extend(found);
                }
            }
            Held::Unreadable(fault) => {
                let linted = self.linter.take(source.name(), vec![*fault]);
                self.findings.extend(linted.findings.into_iter().map(Found::from));
            }
        }
    }

    fn policies(&mut self, source: &SourceText) {
        let linted = self.linter.lint(source, None);
        self.documents = linted.documents.iter().map(|own| (own.span, own.kind)).collect();
        self.findings = linted.findings.into_iter().map(Found::from).collect();
    }

    fn account(&mut self, source: &SourceText, host: &mut dyn Host) {
        let open =
            |name: &str| host.open(source.name(), name).map(|text| SourceText::new(name, text));
        let findings = match Account::read(source, open) {
            Ok(account) => account.warnings().to_vec(),
            Err(error) => AccountError::findings(&error).to_vec(),
        };
        let own = findings.into_iter().filter(|finding| finding.source.name() == source.name());
        self.findings = own.map(|own| Found { diagnostic: own.diagnostic, rule: None }).collect();
        let Some(root) = tree::parse(source.text()) else { return };
        for (value, kind) in embedded(&root) {
            self.documents.push((value.span, kind));
            let text = SourceText::new(source.name(), source.slice(value.span));
            let linted = self.linter.lint_one(&text, Some(kind));
            // Faults of the text were found along with the account.
            let of_rules = linted.findings.into_iter().filter(|finding| {
                !camlock_lint::fault_rules().iter().any(|own| own.code == finding.rule.code)
            });
            let moved = of_rules.map(|finding| {
                let mut found = Found::from(finding.moved_by(value.span.start));
                found.diagnostic.pointer = None;
                found
            });
            self.findings.extend(moved);
        }
    }
}

/// The policy documents in an account file, and what each is.
pub(crate) fn embedded<'v, 'a>(root: &'v Value<'a>) -> Vec<(&'v Value<'a>, PolicyKind)> {
    let list = |name: &str| tree::member(root, name).map(tree::items).unwrap_or_default();
    let mut all: Vec<(&Value<'_>, PolicyKind)> = Vec::new();
    for (entries, name, kind) in [
        ("policies", "document", PolicyKind::Identity),
        ("roles", "trust", PolicyKind::Trust),
        ("resource_policies", "document", PolicyKind::Resource),
    ] {
        let documents = list(entries).iter().filter_map(|entry| tree::member(entry, name));
        all.extend(documents.map(|document| (document, kind)));
    }
    let organization = tree::member(root, "organization");
    let levels = organization.and_then(|own| tree::member(own, "levels"));
    for level in levels.map(tree::items).unwrap_or_default() {
        let policies = tree::member(level, "policies").map(tree::items).unwrap_or_default();
        all.extend(policies.iter().map(|document| (document, PolicyKind::Scp)));
    }
    all.retain(|(document, _)| !tree::members(document).is_empty());
    all
}

/// What a text is. Editors send every JSON file, and most of them are none of ours.
fn role(source: &SourceText, linter: &Linter) -> Role {
    let name = source.name();
    if linter.settings().kinds.iter().any(|(paths, _)| paths.is_match(name)) {
        return Role::Policy;
    }
    match camlock_extract::role(name, source.text()) {
        camlock_extract::Role::Policy => Role::Policy,
        camlock_extract::Role::Account => Role::Account,
        camlock_extract::Role::Other => Role::Other,
    }
}

/// Whether a text is a policy as a whole, so that nothing has to be looked for in it.
fn is_whole(source: &SourceText) -> bool {
    tree::pieces(source.name(), source.text()).len() == 1
        && tree::parse(source.text()).is_some_and(|root| {
            let is_policy = |value: &Value<'_>| tree::member(value, "statement").is_some();
            is_policy(&root) || tree::items(&root).iter().any(is_policy)
        })
}
