//! What stands at a place.

use camlock_policy::Variable;
use camlock_source::Span;
use camlock_syntax::json::{self, Kind, Text};
use camlock_syntax::limits::Limits;
use gen_lsp_types::{Contents, Hover, MarkupContent};

use crate::about::{self, code};
use crate::check::Role;
use crate::cursor::Spot;
use crate::definition::entry;
use crate::slot::Slot;
use crate::tree;
use crate::view::{Pointed, View};

/// What stands at a byte, and what was found there.
pub(crate) fn hover(view: &View<'_>, offset: u32) -> Option<Hover> {
    if view.checked.role == Role::Other {
        return None;
    }
    let own = described(view, offset);
    let span = own.as_ref().map(|(_, span)| *span);
    let mut parts: Vec<String> = own.into_iter().map(|(text, _)| text).collect();
    parts.extend(rules(view, offset));
    if parts.is_empty() {
        return None;
    }
    let value = parts.join("\n\n---\n\n");
    Some(Hover {
        contents: Contents::MarkupContent(MarkupContent { kind: view.client.markup(), value }),
        range: span.map(|span| view.range(span)),
    })
}

/// The rules behind what was found at a byte, each once.
fn rules(view: &View<'_>, offset: u32) -> Vec<String> {
    let mut seen = Vec::new();
    // Findings have their places in the document.
    let offset = view.outer(Span::empty(offset)).start;
    let line = |offset: u32| view.line(offset);
    let near = view.checked.findings.iter().filter(|found| {
        let span = found.diagnostic.span;
        // Long findings are about everything in them, and would stand at every place.
        span.start <= offset && offset <= span.end && line(span.start) == line(offset)
    });
    let rules = near.filter_map(|found| found.rule).filter(|rule| {
        let is_new = !seen.contains(&rule.code);
        seen.push(rule.code);
        is_new
    });
    rules.map(|rule| format!("**{}** {}: {}", rule.code, code(rule.name), rule.summary)).collect()
}

fn described(view: &View<'_>, offset: u32) -> Option<(String, Span)> {
    let mut pointed = Pointed::new(view, offset);
    if pointed.cursor.token.is_none() {
        // The place in front of a string is a place on it.
        pointed = Pointed::new(view, offset.saturating_add(1));
    }
    let spot = pointed.cursor.token.as_ref()?;
    if view.is_unknown(tree::moved(spot.span, pointed.piece.start)) {
        return None;
    }
    let element = pointed.cursor.slot()?;
    let string = SpotText::read(pointed.piece.text, spot)?;
    let at = string.decoded_offset(offset.saturating_sub(pointed.piece.start));
    let text = string.text.decoded.as_ref();
    let (said, part) = describe(view, &pointed, &element, text, at)?;
    let span = part.map_or(spot.span, |part| string.span_of(part));
    Some((said, tree::moved(span, pointed.piece.start)))
}

type Part = Option<std::ops::Range<usize>>;

fn describe(
    view: &View<'_>,
    pointed: &Pointed<'_>,
    slot: &Slot,
    text: &str,
    at: usize,
) -> Option<(String, Part)> {
    let catalog = view.catalog();
    if matches!(slot, Slot::Resource | Slot::ConditionValue { .. })
        && let Some((name, range)) = about::variable::around(text, at)
    {
        let said = match Variable::parse(name) {
            Some(variable) => about::variable::variable(variable).to_owned(),
            None => "no variable has this name [VAR-4]".to_owned(),
        };
        return Some((format!("{}: {said}", code(&format!("${{{name}}}"))), Some(range)));
    }
    let said = match slot {
        Slot::DocumentMember => {
            about::element::element(&text.to_ascii_lowercase(), false)?.to_owned()
        }
        Slot::StatementMember => {
            about::element::element(&text.to_ascii_lowercase(), true)?.to_owned()
        }
        Slot::Version => about::element::element("version", false)?.to_owned(),
        Slot::Effect => about::element::effect(text)?.to_owned(),
        Slot::Action => about::action::action(text, catalog),
        Slot::Resource => {
            let (said, range) = about::resource::segment(text, at, catalog);
            return Some((said, Some(range)));
        }
        Slot::PrincipalMember => about::principal::member(text)?,
        Slot::Principal { member } => about::principal::principal(text, member.as_deref()),
        Slot::Operator => about::condition::operator(text),
        Slot::Key { .. } => about::condition::key(text, catalog),
        Slot::ConditionValue { operator, key } => {
            let (operator, key) =
                (about::condition::operator(operator), about::condition::key(key, catalog));
            format!("{key}\n\n{operator}")
        }
        Slot::PolicyReference | Slot::GroupReference => reference(pointed, slot, text)?,
    };
    Some((said, None))
}

/// What an id or name of an account file names.
fn reference(pointed: &Pointed<'_>, slot: &Slot, id: &str) -> Option<String> {
    let entry = entry(pointed.root()?, slot.list()?, id)?;
    let word = |name: &str| tree::member(entry, name).and_then(tree::scalar);
    let name = word("name").or(word("id")).unwrap_or(id);
    let kind = if *slot == Slot::GroupReference { "group" } else { "policy" };
    Some(format!("{kind} {}", code(name)))
}

/// A string with the way between what it says and its bytes.
struct SpotText<'t> {
    text: Text<'t>,
    /// Where the literal begins.
    start: u32,
}

impl<'t> SpotText<'t> {
    fn read(piece: &'t str, spot: &Spot) -> Option<Self> {
        let own = piece.get(spot.span.start as usize..spot.span.end as usize)?;
        match json::parse(own, &Limits::policy()).root?.kind {
            Kind::String(text) => Some(Self { text, start: spot.span.start }),
            _ => None,
        }
    }

    fn span_of(&self, range: std::ops::Range<usize>) -> Span {
        tree::moved(self.text.span_of(range), self.start)
    }

    /// The byte of what the string says that stands at a byte of the text.
    fn decoded_offset(&self, offset: u32) -> usize {
        let decoded = &self.text.decoded;
        let starts = decoded.char_indices().map(|(at, _)| at);
        // Characters stand in the same order on both sides.
        let before = starts.take_while(|at| self.span_of(*at..*at + 1).end <= offset).last();
        let next =
            before.and_then(|at| decoded.get(at..)?.chars().next().map(|c| at + c.len_utf8()));
        next.unwrap_or(0)
    }
}
