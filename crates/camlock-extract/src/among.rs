//! Policies among other text: in prose, in commands, in programs.

mod clean;

use camlock_syntax::json;

use crate::embedded::Embedded;
use crate::encode::Encoding;
use crate::json::{kind_of, limits, within};
use crate::limits::{MAX_DEPTH, MAX_DOCUMENT, MAX_DOCUMENTS};
use crate::look::{is_foreign, is_policy, looks_like_policy};
use crate::map::Builder;
use crate::shell;

/// How many braces and brackets may be open; of more, the first are forgotten.
const MAX_OPEN: usize = 1024;
/// How often the text may be read: what is no policy itself may still be part of one.
const MAX_READS: usize = 4;
/// Bytes in front of a value in which its name is.
const MAX_NAME: usize = 64;

/// How the text around the policies is to be read.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Around {
    /// Prose: what looks like a policy is one, with its faults.
    Prose,
    /// Code, whose comments, quotes and commas are no faults of the policy: it has to be in order but for
    /// these. What else looks like one may be an object of the language.
    Code,
}

/// The policies in a text that begins at `offset` of its file, in order.
///
/// # Complexity
///
/// Linear: the text is looked through once, and what may be policies is read a bounded number of times.
pub(crate) fn find(text: &str, offset: usize, around: Around) -> Vec<Embedded> {
    let mut search = Search {
        text,
        offset,
        around,
        open: Vec::new(),
        found: Vec::new(),
        last: 0,
        lone_until: 0,
        reads_left: text.len().saturating_mul(MAX_READS),
    };
    let mut at = 0;
    while at < text.len() && search.found.len() < MAX_DOCUMENTS {
        at += search.step(at);
    }
    search.found
}

/// An object or a list that is open.
struct Open {
    at: usize,
    is_object: bool,
    /// Whether it has a member called `statement`.
    is_marked: bool,
    commas: usize,
}

struct Search<'t> {
    text: &'t str,
    /// Bytes of the file in front of the text.
    offset: usize,
    around: Around,
    open: Vec<Open>,
    found: Vec<Embedded>,
    /// Where the last policy begins that was found.
    last: usize,
    /// Up to where quotes have no other that closes them.
    lone_until: usize,
    /// Bytes that may still be read as policies.
    reads_left: usize,
}

