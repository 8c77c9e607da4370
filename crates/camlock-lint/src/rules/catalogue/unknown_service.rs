//! Finds services that the catalogue does not know.

use camlock_catalog::{Catalog, Service};
use camlock_source::quote;

use crate::context::Context;
use crate::element::{ActionElement, StatementElement};
use crate::rule::Rule;
use crate::rules::catalogue::names_here;

declare_rule! {
    /// ## What it finds
    ///
    /// An action of a service that the catalogue does not know.
    ///
    /// ## Why it matters
    ///
    /// The action never applies. In an allow somebody will miss a permission; in a deny something is
    /// open that was thought shut. Catalogues lag behind the platform, so look whether the service is
    /// newer than the date that the finding names.
    ///
    /// ## Example
    ///
    /// ```json,CAM5001
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "mongdb:DescribeDBInstances", "resource": "*" }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "mongodb:DescribeDBInstances", "resource": "*" }
    /// ] }
    /// ```
    pub(crate) UnknownService = {
        code: "CAM5001",
        name: "unknown-service",
        group: Catalogue,
        level: Warning,
        since: "0.2.0",
        summary: "an action of a service that the catalogue does not know",
        spec: ["ACT-10"],
        fix: Suggestion,
    }
}

impl Rule for UnknownService {
    fn check_action(
        &self,
        action: &ActionElement<'_>,
        _: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        let Some((service, (range, _))) = action.service().zip(action.ranges()) else { return };
        let catalog = cx.catalog();
        if catalog.service(service).is_some() {
            return;
        }
        let close = close(catalog, service, action.operation());
        let span = action.string.span_of(range);
        let edit = close.map(|close| camlock_source::Edit::replace(span, close));
        let help = close.map_or_else(
            || "look the service up in the list of services that CAM supports".to_owned(),
            |close| format!("did you mean `{close}`"),
        );
        cx.report(&span, format!("there is no service `{}`", quote(service)))
            .help(help)
            .suggestion(format!("write `{}`", close.unwrap_or_default()), edit);
    }
}

/// What people call services here that have another name in CAM.
const NICKNAMES: [(&str, &str); 2] = [("mysql", "cdb"), ("eip", "vpc")];

/// The service that a name is a slip of: one that has the operation, or else one that is close. Of three
/// letters every other name is close, so that only swapped ones count.
fn close<'c>(catalog: &'c Catalog, name: &str, operation: Option<&str>) -> Option<&'c str> {
    let known = |(own, here): &(&str, &'static str)| (*own == name).then_some(*here);
    if let Some(service) = NICKNAMES.iter().find_map(known).and_then(|here| catalog.service(here)) {
        return Some(service.name());
    }
    let slips = || catalog.services().filter(|own| names_here::is_slip(name, own.name()));
    let pattern = operation.filter(|own| *own != "*").unwrap_or_default();
    let has_operation = |own: &Service<'_>| own.actions_matching(pattern).next().is_some();
    let letters = |text: &str| {
        let mut letters = text.as_bytes().to_vec();
        letters.sort_unstable();
        letters
    };
    let own = letters(name);
    let is_swap = |other: &Service<'_>| letters(other.name()) == own;
    let sure = slips().find(has_operation).or_else(|| slips().find(is_swap));
    let close = || catalog.close_service(name).filter(|_| name.len() > 3);
    sure.or_else(close).map(Service::name)
}

#[cfg(test)]
mod tests {
    use crate::testing::{check, helps, messages};

    #[test]
    fn the_service_is_underlined_behind_the_prefix() {
        check(
            "CAM5001",
            r#"{"effect": "allow", "resource": "*",
            "action": ["name/«coss»:GetObject", "«nosuch»:*", "cos:*", "*", "finance:*"]}"#,
        );
    }

    #[test]
    fn services_with_the_operation_come_first_and_short_names_are_no_slips() {
        let help = |action: &str| {
            helps(
                "CAM5001",
                &format!(r#"{{"effect": "deny", "action": "{action}", "resource": "*"}}"#),
            )
        };
        assert_eq!(help("cmv:DescribeInstances"), ["did you mean `cvm`"]);
        assert_eq!(help("cmv:*"), ["did you mean `cvm`"]);
        assert_eq!(help("cvn:RunInstances"), ["did you mean `cvm`"]);
        assert_eq!(help("mysql:*"), ["did you mean `cdb`"]);
        let none = "look the service up in the list of services that CAM supports";
        assert_eq!(help("csv:*"), [none]);
        assert_eq!(help("csv:NoSuch"), [none]);
    }

    #[test]
    fn nothing_is_guessed_from_far_away() {
        let found =
            messages("CAM5001", r#"{"effect": "deny", "action": "zzzzzz:*", "resource": "*"}"#);
        assert_eq!(found, ["there is no service `zzzzzz`"]);
    }
}
