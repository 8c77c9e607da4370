//! Findings that are accepted in the settings, and settings that change.

use camlock_lsp::SettingsFile;
use serde_json::{Value, json};

use crate::client::{Client, able};

const URI: &str = "file:///a/b.json";

const CASED: &str = r#"{
    "version": "2.0",
    "statement": [
        {"effect": "allow", "action": ["cos:getobject"], "resource": "*"}
    ]
}"#;

/// A client that can change what it has not opened, and create files.
fn editor() -> Value {
    let mut able = able();
    able["workspace"] = json!({
        "workspaceEdit": {"documentChanges": true, "resourceOperations": ["create", "rename"]},
        "didChangeWatchedFiles": {"dynamicRegistration": true},
    });
    able
}

fn with_settings(capabilities: &Value, text: Option<&str>) -> Client {
    let client = Client::with(capabilities, URI, CASED);
    client.beside.borrow_mut().settings = Some(SettingsFile {
        path: "/a/camlock.toml".to_owned(),
        text: text.map(str::to_owned),
        document: "b.json".to_owned(),
    });
    client
}

/// The edits that accept what stands in line 3.
fn accepting(client: &mut Client) -> Vec<Value> {
    accepting_to(client, 45)
}

/// The same up to a column.
fn accepting_to(client: &mut Client, end: u32) -> Vec<Value> {
    let params = json!({
        "range": {"start": {"line": 3, "character": 39}, "end": {"line": 3, "character": end}},
        "context": {"diagnostics": []},
    });
    let actions = client.about("textDocument/codeAction", params);
    let all = actions.as_array().unwrap().iter();
    let accepting = all.filter(|own| own["title"].as_str().unwrap().starts_with("accept CAM5003"));
    accepting.map(|own| own["edit"].clone()).collect()
}

const ADDED: &str = r#"[[suppressions]]
code = "CAM5003"
path = "/b.json"
pointer = "/statement/0/action/0"
reason = "TODO: why this is accepted"
"#;

#[test]
fn a_finding_is_accepted_at_the_end_of_the_settings() {
    for (before, joint) in [("# ours\nuin = \"1\"\n", "\n"), ("uin = \"1\" # ours", "\n\n")] {
        let mut client = with_settings(&editor(), Some(before));
        let edits = accepting(&mut client);
        let [edit] = edits.as_slice() else { panic!("{edits:?}") };
        let [change] = edit["documentChanges"].as_array().unwrap().as_slice() else { panic!() };
        let id = &change["textDocument"];
        assert_eq!((&id["uri"], &id["version"]), (&json!("file:///a/camlock.toml"), &json!(null)));
        assert_eq!(change["edits"][0]["newText"], format!("{joint}{ADDED}"));
        let mut settings = Client::open("file:///a/camlock.toml", before);
        let after = settings.edited(&change["edits"]);
        assert_eq!(after, format!("{before}{joint}{ADDED}"));
    }
    // A client that can less can do as much where the file is there.
    let mut client = with_settings(&able(), Some(""));
    let edits = accepting(&mut client);
    assert_eq!(edits[0]["changes"]["file:///a/camlock.toml"][0]["newText"], ADDED);
}

#[test]
fn settings_that_are_not_there_are_made() {
    let mut client = with_settings(&editor(), None);
    let edits = accepting(&mut client);
    let [create, change] = edits[0]["documentChanges"].as_array().unwrap().as_slice() else {
        panic!("{edits:?}")
    };
    assert_eq!(
        (&create["kind"], &create["uri"]),
        (&json!("create"), &change["textDocument"]["uri"])
    );
    assert_eq!(create["options"], json!({"overwrite": false, "ignoreIfExists": true}));
    assert_eq!(change["edits"][0]["newText"], ADDED);
    assert_eq!(client.beside.borrow().folders, ["/a/b c", "/a"]);
    assert!(accepting(&mut with_settings(&able(), None)).is_empty(), "it cannot create files");
}

#[test]
fn settings_that_would_break_are_not_touched() {
    for text in ["levles = 1\n", "suppressions = []\n", "[[suppressions]]\n"] {
        assert!(accepting(&mut with_settings(&editor(), Some(text))).is_empty(), "{text}");
    }
    assert!(accepting(&mut Client::with(&editor(), URI, CASED)).is_empty(), "there can be none");
}

#[test]
fn each_of_several_findings_is_accepted_by_itself() {
    let mut client = with_settings(&editor(), Some("uin = \"1\"\n"));
    let text = CASED.replace(r#"["cos:getobject"]"#, r#"["cos:getobject", "cos:putobject"]"#);
    client.open_as("file:///a/b2.json", "json", &text);
    client.look_at("file:///a/b2.json");
    let edits = accepting_to(&mut client, 66);
    let texts: Vec<&str> = edits
        .iter()
        .map(|edit| edit["documentChanges"][0]["edits"][0]["newText"].as_str().unwrap())
        .collect();
    let second = ADDED.replace("action/0", "action/1");
    assert_eq!(texts, [format!("\n{ADDED}"), format!("\n{second}")]);
}

#[test]
fn settings_are_looked_for_where_quick_fixes_are_wanted() {
    for (only, is_asked) in [
        (json!(["source.fixAll"]), false),
        (json!(["refactor", "source"]), false),
        (json!(["source", "quickfix"]), true),
        (json!(null), true),
    ] {
        let mut client = with_settings(&editor(), Some(""));
        client.beside.borrow_mut().folders.clear();
        let params = json!({
            "range": {"start": {"line": 3, "character": 39}, "end": {"line": 3, "character": 45}},
            "context": {"diagnostics": [], "only": only},
        });
        client.about("textDocument/codeAction", params);
        assert_eq!(!client.beside.borrow().folders.is_empty(), is_asked, "{only}");
    }
}

#[test]
fn settings_that_are_open_are_changed_as_they_are_there() {
    let mut client = with_settings(&editor(), Some("old = true"));
    client.open_as("file:///a/camlock%2Etoml", "toml", "# new\n\n");
    client.look_at(URI);
    let edits = accepting(&mut client);
    let change = &edits[0]["documentChanges"][0];
    assert_eq!(change["textDocument"], json!({"uri": "file:///a/camlock%2Etoml", "version": 1}));
    assert_eq!(change["edits"][0]["range"]["start"], json!({"line": 2, "character": 0}));
}

#[test]
fn changed_files_are_taken_up_where_something_depends_on_them() {
    let mut client = Client::bare(&editor());
    let wish = client.told.pop().unwrap();
    assert_eq!(wish.method, "client/registerCapability");
    assert!(wish.params.to_string().contains("**/camlock.toml"), "{}", wish.params);
    assert!(Client::bare(&able()).told.is_empty(), "it tells of no files");

    client.open_as(URI, "json", CASED);
    assert_eq!(client.published().len(), 1);
    let changes = json!({"changes": [{"uri": "file:///a/camlock.toml", "type": 2}]});
    client.notify("workspace/didChangeWatchedFiles", changes.clone());
    assert_eq!(client.published().len(), 1);
    client.beside.borrow_mut().depends = false;
    client.notify("workspace/didChangeWatchedFiles", changes);
    assert!(client.published().is_empty());
}

#[test]
fn what_is_wrong_with_settings_is_shown() {
    let mut client = Client::open(URI, CASED);
    client.beside.borrow_mut().problems.push("camlock.toml:1:1: oops".to_owned());
    client.published();
    let shown = client.told.iter().find(|own| own.method == "window/showMessage").unwrap();
    assert_eq!(shown.params, json!({"type": 1, "message": "camlock.toml:1:1: oops"}));
}
