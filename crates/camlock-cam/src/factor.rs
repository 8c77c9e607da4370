//! Second factors: the codes of soft tokens, as RFC 6238 has them.

use std::collections::BTreeMap;
use std::fmt;

use data_encoding::BASE32_NOPAD;
use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, Visitor};
use serde_json::Value;
use sha1::Sha1;
use subtle::{Choice, ConstantTimeEq as _};
use totp_lite::totp_custom;

use crate::ApiError;

/// The secrets of the soft tokens of users, by uin.
///
/// # Examples
///
/// ```
/// use camlock_cam::SoftTokens;
///
/// let tokens = SoftTokens::parse(r#"{ "100000000002": "JBSWY3DPEHPK3PXP" }"#)?;
/// assert_eq!(format!("{tokens:?}"), "SoftTokens(1 of them)");
/// # Ok::<(), camlock_cam::SoftTokensError>(())
/// ```
#[derive(Clone, Default)]
pub struct SoftTokens(BTreeMap<u64, Vec<u8>>);

/// Why a text says no secrets; it repeats nothing of it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SoftTokensError(String);

impl fmt::Display for SoftTokensError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for SoftTokensError {}

impl fmt::Debug for SoftTokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SoftTokens({} of them)", self.0.len())
    }
}

/// Shorter secrets can be guessed from a few codes, in bytes.
const SHORTEST: usize = 10;

impl SoftTokens {
    /// Reads a JSON object with a secret in base32 for each uin.
    ///
    /// # Errors
    ///
    /// A [`SoftTokensError`] with the line and the column; secrets are not repeated.
    pub fn parse(text: &str) -> Result<Self, SoftTokensError> {
        serde_json::from_str(text).map_err(|why| {
            let what = if why.is_data() {
                "this has to be an object that has each uin once, with a secret in base32 of at least \
                 16 letters"
            } else {
                "this is no JSON"
            };
            SoftTokensError(format!("line {}, column {}: {what}", why.line(), why.column()))
        })
    }
}

impl<'de> Deserialize<'de> for SoftTokens {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Entries;

        impl<'de> Visitor<'de> for Entries {
            type Value = SoftTokens;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<SoftTokens, A::Error> {
                let mut tokens = BTreeMap::new();
                while let Some((uin, secret)) = map.next_entry::<String, Value>()? {
                    let uin = uin.parse().map_err(|_| A::Error::custom("no uin"))?;
                    let secret = secret.as_str().and_then(secret_of);
                    let secret = secret.ok_or_else(|| A::Error::custom("no secret"))?;
                    if tokens.insert(uin, secret).is_some() {
                        return Err(A::Error::custom("twice"));
                    }
                }
                Ok(SoftTokens(tokens))
            }
        }

        deserializer.deserialize_map(Entries)
    }
}

/// A secret as apps show it: in either case, in groups, padded or not.
fn secret_of(text: &str) -> Option<Vec<u8>> {
    let letters = text.trim_end_matches('=').replace(' ', "").to_ascii_uppercase();
    let secret = BASE32_NOPAD.decode(letters.as_bytes()).ok()?;
    (secret.len() >= SHORTEST).then_some(secret)
}

/// A code is good for so many seconds,
const STEP: u64 = 30;
const DIGITS: u32 = 6;
/// and in as many steps before and after, for clocks that differ.
const SKEW: u64 = 1;
/// So many wrong codes are compared
const MOST_WRONG: usize = 5;
/// in so many seconds. Then none is for as long, and for twice as long each time until one is good,
const WRONG_WINDOW: i64 = 60;
/// up to so many seconds.
const LONGEST_WAIT: i64 = 60 * 60;

/// What became of the codes of each user.
#[derive(Debug, Default)]
pub(crate) struct Attempts(BTreeMap<u64, Attempt>);

