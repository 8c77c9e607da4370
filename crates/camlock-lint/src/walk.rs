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
    rule.check_tree(document.root(), cx);
    rule.check_document(cx);
    for principal in document.principals() {
        rule.check_principal(principal, cx);
    }
    for statement in document.statements() {
        rule.check_statement(statement, cx);
        if let Some(effect) = &statement.effect_text {
            rule.check_effect(effect, statement, cx);
        }
        for principal in &statement.principals {
            rule.check_principal(principal, cx);
        }
        for action in &statement.actions {
            rule.check_action(action, statement, cx);
        }
        for resource in &statement.resources {
            rule.check_resource(resource, statement, cx);
        }
        for condition in &statement.conditions {
            rule.check_condition(condition, statement, cx);
        }
    }
    for string in document.strings() {
        rule.check_string(string, cx);
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
