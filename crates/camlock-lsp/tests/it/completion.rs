//! What could stand at a place.

use serde_json::{Value, json};

use crate::client::{Client, able};

const URI: &str = "file:///a/policy.json";

/// The completions at `|`, and the client that was asked.
#[track_caller]
fn at(text: &str) -> (Client, Vec<Value>) {
    with(&able(), text)
}

fn with(capabilities: &Value, text: &str) -> (Client, Vec<Value>) {
    let offset = text.find('|').unwrap();
    let text = text.replacen('|', "", 1);
    let mut client = Client::with(capabilities, URI, &text);
    let list = client.at("textDocument/completion", offset);
    let items = list["items"].as_array().unwrap().clone();
    (client, items)
}

fn labels(items: &[Value]) -> Vec<&str> {
    items.iter().map(|item| item["label"].as_str().unwrap()).collect()
}

/// The text with the completion of this label taken, in a client without snippets.
#[track_caller]
fn taken(text: &str, label: &str) -> String {
    let (mut client, items) = with(&json!({}), text);
    let item = items.iter().find(|item| item["label"] == label);
    let item = item.unwrap_or_else(|| panic!("no {label} in {:?}", labels(&items)));
    client.edited(&json!([item["textEdit"]]))
}

#[test]
fn a_policy_can_be_typed_from_nothing() {
    assert_eq!(labels(&at("{|").1), ["version", "id", "principal", "statement"]);
    assert_eq!(labels(&at("{\"|").1), ["version", "id", "principal", "statement"]);
    assert_eq!(taken("{|", "version"), "{\"version\": ");
    assert_eq!(taken("{\"ver|", "version"), "{\"version\": ");
    assert_eq!(taken("{\"|\": 1}", "version"), "{\"version\": 1}");
    assert_eq!(taken("{\"version\": |", "2.0"), "{\"version\": \"2.0\"");
}

#[test]
fn elements_that_are_there_are_not_offered_again() {
    let text =
        r#"{"version": "2.0", "statement": [{"effect": "allow", "act|": "x", "Resource": "*"}]}"#;
    assert_eq!(labels(&at(text).1), ["sid", "principal", "action", "condition"]);
    let valid = r#"{"version": "2.0", "statement": [{"effect": "allow", "action|": "*", "resource": "*"}]}"#;
    assert_eq!(
        labels(&at(valid).1),
        ["sid", "action", "condition"],
        "no principal in an identity policy"
    );
}

