//! The JSON that an object of a programming language stands for.

use super::end_of_string;
use crate::look::{behind_comments, is_comment};
use crate::map::Builder;

/// The text without comments and without commas before closing brackets, in double quotation marks.
///
/// `offset` is where the text begins in its file. No edit reaches across what is left out or put in.
///
/// # Complexity
///
/// Linear: what follows a comma, a word or an opening quote is looked at once more when it is read.
pub(crate) fn json_of(text: &str, offset: usize) -> Builder {
    let mut builder = Builder::default();
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        at += token(&mut builder, rest, offset + at);
    }
    builder
}

/// Adds what a text begins with, which stands at a place of the file; answers its length.
fn token(builder: &mut Builder, rest: &str, at: usize) -> usize {
    let first = rest.chars().next().unwrap_or_default();
    let length = match first {
        '/' | '#' if is_comment(rest) => {
            builder.made(" ", at);
            return rest.len() - behind_comments(rest).len();
        }
        ',' if behind_comments(rest.get(1..).unwrap_or_default()).starts_with([']', '}']) => {
            builder.made(" ", at);
            return 1;
        }
        '\'' => {
            if let Some(content) = single(rest) {
                let end = at + 1 + content.len();
                builder.whole("\"", at..at + 1);
                builder.same(content, at + 1);
                builder.whole("\"", end..end + 1);
                return content.len() + 2;
            }
            1
        }
        '"' => end_of_string(rest).unwrap_or(rest.len()),
        _ if first.is_ascii_alphabetic() || first == '_' => {
            let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_');
            let (word, behind) = rest.split_at(end.unwrap_or(rest.len()));
            if behind.trim_start().starts_with(':') {
                builder.made("\"", at);
                builder.same(word, at);
                builder.made("\"", at + word.len());
                return word.len();
            }
            word.len()
        }
        _ => first.len_utf8(),
    };
    builder.same(rest.get(..length).unwrap_or_default(), at);
    length
}

/// What stands in the single quotes that a text begins with, if it means the same in double ones.
fn single(text: &str) -> Option<&str> {
    let inner = text.strip_prefix('\'')?;
    let end = inner.find(['\'', '"', '\\', '\n'])?;
    inner.get(end..)?.starts_with('\'').then(|| inner.get(..end))?
}
