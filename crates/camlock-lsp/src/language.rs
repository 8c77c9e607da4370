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
    /// A policy with values that Terraform puts in.
    Template,
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
            "tftpl" => Some(Self::Template),
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
            Self::Template => "a.tftpl",
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
    use super::{Held, Language};

    #[test]
    fn the_name_says_it_or_else_the_editor() {
        for (name, id, language) in [
            ("/a/main.tf", "terraform", Language::Terraform),
            ("/a/main.tf", "plaintext", Language::Terraform),
            ("untitled:Untitled-1", "terraform", Language::Terraform),
            ("/a/policy.json.tftpl", "terraform", Language::Template),
            ("/a/policy.tftpl", "json", Language::Template),
            ("/a/README", "markdown", Language::Markdown),
            ("/a/b.YML", "", Language::Yaml),
            ("/a/policy.json", "yaml", Language::Json),
            ("/a/policy", "", Language::Json),
        ] {
            assert_eq!(Language::of(name, id), language, "{name} {id}");
        }
    }

    #[test]
    fn a_text_is_read_as_what_it_is() {
        let policy = r#"{"version": "2.0", "statement": [
            {"effect": "allow", "action": ["cos:GetObject"], "resource": ["${bucket}/*"]}
        ]}"#;
        let module = format!("locals {{\n  policy = <<EOT\n{policy}\nEOT\n}}\n");
        for (name, text, count) in [
            ("/a/policy.json.tftpl", policy, 1),
            ("/a/policy.tftpl", "nothing about a statement", 0),
            ("/a/main.tf", module.as_str(), 1),
            // What is a policy as a whole holds none.
            ("/a/policy.json", policy, 0),
        ] {
            let held = Language::of(name, "").held(name, text);
            let Held::Policies(found) = held else { panic!("{name}: {held:?}") };
            assert_eq!(found.len(), count, "{name}");
        }
        let held = Language::Terraform.held("/a/main.tf", policy);
        assert!(matches!(held, Held::Unreadable(_)), "{held:?}");
    }
}
