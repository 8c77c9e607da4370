//! The page of a rule, and the examples in it.

use std::fmt::Write as _;

use camlock_policy::PolicyKind;

use crate::rule::RuleMeta;
use crate::rules::rules;

/// A document on a page.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Example {
    /// What linting it gives.
    pub expectation: Expectation,
    /// The kind to read it as; inferred where the page does not say.
    pub kind: Option<PolicyKind>,
    /// The document.
    pub text: String,
}

/// What linting an example gives.
#[non_exhaustive]
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Expectation {
    /// This code.
    Code(String),
    /// Nothing.
    Clean,
    /// It stands beside the next example: attached to the same user, or its ceiling.
    Companion,
}

impl RuleMeta {
    /// The examples of the page: fenced blocks tagged `json,CAMnnnn`, `json,clean` or `json,companion`,
    /// each with the kind of the document behind where it is not inferred: `json,clean,trust`.
    pub fn examples(&self) -> Vec<Example> {
        examples(self.page)
    }

    /// The page as it stands in the book: title, facts, text.
    pub fn to_markdown(&self) -> String {
        let spec: Vec<String> = self.spec.iter().map(|rule| format!("[{rule}]")).collect();
        let mut facts = format!("`{}` · {} · {} by default", self.code, self.group, self.level);
        // Writing to a string cannot fail.
        if let Some(fix) = self.fix {
            _ = write!(facts, " · fix: {}", fix.as_str());
        }
        if !spec.is_empty() {
            _ = write!(facts, " · {}", spec.join(", "));
        }
        let page: Vec<&str> = self
            .page
            .lines()
            .map(|line| line.strip_prefix(' ').unwrap_or(line).trim_end())
            .collect();
        let mut text = format!(
            "# {}\n\n{facts} · since {}\n\n{}\n",
            self.name,
            self.since,
            page.join("\n").trim()
        );
        if let Some(better) = self.in_better_words() {
            _ = write!(text, "\n## Told in better words\n\n{better}\n");
        }
        text
    }

    /// Which rules tell the same in the place of this one; an example of the page may show their codes.
    fn in_better_words(&self) -> Option<String> {
        let better = rules().iter().map(|own| own.meta());
        let better = better.filter(|own| own.supersedes.contains(&self.code.as_str()));
        let names: Vec<String> =
            better.map(|own| format!("`{}` ({})", own.name, own.code)).collect();
        (!names.is_empty()).then(|| {
            let names = names.join(", ");
            format!(
                "Where one of these finds the cause it stands in the place of this, perhaps in the \
                 example too: {names}."
            )
        })
    }
}

fn examples(page: &str) -> Vec<Example> {
    let mut examples = Vec::new();
    let mut open: Option<Example> = None;
    for line in page.lines() {
        let line = line.strip_prefix(' ').unwrap_or(line);
        match (line.trim().strip_prefix("```"), &mut open) {
            (Some(_), Some(_)) => examples.extend(open.take()),
            (Some(tag), None) => open = example(tag),
            (None, Some(example)) => {
                example.text.push_str(line);
                example.text.push('\n');
            }
            (None, None) => {}
        }
    }
    examples
}

fn example(tag: &str) -> Option<Example> {
    let mut words = tag.split(',').map(str::trim);
    if words.next() != Some("json") {
        return None;
    }
    let expectation = match words.next()? {
        "clean" => Expectation::Clean,
        "companion" => Expectation::Companion,
        code => Expectation::Code(code.to_owned()),
    };
    let kind = words.next().and_then(PolicyKind::parse);
    Some(Example { expectation, kind, text: String::new() })
}

#[cfg(test)]
mod tests {
    use crate::rules::explain;

    #[test]
    fn a_page_names_the_rules_that_tell_it_in_better_words() {
        let page = |code: &str| explain(code).unwrap().to_markdown();
        assert!(page("CAM2007").contains("perhaps in the example too: `wrong-version` (CAM3012)."));
        assert!(!page("CAM3012").contains("Told in better words"));
    }
}
