//! What a document is written in.

use std::path::Path;

use camlock_extract::{Embedded, Extracted, extract, is_foreign};
use camlock_source::Diagnostic;

/// What a document is written in.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Language {
    /// JSON, or what may become some.
    Json,
    /// Terraform.
    Terraform,
    /// Markdown.
    Markdown,
    /// YAML.
    Yaml,
}

/// What a document holds that is no policy itself.
#[derive(Debug)]
pub(crate) enum Held {
    /// Policies; there may be none.
    Policies(Vec<Embedded>),
    /// Nobody knows: it is not what its name says.
    Unreadable(Box<Diagnostic>),
}

impl Language {
    /// What the name of the file says, or else the editor. What neither says is taken for JSON, which is
    /// left alone where it is no policy.
    pub(crate) fn of(name: &str, id: &str) -> Self {
        let extension = Path::new(name).extension().unwrap_or_default().to_ascii_lowercase();
        let named = match extension.to_str().unwrap_or_default() {
            "json" | "jsonc" | "jsonl" | "ndjson" => Some(Self::Json),
            "tf" | "tofu" | "hcl" | "tfvars" => Some(Self::Terraform),
            "md" | "markdown" => Some(Self::Markdown),
            "yaml" | "yml" => Some(Self::Yaml),
            _ => None,
        };
        named.unwrap_or(match id {
            "terraform" | "terraform-vars" | "opentofu" | "hcl" => Self::Terraform,
            "markdown" => Self::Markdown,
            "yaml" => Self::Yaml,
            _ => Self::Json,
        })
    }

    /// The policies inside of a document of this name.
    pub(crate) fn held(self, name: &str, text: &str) -> Held {
        // Most files have nothing to do with policies, and reading them costs.
        if !text.to_ascii_lowercase().contains("statement") {
            return Held::Policies(Vec::new());
        }
        let name = match self {
            // It may be one a line, which the name says.
            Self::Json if Path::new(name).extension().is_some() => name,
            Self::Json => "a.json",
            Self::Terraform => "a.tf",
            Self::Markdown => "a.md",
            Self::Yaml => "a.yaml",
        };
        match extract(name, text) {
            Extracted::Embedded(mut found) => {
                // An editor sends templates of other clouds, too.
                found.retain(|own| !is_foreign(own.text()));
                Held::Policies(found)
            }
            Extracted::Unreadable(fault) => Held::Unreadable(fault),
            _ => Held::Policies(Vec::new()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Language;

    #[test]
    fn the_name_says_it_or_else_the_editor() {
        for (name, id, language) in [
            ("/a/main.tf", "terraform", Language::Terraform),
            ("/a/main.tf", "plaintext", Language::Terraform),
            ("untitled:Untitled-1", "terraform", Language::Terraform),
            ("/a/README", "markdown", Language::Markdown),
            ("/a/b.YML", "", Language::Yaml),
            ("/a/policy.json", "yaml", Language::Json),
            ("/a/policy", "", Language::Json),
        ] {
            assert_eq!(Language::of(name, id), language, "{name} {id}");
        }
    }
}
