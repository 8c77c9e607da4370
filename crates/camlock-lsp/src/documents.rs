//! The documents that are open in the editor.

use std::collections::BTreeMap;

use camlock_source::{ColumnUnit, Position, SourceText};
use gen_lsp_types::{Range, TextDocumentContentChangeEvent};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use crate::check::Checked;
use crate::language::Language;

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
    /// Whether its text was too long, and looked as if there was something to find.
    pub(crate) is_missed: bool,
    /// What it is written in.
    pub(crate) language: Language,
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

impl Documents {
    /// Opens a document, or opens it anew.
    pub(crate) fn open(&mut self, uri: &str, language: &str, version: i32, text: String) {
        self.close(uri);
        let language = Language::of(&path_of(uri), language);
        let looks = looks_like_ours(uri, &text);
        let source = self.admit(uri, text, 0);
        let is_missed = source.is_none() && looks;
        let document =
            Document { version, source, is_missed, language, checked: None, is_stale: true };
        self.all.insert(uri.to_owned(), document);
    }

    /// Changes a document; the changes are about the text that the one before left. One that is not open
    /// stays so, and one that was too long stays so until its whole text comes.
    pub(crate) fn change(
        &mut self,
        uri: &str,
        version: i32,
        changes: Vec<TextDocumentContentChangeEvent>,
        unit: ColumnUnit,
    ) {
        let Some(document) = self.all.get_mut(uri) else { return };
        let before = document.source.as_ref().map_or(0, |source| source.text().len());
        let mut text = document.source.take().map(|source| source.text().to_owned());
        (document.version, document.checked, document.is_stale) = (version, None, true);
        let mut is_missed = document.is_missed;
        for change in changes {
            match change {
                TextDocumentContentChangeEvent::TextDocumentContentChangePartial(part) => {
                    if let Some(text) = &mut text {
                        replace(text, part.range, &part.text, unit);
                    }
                }
                TextDocumentContentChangeEvent::TextDocumentContentChangeWholeDocument(whole) => {
                    (text, is_missed) = (Some(whole.text), false);
                }
            }
            // Between two changes as well, so that many small ones cannot grow without end.
            if let Some(long) = text.take_if(|text| text.len() > MAX_DOCUMENT_BYTES) {
                is_missed = looks_like_ours(uri, &long);
            }
        }
        let source = text.and_then(|text| {
            let looks = looks_like_ours(uri, &text);
            let source = self.admit(uri, text, before);
            is_missed = source.is_none() && looks;
            source
        });
        if source.is_none() {
            self.bytes = self.bytes.saturating_sub(before);
        }
        if let Some(document) = self.all.get_mut(uri) {
            (document.source, document.is_missed) = (source, is_missed);
        }
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

    /// The document of a file, with its URI.
    pub(crate) fn of_file(&self, path: &str) -> Option<(&str, &Document)> {
        let mut all = self.all.iter();
        let (uri, document) = all.find(|(uri, _)| path_of(uri) == path)?;
        Some((uri, document))
    }

    /// The documents whose findings the editor does not know, in the order of their URIs.
    pub(crate) fn stale(&self) -> Vec<String> {
        let stale = self.all.iter().filter(|(_, document)| document.is_stale);
        stale.map(|(uri, _)| uri.clone()).collect()
    }

    /// The bytes of the documents whose findings the editor does not know; nothing where there are none.
    pub(crate) fn stale_bytes(&self) -> Option<usize> {
        let stale = self.all.values().filter(|document| document.is_stale);
        let sizes = stale.map(|own| own.source.as_ref().map_or(0, |source| source.text().len()));
        sizes.reduce(usize::saturating_add)
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

/// Bytes of a long text that are looked at to tell whether it is one of ours.
const HEAD: usize = 1 << 16;

/// Whether a text that is too long may have something in it that is missed now; most long files have not.
fn looks_like_ours(uri: &str, text: &str) -> bool {
    let end = (0..=HEAD.min(text.len())).rev().find(|at| text.is_char_boundary(*at));
    let head = end.and_then(|end| text.get(..end)).unwrap_or_default();
    let file = uri.rsplit('/').next().unwrap_or(uri).to_ascii_lowercase();
    file.contains("policy")
        || head.contains("\"camlock\"")
        || head.to_ascii_lowercase().contains("statement")
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

/// The URI of a file.
pub(crate) fn uri_of(path: &str) -> String {
    /// What stands for itself in the path of a URI.
    const OTHERS: &AsciiSet =
        &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'.').remove(b'_').remove(b'~');
    let path = path.replace('\\', "/");
    let slash = if path.starts_with('/') { "" } else { "/" };
    format!("file://{slash}{}", utf8_percent_encode(&path, OTHERS))
}

#[cfg(test)]
mod tests {
    use super::{Documents, MAX_DOCUMENT_BYTES, MAX_OPEN_BYTES, path_of, uri_of};

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
        for path in ["/a/b c.json", "c:/x.json", "/中/%.toml"] {
            assert_eq!(path_of(&uri_of(path)), path);
        }
        assert_eq!(uri_of("/a/b c.json"), "file:///a/b%20c.json");
    }

    #[test]
    fn room_is_bounded_and_comes_back() {
        let mut documents = Documents::default();
        let mut fits = |uri: &str, text: String| {
            documents.open(uri, "json", 1, text);
            let fits = documents.get_mut(uri).unwrap().source.is_some();
            if !fits {
                documents.close(uri);
            }
            fits
        };
        let text = "x".repeat(MAX_DOCUMENT_BYTES);
        assert!(!fits("a", format!("{text}x")));
        let count = MAX_OPEN_BYTES / MAX_DOCUMENT_BYTES;
        for number in 0..count {
            assert!(fits(&number.to_string(), text.clone()));
        }
        assert!(!fits("b", "x".into()));
        assert!(fits("0", "x".into()) && fits("b", "x".into()));
        assert!(!fits("c", text.clone()) && fits("b", String::new()));
        assert!(fits("0", text));
    }

    #[test]
    fn what_is_missed_is_told_from_what_is_none_of_ours() {
        let long = |text: &str| format!("{text}{}", " ".repeat(MAX_DOCUMENT_BYTES));
        let mut documents = Documents::default();
        for (uri, text, is_missed) in [
            ("file:///package-lock.json", "{", false),
            ("file:///my-policy.json", "{", true),
            ("file:///a.json", "{\"Statement\": [", true),
            ("file:///a.json", "{\"camlock\": 1", true),
        ] {
            documents.open(uri, "json", 1, long(text));
            assert_eq!(documents.get_mut(uri).unwrap().is_missed, is_missed, "{uri} {text}");
            documents.close(uri);
        }
    }
}
