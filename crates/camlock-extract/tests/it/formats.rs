//! What is found where.

use camlock_extract::{Extracted, extract};
use camlock_policy::PolicyKind as K;

use super::{edited, found, outer};

const POLICY: &str =
    r#"{"version":"2.0","statement":[{"effect":"allow","action":"cos:getobject","resource":"*"}]}"#;

#[test]
fn a_policy_is_read_as_it_is() {
    let list = format!("[{POLICY}]");
    for text in [POLICY, list.as_str(), "{\"a\": 1}", "", "{"] {
        assert!(matches!(extract("a.json", text), Extracted::Whole), "{text}");
    }
    let lines = format!("{POLICY}\n{POLICY}\n");
    assert!(matches!(extract("a.jsonl", &lines), Extracted::Whole));
}

#[test]
fn a_comment_above_a_policy_is_read_with_it() {
    let list = format!("[{POLICY}, {POLICY}]");
    let faulty = POLICY.replacen(',', "", 1);
    for policy in [POLICY, list.as_str(), faulty.as_str()] {
        for (before, behind) in [
            ("// note\n", ""),
            ("\u{feff}# a\n\n# b\n", "\n"),
            ("/* a\n {} */ ", "\n// the end\n/* of it */\n"),
        ] {
            let text = format!("{before}{policy}{behind}");
            for name in ["", "<stdin>", "policy.jsonc", "policy.txt"] {
                assert!(matches!(extract(name, &text), Extracted::Whole), "{name}: {text}");
            }
        }
    }
    // Under the title of a page other text follows, or what it begins with is no policy.
    for (before, behind) in [
        ("# Title\n", "\nAll may read {that}.\n"),
        ("# Title\n{ as follows }\n", "\n"),
        ("# Title\n{ as follows: ", " }\n"),
        ("#!/bin/sh\n{ x --policy '", "'; }\n"),
        ("# Title\n", "\n\n```sh\nls\n```\n"),
    ] {
        let text = format!("{before}{POLICY}{behind}");
        let all = found("a.txt", &text);
        assert_eq!((all.len(), all[0].text()), (1, POLICY), "{text}");
    }
}

