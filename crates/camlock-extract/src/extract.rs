//! Which kind of file it is, and what to look for.

use std::path::Path;

use camlock_source::Diagnostic;

use crate::among::Around;
use crate::embedded::Embedded;
use crate::look::behind_comments;
use crate::{code, json, markdown, terraform, url, yaml};

/// Extensions of the files that may hold policies.
pub const EXTENSIONS: &[&str] =
    &["json", "jsonl", "ndjson", "tf", "tofu", "tftpl", "md", "markdown", "yaml", "yml"];

/// Extensions of programs, which are read where they are named: what is no policy in them is no fault.
const PROGRAMS: [&str; 16] = [
    "bash", "cjs", "cs", "go", "groovy", "java", "js", "jsx", "kt", "mjs", "php", "py", "rb", "sh",
    "ts", "tsx",
];

/// What a text holds.
#[non_exhaustive]
#[derive(Clone, Debug)]
pub enum Extracted {
    /// It is to be read as it is: a policy, a list of them, or one a line.
    Whole,
    /// Policies inside it, in the order of the text; there may be none.
    Embedded(Vec<Embedded>),
    /// It is not what its name says, so that nobody knows which policies it has.
    Unreadable(Box<Diagnostic>),
}

/// Finds the policies of a text, by the extension of its name; by the text where that says nothing.
///
/// # Complexity
///
/// Linear in the text but for single texts in it, which take n log n.
pub fn extract(name: &str, text: &str) -> Extracted {
    let extension = Path::new(name).extension().unwrap_or_default().to_ascii_lowercase();
    match extension.to_str().unwrap_or_default() {
        "tf" | "tofu" | "hcl" => read(terraform::find(text)),
        "tftpl" => Extracted::Embedded(terraform::of_template(text)),
        "md" | "markdown" => Extracted::Embedded(markdown::find(text)),
        "yaml" | "yml" => read(yaml::find(text)),
        "json" | "jsonl" | "ndjson" => whole_or(json::find(name, text)),
        own if PROGRAMS.contains(&own) => Extracted::Embedded(of_program(text)),
        _ => by_text(name, text),
    }
}

fn read(found: Result<Vec<Embedded>, Box<Diagnostic>>) -> Extracted {
    match found {
        Ok(found) => Extracted::Embedded(found),
        Err(fault) => Extracted::Unreadable(fault),
    }
}

fn whole_or(found: Option<Vec<Embedded>>) -> Extracted {
    found.map_or(Extracted::Whole, Extracted::Embedded)
}

fn of_program(text: &str) -> Vec<Embedded> {
    let found = code::find(text, Around::Code);
    if found.is_empty() && url::may_hold(text) { url::find(text) } else { found }
}

/// A text whose name says nothing: standard input, a note.
fn by_text(name: &str, text: &str) -> Extracted {
    let start = text.trim_start_matches('\u{feff}').trim_start();
    if start.starts_with(['{', '[', '"']) {
        return whole_or(json::find(name, text));
    }
    // CAM takes no comments, so that one above a policy is part of what is to be read. The title of a page
    // looks like a comment as well, but other text follows there.
    if json::is_nothing_but_policies(behind_comments(start)) {
        return Extracted::Whole;
    }
    let is_page = text.contains("```");
    let mut found = if text.contains("resource \"tencentcloud_") {
        match terraform::find(text) {
            Ok(found) => found,
            // A page with Terraform in it is no Terraform.
            Err(_) if is_page => markdown::find(text),
            Err(fault) => return Extracted::Unreadable(fault),
        }
    } else if is_page {
        markdown::find(text)
    } else {
        Vec::new()
    };
    if found.is_empty() {
        found = url::find_with(text, |own| code::find(own, Around::Prose));
    }
    if found.is_empty() { Extracted::Whole } else { Extracted::Embedded(found) }
}

/// Whether the beginning of a text whose name says nothing looks as if it held policies.
pub fn holds_policies(head: &str) -> bool {
    let start = head.trim_start_matches('\u{feff}').trim_start();
    let names_statements = || head.to_ascii_lowercase().contains("statement");
    (start.starts_with('{') || url::may_hold(head)) && names_statements()
}
