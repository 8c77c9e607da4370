//! The documents that are open in the editor.

use std::collections::BTreeMap;

use camlock_source::{ColumnUnit, Position, SourceText};
use gen_lsp_types::{Range, TextDocumentContentChangeEvent};
use percent_encoding::percent_decode_str;

use crate::check::Checked;

/// Bytes of one document; a longer one is not looked at.
pub const MAX_DOCUMENT_BYTES: usize = 2 << 20;

/// Bytes of all open documents together.
pub const MAX_OPEN_BYTES: usize = 64 << 20;

/// An open document.
#[derive(Debug)]
pub(crate) struct Document {
    /// The version that the editor gave it.
    pub(crate) version: i32,
    /// Its text, under the name of its file; none where it is too long.
    pub(crate) source: Option<SourceText>,
    /// What was found in this very text.
    pub(crate) checked: Option<Checked>,
    /// Whether the editor has not been told of what was found.
    pub(crate) is_stale: bool,
}

/// Every open document, by its URI.
#[derive(Debug, Default)]
pub(crate) struct Documents {
    all: BTreeMap<String, Document>,
    bytes: usize,
}

/// A document does not fit.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct TooLong;

impl Documents {
    /// Opens a document, or opens it anew.
    pub(crate) fn open(&mut self, uri: &str, version: i32, text: String) -> Result<(), TooLong> {
        self.close(uri);
        let source = self.admit(uri, text, 0);
        let fits = source.is_some();
        let document = Document { version, source, checked: None, is_stale: true };
        self.all.insert(uri.to_owned(), document);
        if fits { Ok(()) } else { Err(TooLong) }
    }

    /// Changes a document; the changes are about the text that the one before left. One that is not open
    /// stays so, and one that was too long until its whole text comes.
    pub(crate) fn change(
        &mut self,
        uri: &str,
        version: i32,
        changes: Vec<TextDocumentContentChangeEvent>,
        unit: ColumnUnit,
    ) -> Result<(), TooLong> {
        let Some(document) = self.all.get_mut(uri) else { return Ok(()) };
        let before = document.source.as_ref().map_or(0, |source| source.text().len());
        let mut text = document.source.take().map(|source| source.text().to_owned());
        (document.version, document.checked, document.is_stale) = (version, None, true);
        let mut grew_too_long = false;
        for change in changes {
            match change {
                TextDocumentContentChangeEvent::TextDocumentContentChangePartial(part) => {
                    if let Some(text) = &mut text {
                        replace(text, part.range, &part.text, unit);
                    }
                }
                TextDocumentContentChangeEvent::TextDocumentContentChangeWholeDocument(whole) => {
                    text = Some(whole.text);
                }
            }
            // Between two changes as well, so that many small ones cannot grow without end.
            if text.as_ref().is_some_and(|text| text.len() > MAX_DOCUMENT_BYTES) {
                (text, grew_too_long) = (None, true);
            }
        }
        let source = text.and_then(|text| {
            let source = self.admit(uri, text, before);
            grew_too_long |= source.is_none();
            source
        });
        if source.is_none() {
            self.bytes = self.bytes.saturating_sub(before);
        }
        if let Some(document) = self.all.get_mut(uri) {
            document.source = source;
        }
        if grew_too_long { Err(TooLong) } else { Ok(()) }
    }

    /// Closes a document.
    pub(crate) fn close(&mut self, uri: &str) {
        let closed = self.all.remove(uri);
        let source = closed.and_then(|document| document.source);
        self.bytes = self.bytes.saturating_sub(source.map_or(0, |source| source.text().len()));
    }

    pub(crate) fn get_mut(&mut self, uri: &str) -> Option<&mut Document> {
        self.all.get_mut(uri)
    }

    /// The documents whose findings the editor does not know, in the order of their URIs.
    pub(crate) fn stale(&self) -> Vec<String> {
        let stale = self.all.iter().filter(|(_, document)| document.is_stale);
        stale.map(|(uri, _)| uri.clone()).collect()
    }

    /// Looks at every document anew.
    pub(crate) fn forget(&mut self) {
        for document in self.all.values_mut() {
            (document.checked, document.is_stale) = (None, true);
        }
    }

    /// Takes a text in the place of `before` bytes, where there is room.
    fn admit(&mut self, uri: &str, text: String, before: usize) -> Option<SourceText> {
        let all = self.bytes.saturating_sub(before).saturating_add(text.len());
        if text.len() > MAX_DOCUMENT_BYTES || all > MAX_OPEN_BYTES {
            return None;
        }
        self.bytes = all;
        Some(SourceText::new(path_of(uri), text))
    }
}

/// Replaces what stands at a range.
pub(crate) fn replace(text: &mut String, range: Range, new: &str, unit: ColumnUnit) {
    let byte = |place: gen_lsp_types::Position| {
        Position { line: place.line, column: place.character }.byte_in(text, unit)
    };
    let (start, end) = (byte(range.start), byte(range.end));
    // A range that ends before it begins is meant the other way round.
    text.replace_range(start.min(end)..start.max(end), new);
}

/// The path of a file URI; other URIs as they are.
pub(crate) fn path_of(uri: &str) -> String {
    let Some(path) = uri.strip_prefix("file://") else { return uri.to_owned() };
    let path = percent_decode_str(path).decode_utf8_lossy().into_owned();
    // `file:///c:/x` is the path `c:/x`.
    match path.strip_prefix('/') {
        Some(rest) if rest.as_bytes().get(1) == Some(&b':') => rest.to_owned(),
        _ => path,
    }
}

#[cfg(test)]
mod tests {
    use super::{Documents, MAX_DOCUMENT_BYTES, MAX_OPEN_BYTES, TooLong, path_of};

    #[test]
    fn uris_of_files_become_paths() {
        for (uri, path) in [
            ("file:///a/b%20c.json", "/a/b c.json"),
            ("file:///c%3A/x.json", "c:/x.json"),
            ("untitled:Untitled-1", "untitled:Untitled-1"),
            ("file:///%ff", "/\u{fffd}"),
        ] {
            assert_eq!(path_of(uri), path);
        }
    }

    #[test]
    fn room_is_bounded_and_comes_back() {
        let mut documents = Documents::default();
        let text = "x".repeat(MAX_DOCUMENT_BYTES);
        assert_eq!(documents.open("a", 1, format!("{text}x")), Err(TooLong));
        let count = MAX_OPEN_BYTES / MAX_DOCUMENT_BYTES;
        for number in 0..count {
            assert_eq!(documents.open(&number.to_string(), 1, text.clone()), Ok(()));
        }
        assert_eq!(documents.open("b", 1, "x".into()), Err(TooLong));
        documents.close("0");
        assert_eq!(documents.open("b", 1, "x".into()), Ok(()));
        documents.close("b");
        assert_eq!(documents.open("0", 1, text), Ok(()));
    }
}
