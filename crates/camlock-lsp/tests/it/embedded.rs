//! Policies inside of documents that are written in something else.

use serde_json::{Value, json};

use crate::client::{Client, able};

const TERRAFORM: &str = "file:///a/main.tf";

const HEREDOC: &str = r#"
resource "tencentcloud_cam_policy" "ops" {
  name     = "ops"
  document = <<-EOT
    {
      "version": "2.0",
      "Statement": [
        {"effect": "allow", "action": ["cos:getobject"], "resource": ["qcs::cos::uid/${var.appid}:*"]}
      ]
    }
  EOT
}
"#;

const FENCE: &str = "# Rights\n\n- of readers:\n\n  ```json\n  {\"version\": \"2.0\",\n   \
                     \"Statement\": [{\"effect\": \"allow\", \"action\": \"cos:getobject\", \"resource\": \"*\"}]}\n  ```\n";

const BLOCK: &str = "kind: policy\ndocument: |\n  {\"version\": \"2.0\",\n   \"Statement\": [{\"effect\": \
                     \"allow\", \"action\": \"cos:getobject\", \"resource\": \"*\"}]}\n";

const MAPPING: &str = "policies:\n  - version: '2.0'\n    statement:\n      - effect: allow\n        action: \
                       [cos:getobject, cos:Get]\n        resource: '*'\n";

fn open(uri: &str, language: &str, text: &str) -> Client {
    let mut client = Client::bare(&able());
    client.open_as(uri, language, text);
    client
}

#[test]
fn every_safe_repair_is_carried_out_where_it_has_a_place() {
    let two = HEREDOC.replacen("\"version\"", "\"Version\"", 1);
    let text = format!("{two}{HEREDOC}");
    let mut client = open(TERRAFORM, "terraform", &text);
    let params = json!({
        "range": {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 0}},
        "context": {"diagnostics": [], "only": ["source.fixAll"]},
    });
    let actions = client.about("textDocument/codeAction", params);
    let [action] = actions.as_array().unwrap().as_slice() else { panic!("{actions}") };
    let edited = client.edited(&action["edit"]["changes"][TERRAFORM]);
    let repaired = text.replace("Version", "version").replace("Statement", "statement");
    assert_eq!(edited, repaired);
}

/// The byte behind some text.
fn behind(text: &str, part: &str) -> usize {
    text.find(part).unwrap() + part.len()
}

#[track_caller]
fn fixes(client: &mut Client, text: &str, part: &str) -> Vec<Value> {
    let line = text.get(..behind(text, part)).unwrap().matches('\n').count();
    let place = |column: u32| json!({"line": line, "character": column});
    let params = json!({
        "range": {"start": place(0), "end": place(999)},
        "context": {"diagnostics": [], "only": ["quickfix"]},
    });
    client.about("textDocument/codeAction", params).as_array().unwrap().clone()
}

#[test]
fn findings_and_repairs_have_their_places_in_the_document() {
    for (uri, language, text) in [
        (TERRAFORM, "terraform", HEREDOC),
        ("untitled:Untitled-1", "hcl", HEREDOC),
        ("file:///a/README.md", "markdown", FENCE),
        ("file:///a/ros.yaml", "yaml", BLOCK),
    ] {
        let mut client = open(uri, language, text);
        let found = client.findings().join("\n");
        let at = behind(text, "cos:");
        let line = text.get(..at).unwrap().matches('\n').count();
        let column = at - text.get(..at).unwrap().rfind('\n').unwrap() - 1;
        assert!(
            found.contains(&format!("{line}:{column}-{line}:{}", column + 9)),
            "{uri}: {found}"
        );
        let fixes = fixes(&mut client, text, "\"Statement");
        let fix = fixes.iter().find(|own| own["isPreferred"] == true).unwrap();
        let edited = client.edited(&fix["edit"]["changes"][uri]);
        assert_eq!(edited, text.replace("\"Statement\"", "\"statement\""), "{uri}");
    }
}

