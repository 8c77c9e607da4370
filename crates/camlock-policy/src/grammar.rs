//! The small grammars inside policy strings, in nom; offsets count bytes of the given text.

use nom::{
    IResult, Parser,
    branch::alt,
    bytes::complete::{tag, take_until, take_while, take_while_m_n},
    character::complete::{char, digit1, one_of},
    combinator::{all_consuming, fail, map_opt, map_res, opt, recognize, rest, value, verify},
    sequence::{delimited, preceded, terminated},
};

/// The parts of a number, as written.
pub(crate) struct NumberParts<'a> {
    pub(crate) negative: bool,
    pub(crate) integer: &'a str,
    pub(crate) fraction: &'a str,
    /// The exponent with its sign, without the `e`.
    pub(crate) exponent: Option<&'a str>,
}

/// One number of the JSON grammar [CND-18].
///
/// ```abnf
/// number = [ "-" ] ( "0" / digit1-9 *digit ) [ "." 1*digit ] [ ("e" / "E") [ "+" / "-" ] 1*digit ]
/// ```
pub(crate) fn number(text: &str) -> Option<NumberParts<'_>> {
    let integer = recognize(alt((value((), char('0')), value((), (one_of("123456789"), digits0)))));
    let fraction = preceded(char('.'), digit1);
    let exponent = preceded(one_of("eE"), recognize((opt(one_of("+-")), digit1)));
    let mut number = all_consuming((opt(char('-')), integer, opt(fraction), opt(exponent)));
    let result: IResult<&str, _> = number.parse(text);
    let (_, (minus, integer, fraction, exponent)) = result.ok()?;
    Some(NumberParts {
        negative: minus.is_some(),
        integer,
        fraction: fraction.unwrap_or(""),
        exponent,
    })
}

/// Any number of digits. nom 8.0's own `digit0` answers an empty slice at the wrong address where the
/// digits end the text, so that `recognize` around it measures wrongly.
fn digits0(text: &str) -> IResult<&str, &str> {
    take_while(|c: char| c.is_ascii_digit()).parse(text)
}

type Date = (u16, u16, u8);
type Clock = (u8, u8, u8);

/// A point in time in UTC; whether the calendar has it is for the caller to say [CND-19].
///
/// ```abnf
/// utc-time = date ( "T" clock [ "." 1*9digit ] ( "Z" / "+00:00" ) / SP clock )
/// ```
pub(crate) fn utc_time(text: &str) -> Option<(Date, Clock, u32)> {
    let zone = alt((tag("Z"), tag("+00:00")));
    let iso = preceded(char('T'), terminated((clock, opt(preceded(char('.'), fraction))), zone));
    let plain = preceded(char(' '), clock).map(|clock| (clock, None));
    let mut time = all_consuming((date, alt((iso, plain))));
    let (_, (date, (clock, nanosecond))) = time.parse(text).ok()?;
    Some((date, clock, nanosecond.unwrap_or(0)))
}

fn date(text: &str) -> IResult<&str, Date> {
    let (text, year) = terminated(fixed_digits(4), char('-')).parse(text)?;
    let (text, month) = terminated(fixed_digits(2), char('-')).parse(text)?;
    let (text, day) = two_digits(text)?;
    Ok((text, (year, month, day)))
}

fn clock(text: &str) -> IResult<&str, Clock> {
    let (text, hour) = terminated(two_digits, char(':')).parse(text)?;
    let (text, minute) = terminated(two_digits, char(':')).parse(text)?;
    let (text, second) = two_digits(text)?;
    Ok((text, (hour, minute, second)))
}

fn two_digits(text: &str) -> IResult<&str, u8> {
    map_opt(fixed_digits(2), |n| u8::try_from(n).ok()).parse(text)
}

fn fixed_digits<'a>(
    n: usize,
) -> impl Parser<&'a str, Output = u16, Error = nom::error::Error<&'a str>> {
    map_res(take_while_m_n(n, n, |c: char| c.is_ascii_digit()), str::parse)
}

/// One to nine digits of a second, in nanoseconds [RD-14].
fn fraction(text: &str) -> IResult<&str, u32> {
    let digits = verify(digit1, |digits: &str| digits.len() <= 9);
    map_opt(digits, |digits: &str| {
        let missing = u32::try_from(9_usize.checked_sub(digits.len())?).ok()?;
        digits.parse::<u32>().ok()?.checked_mul(10_u32.pow(missing))
    })
    .parse(text)
}

