//! Operators, condition keys and values.

use std::collections::BTreeSet;

use camlock_policy::{BaseOperator, Condition, ConditionKey, Operator, OperatorFamily};
use gen_lsp_types::{CompletionItem, CompletionItemKind};

use super::item::{Writer, ranked};
use super::resource;
use crate::about;
use crate::tree;
use crate::view::{Pointed, View};

/// The operators that the keys in it take, with suffix and, once one is being typed, with qualifier.
pub(super) fn operators(pointed: &Pointed<'_>, writer: &Writer<'_>) -> Vec<CompletionItem> {
    let own = pointed.cursor.token.as_ref().map(|spot| spot.span.start);
    let there = names(pointed, own);
    let keys = keys_of(pointed, own);
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
                let Ok(operator) = Operator::parse(&name) else { continue };
                let fits = keys.iter().all(|key| takes(operator, key));
                if !fits || there.contains(name.as_str()) {
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

/// The keys that the operator at a byte has already.
fn keys_of<'p>(pointed: &'p Pointed<'_>, own: Option<u32>) -> Vec<&'p str> {
    let members = pointed.value().map(tree::members).unwrap_or_default().iter();
    let own = members.filter(|member| Some(member.name.span.start) == own);
    own.flat_map(|member| tree::members(&member.value))
        .map(|key| key.name.decoded.as_ref())
        .filter(|key| ConditionKey::parse(key).is_ok())
        .collect()
}

/// The condition keys that the operator takes and that requests of the statement may have.
pub(super) fn keys(
    view: &View<'_>,
    pointed: &Pointed<'_>,
    writer: &Writer<'_>,
    operator: &str,
) -> Vec<CompletionItem> {
    let catalog = view.catalog();
    let actions = resource::actions(view, pointed);
    let of_actions: BTreeSet<&str> =
        actions.iter().flat_map(|action| action.condition_keys()).collect();
    let services: BTreeSet<&str> = actions.iter().map(|action| action.service().name()).collect();
    // What is granted may be anything where an action is not known, or none is named yet.
    let is_open = services.is_empty() || has_open_action(pointed, view);
    let operator = Operator::parse(operator).ok();
    let own = pointed.cursor.token.as_ref().map(|spot| spot.span.start);
    let there = names(pointed, own);
    let fitting = catalog
        .condition_keys()
        .filter(|key| !there.contains(key) && operator.is_none_or(|own| takes(own, key)));
    let ranked_keys = fitting.filter_map(|key| {
        let service = key.split_once(':').map_or("", |(service, _)| service);
        let rank = if of_actions.contains(key) {
            0
        } else if service == "qcs" || ANYWHERE.contains(&key) {
            1
        } else if is_open || services.contains(service) {
            2
        } else {
            return None;
        };
        Some((key, rank))
    });
    let items = ranked_keys.map(|(key, rank)| {
        let about = about::condition::key(key, catalog);
        ranked(writer.name(key, "\"$1\"", Some(about)), rank)
    });
    items.collect()
}

/// Keys that requests of any service may have, besides those of the platform.
const ANYWHERE: [&str; 2] = ["mfa", "vpc:requester_vpc"];

/// Whether the statement names an action of which nobody knows what it is.
fn has_open_action(pointed: &Pointed<'_>, view: &View<'_>) -> bool {
    pointed.strings("action").into_iter().any(|text| {
        let bare = text.strip_prefix("name/").unwrap_or(text);
        bare.split_once(':').is_none_or(|(service, _)| view.catalog().service(service).is_none())
    })
}

/// Whether a key takes an operator.
fn takes(operator: Operator, key: &str) -> bool {
    ConditionKey::parse(key).is_ok_and(|key| Condition::check_key(operator, &key, 1).is_ok())
}

/// The names of the members, but for the one that begins at a byte.
fn names<'p>(pointed: &'p Pointed<'_>, own: Option<u32>) -> BTreeSet<&'p str> {
    let members = pointed.value().map(tree::members).unwrap_or_default().iter();
    let others = members.filter(|member| Some(member.name.span.start) != own);
    others.map(|member| member.name.decoded.as_ref()).collect()
}

/// The values that a condition can be known to compare with.
pub(super) fn values(
    view: &View<'_>,
    writer: &Writer<'_>,
    operator: &str,
    key: &str,
) -> Vec<CompletionItem> {
    let family = Operator::parse(operator).ok().map(|operator| operator.base().family());
    let holds_tags =
        ConditionKey::parse(key).is_ok_and(|key| key.tag().is_some_and(|tag| tag.name().is_none()));
    match (family, key) {
        (Some(OperatorFamily::Bool | OperatorFamily::Null), _) => {
            ["true", "false"].map(|word| writer.bare(word, None)).into()
        }
        (Some(OperatorFamily::Date), _) => vec![writer.snippet(
            "YYYY-MM-DDThh:mm:ssZ",
            "${1:2030}-${2:01}-${3:01}T${4:00}:${5:00}:${6:00}Z",
            "2030-01-01T00:00:00Z",
            None,
        )],
        (_, key) if key.ends_with(":region") => {
            view.catalog().regions().map(|region| writer.value(region, None)).collect()
        }
        (Some(OperatorFamily::String), _) if holds_tags => {
            vec![writer.snippet("key&value", "${1:key}&${2:value}", "key&value", None)]
        }
        _ => {
            let known = VALUES.iter().find(|(own, _)| *own == key).map(|(_, values)| *values);
            known.unwrap_or_default().iter().map(|value| writer.value(value, None)).collect()
        }
    }
}

/// Keys that hold one of a few words.
const VALUES: &[(&str, &[&str])] = &[
    ("cos:tls-version", &["1.0", "1.1", "1.2", "1.3"]),
    (
        "cos:x-cos-acl",
        &[
            "default",
            "private",
            "public-read",
            "public-read-write",
            "authenticated-read",
            "bucket-owner-read",
            "bucket-owner-full-control",
        ],
    ),
    (
        "cos:x-cos-storage-class",
        &[
            "STANDARD",
            "STANDARD_IA",
            "INTELLIGENT_TIERING",
            "ARCHIVE",
            "DEEP_ARCHIVE",
            "MAZ_STANDARD",
            "MAZ_STANDARD_IA",
            "MAZ_INTELLIGENT_TIERING",
        ],
    ),
];
