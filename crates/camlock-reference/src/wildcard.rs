//! Whether text fits a pattern with `*`, by a table of what each beginning of the pattern covers.

use std::iter;

/// One element of a pattern in which every variable has its value.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Token {
    /// This character and no other.
    Char(char),
    /// Any run of characters, including none; crosses `/` and `:` [ACT-4, RES-10, RES-12].
    Star,
}

/// Whether the pattern covers the whole text.
///
/// One row of the table a token: the entry at `n` says whether the tokens so far cover the first `n`
/// characters. A row follows from the one before, so the time is the product of both lengths, however
/// many stars there are.
pub(crate) fn matches(pattern: &[Token], text: &str) -> bool {
    let text: Vec<char> = text.chars().collect();
    let mut row: Vec<bool> = iter::once(true).chain(text.iter().map(|_| false)).collect();
    for token in pattern {
        row = match token {
            Token::Char(c) => after_char(&row, &text, *c),
            Token::Star => after_star(&row),
        };
    }
    row.last() == Some(&true)
}

/// A character covers one more of the text, and only itself.
fn after_char(row: &[bool], text: &[char], c: char) -> Vec<bool> {
    let longer = row.iter().zip(text).map(|(covered, next)| *covered && *next == c);
    iter::once(false).chain(longer).collect()
}

/// A star covers any number more, so everything behind the first entry that is covered.
fn after_star(row: &[bool]) -> Vec<bool> {
    let mut covered = false;
    let mut reach = |entry: &bool| {
        covered |= *entry;
        covered
    };
    row.iter().map(&mut reach).collect()
}

#[cfg(test)]
mod tests;
