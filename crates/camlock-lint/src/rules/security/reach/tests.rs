//! Ways that are open, and what closes them.

use camlock_catalog::Catalog;
use camlock_policy::PolicyKind;
use camlock_syntax::parse;

use crate::companions::{Companion, Companions};
use crate::testing::{check, check_as, check_beside, messages};

const ATTACH: &str = r#"{"effect": "allow", "action": «"cam:AttachUserPolicy"», "resource": "*"}"#;

fn unmarked() -> String {
    ATTACH.replace(['«', '»'], "")
}

fn beside(kind: PolicyKind, statement: &str) -> Companions {
    let text = format!(r#"{{"version": "2.0", "statement": [{statement}]}}"#);
    let policy = parse(&text, kind).policy.unwrap();
    Companions::new(vec![Companion { name: "other".into(), policy }])
}

#[test]
fn only_what_grants_is_a_way() {
    check("CAM6101", ATTACH);
    for kind in [PolicyKind::Boundary, PolicyKind::Session, PolicyKind::Scp] {
        check_as("CAM6101", Some(kind), &unmarked());
    }
    check("CAM6101", &unmarked().replace("allow", "deny"));
}

#[test]
fn what_comes_with_a_whole_service_is_told_elsewhere() {
    for action in ["*", "cam:*"] {
        check("CAM6101", &unmarked().replace("cam:AttachUserPolicy", action));
    }
}

#[test]
fn every_object_that_the_call_names_has_to_be_allowed() {
    let on = |resources: &str| unmarked().replace(r#""*""#, resources);
    check("CAM6101", &on(r#"["qcs::cam:::uin/*", "qcs::cam:::policyid/17"]"#));
    check("CAM6101", &on(r#""qcs::cam:::policyid/*""#));
    check(
        "CAM6101",
        &ATTACH.replace(
            r#""*""#,
            r#"["qcs::cam::uin/3321:uin/${uin}", "qcs::cam::uin/3321:policyid/*"]"#,
        ),
    );
}

#[test]
fn objects_of_global_services_have_no_region_that_could_be_named() {
    let on = |action: &str, resource: &str| {
        unmarked().replace("cam:AttachUserPolicy", action).replace(r#""*""#, resource)
    };
    for resource in [r#""qcs:::ap-guangzhou::*""#, r#""qcs::cam:ap-guangzhou::*""#] {
        check("CAM6101", &on("*", resource));
        check("CAM6101", &on("cam:Attach*", resource));
        check("CAM6106", &on("*", resource));
    }
    let everywhere = r#""resource": ["qcs::cam:ap-guangzhou::*", "qcs:::*::*"]"#;
    check("CAM6101", &ATTACH.replace(r#""resource": "*""#, everywhere));
    let machines =
        r#"{"effect": "allow", "action": «"tat:*"», "resource": "qcs:::ap-guangzhou::*"}"#;
    check("CAM6120", machines);
}

#[test]
fn denies_and_ceilings_close_the_way_where_the_engine_says_so() {
    let deny = |rest: &str| format!(r#"{{"effect": "deny", "action": "cam:Attach*", {rest}}}"#);
    let identity = |rest: &str| beside(PolicyKind::Identity, &deny(rest));
    check_beside("CAM6101", None, identity(r#""resource": "*""#), &unmarked());
    let some = identity(r#""resource": "qcs::cam:::policyid/1""#);
    check_beside("CAM6101", None, some, &unmarked());
    let other = identity(r#""resource": "qcs::cam:::policyid/2""#);
    check_beside("CAM6101", None, other, ATTACH);
    let read_only = r#"{"effect": "allow", "action": ["cam:Get*", "cos:*"], "resource": "*"}"#;
    check_beside("CAM6101", None, beside(PolicyKind::Boundary, read_only), &unmarked());
    let narrow = r#"{"effect": "allow", "action": "cam:*", "resource": "qcs::cam:::uin/*"}"#;
    check_beside("CAM6101", None, beside(PolicyKind::Boundary, narrow), &unmarked());
}

#[test]
fn the_facts_of_a_condition_are_supplied() {
    let text = ATTACH.replace(
        r#""resource""#,
        r#""condition": {"ip_equal": {"qcs:ip": "10.0.0.0/8"}}, "resource""#,
    );
    check("CAM6101", &text);
}

#[test]
fn a_part_may_stand_beside_the_document() {
    let run = r#"{"effect": "allow", "action": "cvm:*", "resource": "*"}"#;
    let pass = |mark: (&str, &str)| {
        let action = format!(r#"{}"cam:PassRole"{}"#, mark.0, mark.1);
        format!(r#"{{"effect": "allow", "action": {action}, "resource": "*"}}"#)
    };
    let companions = beside(PolicyKind::Identity, run);
    check_beside("CAM6117", None, companions, &pass(("«", "»")));
    check("CAM6117", &pass(("", "")));
    let ceiling = beside(PolicyKind::Boundary, &run.replace("cvm", "cam"));
    check_beside("CAM6117", None, ceiling, &pass(("", "")));
}

#[test]
fn ways_of_several_calls_need_all_of_them() {
    let text = r#"{"effect": "allow", "resource": "*",
        "action": ["cam:CreateRole", "cam:AttachRolePolicy", "sts:AssumeRole"]}"#;
    assert_eq!(messages("CAM6114", text).len(), 1);
    assert!(messages("CAM6114", &text.replace(r#", "sts:AssumeRole""#, "")).is_empty());
}

/// Every way of every rule.
const WAYS: &[(&str, &[&str])] = &[
    ("CAM6106", &["cam:CreatePolicyVersion"]),
    ("CAM6121", &["tke:AcquireClusterAdminRole"]),
    ("CAM6121", &["tke:DescribeClusterKubeconfig"]),
    ("CAM6121", &["tke:AcquireEKSClusterAdminRole"]),
    ("CAM6012", &["sts:AssumeRole"]),
    ("CAM6102", &["cam:AttachGroupPolicy"]),
    ("CAM6102", &["cam:AttachGroupPolicies"]),
    ("CAM6102", &["cam:AttachGroupsPolicy"]),
    ("CAM6103", &["cam:AttachRolePolicy"]),
    ("CAM6103", &["cam:AttachRolePolicies"]),
    ("CAM6103", &["cam:AttachRolesPolicy"]),
    ("CAM6101", &["cam:AttachUserPolicy"]),
    ("CAM6101", &["cam:AttachUserPolicies"]),
    ("CAM6101", &["cam:AttachUsersPolicy"]),
    ("CAM6125", &["cloudaudit:StopLogging"]),
    ("CAM6125", &["cloudaudit:DeleteAuditTrack"]),
    ("CAM6125", &["cloudaudit:ModifyAuditTrack"]),
    ("CAM6125", &["cloudaudit:ModifyEventsAuditTrack"]),
    ("CAM6125", &["cloudaudit:UpdateAudit"]),
    ("CAM6114", &["cam:AttachRolePolicy", "cam:CreateRole", "sts:AssumeRole"]),
    ("CAM6119", &["scf:UpdateFunctionCode"]),
    ("CAM6119", &["scf:UpdateFunctionConfiguration"]),
    ("CAM6120", &["tat:RunCommand"]),
    ("CAM6120", &["tat:InvokeCommand"]),
    ("CAM6120", &["cvm:ResetInstancesPassword"]),
    ("CAM6120", &["cvm:AssociateInstancesKeyPairs"]),
    ("CAM6120", &["lighthouse:ResetInstancesPassword"]),
    ("CAM6120", &["lighthouse:AssociateInstancesKeyPairs"]),
    ("CAM6023", &["cvm:TerminateInstances"]),
    ("CAM6023", &["cbs:TerminateDisks"]),
    ("CAM6023", &["cos:DeleteBucket"]),
    ("CAM6023", &["cdb:OfflineIsolatedInstances"]),
    ("CAM6023", &["tke:DeleteCluster"]),
    ("CAM6023", &["kms:ScheduleKeyDeletion"]),
    ("CAM6023", &["vpc:DeleteVpc"]),
    ("CAM6104", &["cam:AddUserToGroup"]),
    ("CAM6104", &["cam:AddSubAccountsToGroup"]),
    ("CAM6110", &["cam:CreateAccessKey"]),
    ("CAM6110", &["cam:UpdateAccessKey"]),
    ("CAM6110", &["cam:CreateApiKey"]),
    ("CAM6124", &["organization:AttachPolicy"]),
    ("CAM6124", &["organization:DetachPolicy"]),
    ("CAM6124", &["organization:UpdatePolicy"]),
    ("CAM6124", &["organization:DisablePolicyType"]),
    ("CAM6124", &["organization:CreateOrganizationMemberPolicy"]),
    ("CAM6124", &["organization:CreateOrganizationMembersPolicy"]),
    ("CAM6124", &["organization:BindOrganizationMemberAuthAccount"]),
    ("CAM6108", &["cam:DeleteUserPermissionsBoundary"]),
    ("CAM6108", &["cam:PutUserPermissionsBoundary"]),
    ("CAM6108", &["cam:DeleteRolePermissionsBoundary"]),
    ("CAM6108", &["cam:PutRolePermissionsBoundary"]),
    ("CAM6108", &["cam:DeleteEntitiesPermissionsBoundary"]),
    ("CAM6108", &["cam:PutEntitiesPermissionsBoundary"]),
    ("CAM6123", &["cos:PutBucketPolicy"]),
    ("CAM6123", &["cos:PutBucketACL"]),
    ("CAM6123", &["cos:PutObjectACL"]),
    ("CAM6123", &["cam:CreateServiceLinkedRole"]),
    ("CAM6118", &["cam:PassRole", "scf:CreateFunction", "scf:Invoke"]),
    ("CAM6118", &["cam:PassRole", "scf:CreateFunction", "scf:InvokeFunction"]),
    ("CAM6118", &["cam:PassRole", "scf:CreateFunction", "scf:CreateTrigger"]),
    ("CAM6117", &["cam:PassRole", "cvm:RunInstances"]),
    ("CAM6117", &["cam:PassRole", "as:CreateLaunchConfiguration"]),
    ("CAM6111", &["cam:UpdateUser"]),
    ("CAM6111", &["cam:AddUser", "cam:AttachUserPolicy"]),
    ("CAM6122", &["ssm:GetSecretValue"]),
    ("CAM6122", &["kms:Decrypt"]),
    ("CAM6122", &["tcr:CreateInstanceToken"]),
    ("CAM6122", &["sts:GetFederationToken"]),
    ("CAM6122", &["sts:GetSessionToken"]),
    ("CAM6022", &["cos:GetObject"]),
    ("CAM6022", &["cls:SearchLog"]),
    ("CAM6022", &["cdb:DescribeBackups"]),
    ("CAM6105", &["cam:UpdatePolicy"]),
    ("CAM6113", &["cam:UpdateAssumeRolePolicy"]),
    ("CAM6021", &["cvm:ModifyImageSharePermission"]),
    ("CAM6021", &["cbs:ModifySnapshotsSharePermission"]),
    ("CAM6021", &["lighthouse:ModifyImageSharePermission"]),
    ("CAM6109", &["cam:DetachUserPolicy"]),
    ("CAM6109", &["cam:DetachGroupPolicy"]),
    ("CAM6109", &["cam:DetachRolePolicy"]),
    ("CAM6109", &["cam:DeletePolicy"]),
    ("CAM6109", &["cam:RemoveUserFromGroup"]),
    ("CAM6109", &["cam:DetachUserPolicies"]),
    ("CAM6109", &["cam:DetachUsersPolicy"]),
    ("CAM6112", &["cam:SetMfaFlag"]),
    ("CAM6112", &["cam:SetSafeAuthFlag"]),
    ("CAM6107", &["cam:SetDefaultPolicyVersion"]),
    ("CAM6115", &["cam:UpdateSAMLProvider"]),
    ("CAM6115", &["cam:UpdateOIDCConfig"]),
    ("CAM6115", &["cam:CreateSAMLProvider"]),
    ("CAM6115", &["cam:CreateOIDCConfig"]),
    ("CAM6115", &["cam:CreateUserSAMLConfig"]),
    ("CAM6115", &["cam:UpdateUserSAMLConfig"]),
    ("CAM6115", &["cam:CreateUserOIDCConfig"]),
    ("CAM6115", &["cam:UpdateUserOIDCConfig"]),
    ("CAM6116", &["cam:UpdateRoleConsoleLogin"]),
    ("CAM6116", &["cam:UpdateRoleSessionDuration"]),
];

#[test]
fn each_way_is_open_where_its_calls_are_allowed_and_shut_where_one_is_missing() {
    for (code, calls) in WAYS {
        let text = |calls: &[String]| {
            // The deny is there for ways that take one off.
            format!(
                r#"{{"version": "2.0", "statement": [
                    {{"effect": "allow", "action": [{}], "resource": "*"}},
                    {{"effect": "deny", "action": "zz:Other", "resource": "*"}}]}}"#,
                calls.join(", ")
            )
        };
        let quoted = |call: &&str| format!("\"{call}\"");
        let mut all: Vec<String> = calls.iter().map(quoted).collect();
        check(code, &text(&[]));
        if let Some((_, but_the_last)) = all.split_last() {
            check(code, &text(but_the_last));
        }
        let first = all.first_mut().expect("a way has a call");
        *first = format!("«{first}»");
        check(code, &text(&all));
    }
}

#[test]
fn every_call_is_one_that_the_catalogue_knows() {
    for call in WAYS.iter().flat_map(|(_, calls)| *calls) {
        let (service, operation) = call.split_once(':').expect("a call has a service");
        let known = Catalog::builtin().service(service).and_then(|own| own.action(operation));
        assert!(known.is_some(), "{call}");
    }
}
