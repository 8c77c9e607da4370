//! Times as CAM writes them; in UTC.

use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
use time::macros::format_description;

/// `2026-11-25 10:00:00`
pub(crate) fn datetime(seconds: i64) -> String {
    let format = format_description!("[year]-[month]-[day] [hour]:[minute]:[second]");
    at(seconds).format(format).unwrap_or_default()
}

/// `2026-11-25`
pub(crate) fn date(seconds: i64) -> String {
    at(seconds).format(format_description!("[year]-[month]-[day]")).unwrap_or_default()
}

/// `2026-11-25T10:00:00Z`
pub(crate) fn iso(seconds: i64) -> String {
    let format = format_description!("[year]-[month]-[day]T[hour]:[minute]:[second]Z");
    at(seconds).format(format).unwrap_or_default()
}

/// The seconds since 1970 of a time as XML writes it, `2026-11-25T10:00:00.123Z`; parts of a second are
/// left out.
pub(crate) fn parse(text: &str) -> Option<i64> {
    OffsetDateTime::parse(text.trim(), &Rfc3339).ok().map(OffsetDateTime::unix_timestamp)
}

fn at(seconds: i64) -> OffsetDateTime {
    OffsetDateTime::from_unix_timestamp(seconds).unwrap_or(OffsetDateTime::UNIX_EPOCH)
}

#[cfg(test)]
mod tests {
    #[test]
    fn times_are_written_in_utc() {
        assert_eq!(super::datetime(1_700_000_000), "2023-11-14 22:13:20");
        assert_eq!(super::date(1_700_000_000), "2023-11-14");
        assert_eq!(super::iso(1_700_000_000), "2023-11-14T22:13:20Z");
    }

    #[test]
    fn times_of_xml_are_read() {
        for text in ["2023-11-14T22:13:20Z", "2023-11-14T22:13:20.5Z", "2023-11-15T06:13:20+08:00"]
        {
            assert_eq!(super::parse(text), Some(1_700_000_000), "{text}");
        }
        for text in ["", "2023-11-14", "2023-11-14T22:13:20", "2023-13-14T22:13:20Z"] {
            assert_eq!(super::parse(text), None, "{text}");
        }
    }
}
