//! Findings that are known and accepted: written into the settings.

use std::collections::{BTreeSet, HashMap};

use camlock_config::{Config, NewSuppression, suppressions_text};
use camlock_source::{SourceText, Span};
use gen_lsp_types::{
    CodeAction, CodeActionKind, CreateFile, CreateFileOptions, DocumentChange, Edit,
    OptionalVersionedTextDocumentIdentifier, Range, TextDocumentEdit, TextDocumentIdentifier,
    TextEdit, Uri, WorkspaceEdit,
};

use crate::actions::action;
use crate::check::{Found, Role};
use crate::diagnostics;
use crate::host::SettingsFile;
use crate::view::{View, range};

/// What stands for a reason until somebody writes it.
const REASON: &str = "TODO: why this is accepted";

/// Findings that can be accepted one by one at a time; whoever has more has `--add-suppressions`.
const MOST: usize = 20;

/// The file of settings of a document as the editor has it.
#[derive(Debug)]
pub(crate) struct Target {
    pub(crate) file: SettingsFile,
    pub(crate) uri: String,
    /// The version that the editor gave it, where it is open.
    pub(crate) version: Option<i32>,
}

/// The actions that accept findings, for those that rules have found.
pub(crate) fn accept<'f>(
    view: &View<'_>,
    found: impl Iterator<Item = &'f Found>,
    target: &Target,
) -> Vec<CodeAction> {
    // The document of an account is told apart by nothing that settings know.
    if !matches!(view.checked.role, Role::Policy | Role::Embedded) {
        return Vec::new();
    }
    let mut seen = BTreeSet::new();
    let fresh = found.filter(|found| {
        found.rule.is_some() && seen.insert((found.diagnostic.code, &found.diagnostic.pointer))
    });
    let all: Vec<(&Found, NewSuppression)> =
        fresh.take(MOST).map(|found| (found, suppression(found, target))).collect();
    let Some(end) = End::of(target, all.iter().map(|(_, new)| new), view) else {
        return Vec::new();
    };
    all.iter().filter_map(|(found, new)| one(view, found, new, target, &end)).collect()
}

fn suppression(found: &Found, target: &Target) -> NewSuppression {
    let pointer = found.diagnostic.pointer.clone().filter(|pointer| !pointer.is_empty());
    NewSuppression { path: target.file.document.clone(), code: found.diagnostic.code, pointer }
}

fn one(
    view: &View<'_>,
    found: &Found,
    new: &NewSuppression,
    target: &Target,
    end: &End,
) -> Option<CodeAction> {
    let pointer = new.pointer.as_ref();
    let place = pointer.map_or_else(String::new, |pointer| format!(" at {pointer}"));
    Some(CodeAction {
        title: format!("accept {}{place} in camlock.toml", new.code),
        kind: Some(CodeActionKind::QuickFix),
        diagnostics: Some(vec![diagnostics::one(view.uri, view.source, found, view.client)]),
        edit: Some(written(view, target, end.edit(new))?),
        ..action()
    })
}

/// The end of a file of settings, where suppressions are added; what stands there stays as it is.
struct End {
    place: Range,
    /// The last byte of the file.
    last: Option<u8>,
}

impl End {
    /// Nothing where these suppressions cannot be added: a faulty file stays faulty, and a list that is
    /// written in another form cannot go on like this. Reading a long file takes its time, so that it is
    /// read once, with all of them behind it.
    fn of<'n>(
        target: &Target,
        all: impl Iterator<Item = &'n NewSuppression>,
        view: &View<'_>,
    ) -> Option<Self> {
        let mut all = all.peekable();
        all.peek()?;
        let before = target.file.text.as_deref().unwrap_or_default();
        let end = Span::empty(u32::try_from(before.len()).ok()?);
        let place = range(&SourceText::new("", before), end, view.client);
        let own = Self { place, last: before.as_bytes().last().copied() };
        let mut after = before.to_owned();
        after.extend(all.map(|new| own.edit(new).new_text));
        Config::read(&SourceText::new(target.file.path.as_str(), after), "/").ok()?;
        Some(own)
    }

    fn edit(&self, new: &NewSuppression) -> TextEdit {
        let text = suppressions_text(std::slice::from_ref(new), REASON);
        let new_text = match self.last {
            None => text.trim_start_matches('\n').to_owned(),
            Some(b'\n') => text,
            Some(_) => format!("\n{text}"),
        };
        TextEdit { range: self.place, new_text }
    }
}

/// What an edit of the settings is for the client, if it can do it.
fn written(view: &View<'_>, target: &Target, edit: TextEdit) -> Option<WorkspaceEdit> {
    let uri = Uri(target.uri.clone());
    let is_new = target.file.text.is_none();
    if !view.client.document_changes || (is_new && !view.client.creates_files) {
        let changes = HashMap::from([(uri, vec![edit])]);
        return (!is_new).then_some(WorkspaceEdit::new(Some(changes), None, None));
    }
    let create = is_new.then(|| {
        // Whatever came into being meanwhile is not thrown away.
        let options = CreateFileOptions { overwrite: Some(false), ignore_if_exists: Some(true) };
        let options = Some(options);
        DocumentChange::CreateFile(CreateFile { uri: uri.clone(), options, annotation_id: None })
    });
    let text_document = OptionalVersionedTextDocumentIdentifier {
        version: target.version,
        text_document_identifier: TextDocumentIdentifier { uri },
    };
    let change = TextDocumentEdit { text_document, edits: vec![Edit::TextEdit(edit)] };
    let changes = create.into_iter().chain([DocumentChange::TextDocumentEdit(change)]);
    Some(WorkspaceEdit::new(None, Some(changes.collect()), None))
}
