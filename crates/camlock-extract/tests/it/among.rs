//! What is found among prose and in programs.

use camlock_extract::{Embedded, Extracted, extract};
use camlock_policy::PolicyKind as K;
use camlock_source::Span;

use super::laws::places_are_in_the_file;
use super::{edited, found, outer};

const POLICY: &str =
    r#"{"version":"2.0","statement":[{"effect":"allow","action":"cos:getobject","resource":"*"}]}"#;

#[test]
fn prose_holds_policies_with_their_faults() {
    let file = format!(
        "# A page\n\nCAM policy:{POLICY}\n\nAnd so on:\n{{\n\"statement\": [{{\n\"effect\": \"allow\" // why\n\"action\": \"*\"}}]\n}}\nMore {{text}}.\n"
    );
    for name in ["a.md", "a.txt"] {
        let all = found(name, &file);
        assert_eq!(all.len(), 2, "{name}");
        assert_eq!(all[0].text(), POLICY);
        assert!(all[1].text().contains("// why"));
        assert_eq!(outer(&file, &all[1], "\"*\""), "\"*\"");
        let mended = edited(&file, &all[1], "\"*\"", "\"a:*\"").unwrap();
        assert!(mended.contains("\"action\": \"a:*\"}"), "{mended}");
    }
    let quoted = "> {\"statement\":\n> [{\"effect\": 1}]}\n";
    assert!(found("a.md", quoted).is_empty());
    let foreign = "{\"Version\": \"1\", \"Statement\": [{\"Effect\": \"Allow\", \"Resource\": \"acs:log:*\"}]}";
    assert!(found("a.md", foreign).is_empty());
}

#[test]
fn code_holds_policies_that_are_in_order() {
    let file = "```js\ncos.put({\n  Policy: {\n    version: '2.0', // why\n    'statement': [{ \"effect\": \"allow\", /* all */ action: ['cos:getobject',], }],\n  },\n}, (e) => {});\n```\n";
    let all = found("a.md", file);
    assert_eq!(all.len(), 1);
    let tight: String = all[0].text().split_whitespace().collect();
    assert_eq!(
        tight,
        r#"{"version":"2.0","statement":[{"effect":"allow","action":["cos:getobject"]}]}"#
    );
    assert_eq!(outer(file, &all[0], "cos:getobject"), "cos:getobject");
    let mended = edited(file, &all[0], "cos:getobject", "cos:GetObject").unwrap();
    assert!(mended.contains("['cos:GetObject',]"), "{mended}");
    // What a comment stands in, or what is not written so, is not edited.
    assert_eq!(edited(file, &all[0], "\"version\"", "1"), None);
    for other in
        ["a = b + {\"statement\": [{\"effect\": f(x)}]}", "{\"statement\": 1}", "statement: x"]
    {
        assert!(found("a.md", &format!("```go\n{other}\n```\n")).is_empty(), "{other}");
    }
}

#[test]
fn a_program_is_read_for_its_policies() {
    let text = concat!(
        "import json  # no policy\n",
        "trust = json.dumps({\n    'version': '2.0',\n    'statement': [{\n",
        "        'effect': 'allow', 'action': 'name/sts:AssumeRole',\n",
        "        'principal': {'service': ['cvm.qcloud.com']},\n    }],\n})\n",
    );
    for name in ["role.py", "role.rb"] {
        let all = found(name, text);
        assert_eq!(all.len(), 1, "{name}");
        assert!(all[0].text().contains("\"cvm.qcloud.com\""), "{name}");
    }
    assert!(found("role.py", "import json\nprint({'statement': 1})\n").is_empty());
}

