//! Resource names: whole forms first, then segment by segment.

use std::collections::BTreeSet;

use camlock_catalog::{ActionEntry, ResourceForm};
use gen_lsp_types::CompletionItem;

use super::item::{Writer, escaped, ranked};
use crate::about;
use crate::view::{Pointed, View};

/// Actions of a statement whose forms are looked at; `cos:*` stands for all of a service.
const MOST_ACTIONS: usize = 1_000;

/// The forms of resources that the actions of the statement take, or what fits in the segment that is
/// being typed.
pub(super) fn resources(
    view: &View<'_>,
    pointed: &Pointed<'_>,
    writer: &Writer<'_>,
) -> Vec<CompletionItem> {
    let typed = writer.typed();
    // An escape moves the bytes; such a name is rare enough to type.
    if typed.contains('\\') {
        return Vec::new();
    }
    let mut items = segment(view, writer, typed);
    let (index, _) = about::resource::segment_at(typed, typed.len());
    if index < 3 {
        let catalog = view.catalog();
        let forms: BTreeSet<(String, String, String)> = actions(view, pointed)
            .iter()
            .flat_map(|action| action.resource_forms())
            .map(written)
            .collect();
        for (label, snippet, plain) in forms {
            let (about, _) = about::resource::segment(&plain, plain.len(), catalog);
            items.push(ranked(writer.snippet(&label, &snippet, &plain, Some(about)), 0));
        }
        let (about, _) = about::resource::segment("*", 0, catalog);
        items.push(ranked(writer.value("*", Some(about)), 0));
    }
    items
}

/// A form as it is shown, with places to fill in, and with nothing left open: every region, the account
/// of the policy.
fn written(form: ResourceForm<'_>) -> (String, String, String) {
    let label = form.to_string();
    let mut place = 0;
    let mut next = |text: &str| {
        place += 1;
        format!("${{{place}:{text}}}")
    };
    let region = if form.is_regional() { next("region") } else { String::new() };
    let account = match label.split(':').nth(4) {
        Some("uid/$appid") => format!("uid/{}", next("appid")),
        _ => format!("uin/{}", next("uin")),
    };
    let path = escaped(form.path());
    let snippet = format!("qcs::{}:{region}:{account}:{path}", form.service());
    let plain = format!("qcs::{}:::{}", form.service(), form.path());
    (label, snippet, plain)
}

/// What fits in the segment at the end of what is typed.
fn segment(view: &View<'_>, writer: &Writer<'_>, typed: &str) -> Vec<CompletionItem> {
    let catalog = view.catalog();
    let (index, range) = about::resource::segment_at(typed, typed.len());
    // The rest of the segment goes with it.
    let rest = writer.rest();
    let behind = if index < 5 { rest.find(':').unwrap_or(rest.len()) } else { rest.len() };
    let part = |text: &str, about: Option<String>| {
        writer.part((range.start, typed.len() + behind), text, about)
    };
    let own = typed.get(range.clone()).unwrap_or_default();
    match index {
        0 if typed.is_empty() => vec![ranked(part("qcs::", None), 1)],
        2 => {
            let services = catalog.services();
            services.map(|known| part(known.name(), Some(about::action::service(known)))).collect()
        }
        3 => catalog.regions().map(|region| part(region, None)).collect(),
        4 => ["uin/", "uid/"]
            .map(|prefix| part(prefix, Some(about::resource::segment("qcs::::x:y", 7, catalog).0)))
            .into(),
        5 => {
            let service = typed.split(':').nth(2).unwrap_or_default();
            let forms = about::resource::forms_of(service, catalog);
            // Behind the type everything is an id, which nobody knows.
            let open = forms.into_iter().filter(|form| !own.contains('/') || form.starts_with(own));
            open.map(|form| part(form, None)).collect()
        }
        _ => Vec::new(),
    }
}

/// The actions of the statement that the catalogue knows.
pub(super) fn actions<'v>(view: &View<'v>, pointed: &Pointed<'_>) -> Vec<ActionEntry<'v>> {
    let catalog = view.catalog();
    let mut actions = Vec::new();
    for text in pointed.strings("action") {
        let bare = text.strip_prefix("name/").unwrap_or(text);
        let Some((service, operation)) = bare.split_once(':') else { continue };
        let Some(known) = catalog.service(service) else { continue };
        if operation.contains('*') {
            let matching: Vec<_> = known.actions_matching(operation).take(MOST_ACTIONS).collect();
            actions.extend(matching);
        } else {
            actions.extend(known.action(operation));
        }
        if actions.len() >= MOST_ACTIONS {
            break;
        }
    }
    actions
}
