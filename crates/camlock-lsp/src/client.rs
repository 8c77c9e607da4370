//! What the client can do, as far as it matters here.

use camlock_source::ColumnUnit;
use gen_lsp_types::{MarkupKind, PositionEncodingKind};
use serde_json::Value;

/// Folders that are remembered.
const MAX_FOLDERS: usize = 256;

/// What the client can do.
///
/// Read from the few places that matter: clients differ in the rest, and none of it is a reason to
/// refuse one.
#[derive(Clone, Copy, Debug, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "abilities that have nothing to do with each other"
)]
pub(crate) struct Client {
    /// What columns count.
    pub(crate) unit: ColumnUnit,
    /// Whether completions may have places to fill in.
    pub(crate) snippets: bool,
    /// Whether hovers may be Markdown.
    pub(crate) markdown: bool,
    /// Whether findings may point at other places.
    pub(crate) related: bool,
    /// Whether edits may be about versions of documents, and about files.
    pub(crate) document_changes: bool,
    /// Whether edits may create files.
    pub(crate) creates_files: bool,
    /// Whether actions may leave out what they change until somebody chooses them.
    pub(crate) resolves: bool,
    /// Whether the client tells of changed files when it is asked to.
    pub(crate) watches: bool,
    /// Whether symbols may have symbols in them.
    pub(crate) nested_symbols: bool,
}

/// The folders that the client has open, as URIs.
pub(crate) fn folders(params: &Value) -> impl Iterator<Item = &str> {
    let several = params.get("workspaceFolders").and_then(Value::as_array);
    let several = several.into_iter().flatten().filter_map(|own| own.get("uri")?.as_str());
    several.chain(params.get("rootUri").and_then(Value::as_str)).take(MAX_FOLDERS)
}

impl Client {
    /// Reads the parameters of `initialize`.
    pub(crate) fn read(params: &Value) -> Self {
        let capability = |path: &str| params.pointer(&format!("/capabilities{path}"));
        let can = |path: &str| capability(path).and_then(Value::as_bool).unwrap_or(false);
        let lists = |path: &str, word: &str| {
            let list = capability(path).and_then(Value::as_array);
            list.is_some_and(|list| list.iter().any(|own| own == word))
        };
        // Bytes are cheapest, and exact; UTF-16 is what every client can.
        let unit = if lists("/general/positionEncodings", "utf-8") {
            ColumnUnit::Utf8
        } else {
            ColumnUnit::Utf16
        };
        Self {
            unit,
            snippets: can("/textDocument/completion/completionItem/snippetSupport"),
            markdown: lists("/textDocument/hover/contentFormat", "markdown"),
            related: can("/textDocument/publishDiagnostics/relatedInformation"),
            document_changes: can("/workspace/workspaceEdit/documentChanges"),
            creates_files: lists("/workspace/workspaceEdit/resourceOperations", "create"),
            resolves: can("/textDocument/codeAction/dataSupport")
                && lists("/textDocument/codeAction/resolveSupport/properties", "edit"),
            watches: can("/workspace/didChangeWatchedFiles/dynamicRegistration"),
            nested_symbols: can("/textDocument/documentSymbol/hierarchicalDocumentSymbolSupport"),
        }
    }

    /// The unit as the protocol calls it.
    pub(crate) fn encoding(self) -> PositionEncodingKind {
        match self.unit {
            ColumnUnit::Utf8 => PositionEncodingKind::UTF8,
            ColumnUnit::Utf16 => PositionEncodingKind::UTF16,
            ColumnUnit::Utf32 => PositionEncodingKind::UTF32,
        }
    }

    /// What hovers are written in.
    pub(crate) fn markup(self) -> MarkupKind {
        if self.markdown { MarkupKind::Markdown } else { MarkupKind::PlainText }
    }
}
