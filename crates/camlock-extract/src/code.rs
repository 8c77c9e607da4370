//! Policies in commands and programs: in heredocs of a shell, and among other text.

use std::collections::HashMap;
use std::ops::Range;

use crate::among::{self, Around};
use crate::draft::Draft;
use crate::embedded::Embedded;
use crate::encode::Encoding;
use crate::limits::{MAX_DOCUMENT, MAX_DOCUMENTS};
use crate::look::{is_foreign, looks_like_policy};
use crate::shell::next_value;

/// The policies in a text.
///
/// What stands in a heredoc is taken as it is, faults included.
pub(crate) fn find(text: &str, around: Around) -> Vec<Embedded> {
    let mut found = Vec::new();
    let mut at = 0;
    let among = |range: Range<usize>| {
        among::find(text.get(range.clone()).unwrap_or_default(), range.start, around)
    };
    for heredoc in heredocs(text) {
        found.append(&mut among(at..heredoc.body.start));
        at = heredoc.body.end;
        let body = text.get(heredoc.body.clone()).unwrap_or_default();
        if body.len() <= MAX_DOCUMENT && looks_like_policy(body) && !is_foreign(body) {
            found.push(heredoc.read(body));
        } else {
            found.append(&mut among(heredoc.body));
        }
    }
    found.append(&mut among(at..text.len()));
    found.truncate(MAX_DOCUMENTS);
    found
}

struct Heredoc {
    body: Range<usize>,
    /// Whether the shell puts values in.
    has_values: bool,
}

/// The heredocs of a text: `<<EOF`, `<<-EOF`, `<< 'EOF'`.
///
/// What only looks like the beginning of one, such as a shift of bits, has no line that ends it.
fn heredocs(text: &str) -> Vec<Heredoc> {
    let ends = ends(text);
    let mut found: Vec<Heredoc> = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        if found.last().is_some_and(|last| start < last.body.end) {
            continue;
        }
        let mut begun = openings(line).filter_map(|(word, has_values)| {
            let ends = ends.get(word)?;
            let end = *ends.get(ends.partition_point(|end| *end < at))?;
            Some(Heredoc { body: at..end, has_values })
        });
        found.extend(begun.next());
    }
    found
}

/// Where the lines begin that are a word and nothing else, by the word. Kept for all words, a text takes
/// linear time however many heredocs seem to begin.
fn ends(text: &str) -> HashMap<&str, Vec<usize>> {
    let mut ends: HashMap<&str, Vec<usize>> = HashMap::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let own = line.trim();
        if word_of(own) == Some(own) {
            ends.entry(own).or_default().push(at);
        }
        at += line.len();
    }
    ends
}

/// The words that end the heredocs which a line may begin, and whether values are put into these.
fn openings(line: &str) -> impl Iterator<Item = (&str, bool)> {
    line.split("<<").skip(1).filter_map(|rest| {
        let rest = rest.strip_prefix('-').unwrap_or(rest).trim_start();
        let bare = rest.trim_start_matches(['\'', '"', '\\']);
        Some((word_of(bare)?, bare.len() == rest.len()))
    })
}

/// The word that a text begins with: one of a heredoc begins with no digit, unlike the number of a shift.
fn word_of(text: &str) -> Option<&str> {
    let is_of_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let length = text.find(|c: char| !is_of_word(c)).unwrap_or(text.len());
    let word = text.get(..length)?;
    word.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_').then_some(word)
}

impl Heredoc {
    fn read(&self, body: &str) -> Embedded {
        let mut draft = Draft::default();
        let mut at = 0;
        while let Some(value) = next_value(body, at).filter(|_| self.has_values) {
            let before = body.get(at..value.start).unwrap_or_default();
            draft.builder.same(before, self.body.start + at);
            let own = body.get(value.clone()).unwrap_or_default();
            let outer = self.body.start + value.start..self.body.start + value.end;
            if own == "\\$" {
                draft.builder.whole("$", outer);
            } else {
                draft.unknown(own, outer);
            }
            at = value.end;
        }
        draft.builder.same(body.get(at..).unwrap_or_default(), self.body.start + at);
        let encoding = if self.has_values { Encoding::Shell } else { Encoding::Plain };
        Embedded::new(draft.builder, encoding, "").with_unknowns(draft.unknowns)
    }
}
