//! What several elements share: one string or a list of strings, and words for what stands there.

use camlock_policy::ApiCode;
use camlock_source::{Code, Span};

use super::{Lowering, Pointer};
use crate::json::{Kind, Text, Value};

/// How a list of strings is reported where it is not one.
pub(super) struct ListFault<'a> {
    pub(super) element: &'a str,
    pub(super) code: Code,
    pub(super) api: ApiCode,
    pub(super) empty_code: Code,
    pub(super) empty_api: ApiCode,
}

impl Lowering<'_> {
    /// The strings of a value that is one string or a non-empty list of strings, with their places.
    ///
    /// `read` is called for each; everything else is reported. Whether all was well is in
    /// `self.failed`.
    pub(super) fn each_string(
        &mut self,
        value: &Value<'_>,
        fault: &ListFault<'_>,
        pointer: &Pointer<'_>,
        mut read: impl FnMut(&mut Self, &Text<'_>, &Pointer<'_>),
    ) {
        match &value.kind {
            Kind::String(text) => read(self, text, pointer),
            Kind::Invalid => {}
            Kind::Array(items) if items.is_empty() => {
                let message = format!("`{}` is an empty list", fault.element);
                let help = "name at least one, or remove the statement";
                self.error(fault.empty_code, fault.empty_api, value.span, message, help, pointer);
            }
            Kind::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    let pointer = pointer.index(index);
                    match &item.kind {
                        Kind::String(text) => read(self, text, &pointer),
                        Kind::Invalid => {}
                        _ => self.not_strings(item, fault, &pointer),
                    }
                }
            }
            _ => self.not_strings(value, fault, pointer),
        }
    }

    /// The span of a short value, or of the bracket that opens a long one.
    pub(super) fn start_of(&self, value: &Value<'_>) -> Span {
        start_of(self.text, value)
    }

    /// The bracket that closes an object, where it is known that an element is missing.
    pub(super) fn end_of(&self, value: &Value<'_>) -> Span {
        let until = self.text.get(..value.span.end as usize).unwrap_or_default();
        let last = until.chars().next_back().map_or(0, char::len_utf8);
        Span::new(value.span.end.saturating_sub(small(last)), value.span.end)
    }

    fn not_strings(&mut self, value: &Value<'_>, fault: &ListFault<'_>, pointer: &Pointer<'_>) {
        let message = format!("`{}` holds {} where a string belongs", fault.element, noun(value));
        let help = "write a string, or a list of strings";
        self.error(fault.code, fault.api, self.start_of(value), message, help, pointer);
    }
}

/// A word for what a value is.
pub(super) fn noun(value: &Value<'_>) -> &'static str {
    match &value.kind {
        Kind::Null => "null",
        Kind::Bool(_) => "a boolean",
        Kind::Number(_) => "a number",
        Kind::String(_) => "a string",
        Kind::Array(items) if items.is_empty() => "an empty list",
        Kind::Array(_) => "a list",
        Kind::Object(_) => "an object",
        Kind::Invalid => "nothing readable",
    }
}

/// The span of a short value, or of the bracket that opens a long one in `text`.
pub fn start_of(text: &str, value: &Value<'_>) -> Span {
    match &value.kind {
        Kind::Array(_) | Kind::Object(_) => {
            let from = text.get(value.span.start as usize..).unwrap_or_default();
            let first = from.chars().next().map_or(0, char::len_utf8);
            Span::new(value.span.start, value.span.start + small(first))
        }
        _ => value.span,
    }
}

fn small(length: usize) -> u32 {
    // A character has at most four bytes.
    u32::try_from(length).unwrap_or(0)
}
