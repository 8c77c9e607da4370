//! What a rule can ask, and how it reports.

use std::collections::BTreeMap;

use camlock_catalog::Catalog;
use camlock_policy::{ApiCode, Policy, PolicyKind, Statement};
use camlock_source::{Diagnostic, Edit, Fix, Grade, Label, Severity};
use camlock_syntax::json::{Member, Value};

use crate::analysis::Analysis;
use crate::companions::Companions;
use crate::document::Document;
use crate::edits;
use crate::effective::Effective;
use crate::element::{ConditionElement, StatementElement};
use crate::finding::Finding;
use crate::place::Place;
use crate::rule::{Level, RuleMeta};
use crate::settings::Options;
use crate::tree;

/// What a rule can ask, and how it reports.
#[derive(Debug)]
pub struct Context<'a> {
    document: &'a Document<'a>,
    facts: &'a Facts<'a>,
    rule: &'static RuleMeta,
    severity: Severity,
    findings: Vec<Finding>,
    /// Takes reports beyond the limit.
    spare: Vec<Finding>,
    pointer_bytes: usize,
    /// Whether a hook that the rule does not have was called.
    no_hook: bool,
    /// The names that repairs give to members: which object, which name, which member gets it.
    given: BTreeMap<(u32, String), u32>,
}

/// What is the same for every document.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Facts<'a> {
    pub(crate) catalog: &'a Catalog,
    pub(crate) companions: &'a Companions,
    pub(crate) options: &'a Options,
}

/// Findings of one document; hostile text would otherwise cost its size many times over.
pub(crate) const MAX_FINDINGS: usize = 10_000;

/// Bytes of JSON pointers that the findings of one document may carry; names can be as long as the
/// document. Beyond this, findings keep their spans only.
const MAX_POINTER_BYTES: usize = 1 << 20;

impl<'a> Context<'a> {
    pub(crate) fn new(
        document: &'a Document<'a>,
        facts: &'a Facts<'a>,
        rule: &'static RuleMeta,
    ) -> Self {
        Self {
            document,
            facts,
            rule,
            severity: Severity::Note,
            findings: Vec::new(),
            spare: Vec::new(),
            pointer_bytes: 0,
            no_hook: false,
            given: BTreeMap::new(),
        }
    }

    /// What hooks do that a rule does not have.
    pub(crate) fn no_hook(&mut self) {
        self.no_hook = true;
    }

    /// Whether a hook that the rule does not have was called since this was asked last.
    pub(crate) fn was_no_hook(&mut self) -> bool {
        std::mem::take(&mut self.no_hook)
    }

    /// What follows is reported for this rule.
    pub(crate) fn enter(&mut self, rule: &'static RuleMeta, severity: Severity) {
        self.rule = rule;
        self.severity = severity;
    }

    pub(crate) fn into_findings(self) -> Vec<Finding> {
        self.findings
    }

    /// The document.
    pub fn document(&self) -> &'a Document<'a> {
        self.document
    }

    /// The kind of policy that the document is read as.
    pub fn kind(&self) -> PolicyKind {
        self.document.kind()
    }

