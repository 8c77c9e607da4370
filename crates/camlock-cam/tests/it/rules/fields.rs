//! What stands in answers, by the descriptions of the interface.

use camlock_cam::Options;
use serde_json::{Value, json};

use super::code;
use crate::client::{Client, Key, OWNER, Refusal, allow, number};

#[test]
fn a_new_user_has_every_field_and_empty_ones_for_what_was_not_made() {
    let client = Client::new(Options::default());
    let plain = client.set("AddUser", json!({ "Name": "plain" }));
    for name in ["Password", "SecretId", "SecretKey"] {
        assert_eq!(plain[name], "", "{name}");
    }
    // An empty password is none: one is made where the user signs in.
    let made = client.set("AddUser", json!({ "Name": "b", "ConsoleLogin": 1, "Password": "" }));
    assert_eq!(made["Password"].as_str().map(str::len), Some(32));
    let body = json!({ "Name": "c", "ConsoleLogin": 1, "Password": "Sesame-0pen", "UseApi": 1 });
    let given = client.set("AddUser", body);
    assert_eq!(given["Password"], "");
    assert!(given["SecretKey"].as_str().is_some_and(|secret| secret.len() == 32));
    client.set("UpdateUser", json!({ "Name": "c", "Password": "", "Remark": "r" }));
    let shown = client.set("GetUser", json!({ "Name": "c" }));
    assert_eq!(shown["Remark"], "r");
    assert_eq!((&shown["RecentlyLoginIP"], &shown["RecentlyLoginTime"]), (&json!(""), &json!("")));
}

#[test]
fn a_changed_policy_is_named_however_it_was_chosen() {
    let client = Client::new(Options::default());
    let id = client.policy("p", &allow(&["cvm:*"]));
    for chosen in [json!({ "PolicyId": id }), json!({ "PolicyName": "p" })] {
        let mut body = chosen;
        body["Description"] = json!("for the wardens");
        assert_eq!(number(&client.set("UpdatePolicy", body), "PolicyId"), id);
    }
    // Words of a description are no words of the name.
    let found = |keyword: &str| {
        number(&client.set("ListPolicies", json!({ "Keyword": keyword })), "TotalNum")
    };
    assert_eq!((found("wardens"), found("P"), found("camfull")), (0, 1, 1));
    let version = client.set("GetPolicyVersion", json!({ "PolicyId": id, "VersionId": 1 }));
    assert_eq!(version["PolicyVersion"]["CreateDate"], "2025-11-24T16:00:00Z");
}

#[test]
fn an_attachment_says_whether_a_user_or_a_role_made_it() {
    let client = Client::new(Options::default());
    let policy = client.policy("p", &allow(&["cvm:*"]));
    let (admin, key) = client.user_with("admin", &allow(&["*"]));
    let trust = json!({ "version": "2.0", "statement": [{
        "effect": "allow",
        "action": "name/sts:AssumeRole",
        "principal": { "qcs": [format!("qcs::cam::uin/{OWNER}:root")] },
    }] });
    let body = json!({ "RoleName": "r", "PolicyDocument": trust.to_string() });
    let role = client.set("CreateRole", body)["RoleId"].as_str().expect("an id").to_owned();
    client.set("AttachRolePolicy", json!({ "AttachRoleId": role, "PolicyId": 1 }));
    let arn = format!("qcs::cam::uin/{OWNER}:role/{role}");
    let body = json!({ "RoleArn": arn, "RoleSessionName": "work" });
    let session = Key::temporary(&client.call(&key, "sts", "AssumeRole", body).expect("a session"));
    let target = number(&client.set("AddUser", json!({ "Name": "t" })), "Uin");
    for (own, by, kind) in
        [(&client.root, OWNER.to_string(), 0), (&key, admin.to_string(), 0), (&session, role, 1)]
    {
        let body = json!({ "AttachUin": target, "PolicyId": policy });
        client.cam(own, "AttachUserPolicy", body).expect("attached");
        let list = client.set("ListAttachedUserPolicies", json!({ "TargetUin": target }));
        let row = &list["List"][0];
        assert_eq!((&row["OperateUin"], &row["OperateUinType"]), (&json!(by), &json!(kind)));
        assert_eq!(row["OperateOwnerUin"], OWNER.to_string());
        client.set("DetachUserPolicy", json!({ "DetachUin": target, "PolicyId": policy }));
    }
}

