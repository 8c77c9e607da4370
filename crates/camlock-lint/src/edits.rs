//! Edits that keep the JSON around them whole.

use std::fmt::Write as _;

use camlock_source::{Edit, Span};
use camlock_syntax::json::{Member, Value};

use crate::element::ListPlace;

/// The edit that puts a string literal in the place of some bytes.
pub(crate) fn literal(span: Span, text: &str) -> Edit {
    Edit::replace(span, quoted(text))
}

/// A JSON string literal; only what has to be escaped is.
pub(crate) fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => {
                out.push('\\');
                out.push(c);
            }
            // Writing to a string cannot fail.
            c if c < ' ' => _ = write!(out, "\\u{:04x}", u32::from(c)),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// The edit that takes an item out of its list; nothing where it is the only one.
pub(crate) fn remove_item(list: ListPlace<'_>) -> Option<Edit> {
    remove_one(list.items, list.index, |item: &Value<'_>| item.span)
}

/// The edit that takes a member out of its object; nothing where it is the only one.
pub(crate) fn remove_member(members: &[Member<'_>], index: usize) -> Option<Edit> {
    remove_one(members, index, |member| member.name.span.cover(member.value.span))
}

/// The edits that take items out of one list, a run of neighbours each; nothing where none would be
/// left. `gone` says which.
pub(crate) fn remove_items(items: &[Value<'_>], gone: impl Fn(usize) -> bool) -> Option<Vec<Edit>> {
    let mut edits = Vec::new();
    // The end of the last item that stays.
    let mut kept: Option<u32> = None;
    let mut run: Option<Span> = None;
    for (index, item) in items.iter().enumerate() {
        if gone(index) {
            let span = Span::new(kept.unwrap_or(item.span.start), item.span.end);
            run = Some(run.map_or(span, |run| run.cover(span)));
            continue;
        }
        if let Some(run) = run.take() {
            // At the start of a list the comma behind goes, elsewhere the one in front.
            let end = if kept.is_some() { run.end } else { item.span.start };
            edits.push(Edit::remove(Span::new(run.start, end)));
        }
        kept = Some(item.span.end);
    }
    kept?;
    edits.extend(run.map(Edit::remove));
    Some(edits)
}

fn remove_one<T>(all: &[T], index: usize, span: impl Fn(&T) -> Span) -> Option<Edit> {
    let own = span(all.get(index)?);
    let before = index.checked_sub(1).and_then(|index| all.get(index));
    let gap = match (before, all.get(index + 1)) {
        (Some(before), _) => Span::new(span(before).end, own.end),
        (None, Some(after)) => Span::new(own.start, span(after).start),
        (None, None) => return None,
    };
    Some(Edit::remove(gap))
}

#[cfg(test)]
mod tests {
    use camlock_source::{Fix, Grade, apply_fixes};
    use camlock_syntax::json::{self, Kind};
    use camlock_syntax::limits::Limits;

    use super::*;

    fn without(text: &str, gone: &[usize]) -> Option<String> {
        let parsed = json::parse(text, &Limits::policy());
        let Some(Kind::Array(items)) = parsed.root.map(|root| root.kind) else { panic!("a list") };
        let edits = remove_items(&items, |index| gone.contains(&index))?;
        let one = gone.first().filter(|_| gone.len() == 1);
        if let Some(index) = one {
            let single = remove_item(ListPlace { items: &items, index: *index });
            assert_eq!(single.as_ref(), edits.first(), "one item is a run of one");
        }
        let fix = Fix { title: String::new(), edits, grade: Grade::Safe };
        Some(apply_fixes(text, [&fix]).text)
    }

    #[test]
    fn a_list_stays_a_list_whatever_goes() {
        let text = "[1, 2,\n 3 , 4]";
        for (gone, left) in [
            (&[0][..], "[2,\n 3 , 4]"),
            (&[1], "[1,\n 3 , 4]"),
            (&[3], "[1, 2,\n 3]"),
            (&[0, 1], "[3 , 4]"),
            (&[1, 2], "[1 , 4]"),
            (&[0, 3], "[2,\n 3]"),
            (&[2, 3], "[1, 2]"),
            (&[0, 2], "[2 , 4]"),
        ] {
            assert_eq!(without(text, gone).as_deref(), Some(left), "{gone:?}");
        }
        assert_eq!(without("[1]", &[0]), None);
        assert_eq!(without("[1, 2]", &[0, 1]), None);
    }

    #[test]
    fn a_literal_reads_back() {
        for text in ["plain", "a\"b\\c", "a\u{1}\n", "ä"] {
            let written = quoted(text);
            let parsed = json::parse(&written, &Limits::policy());
            assert!(parsed.diagnostics.is_empty());
            let Some(Kind::String(read)) = parsed.root.map(|root| root.kind) else {
                panic!("a string")
            };
            assert_eq!(read.decoded, text);
        }
    }
}