impl Search<'_> {
    /// Looks at what stands at a place; answers its length.
    fn step(&mut self, at: usize) -> usize {
        let rest = self.text.as_bytes().get(at..).unwrap_or_default();
        match rest.first() {
            Some(byte @ (b'{' | b'[')) => {
                if self.open.len() >= MAX_OPEN {
                    self.open.drain(..MAX_OPEN / 2);
                }
                let is_object = *byte == b'{';
                self.open.push(Open { at, is_object, is_marked: false, commas: 0 });
            }
            Some(b'}') => {
                // Lists that were not closed end with the object that they are in.
                while self.open.pop_if(|last| !last.is_object).is_some() {}
                if let Some(own) = self.open.pop().filter(|own| own.is_marked) {
                    self.object(own.at, at + 1);
                }
            }
            Some(b']') => _ = self.open.pop_if(|last| !last.is_object),
            Some(b',') => {
                if let Some(last) = self.open.last_mut() {
                    last.commas += 1;
                }
            }
            Some(b'"') => return self.string(at),
            Some(b's' | b'S') if self.is_start_of_word(at) => self.mark(at),
            _ => {}
        }
        1
    }

    /// Something in double quotes; answers its length.
    fn string(&mut self, at: usize) -> usize {
        let rest = self.text.get(at..).filter(|_| at >= self.lone_until).unwrap_or_default();
        let Some(length) = end_of_string(rest) else {
            // Nor is there one for what else looks like a quote in this line.
            self.lone_until = self.lone_until.max(at + rest.find('\n').unwrap_or(rest.len()));
            return 1;
        };
        let own = rest.get(..length).unwrap_or_default();
        let content = own.trim_matches('"');
        let until_brace = content.trim_end().strip_suffix('{').map(|before| 1 + before.len());
        let is_word_behind = rest.as_bytes().get(length).is_some_and(u8::is_ascii_alphabetic);
        if let Some(until_brace) = until_brace.filter(|_| is_word_behind) {
            // Rather, a name begins behind the brace, and this quote stands alone.
            return until_brace;
        }
        if content.eq_ignore_ascii_case("statement") {
            self.mark(at + 1);
        } else if content.starts_with(['{', '[']) && content.contains("\\\"") && !is_foreign(own) {
            let of_shell = own.contains('$') && self.around == Around::Code && self.is_of_shell(at);
            let policy = of_shell.then(|| shell::quoted(own, self.offset + at)).flatten();
            if let Some(policy) = policy.filter(|own| looks_like_policy(own.text())) {
                self.take(policy, at);
                return length;
            }
            for policy in within(own, self.offset + at).unwrap_or_default() {
                self.take(policy, at);
            }
        }
        length
    }

    /// Whether a text in quotes is given to a variable (`NAME="…"`) or to an option (`--document "…"`).
    fn is_of_shell(&self, at: usize) -> bool {
        let before = self.text.get(..at).unwrap_or_default();
        let line = before.rsplit('\n').next().unwrap_or_default();
        let word = line.trim_end().rsplit(char::is_whitespace).next().unwrap_or_default();
        let is_of_name = |own: char| own.is_ascii_alphanumeric() || own == '_';
        let name = line.strip_suffix('=').unwrap_or_default();
        name.ends_with(is_of_name) || (word.len() < line.len() && word.starts_with('-'))
    }

    /// Marks the innermost object if `statement` is the name of a member of it.
    fn mark(&mut self, at: usize) {
        let (word, behind) =
            self.text.get(at..).unwrap_or_default().split_at_checked(9).unwrap_or_default();
        let is_quote = |c: char| matches!(c, '"' | '\'' | '”') || c.is_ascii_whitespace();
        let is_name = word.eq_ignore_ascii_case("statement")
            && behind.trim_start_matches(is_quote).starts_with([':', '：']);
        if let Some(last) = self.open.last_mut().filter(|last| is_name && last.is_object) {
            last.is_marked = true;
        }
    }

    fn is_start_of_word(&self, at: usize) -> bool {
        let before = at.checked_sub(1).and_then(|before| self.text.as_bytes().get(before));
        !before.is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'_')
    }

    /// Takes an object as a policy if it is one, and holds none.
    fn object(&mut self, start: usize, end: usize) {
        let Some(slice) = self.text.get(start..end).filter(|_| self.last <= start) else { return };
        let Some(left) = self.reads_left.checked_sub(slice.len()) else { return };
        self.reads_left = left;
        if let Some(builder) = self.read(slice, start) {
            self.take(Embedded::new(builder, Encoding::Plain, ""), start);
        }
    }

    fn take(&mut self, policy: Embedded, start: usize) {
        let label = self.label(start);
        let kind = kind_of(&label);
        self.found.push(policy.with_label(label).with_kind(kind));
        self.last = start;
    }

    fn read(&self, slice: &str, start: usize) -> Option<Builder> {
        // Quoted lines of Markdown have signs between those of the policy.
        let may_be = slice.len() <= MAX_DOCUMENT && !slice.contains("\n>");
        if !may_be || is_foreign(slice) || !looks_like_policy(slice) {
            return None;
        }
        let mut builder = Builder::default();
        builder.same(slice, self.offset + start);
        let before = self.text.get(..start)?.trim_end_matches([' ', '\t']);
        let is_value = before.ends_with(['=', '(', ':', ',', '+']);
        if (self.around == Around::Prose && !is_value) || is_in_order(slice) {
            return Some(builder);
        }
        let cleaned = clean::json_of(slice, self.offset + start);
        is_in_order(&cleaned.text).then_some(cleaned)
    }

    /// The names and places in lists under which a value stands in what is open.
    fn label(&self, start: usize) -> String {
        let mut steps = Vec::new();
        let mut at = start;
        for around in self.open.iter().rev().take(MAX_DEPTH) {
            let step = if around.is_object {
                self.name_before(at)
            } else {
                Some(around.commas.to_string())
            };
            let Some(step) = step else { break };
            steps.push(step);
            at = around.at;
        }
        steps.iter().rev().flat_map(|step| ["/", step.as_str()]).collect()
    }

    /// The name of the member whose value begins at a place.
    fn name_before(&self, at: usize) -> Option<String> {
        let before = self.text.as_bytes().get(at.saturating_sub(MAX_NAME)..at)?;
        let before = before.trim_ascii_end().strip_suffix(b":")?.trim_ascii_end();
        let before = before.strip_suffix(b"\"").or(before.strip_suffix(b"'")).unwrap_or(before);
        let is_of_name = |own: &u8| own.is_ascii_alphanumeric() || b"_-.".contains(own);
        let length = before.iter().rev().take_while(|own| is_of_name(own)).count();
        let name = before.get(before.len() - length..).filter(|name| !name.is_empty())?;
        String::from_utf8(name.to_vec()).ok()
    }
}

fn is_in_order(text: &str) -> bool {
    let parsed = json::parse(text, &limits(text));
    parsed.diagnostics.is_empty() && parsed.root.as_ref().is_some_and(is_policy)
}

/// How long the string is that a text begins with; nothing where it does not end in its line.
fn end_of_string(text: &str) -> Option<usize> {
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate().skip(1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return Some(at + 1),
            b'\n' => return None,
            _ => {}
        }
    }
    None
}
