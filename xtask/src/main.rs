//! What no linter knows: tidy checks and generated pages.
//!
//! `cargo xtask tidy` checks the tree, `cargo xtask docs` writes the generated pages of the book,
//! `cargo xtask catalog` the catalogue of services from the lists beside the project, and
//! `cargo xtask lint-corpus` the page about what the linter finds in the real documents there.

mod catalog;
mod codes;
mod corpus;
mod layering;
mod lint_rules;
mod rules;
mod text;
mod tree;

use std::process::ExitCode;

use tree::Tree;

fn main() -> ExitCode {
    let verb = std::env::args().nth(1);
    let tree = match Tree::load() {
        Ok(tree) => tree,
        Err(error) => return fail(&[format!("the tree cannot be read: {error}")]),
    };
    match verb.as_deref() {
        Some("tidy") => tidy(&tree),
        Some("docs") => docs(&tree),
        Some("catalog") => {
            let written = catalog::text(tree.root()).and_then(|text| {
                tree.write(catalog::FILE, &text).map_err(|error| error.to_string())
            });
            match written {
                Ok(()) => ExitCode::SUCCESS,
                Err(error) => fail(&[error]),
            }
        }
        Some("lint-corpus") => lint_corpus(&tree),
        _ => fail(&["usage: cargo xtask tidy | docs | catalog | lint-corpus".to_owned()]),
    }
}

fn tidy(tree: &Tree) -> ExitCode {
    let checks = [
        layering::check(tree),
        rules::check(tree),
        text::check(tree),
        codes::check(tree),
        lint_rules::check(tree),
    ];
    let faults: Vec<String> = checks.into_iter().flatten().collect();
    if faults.is_empty() { ExitCode::SUCCESS } else { fail(&faults) }
}

#[expect(clippy::print_stdout, reason = "this is a program")]
fn lint_corpus(tree: &Tree) -> ExitCode {
    let page = match corpus::text(tree.root()) {
        Ok(Some(page)) => page,
        Ok(None) => {
            println!("skipped: there are no real documents beside the project");
            return ExitCode::SUCCESS;
        }
        Err(error) => return fail(&[error]),
    };
    match tree.write(corpus::PAGE, &page) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => fail(&[format!("{}: {error}", corpus::PAGE)]),
    }
}

/// Writes every generated page, and takes those of rules that are gone away.
fn docs(tree: &Tree) -> ExitCode {
    let mut pages = lint_rules::pages(tree);
    pages.insert(codes::PAGE.to_owned(), codes::page());
    let written = pages.iter().map(|(path, text)| (path.as_str(), tree.write(path, text)));
    let removed = lint_rules::stale(tree).map(|path| (path, tree.remove(path)));
    let failed = written
        .chain(removed)
        .filter_map(|(path, result)| result.err().map(|error| format!("{path}: {error}")));
    let faults: Vec<String> = failed.collect();
    if faults.is_empty() { ExitCode::SUCCESS } else { fail(&faults) }
}

#[expect(clippy::print_stderr, reason = "this is a program")]
fn fail(faults: &[String]) -> ExitCode {
    for fault in faults {
        eprintln!("tidy: {fault}");
    }
    ExitCode::FAILURE
}
