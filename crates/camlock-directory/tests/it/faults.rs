//! Everything that can be wrong in an account file, with its place.

use camlock_directory::Account;
use camlock_source::SourceText;

/// A whole account around some members.
fn account(members: &str) -> String {
    format!(
        "{{\n\"camlock\": 1, \"owner\": {{ \"uin\": \"1\", \"app_id\": \"1250000000\" }},\n{members}\n}}"
    )
}

const READ: &str = r#"{ "version": "2.0", "statement": [ { "effect": "allow", "action": "cos:Get*", "resource": "*" } ] }"#;

/// The codes and pointers of everything that is wrong, errors and warnings.
fn faults(text: &str) -> Vec<(String, String)> {
    let findings = match Account::from_json(text) {
        Ok(account) => account.warnings().to_vec(),
        Err(error) => error.findings().to_vec(),
    };
    let place = |f: &camlock_directory::Finding| {
        (f.diagnostic.code.to_string(), f.diagnostic.pointer.clone().unwrap_or_default())
    };
    findings.iter().map(place).collect()
}

#[track_caller]
fn check(members: &str, code: &str, pointer: &str) {
    let text = account(members);
    let found = faults(&text);
    assert_eq!(found, [(code.to_owned(), pointer.to_owned())], "{text}");
}

