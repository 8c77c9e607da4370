//! Conditions that name their values, so that statements can be found by them.

use std::net::IpAddr;

use camlock_policy::{BaseOperator, Comparison, Context};

use super::CompiledCondition;
use super::lookup::Key;
use super::test::{Operand, Range, Test, TextTest};

/// What a condition can only hold for: without one of these values it is false, and not unknown as
/// long as every value of the key can be read.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Guard<'a> {
    /// Some value of the key is one of these texts.
    Texts(&'a Key, &'a [TextTest]),
    /// Some value of the key lies in one of these networks.
    Networks(&'a Key, &'a [Range]),
    /// Some value of the key is a time in this interval.
    Times(&'a Key, Interval),
    /// Some value of the key is a number in this interval.
    Numbers(&'a Key, Interval),
}

/// From one number to another, both included; see [`Decimal::order`](camlock_policy::Decimal::order).
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct Interval {
    pub(crate) low: i64,
    pub(crate) high: i64,
}

impl Interval {
    /// Holds nothing.
    pub(crate) const EMPTY: Self = Self { low: i64::MAX, high: i64::MIN };

    /// The values that compare with `number` so.
    pub(super) fn of(comparison: Comparison, number: i64) -> Self {
        match comparison {
            Comparison::Less | Comparison::LessOrEqual => Self { low: i64::MIN, high: number },
            Comparison::Greater | Comparison::GreaterOrEqual => {
                Self { low: number, high: i64::MAX }
            }
            _ => Self { low: number, high: number },
        }
    }

    /// The smallest interval that holds both.
    pub(crate) fn hull(self, other: Self) -> Self {
        Self { low: self.low.min(other.low), high: self.high.max(other.high) }
    }

    /// Whether some number is in both.
    pub(crate) fn meets(self, other: Self) -> bool {
        self.low <= other.high && other.low <= self.high
    }
}

/// What has to be read to find statements by their guards.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub(crate) enum GuardKind<'a> {
    /// The texts of a key.
    Text(&'a Key),
    /// The addresses of a key.
    Network(&'a Key),
    /// The times of a key.
    Time(&'a Key),
    /// The numbers of a key.
    Number(&'a Key),
}

impl<'a> Guard<'a> {
    pub(crate) fn kind(self) -> GuardKind<'a> {
        match self {
            Self::Texts(key, _) => GuardKind::Text(key),
            Self::Networks(key, _) => GuardKind::Network(key),
            Self::Times(key, _) => GuardKind::Time(key),
            Self::Numbers(key, _) => GuardKind::Number(key),
        }
    }
}

/// Which bits of an address tell its network.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Mask {
    V4(u32),
    V6(u128),
}

impl Mask {
    /// The network that an address of the family lies in.
    pub(crate) fn network(self, address: IpAddr) -> Option<u128> {
        match (self, address) {
            (Self::V4(mask), IpAddr::V4(address)) => Some(u128::from(u32::from(address) & mask)),
            (Self::V6(mask), IpAddr::V6(address)) => Some(u128::from(address) & mask),
            _ => None,
        }
    }

    /// Tells masks apart.
    pub(crate) fn number(self) -> u64 {
        match self {
            Self::V4(mask) => u64::from(mask.count_ones()),
            Self::V6(mask) => 64 + u64::from(mask.count_ones()),
        }
    }
}

impl CompiledCondition {
    /// The values that the condition needs one of, where it names them.
    pub(crate) fn guard(&self) -> Option<Guard<'_>> {
        // With `_if_exist` it holds for a missing key as well.
        if self.operator.if_exist() {
            return None;
        }
        match (self.operator.base(), &self.test) {
            (BaseOperator::StringEqual, Test::Text(texts)) => texts
                .iter()
                .all(|text| text.literal().is_some())
                .then_some(Guard::Texts(&self.key, texts)),
            (BaseOperator::IpEqual, Test::Address(ranges)) => {
                Some(Guard::Networks(&self.key, ranges))
            }
            (_, Test::Time(..)) => Some(Guard::Times(&self.key, self.interval?)),
            (_, Test::Number(..)) => Some(Guard::Numbers(&self.key, self.interval?)),
            _ => None,
        }
    }

    /// The smallest interval that holds the values of the key as times or numbers, whichever the
    /// condition compares; `None` where one cannot be read.
    pub(crate) fn measured(&self, context: &Context) -> Option<Interval> {
        let mut values = self.key.values(self.key.find(context));
        values.try_fold(Interval::EMPTY, |hull, value| {
            let order = self.test.order(value?)?;
            Some(hull.hull(Interval { low: order, high: order }))
        })
    }

    /// The values of the key as texts; `None` stands for one that cannot be read.
    pub(crate) fn texts<'a>(
        &'a self,
        context: &'a Context,
    ) -> impl Iterator<Item = Option<&'a str>> {
        self.key.values(self.key.find(context)).map(|value| value.and_then(Operand::text))
    }

    /// The values of the key as addresses; `None` stands for one that cannot be read.
    pub(crate) fn addresses<'a>(
        &'a self,
        context: &'a Context,
    ) -> impl Iterator<Item = Option<IpAddr>> {
        self.key.values(self.key.find(context)).map(|value| value.and_then(Operand::address))
    }
}
