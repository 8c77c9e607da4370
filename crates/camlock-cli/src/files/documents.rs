//! The policy documents of a file: one, a list, one a line, or one behind another.

use camlock::PolicyKind;
use camlock::policy::ApiCode;
use camlock::source::{Diagnostic, Severity, SourceText, Span};
use camlock::syntax::json::{self, Kind, Value};
use camlock::syntax::limits::Limits;
use camlock::syntax::{Arrangement, Pieces, codes, infer_kind, parse, parse_value, pieces};

/// How a file holds documents.
#[derive(Debug)]
pub(crate) enum Layout<'a> {
    /// It is one.
    One,
    /// It is a list of them.
    List(Vec<Value<'a>>),
    /// Each line is one.
    Lines,
    /// They stand one behind another.
    Behind(Vec<&'a str>),
}

/// The documents of a text, read.
#[derive(Debug)]
pub(crate) struct Documents<'a> {
    pub(crate) layout: Layout<'a>,
    /// The kind of each document.
    pub(crate) kinds: Vec<PolicyKind>,
    /// What is wrong, in the order of the text.
    pub(crate) diagnostics: Vec<Diagnostic>,
}

impl<'a> Documents<'a> {
    /// Reads every document as a policy of `kind`, or of the kind that it looks like.
    ///
    /// A file holds the texts that [`pieces`] finds. A list is a list of documents if one of its items
    /// has statements.
    pub(crate) fn read(source: &'a SourceText, kind: Option<PolicyKind>) -> Self {
        let mut documents =
            Self { layout: Layout::Lines, kinds: Vec::new(), diagnostics: Vec::new() };
        let pieces = pieces(source.name(), source.text());
        match pieces.arrangement {
            Arrangement::Lines => documents.read_pieces(&pieces, kind),
            Arrangement::Behind => {
                documents.read_pieces(&pieces, kind);
                documents.layout = Layout::Behind(pieces.filled().map(|own| own.text).collect());
            }
            _ => documents.read_tree(source.text(), kind),
        }
        // The sort is stable: what is found first at one place stays first.
        documents.diagnostics.sort_by_key(|diagnostic| diagnostic.span.start);
        leave_out_the_rest(&mut documents.diagnostics);
        documents
    }

    /// Whether a document is no policy.
    pub(crate) fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
    }

    /// Whether there are more findings than are reported; what follows is not read.
    fn is_full(&self) -> bool {
        self.diagnostics.len() > Limits::policy().max_faults
    }

    fn read_tree(&mut self, text: &'a str, kind: Option<PolicyKind>) {
        let parsed = json::parse(text, &limits_of_list(text));
        match parsed.root {
            Some(Value { kind: Kind::Array(items), .. }) if items.iter().any(has_statement) => {
                self.diagnostics = parsed.diagnostics;
                for (index, item) in items.iter().enumerate() {
                    if self.is_full() {
                        break;
                    }
                    let kind = kind.unwrap_or_else(|| infer_kind(item));
                    let read = parse_value(text, item, kind, &format!("/{index}"));
                    self.kinds.push(kind);
                    self.diagnostics.extend(read.diagnostics);
                }
                self.layout = Layout::List(items);
            }
            root => {
                self.layout = Layout::One;
                self.read_document(text, 0, kind, root.as_ref());
            }
        }
    }

    fn read_pieces(&mut self, pieces: &Pieces<'_>, kind: Option<PolicyKind>) {
        for piece in pieces.filled() {
            if self.is_full() {
                break;
            }
            let root = json::parse(piece.text, &Limits::policy()).root;
            self.read_document(piece.text, piece.start as usize, kind, root.as_ref());
        }
    }

    /// Reads the document `text`, which begins at byte `start` of the file.
    fn read_document(
        &mut self,
        text: &str,
        start: usize,
        kind: Option<PolicyKind>,
        root: Option<&Value<'_>>,
    ) {
        let inferred = || root.map_or(PolicyKind::Identity, infer_kind);
        let kind = kind.unwrap_or_else(inferred);
        self.kinds.push(kind);
        let found = parse(text, kind).diagnostics;
        self.diagnostics.extend(found.into_iter().map(|diagnostic| moved(diagnostic, start)));
    }
}

/// Says where findings are left out, as a single document does.
pub(crate) fn leave_out_the_rest(diagnostics: &mut Vec<Diagnostic>) {
    let limit = Limits::policy().max_faults;
    let Some(first) = diagnostics.get(limit) else { return };
    let too_many = codes::TEXT.iter().find(|info| info.name == "too-many-faults");
    let code = too_many.map_or(first.code, |info| info.code);
    if first.code == code {
        return;
    }
    let message = format!("more than {limit} faults, the rest is left out");
    let last = Diagnostic::error(code, first.span, message)
        .with_api_code(ApiCode::PolicyDocumentError.as_str())
        .with_help("mend the first ones and look again");
    diagnostics.truncate(limit);
    diagnostics.push(last);
}

/// A finding of a part of a text that begins at byte `start`, as one of the whole text.
pub(crate) fn moved(mut diagnostic: Diagnostic, start: usize) -> Diagnostic {
    let start = u32::try_from(start).unwrap_or(u32::MAX);
    let moved =
        |span: Span| Span::new(span.start.saturating_add(start), span.end.saturating_add(start));
    diagnostic.span = moved(diagnostic.span);
    for label in &mut diagnostic.secondary {
        label.span = moved(label.span);
    }
    diagnostic
}

/// Each document has the limits of a policy; the list around them is as long as it is.
fn limits_of_list(text: &str) -> Limits {
    let policy = Limits::policy();
    Limits {
        max_bytes: text.len().max(policy.max_bytes),
        max_depth: policy.max_depth + 1,
        max_members: usize::MAX,
        ..policy
    }
}

fn has_statement(value: &Value<'_>) -> bool {
    let Kind::Object(members) = &value.kind else { return false };
    members.iter().any(|member| member.name.decoded.eq_ignore_ascii_case("statement"))
}
