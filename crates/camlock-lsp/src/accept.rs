//! Findings that are known and accepted: written into the settings.

use std::collections::{BTreeSet, HashMap};

use camlock_config::{Config, NewSuppression, suppressions_text};
use camlock_source::{SourceText, Span};
use gen_lsp_types::{
    CodeAction, CodeActionKind, CreateFile, CreateFileOptions, DocumentChange, Edit,
    OptionalVersionedTextDocumentIdentifier, TextDocumentEdit, TextDocumentIdentifier, TextEdit,
    Uri, WorkspaceEdit,
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
    fresh.take(MOST).filter_map(|found| one(view, found, target)).collect()
}

fn one(view: &View<'_>, found: &Found, target: &Target) -> Option<CodeAction> {
    let own = &found.diagnostic;
    let pointer = own.pointer.clone().filter(|pointer| !pointer.is_empty());
    let place = pointer.as_ref().map_or_else(String::new, |pointer| format!(" at {pointer}"));
    let title = format!("accept {}{place} in camlock.toml", own.code);
    let path = target.file.document.clone();
    let edit = written(view, target, &NewSuppression { path, code: own.code, pointer })?;
    Some(CodeAction {
        title,
        kind: Some(CodeActionKind::QuickFix),
        diagnostics: Some(vec![diagnostics::one(view.uri, view.source, found, view.client)]),
        edit: Some(edit),
        ..action()
    })
}

/// The edit that puts a suppression at the end of the file; what stands there stays as it is.
fn written(view: &View<'_>, target: &Target, new: &NewSuppression) -> Option<WorkspaceEdit> {
    let before = target.file.text.as_deref().unwrap_or_default();
    let text = suppressions_text(std::slice::from_ref(new), REASON);
    let text = match before.as_bytes().last() {
        None => text.trim_start_matches('\n').to_owned(),
        Some(b'\n') => text,
        Some(_) => format!("\n{text}"),
    };
    // A faulty file stays faulty, and a list that is written in another form cannot go on like this.
    let after = SourceText::new(target.file.path.as_str(), format!("{before}{text}"));
    Config::read(&after, "/").ok()?;
    let end = Span::empty(u32::try_from(before.len()).ok()?);
    let place = range(&SourceText::new("", before), end, view.client);
    let edit = TextEdit { range: place, new_text: text };
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
