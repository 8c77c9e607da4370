//! Actions.

use std::fmt::Write as _;

use camlock_catalog::{AccessLevel, ActionEntry, Catalog, Granularity, Service};

use super::{code, dated};

/// Names that are listed before the rest is counted.
const FEW: usize = 12;

/// What an action or a pattern of actions is.
pub(crate) fn action(text: &str, catalog: &Catalog) -> String {
    let bare = text.strip_prefix("name/").unwrap_or(text);
    if matches!(bare, "*" | "*:*") {
        return "**every action** of every service [ACT-3]".to_owned();
    }
    let Some((service, operation)) = bare.split_once(':') else {
        return "an action: `service:Operation`, also `name/service:Operation` [ACT-1]".to_owned();
    };
    let Some(known) = catalog.service(service) else {
        let mut text = format!("{}: a service that is not known", code(service));
        if let Some(close) = catalog.close_service(service) {
            _ = write!(text, "; {} is", code(close.name()));
        }
        return text + &dated(catalog);
    };
    let text = if operation.contains('*') {
        pattern(operation, known)
    } else if let Some(entry) = known.action(operation) {
        single(entry)
    } else {
        let mut text = format!("{}: an action that is not known", code(bare));
        if let Some(close) = known.action_ignoring_case(operation).or(known.close_action(operation))
        {
            _ = write!(text, "; {} is", code(&format!("{service}:{}", close.name())));
        } else if !known.is_complete() {
            text.push_str(", which says nothing: the list of the service is not complete");
        }
        text
    };
    text + &dated(catalog)
}

/// What a service is.
pub(crate) fn service(service: Service<'_>) -> String {
    let count = service.actions().count();
    let whole = if service.is_complete() { "" } else { " and perhaps more" };
    let mut text = format!("service {}: {count} actions{whole}", code(service.name()));
    if let Some(granularity) = service.granularity() {
        _ = write!(text, ", authorized by {}", granularity.as_str());
    }
    text
}

fn single(entry: ActionEntry<'_>) -> String {
    let mut text =
        format!("**{}:{}**: {}", entry.service().name(), entry.name(), level(entry.access_level()));
    if let Some(granularity) = entry.granularity() {
        _ = write!(text, "\n\n{}", granted(granularity));
    }
    let forms: Vec<String> = entry.resource_forms().map(|form| code(&form.to_string())).collect();
    if !forms.is_empty() {
        _ = write!(text, "\n\nResources: {}", listed(&forms));
    }
    let keys: Vec<String> = entry.condition_keys().map(code).collect();
    if !keys.is_empty() {
        _ = write!(text, "\n\nCondition keys: {}", listed(&keys));
    }
    text
}

fn pattern(operation: &str, known: Service<'_>) -> String {
    let names: Vec<String> =
        known.actions_matching(operation).map(|own| code(own.name())).collect();
    let all = known.actions().count();
    let mut text =
        format!("stands for {} of the {all} actions of {}", names.len(), code(known.name()));
    if !names.is_empty() && names.len() < all {
        _ = write!(text, ": {}", listed(&names));
    }
    text
}

fn listed(names: &[String]) -> String {
    let shown = names.get(..FEW).unwrap_or(names).join(", ");
    match names.len().saturating_sub(FEW) {
        0 => shown,
        rest => format!("{shown} and {rest} more"),
    }
}

/// What an action does.
pub(crate) fn level(level: AccessLevel) -> &'static str {
    match level {
        AccessLevel::List => "lists",
        AccessLevel::Read => "reads",
        AccessLevel::Write => "changes something",
        _ => "what it does is not known",
    }
}

fn granted(granularity: Granularity) -> &'static str {
    match granularity {
        Granularity::Service => {
            "Its service is authorized as a whole: an allow counts with `service:*` on `*` only [ACT-9]"
        }
        Granularity::Operation => {
            "Authorized by operation: an allow counts on the bare resource `*` only [RES-18]"
        }
        _ => "Authorized by resource",
    }
}
