//! Account files: names that lead to what they name.

use serde_json::{Value, json};

use crate::client::{Client, range};

const URI: &str = "file:///a/account.json";

const ACCOUNT: &str = r#"{
    "camlock": 1,
    "owner": {"uin": "100000000001", "app_id": "1250000000"},
    "policies": [
        {"id": "1", "name": "read", "type": "custom",
         "document": {"version": "2.0", "statement": {"effect": "allow", "action": "cos:getobject", "resource": "*"}}}
    ],
    "groups": [{"id": "10", "name": "dev", "policies": ["read"]}],
    "users": [{"uin": "100000000011", "name": "alice", "kind": "sub_user", "groups": [10, "dev"], "policies": ["1"], "boundary": "read"}]
}"#;

fn place(needle: &str) -> usize {
    ACCOUNT.find(needle).unwrap() + 1
}

#[test]
fn references_lead_to_what_they_name() {
    let mut client = Client::open(URI, ACCOUNT);
    for (needle, target) in [
        ("\"read\"]}]", "4:8-5:118"),
        ("\"1\"], ", "4:8-5:118"),
        ("\"read\"}]", "4:8-5:118"),
        ("10, ", "7:15-7:64"),
        ("\"dev\"], \"policies\": [\"1", "7:15-7:64"),
    ] {
        let found = client.at("textDocument/definition", place(needle));
        assert_eq!(
            (range(&found["range"]), &found["uri"]),
            (target.to_owned(), &json!(URI)),
            "{needle}"
        );
    }
    assert_eq!(client.at("textDocument/definition", place("alice")), json!(null));
    let hover = client.at("textDocument/hover", place("\"1\"], "));
    assert!(hover["contents"]["value"].as_str().unwrap().contains("policy `read`"));
}

#[test]
fn policies_in_it_are_linted_in_place() {
    let mut client = Client::open(URI, ACCOUNT);
    let found = client.findings();
    assert!(found.iter().any(|own| own.ends_with(" 5:88-5:97")), "{found:?}");
    let dangling = ACCOUNT.replace("\"boundary\": \"read\"", "\"boundary\": \"gone\"");
    let mut client = Client::open(URI, &dangling);
    assert!(client.findings().iter().any(|own| own.contains(" 8:")));
    let hover = client.at("textDocument/hover", place("cos:getobject"));
    assert!(hover["contents"]["value"].as_str().unwrap().contains("`cos:GetObject` is"));
}

#[test]
fn names_are_completed() {
    let text = ACCOUNT.replace("\"read\"]}]", "\"\"]}]");
    let mut client = Client::open(URI, &text);
    let list = client.at("textDocument/completion", text.find("\"\"]}]").unwrap() + 1);
    let labels: Vec<&Value> =
        list["items"].as_array().unwrap().iter().map(|own| &own["label"]).collect();
    assert_eq!(labels, ["1", "read"]);
}

#[test]
fn the_outline_has_everything_with_a_name() {
    let mut client = Client::open(URI, ACCOUNT);
    let symbols = client.about("textDocument/documentSymbol", json!({}));
    let names = |list: &Value| -> Vec<String> {
        list.as_array()
            .unwrap()
            .iter()
            .map(|own| own["name"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(names(&symbols), ["policies", "users", "groups"]);
    assert_eq!(names(&symbols[0]["children"]), ["read"]);
    assert_eq!(names(&symbols[0]["children"][0]["children"]), ["statement 1"]);

    let mut flat = Client::with(&json!({}), URI, ACCOUNT);
    let symbols = flat.about("textDocument/documentSymbol", json!({}));
    assert_eq!(
        names(&symbols),
        ["policies", "read", "statement 1", "users", "alice", "groups", "dev"]
    );
    assert_eq!(
        (&symbols[1]["containerName"], &symbols[1]["location"]["uri"]),
        (&json!("policies"), &json!(URI))
    );
}

#[test]
fn statements_are_the_outline_of_a_policy() {
    let text = r#"{"version": "2.0", "statement": [
        {"sid": "logs", "effect": "allow", "action": ["cos:Get*", "cos:Put*"], "resource": "*"},
        {"effect": "deny", "action": "*", "resource": "*"}
    ]}"#;
    let mut client = Client::open("file:///x.json", text);
    let symbols = client.about("textDocument/documentSymbol", json!({}));
    assert_eq!(symbols[0]["name"], "logs");
    assert_eq!(symbols[0]["detail"], "allow cos:Get* and 1 more on *");
    assert_eq!(
        (&symbols[1]["name"], range(&symbols[1]["range"])),
        (&json!("statement 2"), "2:8-2:58".into())
    );
    let folds = client.about("textDocument/foldingRange", json!({}));
    assert_eq!(folds, json!([{"startLine": 0, "endLine": 2}, {"startLine": 0, "endLine": 2}]));
}
