//! A document as the answers to requests see it.

use camlock_catalog::Catalog;
use camlock_source::{Position, SourceText, Span};
use camlock_syntax::json::Value;

use crate::check::Checked;
use crate::client::Client;
use crate::cursor::Cursor;
use crate::tree::{self, Piece};

/// A document, what was found in it, and who asks.
#[derive(Clone, Copy, Debug)]
pub(crate) struct View<'v> {
    pub(crate) uri: &'v str,
    pub(crate) source: &'v SourceText,
    pub(crate) checked: &'v Checked,
    pub(crate) client: Client,
}

impl<'v> View<'v> {
    /// The facts about services that the linter of the document uses, too.
    pub(crate) fn catalog(&self) -> &'v Catalog {
        self.checked.linter.settings().catalog.as_deref().unwrap_or_else(|| Catalog::builtin())
    }

    /// The bytes of a text as the client counts.
    pub(crate) fn range(&self, span: Span) -> gen_lsp_types::Range {
        range(self.source, span, self.client)
    }

    /// The byte that the client means.
    pub(crate) fn offset(&self, place: gen_lsp_types::Position) -> u32 {
        let place = Position { line: place.line, column: place.character };
        self.source.offset(place, self.client.unit)
    }

    /// The text around a byte: the whole, or its line where each line is a text.
    pub(crate) fn piece(&self, offset: u32) -> Piece<'v> {
        tree::piece_at(self.source.name(), self.source.text(), offset)
    }
}

/// The bytes of a text as the client counts.
pub(crate) fn range(source: &SourceText, span: Span, client: Client) -> gen_lsp_types::Range {
    let place = |offset: u32| {
        let Position { line, column } = source.position(offset, client.unit);
        gen_lsp_types::Position { line, character: column }
    };
    gen_lsp_types::Range { start: place(span.start), end: place(span.end) }
}

/// A place, and the tree that it is in as far as there is one.
#[derive(Debug)]
pub(crate) struct Pointed<'v> {
    pub(crate) piece: Piece<'v>,
    pub(crate) cursor: Cursor,
    root: Option<Value<'v>>,
}

impl<'v> Pointed<'v> {
    pub(crate) fn new(view: &View<'v>, offset: u32) -> Self {
        let piece = view.piece(offset);
        let cursor = Cursor::at(piece.text, offset.saturating_sub(piece.start));
        Self { piece, cursor, root: tree::parse(piece.text) }
    }

    /// The root of the text around the place.
    pub(crate) fn root(&self) -> Option<&Value<'v>> {
        self.root.as_ref()
    }

    /// The object whose member is named here, or the value here.
    pub(crate) fn value(&self) -> Option<&Value<'v>> {
        tree::follow(self.root()?, &self.cursor.path)
    }

    /// The statement around the place.
    pub(crate) fn statement(&self) -> Option<&Value<'v>> {
        tree::follow(self.root()?, self.cursor.in_policy().statement?)
    }

    /// The strings of an element of the statement.
    pub(crate) fn strings(&self, element: &str) -> Vec<&str> {
        tree::strings(self.statement().and_then(|statement| tree::member(statement, element)))
    }
}
