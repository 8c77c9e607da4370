//! What is told of roles to whoever may not see them all, and whom they may trust.

use camlock_cam::Options;
use serde_json::{Value, json};

use super::{REFUSED, code};
use crate::client::{Client, Key, OWNER, allow, document, resource};

const SERVICE: &str = "cvm.qcloud.com";
const LINKED: &str = "CVM_QCSLinkedRoleInCvm";

fn trust(principal: &Value) -> String {
    let statement =
        json!({ "effect": "allow", "action": "sts:AssumeRole", "principal": principal });
    json!({ "version": "2.0", "statement": [statement] }).to_string()
}

fn custom(client: &Client, name: &str) {
    let root = json!({ "qcs": [format!("qcs::cam::uin/{OWNER}:root")] });
    client.set("CreateRole", json!({ "RoleName": name, "PolicyDocument": trust(&root) }));
}

/// A user who may do everything with the roles of one kind, and with no others.
fn keeper(client: &Client, kind: &str) -> Key {
    let all = document(&[("allow", &["cam:*"], &[resource(&format!("{kind}/*"))])]);
    client.user_with("keeper", &all).1
}

#[test]
fn whoever_sees_one_kind_of_roles_does_not_learn_of_the_other() {
    let with = Client::new(Options::default());
    with.set("CreateServiceLinkedRole", json!({ "QCSServiceName": [SERVICE] }));
    custom(&with, "ops");
    let without = Client::new(Options::default());
    for (kind, name, call) in [
        ("roleName", LINKED, "GetRole"),
        ("roleName", LINKED, "DeleteRole"),
        ("role/tencentcloudServiceRoleName", "ops", "DeleteServiceLinkedRole"),
    ] {
        let ask = |client: &Client| {
            let key = keeper(client, kind);
            client.cam(&key, call, json!({ "RoleName": name })).expect_err("refused")
        };
        let (there, missing) = (ask(&with), ask(&without));
        assert_eq!(there, missing, "{kind} {name}");
        assert_eq!(there.0, REFUSED);
        for client in [&with, &without] {
            client.set("DeleteUser", json!({ "Name": "keeper", "Force": 1 }));
            let policies = client.set("ListPolicies", json!({ "Scope": "Local" }));
            client.set("DeletePolicy", json!({ "PolicyId": [policies["List"][0]["PolicyId"]] }));
        }
    }
    // Whoever may see all is told.
    let (_, all) = without.user_with("all", &allow(&["cam:*"]));
    let told = without.cam(&all, "GetRole", json!({ "RoleName": LINKED }));
    assert_eq!(code(told), "InvalidParameter.RoleNotExist");
}

#[test]
fn a_custom_role_takes_the_name_of_a_linked_one() {
    let client = Client::new(Options::default());
    custom(&client, LINKED);
    let key = keeper(&client, "role/tencentcloudServiceRoleName");
    let taken = client.cam(&key, "CreateServiceLinkedRole", json!({ "QCSServiceName": [SERVICE] }));
    assert_eq!(code(taken), "InvalidParameter.RoleNameInUse");
}

#[test]
fn a_role_trusts_nobody_who_is_not_there_and_never_everyone() {
    let client = Client::new(Options::default());
    let (uin, _) = client.user("ann");
    let create = |name: &str, principal: &Value| {
        let body = json!({ "RoleName": name, "PolicyDocument": trust(principal) });
        client.cam(&client.root, "CreateRole", body)
    };
    for everyone in [json!("*"), json!({ "qcs": ["qcs::cam::anyone:anyone"] })] {
        assert_eq!(code(create("all", &everyone)), "InvalidParameter.PrincipalError");
    }
    let missing = [
        format!("uin/{}", uin + 1),
        "groupid/7".to_owned(),
        "roleName/none".to_owned(),
        "role/4611686018427397999".to_owned(),
    ];
    for last in missing {
        let refused = create("one", &json!({ "qcs": [resource(&last)] }));
        assert_eq!(code(refused), "InvalidParameter.PrincipalQcsNotExist", "{last}");
    }
    for last in ["saml-provider/none", "oidc-provider/none"] {
        let refused = create("one", &json!({ "federated": [resource(last)] }));
        assert_eq!(code(refused), "InvalidParameter.PrincipalQcsNotExist", "{last}");
    }
    let known = json!({ "qcs": [resource(&format!("uin/{uin}")), "qcs::cam::uin/42:uin/43"] });
    create("one", &known).expect("other accounts cannot be looked into");
    let body = json!({ "RoleName": "one", "PolicyDocument": trust(&json!("*")) });
    let refused = client.cam(&client.root, "UpdateAssumeRolePolicy", body);
    assert_eq!(code(refused), "InvalidParameter.PrincipalError");
}
