//! An explanation as stable JSON.

use std::io::{self, Write};

use camlock::policy::{Element, ElementPath};
use camlock::{Considered, Explanation, Truth};
use camlock_wire::{WireDecision, WireRequest};
use serde::Serialize;

use super::layers;
use crate::authority::Authority;

#[derive(Serialize)]
struct JsonExplanation<'a> {
    #[serde(flatten)]
    decision: WireDecision<'a>,
    resource: u32,
    layers: Vec<JsonLayer<'a>>,
    nearest: Option<JsonStatement<'a>>,
}

#[derive(Serialize)]
struct JsonLayer<'a> {
    layer: &'static str,
    answer: &'static str,
    considered: Vec<JsonStatement<'a>>,
}

#[derive(Serialize)]
struct JsonStatement<'a> {
    policy: &'a str,
    name: Option<&'a str>,
    statement: u32,
    effect: &'static str,
    matches: &'static str,
    failed_element: Option<&'static str>,
    file: Option<&'a str>,
    line: Option<u32>,
    column: Option<u32>,
}

pub(super) fn write(
    out: &mut dyn Write,
    authority: &Authority,
    request: &WireRequest,
    explanation: &Explanation,
) -> io::Result<()> {
    let id = request.id.as_deref();
    let label = |policy| authority.policy(policy).label;
    let layers = layers::reports(explanation).into_iter().map(|report| JsonLayer {
        layer: report.layer.as_str(),
        answer: report.answer.as_str(),
        considered: report.tried.iter().map(|c| statement(authority, c)).collect(),
    });
    let page = JsonExplanation {
        decision: WireDecision::new(id, &explanation.outcome, label),
        resource: explanation.outcome.resource,
        layers: layers.collect(),
        nearest: explanation.nearest.as_ref().map(|near| statement(authority, near)),
    };
    serde_json::to_writer(&mut *out, &page)?;
    writeln!(out)
}

fn statement<'a>(authority: &'a Authority, considered: &Considered) -> JsonStatement<'a> {
    let policy = authority.policy(considered.statement.policy);
    let element = considered.element.unwrap_or(Element::Statement);
    let span = policy.span(ElementPath { statement: considered.statement.index, element });
    let place = policy.source.zip(span).map(|(source, span)| source.line_column(span.start));
    JsonStatement {
        policy: policy.label,
        name: policy.name,
        statement: considered.statement.index,
        effect: considered.effect.as_str(),
        matches: match considered.truth {
            Truth::Yes => "yes",
            Truth::Unknown => "unknown",
            Truth::No => "no",
        },
        failed_element: considered.element.map(element_word),
        file: policy.source.map(camlock::source::SourceText::name),
        line: place.map(|place| place.line),
        column: place.map(|place| place.column),
    }
}

fn element_word(element: Element) -> &'static str {
    match element {
        Element::Effect => "effect",
        Element::Principals => "principal",
        Element::Actions => "action",
        Element::Resources => "resource",
        Element::Condition(_) => "condition",
        _ => "statement",
    }
}
