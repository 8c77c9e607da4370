//! Whatever a policy says and wherever it stands, its places are found again.

use camlock_extract::{Embedded, Extracted, extract};
use camlock_source::{Edit, Span};
use proptest::prelude::*;

use super::laws::places_are_in_the_file;

/// A document with this word in it.
fn document(word: &str) -> String {
    let quoted = json(word);
    format!("{{\"statement\": [{{\"effect\": {quoted},\n  \"action\": \"*\"}}]}}")
}

fn json(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if c.is_control() => quoted.extend(format!("\\u{:04x}", u32::from(c)).chars()),
            c => quoted.push(c),
        }
    }
    quoted + "\""
}

fn percent(text: &str) -> String {
    text.bytes()
        .map(|b| {
            if b.is_ascii_alphanumeric() { char::from(b).to_string() } else { format!("%{b:02X}") }
        })
        .collect()
}

fn indented(text: &str) -> String {
    format!("    {}\n", text.replace('\n', "\n    "))
}

/// The document in files of each form.
fn files(document: &str) -> Vec<(&'static str, String)> {
    vec![
        ("a.json", format!("{{\"PolicyDocument\": {}}}", json(document))),
        ("a.json", format!("{{\"x\": [{document}]}}")),
        ("a.txt", format!("x=1&Policy={}&y", percent(document))),
        ("a.md", format!("text\n\n```\n{document}\n```\n")),
        ("a.md", format!("```sh\ncat > x <<'EOF'\n{document}\nEOF\n```\n")),
        ("a.sh", format!("x --policy {document} # {{\n")),
        ("a.md", format!("```js\nf({document},)\n```\n")),
        ("a.yaml", format!("a:\n  b: |\n{}", indented(document))),
        ("a.yaml", format!("a: {}\n", json(document))),
        (
            "a.tf",
            format!("a = <<EOF\n{}\nEOF\n", document.replace("${", "$${").replace("%{", "%%{")),
        ),
        ("a.tf", format!("a = {}\n", json(document).replace("${", "$${").replace("%{", "%%{"))),
    ]
}

fn only(name: &str, text: &str) -> Embedded {
    let Extracted::Embedded(found) = extract(name, text) else { panic!("{name}: {text}") };
    assert_eq!(found.len(), 1, "{name}: {text}");
    found.into_iter().next().unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_document_is_found_and_its_characters_are(word in "[a-z \"\\\\${}%'é漢:#-]{0,12}") {
        let document = document(&word);
        for (name, file) in files(&document) {
            let own = only(name, &file);
            prop_assert_eq!(own.text().trim_end(), document.as_str(), "{}", &file);
            for (at, c) in own.text().char_indices() {
                let small = |at: usize| u32::try_from(at).unwrap();
                let span = Span::new(small(at), small(at + c.len_utf8()));
                let outer = own.outer_span(span);
                let raw = &file[outer.start as usize..outer.end as usize];
                let is_escape = raw.starts_with(['\\', '%', '$', '\r']);
                prop_assert!(raw == c.to_string() || is_escape, "{:?} is {:?} in {}", c, raw, &file);
            }
        }
    }

    #[test]
    fn an_edit_of_a_document_is_one_of_the_file(word in "[a-z${}%\"é]{0,8}", other in "[a-z${}%\"\\\\é]{0,8}") {
        let before = document(&word);
        let (from, to) = (json(&word), json(&other));
        let start = before.find(&from).unwrap();
        let after = format!("{}{to}{}", &before[..start], &before[start + from.len()..]);
        for (name, file) in files(&before) {
            let own = only(name, &file);
            let small = |at: usize| u32::try_from(at).unwrap();
            let span = Span::new(small(start), small(start + from.len()));
            let edit = own.outer_edit(&Edit::replace(span, to.as_str())).unwrap();
            let (start, end) = (edit.span.start as usize, edit.span.end as usize);
            let edited = format!("{}{}{}", &file[..start], edit.replacement, &file[end..]);
            let found = only(name, &edited);
            prop_assert_eq!(found.text().trim_end(), after.as_str(), "{}", &edited);
        }
    }

    #[test]
    fn any_text_is_read(text in "\\PC{0,80}", form in 0usize..7) {
        places_are_in_the_file(form, &text);
    }

    #[test]
    fn broken_files_are_read(
        cut in 0usize..400,
        insert in "[\\[\\]{}\"'\\\\$%:|>\n -]{0,4}",
        form in 0usize..7,
    ) {
        for (_, file) in files(&document("x")) {
            let cut = (0..=cut.min(file.len())).rev().find(|at| file.is_char_boundary(*at)).unwrap();
            places_are_in_the_file(form, &format!("{}{insert}{}", &file[..cut], &file[cut..]));
        }
    }
}
