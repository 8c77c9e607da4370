//! What holds for every file; bounded tests and a fuzz target check it.

use camlock_extract::{Extracted, extract};
use camlock_source::{Edit, Span};

/// The names of files of each form.
const NAMES: [&str; 7] = ["a.json", "a.jsonl", "a.md", "a.yaml", "a.tf", "a.sh", "a"];

/// Whatever stands in a file, the places of the documents found are places of the file, and an edit of
/// one can be carried out on it.
pub(crate) fn places_are_in_the_file(form: usize, text: &str) {
    let name = NAMES[form % NAMES.len()];
    let Extracted::Embedded(found) = extract(name, text) else { return };
    for own in found {
        let mut last = 0;
        for (at, c) in own.text().char_indices() {
            let small = |at: usize| u32::try_from(at).unwrap();
            let span = Span::new(small(at), small(at + c.len_utf8()));
            let outer = own.outer_span(span);
            assert!(slice(text, outer).is_some(), "{name}: {span:?} is {outer:?} in {text:?}");
            assert!(outer.start >= last, "{name}: {span:?} goes back in {text:?}");
            last = outer.start;
            let inner = own.inner_offset(outer.start);
            let is_place = inner.is_some_and(|at| own.text().is_char_boundary(at as usize));
            assert!(is_place, "{name}: {outer:?} is {inner:?} in {text:?}");
            if let Some(edit) = own.outer_edit(&Edit::replace(span, "x")) {
                assert!(slice(text, edit.span).is_some(), "{name}: {edit:?} in {text:?}");
            }
        }
        assert!(slice(text, own.outer_span(Span::new(0, u32::MAX))).is_some());
    }
}

fn slice(text: &str, span: Span) -> Option<&str> {
    text.get(span.start as usize..span.end as usize)
}
