//! An explanation for people.

use std::fmt::Write as _;

use camlock::policy::{Effect, Element, ElementPath, StatementId};
use camlock::{Considered, Decision, Explanation, Layer, Truth};
use camlock_report::{Excerpt, Ink, Style, harmless};
use camlock_wire::WireRequest;

use super::layers::{self, Answer, LayerReport};
use crate::authority::Authority;

/// Statements shown of one layer at most, so that an explanation stays readable.
const SHOWN: usize = 20;

pub(super) fn render(
    authority: &Authority,
    request: &WireRequest,
    explanation: &Explanation,
    all: bool,
    style: Style,
) -> String {
    let mut page = Page { authority, explanation, style, out: String::new() };
    page.verdict();
    page.request(request);
    page.layers(all);
    page.settled();
    page.nearest();
    page.out
}

/// The page being written. Writing to a string cannot fail, so results are dropped.
struct Page<'a> {
    authority: &'a Authority,
    explanation: &'a Explanation,
    style: Style,
    out: String,
}

impl Page<'_> {
    fn line(&mut self, text: impl std::fmt::Display) {
        _ = writeln!(self.out, "{text}");
    }

    fn verdict(&mut self) {
        let outcome = &self.explanation.outcome;
        let why = match outcome.decision {
            Decision::Allow if outcome.layer == Layer::Root => {
                "the root account, with its own resource".to_owned()
            }
            Decision::Allow => format!("by {}", noun(outcome.layer)),
            Decision::ExplicitDeny if outcome.statements().next().is_none() => {
                "a level of the organization does not allow it".to_owned()
            }
            Decision::ExplicitDeny => format!("explicitly, by {}", noun(outcome.layer)),
            Decision::ImplicitDeny => {
                let failed: Vec<_> = outcome.failed.iter().map(noun).collect();
                if failed.is_empty() {
                    "nothing grants it".to_owned()
                } else {
                    format!("not allowed by {}", failed.join(", nor by "))
                }
            }
        };
        if outcome.is_allowed() {
            self.line(format_args!("{}  {why}", self.style.paint(Ink::Good, "ALLOWED")));
        } else {
            self.line(format_args!("{}  {why}", self.style.paint(Ink::Error, "DENIED")));
        }
        if outcome.indeterminate {
            self.line("        something could not be told, and was read the safe way");
        }
        self.line("");
    }

    fn request(&mut self, request: &WireRequest) {
        let principal = request.request.principal();
        let shown = harmless(&principal.to_string());
        match self.authority.name_of(principal) {
            Some(name) => self.line(format_args!("  who       {} ({shown})", harmless(name))),
            None => self.line(format_args!("  who       {shown}")),
        }
        self.line(format_args!("  action    {}", request.request.action()));
        for (index, resource) in (0_u32..).zip(request.request.resources()) {
            let several = request.request.resources().len() > 1;
            let settled = several && index == self.explanation.outcome.resource;
            let mark = if settled { "  ← settled it" } else { "" };
            let resource = harmless(&resource.to_string());
            self.line(format_args!("  resource  {resource}{mark}"));
        }
        for (key, values) in request.request.context().iter() {
            let values: Vec<_> =
                values.iter().map(|v| v.text().unwrap_or("(unreadable)")).collect();
            let (key, values) = (harmless(key), harmless(&values.join(", ")));
            self.line(format_args!("  context   {key} = {values}"));
        }
        self.line("");
    }

    fn layers(&mut self, all: bool) {
        for report in layers::reports(self.explanation) {
            self.layer(&report);
            if all {
                for considered in report.tried.iter().take(SHOWN) {
                    self.considered(considered);
                }
                if let Some(more) = report.tried.len().checked_sub(SHOWN).filter(|more| *more > 0) {
                    self.line(format_args!("              … and {more} more"));
                }
            }
        }
        self.line("");
    }

    fn layer(&mut self, report: &LayerReport) {
        let (ink, mark) = match report.answer {
            Answer::Denies | Answer::NoAllow => (Ink::Error, "✗"),
            Answer::Allows => (Ink::Good, "✓"),
            Answer::NoDeny | Answer::Absent | Answer::NotReached => (Ink::Frame, "·"),
        };
        let words = match report.answer {
            Answer::NoAllow => Self::no_allow(report),
            other => other.words().to_owned(),
        };
        let mark = self.style.paint(ink, mark);
        self.line(format_args!("  {mark} {:<9} {words}", report.layer.as_str()));
    }

    fn no_allow(report: &LayerReport) -> String {
        let tried = report.tried.iter().filter(|c| c.effect == Effect::Allow).count();
        match tried {
            0 => "does not allow: no statement comes into question".to_owned(),
            1 => "does not allow: 1 statement was tried".to_owned(),
            count => format!("does not allow: {count} statements were tried"),
        }
    }

    fn considered(&mut self, considered: &Considered) {
        let title = self.authority.policy(considered.statement.policy).title();
        let words = match (considered.truth, considered.element) {
            (Truth::Yes, _) => "applies".to_owned(),
            (Truth::Unknown, Some(element)) => format!("cannot be told: {}", element_noun(element)),
            (Truth::No, Some(element)) => format!("{} does not match", element_noun(element)),
            (_, None) => "does not match".to_owned(),
        };
        self.line(format_args!(
            "              {} {title} statement {}: {words}",
            considered.effect, considered.statement.index
        ));
    }

    /// The statements that settled the request, with their text.
    fn settled(&mut self) {
        let outcome = self.explanation.outcome;
        for statement in outcome.statements() {
            let title = self.authority.policy(statement.policy).title();
            self.line(format_args!("settled by {title}, statement {}", statement.index));
            let (label, ink) = match outcome.decision {
                Decision::Allow => ("this allows it", Ink::Good),
                Decision::ExplicitDeny if outcome.indeterminate => {
                    ("this may apply, so it denies", Ink::Error)
                }
                _ => ("this denies it", Ink::Error),
            };
            self.excerpt(statement, Element::Effect, label, ink);
        }
    }

    fn nearest(&mut self) {
        let Some(near) = self.explanation.nearest else { return };
        let title = self.authority.policy(near.statement.policy).title();
        let element = near.element.unwrap_or(Element::Statement);
        self.line(format_args!(
            "nearest in {}: {title}, statement {}",
            noun(near.layer),
            near.statement.index
        ));
        let label = if near.truth == Truth::Unknown {
            format!("{} cannot be told", element_noun(element))
        } else {
            format!("{} does not match", element_noun(element))
        };
        self.excerpt(near.statement, element, &label, Ink::Error);
    }

    fn excerpt(&mut self, statement: StatementId, element: Element, label: &str, ink: Ink) {
        let policy = self.authority.policy(statement.policy);
        let span = |element| policy.span(ElementPath { statement: statement.index, element });
        let spans = span(element).zip(span(Element::Statement));
        if let (Some(source), Some((span, whole))) = (policy.source, spans) {
            let excerpt = Excerpt::new(source, span).label(label).ink(ink).within(whole);
            _ = excerpt.write(&mut self.out, self.style);
        }
    }
}

fn noun(layer: Layer) -> &'static str {
    match layer {
        Layer::Scp => "the organization",
        Layer::Identity => "the caller's policies",
        Layer::Resource => "the resource policy",
        Layer::Boundary => "the boundary",
        Layer::Session => "the session policy",
        Layer::Trust => "the trust policy",
        Layer::Root => "the root account",
        Layer::Default => "anything",
    }
}

pub(super) fn element_noun(element: Element) -> &'static str {
    match element {
        Element::Effect => "the effect",
        Element::Principals => "the principal",
        Element::Actions => "the action",
        Element::Resources => "the resource",
        Element::Condition(_) => "this condition",
        _ => "the statement",
    }
}