#[test]
fn each_fault_of_an_account_is_placed() {
    check(r#""user": []"#, "CAM8002", "");
    check(r#""users": {}"#, "CAM8001", "/users");
    check(r#""users": [ {} ]"#, "CAM8003", "/users/0");
    check(r#""users": [ { "uin": "x1" } ]"#, "CAM8004", "/users/0/uin");
    check(r#""users": [ { "uin": "2", "kind": "robot" } ]"#, "CAM8004", "/users/0/kind");
    check(r#""users": [ { "uin": "2" }, { "uin": 2 } ]"#, "CAM8005", "/users/1");
    check(
        r#""users": [ { "uin": "2", "uid": "7" }, { "uin": "3", "uid": 7 } ]"#,
        "CAM8005",
        "/users/1",
    );
    check(
        r#""users": [ { "uin": "2", "name": "a" }, { "uin": "3", "name": "a" } ]"#,
        "CAM8005",
        "/users/1",
    );
    check(
        r#""groups": [ { "id": "8", "name": "g" }, { "id": "9", "name": "g" } ]"#,
        "CAM8005",
        "/groups/1",
    );
    check(r#""users": [ { "uin": "2", "policies": ["7"] } ]"#, "CAM8006", "/users/0/policies/0");
    check(r#""users": [ { "uin": "2", "boundary": "7" } ]"#, "CAM8006", "/users/0/boundary");
    check(r#""users": [ { "uin": "2", "groups": ["9"] } ]"#, "CAM8006", "/users/0/groups/0");
    check(r#""users": [ { "uin": "2", "tags": { "a": 1 } } ]"#, "CAM8001", "/users/0/tags/a");
    check(r#""policies": [ { "id": "7" } ]"#, "CAM8003", "/policies/0");
    check(r#""policies": [ { "id": "7", "file": "p.json" } ]"#, "CAM8007", "/policies/0/file");
    check(
        &format!(r#""policies": [ {{ "id": "7", "document": {READ}, "file": "p.json" }} ]"#),
        "CAM8004",
        "/policies/0/file",
    );
    check(
        &format!(
            r#""policies": [ {{ "id": "7", "document": {READ} }}, {{ "id": 7, "document": {READ} }} ]"#
        ),
        "CAM8005",
        "/policies/1",
    );
    check(
        &format!(r#""policies": [ {{ "id": "7", "type": "mine", "document": {READ} }} ]"#),
        "CAM8004",
        "/policies/0/type",
    );
    check(r#""roles": [ { "id": "5", "name": "r" } ]"#, "CAM8003", "/roles/0");
    check(
        r#""resource_policies": [ { "resource": "*", "document": { "statement": { "effect": "deny",
            "principal": { "service": "a.b" }, "action": "*", "resource": "*" } } } ]"#,
        "CAM8004",
        "/resource_policies/0/resource",
    );
}

#[test]
fn a_fault_inside_a_policy_is_placed_in_the_account_file() {
    let text = account(
        r#""policies": [ { "id": "7", "document":
        { "version": "2.0", "statement": [ { "effect": "allow", "action": "cos.Get", "resource": "*" } ] } } ]"#,
    );
    let error = Account::from_json(&text).unwrap_err();
    let [finding] = error.findings() else { panic!("{error}") };
    assert_eq!(
        finding.diagnostic.pointer.as_deref(),
        Some("/policies/0/document/statement/0/action")
    );
    assert_eq!(finding.place().line, 4);
    assert!(error.to_string().starts_with("account.json:4:"), "{error}");
}

#[test]
fn a_fault_in_a_policy_file_is_placed_in_that_file() {
    let text = account(
        r#""policies": [ { "id": "7", "file": "p.json" } ], "users": [ { "uin": "2", "policies": ["7"] } ]"#,
    );
    let source = SourceText::new("account.json", text);
    let error = Account::read(&source, |path| Ok(SourceText::new(path, "{\n}"))).unwrap_err();
    // The reference to the broken policy is no fault of its own.
    assert!(error.findings().iter().all(|finding| finding.source.name() == "p.json"), "{error}");
}

#[test]
fn a_bucket_policy_stays_inside_its_bucket() {
    let policy = |resource: &str| {
        account(&format!(
            r#""resource_policies": [ {{ "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000",
            "document": {{ "statement": [ {{ "effect": "allow", "principal": "*", "action": "cos:GetObject",
            "resource": "{resource}" }} ] }} }} ]"#
        ))
    };
    for inside in [
        "*",
        "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*",
        "qcs::cos:::logs-1250000000/a/b",
        "qcs::cos:::logs-1250000000",
    ] {
        assert_eq!(faults(&policy(inside)), [], "{inside}");
    }
    for outside in [
        "qcs::cos:::other-1250000000/*",
        "qcs::cos:::*",
        "qcs::cos:::logs-1250000000*",
        "qcs::cvm:::logs-1250000000/*",
    ] {
        let found = faults(&policy(outside));
        let pointer = "/resource_policies/0/document/statement/0/resource".to_owned();
        assert_eq!(found, [("CAM8008".to_owned(), pointer)], "{outside}");
    }
}

#[test]
fn what_the_platform_would_not_attach_is_a_warning_and_counts() {
    let groups: Vec<_> = (0..11).map(|id| format!(r#"{{ "id": {id} }}"#)).collect();
    let names: Vec<_> = (0..11).map(|id| id.to_string()).collect();
    let text = account(&format!(
        r#""groups": [ {} ], "users": [ {{ "uin": "2", "groups": [ {} ] }} ]"#,
        groups.join(", "),
        names.join(", ")
    ));
    let account = Account::from_json(&text).unwrap();
    let [warning] = account.warnings() else { panic!("{:?}", account.warnings()) };
    assert_eq!(warning.diagnostic.code.as_str(), "CAM8009");
    assert_eq!(account.users()[0].groups.len(), 11);
}

#[test]
fn hostile_texts_are_refused_with_a_place() {
    for text in [
        "",
        "[",
        "null",
        "{\"camlock\": 2}",
        "{\"camlock\": 1, \"camlock\": 1}",
        "{\"a\":".repeat(100).as_str(),
    ] {
        let error = Account::from_json(text).unwrap_err();
        assert!(!error.findings().is_empty(), "{text:?}");
    }
}

#[test]
fn what_objects_have_besides_is_checked_too() {
    let text = account(
        r#""policies": [
            { "id": "1", "version": 3, "last_version": 2, "document": { "version": "2.0", "statement": [] } },
            { "id": "2", "version": 0, "document": { "version": "2.0", "statement": [] } }
        ],
        "users": [
            { "uin": "2", "email": 5 },
            { "uin": "3", "member": "m" },
            { "uin": "4", "kind": "wecom_user", "corp": "c", "member": "m" },
            { "uin": "5", "kind": "wecom_user", "corp": "c", "member": "m" }
        ],
        "roles": [ { "id": "6", "name": "r", "session_duration": 43201,
            "trust": { "version": "2.0", "statement": [] } } ]"#,
    );
    let error = Account::from_json(&text).unwrap_err();
    let places: Vec<_> = error
        .findings()
        .iter()
        .filter(|finding| finding.diagnostic.code.as_str().starts_with("CAM80"))
        .map(|finding| finding.diagnostic.pointer.clone().unwrap_or_default())
        .collect();
    let expected = [
        "/policies/0/last_version",
        "/policies/1/version",
        "/users/0/email",
        "/users/1/member",
        "/users/3",
        "/roles/0/session_duration",
    ];
    assert_eq!(places, expected);
}
