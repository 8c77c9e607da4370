//! Points in time as conditions write them.

use std::fmt;

use crate::grammar;

/// A point in time in UTC, to the nanosecond [CND-19].
///
/// Fields compare in order of significance, so no calendar arithmetic is needed.
///
/// # Examples
///
/// ```
/// use camlock_policy::UtcTime;
///
/// let noon = UtcTime::parse("2026-06-01T12:00:00Z").unwrap();
/// assert!(noon > UtcTime::parse("2026-06-01 11:59:59").unwrap());
/// assert!(UtcTime::parse("2026-06-01T12:00:00+08:00").is_none());
/// ```
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct UtcTime {
    year: u16,
    month: u8,
    day: u8,
    hour: u8,
    minute: u8,
    second: u8,
    nanosecond: u32,
}

impl UtcTime {
    /// Reads `YYYY-MM-DDThh:mm:ss[.f]Z`, the same with `+00:00`, or `YYYY-MM-DD hh:mm:ss`.
    ///
    /// Anything else is refused, as is a day that the calendar does not have.
    pub fn parse(text: &str) -> Option<Self> {
        let ((year, month, day), (hour, minute, second), nanosecond) = grammar::utc_time(text)?;
        let month = u8::try_from(month).ok()?;
        let fits = (1..=12).contains(&month)
            && (1..=days_in_month(year, month)).contains(&day)
            && hour < 24
            && minute < 60
            && second < 60;
        fits.then_some(Self { year, month, day, hour, minute, second, nanosecond })
    }

    /// A number that never falls while time goes on, for indexes: times within one second share it.
    pub fn order(&self) -> i64 {
        let day = (i64::from(self.year) * 16 + i64::from(self.month)) * 32 + i64::from(self.day);
        let minute = (day * 24 + i64::from(self.hour)) * 60 + i64::from(self.minute);
        minute * 60 + i64::from(self.second)
    }
}

fn days_in_month(year: u16, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => {
            29
        }
        2 => 28,
        _ => 31,
    }
}

impl fmt::Display for UtcTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}",
            self.year, self.month, self.day, self.hour, self.minute, self.second
        )?;
        if self.nanosecond != 0 {
            let digits = format!("{:09}", self.nanosecond);
            write!(f, ".{}", digits.trim_end_matches('0'))?;
        }
        f.write_str("Z")
    }
}

#[cfg(test)]
mod tests {
    use super::UtcTime;

    /// Neighbours at every border, in growing order.
    #[test]
    fn the_order_of_times_never_falls() {
        let times = [
            "2025-12-31T23:59:59Z",
            "2026-01-01T00:00:00Z",
            "2026-01-01T00:00:00.5Z",
            "2026-01-01T00:00:01Z",
            "2026-01-01T00:01:00Z",
            "2026-01-01T01:00:00Z",
            "2026-01-02T00:00:00Z",
            "2026-01-31T23:59:59Z",
            "2026-02-01T00:00:00Z",
            "2027-01-01T00:00:00Z",
        ];
        let times = times.map(|text| UtcTime::parse(text).expect("a time"));
        for (earlier, later) in times.iter().zip(times.iter().skip(1)) {
            assert!(earlier < later && earlier.order() <= later.order(), "{earlier} {later}");
        }
        assert!(times[1].order() < times[3].order());
    }
}