#[test]
fn places_inside_are_told_and_completed() {
    for (uri, language, text) in [
        (TERRAFORM, "terraform", HEREDOC),
        ("file:///a/README.md", "markdown", FENCE),
        ("file:///a/ros.yaml", "yaml", BLOCK),
        ("file:///a/ros.yaml", "yaml", MAPPING),
    ] {
        let mut client = open(uri, language, text);
        let at = behind(text, "cos:get");
        let hover = client.at("textDocument/hover", at);
        let said = hover["contents"]["value"].as_str().unwrap();
        assert!(said.contains("`cos:GetObject` is") && said.contains("CAM5003"), "{uri}: {said}");
        let list = client.at("textDocument/completion", at);
        let items = list["items"].as_array().unwrap();
        let item = items.iter().find(|item| item["label"] == "cos:GetObject").unwrap();
        assert_eq!(item["insertTextFormat"], 1, "{uri}");
        // Editors offer only what goes on with what stands in the place that goes.
        let is_quoted = text != MAPPING;
        assert_eq!(item["filterText"].as_str().unwrap().starts_with('"'), is_quoted, "{uri}");
        assert_eq!(
            client.edited(&json!([item["textEdit"]])),
            text.replacen("cos:getobject", "cos:GetObject", 1),
            "{uri}"
        );
        assert_eq!(client.at("textDocument/hover", 1), json!(null));
        assert_eq!(client.at("textDocument/completion", 1), json!(null));
        let options = json!({"options": {"tabSize": 4, "insertSpaces": true}});
        assert_eq!(client.about("textDocument/formatting", options), json!([]));
        for method in ["textDocument/documentSymbol", "textDocument/foldingRange"] {
            assert_eq!(client.about(method, json!({})), json!([]), "{uri}");
        }
    }
}

#[test]
fn what_is_written_is_written_as_the_document_writes_it() {
    let text = HEREDOC.replace("${var.appid}:*", "1250000000:$");
    let mut client = open(TERRAFORM, "terraform", &text);
    let list = client.at("textDocument/completion", behind(&text, "1250000000:$"));
    let item = list["items"].as_array().unwrap().iter().find(|own| own["label"] == "${uin}");
    let edited = client.edited(&json!([item.unwrap()["textEdit"]]));
    assert!(edited.contains("1250000000:$${uin}"), "{edited}");

    let call = r#"{"PolicyName": "x", "PolicyDocument": "{\"version\": \"2.0\", \"statement\": [{\"effect\": \"allow\", \"action\": \"cos:Get\", \"resource\": \"*\"}]}"}"#;
    let mut client = open("file:///a/call.json", "json", call);
    let list = client.at("textDocument/completion", behind(call, "cos:Get"));
    let items = list["items"].as_array().unwrap();
    let item = items.iter().find(|item| item["label"] == "cos:GetObject").unwrap();
    assert_eq!(item["filterText"], r#"\"cos:GetObject\""#);
    let edited = client.edited(&json!([item["textEdit"]]));
    assert_eq!(edited, call.replace("cos:Get", "cos:GetObject"));
}

#[test]
fn what_is_not_known_is_not_talked_about() {
    let mut client = open(TERRAFORM, "terraform", HEREDOC);
    let at = behind(HEREDOC, "${var.");
    assert_eq!(client.at("textDocument/hover", at), json!(null));
    let list = client.at("textDocument/completion", at);
    assert_eq!(list["items"], json!([]));
}

#[test]
fn a_document_without_policies_is_left_alone_however_broken() {
    for (uri, language, text) in [
        (TERRAFORM, "terraform", "resource \"tencentcloud_vpc\" \"a\" {"),
        ("file:///policy.tf", "terraform", "variable \"policy\" {}"),
        ("file:///policy.md", "markdown", "A statement: {\"policy\"}"),
        ("file:///policy.yaml", "yaml", "a: [1, 2]"),
        (
            "file:///stack.json",
            "json",
            r#"{"Role": {"PolicyDocument": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*"}]}}}"#,
        ),
    ] {
        let mut client = open(uri, language, text);
        assert_eq!(client.findings(), [""; 0], "{uri}");
        assert_eq!(client.at("textDocument/hover", 9), json!(null));
    }
    // One that has some, and cannot be read, is not passed over in silence.
    let broken = HEREDOC.replace("name ", "name = =");
    let mut client = open(TERRAFORM, "terraform", &broken);
    let published = client.published();
    let said = &published[0]["diagnostics"][0];
    assert_eq!((&said["severity"], &said["code"]), (&json!(2), &json!("CAM1004")));
    assert!(said["message"].as_str().unwrap().contains("not Terraform"), "{said}");
    assert_eq!(said["range"]["start"]["line"], 2);
}
