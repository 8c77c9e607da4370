//! What a document says as far as it can be read, policy or not.

use camlock_policy::{Policy, PolicyKind, Statement};
use camlock_syntax::json::Value;

use crate::document::Document;
use crate::element::StatementElement;
use crate::equivalence::{allows_no_more, same_decisions};
use crate::tree;

/// What a document says: the part that can be read as a policy, and the rest as it is written.
#[derive(Debug)]
pub(crate) struct Reading {
    policy: Option<Policy>,
    /// In the order of the text.
    rest: Vec<String>,
}

impl Reading {
    pub(crate) fn of(document: &Document<'_>) -> Self {
        let mut rest = Vec::new();
        let members = tree::members(document.root()).iter();
        for member in members {
            let name = member.name.decoded.to_ascii_lowercase();
            if name != "statement" && name != "principal" {
                rest.push(format!("{name}: {}", written(&member.value)));
            }
        }
        let mut statements = Vec::new();
        for statement in document.statements() {
            statements.extend(read(document, statement, &mut rest));
        }
        let policy = Policy::new(document.kind(), statements).ok();
        if policy.is_none() {
            rest.push(written(document.root()));
        }
        Self { policy, rest }
    }

    /// Whether both say the same: what is no policy word for word, what is one by its decisions.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        self.rest == other.rest
            && match (&self.policy, &other.policy) {
                (Some(own), Some(other)) => same_decisions(own, other).is_ok(),
                (None, None) => true,
                _ => false,
            }
    }

    /// Whether the other one allows nothing that this one does not.
    pub(crate) fn allows_all_of(&self, other: &Self) -> bool {
        match (&self.policy, &other.policy) {
            (Some(own), Some(other)) => allows_no_more(own, other).is_ok(),
            // Where nothing is left nothing is allowed; where nothing was, anything is more.
            (_, None) => true,
            (None, Some(_)) => false,
        }
    }
}

/// The statement as far as it can be read; what cannot be goes to the rest.
fn read(
    document: &Document<'_>,
    element: &StatementElement<'_>,
    rest: &mut Vec<String>,
) -> Option<Statement> {
    let mut unread = |what: &str| rest.push(format!("{}: {what}", element.index));
    let Some(effect) = element.effect else {
        unread(&written(element.value));
        return None;
    };
    let mut statement = Statement::new(effect);
    for action in &element.actions {
        match &action.pattern {
            Some(pattern) => statement = statement.with_action(pattern.clone()),
            None => unread(action.text()),
        }
    }
    for resource in &element.resources {
        match &resource.pattern {
            Some(pattern) => statement = statement.with_resource(pattern.clone()),
            None => unread(resource.text()),
        }
    }
    for principal in document.principals_of(element) {
        match &principal.pattern {
            Some(pattern) => statement = statement.with_principal(pattern.clone()),
            None => unread(principal.text()),
        }
    }
    for condition in &element.conditions {
        match &condition.condition {
            Some(own) => statement = statement.with_condition(own.clone()),
            None => unread(&format!(
                "{} {} {:?}",
                condition.operator_name(),
                condition.key_name(),
                condition.values.iter().map(|own| written(own.value)).collect::<Vec<_>>()
            )),
        }
    }
    let known = ["effect", "action", "resource", "principal", "condition"];
    for member in element.members() {
        let name = member.name.decoded.to_ascii_lowercase();
        if !known.contains(&name.as_str()) {
            unread(&format!("{name}: {}", written(&member.value)));
        }
    }
    // A kind that names no resources or nobody is read as if it did not.
    let fits = Policy::new(document.kind(), vec![statement.clone()]).is_ok();
    if !fits {
        unread(&written(element.value));
    }
    fits.then_some(statement)
}

/// A value in one spelling, wherever and however it stands. What could not be read is like nothing else,
/// so its place is part of it.
fn written(value: &Value<'_>) -> String {
    use camlock_syntax::json::Kind;
    match &value.kind {
        Kind::Null => "null".to_owned(),
        Kind::Bool(own) => own.to_string(),
        Kind::Number(own) => (*own).to_owned(),
        Kind::String(text) => format!("{:?}", text.decoded),
        Kind::Array(items) => {
            format!("[{}]", items.iter().map(written).collect::<Vec<_>>().join(","))
        }
        Kind::Object(members) => {
            let member = |own: &camlock_syntax::json::Member<'_>| {
                format!("{:?}:{}", own.name.decoded.to_ascii_lowercase(), written(&own.value))
            };
            format!("{{{}}}", members.iter().map(member).collect::<Vec<_>>().join(","))
        }
        Kind::Invalid => format!("unreadable at {:?}", value.span),
    }
}

/// The reading of a document of some kind in a tree.
pub(crate) fn of(text: &str, root: &Value<'_>, kind: PolicyKind) -> Reading {
    let kind = (kind, crate::document::KindSource::Given);
    Reading::of(&Document::new(text, root, kind, (None, Vec::new())))
}
