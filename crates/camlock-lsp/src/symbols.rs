//! The outline of a document: statements of policies, and the objects of an account.

use camlock_source::{Span, quote};
use camlock_syntax::json::Value;
use gen_lsp_types::{DocumentSymbol, SymbolKind};
use serde_json::{Value as Json, json};

use crate::check::Role;
use crate::tree;
use crate::view::View;

/// Symbols of one list that an editor is told of.
const MOST: usize = 10_000;

/// The outline, flat for clients that cannot show it otherwise.
pub(crate) fn outline(view: &View<'_>, nested: bool) -> Json {
    let symbols = symbols(view);
    if nested {
        return serde_json::to_value(symbols).unwrap_or_default();
    }
    let mut flat = Vec::new();
    let mut rest: Vec<(Option<String>, DocumentSymbol)> =
        symbols.into_iter().rev().map(|symbol| (None, symbol)).collect();
    while let Some((container, symbol)) = rest.pop() {
        let children = symbol.children.unwrap_or_default();
        rest.extend(children.into_iter().rev().map(|own| (Some(symbol.name.clone()), own)));
        flat.push(json!({
            "name": symbol.name,
            "kind": symbol.kind,
            "containerName": container,
            "location": {"uri": view.uri, "range": symbol.range},
        }));
    }
    Json::Array(flat)
}

/// The symbols of a document.
fn symbols(view: &View<'_>) -> Vec<DocumentSymbol> {
    let mut symbols = Vec::new();
    for piece in tree::pieces(view.source.name(), view.source.text()) {
        let Some(root) = tree::parse(piece.text) else { continue };
        let outline = Outline { view, start: piece.start };
        match view.checked.role {
            Role::Policy => symbols.extend(outline.policies(&root)),
            Role::Account => symbols.extend(outline.account(&root)),
            Role::Embedded | Role::Other => {}
        }
    }
    symbols.truncate(MOST);
    symbols
}

/// The symbols of one text.
struct Outline<'v, 'd> {
    view: &'v View<'d>,
    start: u32,
}

impl Outline<'_, '_> {
    fn policies(&self, root: &Value<'_>) -> Vec<DocumentSymbol> {
        let documents = tree::items(root);
        if let [only] = documents {
            return self.statements(only);
        }
        let named = documents.iter().enumerate().map(|(index, document)| {
            let name = tree::member(document, "id").and_then(tree::scalar);
            let name = name.map_or_else(|| format!("policy {}", index + 1), named);
            self.symbol(name, None, SymbolKind::Module, document.span, self.statements(document))
        });
        named.collect()
    }

    fn statements(&self, document: &Value<'_>) -> Vec<DocumentSymbol> {
        let statements = tree::member(document, "statement").map(tree::items).unwrap_or_default();
        let symbols = statements.iter().take(MOST).enumerate().map(|(index, statement)| {
            let word = |name: &str| tree::member(statement, name).and_then(tree::scalar);
            let name = match word("sid").or_else(|| word("id")) {
                Some(sid) => named(sid),
                None => format!("statement {}", index + 1),
            };
            let effect = word("effect").unwrap_or("?");
            let detail = format!(
                "{} {} on {}",
                quote(effect),
                few(tree::member(statement, "action")),
                few(tree::member(statement, "resource"))
            );
            self.symbol(name, Some(detail), SymbolKind::Object, statement.span, Vec::new())
        });
        symbols.collect()
    }

    fn account(&self, root: &Value<'_>) -> Vec<DocumentSymbol> {
        let mut symbols = Vec::new();
        for (list, kind, document) in [
            ("policies", SymbolKind::Object, Some("document")),
            ("users", SymbolKind::Variable, None),
            ("groups", SymbolKind::Namespace, None),
            ("roles", SymbolKind::Interface, Some("trust")),
            ("resource_policies", SymbolKind::Object, Some("document")),
        ] {
            let Some(value) = tree::member(root, list) else { continue };
            let entries = tree::items(value).iter().take(MOST).map(|entry| {
                let word = |name: &str| tree::member(entry, name).and_then(tree::scalar);
                let id = word("id").or_else(|| word("uin")).or_else(|| word("resource"));
                let name = named(word("name").or(id).unwrap_or("?"));
                let own = document.and_then(|document| tree::member(entry, document));
                let statements = own.map(|own| self.statements(own)).unwrap_or_default();
                self.symbol(name, id.map(quote), kind, entry.span, statements)
            });
            let entries = entries.collect();
            symbols.push(self.symbol(
                list.to_owned(),
                None,
                SymbolKind::Array,
                value.span,
                entries,
            ));
        }
        symbols
    }

    fn symbol(
        &self,
        name: String,
        detail: Option<String>,
        kind: SymbolKind,
        span: Span,
        children: Vec<DocumentSymbol>,
    ) -> DocumentSymbol {
        let range = self.view.range(tree::moved(span, self.start));
        #[expect(deprecated, reason = "the field has to be named to be left out")]
        DocumentSymbol {
            name,
            detail,
            kind,
            tags: None,
            deprecated: None,
            range,
            selection_range: range,
            children: (!children.is_empty()).then_some(children),
        }
    }
}

/// A name that is never empty, which the protocol forbids.
fn named(name: &str) -> String {
    if name.trim().is_empty() { "?".to_owned() } else { quote(name) }
}

/// The first string of an element, and how many more there are.
fn few(value: Option<&Value<'_>>) -> String {
    let all = tree::strings(value);
    match all.split_first() {
        Some((first, [])) => quote(first),
        Some((first, rest)) => format!("{} and {} more", quote(first), rest.len()),
        None => "nothing".to_owned(),
    }
}
