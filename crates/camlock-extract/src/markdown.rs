//! Policies in the code blocks of Markdown.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

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
    for (event, range) in Parser::new_ext(text, Options::empty()).into_offset_iter() {
        match (event, &mut block) {
            (Event::Start(Tag::CodeBlock(kind)), _) => {
                let language = match kind {
                    CodeBlockKind::Fenced(info) => info.to_ascii_lowercase(),
                    CodeBlockKind::Indented => String::new(),
                };
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
    found
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
    let inner = match language {
        "hcl" | "terraform" | "tf" => terraform::find(content).unwrap_or_default(),
        "yaml" | "yml" => yaml::find(content).unwrap_or_default(),
        _ if looks_like_policy(content) => {
            // A call holds it, or it is one.
            if let Some(inner) = json::find("", content) {
                let own = inner.into_iter().filter(|own| !is_foreign(own.text()));
                return own.map(|own| own.within(&builder.map)).collect();
            }
            if is_foreign(content) {
                return Vec::new();
            }
            let first = builder.map.span(camlock_source::Span::empty(0)).start as usize;
            let indent = indent_at(text, first).to_owned();
            let own = Embedded::new(builder, Encoding::Plain, language.to_owned());
            return vec![own.with_indent(&indent)];
        }
        _ if url::may_hold(content) => url::find(content),
        _ => code::find(content),
    };
    inner.into_iter().map(|own| own.within(&builder.map)).collect()
}

/// What stands in front of a place in its line: blanks of a list, signs of a quotation.
fn indent_at(text: &str, at: usize) -> &str {
    let before = text.get(..at).unwrap_or_default();
    let line = before.rfind('\n').map_or(0, |end| end + 1);
    let indent = before.get(line..).unwrap_or_default();
    if indent.chars().all(|c| c.is_whitespace() || c == '>') { indent } else { "" }
}
