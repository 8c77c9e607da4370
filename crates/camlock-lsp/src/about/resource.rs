//! The six segments of a resource name.

use std::ops::Range;

use camlock_catalog::Catalog;
use camlock_policy::Region;

use super::{action, code};

/// What the segment around a byte of a resource name is, and the bytes of the segment.
pub(crate) fn segment(text: &str, at: usize, catalog: &Catalog) -> (String, Range<usize>) {
    if text == "*" {
        return (
            "**every resource**, and the only value that covers what has none [RES-1]".into(),
            0..1,
        );
    }
    let (index, range) = segment_at(text, at);
    let own = text.get(range.clone()).unwrap_or_default();
    let said = match index {
        0 => "segment 1: always `qcs` [RES-3]".to_owned(),
        1 => "segment 2, project: left empty; only old policies have one [RES-4]".to_owned(),
        2 => service(own, catalog),
        3 => region(own, catalog),
        4 => account(own),
        _ => path(own, text, catalog),
    };
    (said, range)
}

/// The segment that a byte is in, from 0, and its bytes; the sixth is the rest.
pub(crate) fn segment_at(text: &str, at: usize) -> (usize, Range<usize>) {
    let mut start = 0;
    for (index, part) in text.splitn(6, ':').enumerate() {
        let end = start + part.len();
        if at <= end || end == text.len() {
            return (index, start..end);
        }
        start = end + 1;
    }
    (5, start.min(text.len())..text.len())
}

fn service(own: &str, catalog: &Catalog) -> String {
    let text = "segment 3, service: empty or `*` means every one [RES-5]";
    match catalog.service(own) {
        Some(service) => format!("{text}\n\n{}", action::service(service)),
        None => text.to_owned(),
    }
}

fn region(own: &str, catalog: &Catalog) -> String {
    let text = "segment 4, region: empty or `*` means every one; global services have none [RES-6]";
    let region = Region::new(own);
    let known = match region.canonical() {
        "" | "*" => return text.to_owned(),
        canonical if canonical != own => {
            format!("{} is the old name of {} [RES-7]", code(own), code(canonical))
        }
        _ if catalog.is_region(own) => format!("{} is a known region", code(own)),
        _ => match catalog.close_region(own) {
            Some(close) => format!("{} is not known; {} is", code(own), code(close)),
            None => format!("{} is not known", code(own)),
        },
    };
    format!("{text}\n\n{known}")
}

fn account(own: &str) -> String {
    let is = match own {
        "" => "the account that owns the policy",
        "*" => "any account",
        "uin/-1" => "the account of the caller, as preset policies write it [RES-22]",
        _ if own.starts_with("uin/") => {
            "a root account by its uin; COS, CI and CAS take `uid/` instead"
        }
        _ if own.starts_with("uid/") => "an account by its APPID, as COS, CI and CAS write it",
        _ => "write `uin/` with a uin, `uid/` with an APPID, or leave it empty",
    };
    format!("segment 5, account: {is} [RES-8, RES-9]")
}

fn path(own: &str, text: &str, catalog: &Catalog) -> String {
    let mut said = String::from(
        "segment 6, resource: `type/id` or a path, compared as a whole. `*` stands for any run of \
         characters, `/` and `:` included; there is no prefix match without it [RES-10, RES-11, RES-12]",
    );
    if text.split(':').nth(2) == Some("cos") {
        said.push_str(
            "\n\nCOS: `bucket-appid/key`; a bucket alone is `bucket-appid/` or without slash",
        );
    }
    if own.contains("${") {
        said.push_str("\n\nWhat `${…}` stands for is literal: a `*` in it is no wildcard [VAR-6]");
    }
    let service = text.split(':').nth(2).unwrap_or_default();
    let forms = forms_of(service, catalog);
    if !forms.is_empty() {
        said.push_str("\n\nKnown: ");
        said.push_str(&forms.iter().take(8).map(|form| code(form)).collect::<Vec<_>>().join(", "));
        said.push_str(&super::dated(catalog));
    }
    said
}

/// The last segments that the resources of a service are known to have.
pub(crate) fn forms_of<'c>(service: &str, catalog: &'c Catalog) -> Vec<&'c str> {
    let Some(known) = catalog.service(service) else { return Vec::new() };
    let mut forms: Vec<&str> = known
        .actions()
        .flat_map(camlock_catalog::ActionEntry::resource_forms)
        .filter(|form| form.service() == service)
        .map(camlock_catalog::ResourceForm::path)
        .collect();
    forms.sort_unstable();
    forms.dedup();
    forms
}

#[cfg(test)]
mod tests {
    use super::segment_at;

    #[test]
    fn the_sixth_segment_is_the_rest() {
        let text = "qcs::cos:ap-x:uid/1:a:b";
        for (at, index, own) in [
            (0, 0, "qcs"),
            (3, 0, "qcs"),
            (4, 1, ""),
            (5, 2, "cos"),
            (9, 3, "ap-x"),
            (14, 4, "uid/1"),
            (20, 5, "a:b"),
            (23, 5, "a:b"),
        ] {
            let (found, range) = segment_at(text, at);
            assert_eq!((found, text.get(range)), (index, Some(own)), "{at}");
        }
        assert_eq!(segment_at("", 0), (0, 0..0));
        assert_eq!(segment_at("qcs::", 5), (2, 5..5));
    }
}
