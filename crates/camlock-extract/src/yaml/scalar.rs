//! Scalars of YAML: the way from what they say to how they are written.

use granit_parser::ScalarStyle;

use super::Scalar;
use crate::encode::Encoding;
use crate::map::Builder;

/// How the scalar would have another text.
pub(super) fn encoding(own: &Scalar) -> Encoding {
    match own.style {
        ScalarStyle::Literal => Encoding::Plain,
        ScalarStyle::SingleQuoted => Encoding::Single,
        ScalarStyle::DoubleQuoted => Encoding::Json,
        _ => Encoding::Bare,
    }
}

/// What a scalar says, and what stands in front of its lines.
pub(super) fn decoded(text: &str, own: &Scalar) -> (Builder, String) {
    let aligned =
        if own.style == ScalarStyle::Literal { literal(text, own) } else { flow(text, own) };
    aligned.unwrap_or_else(|| {
        let mut builder = Builder::default();
        builder.whole(&own.text, own.at.clone());
        (builder, String::new())
    })
}

/// A block scalar, line by line: each line of the text ends a line of the file.
fn literal(text: &str, own: &Scalar) -> Option<(Builder, String)> {
    let mut builder = Builder::default();
    let mut indent: Option<&str> = None;
    // The place may begin at the sign, behind it, or at the first line.
    let start = text.get(..own.at.start)?.rfind('\n').map_or(0, |end| end + 1);
    let mut lines = text.get(start..)?.split_inclusive('\n').scan(start, |at, line| {
        let begin = *at;
        *at += line.len();
        Some((begin, line))
    });
    if text.get(start..own.at.start)?.trim().is_empty() {
        // It begins with content.
    } else {
        lines.next();
    }
    for wanted in own.text.split_inclusive('\n') {
        let content = wanted.strip_suffix('\n').unwrap_or(wanted);
        let (begin, line) = loop {
            let (begin, line) = lines.next()?;
            let bare = line.trim_end_matches(['\n', '\r']);
            if bare.ends_with(content) && (!content.is_empty() || bare.trim().is_empty()) {
                break (begin, line);
            }
            if !bare.trim().is_empty() && indent.is_some() {
                return None;
            }
        };
        let bare = line.trim_end_matches(['\n', '\r']);
        let front = bare.len() - content.len();
        if !content.is_empty() && indent.is_none() {
            indent = bare.get(..front);
        }
        builder.same(content, begin + front);
        if wanted.ends_with('\n') {
            let end = begin + bare.len();
            match line.get(bare.len()..)? {
                "\n" => builder.same("\n", end),
                other => builder.whole("\n", end..end + other.len()),
            }
        }
    }
    Some((builder, indent.unwrap_or_default().to_owned()))
}

/// A scalar in quotes or without, whose lines may be folded.
fn flow(text: &str, own: &Scalar) -> Option<(Builder, String)> {
    let source = text.get(own.at.clone())?;
    let quote = match own.style {
        ScalarStyle::DoubleQuoted => Some('"'),
        ScalarStyle::SingleQuoted => Some('\''),
        _ => None,
    };
    let mut builder = Builder::default();
    let mut at = match quote {
        Some(quote) => source.find(quote)? + 1,
        None => 0,
    };
    let mut rest = own.text.as_str();
    while let Some(c) = rest.chars().next() {
        let raw = source.get(at..)?;
        let (said, length) = step(raw, rest, c, own.style)?;
        let from = own.at.start + at;
        if raw.get(..length) == rest.get(..said) {
            builder.same(rest.get(..said)?, from);
        } else {
            builder.whole(rest.get(..said)?, from..from + length);
        }
        rest = rest.get(said..)?;
        at += length;
    }
    Some((builder, String::new()))
}

/// How many bytes of the text the next bytes of the file say.
fn step(raw: &str, rest: &str, c: char, style: ScalarStyle) -> Option<(usize, usize)> {
    let width = c.len_utf8();
    if style == ScalarStyle::DoubleQuoted && raw.starts_with('\\') {
        let length = match raw.chars().nth(1)? {
            'x' => 4,
            'u' if u32::from(c) > 0xffff => 12,
            'u' => 6,
            'U' => 10,
            // A line that goes on says nothing.
            '\n' | '\r' => return None,
            other => 1 + other.len_utf8(),
        };
        return Some((width, length));
    }
    if style == ScalarStyle::SingleQuoted && raw.starts_with("''") {
        return (c == '\'').then_some((1, 2));
    }
    if c.is_whitespace() || raw.starts_with(char::is_whitespace) {
        let said = rest.len() - rest.trim_start().len();
        let length = raw.len() - raw.trim_start().len();
        return (said > 0 && length > 0).then_some((said, length));
    }
    raw.starts_with(c).then_some((width, width))
}

/// Adds a scalar as JSON: a text, or what it is without quotes.
pub(super) fn json(text: &str, own: &Scalar, builder: &mut Builder) {
    let is_value = own.style == ScalarStyle::Plain && is_value(&own.text);
    match text.get(own.at.clone()) {
        _ if is_value && matches!(own.text.as_str(), "" | "~") => {
            builder.whole("null", own.at.clone());
        }
        Some(source) if is_value && source == own.text => builder.same(source, own.at.start),
        _ => json_string(text, own, builder),
    }
}

/// What YAML takes for something other than a text, where JSON has the same.
fn is_value(text: &str) -> bool {
    let number = || {
        let digits = text.strip_prefix('-').unwrap_or(text);
        let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
        let all = |own: &str| !own.is_empty() && own.bytes().all(|b| b.is_ascii_digit());
        all(whole) && all(part) && (whole == "0" || !whole.starts_with('0'))
    };
    matches!(text, "" | "~" | "null" | "true" | "false") || number()
}

/// Adds a scalar as a string of JSON.
pub(super) fn json_string(text: &str, own: &Scalar, builder: &mut Builder) {
    let (inner, _) = decoded(text, own);
    builder.made("\"", own.at.start);
    for (at, c) in inner.text.char_indices() {
        json_char(text, &inner, at, c, builder);
    }
    builder.made("\"", own.at.end);
}

/// Adds the character at a place of what a scalar says to a string of JSON.
pub(super) fn json_char(text: &str, inner: &Builder, at: usize, c: char, builder: &mut Builder) {
    let small = crate::map::small;
    let span = camlock_source::Span::new(small(at), small(at + c.len_utf8()));
    let outer = inner.map.span(span);
    let (from, to) = (outer.start as usize, outer.end as usize);
    let mut buffer = [0; 4];
    let plain = &*c.encode_utf8(&mut buffer);
    let escaped = match c {
        '"' | '\\' => format!("\\{c}"),
        '\n' => "\\n".to_owned(),
        '\t' => "\\t".to_owned(),
        c if c.is_control() => format!("\\u{:04x}", u32::from(c)),
        _ => plain.to_owned(),
    };
    if escaped == plain && text.get(from..to) == Some(plain) {
        builder.same(plain, from);
    } else {
        builder.whole(&escaped, from..to);
    }
}
