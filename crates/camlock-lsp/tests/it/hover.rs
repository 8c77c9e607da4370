//! What things are.

use serde_json::{Value, json};

use crate::client::{Client, range};

const URI: &str = "file:///a/b.json";

const POLICY: &str = r#"{
    "version": "2.0",
    "statement": [
        {
            "effect": "deny",
            "action": ["name/cos:GetObject", "cos:Get*", "cos:GetObjekt", "*"],
            "resource": ["qcs::cos:gz:uid/1250000000:logs-1250000000/a\u002f${uin}", "*"],
            "condition": {
                "for_any_value:string_not_equal": {"qcs:resource_tag/env": ["a${qcs:principal_tag_value}"]},
                "ip_equal_if_exist": {"qcs:ip": "10.0.0.0/8"}
            }
        }
    ]
}"#;

/// What is said about the place of a text, and its range.
#[track_caller]
fn on(text: &str, needle: &str, within: usize) -> (String, String) {
    let mut client = Client::open(URI, text);
    let at = text.find(needle).unwrap() + within;
    let hover = client.at("textDocument/hover", at);
    let value =
        hover["contents"]["value"].as_str().unwrap_or_else(|| panic!("nothing on {needle}"));
    (value.to_owned(), range(&hover["range"]))
}

#[test]
fn every_place_of_a_policy_is_explained() {
    for (needle, within, words, place) in [
        ("\"version\"", 3, "SYN-3", "1:4-1:13"),
        ("\"2.0\"", 0, "SYN-3", "1:15-1:20"),
        ("\"effect\"", 1, "there is no default", "4:12-4:20"),
        ("\"deny\"", 2, "whatever allows it", "4:22-4:28"),
        ("name/cos", 4, "**cos:GetObject**: reads", "5:23-5:43"),
        ("cos:Get*", 2, "actions of `cos`", "5:45-5:55"),
        ("cos:GetObjekt", 2, "`cos:GetObject` is", "5:57-5:72"),
        ("qcs::cos", 1, "always `qcs`", "6:26-6:29"),
        ("cos:gz", 1, "segment 3", "6:31-6:34"),
        ("gz:uid", 1, "the old name of `ap-guangzhou`", "6:35-6:37"),
        ("uid/1", 1, "by its APPID", "6:38-6:52"),
        ("logs-", 1, "segment 6", "6:53-6:82"),
        ("${uin}", 3, "the id of the caller", "6:76-6:82"),
        (
            "for_any_value",
            1,
            "at least one value of the request equals no listed value",
            "8:16-8:48",
        ),
        ("qcs:resource_tag", 1, "the value of tag `env` of the resource", "8:51-8:73"),
        ("${qcs:principal", 9, "the value of the same tag", "8:78-8:104"),
        ("ip_equal", 1, "lets requests without the key through", "9:16-9:35"),
        ("\"qcs:ip\"", 1, "the address that the request comes from", "9:38-9:46"),
        ("10.0", 1, "is inside of a listed value", "9:48-9:60"),
    ] {
        let (said, own) = on(POLICY, needle, within);
        assert!(said.contains(words), "{needle}: {said}");
        assert_eq!(own, place, "{needle}");
    }
}

#[test]
fn facts_of_the_catalogue_have_its_date() {
    let date = camlock_catalog::Catalog::builtin().date();
    for needle in ["name/cos", "cos:Get*", "cos:GetObjekt"] {
        let (said, _) = on(POLICY, needle, 1);
        assert!(said.contains(date), "{said}");
    }
    let (said, _) = on(POLICY, "name/cos", 1);
    assert!(said.contains("Authorized by") && said.contains("Resources: `qcs::cos:"), "{said}");
}

#[test]
fn a_finding_says_which_rule_it_is_of() {
    let (said, _) = on(POLICY, "cos:GetObjekt", 3);
    assert!(said.contains("**CAM"), "{said}");
}

#[test]
fn principals_are_explained() {
    let trust = r#"{"version": "2.0", "statement": {"effect": "allow", "action": "sts:AssumeRole",
        "principal": {"qcs": ["qcs::cam::uin/1:uin/1", "qcs::cam::uin/1:groupid/7"], "service": "cvm.qcloud.com"}}}"#;
    for (needle, words) in [
        ("\"qcs\"", "PRN-3"),
        ("uin/1:uin/1", "the root account `1`"),
        ("groupid", "the members of group `7` of account `1`"),
        ("cvm.q", "the service `cvm.qcloud.com`"),
    ] {
        let (said, _) = on(trust, needle, 1);
        assert!(said.contains(words), "{needle}: {said}");
    }
}

#[test]
fn a_text_that_would_be_markup_stays_text() {
    let text = POLICY.replace("cos:GetObjekt", "`x`<b>:y");
    let (said, _) = on(&text, "`x`", 1);
    assert!(said.contains("`'x'<b>`"), "{said}");
}

#[test]
fn a_client_without_markdown_gets_plain_text() {
    let mut client = Client::with(&json!({}), URI, POLICY);
    let hover = client.at("textDocument/hover", POLICY.find("deny").unwrap());
    assert_eq!(hover["contents"]["kind"], "plaintext");
    let nothing: Value = client.at("textDocument/hover", POLICY.len());
    assert_eq!(nothing, json!(null));
}
