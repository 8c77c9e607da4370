//! Policies found in files of each form, and their way back.

#![expect(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "helpers of tests fail by panicking"
)]

mod among;
mod formats;
mod laws;
mod properties;
mod stood_for;
mod unknown;

use camlock_extract::{Embedded, Extracted, extract};
use camlock_source::Span;

fn found(name: &str, text: &str) -> Vec<Embedded> {
    match extract(name, text) {
        Extracted::Embedded(found) => found,
        other => panic!("{name}: {other:?}"),
    }
}

/// The bytes of the file for a text of the document.
fn outer<'t>(file: &'t str, own: &Embedded, needle: &str) -> &'t str {
    let start = own.text().find(needle).unwrap_or_else(|| panic!("{needle} in {}", own.text()));
    let small = |at: usize| u32::try_from(at).unwrap();
    let span = own.outer_span(Span::new(small(start), small(start + needle.len())));
    &file[span.start as usize..span.end as usize]
}

/// Replaces a text of the document by another and answers the file.
fn edited(file: &str, own: &Embedded, from: &str, to: &str) -> Option<String> {
    let start = u32::try_from(own.text().find(from)?).unwrap();
    let end = start + u32::try_from(from.len()).unwrap();
    let edit = own.outer_edit(&camlock_source::Edit::replace(Span::new(start, end), to))?;
    let (start, end) = (edit.span.start as usize, edit.span.end as usize);
    Some(format!("{}{}{}", &file[..start], edit.replacement, &file[end..]))
}
