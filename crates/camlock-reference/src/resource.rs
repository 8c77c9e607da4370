//! Whether a statement speaks about the resource in question [RES-1 to RES-18].

use camlock_policy::{
    AccountPattern, Effect, Layer, Piece, Region, ResourceName, ResourcePath, ResourcePattern,
    SegmentPatterns, Template,
};

use crate::accounts::{self, Account};
use crate::question::Question;
use crate::truth::Truth;
use crate::{variable, wildcard};

/// Whether the pattern covers the resource.
pub(crate) fn covers(
    question: Question<'_>,
    layer: Layer,
    effect: Effect,
    pattern: &ResourcePattern,
) -> Truth {
    match (pattern, question.resource) {
        (ResourcePattern::Any, _) => Truth::Yes,
        // A service-level product is granted as a whole or not at all [ACT-9].
        _ if effect == Effect::Allow && question.request.is_service_level() => Truth::No,
        (ResourcePattern::Segments(pattern), ResourceName::Path(path)) => {
            covers_path(question, layer, pattern, path)
        }
        (ResourcePattern::Segments(pattern), ResourceName::Any) => match effect {
            Effect::Allow => Truth::No,
            Effect::Deny => denies_whole_service(question, layer, pattern),
        },
    }
}

/// Whether each segment covers its counterpart [RES-5 to RES-12]; the project says nothing [RES-4].
fn covers_path(
    question: Question<'_>,
    layer: Layer,
    pattern: &SegmentPatterns,
    path: &ResourcePath,
) -> Truth {
    Truth::all([
        covers_service(pattern.service(), path.service()),
        covers_region(pattern.region(), path.region()),
        covers_account(question, layer, pattern.account()),
        covers_last_segment(question, pattern.resource(), path.resource()),
    ])
}

/// No service named is every service [RES-5].
fn covers_service(pattern: Option<&str>, service: &str) -> Truth {
    pattern.is_none_or(|pattern| pattern == service).into()
}

/// No region named is every region; names are compared behind their legacy names [RES-6, RES-7].
fn covers_region(pattern: Option<&Region>, region: &Region) -> Truth {
    pattern.is_none_or(|pattern| pattern.canonical() == region.canonical()).into()
}

/// Whether the account of the resource is the one that the policy means [RES-8].
fn covers_account(question: Question<'_>, layer: Layer, pattern: &AccountPattern) -> Truth {
    let account = match pattern {
        AccountPattern::Any => return Truth::Yes,
        // In these kinds an empty account is that of the requested name, whatever it is [RD-2].
        AccountPattern::Owner if matches!(layer, Layer::Resource | Layer::Scp) => {
            return Truth::Yes;
        }
        AccountPattern::Owner => accounts::caller(question),
        AccountPattern::Caller => accounts::minus_one(question),
        AccountPattern::Uin(uin) => Account::of_uin(uin),
        AccountPattern::AppId(app_id) => Account::of_app_id(app_id),
    };
    accounts::same(question, &account, &accounts::of_resource(question))
}

/// The whole last segment against the pattern; nothing is matched as a mere prefix [RES-10, RES-11].
fn covers_last_segment(question: Question<'_>, pattern: &Template, text: &str) -> Truth {
    match variable::fill(pattern, question.principal()) {
        None => Truth::Unknown,
        Some(pattern) => wildcard::matches(&pattern, text).into(),
    }
}

/// Whether a deny plainly means the whole service and so covers a request for `*` [RES-18].
fn denies_whole_service(question: Question<'_>, layer: Layer, pattern: &SegmentPatterns) -> Truth {
    Truth::all([
        covers_service(pattern.service(), question.request.action().service()),
        pattern.region().is_none().into(),
        names_policy_owner(question, layer, pattern.account()),
        (pattern.resource().pieces() == [Piece::Star]).into(),
    ])
}

/// Whether the account segment is that of the account that owns the policy, or leaves it open [RES-18].
fn names_policy_owner(question: Question<'_>, layer: Layer, pattern: &AccountPattern) -> Truth {
    let account = match pattern {
        AccountPattern::Owner | AccountPattern::Any => return Truth::Yes,
        AccountPattern::Caller => accounts::minus_one(question),
        AccountPattern::Uin(uin) => Account::of_uin(uin),
        AccountPattern::AppId(app_id) => Account::of_app_id(app_id),
    };
    accounts::same(question, &account, &policy_owner(question, layer))
}

/// The account that owns a policy; for a resource policy the owner of the resource, if it is stated.
fn policy_owner(question: Question<'_>, layer: Layer) -> Account {
    let stated = accounts::stated_owner(question).filter(|_| layer == Layer::Resource);
    stated.unwrap_or_else(|| accounts::caller(question))
}
