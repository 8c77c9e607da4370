//! A document as the answers to requests see it.

use camlock_catalog::Catalog;
use camlock_policy::PolicyKind;
use camlock_source::{Edit, Position, SourceText, Span};
use camlock_syntax::json::Value;
use gen_lsp_types::TextEdit;

use crate::check::{Checked, Role};
use crate::client::Client;
use crate::cursor::Cursor;
use crate::part::Part;
use crate::tree::{self, Piece};

/// A document, or a policy inside of it, what was found in it, and who asks.
#[derive(Clone, Copy, Debug)]
pub(crate) struct View<'v> {
    pub(crate) uri: &'v str,
    /// The text of the document, or of the policy inside of it; spans are about this.
    pub(crate) source: &'v SourceText,
    /// The text of the document.
    file: &'v SourceText,
    /// The policy inside of it.
    part: Option<&'v Part>,
    pub(crate) checked: &'v Checked,
    pub(crate) client: Client,
}

impl<'v> View<'v> {
    /// A document as a whole.
    pub(crate) fn new(
        uri: &'v str,
        source: &'v SourceText,
        checked: &'v Checked,
        client: Client,
    ) -> Self {
        Self { uri, source, file: source, part: None, checked, client }
    }

    /// The policy inside of the document at a byte, and the byte of the policy; the document itself where
    /// it is one.
    pub(crate) fn inside(self, offset: u32) -> Option<(Self, u32)> {
        if self.checked.role != Role::Embedded {
            return Some((self, offset));
        }
        let mut parts = self.checked.parts.iter();
        let (part, inner) = parts.find_map(|part| Some((part, part.own.inner_offset(offset)?)))?;
        // Places to fill in would be written as the file writes what they stand for.
        let client = Client { snippets: false, ..self.client };
        Some((Self { source: &part.source, part: Some(part), client, ..self }, inner))
    }

    /// Where a span stands in the document.
    pub(crate) fn outer(&self, span: Span) -> Span {
        self.part.map_or(span, |part| part.own.outer_span(span))
    }

    /// An edit as the client carries it out; nothing where the document has no exact place for it.
    pub(crate) fn edit(&self, edit: Edit) -> Option<TextEdit> {
        let edit = match self.part {
            Some(part) => part.own.outer_edit(&edit)?,
            None => edit,
        };
        let range = range(self.file, edit.span, self.client);
        Some(TextEdit { range, new_text: edit.replacement })
    }

    /// Text as the document writes it where a span stands.
    pub(crate) fn written(&self, span: Span, text: &str) -> Option<String> {
        self.edit(Edit::replace(span, text)).map(|edit| edit.new_text)
    }

    /// Whether what stands at a span is not known before something is put in its place.
    pub(crate) fn is_unknown(&self, span: Span) -> bool {
        self.part.is_some_and(|part| part.own.is_unknown(span))
    }

    /// The policy documents of the text.
    pub(crate) fn documents(&self) -> &'v [(Span, PolicyKind)] {
        self.part.map_or(&self.checked.documents, |part| &part.documents)
    }

    /// The kind of the policy document that a byte belongs to.
    pub(crate) fn kind_at(&self, offset: u32) -> Option<PolicyKind> {
        let mut around = self.documents().iter().filter(|(span, _)| {
            // The place right behind a document is where somebody is still typing it.
            span.start <= offset && offset <= span.end
        });
        around.next().or(self.documents().first()).map(|(_, kind)| *kind)
    }

    /// The facts about services that the linter of the document uses, too.
    pub(crate) fn catalog(&self) -> &'v Catalog {
        self.checked.linter.settings().catalog.as_deref().unwrap_or_else(|| Catalog::builtin())
    }

    /// The bytes of a text as the client counts.
    pub(crate) fn range(&self, span: Span) -> gen_lsp_types::Range {
        range(self.file, self.outer(span), self.client)
    }

    /// The line of the document that a byte of it is in.
    pub(crate) fn line(&self, offset: u32) -> u32 {
        self.file.line_column(offset).line
    }

    /// The byte of the document that the client means.
    pub(crate) fn offset(&self, place: gen_lsp_types::Position) -> u32 {
        let place = Position { line: place.line, column: place.character };
        self.file.offset(place, self.client.unit)
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