#[test]
fn services_then_their_actions_are_offered_in_broken_text() {
    let broken =
        "{\"version\": \"2.0\", \"statement\": [{\"effect\": \"allow\", \"action\": [\"|\n}";
    let (_, items) = at(broken);
    assert!(labels(&items).contains(&"cos:") && labels(&items).contains(&"*"));
    let (_, items) = at(&broken.replace('|', "cos:Get|"));
    assert!(labels(&items).contains(&"cos:GetObject") && labels(&items).contains(&"cos:Get*"));
    assert!(items.iter().any(|item| item["detail"] == "reads"));
    let (_, items) = at(&broken.replace('|', "name/cos:|"));
    assert!(labels(&items).contains(&"name/cos:GetObject"));
    assert_eq!(
        taken(&broken.replace('|', "cos:Get|"), "cos:GetObject"),
        broken.replace("\"|", "\"cos:GetObject\"")
    );
    assert_eq!(
        taken(r#"{"statement": [{"action": ["cos:Ge|tObj", "x"]}]}"#, "cos:GetObject"),
        r#"{"statement": [{"action": ["cos:GetObject", "x"]}]}"#
    );
}

const STATEMENT: &str =
    r#"{"statement": [{"action": ["cos:GetObject", "cvm:RunInstances"], "resource": ["|"]}]}"#;

#[test]
fn resource_forms_are_those_of_the_actions() {
    let (_, items) = at(STATEMENT);
    let all = labels(&items);
    assert!(all.contains(&"*") && all.contains(&"qcs::cvm:$region:uin/$uin:instance/*"), "{all:?}");
    assert!(all.iter().any(|own| own.starts_with("qcs::cos:$region:uid/$appid:")), "{all:?}");
    assert!(!all.iter().any(|own| own.starts_with("qcs::cam")), "{all:?}");
    let form =
        items.iter().find(|item| item["label"] == "qcs::cvm:$region:uin/$uin:instance/*").unwrap();
    assert_eq!(form["insertTextFormat"], 2);
    assert_eq!(form["textEdit"]["newText"], "\"qcs::cvm:${1:region}:uin/${2:uin}:instance/*\"");
    assert_eq!(
        taken(STATEMENT, "qcs::cvm:$region:uin/$uin:instance/*"),
        STATEMENT.replace('|', "qcs::cvm:::instance/*")
    );
}

#[test]
fn segments_are_completed_one_by_one() {
    let segment = |typed: &str| STATEMENT.replace('|', typed);
    assert!(labels(&at(&segment("qcs::|")).1).contains(&"cos"));
    assert!(labels(&at(&segment("qcs::cos:ap-|")).1).contains(&"ap-guangzhou"));
    assert_eq!(labels(&at(&segment("qcs::cos:ap-guangzhou:|")).1), ["uin/", "uid/"]);
    assert!(labels(&at(&segment("qcs::cvm:::|")).1).contains(&"instance/*"));
    assert_eq!(
        taken(&segment("qcs::cos:ap-|gu:uid/1:x"), "ap-guangzhou"),
        segment("qcs::cos:ap-guangzhou:uid/1:x")
    );
}

#[test]
fn variables_follow_their_dollar() {
    let text = STATEMENT.replace('|', "qcs::cvm:::instance/${|}");
    assert_eq!(labels(&at(&text).1), ["${uin}", "${owner_uin}", "${app_id}"]);
    assert_eq!(taken(&text, "${uin}"), STATEMENT.replace('|', "qcs::cvm:::instance/${uin}"));
    let value = r#"{"statement": [{"condition": {"string_equal": {"k": "a$|"}}}]}"#;
    assert_eq!(labels(&at(value).1).len(), 5);
    assert_eq!(taken(value, "${uin}"), value.replace("$|", "${uin}"));
}

#[test]
fn conditions_are_completed_level_by_level() {
    let operator = r#"{"statement": [{"action": "cos:PutObject", "condition": {"|"}}]}"#;
    let all = at(operator).1;
    assert!(labels(&all).contains(&"string_equal") && labels(&all).contains(&"ip_equal_if_exist"));
    assert!(!labels(&all).contains(&"null_equal_if_exist"));
    let all = at(&operator.replace('|', "for_a|")).1;
    assert!(labels(&all).contains(&"for_any_value:string_equal"));
    let key = r#"{"statement": [{"action": "cos:PutObject", "condition": {"ip_equal": {"|"}}}]}"#;
    assert!(labels(&at(key).1).contains(&"qcs:ip"));
    let value = r#"{"statement": [{"condition": {"bool_equal": {"cos:secure-transport": |}}}]}"#;
    assert_eq!(labels(&at(value).1), ["true", "false"]);
    assert_eq!(taken(value, "true"), value.replace('|', "true"));
}

#[test]
fn keys_are_those_that_the_operator_takes_and_the_actions_have() {
    let keys = |action: &str, operator: &str| {
        let text = format!(
            r#"{{"statement": [{{"action": {action}, "condition": {{"{operator}": {{"|"}}}}}}]}}"#
        );
        let items = at(&text).1;
        labels(&items).into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    let has = |keys: &[String], key: &str| keys.iter().any(|own| own == key);
    let all = keys(r#"["cos:GetObject", "cvm:DescribeInstances"]"#, "ip_equal_if_exist");
    assert!(has(&all, "qcs:ip"), "{all:?}");
    for key in ["qcs:uin", "cos:secure-transport", "qcs:current_time", "saml:aud"] {
        assert!(!has(&all, key), "{key} in {all:?}");
    }
    let all = keys(r#""cos:GetObject""#, "string_equal");
    assert!(has(&all, "cos:versionid") && has(&all, "qcs:uin"), "{all:?}");
    assert!(!has(&all, "cvm:zone") && !has(&all, "saml:aud") && !has(&all, "qcs:ip"), "{all:?}");
    // Of anything, anything may be asked; of an operator that is none, too.
    for action in [r#""*""#, r#"["cos:GetObject", "newservice:Do"]"#, "[]"] {
        assert!(has(&keys(action, "string_equal"), "cvm:zone"), "{action}");
    }
    assert!(has(&keys(r#""cos:GetObject""#, "oops"), "qcs:ip"));
    let twice = r#"{"statement": [{"condition": {"string_equal": {"qcs:uin": "1", "|": "2"}}}]}"#;
    assert!(!labels(&at(twice).1).contains(&"qcs:uin"));
}

#[test]
fn operators_are_those_that_the_keys_take() {
    let with_key = |key: &str| {
        let text = format!(r#"{{"statement": [{{"condition": {{"|": {{"{key}": "x"}}}}}}]}}"#);
        labels(&at(&text).1).into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(
        with_key("qcs:ip"),
        ["ip_equal", "ip_not_equal", "null_equal", "ip_equal_if_exist", "ip_not_equal_if_exist"]
    );
    assert!(with_key("own:key").len() > 40, "an unknown key takes every operator");
}

#[test]
fn values_are_those_of_the_key() {
    let of = |operator: &str, key: &str| {
        let text =
            format!(r#"{{"statement": [{{"condition": {{"{operator}": {{"{key}": "|"}}}}}}]}}"#);
        at(&text).1
    };
    assert_eq!(labels(&of("date_less_than", "qcs:current_time")), ["YYYY-MM-DDThh:mm:ssZ"]);
    assert!(labels(&of("string_equal", "cvm:region")).contains(&"ap-guangzhou"));
    assert!(labels(&of("string_equal", "cos:x-cos-acl")).contains(&"public-read"));
    assert_eq!(labels(&of("for_any_value:string_equal", "qcs:resource_tag")), ["key&value"]);
    assert_eq!(labels(&of("string_equal", "qcs:resource_tag/team")), [""; 0]);
    assert_eq!(labels(&of("null_equal", "cvm:region")), ["true", "false"]);
    let quoted =
        r#"{"statement": [{"condition": {"bool_equal": {"cos:secure-transport": "t|"}}}]}"#;
    assert_eq!(taken(quoted, "true"), quoted.replace("\"t|\"", "true"));
}

#[test]
fn effects_and_principals_are_offered() {
    let text = r#"{"statement": [{"effect": "|", "principal": {"qcs": [""]}}]}"#;
    assert_eq!(labels(&at(text).1), ["allow", "deny"]);
    let text = r#"{"statement": [{"principal": {"|"}}]}"#;
    assert_eq!(labels(&at(text).1), ["qcs", "service", "federated"]);
    let text = r#"{"statement": [{"principal": {"qcs": ["|"]}}]}"#;
    assert!(labels(&at(text).1).contains(&"qcs::cam::uin/ACCOUNT:root"));
}

#[test]
fn snippets_are_for_clients_that_can_fill_them_in() {
    let formats = |capabilities: &Value| {
        let (_, items) = with(capabilities, "{|");
        items.iter().filter(|item| item["insertTextFormat"] == 2).count()
    };
    assert_eq!((formats(&able()), formats(&json!({}))), (4, 0));
}

#[test]
fn other_files_are_left_alone() {
    let text = "{\"name\": \"x\", \"version\": \"1\", \"\"}";
    let mut client = Client::open("file:///package.json", text);
    let list = client.at("textDocument/completion", text.len() - 2);
    assert_eq!(list["items"], json!([]));
}
