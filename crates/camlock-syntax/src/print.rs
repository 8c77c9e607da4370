//! A policy as text.

use camlock_policy::{Condition, ConditionValue, Policy, PrincipalPattern, Statement};

use crate::json::put_string;

/// Writes a policy as a document that means the same: `parse(print(policy)) == policy`.
///
/// # Examples
///
/// ```
/// use camlock_policy::PolicyKind;
/// use camlock_syntax::{parse, print};
///
/// let text = r#"{"version":"2.0","statement":{"effect":"allow","action":"cos:*","resource":"*"}}"#;
/// let policy = parse(text, PolicyKind::Identity).policy.unwrap();
/// assert_eq!(parse(&print(&policy), PolicyKind::Identity).policy.unwrap(), policy);
/// ```
pub fn print(policy: &Policy) -> String {
    let mut out = String::from("{\"version\":\"2.0\",\"statement\":[");
    separated(policy.statements(), &mut out, statement);
    out.push_str("]}");
    out
}

fn statement(statement: &Statement, out: &mut String) {
    out.push_str("{\"effect\":\"");
    out.push_str(statement.effect().as_str());
    out.push('"');
    if let Some(principals) = statement.principals() {
        out.push_str(",\"principal\":{");
        principal(principals, out);
        out.push('}');
    }
    out.push_str(",\"action\":[");
    separated(statement.actions(), out, |action, out| put_string(&action.to_string(), out));
    out.push(']');
    if !statement.resources().is_empty() {
        out.push_str(",\"resource\":[");
        separated(statement.resources(), out, |one, out| put_string(&one.to_string(), out));
        out.push(']');
    }
    if !statement.conditions().is_empty() {
        out.push_str(",\"condition\":{");
        conditions(statement.conditions(), out);
        out.push('}');
    }
    out.push('}');
}

/// A statement keeps services behind everyone else, so that the order survives being gathered here.
fn principal(principals: &[PrincipalPattern], out: &mut String) {
    let service = |p: &&PrincipalPattern| matches!(p, PrincipalPattern::Service(_));
    let (services, named): (Vec<_>, Vec<_>) = principals.iter().partition(service);
    let mut members = Vec::new();
    for (name, group) in [("qcs", named), ("service", services)] {
        if group.is_empty() {
            continue;
        }
        let mut member = format!("\"{name}\":[");
        separated(&group, &mut member, |one, out| put_string(&one.to_string(), out));
        member.push(']');
        members.push(member);
    }
    out.push_str(&members.join(","));
}

/// Conditions of one operator stand together, as in the document they came from.
fn conditions(conditions: &[Condition], out: &mut String) {
    let runs = conditions.chunk_by(|left, right| left.operator() == right.operator());
    for (index, run) in runs.enumerate() {
        if index > 0 {
            out.push(',');
        }
        if let Some(first) = run.first() {
            put_string(&first.operator().to_string(), out);
        }
        out.push_str(":{");
        separated(run, out, |condition, out| {
            put_string(condition.key().as_str(), out);
            out.push_str(":[");
            separated(condition.values(), out, value);
            out.push(']');
        });
        out.push('}');
    }
}

fn value(value: &ConditionValue, out: &mut String) {
    match value {
        ConditionValue::Number(number) => out.push_str(number),
        ConditionValue::Bool(true) => out.push_str("true"),
        ConditionValue::Bool(false) => out.push_str("false"),
        other => put_string(&other.to_string(), out),
    }
}

fn separated<T>(items: &[T], out: &mut String, put: impl Fn(&T, &mut String)) {
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        put(item, out);
    }
}