#[derive(Debug, Default)]
struct Attempt {
    /// The step of the last good code: neither it nor an earlier one is good again.
    last: Option<u64>,
    /// When codes were wrong, of late.
    wrong: Vec<i64>,
    /// How long the last wait was, in seconds; 0 where there was none since a good code,
    wait: i64,
    /// and when it is over.
    until: i64,
}

impl Attempts {
    /// Takes a code of a user: once, and not after too many wrong ones. Answers the step of the code.
    pub(crate) fn take(
        &mut self,
        tokens: &SoftTokens,
        uin: u64,
        code: &str,
        now: i64,
    ) -> Result<u64, ApiError> {
        let secret =
            tokens.0.get(&uin).ok_or_else(|| unsupported("The user has no soft token."))?;
        let attempt = self.0.entry(uin).or_default();
        if now < attempt.until {
            let left = attempt.until.saturating_sub(now);
            return Err(wrong(&format!("There were too many wrong codes; wait {left} seconds.")));
        }
        attempt.wrong.retain(|time| now.saturating_sub(*time) < WRONG_WINDOW);
        let current = u64::try_from(now).unwrap_or_default() / STEP;
        let mut good = None;
        // All are compared, so that time does not tell which it was.
        for step in current.saturating_sub(SKEW)..=current.saturating_add(SKEW) {
            let expected = totp_custom::<Sha1>(STEP, DIGITS, secret, step.saturating_mul(STEP));
            let same: Choice = expected.as_bytes().ct_eq(code.as_bytes());
            if bool::from(same) && attempt.last.is_none_or(|last| step > last) {
                good = good.or(Some(step));
            }
        }
        let Some(step) = good else {
            attempt.wrong.push(now);
            if attempt.wrong.len() >= MOST_WRONG {
                attempt.wrong.clear();
                attempt.wait = attempt.wait.saturating_mul(2).clamp(WRONG_WINDOW, LONGEST_WAIT);
                attempt.until = now.saturating_add(attempt.wait);
            }
            return Err(wrong("The code is wrong, or was used before."));
        };
        *attempt = Attempt { last: Some(step), ..Attempt::default() };
        Ok(step)
    }

    /// Remembers that the code of a step was used.
    pub(crate) fn remember(&mut self, uin: u64, step: u64) {
        let attempt = self.0.entry(uin).or_default();
        attempt.last = attempt.last.max(Some(step));
    }
}

/// When the code of a step is good no more, in seconds since 1970.
pub(crate) fn over(step: u64) -> i64 {
    let end = step.saturating_add(SKEW + 1).saturating_mul(STEP);
    i64::try_from(end).unwrap_or(i64::MAX)
}

/// The name of the soft token of everybody in an account.
pub(crate) fn serial_number(owner: u64) -> String {
    format!("qcs::cam:uin/{owner}::mfa/softToken")
}

pub(crate) fn unsupported(message: &str) -> ApiError {
    ApiError::new("FailedOperation.MFATypeNotSupported", message)
}