#[test]
fn members_hold_policies_as_objects_and_as_texts() {
    let quoted = format!("{POLICY:?}");
    let file = format!(
        "{{\"List\": [{{\"PolicyDocument\": {quoted}}}],\n \"a/b\": {{\"document\": {POLICY}}},\n \"assumeRolePolicy\": {POLICY}}}"
    );
    let all = found("a.json", &file);
    let labels: Vec<&str> = all.iter().map(camlock_extract::Embedded::label).collect();
    assert_eq!(labels, ["/List/0/PolicyDocument", "/a~1b/document", "/assumeRolePolicy"]);
    assert!(all.iter().all(|own| own.text() == POLICY));
    assert_eq!(all[2].kind(), Some(K::Trust));
    assert_eq!(outer(&file, &all[0], "\"cos:getobject\""), "\\\"cos:getobject\\\"");
    let mended = edited(&file, &all[0], "\"cos:getobject\"", "[\"a\"]").unwrap();
    assert!(mended.contains(r#"\"action\":[\"a\"],"#), "{mended}");
}

#[test]
fn lines_of_calls_hold_policies() {
    let file = format!("{POLICY}\r\n{{\"PolicyDocument\": {POLICY:?}}}\n");
    let all = found("calls.jsonl", &file);
    assert_eq!(all.len(), 2);
    assert_eq!(outer(&file, &all[0], "\"allow\""), "\"allow\"");
    assert_eq!(outer(&file, &all[1], "allow"), "allow");
    assert!(all[1].outer_span(camlock_source::Span::empty(0)).start as usize > POLICY.len());
}

#[test]
fn calls_one_behind_another_hold_policies() {
    let call = format!("{{\n\"PolicyDocument\": {POLICY:?}}}");
    let file = format!("{call}\n{POLICY}, {call}");
    let all = found("calls.json", &file);
    let labels: Vec<_> = all.iter().map(camlock_extract::Embedded::label).collect();
    assert_eq!(labels, ["line 1/PolicyDocument", "line 3", "line 3/PolicyDocument"]);
    assert_eq!(all[1].text(), format!("{POLICY},"));
    assert!(
        all[2].outer_span(camlock_source::Span::empty(0)).start as usize
            > call.len() + POLICY.len()
    );
    let policies = format!("{POLICY}\n{POLICY}");
    assert!(matches!(extract("a.json", &policies), Extracted::Whole));
}

#[test]
fn urls_hold_policies() {
    let encoded =
        POLICY.replace('"', "%22").replace('{', "%7b").replace('}', "%7D").replace('*', "+%2A");
    let file =
        format!("curl 'https://example.com/?Action=CreatePolicy&PolicyDocument={encoded}&x=1'");
    let all = found("call.sh", &file);
    assert_eq!((all.len(), all[0].label()), (1, "PolicyDocument"));
    assert_eq!(all[0].text(), POLICY.replace('*', " *"));
    assert_eq!(outer(&file, &all[0], "\"allow\""), "%22allow%22");
    assert_eq!(outer(&file, &all[0], "*"), "%2A");
    let mended = edited(&file, &all[0], "getobject", "Get/É").unwrap();
    assert!(mended.contains("%22cos:Get%2F%C3%89%22"), "{mended}");

    let json = format!("{{\"body\": \"Policy={encoded}\"}}");
    let all = found("a.json", &json);
    assert_eq!(outer(&json, &all[0], "\"allow\""), "%22allow%22");

    let page = format!("```http\nPOST /\n\nAction=CreatePolicy&PolicyDocument={encoded}\n```\n");
    let all = found("a.md", &page);
    assert_eq!((all.len(), outer(&page, &all[0], "\"allow\"")), (1, "%22allow%22"));
}

#[test]
fn blocks_of_markdown_hold_policies() {
    let file = "# Title\n\n- a list\n\n  ```json\n  {\n    \"statement\": {\"effect\": \"allow\"}\n  }\n  ```\n\n\
                ```sh\nls\n```\n\n> ~~~\n> {\"statement\":\n> [{\"action\": \"*\"}]}\n> ~~~\n";
    let all = found("a.md", file);
    assert_eq!(all.len(), 2);
    assert_eq!(all[0].text(), "{\n  \"statement\": {\"effect\": \"allow\"}\n}\n");
    assert_eq!(outer(file, &all[0], "{\n  \"statement\""), "{\n    \"statement\"");
    assert_eq!(outer(file, &all[1], "\"*\""), "\"*\"");
    let mended = edited(file, &all[0], "\"allow\"", "\"allow\",\n  \"action\": 1").unwrap();
    assert!(mended.contains("\"allow\",\n    \"action\": 1}\n  }\n"), "{mended}");
    assert!(
        found(
            "b.md",
            "```json\n{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": 1}]}\n```\n"
        )
        .is_empty()
    );
}

#[test]
fn yaml_holds_policies_as_mappings() {
    let file = "Resources:\n  Ops:\n    PolicyDocument:\n      version: '2.0'\n      statement:\n      - effect: allow\n        \
                action:\n        - cos:getobject # all\n        - \"cos:\\u0050ut\"\n        resource: '*'\n        condition: {a: {b: [1, true, ~]}}\n";
    let all = found("a.yaml", file);
    assert_eq!(all[0].label(), "/Resources/Ops/PolicyDocument");
    assert_eq!(
        all[0].text(),
        r#"{"version": "2.0", "statement": [{"effect": "allow", "action": ["cos:getobject", "cos:Put"], "resource": "*", "condition": {"a": {"b": [1, true, null]}}}]}"#
    );
    assert_eq!(outer(file, &all[0], "cos:getobject"), "cos:getobject");
    assert_eq!(outer(file, &all[0], "Put"), "\\u0050ut");
    assert_eq!(outer(file, &all[0], "2.0"), "2.0");
    let mended = edited(file, &all[0], "getobject", "GetObject").unwrap();
    assert!(mended.contains("- cos:GetObject # all\n"), "{mended}");
    assert!(edited(file, &all[0], "\"cos:getobject\"", "\"cos:GetObject\"").is_none());
    assert!(edited(file, &all[0], "getobject", "a: b").is_none());
}

#[test]
fn yaml_holds_policies_as_texts() {
    let file = format!(
        "a:\n  policy: |\n    {{\n      \"statement\":\n\n        {{\"effect\": \"allow\"}}\n    }}\nb: '{POLICY}'\nc: {POLICY:?}\nd: >-\n  {{\"statement\":\n  [{{\"effect\": 1}}]}}\ne: |2-\n    {{\"statement\": {{\"effect\": 2}}}}\n"
    );
    let all = found("a.yml", &file);
    assert_eq!(all.len(), 5);
    assert_eq!(all[0].text(), "{\n  \"statement\":\n\n    {\"effect\": \"allow\"}\n}\n");
    for (own, needle, expected) in [
        (&all[0], "\"allow\"", "\"allow\""),
        (&all[1], "\"allow\"", "\"allow\""),
        (&all[2], "\"allow\"", "\\\"allow\\\""),
        (&all[3], "\"effect\": 1", "\"effect\": 1"),
        (&all[4], "\"effect\": 2", "\"effect\": 2"),
    ] {
        assert_eq!(outer(&file, own, needle), expected, "{}", own.text());
    }
    let mended = edited(&file, &all[0], "\"allow\"", "\"deny\",\n  \"x\": 1").unwrap();
    assert!(mended.contains("{\"effect\": \"deny\",\n      \"x\": 1}"), "{mended}");
    let mended = edited(&file, &all[2], "\"allow\"", "\"deny\"").unwrap();
    assert!(mended.contains("\\\"effect\\\":\\\"deny\\\""), "{mended}");
}

#[test]
fn terraform_holds_policies_in_every_form() {
    let file = r#"
resource "tencentcloud_cam_policy" "a" {
  name     = "a"
  document = <<-EOF
    {
      "statement": [{"effect": "allow", "action": "cos:getobject"}]
    }
  EOF
}
resource "tencentcloud_cam_role" "b" {
  document = jsonencode({
    version = "2.0"
    statement = [
      { effect = "allow", action = ["sts:AssumeRole", "x\"y"], "principal" = { qcs = [] } },
    ]
  })
}
resource "tencentcloud_cos_bucket_policy" "c" {
  policy = "{\"statement\": {\"effect\": \"al\u006Cow $${x}\"}}"
}
locals {
  p = { q = [true ? <<X
{"statement": {"effect": 1}}
X
    : "no"] }
}
"#;
    let all = found("main.tf", file);
    let labels: Vec<&str> = all.iter().map(camlock_extract::Embedded::label).collect();
    assert_eq!(
        labels,
        [
            "tencentcloud_cam_policy.a.document",
            "tencentcloud_cam_role.b.document",
            "tencentcloud_cos_bucket_policy.c.policy",
            "locals.p"
        ]
    );
    let kinds: Vec<_> = all.iter().map(camlock_extract::Embedded::kind).collect();
    assert_eq!(kinds, [Some(K::Identity), Some(K::Trust), Some(K::Resource), None]);
    assert_eq!(outer(file, &all[0], "\"cos:getobject\""), "\"cos:getobject\"");
    assert_eq!(
        all[1].text(),
        r#"{"version": "2.0", "statement": [{"effect": "allow", "action": ["sts:AssumeRole", "x\"y"], "principal": {"qcs": []}}]}"#
    );
    assert_eq!(outer(file, &all[1], "\"sts:AssumeRole\""), "\"sts:AssumeRole\"");
    assert_eq!(outer(file, &all[1], "version"), "version");
    assert_eq!(outer(file, &all[1], "\"principal\""), "\"principal\"");
    assert_eq!(all[2].text(), r#"{"statement": {"effect": "allow ${x}"}}"#);
    assert_eq!(outer(file, &all[2], "allow ${x}"), "al\\u006Cow $${x}");

    let mended = edited(file, &all[1], "\"sts:AssumeRole\"", "\"sts:${x}\"").unwrap();
    assert!(mended.contains("[\"sts:$${x}\", "), "{mended}");
    let mended = edited(file, &all[2], "\"effect\"", "\"e\"").unwrap();
    assert!(mended.contains("{\\\"e\\\": "), "{mended}");
    assert!(edited(file, &all[1], ", \"x\\\"y\"", "").is_none(), "the comma is ours");
}

#[test]
fn what_is_no_terraform_is_said() {
    let fault = |name: &str, text: &str| {
        let Extracted::Unreadable(fault) = extract(name, text) else { panic!() };
        (fault.code.as_str(), fault.span.start, fault.message)
    };
    let (code, at, message) = fault("a.tf", "resource {\n  = \n");
    assert_eq!((code, at), ("CAM1004", 13));
    assert!(message.starts_with("not Terraform: "), "{message}");
    let (code, at, message) = fault("a.yml", "statement:\n  effect: [allow\nx: 1\n");
    assert_eq!((code, at > 0), ("CAM1005", true));
    assert!(message.starts_with("not YAML: "), "{message}");
    assert_eq!(fault("a.yaml", "statement: [\n").0, "CAM1005");
    // At the end there is no character to point at.
    let text = "resource \"a\" \"b\" {";
    let Extracted::Unreadable(fault) = extract("a.tf", text) else { panic!() };
    assert!(fault.span.end as usize <= text.len());
    // What has no words of a policy is nobody's fault.
    for text in ["x: [1\ny: 2\n", "{{ if x }}\n\tstatement: {{ sql }}\n"] {
        let found = extract("a.yml", text);
        assert!(matches!(found, Extracted::Embedded(found) if found.is_empty()), "{text}");
    }
}

#[test]
fn calls_in_markdown_hold_policies() {
    let file = format!("```json\n{{\"PolicyName\": \"a\", \"PolicyDocument\": {POLICY:?}}}\n```\n");
    let all = found("a.md", &file);
    assert_eq!((all.len(), all[0].label()), (1, "/PolicyDocument"));
    assert_eq!(all[0].text(), POLICY);
    assert_eq!(outer(&file, &all[0], "\"allow\""), "\\\"allow\\\"");
    let theirs = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow"}]}"#;
    assert!(
        found("a.md", &format!("```json\n{{\"PolicyDocument\": {theirs:?}}}\n```\n")).is_empty()
    );
}

#[test]
fn comments_above_a_policy_in_markdown_are_part_of_it() {
    let file = "```json\n// what it is for\n{\"statement\": {\"effect\": \"allow\"}}\n```\n";
    let all = found("a.md", file);
    assert_eq!(all.len(), 1);
    assert!(all[0].text().starts_with("// what"), "{}", all[0].text());
}

#[test]
fn heredocs_of_a_shell_hold_policies() {
    let file = "# Steps\n\n```bash\ncat > a.json << 'EOF'\n{\"statement\": [\n{\"effect\": \"deny\",}]}\nEOF\n\
                x <<-END\n{\"statement\": {\"action\": \"${uin}\\$\", \"effect\": $E}}\n  END\n```\n";
    let all = found("a.md", file);
    assert_eq!(all.len(), 2);
    assert_eq!(all[0].text(), "{\"statement\": [\n{\"effect\": \"deny\",}]}\n");
    assert_eq!(outer(file, &all[0], "\"deny\""), "\"deny\"");
    assert!(
        !all[1].text().contains("${uin}") && all[1].text().contains("$\""),
        "{}",
        all[1].text()
    );
    assert!(edited(file, &all[1], "\"statement\"", "\"x\"").is_some());
    assert!(
        edited(file, &all[1], "\"statement\"", "\"$x\"").is_none(),
        "the shell would put it in"
    );
    assert!(edited(file, &all[0], "\"statement\"", "\"$x\"").is_some());
    assert_eq!(found("a.sh", "cat <<EOF\n{\"statement\": {\"effect\": 1}}\nEOF\n").len(), 1);
}

#[test]
fn commands_hold_policies() {
    let quoted = POLICY.replace('"', "\\\"");
    let file = format!(
        "```\ncam Create --PolicyDocument {POLICY}\\\n  --x '{POLICY}' --y \"{quoted}\"\n\
         f({{ \"statement\": [{{\"effect\": a}}] }}); {{\"x\": {{\"document\": {POLICY}}}}}\n```\n"
    );
    let all = found("a.md", &file);
    assert_eq!(all.len(), 4, "what is no JSON is an object of a program");
    assert!(all.iter().all(|own| own.text() == POLICY));
    assert_eq!(outer(&file, &all[2], "\"allow\""), "\\\"allow\\\"");
    assert_eq!(all[3].label(), "/x/document");
}

#[test]
fn much_that_only_begins_is_read_in_bounded_time() {
    for piece in
        ["{\"", "\"{\\\"", "<<A\n", "<<A\nA\n", "x << A <<", "$(", "{\"a\":[", "{\"statement\":"]
    {
        let file = format!("```\n{}\n```\n", piece.repeat(20_000));
        assert!(found("a.md", &file).is_empty(), "{piece}");
    }
}

#[test]
fn a_policy_without_statements_is_found() {
    let file = "resource \"tencentcloud_cam_policy\" \"a\" {\n  document = <<EOF\n{ \"version\": \"2.0\", \"statement\": [] }\nEOF\n}\n";
    assert_eq!(found("a.tf", file).len(), 1);
}

#[test]
fn names_without_quotes_in_terraform_are_edited() {
    let file = "a = jsonencode({ Statement = [{ Effect = \"allow\", \"Action\" = \"*\" }] })\n";
    let own = &found("a.tf", file)[0];
    let mended = edited(file, own, "\"Statement\"", "\"statement\"").unwrap();
    assert!(mended.contains("{ statement = ["), "{mended}");
    let mended = edited(file, own, "\"Action\"", "\"action\"").unwrap();
    assert!(mended.contains("\"action\" = "), "{mended}");
    for other in ["\"a:b\"", "\"null\"", "\"1a\"", "x", "\"\""] {
        assert!(edited(file, own, "\"Effect\"", other).is_none(), "{other}");
    }
}
