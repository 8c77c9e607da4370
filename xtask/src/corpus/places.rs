//! On which lines of a document a mistake stands.

/// How the lines are found.
#[derive(Clone, Copy)]
pub(super) enum Place {
    /// Those with the words that the lists give.
    Words,
    /// Those with one of these texts.
    Any(&'static [&'static str]),
    /// Those with a comma before a closing bracket.
    TrailingComma,
    /// Those at whose end a comma is missing, or within which.
    MissingComma,
    /// The mistake is one of the whole document.
    Document,
}

/// The lines, counted from 1; nothing where every place is right.
pub(super) fn lines(place: Place, words: &str, text: &str) -> Option<Vec<u32>> {
    match place {
        Place::Words => {
            let words = needles(words);
            // Without words the whole document is meant.
            (!words.is_empty()).then(|| having(text, |line| words.iter().any(|w| line.contains(w))))
        }
        Place::Any(texts) => Some(having(text, |line| texts.iter().any(|own| line.contains(own)))),
        Place::TrailingComma => Some(before_closing(text)),
        Place::MissingComma => Some(without_comma(text)),
        Place::Document => None,
    }
}

/// What to look for: without the quotes of the lists, each word of a list by itself, and no more than
/// the lists have room for.
fn needles(words: &str) -> Vec<String> {
    let quotes = |own: &str| own.trim_matches(['\'', '"']).to_owned();
    let words = words.split('=').next().unwrap_or_default();
    let needle = |own: &str| quotes(own).chars().take(80).collect::<String>();
    words.split(", ").map(needle).filter(|own| !own.is_empty()).collect()
}

fn having(text: &str, is_there: impl Fn(&str) -> bool) -> Vec<u32> {
    let lines = (1..).zip(text.lines());
    lines.filter(|(_, line)| is_there(line)).map(|(number, _)| number).collect()
}

fn before_closing(text: &str) -> Vec<u32> {
    let commas = text.match_indices(',').filter(|(at, _)| {
        let behind = text.get(at + 1..).unwrap_or_default().trim_start();
        behind.starts_with([']', '}'])
    });
    commas.map(|(at, _)| line_of(text, at)).collect()
}

fn without_comma(text: &str) -> Vec<u32> {
    let mut found = Vec::new();
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let mut numbered = (1..).zip(&lines).filter(|(_, line)| !line.is_empty()).peekable();
    while let Some((number, line)) = numbered.next() {
        let next = numbered.peek().is_some_and(|(_, next)| next.starts_with(['"', '{', '[']));
        let ends = line.ends_with(['"', '}', ']']);
        let mut inside = line.split('"').skip(2).step_by(2);
        let joined = inside.any(|between| between.trim().is_empty() && !between.is_empty());
        if (ends && next) || joined || line.contains("}{") || line.contains("} {") {
            found.push(number);
        }
    }
    found
}

fn line_of(text: &str, at: usize) -> u32 {
    let before = text.get(..at).unwrap_or_default();
    u32::try_from(before.matches('\n').count()).map_or(u32::MAX, |lines| lines.saturating_add(1))
}
