//! A policy document inside a file.

use camlock_policy::PolicyKind;
use camlock_source::{Diagnostic, Edit, Fix, Span};
use camlock_syntax::json::{self, Kind, Value};
use camlock_syntax::limits::Limits;

use crate::encode::Encoding;
use crate::map::{Builder, Map, small};

/// A policy document inside a file.
#[derive(Clone, Debug)]
pub struct Embedded {
    text: String,
    map: Map,
    encoding: Encoding,
    indent: String,
    kind: Option<PolicyKind>,
    label: String,
    unknowns: Vec<Unknown>,
}

/// Something in a document that is not known.
#[derive(Clone, Debug)]
pub(crate) struct Unknown {
    /// The opaque word.
    pub(crate) span: Span,
    /// What stands for it in the file.
    pub(crate) expression: String,
    /// The value around it.
    around: Span,
    /// What of the value may be other than it looks: up to the next colon or slash on each side.
    part: Span,
    /// The object of which it is the name of a member, or part of such a name: which members it has is not
    /// known.
    object: Option<Span>,
}

/// Findings of these say nothing about how a value goes on, or who it is: COS asks for another word in
/// front of any account.
const ABOUT_THE_KNOWN: &[&str] = &["CAM3001"];
/// Findings about who gets what hold for any value that is put into a name. These depend on whose the
/// account is.
const ABOUT_THE_ACCOUNT: &[&str] = &["CAM6016"];

impl Unknown {
    pub(crate) fn new(span: Span, expression: &str) -> Self {
        Self { span, expression: expression.to_owned(), around: span, part: span, object: None }
    }

    /// Says which value it stands in; `edges` are the colons and slashes of the document.
    fn put_into(&mut self, around: Span, edges: &[u32]) {
        let before = edges.partition_point(|at| *at < self.span.start);
        let before = before.checked_sub(1).and_then(|place| edges.get(place));
        let behind = edges.get(edges.partition_point(|at| *at < self.span.end));
        let start = before.filter(|at| around.start <= **at).map_or(around.start, |at| at + 1);
        let end = behind.filter(|at| **at < around.end).map_or(around.end, |at| *at);
        self.around = around;
        self.part = Span::new(start, end);
    }

    /// Whether it is an attribute of Terraform that is the name of a bucket: no colon is in it, so that it
    /// adds no segment to a name.
    fn is_name_of_bucket(&self) -> bool {
        let inner = self.expression.strip_prefix("${").and_then(|own| own.strip_suffix('}'));
        let own = inner.unwrap_or(&self.expression).trim();
        let attribute =
            own.strip_prefix("tencentcloud_cos_bucket.").and_then(|own| own.rsplit_once('.'));
        attribute.is_some_and(|(_, attribute)| matches!(attribute, "bucket" | "id"))
    }

    /// Whether a place is that of what is said about the members of the object, as a whole or at its end.
    fn is_of_object(&self, span: Span) -> bool {
        self.object.is_some_and(|own| own.start == span.start || own.end == span.end)
    }

    /// Whether a finding would be about it.
    fn hides(&self, own: &Diagnostic, is_whole: bool) -> bool {
        if self.is_of_object(own.span) {
            return true;
        }
        let overlaps = |other: Span| own.span.start < other.end && other.start < own.span.end;
        let is_at = self.around.start <= own.span.start && own.span.end <= self.around.end;
        if !is_at {
            return overlaps(self.around) && !is_whole;
        }
        if !overlaps(self.part) && !own.span.is_empty() {
            return false;
        }
        // Between quotes there is more than what is not known.
        let is_in_part = self.span.end - self.span.start + 2 < self.around.end - self.around.start;
        let code = own.code.as_str();
        let is_about_access = code.starts_with("CAM6") && !ABOUT_THE_ACCOUNT.contains(&code);
        let is_no_name = code == "CAM2113" && self.is_name_of_bucket();
        let is_sure = is_about_access || ABOUT_THE_KNOWN.contains(&code);
        !(is_no_name || (is_in_part && is_sure))
    }
}

impl Embedded {
    pub(crate) fn new(builder: Builder, encoding: Encoding, label: impl Into<String>) -> Self {
        Self {
            text: builder.text,
            map: builder.map,
            encoding,
            indent: String::new(),
            kind: None,
            label: label.into(),
            unknowns: Vec::new(),
        }
    }

    pub(crate) fn with_kind(mut self, kind: Option<PolicyKind>) -> Self {
        self.kind = kind;
        self
    }

    pub(crate) fn with_label(mut self, label: String) -> Self {
        self.label = label;
        self
    }

    pub(crate) fn with_indent(mut self, indent: &str) -> Self {
        indent.clone_into(&mut self.indent);
        self
    }

    /// Says what is not known. A value that is unknown in part is unknown.
    pub(crate) fn with_unknowns(mut self, mut unknowns: Vec<Unknown>) -> Self {
        if !unknowns.is_empty() {
            let mut values = Vec::new();
            if let Some(root) = json::parse(&self.text, &Limits::policy()).root {
                scalars(&root, &mut values);
            }
            // Looked for once: a value may be unknown in many places.
            let edges: Vec<u32> =
                self.text.match_indices([':', '/']).map(|(at, _)| small(at)).collect();
            for unknown in &mut unknowns {
                let own = unknown.span;
                let behind =
                    values.partition_point(|(value, _): &(Span, _)| value.start <= own.start);
                let around = behind.checked_sub(1).and_then(|place| values.get(place));
                if let Some((around, object)) = around.filter(|(around, _)| own.end <= around.end) {
                    unknown.put_into(*around, &edges);
                    unknown.object = *object;
                }
            }
        }
        self.unknowns = unknowns;
        self
    }

