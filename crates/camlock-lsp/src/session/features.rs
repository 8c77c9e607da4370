//! What documents are asked about.

use camlock_source::quote;
use gen_lsp_types::{
    CodeAction, CodeActionParams, CompletionParams, DefinitionParams, DocumentFormattingParams,
    DocumentSymbolParams, FoldingRangeParams, HoverParams, TextDocumentPositionParams, Uri,
};
use lsp_server::{ErrorCode, ResponseError};
use serde::Serialize;
use serde_json::Value;

use super::{Answer, Session};
use crate::accept::Target;
use crate::check::Checked;
use crate::documents::{path_of, uri_of};
use crate::host::{Host, SettingsFile};
use crate::protocol::{error, read};
use crate::view::View;
use crate::{actions, completion, definition, folding, format, hover, symbols};

impl<H: Host> Session<H> {
    /// Answers what a document is asked about.
    pub(super) fn feature(&mut self, method: &str, params: Value) -> Answer {
        match method {
            "textDocument/hover" => {
                let own = read::<HoverParams>(params)?.text_document_position_params;
                self.at(&own, hover::hover)
            }
            "textDocument/completion" => {
                let own = read::<CompletionParams>(params)?.text_document_position_params;
                self.at(&own, completion::complete)
            }
            "textDocument/definition" => {
                let own = read::<DefinitionParams>(params)?.text_document_position_params;
                self.at(&own, definition::definition)
            }
            "textDocument/codeAction" => {
                let own = read::<CodeActionParams>(params)?;
                let only = own.context.only.as_deref();
                // Settings are files, which are read for nothing else here.
                let accepts = actions::wants(only, actions::QUICK_FIX);
                let target = if accepts { self.target(&own.text_document.uri.0) } else { None };
                self.answer(&own.text_document.uri, |view| {
                    actions::actions(view, own.range, only, target.as_ref())
                })
            }
            "codeAction/resolve" => {
                let mut own = read::<CodeAction>(params)?;
                let uri = own.data.as_ref().and_then(|data| data.get("uri")?.as_str());
                own.edit = match uri.map(str::to_owned) {
                    Some(uri) => self.with(&uri, actions::all_repairs).flatten(),
                    None => own.edit,
                };
                serde_json::to_value(own).map_err(|_| unwritable())
            }
            "textDocument/formatting" => {
                let own = read::<DocumentFormattingParams>(params)?;
                self.answer(&own.text_document.uri, format::edits)
            }
            "textDocument/documentSymbol" => {
                let own = read::<DocumentSymbolParams>(params)?;
                let (uri, nested) = (own.text_document.uri, self.client.nested_symbols);
                self.answer(&uri, |view| symbols::outline(view, nested))
            }
            "textDocument/foldingRange" => {
                let own = read::<FoldingRangeParams>(params)?;
                self.answer(&own.text_document.uri, folding::ranges)
            }
            _ => {
                let message = format!("`{}` is not offered", quote(method));
                Err(error(ErrorCode::MethodNotFound, &message))
            }
        }
    }

    /// The settings of a document that is a file; as the editor has them, where they are open there.
    fn target(&mut self, uri: &str) -> Option<Target> {
        uri.strip_prefix("file://")?;
        let file = self.host.settings(&path_of(uri), &self.folders)?;
        let Some((uri, document)) = self.documents.of_file(&file.path) else {
            return Some(Target { uri: uri_of(&file.path), version: None, file });
        };
        let text = Some(document.source.as_ref()?.text().to_owned());
        let (uri, version) = (uri.to_owned(), Some(document.version));
        Some(Target { uri, version, file: SettingsFile { text, ..file } })
    }

    /// Answers about a place.
    fn at<T: Serialize>(
        &mut self,
        place: &TextDocumentPositionParams,
        answer: impl FnOnce(&View<'_>, u32) -> T,
    ) -> Answer {
        self.answer(&place.text_document.uri, |view| {
            let (view, offset) = view.inside(view.offset(place.position))?;
            Some(answer(&view, offset))
        })
    }

    /// Answers about a document; `null` where it is not open.
    fn answer<T: Serialize>(&mut self, uri: &Uri, answer: impl FnOnce(&View<'_>) -> T) -> Answer {
        match self.with(&uri.0, answer) {
            Some(answer) => serde_json::to_value(answer).map_err(|_| unwritable()),
            None => Ok(Value::Null),
        }
    }

    /// Looks at a document, checked if it was not yet.
    pub(super) fn with<T>(&mut self, uri: &str, look: impl FnOnce(&View<'_>) -> T) -> Option<T> {
        let document = self.documents.get_mut(uri)?;
        let source = document.source.as_ref()?;
        let host = &mut self.host;
        let language = document.language;
        let checked = document.checked.get_or_insert_with(|| Checked::new(source, language, host));
        Some(look(&View::new(uri, source, checked, self.client)))
    }
}

fn unwritable() -> ResponseError {
    error(ErrorCode::InternalError, "the answer cannot be written")
}
