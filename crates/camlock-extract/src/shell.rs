//! What a shell puts into its texts.

use std::ops::Range;

use crate::draft::Draft;
use crate::embedded::Embedded;
use crate::encode::Encoding;

/// Bytes of a value that a shell puts in.
const MAX_VALUE: usize = 256;

/// The document between two quotation marks of a shell, which `text` begins and ends with; nothing where no
/// value is put in, so that other languages would read the same.
///
/// `offset` is where the text begins in its file.
pub(crate) fn quoted(text: &str, offset: usize) -> Option<Embedded> {
    let content = text.strip_prefix('"')?.strip_suffix('"')?;
    let mut draft = Draft::default();
    let mut at = 0;
    while let Some(length) = content.get(at..)?.find(['\\', '$']) {
        let start = at + length;
        draft.builder.same(content.get(at..start)?, offset + 1 + at);
        let rest = content.get(start..)?;
        let outer = |length: usize| offset + 1 + start..offset + 1 + start + length;
        let escaped = rest.get(1..2).filter(|own| rest.starts_with('\\') && "\"\\$`".contains(own));
        let value = next_value(rest, 0).filter(|own| own.start == 0);
        at = start
            + if let Some(own) = escaped {
                draft.builder.whole(own, outer(2));
                2
            } else if let Some(value) = value {
                draft.unknown(rest.get(value.clone())?, outer(value.end));
                value.end
            } else {
                draft.builder.same(rest.get(..1)?, offset + 1 + start);
                1
            };
    }
    draft.builder.same(content.get(at..)?, offset + 1 + at);
    let has_values = !draft.unknowns.is_empty();
    let own = Embedded::new(draft.builder, Encoding::ShellQuoted, "");
    has_values.then(|| own.with_unknowns(draft.unknowns))
}

/// The next value that a shell puts in, `$NAME`, `${NAME}` or `$(command)`, or `\$`, which is none.
pub(crate) fn next_value(text: &str, from: usize) -> Option<Range<usize>> {
    let mut at = from;
    loop {
        let start = at + text.get(at..)?.find('$')?;
        if start > from && text.get(..start)?.ends_with('\\') {
            return Some(start - 1..start + 1);
        }
        let length = length_of_value(text.get(start + 1..)?.as_bytes());
        if length > 0 {
            return Some(start..start + 1 + length);
        }
        at = start + 1;
    }
}

/// How long what stands behind a `$` is; nothing where no value is put in.
fn length_of_value(behind: &[u8]) -> usize {
    let end = match behind.first() {
        Some(b'{') => b'}',
        Some(b'(') => b')',
        _ => {
            return behind
                .iter()
                .take_while(|own| own.is_ascii_alphanumeric() || **own == b'_')
                .count();
        }
    };
    let mut line = behind.iter().take(MAX_VALUE).take_while(|own| **own != b'\n');
    line.position(|own| *own == end).map_or(0, |at| at + 1)
}
