//! Numbers for people.

/// A count as a number to divide; exact below 2⁵³.
#[expect(clippy::cast_precision_loss, reason = "counts here are far below 2^53")]
pub(crate) fn float(count: u64) -> f64 {
    count as f64
}

/// The same of a size.
pub(crate) fn size_float(size: usize) -> f64 {
    float(u64::try_from(size).unwrap_or(u64::MAX))
}

/// The value that so many thousandths of all are below; 0 of none.
pub(crate) fn quantile(values: &mut [f64], thousandths: usize) -> f64 {
    values.sort_unstable_by(f64::total_cmp);
    let at = values.len().saturating_sub(1) * thousandths / 1_000;
    values.get(at).copied().unwrap_or_default()
}

/// The middle value; 0 of none.
pub(crate) fn median(values: &mut [f64]) -> f64 {
    quantile(values, 500)
}

/// Nanoseconds in the unit that suits them.
pub(crate) fn duration(nanoseconds: f64) -> String {
    let (value, unit) = match nanoseconds {
        n if n < 1e3 => (n, "ns"),
        n if n < 1e6 => (n / 1e3, "µs"),
        n if n < 1e9 => (n / 1e6, "ms"),
        n => (n / 1e9, "s"),
    };
    format!("{} {unit}", significant(value))
}

/// Three digits that count, thousands set apart.
pub(crate) fn significant(value: f64) -> String {
    match value {
        v if v < 10.0 => format!("{v:.2}"),
        v if v < 100.0 => format!("{v:.1}"),
        v => grouped(&format!("{v:.0}")),
    }
}

/// A count with thousands set apart.
pub(crate) fn count(value: usize) -> String {
    grouped(&value.to_string())
}

fn grouped(digits: &str) -> String {
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(' ');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{count, duration, quantile, significant};

    #[test]
    fn units_suit() {
        assert_eq!(duration(118.4), "118 ns");
        assert_eq!(duration(1_430_000.0), "1.43 ms");
        assert_eq!(significant(136_000.0), "136 000");
        assert_eq!(count(1_000_000), "1 000 000");
    }

    #[test]
    fn quantiles_of_few() {
        assert!((quantile(&mut [3.0, 1.0, 2.0], 500) - 2.0).abs() < 1e-9);
        assert!((quantile(&mut [3.0, 1.0, 2.0], 1_000) - 3.0).abs() < 1e-9);
        assert!(quantile(&mut [], 990).abs() < 1e-9);
    }
}
