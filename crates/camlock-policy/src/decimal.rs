//! Exact decimals, compared without ever becoming binary floats.

use std::cmp::Ordering;

use crate::grammar;

/// How far from the decimal point a digit may stand. Beyond it a number is refused rather than
/// rounded, so that an exponent of a few characters cannot cost memory or exactness [CND-18].
const MAX_MAGNITUDE: i64 = 1_000_000_000_000;

/// A number read from text in the JSON grammar, exact to the last digit [CND-18].
///
/// Borrows the text, so that reading and comparing a request's number allocates nothing.
///
/// # Examples
///
/// ```
/// use camlock_policy::Decimal;
///
/// assert_eq!(Decimal::parse("1.2"), Decimal::parse("1.20"));
/// assert!(Decimal::parse("1e2") > Decimal::parse("99.999"));
/// assert!(Decimal::parse("+5").is_none());
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Decimal<'a> {
    negative: bool,
    integer: &'a str,
    fraction: &'a str,
    /// Where the decimal point of `0.d₁d₂d₃…` has to move to the right, `d₁` not zero.
    magnitude: i64,
    /// How many digits of integer and fraction stand before `d₁`.
    leading_zeros: usize,
    zero: bool,
}

impl<'a> Decimal<'a> {
    /// Reads `text`, which must be one number of the JSON grammar and nothing else.
    pub fn parse(text: &'a str) -> Option<Self> {
        let parts = grammar::number(text)?;
        let digits = || parts.integer.bytes().chain(parts.fraction.bytes());
        let leading_zeros = digits().take_while(|b| *b == b'0').count();
        let length = parts.integer.len() + parts.fraction.len();
        let zero = leading_zeros == length;
        let magnitude = if zero {
            0
        } else {
            let shift = i64::try_from(parts.integer.len()).ok()?;
            let zeros = i64::try_from(leading_zeros).ok()?;
            let exponent = parse_exponent(parts.exponent)?;
            let magnitude = exponent.checked_add(shift)?.checked_sub(zeros)?;
            (-MAX_MAGNITUDE..=MAX_MAGNITUDE).contains(&magnitude).then_some(magnitude)?
        };
        Some(Self {
            negative: parts.negative && !zero,
            integer: parts.integer,
            fraction: parts.fraction,
            magnitude,
            leading_zeros,
            zero,
        })
    }

    /// A number that is never lower for a higher decimal, for indexes: decimals that share their size
    /// and their first nine digits share it.
    pub fn order(&self) -> i64 {
        const LIMIT: i64 = 1 << 30;
        const DIGITS: usize = 9;
        if self.zero {
            return 0;
        }
        let (magnitude, exact) = match self.magnitude {
            m if m > LIMIT => (LIMIT + 1, false),
            m if m < -LIMIT => (-LIMIT - 1, false),
            m => (m, true),
        };
        let significant = self.significant().map(Some).chain(std::iter::repeat(None));
        let first = significant.take(DIGITS).map(|digit| i64::from(digit.unwrap_or(b'0') - b'0'));
        let digits = if exact { first.fold(0, |all, digit| all * 10 + digit) } else { 0 };
        let absolute = ((magnitude + LIMIT + 2) << 30) + digits;
        if self.negative { -absolute } else { absolute }
    }

    fn significant(&self) -> impl Iterator<Item = u8> + 'a {
        self.integer.bytes().chain(self.fraction.bytes()).skip(self.leading_zeros)
    }

    fn compare_absolute(&self, other: &Self) -> Ordering {
        let by_magnitude = self.magnitude.cmp(&other.magnitude);
        by_magnitude.then_with(|| {
            let (mut left, mut right) = (self.significant(), other.significant());
            loop {
                // A missing digit is a zero: 1.2 equals 1.20.
                let pair = match (left.next(), right.next()) {
                    (None, None) => return Ordering::Equal,
                    (l, r) => (l.unwrap_or(b'0'), r.unwrap_or(b'0')),
                };
                if pair.0 != pair.1 {
                    return pair.0.cmp(&pair.1);
                }
            }
        })
    }
}

fn parse_exponent(text: Option<&str>) -> Option<i64> {
    text.map_or(Some(0), |digits| digits.strip_prefix('+').unwrap_or(digits).parse().ok())
}

impl Ord for Decimal<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        let sign = |d: &Self| match (d.zero, d.negative) {
            (true, _) => 0,
            (false, true) => -1,
            (false, false) => 1,
        };
        sign(self).cmp(&sign(other)).then_with(|| match sign(self) {
            0 => Ordering::Equal,
            1 => self.compare_absolute(other),
            _ => other.compare_absolute(self),
        })
    }
}

impl PartialOrd for Decimal<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Decimal<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Decimal<'_> {}

#[cfg(test)]
mod tests;
