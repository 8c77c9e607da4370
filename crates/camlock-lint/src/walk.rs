//! One walk over a document, with every rule that runs.

use camlock_source::Severity;

use crate::context::{Context, Facts};
use crate::document::Document;
use crate::finding::Finding;
use crate::rule::{Group, Rule};

/// Lets rules look at a document; answers what they found, in no order.
pub(crate) fn walk(
    document: &Document<'_>,
    facts: &Facts<'_>,
    active: &[(&'static dyn Rule, Severity)],
) -> Vec<Finding> {
    let Some((first, _)) = active.first() else { return Vec::new() };
    let mut context = Context::new(document, facts, first.meta());
    for (rule, severity) in active {
        context.enter(rule.meta(), *severity);
        check(*rule, document, &mut context);
    }
    let mut findings = context.into_findings();
    for finding in &mut findings {
        let own = &mut finding.diagnostic;
        if finding.rule.group == Group::Catalogue && own.note.is_none() {
            own.note = Some(format!("as of the catalogue of {}", facts.catalog.date()));
        }
    }
    findings
}

fn check<'a>(rule: &dyn Rule, document: &'a Document<'a>, cx: &mut Context<'a>) {
    let mut hooks = Hooks::default();
    hooks.each(Hook::Tree, [document.root()], cx, |own, cx| rule.check_tree(own, cx));
    hooks.each(Hook::Document, [()], cx, |(), cx| rule.check_document(cx));
    hooks.each(Hook::Principal, document.principals(), cx, |own, cx| rule.check_principal(own, cx));
    for statement in document.statements() {
        hooks.each(Hook::Statement, [statement], cx, |own, cx| rule.check_statement(own, cx));
        let principals = &statement.principals;
        hooks.each(Hook::Principal, principals, cx, |own, cx| rule.check_principal(own, cx));
        hooks.each(Hook::Effect, &statement.effect_text, cx, |own, cx| {
            rule.check_effect(own, statement, cx);
        });
        hooks.each(Hook::Action, &statement.actions, cx, |own, cx| {
            rule.check_action(own, statement, cx);
        });
        hooks.each(Hook::Resource, &statement.resources, cx, |own, cx| {
            rule.check_resource(own, statement, cx);
        });
        hooks.each(Hook::Condition, &statement.conditions, cx, |own, cx| {
            rule.check_condition(own, statement, cx);
        });
    }
    hooks.each(Hook::String, document.strings(), cx, |own, cx| rule.check_string(own, cx));
}

/// A hook of a rule.
#[derive(Clone, Copy)]
enum Hook {
    Tree,
    Document,
    Principal,
    Statement,
    Effect,
    Action,
    Resource,
    Condition,
    String,
}

/// Which hooks a rule turned out not to have, a bit each: most have one, and documents have many
/// elements.
#[derive(Default)]
struct Hooks {
    absent: u16,
}

impl Hooks {
    /// Calls a hook for each of some elements.
    #[inline]
    fn each<'a, T>(
        &mut self,
        hook: Hook,
        elements: impl IntoIterator<Item = T>,
        cx: &mut Context<'a>,
        call: impl Fn(T, &mut Context<'a>),
    ) {
        let bit = 1 << hook as u16;
        if self.absent & bit != 0 {
            return;
        }
        for element in elements {
            call(element, cx);
            if cx.was_no_hook() {
                self.absent |= bit;
                return;
            }
        }
    }
}

/// Leaves out findings that another one says with more words; that one is as severe as both.
pub(crate) fn supersede(findings: &mut Vec<Finding>) {
    let mut gone = vec![false; findings.len()];
    let mut taken: Vec<(usize, Severity, Option<&'static str>)> = Vec::new();
    for (at, better) in findings.iter().enumerate() {
        if better.rule.supersedes.is_empty() {
            continue;
        }
        for (other, worse) in findings.iter().enumerate() {
            let own = &worse.diagnostic;
            let names = better.rule.supersedes.contains(&own.code.as_str());
            if names && at != other && meet(better, worse) {
                if let Some(gone) = gone.get_mut(other) {
                    *gone = true;
                }
                taken.push((at, own.severity, own.api_code));
            }
        }
    }
    for (at, severity, api_code) in taken {
        if let Some(better) = findings.get_mut(at) {
            let own = &mut better.diagnostic;
            own.severity = own.severity.max(severity);
            own.api_code = own.api_code.or(api_code);
        }
    }
    let mut gone = gone.into_iter();
    findings.retain(|_| !gone.next().unwrap_or(false));
}

/// Whether two findings share a byte or a place.
fn meet(a: &Finding, b: &Finding) -> bool {
    let (a, b) = (a.diagnostic.span, b.diagnostic.span);
    a == b || (a.start < b.end && b.start < a.end)
}