#[test]
fn granted_access_names_kinds_of_policies_in_its_own_words() {
    let client = Client::new(Options::default());
    let (uin, _) = client.user_with("a", &allow(&["cvm:DescribeInstances"]));
    client.set("AttachUserPolicy", json!({ "AttachUin": uin, "PolicyId": 2 }));
    let list = client.set("ListPoliciesGrantingServiceAccess", json!({ "TargetUin": uin }));
    let kinds: Vec<(&Value, &Value)> = list["List"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|row| (&row["Service"]["ServiceType"], &row["Policy"][0]["PolicyType"]))
        .collect();
    let custom = json!("Custom");
    let preset = json!("Presetting");
    let (cam, cvm, sts) = (json!("cam"), json!("cvm"), json!("sts"));
    assert_eq!(kinds, [(&cam, &preset), (&cvm, &custom), (&sts, &preset)]);
}

#[test]
fn members_of_a_summary_are_the_users_in_groups() {
    let client = Client::new(Options::default());
    let (one, _) = client.user("one");
    client.user("none");
    for name in ["g", "h"] {
        let group = number(&client.set("CreateGroup", json!({ "GroupName": name })), "GroupId");
        client.set("AddUserToGroup", json!({ "Info": [{ "Uin": one, "GroupId": group }] }));
    }
    let receiver = json!({ "Name": "m", "CountryCode": "86", "PhoneNumber": "1", "Email": "e@e" });
    client.set("CreateMessageReceiver", receiver);
    let summary = client.set("GetAccountSummary", json!({}));
    let counts = ["User", "Group", "Member"].map(|name| number(&summary, name));
    assert_eq!(counts, [2, 2, 1]);
}

#[test]
fn what_was_left_out_of_a_configuration_is_shown_with_its_default() {
    let client = Client::new(Options::default());
    // `{"keys":[]}`
    let mut body = json!({
        "IdentityUrl": "https://idp.example.com", "ClientId": "c", "MappingFiled": "sub",
        "AuthorizationEndpoint": "https://idp.example.com/a", "ResponseType": "id_token",
        "ResponseMode": "form_post", "IdentityKey": "eyJrZXlzIjpbXX0=",
    });
    client.set("CreateUserOIDCConfig", body.clone());
    let shown = client.set("DescribeUserOIDCConfig", json!({}));
    assert_eq!(
        (&shown["Scope"], &shown["Description"], &shown["AutoRotateKey"], &shown["Status"]),
        (&json!(["openid"]), &json!(""), &json!(0), &json!(11))
    );
    body["IdentityUrl"] = json!("idp.example.com");
    let refused = client.cam(&client.root, "UpdateUserOIDCConfig", body);
    assert_eq!(code(refused), "InvalidParameterValue.IdentityUrlError");
    let rules = client.set("GetPasswordRules", json!({}));
    assert_eq!((&rules["UpdateTime"], &rules["Modifier"]), (&json!(""), &json!("")));
}