    /// The statements as written.
    pub fn statements(&self) -> &'a [StatementElement<'a>] {
        self.document.statements()
    }

    /// The policy; nothing where the document is none.
    pub fn policy(&self) -> Option<&'a Policy> {
        self.document.policy()
    }

    /// A statement as the policy has it; nothing where the document is no policy.
    pub fn lowered(&self, statement: &StatementElement<'_>) -> Option<&'a Statement> {
        self.document.lowered(statement)
    }

    /// What exists on the platform. Name its date in what you report because of it; findings of the
    /// catalogue group get a note that does.
    pub fn catalog(&self) -> &'a Catalog {
        self.facts.catalog
    }

    /// The policies that count together with the document; often none are known.
    pub fn companions(&self) -> &'a Companions {
        self.facts.companions
    }

    /// What the settings say besides levels.
    pub fn options(&self) -> &'a Options {
        self.facts.options
    }

    /// Exact answers about the document and its companions.
    pub fn analysis(&self) -> Analysis<'a> {
        Analysis::new(self.document, self.facts.companions)
    }

    /// The policy with what counts with it, ready to be asked; nothing where the document is none.
    pub(crate) fn effective(&self) -> Option<&'a Effective> {
        let Facts { companions, options, .. } = *self.facts;
        self.document.effective(companions, options)
    }

    /// Whether the settings give the rule a higher level than it has by itself: somebody wants it.
    pub fn is_raised(&self) -> bool {
        Some(self.severity) > self.rule.level.severity()
    }

    /// The JSON pointer of a place, such as `/statement/0/action/1`.
    pub fn pointer(&self, place: &impl Place) -> String {
        tree::pointer(self.document.root(), place.place())
    }

    /// The edit that gives a condition another operator; nothing where the operator has other keys too, or
    /// where the other one stands here already.
    pub fn operator_edit(&mut self, condition: &ConditionElement<'_>, name: &str) -> Option<Edit> {
        let is_alone = tree::members(&condition.operator_member.value).len() == 1;
        let edit = || self.name_edit(&condition.block.value, condition.operator_member, name);
        is_alone.then(edit).flatten()
    }

    /// The edit that gives a condition another key; nothing where that one stands beside it already.
    pub fn key_edit(&mut self, condition: &ConditionElement<'_>, name: &str) -> Option<Edit> {
        let keys = &condition.operator_member.value;
        let member = tree::members(keys).get(condition.index)?;
        self.name_edit(keys, member, name)
    }

    /// The edit that gives a member another name; nothing where one beside it has that name, or gets it
    /// from a repair that was offered before: carried out together, they would leave one name twice.
    fn name_edit(&mut self, owner: &Value<'_>, member: &Member<'_>, name: &str) -> Option<Edit> {
        let own = member.name.span;
        let is_taken = |other: &Member<'_>| {
            let other = (&*other.name.decoded, other.name.span);
            other.0 == name || (other.1 != own && other.0.eq_ignore_ascii_case(name))
        };
        if tree::members(owner).iter().any(is_taken) {
            return None;
        }
        let place = (owner.span.start, name.to_ascii_lowercase());
        let given = self.given.entry(place).or_insert(own.start);
        (*given == own.start).then(|| edits::literal(own, name))
    }

    /// Reports something at a place: what is wrong, in lower case, without a full stop, user text
    /// through [`quote`](camlock_source::quote) and in backticks.
    ///
    /// Code, severity and JSON pointer are added. The answer takes the rest.
    pub fn report(&mut self, place: &impl Place, message: impl Into<String>) -> Report<'_> {
        let span = place.place();
        let mut diagnostic = match self.severity {
            Severity::Error => Diagnostic::error(self.rule.code, span, message),
            Severity::Warning => Diagnostic::warning(self.rule.code, span, message),
            _ => Diagnostic::note(self.rule.code, span, message),
        };
        if self.pointer_bytes < MAX_POINTER_BYTES {
            let pointer = tree::pointer(self.document.root(), span);
            self.pointer_bytes += pointer.len();
            diagnostic.pointer = Some(pointer);
        }
        let list = if self.findings.len() < MAX_FINDINGS {
            &mut self.findings
        } else {
            self.spare.clear();
            &mut self.spare
        };
        list.push(Finding { rule: self.rule, diagnostic, document: 0 });
        Report { list }
    }
}

/// A finding that is being written.
#[derive(Debug)]
pub struct Report<'c> {
    /// The finding is the last one.
    list: &'c mut Vec<Finding>,
}

#[expect(clippy::return_self_not_must_use, reason = "the finding is in its list already")]
impl Report<'_> {
    fn with(self, change: impl FnOnce(&mut Diagnostic)) -> Self {
        if let Some(last) = self.list.last_mut() {
            change(&mut last.diagnostic);
        }
        self
    }

    /// Why there, in a few words.
    pub fn label(self, label: impl Into<String>) -> Self {
        self.with(|own| own.label = Some(label.into()))
    }

    /// What to do, in the imperative.
    pub fn help(self, help: impl Into<String>) -> Self {
        self.with(|own| own.help = Some(help.into()))
    }

    /// The paragraph or page about it, or a fact worth knowing.
    pub fn note(self, note: impl Into<String>) -> Self {
        self.with(|own| own.note = Some(note.into()))
    }

    /// Another place that belongs to it.
    pub fn secondary(self, place: &impl Place, message: impl Into<String>) -> Self {
        let label = Label { span: place.place(), message: message.into() };
        self.with(|own| own.secondary.push(label))
    }

    /// The code that CAM's interface answers.
    pub fn api_code(self, code: ApiCode) -> Self {
        self.with(|own| own.api_code = Some(code.as_str()))
    }

    /// A lower level than that of the rule, for findings that weigh less.
    pub fn at_most(self, level: Level) -> Self {
        let Some(severity) = level.severity() else { return self };
        self.with(|own| own.severity = own.severity.min(severity))
    }

    /// A repair that decides the same on every request; the engine holds it to that.
    pub fn safe_fix(self, title: impl Into<String>, edits: impl IntoIterator<Item = Edit>) -> Self {
        self.fix(Grade::Safe, title, edits)
    }

    /// A repair that never allows more.
    pub fn narrowing_fix(
        self,
        title: impl Into<String>,
        edits: impl IntoIterator<Item = Edit>,
    ) -> Self {
        self.fix(Grade::Narrowing, title, edits)
    }

    /// A repair that a person has to agree to.
    pub fn suggestion(
        self,
        title: impl Into<String>,
        edits: impl IntoIterator<Item = Edit>,
    ) -> Self {
        self.fix(Grade::Suggestion, title, edits)
    }

    /// A repair. Without edits there is none: an [`Option`] of an edit can be handed in as it is.
    pub fn fix(
        self,
        grade: Grade,
        title: impl Into<String>,
        edits: impl IntoIterator<Item = Edit>,
    ) -> Self {
        let edits: Vec<Edit> = edits.into_iter().collect();
        if edits.is_empty() {
            return self;
        }
        self.with(|own| own.fix = Some(Fix { title: title.into(), edits, grade }))
    }
}
