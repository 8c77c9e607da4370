//! What a client is told of, and what it is offered to do about it.

use serde_json::{Value, json};

use crate::client::{Client, able, range};

const URI: &str = "file:///a/b.json";

const CASED: &str = r#"{
    "Version": "2.0",
    "statement": [
        {"effect": "allow", "action": ["cos:getobject", "cos:PutObject"], "resource": "*"}
    ]
}"#;

#[test]
fn findings_follow_the_text() {
    let mut client = Client::open(URI, CASED);
    let found = client.findings();
    assert!(found.iter().any(|own| own.contains("3:44-3:53")), "{found:?}");
    assert!(client.published().is_empty(), "nothing changed");
    client.change("3:40-3:53", "cos:GetObject");
    let found = client.findings();
    assert!(!found.iter().any(|own| own.contains("3:44")), "{found:?}");
    client.notify("textDocument/didSave", json!({"textDocument": {"uri": URI}}));
    assert_eq!(client.published().len(), 1);
    client.notify("textDocument/didClose", json!({"textDocument": {"uri": URI}}));
    let closed = client.told.pop().unwrap();
    assert_eq!(closed.params["diagnostics"], json!([]));
}

#[test]
fn a_finding_has_what_an_editor_shows() {
    let mut client = Client::open(URI, CASED);
    let published = client.published();
    let all = published[0]["diagnostics"].as_array().unwrap();
    let own = all.iter().find(|own| range(&own["range"]) == "3:44-3:53").unwrap();
    assert_eq!((&own["source"], &own["severity"]), (&json!("camlock"), &json!(2)));
    assert!(own["message"].as_str().unwrap().contains("getobject"), "{own}");
    assert_eq!(published[0]["version"], 1);
}

#[test]
fn other_places_are_named_where_the_client_can_show_them() {
    let twice = r#"{"version": "2.0", "version": "2.0", "statement": []}"#;
    let related = |capabilities: &Value| {
        let mut client = Client::with(capabilities, URI, twice);
        let published = client.published();
        published[0]["diagnostics"].to_string().contains("relatedInformation")
    };
    assert!(related(&able()));
    assert!(!related(&json!({})));
}

#[test]
fn files_that_are_no_policies_are_left_alone() {
    for text in [r#"{"name": "x", "version": "1.0.0", "dependencies": {}}"#, "", "[1, 2]", "oops"] {
        let mut client = Client::open("file:///package.json", text);
        assert_eq!(client.findings(), [""; 0], "{text}");
        assert_eq!(client.at("textDocument/hover", text.len().min(3)), json!(null));
        assert_eq!(
            client.about(
                "textDocument/formatting",
                json!({"options": {"tabSize": 2, "insertSpaces": true}})
            ),
            json!([])
        );
    }
    for name in ["policy.py", "policy.toml", "camlock.toml"] {
        let mut client = Client::open(&format!("file:///{name}"), "uin = \"1\"");
        assert_eq!(client.findings(), [""; 0], "{name}");
    }
    let mut client = Client::open("file:///my-policy.json", "{}");
    assert!(!client.findings().is_empty(), "the name says that it is one");
}

#[test]
fn lines_and_lists_have_findings_of_their_own() {
    let line = r#"{"version": "2.0", "statement": {"effect": "permit", "action": "cos:*", "resource": "*"}}"#;
    let mut client = Client::open("file:///a.jsonl", &format!("{line}\n{line}\n"));
    let found = client.findings();
    assert!(found.iter().any(|own| own.contains(" 1:43-1:51")), "{found:?}");
    let mut client = Client::open(URI, &format!("{line}\n{line}\n"));
    let found = client.findings();
    assert!(found.iter().any(|own| own.contains(" 1:43-1:51")), "{found:?}");
    let mut client = Client::open(URI, &format!("[{line},\n{line}]"));
    let found = client.findings();
    assert!(found.iter().any(|own| own.contains(" 1:43-1:51")), "{found:?}");
}