/// The six segments of a resource; the last is the rest and may contain colons [RES-2].
///
/// ```abnf
/// name = 5( segment ":" ) *CHAR        ; segment = *( any but ":" )
/// ```
pub(crate) fn six_segments(text: &str) -> Option<([&str; 5], &str)> {
    let head = (segment, segment, segment, segment, segment);
    let (last, (qcs, project, service, region, account)) = { head }.parse(text).ok()?;
    Some(([qcs, project, service, region, account], last))
}

/// A segment and the colon behind it.
fn segment(text: &str) -> IResult<&str, &str> {
    // PERF: `benches/parse.rs`; a segment is short, and a colon is a character of one byte.
    match text.bytes().position(|byte| byte == b':').and_then(|colon| text.split_at_checked(colon))
    {
        Some((segment, colon)) => Ok((colon.get(":".len()..).unwrap_or_default(), segment)),
        None => fail().parse(text),
    }
}

/// One piece of text with variables.
#[derive(Clone)]
pub(crate) enum RawPiece<'a> {
    Text(&'a str),
    Star,
    /// What stands between the braces.
    Variable(&'a str),
    /// A `${` that nothing closes.
    Open,
}

impl RawPiece<'_> {
    /// How many bytes of the text the piece takes.
    pub(crate) fn len(&self) -> usize {
        match self {
            Self::Text(text) => text.len(),
            Self::Star => "*".len(),
            Self::Variable(name) => name.len() + "${}".len(),
            Self::Open => "${".len(),
        }
    }
}

/// Text with stars and variables, in order; every byte belongs to one piece [VAR-1].
///
/// ```abnf
/// template = *( "${" name "}" / "*" / text )
/// ```
pub(crate) fn template(text: &str) -> impl Iterator<Item = RawPiece<'_>> {
    let mut rest = text;
    // Up to the last `}` every variable is closed; behind it none is. Looking for the end of each `${`
    // through the whole text would be quadratic.
    let mut closed = None;
    let mut is_open = false;
    std::iter::from_fn(move || {
        let (after, piece) = match rest.as_bytes() {
            [] => return None,
            _ if is_open => ("", RawPiece::Text(rest)),
            [b'$', b'{', ..] => {
                let closed = *closed.get_or_insert_with(|| text.rfind('}').map_or(0, |at| at + 1));
                is_open = text.len() - rest.len() >= closed;
                if is_open { open(rest).ok()? } else { variable(rest).ok()? }
            }
            _ => piece(rest).ok()?,
        };
        // INVARIANT: the productions cover every character, so that there is a piece up to the end.
        rest = after;
        Some(piece)
    })
}

fn open(text: &str) -> IResult<&str, RawPiece<'_>> {
    value(RawPiece::Open, tag("${")).parse(text)
}

fn variable(text: &str) -> IResult<&str, RawPiece<'_>> {
    delimited(tag("${"), take_until("}"), char('}')).map(RawPiece::Variable).parse(text)
}

/// A star, a dollar sign that begins no variable, or the text up to the next of either.
fn piece(text: &str) -> IResult<&str, RawPiece<'_>> {
    // PERF: `benches/parse.rs`; both are characters of one byte.
    let length = memchr::memchr2(b'*', b'$', text.as_bytes()).unwrap_or(text.len());
    match text.split_at_checked(length) {
        Some((plain, after)) if !plain.is_empty() => Ok((after, RawPiece::Text(plain))),
        _ => alt((char('*').map(|_| RawPiece::Star), tag("$").map(RawPiece::Text))).parse(text),
    }
}

/// The parts of an operator name: qualifier, base, suffix [CND-6].
///
/// ```abnf
/// operator = [ ( "for_any_value" / "for_all_value" ) ":" ] base [ "_if_exist" ]
/// ```
pub(crate) fn operator(text: &str) -> (Option<&str>, &str, bool) {
    let qualifier = terminated(alt((tag("for_any_value"), tag("for_all_value"))), char(':'));
    let result: IResult<&str, _> = (opt(qualifier), rest).parse(text);
    let (qualifier, base) = result.map_or((None, text), |(_, parts)| parts);
    match base.strip_suffix("_if_exist") {
        Some(base) => (qualifier, base, true),
        None => (qualifier, base, false),
    }
}
