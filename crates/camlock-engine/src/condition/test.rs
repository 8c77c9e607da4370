//! One value of the request against the values of a condition, one type a variant.

use std::cmp::Ordering;
use std::net::IpAddr;

use camlock_policy::{
    BaseOperator, Comparison, ConditionValue, ContextFact, ContextValue, Decimal, IpRange,
    OperatorFamily, Template, UtcTime,
};

use super::collect;
use super::guard::{Interval, Mask};
use super::lookup::Presence;
use crate::matcher::Matcher;
use crate::prepare::Prepared;
use crate::truth::Truth;
use crate::variables::Variables;

/// The values of a condition in matching form; any of them suffices [CND-2].
#[derive(Debug)]
pub(super) enum Test {
    Text(Box<[TextTest]>),
    IgnoreCase(Box<[TextTest]>),
    Number(Comparison, Box<[Box<str>]>),
    Time(Comparison, Box<[UtcTime]>),
    Bool(Box<[bool]>),
    Address(Box<[Range]>),
    /// Whether the key has to be missing, or present [CND-23].
    Missing(Box<[bool]>),
}

/// A text and whether it takes tags of the caller, which makes it several texts [VAR-7].
#[derive(Debug)]
pub(crate) struct TextTest {
    matcher: Matcher,
    takes_tags: bool,
    /// The text where there are no variables and no stars.
    literal: Option<Box<str>>,
}

/// An address range as numbers, so that a look-up is one comparison.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Range {
    V4 { network: u32, mask: u32 },
    V6 { network: u128, mask: u128 },
}

/// What is compared: a value of the context, or the text of one tag.
#[derive(Clone, Copy, Debug)]
pub(super) enum Operand<'a> {
    Value(&'a ContextValue, &'a ContextFact),
    Text(&'a str),
}

impl<'a> Operand<'a> {
    pub(super) fn text(self) -> Option<&'a str> {
        match self {
            Self::Value(value, _) => value.text(),
            Self::Text(text) => Some(text),
        }
    }

    fn number(self) -> Option<Decimal<'a>> {
        match self {
            Self::Value(value, _) => value.number(),
            Self::Text(text) => Decimal::parse(text),
        }
    }

    /// Tags have no address, time or boolean, whatever their text looks like.
    pub(super) fn address(self) -> Option<IpAddr> {
        match self {
            Self::Value(_, fact) => fact.address,
            Self::Text(_) => None,
        }
    }

    fn time(self) -> Option<UtcTime> {
        match self {
            Self::Value(_, fact) => fact.time,
            Self::Text(_) => None,
        }
    }

    fn boolean(self) -> Option<bool> {
        match self {
            Self::Value(value, _) => value.boolean(),
            Self::Text(_) => None,
        }
    }
}

impl Test {
    pub(super) fn new(operator: BaseOperator, values: &[ConditionValue]) -> Self {
        let texts = || {
            collect(values, |value| match value {
                ConditionValue::Text(template) => Some(TextTest::new(template)),
                _ => None,
            })
        };
        let bools = || {
            collect(values, |value| match value {
                ConditionValue::Bool(value) => Some(*value),
                _ => None,
            })
        };
        match operator.family() {
            OperatorFamily::String if operator.comparison() == Comparison::EqualIgnoreCase => {
                Self::IgnoreCase(texts())
            }
            OperatorFamily::String | OperatorFamily::Binary => Self::Text(texts()),
            OperatorFamily::Numeric => {
                let numbers = collect(values, |value| match value {
                    ConditionValue::Number(number) => Some(number.clone()),
                    _ => None,
                });
                Self::Number(operator.comparison(), numbers)
            }
            OperatorFamily::Date => {
                let times = collect(values, |value| match value {
                    ConditionValue::Time(time) => Some(*time),
                    _ => None,
                });
                Self::Time(operator.comparison(), times)
            }
            OperatorFamily::Bool => Self::Bool(bools()),
            OperatorFamily::Ip => Self::Address(collect(values, |value| match value {
                ConditionValue::Ip(range) => Some(Range::new(range)),
                _ => None,
            })),
            OperatorFamily::Null => Self::Missing(bools()),
        }
    }

    /// Whether the value compares with any of the condition's; unknown where it cannot be read
    /// [CND-29].
    pub(super) fn matches(&self, value: Operand<'_>, request: &Prepared<'_>) -> Truth {
        match self {
            Self::Text(texts) => value.text().map_or(Truth::Unknown, |text| {
                Truth::any(texts.iter().map(|own| own.matches(text, request)))
            }),
            Self::IgnoreCase(texts) => value.text().map_or(Truth::Unknown, |text| {
                Truth::any(texts.iter().map(|own| own.matches_ignoring_case(text, request)))
            }),
            Self::Number(comparison, numbers) => value.number().map_or(Truth::Unknown, |value| {
                let mut own = numbers.iter().filter_map(|number| Decimal::parse(number));
                own.any(|own| holds(*comparison, value.cmp(&own))).into()
            }),
            Self::Time(comparison, times) => value.time().map_or(Truth::Unknown, |value| {
                times.iter().any(|own| holds(*comparison, value.cmp(own))).into()
            }),
            Self::Bool(bools) => {
                value.boolean().map_or(Truth::Unknown, |value| bools.contains(&value).into())
            }
            Self::Address(ranges) => value.address().map_or(Truth::Unknown, |address| {
                ranges.iter().any(|range| range.contains(address)).into()
            }),
            // INVARIANT: asked of `presence` instead; failing closed keeps a slip from granting.
            Self::Missing(_) => Truth::Unknown,
        }
    }