    /// This document in a text that stands in a file itself.
    pub(crate) fn within(mut self, outer: &Map) -> Self {
        self.map = self.map.through(outer);
        self
    }

    /// The document.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What kind of policy it is, where the place says so: a role has a trust policy.
    pub fn kind(&self) -> Option<PolicyKind> {
        self.kind
    }

    /// What people know it by: a resource of Terraform, a pointer.
    pub fn label(&self) -> &str {
        &self.label
    }

    /// The bytes of the file from which those of a span came.
    pub fn outer_span(&self, span: Span) -> Span {
        self.map.span(span)
    }

    /// The byte of the document at a byte of the file; nothing outside of the document. What the file has
    /// and the document has not, such as blanks in front of its lines, counts as the place behind it.
    pub fn inner_offset(&self, offset: u32) -> Option<u32> {
        self.map.inner(offset)
    }

    /// An edit of the document as one of the file; nothing where it has no exact place there, or
    /// touches what is not known.
    pub fn outer_edit(&self, edit: &Edit) -> Option<Edit> {
        let touches = |own: &Unknown| {
            edit.conflicts_with(&Edit::remove(own.around))
                || edit.replacement.contains(self.slice(own.span))
        };
        if self.unknowns.iter().any(touches) {
            return None;
        }
        if let Some(span) = self.map.exact(edit.span) {
            let replacement = self.encoding.encode(&edit.replacement, &self.indent)?;
            return Some(Edit::replace(span, self.with_line_ends(replacement)));
        }
        // The quotes of a name may be none of the file: `Statement = …` in Terraform.
        let inner = |text: &str| Some(text.strip_prefix('"')?.strip_suffix('"')?.to_owned());
        inner(self.slice(edit.span))?;
        let name = inner(&edit.replacement).filter(|name| is_identifier(name))?;
        let span = self.map.exact(Span::new(edit.span.start + 1, edit.span.end - 1))?;
        Some(Edit::replace(span, name))
    }

    /// A repair of the document as one of the file, all of it or nothing.
    pub fn outer_fix(&self, fix: &Fix) -> Option<Fix> {
        let edits: Option<Vec<Edit>> = fix.edits.iter().map(|edit| self.outer_edit(edit)).collect();
        Some(Fix { title: self.named(&fix.title), edits: edits?, grade: fix.grade })
    }

    /// Whether a finding at a span would be about what is not known. What is said about a statement as a
    /// whole stays.
    pub fn is_unknown(&self, span: Span) -> bool {
        let is_in = |own: &Unknown| span.start < own.around.end && own.around.start < span.end;
        let is_at = |own: &Unknown| own.around.start <= span.start && span.end <= own.around.end;
        let is_whole = self.slice(span).starts_with('{');
        let hides =
            |own: &Unknown| is_at(own) || (is_in(own) && !is_whole) || own.is_of_object(span);
        self.unknowns.iter().any(hides)
    }

    /// A finding about the document as one about the file; nothing where it is about what is not known.
    /// What is wrong beside that, in another segment of a name, is told, and so is who gets what.
    ///
    /// A repair without an exact place becomes a help.
    pub fn outer_diagnostic(&self, mut own: Diagnostic) -> Option<Diagnostic> {
        let is_whole = self.slice(own.span).starts_with('{');
        if self.unknowns.iter().any(|unknown| unknown.hides(&own, is_whole)) {
            return None;
        }
        own.span = self.outer_span(own.span);
        for label in &mut own.secondary {
            label.span = self.outer_span(label.span);
            label.message = self.named(&label.message);
        }
        own.message = self.named(&own.message);
        own.label = own.label.map(|label| self.named(&label));
        own.help = own.help.map(|help| self.named(&help));
        own.note = own.note.map(|note| self.named(&note));
        if let Some(fix) = own.fix.take() {
            own.fix = self.outer_fix(&fix);
            if own.fix.is_none() && own.help.is_none() {
                own.help = Some(self.named(&fix.title));
            }
        }
        Some(own)
    }

    /// A text with lines that end as those of the file do.
    fn with_line_ends(&self, text: String) -> String {
        if !text.contains('\n') || text.contains('\r') {
            return text;
        }
        let end = self.text.find('\n').map(small);
        let outer = end.map(|end| self.map.span(Span::new(end, end + 1)));
        let is_long = outer.is_some_and(|own| own.end - own.start == 2);
        if is_long { text.replace('\n', "\r\n") } else { text }
    }

    /// A text about the document in the words of the file.
    fn named(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for own in &self.unknowns {
            let mask = self.slice(own.span);
            if text.contains(mask) {
                text = text.replace(mask, &own.expression);
            }
        }
        text
    }

    fn slice(&self, span: Span) -> &str {
        self.text.get(span.start as usize..span.end as usize).unwrap_or_default()
    }
}

/// Whether a name may stand without quotes in any of the languages.
fn is_identifier(name: &str) -> bool {
    let is_word = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"].contains(&name);
    !is_word
        && name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// The places of strings, numbers and words, in order, and for names the object that they are in. Recursion is bounded: the tree came from a parser
/// that bounds its depth.
fn scalars(value: &Value<'_>, into: &mut Vec<(Span, Option<Span>)>) {
    match &value.kind {
        Kind::Array(items) => items.iter().for_each(|item| scalars(item, into)),
        Kind::Object(members) => {
            for member in members {
                into.push((member.name.span, Some(value.span)));
                scalars(&member.value, into);
            }
        }
        _ => into.push((value.span, None)),
    }
}
