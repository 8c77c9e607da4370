//! Dependencies point down, and the architecture page names every crate.

use crate::tree::Tree;

/// What each crate may use of ours, and which of the packages that are bound to a place.
const MAY_USE: &[(&str, &[&str])] = &[
    ("camlock-source", &[]),
    ("camlock-policy", &["memchr", "nom", "smallvec", "smol_str"]),
    ("camlock-report", &["camlock-source", "serde_json"]),
    ("camlock-syntax", &["camlock-source", "camlock-policy", "nom"]),
    ("camlock-engine", &["camlock-policy", "memchr"]),
    (
        "camlock-directory",
        &["camlock-source", "camlock-policy", "camlock-syntax", "camlock-engine", "indexmap"],
    ),
    ("camlock-catalog", &[]),
    (
        "camlock-lint",
        &[
            "camlock-source",
            "camlock-policy",
            "camlock-syntax",
            "camlock-engine",
            "camlock-catalog",
            "camlock-directory",
            "globset",
        ],
    ),
    (
        "camlock-config",
        &["camlock-source", "camlock-policy", "camlock-catalog", "camlock-lint", "globset"],
    ),
    ("camlock-extract", &["camlock-source", "camlock-policy", "camlock-syntax"]),
    (
        "camlock-lsp",
        &[
            "camlock-source",
            "camlock-policy",
            "camlock-syntax",
            "camlock-catalog",
            "camlock-directory",
            "camlock-config",
            "camlock-extract",
            "camlock-lint",
            "serde_json",
        ],
    ),
    ("camlock-wire", &["camlock-policy", "camlock-syntax", "serde_json"]),
    (
        "camlock",
        &[
            "camlock-source",
            "camlock-policy",
            "camlock-syntax",
            "camlock-engine",
            "camlock-directory",
        ],
    ),
    (
        "camlock-cam",
        &["camlock-policy", "camlock-syntax", "camlock-engine", "camlock-directory", "serde_json"],
    ),
    ("camlock-serve", &["camlock-cam", "serde_json"]),
    ("camlock-wecom", &["camlock-cam", "serde_json"]),
    (
        "camlock-cli",
        &[
            "camlock",
            "camlock-cam",
            "camlock-catalog",
            "camlock-config",
            "camlock-extract",
            "camlock-lint",
            "camlock-lsp",
            "camlock-report",
            "camlock-serve",
            "camlock-wecom",
            "camlock-wire",
            "serde_json",
            "globset",
        ],
    ),
    ("camlock-reference", &["camlock-policy"]),
    ("camlock-conformance", &["camlock-policy", "camlock-wire", "serde_json"]),
];

/// Packages whose use says something about the shape of the project.
const BOUND: &[&str] = &["nom", "serde_json", "globset", "indexmap", "memchr"];

/// The page that maps the crates.
const PAGE: &str = "docs/src/architecture.md";

pub(crate) fn check(tree: &Tree) -> Vec<String> {
    let mut faults = Vec::new();
    let page = tree.text(PAGE).unwrap_or_default();
    for name in tree.crates() {
        if !page.contains(&format!("`{name}`")) {
            faults.push(format!("{PAGE}: the crate {name} is not on the map"));
        }
        let Some((_, allowed)) = MAY_USE.iter().find(|(own, _)| *own == name) else {
            faults.push(format!("{name}: say in xtask/src/layering.rs what it may use"));
            continue;
        };
        let manifest = tree.text(&format!("crates/{name}/Cargo.toml")).unwrap_or_default();
        for used in dependencies(manifest) {
            let ours = used.starts_with("camlock") || BOUND.contains(&used);
            if ours && !allowed.contains(&used) {
                faults.push(format!("{name}: may not use {used}, see {PAGE}"));
            }
        }
    }
    for (name, _) in MAY_USE {
        if !tree.crates().contains(name) {
            faults.push(format!("xtask/src/layering.rs: there is no crate {name}"));
        }
    }
    faults
}

/// The names under `[dependencies]`; those of tests may be anything.
fn dependencies(manifest: &str) -> impl Iterator<Item = &str> {
    let lines = manifest.lines().skip_while(|line| *line != "[dependencies]").skip(1);
    let lines = lines.take_while(|line| !line.starts_with('['));
    lines.filter_map(|line| line.split(['.', ' ', '=']).next()).filter(|name| !name.is_empty())
}
