//! Repairs of the strings of a policy: each is tried, and what cannot be read afterwards is not offered.

use camlock_policy::{
    ActionPattern, ConditionKey, IpRange, Operator, PrincipalPattern, ResourcePattern,
};
use camlock_source::{Diagnostic, Edit};

use super::elements::{renamed, suggested};
use crate::document::Document;
use crate::edits;
use crate::element::StringElement;

/// Services whose resources belong to an APPID [RES-9].
const BY_APP_ID: [&str; 3] = ["cos", "cas", "ci"];

/// A colon in the place of a dot or of a full-width colon.
pub(super) fn colon(fault: &Diagnostic, document: &Document<'_>) -> Option<(String, Edit)> {
    let written = document.slice(fault.span);
    let edit = || ("write a colon".to_owned(), Edit::replace(fault.span, ":"));
    matches!(written, "." | "：").then(edit)
}

pub(super) fn action(fault: &Diagnostic, document: &Document<'_>) -> Option<(String, Edit)> {
    first_that_reads(
        fault,
        document,
        |text| ActionPattern::parse(text).is_ok(),
        |text| {
            let close = without_blanks(text);
            let single = close.replacen("::", ":", 1);
            [close.clone(), single.clone(), lower_service(&close), lower_service(&single)].into()
        },
    )
}

pub(super) fn resource(fault: &Diagnostic, document: &Document<'_>) -> Option<(String, Edit)> {
    first_that_reads(
        fault,
        document,
        |text| ResourcePattern::parse(text).is_ok(),
        |text| {
            let close = without_blanks(text);
            let mut all = vec![close.clone()];
            if let Some(rest) = close.strip_prefix("qcs:").filter(|rest| !rest.starts_with(':')) {
                all.push(format!("qcs::{rest}"));
            }
            all.extend(lower_segments(&close));
            all.extend(account_prefix(&close));
            all.extend(empty_region(&close));
            all
        },
    )
}

pub(super) fn principal(fault: &Diagnostic, document: &Document<'_>) -> Option<(String, Edit)> {
    first_that_reads(
        fault,
        document,
        |text| PrincipalPattern::parse_qcs(text).is_ok(),
        |text| {
            let close = without_blanks(text);
            let mut all = vec![close.clone()];
            all.extend(lower_first(&close));
            if let Some(rest) = close.strip_prefix("qcs:cam:") {
                all.push(format!("qcs::cam:{rest}"));
            }
            let ids = close.strip_prefix("qcs::cam::").and_then(|rest| rest.split_once(':'));
            if let Some((account, user)) = ids {
                let (account, user) = (with_uin(account), with_uin(user));
                all.push(format!("qcs::cam::{account}:{user}"));
            }
            all
        },
    )
}

pub(super) fn service_principal(
    fault: &Diagnostic,
    document: &Document<'_>,
) -> Option<(String, Edit)> {
    let reads = |text: &str| PrincipalPattern::parse_service(text).is_ok();
    first_that_reads(fault, document, reads, |text| vec![without_blanks(text)])
}

/// The operator that the help asks about; `null_equal` without what decorates it.
pub(super) fn operator(fault: &Diagnostic, document: &Document<'_>) -> Option<(String, Edit)> {
    let known = suggested(fault)?;
    let known = if known.contains("null_equal") { "null_equal" } else { known };
    Operator::parse(known).ok()?;
    renamed(fault, document, known)
}

/// The key without blanks, or the well-known one that differs in letter case.
pub(super) fn key(fault: &Diagnostic, document: &Document<'_>) -> Option<(String, Edit)> {
    let written = string_at(fault, document)?.decoded();
    let close = without_blanks(written);
    let (base, tag) = match close.split_once('/') {
        Some((base, tag)) => (base, Some(tag)),
        None => (close.as_str(), None),
    };
    let known = ConditionKey::well_known().find(|known| known.eq_ignore_ascii_case(base));
    let key = match (known, tag) {
        (Some(known), Some(tag)) => format!("{known}/{tag}"),
        (Some(known), None) => known.to_owned(),
        (None, _) => close,
    };
    ConditionKey::parse(&key).ok()?;
    (key != written).then(|| renamed(fault, document, &key)).flatten()
}

/// A number without blanks around it.
pub(super) fn number(fault: &Diagnostic, document: &Document<'_>) -> Option<(String, Edit)> {
    let is_number = |text: &str| camlock_policy::Decimal::parse(text).is_some();
    first_that_reads(fault, document, is_number, |text| vec![text.trim().to_owned()])
}

