//! Operators, condition keys and values.

use std::collections::BTreeSet;

use camlock_policy::{BaseOperator, Operator, OperatorFamily};
use gen_lsp_types::{CompletionItem, CompletionItemKind};

use super::item::{Writer, ranked};
use super::resource;
use crate::about;
use crate::tree;
use crate::view::{Pointed, View};

/// The operators, with suffix and, once one is being typed, with qualifier.
pub(super) fn operators(pointed: &Pointed<'_>, writer: &Writer<'_>) -> Vec<CompletionItem> {
    let own = pointed.cursor.token.as_ref().map(|spot| spot.span.start);
    let there: BTreeSet<&str> = pointed
        .value()
        .map(tree::members)
        .unwrap_or_default()
        .iter()
        .filter(|member| Some(member.name.span.start) != own)
        .map(|member| member.name.decoded.as_ref())
        .collect();
    let typed = writer.typed();
    let qualifiers: &[&str] = if typed.starts_with("for_") || typed == "f" || typed == "fo" {
        &["", "for_any_value:", "for_all_value:"]
    } else {
        &[""]
    };
    let mut items = Vec::new();
    for qualifier in qualifiers {
        for suffix in ["", "_if_exist"] {
            for base in BaseOperator::ALL {
                let name = format!("{qualifier}{}{suffix}", base.name());
                if Operator::parse(&name).is_err() || there.contains(name.as_str()) {
                    continue;
                }
                let about = about::condition::operator(&name);
                let item = writer.name(&name, "{\"$1\": \"$2\"}", Some(about));
                let item = CompletionItem { kind: Some(CompletionItemKind::Operator), ..item };
                items.push(ranked(item, u8::from(!suffix.is_empty())));
            }
        }
    }
    items
}

/// The known condition keys, first those that are of use with the actions of the statement.
pub(super) fn keys(
    view: &View<'_>,
    pointed: &Pointed<'_>,
    writer: &Writer<'_>,
) -> Vec<CompletionItem> {
    let catalog = view.catalog();
    let of_actions: BTreeSet<&str> = resource::actions(view, pointed)
        .into_iter()
        .flat_map(camlock_catalog::ActionEntry::condition_keys)
        .collect();
    let keys = catalog.condition_keys().map(|key| {
        let about = about::condition::key(key, catalog);
        let rank = if of_actions.contains(key) {
            0
        } else if key.starts_with("qcs:") {
            1
        } else {
            2
        };
        ranked(writer.name(key, "\"$1\"", Some(about)), rank)
    });
    keys.collect()
}

/// The values that a condition can be known to compare with.
pub(super) fn values(
    view: &View<'_>,
    writer: &Writer<'_>,
    operator: &str,
    key: &str,
) -> Vec<CompletionItem> {
    let family = Operator::parse(operator).ok().map(|operator| operator.base().family());
    match (family, key) {
        (Some(OperatorFamily::Bool | OperatorFamily::Null), _) => {
            ["true", "false"].map(|word| writer.bare(word, None)).into()
        }
        (_, "cvm:region" | "vpc:region") => {
            view.catalog().regions().map(|region| writer.value(region, None)).collect()
        }
        _ => Vec::new(),
    }
}
