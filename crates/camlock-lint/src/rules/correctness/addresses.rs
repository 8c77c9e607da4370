//! Addresses in forms that CAM does not take, and the form that it takes.

use camlock_policy::{IpRange, OperatorFamily};
use camlock_source::quote;

use crate::context::Context;
use crate::element::{ConditionElement, ValueElement};

/// What an address in another form stands for.
#[derive(Debug)]
pub(in crate::rules) enum Meant {
    /// A range, in the form that CAM takes.
    Range(String),
    /// No single range.
    NoRange,
}

/// Reports the values of an `ip_` operator that CAM refuses and that `meant` knows the form of.
///
/// `what` is said about each of them, and `otherwise` is the help where there is no range to offer.
pub(in crate::rules) fn check(
    condition: &ConditionElement<'_>,
    cx: &mut Context<'_>,
    meant: impl Fn(&str) -> Option<Meant>,
    (what, otherwise): (&str, &str),
) {
    let is_ip = condition.operator.is_some_and(|own| own.base().family() == OperatorFamily::Ip);
    for value in condition.values.iter().filter_map(ValueElement::string).filter(|_| is_ip) {
        let text = value.decoded();
        if IpRange::parse(text).is_some() {
            continue;
        }
        let Some(meant) = meant(text) else { continue };
        let (help, edit) = match &meant {
            Meant::Range(range) => (format!("write `{range}`"), Some(value.replace_with(range))),
            Meant::NoRange => (otherwise.to_owned(), None),
        };
        cx.report(&value, format!("the address `{}` {what}", quote(text)))
            .help(help)
            .suggestion("write it as CAM takes it", edit);
    }
}
