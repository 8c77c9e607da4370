//! Policies in Markdown: in its code blocks, and where somebody forgot the fence.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use crate::among::{self, Around};
use crate::embedded::Embedded;
use crate::encode::Encoding;
use crate::limits::{MAX_DOCUMENT, MAX_DOCUMENTS};
use crate::look::{is_foreign, looks_like_policy};
use crate::map::Builder;
use crate::{code, json, terraform, url, yaml};

/// The policies in a text.
pub(crate) fn find(text: &str) -> Vec<Embedded> {
    let mut found = Vec::new();
    let mut block: Option<(String, Builder)> = None;
    let mut prose = 0;
    for (event, range) in Parser::new_ext(text, Options::empty()).into_offset_iter() {
        match (event, &mut block) {
            (Event::Start(Tag::CodeBlock(kind)), _) => {
                let language = match kind {
                    CodeBlockKind::Fenced(info) => info.to_ascii_lowercase(),
                    CodeBlockKind::Indented => String::new(),
                };
                found.append(&mut between(text, prose..range.start));
                prose = range.end;
                block = Some((language, Builder::default()));
            }
            (Event::Text(content), Some((_, builder))) => add(builder, text, &content, range),
            (Event::End(TagEnd::CodeBlock), block) => {
                if let Some((language, builder)) = block.take() {
                    found.append(&mut read(&language, builder, text));
                }
                if found.len() >= MAX_DOCUMENTS {
                    break;
                }
            }
            _ => {}
        }
    }
    found.append(&mut between(text, prose..text.len()));
    found.truncate(MAX_DOCUMENTS);
    found
}

/// The policies in prose, as they stand.
fn between(text: &str, range: Range<usize>) -> Vec<Embedded> {
    let own = text.get(range.clone()).unwrap_or_default();
    among::find(own, range.start, Around::Prose)
}

fn add(builder: &mut Builder, text: &str, content: &str, range: Range<usize>) {
    if text.get(range.clone()) == Some(content) {
        builder.same(content, range.start);
    } else {
        builder.whole(content, range);
    }
}

fn read(language: &str, builder: Builder, text: &str) -> Vec<Embedded> {
    let content = builder.text.as_str();
    if content.len() > MAX_DOCUMENT {
        return Vec::new();
    }
    let language = language.split([',', ' ', '{']).next().unwrap_or_default();
    let first = builder.map.span(camlock_source::Span::empty(0)).start as usize;
    let indent = indent_at(text, first);
    let place = |own: Embedded| own.within(&builder.map);
    let inner = match language {
        "hcl" | "terraform" | "tf" => terraform::find(content).unwrap_or_default(),
        "yaml" | "yml" => yaml::find(content).unwrap_or_default(),
        _ => {
            let Some(inner) = others(language, content) else {
                let own = Embedded::new(builder, Encoding::Plain, language.to_owned());
                return vec![own.with_indent(indent)];
            };
            return inner.into_iter().map(|own| place(own).with_indent(indent)).collect();
        }
    };
    inner.into_iter().map(place).collect()
}

/// The policies within a block; nothing where the block is one itself.
fn others(language: &str, content: &str) -> Option<Vec<Embedded>> {
    let is_text =
        matches!(language, "" | "json" | "jsonc" | "json5" | "plaintext" | "text" | "txt");
    let around = if is_text { Around::Prose } else { Around::Code };
    if !looks_like_policy(content) {
        return Some(url::find_with(content, |own| code::find(own, around)));
    }
    // A call that holds it.
    if let Some(mut found) = json::find("", content) {
        found.retain(|own| !is_foreign(own.text()));
        return Some(found);
    }
    if is_foreign(content) {
        return Some(Vec::new());
    }
    Some(among::find(content, 0, Around::Prose)).filter(|found| found.len() > 1)
}

/// What stands in front of a place in its line: blanks of a list, signs of a quotation.
fn indent_at(text: &str, at: usize) -> &str {
    let before = text.get(..at).unwrap_or_default();
    let line = before.rfind('\n').map_or(0, |end| end + 1);
    let indent = before.get(line..).unwrap_or_default();
    if indent.chars().all(|c| c.is_whitespace() || c == '>') { indent } else { "" }
}