#[test]
fn documents_may_be_encoded_for_an_address_or_as_a_form() {
    let client = Client::new(Options::default());
    let encode = |text: &str, blank: &str| {
        let text = text.replace('%', "%25").replace('+', "%2B").replace('{', "%7B");
        text.replace('"', "%22").replace(' ', blank)
    };
    let plain = r#"{"version": "2.0", "statement": [{"effect": "allow", "action": "cos:GetObject",
        "resource": "qcs::cos:::b-1250000000/a b+c%25"}]}"#;
    for (name, text) in [("url", encode(plain, "%20")), ("form", encode(plain, "+"))] {
        let body = json!({ "PolicyName": name, "PolicyDocument": text });
        let id = number(&client.set("CreatePolicy", body), "PolicyId");
        let shown = client.set("GetPolicy", json!({ "PolicyId": id }));
        assert_eq!(shown["PolicyDocument"], plain, "{name}");
    }
    let broken = json!({ "PolicyName": "x", "PolicyDocument": encode("{ \"version\" ", "+") });
    let refused = client.cam(&client.root, "CreatePolicy", broken);
    assert_eq!(code(refused), "InvalidParameter.PolicyDocumentError");
}

#[test]
fn every_item_is_on_some_page() {
    let client = Client::new(Options::default());
    for name in 0..205 {
        client.set("CreateGroup", json!({ "GroupName": format!("g{name}") }));
    }
    let page = |page: u64, rp: u64| {
        let list = client.cam(&client.root, "ListGroups", json!({ "Page": page, "Rp": rp }))?;
        assert_eq!(number(&list, "TotalNum"), 205);
        let names = list["GroupInfo"].as_array().expect("a list").iter();
        Ok(names.map(|group| group["GroupName"].as_str().expect("a name").to_owned()).collect())
    };
    let names: Result<Vec<String>, Refusal> = page(205, 1);
    assert_eq!(names.expect("the last"), ["g204"]);
    assert_eq!(page(2, 200).expect("the last").len(), 5);
    for far in [206, u64::MAX] {
        assert!(page(far, 200).expect("behind the last").is_empty());
    }
    for (number, length) in [(0, 20), (1, 0), (1, 201)] {
        let refused = page(number, length).expect_err("no page");
        assert_eq!(refused.0, "InvalidParameter.ParamError", "{number} {length}");
    }
    // These are described with a last page.
    let policies = |page: u64| client.cam(&client.root, "ListPolicies", json!({ "Page": page }));
    assert!(policies(200).is_ok());
    assert_eq!(code(policies(201)), "InvalidParameter.ParamError");
}

#[test]
fn numbers_may_be_written_as_texts() {
    let client = Client::new(Options::default());
    let (uin, _) = client.user("a");
    let body = json!({ "AttachUin": uin.to_string(), "PolicyId": "1" });
    client.set("AttachUserPolicy", body);
    let list = client.set("ListAttachedUserPolicies", json!({ "TargetUin": uin, "Rp": "5" }));
    assert_eq!(number(&list, "TotalNum"), 1);
    for wrong in ["", "one", "-1", "1.0", "01", "18446744073709551616"] {
        let refused = client.cam(&client.root, "GetPolicy", json!({ "PolicyId": wrong }));
        assert_eq!(code(refused), "InvalidParameter", "{wrong}");
    }
    // What a text decides on is what its number would.
    let (_, key) = client.user_with("b", &allow(&["cvm:*"]));
    let refused = client.cam(&key, "GetPolicy", json!({ "PolicyId": "1" }));
    assert_eq!(code(refused), super::REFUSED);
}

#[test]
fn calls_answer_codes_of_their_own_service() {
    let client = Client::new(Options::default());
    let empty = json!({ "PolicyName": "p", "PolicyDocument": "" });
    let refused = client.cam(&client.root, "CreatePolicy", empty);
    assert_eq!(code(refused), "InvalidParameter.PolicyDocumentError");
    let refused = client.cam(&client.root, "GetRolePermissionBoundary", json!({ "RoleId": "1" }));
    assert_eq!(code(refused), "InvalidParameter.PolicyIdNotExist");
    let query = |key: &Key, uin: u64| {
        code(client.call(key, "sts", "QueryApiKey", json!({ "TargetUin": uin })))
    };
    assert_eq!(query(&client.root, 7), "InvalidParameter.AccountNotAvaliable");
    let (_, admin) = client.user_with("admin", &allow(&["*"]));
    assert_eq!(query(&admin, OWNER), "UnauthorizedOperation");
}