/// A number in quotes, as a string operator compares it.
pub(super) fn number_as_text(
    fault: &Diagnostic,
    document: &Document<'_>,
) -> Option<(String, Edit)> {
    let number = document.slice(fault.span);
    let is_bare = number.starts_with(|c: char| c.is_ascii_digit() || c == '-');
    is_bare.then(|| ("write it as a string".to_owned(), edits::literal(fault.span, number)))
}

pub(super) fn boolean(fault: &Diagnostic, document: &Document<'_>) -> Option<(String, Edit)> {
    let reads = |text: &str| matches!(text, "true" | "false");
    first_that_reads(fault, document, reads, |text| vec![text.trim().to_ascii_lowercase()])
}

pub(super) fn address(fault: &Diagnostic, document: &Document<'_>) -> Option<(String, Edit)> {
    let reads = |text: &str| IpRange::parse(text).is_some();
    first_that_reads(fault, document, reads, |text| vec![without_blanks(text)])
}

/// `key:value` and `key=value` as the tag that they are probably meant to be.
pub(super) fn tag(fault: &Diagnostic, document: &Document<'_>) -> Option<(String, Edit)> {
    let reads = |text: &str| text.contains('&');
    first_that_reads(fault, document, reads, |text| {
        let marks = text.matches([':', '=']).count();
        let parts = text.split_once([':', '=']).filter(|_| marks == 1);
        let tag = |(key, value): (&str, &str)| format!("{}&{}", key.trim(), value.trim());
        parts.map(tag).into_iter().collect()
    })
}

/// The first candidate that can be read in the place of the string at the fault.
fn first_that_reads(
    fault: &Diagnostic,
    document: &Document<'_>,
    reads: impl Fn(&str) -> bool,
    candidates: impl Fn(&str) -> Vec<String>,
) -> Option<(String, Edit)> {
    let string = string_at(fault, document)?;
    let mut candidates = candidates(string.decoded()).into_iter();
    let better = candidates.find(|text| text != string.decoded() && reads(text))?;
    let title = format!("write `{}`", camlock_source::quote(&better));
    Some((title, string.replace_with(&better)))
}

/// The string in which a fault stands.
///
/// # Complexity
///
/// The logarithm of how many there are; a document may have a fault in each.
fn string_at<'d>(fault: &Diagnostic, document: &'d Document<'_>) -> Option<&'d StringElement<'d>> {
    let strings = document.strings();
    let behind = strings.partition_point(|own| own.span().start <= fault.span.start);
    let string = behind.checked_sub(1).and_then(|index| strings.get(index))?;
    (fault.span.end <= string.span().end).then_some(string)
}

fn without_blanks(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// An action whose service is in lower case.
fn lower_service(action: &str) -> String {
    match action.split_once(':') {
        Some((service, operation)) => format!("{}:{operation}", service.to_ascii_lowercase()),
        None => action.to_owned(),
    }
}

/// A name whose first segment is in lower case.
fn lower_first(name: &str) -> Option<String> {
    let (first, rest) = name.split_once(':')?;
    Some(format!("{}:{rest}", first.to_ascii_lowercase()))
}

/// A resource whose first, service and region segments are in lower case.
fn lower_segments(name: &str) -> Option<String> {
    let mut segments = name.splitn(6, ':');
    let (qcs, project, service) = (segments.next()?, segments.next()?, segments.next()?);
    let (region, account, last) = (segments.next()?, segments.next()?, segments.next()?);
    let lower = str::to_ascii_lowercase;
    let region = lower(region).replace('_', "-");
    Some(format!("{}:{project}:{}:{region}:{account}:{last}", lower(qcs), lower(service)))
}

/// A resource whose account has the prefix that its service uses [RES-9].
fn account_prefix(name: &str) -> Option<String> {
    let mut segments = name.splitn(6, ':');
    let (qcs, project, service) = (segments.next()?, segments.next()?, segments.next()?);
    let (region, account, last) = (segments.next()?, segments.next()?, segments.next()?);
    let prefix = if BY_APP_ID.contains(&service) { "uid" } else { "uin" };
    is_digits(account)
        .then(|| format!("{qcs}:{project}:{service}:{region}:{prefix}/{account}:{last}"))
}

/// A resource in which the account stands in the place of the region.
fn empty_region(name: &str) -> Option<String> {
    let mut segments = name.splitn(4, ':');
    let (qcs, project, service) = (segments.next()?, segments.next()?, segments.next()?);
    let rest = segments.next()?;
    let is_account = rest.starts_with("uin/") || rest.starts_with("uid/");
    is_account.then(|| format!("{qcs}:{project}:{service}::{rest}"))
}

fn with_uin(id: &str) -> String {
    if is_digits(id) { format!("uin/{id}") } else { id.to_owned() }
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}