    /// An interval that holds every value of the request that compares, for times and numbers.
    pub(super) fn interval(&self) -> Option<Interval> {
        let orders: Vec<i64> = match self {
            Self::Time(_, times) => times.iter().map(UtcTime::order).collect(),
            Self::Number(_, numbers) => {
                let orders = numbers.iter().map(|number| Some(Decimal::parse(number)?.order()));
                orders.collect::<Option<_>>()?
            }
            _ => return None,
        };
        let (Self::Time(comparison, _) | Self::Number(comparison, _)) = self else { return None };
        let intervals = orders.into_iter().map(|order| Interval::of(*comparison, order));
        intervals.reduce(Interval::hull)
    }

    /// The value of the request as a number that intervals are made of.
    pub(super) fn order(&self, value: Operand<'_>) -> Option<i64> {
        match self {
            Self::Time(..) => value.time().map(|time| time.order()),
            Self::Number(..) => value.number().map(|number| number.order()),
            _ => None,
        }
    }

    /// Whether the presence of the key is one that `null_equal` asks for [CND-23].
    pub(super) fn presence(&self, presence: Presence) -> Truth {
        let Self::Missing(wanted) = self else { return Truth::Unknown };
        match presence {
            Presence::Missing => wanted.contains(&true).into(),
            Presence::Present => wanted.contains(&false).into(),
            Presence::Unreadable => Truth::Unknown,
        }
    }

    pub(super) fn memory_usage(&self) -> usize {
        match self {
            Self::Text(texts) | Self::IgnoreCase(texts) => {
                texts.iter().map(|text| size_of_val(text) + text.matcher.memory_usage()).sum()
            }
            Self::Number(_, numbers) => {
                numbers.iter().map(|number| size_of_val(number) + number.len()).sum()
            }
            Self::Time(_, times) => size_of_val(&**times),
            Self::Bool(bools) | Self::Missing(bools) => bools.len(),
            Self::Address(ranges) => size_of_val(&**ranges),
        }
    }
}

fn holds(comparison: Comparison, ordering: Ordering) -> bool {
    match comparison {
        Comparison::Equal => ordering.is_eq(),
        Comparison::Less => ordering.is_lt(),
        Comparison::LessOrEqual => ordering.is_le(),
        Comparison::Greater => ordering.is_gt(),
        Comparison::GreaterOrEqual => ordering.is_ge(),
        // INVARIANT: text and presence are compared elsewhere.
        Comparison::EqualIgnoreCase | Comparison::Like | Comparison::Missing => false,
    }
}

impl TextTest {
    fn new(template: &Template) -> Self {
        Self {
            matcher: Matcher::new(template),
            takes_tags: template.has_principal_tags(),
            literal: template.as_literal().map(Into::into),
        }
    }

    /// The text itself, where it takes nothing from the caller.
    pub(crate) fn literal(&self) -> Option<&str> {
        self.literal.as_deref()
    }

    fn matches(&self, text: &str, request: &Prepared<'_>) -> Truth {
        self.with_candidates(request, |variables| self.matcher.matches(text, variables))
    }

    fn matches_ignoring_case(&self, text: &str, request: &Prepared<'_>) -> Truth {
        if let Some(literal) = &self.literal {
            return literal.eq_ignore_ascii_case(text).into();
        }
        // INVARIANT: without wildcards, what is not a literal is a template.
        let Matcher::Template(template) = &self.matcher else { return Truth::Unknown };
        self.with_candidates(request, |variables| template.equals_ignoring_case(text, variables))
    }

    /// Each tag of the caller gives one candidate, and any candidate suffices; without tags there is
    /// nothing to compare with [VAR-5, VAR-7].
    fn with_candidates(
        &self,
        request: &Prepared<'_>,
        matches: impl Fn(&Variables<'_>) -> Truth,
    ) -> Truth {
        if !self.takes_tags {
            return matches(&request.variables());
        }
        match request.principal.tags() {
            [] => Truth::Unknown,
            tags => Truth::any(
                tags.iter().map(|(key, value)| matches(&request.variables().with_tag(key, value))),
            ),
        }
    }
}

impl Range {
    fn new(range: &IpRange) -> Self {
        let prefix = u32::from(range.prefix());
        match range.network() {
            IpAddr::V4(network) => {
                let mask = u32::MAX.checked_shl(32 - prefix).unwrap_or(0);
                Self::V4 { network: network.into(), mask }
            }
            IpAddr::V6(network) => {
                let mask = u128::MAX.checked_shl(128 - prefix).unwrap_or(0);
                Self::V6 { network: network.into(), mask }
            }
        }
    }

    /// The mask, and an address of the network.
    pub(crate) fn parts(self) -> (Mask, IpAddr) {
        match self {
            Self::V4 { network, mask } => (Mask::V4(mask), IpAddr::V4(network.into())),
            Self::V6 { network, mask } => (Mask::V6(mask), IpAddr::V6(network.into())),
        }
    }

    /// Addresses of different families never match [CND-22].
    fn contains(self, address: IpAddr) -> bool {
        match (self, address) {
            (Self::V4 { network, mask }, IpAddr::V4(address)) => {
                u32::from(address) & mask == network
            }
            (Self::V6 { network, mask }, IpAddr::V6(address)) => {
                u128::from(address) & mask == network
            }
            _ => false,
        }
    }
}