#[test]
fn many_findings_are_counted_and_not_all_sent() {
    let many = "\"cos:get\", ".repeat(3_000);
    let text =
        format!(r#"{{"version": "2.0", "statement": {{"effect": "x", "action": [{many}1]}}}}"#);
    let mut client = Client::open(URI, &text);
    let published = client.published();
    let all = published[0]["diagnostics"].as_array().unwrap();
    assert_eq!(all.len(), 1_001);
    assert!(all.last().unwrap()["message"].as_str().unwrap().contains("more from here on"));
}

fn actions(client: &mut Client, line: u32, only: &Value) -> Vec<Value> {
    let place = json!({"line": line, "character": 0});
    let end = json!({"line": line, "character": 999});
    let params = json!({
        "range": {"start": place, "end": end},
        "context": {"diagnostics": [], "only": only},
    });
    client.about("textDocument/codeAction", params).as_array().unwrap().clone()
}

#[test]
fn repairs_are_offered_where_the_finding_is() {
    let mut client = Client::open(URI, CASED);
    let all = actions(&mut client, 1, &json!(["quickfix"]));
    assert_eq!(all.len(), 1, "{all:?}");
    assert_eq!((&all[0]["isPreferred"], &all[0]["kind"]), (&json!(true), &json!("quickfix")));
    assert_eq!(client.edited(&all[0]["edit"]["changes"][URI]), CASED.replace("Version", "version"));
    // What changes decisions says so, and is not carried out without a look.
    let all = actions(&mut client, 3, &json!(["quickfix"]));
    let cased = all.iter().find(|own| own["title"].to_string().contains("GetObject")).unwrap();
    assert_eq!(cased["isPreferred"], false);
    assert!(cased["title"].as_str().unwrap().ends_with("(suggestion)"), "{cased}");
}

#[test]
fn every_safe_repair_is_carried_out_at_once() {
    let mut client = Client::open(URI, CASED);
    for only in [json!(["source.fixAll"]), json!(["source"]), json!(["source.fixAll.camlock"])] {
        let all = actions(&mut client, 0, &only);
        assert_eq!(all.len(), 1, "{only}");
        let edited = client.edited(&all[0]["edit"]["changes"][URI]);
        assert!(edited.contains("\"version\"") && edited.contains("getobject"), "{edited}");
    }
    assert!(actions(&mut client, 0, &json!(["refactor"])).is_empty());
}

#[test]
fn a_client_that_asks_later_is_told_later_what_every_repair_changes() {
    let mut capabilities = able();
    capabilities["textDocument"]["codeAction"] =
        json!({"dataSupport": true, "resolveSupport": {"properties": ["edit"]}});
    let mut client = Client::with(&capabilities, URI, CASED);
    let all = actions(&mut client, 0, &json!(["source.fixAll"]));
    let [action] = all.as_slice() else { panic!("{all:?}") };
    assert_eq!(action.get("edit"), None);
    let resolved = client.request("codeAction/resolve", action.clone());
    assert_eq!(resolved["title"], action["title"]);
    let edited = client.edited(&resolved["edit"]["changes"][URI]);
    assert_eq!(edited, CASED.replace("Version", "version"));
    // One that is whole stays so, and one of a document that is closed changes nothing.
    let whole = json!({"title": "x", "edit": {"changes": {}}});
    assert_eq!(client.request("codeAction/resolve", whole.clone()), whole);
    client.notify("textDocument/didClose", json!({"textDocument": {"uri": URI}}));
    assert_eq!(client.request("codeAction/resolve", action.clone()).get("edit"), None);
}

#[test]
fn a_document_is_laid_out_as_the_command_does() {
    let loose = r#"{"Statement":{"Action":"*","Resource":"*","Effect":"allow"},"version":"2.0"}"#;
    let options = json!({"options": {"tabSize": 2, "insertSpaces": true}});
    let mut client = Client::open(URI, loose);
    let edits = client.about("textDocument/formatting", options.clone());
    let neat = camlock_syntax::format(loose, camlock_policy::PolicyKind::Identity).unwrap();
    assert_eq!(client.edited(&edits), neat);
    let mut client = Client::open(URI, &neat);
    assert_eq!(client.about("textDocument/formatting", options.clone()), json!([]));
    // In a list each is one level deeper; what has faults stays as it is.
    let mut client = Client::open(URI, &format!("[{loose}]"));
    let edits = client.about("textDocument/formatting", options.clone());
    assert_eq!(
        client.edited(&edits),
        format!("[\n    {}\n]\n", neat.trim_end().replace('\n', "\n    "))
    );
    let mut client = Client::open(URI, &format!("{loose} {loose}"));
    let edits = client.about("textDocument/formatting", options.clone());
    assert_eq!(client.edited(&edits), neat.repeat(2));
    for text in
        [format!("[{loose},]"), loose.replace("allow", "permit"), format!("{loose}\n{loose}")]
    {
        let mut client = Client::open(URI, &text);
        assert_eq!(client.about("textDocument/formatting", options.clone()), json!([]), "{text}");
    }
}
