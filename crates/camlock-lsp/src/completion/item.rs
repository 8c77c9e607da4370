//! One completion, written so that it fits in whatever is there already.

use camlock_source::{Edit, Span};
use gen_lsp_types::{
    CompletionItem, CompletionItemKind, CompletionItemTextEdit, Documentation, InsertTextFormat,
    MarkupContent, TextEdit,
};

use crate::cursor::Spot;
use crate::tree;
use crate::view::{Pointed, View};

/// Writes completions for one place.
pub(super) struct Writer<'v> {
    view: &'v View<'v>,
    /// What goes, as bytes of the whole text.
    replaced: Span,
    /// Whether what goes begins with a quote, so that editors compare with it.
    is_quoted: bool,
    /// Whether a colon follows, so that there is a value already.
    has_colon: bool,
    /// What is typed of the string in front of the place.
    typed: &'v str,
    /// Where the content of the string begins, in the whole text.
    content: u32,
}

impl<'v> Writer<'v> {
    pub(super) fn new(view: &'v View<'v>, pointed: &Pointed<'v>, offset: u32) -> Self {
        let piece = pointed.piece;
        let local = offset.saturating_sub(piece.start);
        let spot = pointed.cursor.token.clone().unwrap_or(Spot {
            span: Span::empty(local),
            content: Span::empty(local),
            is_string: false,
            is_open: false,
        });
        // Behind what is being typed in a string without its end, the text goes on.
        let end = if spot.is_open { spot.content.end.max(local) } else { spot.span.end };
        let behind = piece.text.get(end as usize..).unwrap_or_default().trim_start();
        let typed = piece.text.get(spot.content.start as usize..local as usize);
        Self {
            view,
            replaced: tree::moved(Span::new(spot.span.start, end), piece.start),
            is_quoted: spot.is_string,
            has_colon: behind.starts_with(':'),
            typed: typed.unwrap_or_default(),
            content: spot.content.start.saturating_add(piece.start),
        }
    }

    /// What is typed of the string.
    pub(super) fn typed(&self) -> &'v str {
        self.typed
    }

    /// Whether places to fill in may be written.
    pub(super) fn snippets(&self) -> bool {
        self.view.client.snippets
    }

    /// A string.
    pub(super) fn value(&self, text: &str, about: Option<String>) -> CompletionItem {
        self.item(text, CompletionItemKind::Value, &format!("\"{text}\""), about)
    }

    /// What stands without quotes.
    pub(super) fn bare(&self, text: &str, about: Option<String>) -> CompletionItem {
        self.item(text, CompletionItemKind::Value, text, about)
    }

    /// The name of a member; `value` is what follows where a client can fill places in.
    pub(super) fn name(&self, name: &str, value: &str, about: Option<String>) -> CompletionItem {
        let quoted = format!("\"{name}\"");
        if self.has_colon {
            return self.item(name, CompletionItemKind::Property, &quoted, about);
        }
        if self.snippets() && !value.is_empty() {
            let text = format!("{}: {value}", escaped(&quoted));
            let item = self.item(name, CompletionItemKind::Property, &text, about);
            return CompletionItem { insert_text_format: Some(InsertTextFormat::Snippet), ..item };
        }
        self.item(name, CompletionItemKind::Property, &format!("{quoted}: "), about)
    }

    /// A string with places to fill in, and the same without.
    pub(super) fn snippet(
        &self,
        label: &str,
        snippet: &str,
        plain: &str,
        about: Option<String>,
    ) -> CompletionItem {
        if !self.snippets() {
            let item = self.value(plain, about);
            return CompletionItem { label: label.to_owned(), ..item };
        }
        let item = self.item(label, CompletionItemKind::Value, &format!("\"{snippet}\""), about);
        CompletionItem {
            insert_text_format: Some(InsertTextFormat::Snippet),
            // What is typed so far is compared with what is written, not with how it is shown.
            filter_text: Some(self.filter(plain)),
            ..item
        }
    }

    /// Text in the place of a part of the string, from byte `from` of what is typed up to byte `to`.
    pub(super) fn part(
        &self,
        (from, to): (usize, usize),
        text: &str,
        about: Option<String>,
    ) -> CompletionItem {
        let at =
            |place: usize| self.content.saturating_add(u32::try_from(place).unwrap_or(u32::MAX));
        let edit = self.view.edit(Edit::replace(Span::new(at(from), at(to)), text));
        CompletionItem {
            filter_text: edit.as_ref().map(|edit| edit.new_text.clone()),
            text_edit: edit.map(CompletionItemTextEdit::TextEdit),
            ..self.item(text, CompletionItemKind::Value, "", about)
        }
    }

    /// What stands behind the typed part in the string.
    pub(super) fn rest(&self) -> &'v str {
        let text = self.view.source.text();
        let from = self.content as usize + self.typed.len();
        let end = (self.replaced.end as usize).saturating_sub(usize::from(self.is_closed()));
        text.get(from..end.max(from)).unwrap_or_default()
    }

    fn is_closed(&self) -> bool {
        let end = self.replaced.end as usize;
        let text = self.view.source.text().get(..end).unwrap_or_default();
        self.is_quoted && text.ends_with('"') && end > self.content as usize
    }

    /// What editors compare with what they have in the place that goes.
    fn filter(&self, text: &str) -> String {
        let quoted = if self.is_quoted { format!("\"{text}\"") } else { text.to_owned() };
        self.view.written(self.replaced, &quoted).unwrap_or_else(|| text.to_owned())
    }

    /// An edit of what a string says: the quotes of a policy that stands in YAML may not be there.
    fn bare_edit(&self, new_text: &str) -> Option<TextEdit> {
        let text = new_text.strip_prefix('"')?.strip_suffix('"')?;
        let typed = u32::try_from(self.typed.len() + self.rest().len()).ok()?;
        let content = Span::new(self.content, self.content.saturating_add(typed));
        self.view.edit(Edit::replace(content, text))
    }

    fn item(
        &self,
        label: &str,
        kind: CompletionItemKind,
        new_text: &str,
        about: Option<String>,
    ) -> CompletionItem {
        let edit = self.view.edit(Edit::replace(self.replaced, new_text));
        let edit = edit.or_else(|| self.bare_edit(new_text));
        let markup = self.view.client.markup();
        let documentation =
            about.map(|value| Documentation::MarkupContent(MarkupContent { kind: markup, value }));
        #[expect(deprecated, reason = "the field has to be named to be left out")]
        CompletionItem {
            label: label.to_owned(),
            label_details: None,
            kind: Some(kind),
            tags: None,
            detail: None,
            documentation,
            deprecated: None,
            preselect: None,
            sort_text: None,
            filter_text: Some(self.filter(label)),
            insert_text: None,
            insert_text_format: Some(InsertTextFormat::PlainText),
            insert_text_mode: None,
            text_edit: edit.map(CompletionItemTextEdit::TextEdit),
            text_edit_text: None,
            additional_text_edits: None,
            commit_characters: None,
            command: None,
            data: None,
        }
    }
}

/// Puts completions in front of others, in groups.
pub(super) fn ranked(item: CompletionItem, rank: u8) -> CompletionItem {
    CompletionItem { sort_text: Some(format!("{rank}{}", item.label)), ..item }
}

/// Text that means itself within a snippet.
pub(super) fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('$', "\\$").replace('}', "\\}")
}