fn wrong(message: &str) -> ApiError {
    ApiError::new("FailedOperation.CheckMFAError", message)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The secret of RFC 6238, appendix B, whose codes have eight digits there.
    const SECRET: &[u8] = b"12345678901234567890";

    fn tokens() -> SoftTokens {
        SoftTokens::parse(&format!(r#"{{ "7": "{}" }}"#, BASE32_NOPAD.encode(SECRET))).unwrap()
    }

    fn take(attempts: &mut Attempts, code: &str, now: i64) -> Result<(), String> {
        attempts.take(&tokens(), 7, code, now).map(drop).map_err(|error| error.code().to_owned())
    }

    const WRONG: &str = "FailedOperation.CheckMFAError";

    #[test]
    fn the_codes_of_the_standard_are_good() {
        for (now, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_234_567_890, "005924"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(take(&mut Attempts::default(), code, now), Ok(()), "{now}");
        }
    }

    #[test]
    fn a_code_is_good_one_step_around_its_own() {
        for (now, good) in [
            (1_111_111_079, true),
            (1_111_111_139, true),
            (1_111_111_049, false),
            (1_111_111_140, false),
        ] {
            let taken = take(&mut Attempts::default(), "081804", now);
            assert_eq!(taken.is_ok(), good, "{now}");
        }
    }

    #[test]
    fn a_code_is_good_once_and_earlier_ones_are_not_after_it() {
        let mut attempts = Attempts::default();
        assert_eq!(take(&mut attempts, "081804", 1_111_111_109), Ok(()));
        assert_eq!(take(&mut attempts, "081804", 1_111_111_109), Err(WRONG.to_owned()));
        // The code of the step before, which was not used.
        let before = totp_custom::<Sha1>(STEP, DIGITS, SECRET, 1_111_111_079);
        assert_eq!(take(&mut attempts, &before, 1_111_111_109), Err(WRONG.to_owned()));
        // The step after it: 1111111111 is in it.
        assert_eq!(take(&mut attempts, "050471", 1_111_111_111), Ok(()));
    }

    #[test]
    fn guessing_ends_after_some_wrong_codes() {
        let mut attempts = Attempts::default();
        for _ in 0..MOST_WRONG {
            assert_eq!(take(&mut attempts, "000000", 1_111_111_105), Err(WRONG.to_owned()));
        }
        assert_eq!(take(&mut attempts, "081804", 1_111_111_109), Err(WRONG.to_owned()));
        let later = totp_custom::<Sha1>(STEP, DIGITS, SECRET, 1_111_111_165);
        assert_eq!(take(&mut attempts, &later, 1_111_111_165), Ok(()));
        let other = attempts.take(&tokens(), 8, "081804", 1_111_111_109).unwrap_err();
        assert_eq!(other.code(), "FailedOperation.MFATypeNotSupported");
    }

    #[test]
    fn who_goes_on_guessing_waits_twice_as_long_each_time() {
        let mut attempts = Attempts::default();
        let mut now = 1_111_111_105;
        let good =
            |now: i64| totp_custom::<Sha1>(STEP, DIGITS, SECRET, u64::try_from(now).unwrap());
        let lock = |attempts: &mut Attempts, now: i64| {
            for _ in 0..MOST_WRONG {
                assert_eq!(take(attempts, "000000", now), Err(WRONG.to_owned()));
            }
        };
        for wait in [60, 120, 240, 480, 960, 1_920, 3_600, 3_600] {
            lock(&mut attempts, now);
            now += wait;
            assert!(take(&mut attempts, &good(now - 1), now - 1).is_err(), "{wait}");
        }
        assert_eq!(take(&mut attempts, &good(now), now), Ok(()));
        lock(&mut attempts, now);
        assert_eq!(take(&mut attempts, &good(now + 60), now + 60), Ok(()), "a good code forgives");
    }

    #[test]
    fn what_says_no_secrets_has_a_place_and_is_not_repeated() {
        for (text, place) in [
            ("\"JBSWY3DPEHPK3PXP\"", "line 1"),
            ("{\n\"7\": \"JBSWY3DPEHPK3PX1\" }", "line 2"),
            ("{\n\"7\": \"JBSWY3DP\" }", "line 2"),
            ("{\n\n\"ann\": \"JBSWY3DPEHPK3PXP\" }", "line 3"),
            ("{\n\"7\": [\"JBSWY3DPEHPK3PXP\"] }", "line 2"),
            ("{ \"7\": \"JBSWY3DPEHPK3PXP\",\n\"7\": \"JBSWY3DPEHPK3PXP\" }", "line 2"),
            ("{ \"7\": \"JBSWY3DPEHPK3PXP\",\n}", "line 2"),
        ] {
            let error = SoftTokens::parse(text).unwrap_err().to_string();
            assert!(error.starts_with(place) && !error.contains("JBSW"), "{text}: {error}");
        }
        let grouped = SoftTokens::parse(r#"{ "7": "jbsw y3dp ehpk 3pxp====" }"#).unwrap();
        assert_eq!(grouped.0[&7], b"Hello!\xde\xad\xbe\xef");
    }
}