#[test]
fn a_shell_puts_values_between_quotes() {
    let policy = r#"{\"version\":\"2.0\",\"statement\":[{\"effect\":\"allow\",\"action\":\"cos:getobject\",\"resource\":\"qcs::cos::uid/${APP_ID}:b-$APP_ID/\$x/*\"}]}"#;
    for before in ["DOC=", "tccli cam CreatePolicy --PolicyDocument "] {
        let file = format!("{before}\"{policy}\"\n");
        let all = found("role.sh", &file);
        assert_eq!(all.len(), 1, "{before}");
        assert!(is_unknown_behind(&all[0], "uid/"), "{before}");
        assert!(is_unknown_behind(&all[0], ":b-"), "{before}");
        assert!(all[0].text().ends_with("/$x/*\"}]}"), "{}", all[0].text());
        assert_eq!(outer(&file, &all[0], "cos:getobject"), "cos:getobject");
        let mended = edited(&file, &all[0], "\"cos:getobject\"", "\"cos:GetObject\"").unwrap();
        assert!(mended.contains(r#"\"cos:GetObject\""#), "{mended}");
        assert_eq!(edited(&file, &all[0], "cos:getobject", "cos:$x"), None);
    }
    // In other places nothing says that it is a shell.
    let file = format!("call(\"{policy}\")\n").replace("\\$", "$");
    assert!(!is_unknown_behind(&found("role.py", &file)[0], "uid/"));
}

fn is_unknown_behind(own: &Embedded, text: &str) -> bool {
    let at = u32::try_from(own.text().find(text).unwrap() + text.len()).unwrap();
    own.is_unknown(Span::new(at, at + 1))
}

#[test]
fn blocks_hold_several_policies_or_calls_with_some() {
    let file = format!(
        "```json\n{POLICY}\n\n{POLICY}\n```\n\n```json\n{{\"PolicyDocument\": {POLICY:?}}}\n```\n"
    );
    let all = found("a.md", &file);
    assert_eq!(all.len(), 3);
    assert!(all.iter().all(|own| own.text() == POLICY));
    assert_eq!(outer(&file, &all[2], "\"allow\""), "\\\"allow\\\"");
    let shell = format!("```bash\ntccli cam CreatePolicy --PolicyDocument '{POLICY}'\n```\n");
    assert_eq!(found("a.md", &shell)[0].text(), POLICY);
}

#[test]
fn many_braces_take_no_long_time() {
    let deep = "{\"statement\":".repeat(50_000) + &"}".repeat(50_000);
    assert!(found("a.md", &deep).is_empty());
    let open = "[{'".repeat(100_000);
    assert!(matches!(extract("a.txt", &format!("x{open}")), Extracted::Whole));
    for piece in [
        "\\\"",
        "\"\\\"{",
        "'\\",
        "/*,",
        ",//",
        "{\"statement\": '",
        "\"{\\\"statement\\\"",
        "{   ",
        "{'a': [",
        "statement\"",
    ] {
        let many = format!(
            "{{\"statement\": [{{\"effect\": \"{}\n'{}}}]}}",
            piece.repeat(50_000),
            piece.repeat(50_000)
        );
        for file in [format!("```js\n{many}\n```\n"), many, piece.repeat(100_000)] {
            let Extracted::Embedded(found) = extract("a.md", &format!("x {file}")) else {
                panic!()
            };
            assert!(found.len() < 2, "{piece}");
        }
    }
}

#[test]
fn stray_quotes_and_braces_hide_no_policy() {
    for (before, behind) in [
        ("x = \"\"\"", "\"\"\""),
        ("It is 5\" wide: ", ""),
        ("s = \"a\\\"{", "\""),
        ("if (a) { b[\"{\"] = 1; c({ d: ", " });"),
        ("\"statement\": {", ""),
        ("x { statement: 1 } [", "}}"),
    ] {
        for text in [
            format!("{before}{POLICY}{behind}\n"),
            format!("```js\n{before}{POLICY}{behind}\n```\n"),
        ] {
            let all = found("a.md", &text);
            assert_eq!((all.len(), all[0].text()), (1, POLICY), "{text}");
        }
    }
}

#[test]
fn places_in_programs_are_labels() {
    let quoted = POLICY.replace('"', "\\\"");
    let file = format!(
        "```js\nf({{ roles: [{{ 'trust-policy': {POLICY} }}, {{ \"PolicyDocument\": \"{quoted}\" }}] }})\n```\n"
    );
    let all = found("a.md", &file);
    let labels: Vec<_> = all.iter().map(|own| (own.label(), own.kind())).collect();
    assert_eq!(
        labels,
        [("/roles/0/trust-policy", Some(K::Trust)), ("/roles/1/PolicyDocument", None)]
    );
    assert!(all.iter().all(|own| own.text() == POLICY));

    let file = "> 1. ```js\n>    f({ statement: [\n>    { 'effect': 'é', /* a */ action: 'b', // c\n>    }, ] })\n>    ```\n";
    places_are_in_the_file(2, file);
    let mended = edited(file, &found("a.md", file)[0], "b", "b\n").unwrap();
    assert!(mended.contains("'b\n>    ',"), "{mended}");
}

#[test]
fn what_only_looks_like_a_heredoc_hides_none() {
    let heredoc = "{\"statement\": [\n{\"effect\": \"$E\",}]}\n";
    for before in [
        "x=$((1 << 20))\n",
        "x=$((1 << bits)); y=$((x<<bits))\n",
        "print(1 << 3); a <<'b c'\n20\n",
        "cat <<< word\n",
        "cat <<OTHER\n",
        "x=$((1 << 20)) ",
        "x=$((1 << n)) ",
    ] {
        let file = format!("{before}cat <<EOF > a\n{heredoc}EOF\n<<'_E1'\n{heredoc}_E1\n");
        let all = found("a.sh", &file);
        assert_eq!(all.len(), 2, "{file}");
        assert!(!all[0].text().contains("$E"), "the shell puts it in: {file}");
        assert_eq!(all[1].text(), heredoc, "{file}");
    }
    // The first that ends is the one that began, and what stands in it begins none.
    let file = format!("cat <<Z <<A\nx <<C\n{heredoc}C\nA\n");
    let all = found("a.sh", &file);
    assert!(all.len() == 1 && all[0].text().contains("$E"), "{}", all[0].text());
}
