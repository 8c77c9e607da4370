//! Whole decisions, with everything that an outcome reports.

use camlock_policy::{
    AccountIds, ActionPattern, AppId, Decision, Deployment, Effect, Layer, LayerSet, Outcome,
    Policy, PolicyId, PolicyKind, PolicyLayers, Principal, PrincipalPattern, Request,
    RequestBuilder, ResourcePattern, RoleSession, Statement, StatementId, Uin,
};

use crate::decide;
use Decision::{Allow, ExplicitDeny, ImplicitDeny};
use PolicyKind as Kind;

const OWN_USER: &str = "qcs::cam::uin/1:uin/11";
const OWN_ROOT: &str = "qcs::cam::uin/1:root";
const FOREIGN_USER: &str = "qcs::cam::uin/2:uin/22";
const FOREIGN_ROOT: &str = "qcs::cam::uin/2:root";
const OBJECT: &str = "qcs::cos:ap-guangzhou:uin/1:logs-7/a";

/// One policy: its kind, the effect, whom it names, actions and resources.
type Line<'a> = (PolicyKind, Effect, &'a str, &'a str, &'a str);

fn policy((kind, effect, principal, action, resource): Line<'_>) -> Policy {
    let mut statement = Statement::new(effect).with_action(ActionPattern::parse(action).unwrap());
    if kind.names_resources() {
        statement = statement.with_resource(ResourcePattern::parse(resource).unwrap());
    }
    if kind.names_principals() {
        let named = match principal {
            "*" => PrincipalPattern::Everyone,
            _ => PrincipalPattern::parse_qcs(principal).unwrap(),
        };
        statement = statement.with_principal(named);
    }
    Policy::new(kind, vec![statement]).unwrap()
}

fn layers(lines: &[Line<'_>]) -> PolicyLayers {
    let mut layers = PolicyLayers::default();
    for line in lines {
        layers.push(policy(*line), 0);
    }
    layers
}

fn answer(lines: &[Line<'_>], request: RequestBuilder) -> Outcome {
    decide(&request.build().unwrap(), &layers(lines), &Deployment::default())
}

fn get_object(principal: &str) -> RequestBuilder {
    Request::builder().principal(principal).action("cos:GetObject").resource(OBJECT)
}

fn assume_role(principal: &str) -> RequestBuilder {
    let role = "qcs::cam::uin/1:roleName/ops";
    Request::builder().principal(principal).action("sts:AssumeRole").resource(role)
}

/// A decision of a layer by the first statements of these policies.
fn by(decision: Decision, layer: Layer, policies: &[u32]) -> Outcome {
    let mut outcome = Outcome::new(decision, layer);
    for (place, policy) in outcome.statements.iter_mut().zip(policies) {
        *place = Some(StatementId { policy: PolicyId(*policy), index: 0 });
    }
    outcome
}

/// An implicit deny because these layers did not allow.
fn failed(layer: Layer, failed: &[Layer]) -> Outcome {
    let failed = failed.iter().copied().fold(LayerSet::default(), LayerSet::with);
    Outcome { failed, ..Outcome::new(ImplicitDeny, layer) }
}

const IDENTITY: Line<'_> = (Kind::Identity, Effect::Allow, "", "*", "*");
const FOR_ALL: Line<'_> = (Kind::Resource, Effect::Allow, "*", "*", "*");

fn for_foreign_root(effect: Effect) -> Line<'static> {
    (Kind::Resource, effect, FOREIGN_ROOT, "*", "*")
}

#[test]
fn nothing_is_allowed_by_default() {
    let outcome = answer(&[], get_object(OWN_USER));
    assert_eq!(outcome, failed(Layer::Default, &[Layer::Identity]));
}

#[test]
fn in_one_account_either_side_grants() {
    let outcome = answer(&[FOR_ALL, IDENTITY], get_object(OWN_USER));
    assert_eq!(outcome, by(Allow, Layer::Identity, &[1]));
    let outcome = answer(&[FOR_ALL], get_object(OWN_USER));
    assert_eq!(outcome, by(Allow, Layer::Resource, &[0]));
}

#[test]
fn across_accounts_both_sides_grant() {
    let root = for_foreign_root(Effect::Allow);
    let outcome = answer(&[IDENTITY, root], get_object(FOREIGN_USER));
    assert_eq!(outcome, by(Allow, Layer::Resource, &[0, 1]));
    let outcome = answer(&[root], get_object(FOREIGN_USER));
    assert_eq!(outcome, failed(Layer::Default, &[Layer::Identity]));
    let outcome = answer(&[root], get_object(FOREIGN_ROOT));
    assert_eq!(outcome, by(Allow, Layer::Resource, &[0]));
    let outcome = answer(&[FOR_ALL], get_object(FOREIGN_USER));
    assert_eq!(outcome, by(Allow, Layer::Resource, &[0]));
}

#[test]
fn other_services_have_no_cross_account_access() {
    let instance = || Request::builder().action("cvm:StartInstances");
    let resource = "qcs::cvm::uin/1:instance/ins-1";
    for caller in [FOREIGN_USER, FOREIGN_ROOT] {
        let request = instance().principal(caller).resource(resource);
        let outcome = answer(&[IDENTITY, FOR_ALL], request);
        assert_eq!(outcome, failed(Layer::Default, &[Layer::Resource]));
        let request = instance().principal(caller).resource(resource);
        let outcome = answer(&[for_foreign_root(Effect::Deny)], request);
        assert_eq!(outcome, by(ExplicitDeny, Layer::Resource, &[0]));
    }
}

#[test]
fn a_root_entry_of_the_own_account_is_the_root_only() {
    let deny = (Kind::Resource, Effect::Deny, OWN_ROOT, "*", "*");
    assert_eq!(answer(&[deny, IDENTITY], get_object(OWN_USER)).decision, Allow);
    assert_eq!(answer(&[deny], get_object(OWN_ROOT)), by(ExplicitDeny, Layer::Resource, &[0]));
    let repair = Request::builder().principal(OWN_ROOT).action("cos:PutBucketPolicy");
    let outcome = answer(&[deny], repair.resource(OBJECT));
    assert_eq!(outcome, Outcome::new(Allow, Layer::Root));
}

#[test]
fn a_deny_for_everyone_stops_the_unsigned_unless_strict() {
    let deny = (Kind::Resource, Effect::Deny, "*", "*", "*");
    let denied = by(ExplicitDeny, Layer::Resource, &[1]);
    assert_eq!(answer(&[IDENTITY, deny], get_object("*")), denied);
    assert_eq!(answer(&[IDENTITY, deny], get_object(OWN_USER)).decision, Allow);
    let strict = Deployment { strict_everyone_deny: true, ..Deployment::default() };
    let request = get_object(OWN_USER).build().unwrap();
    assert_eq!(decide(&request, &layers(&[IDENTITY, deny]), &strict), denied);
}

#[test]
fn limits_fail_besides_grants() {
    let boundary = (Kind::Boundary, Effect::Allow, "", "cvm:*", "*");
    let session = (Kind::Session, Effect::Allow, "", "cvm:*", "*");
    let outcome = answer(&[IDENTITY, session], get_object(OWN_USER));
    assert_eq!(outcome, failed(Layer::Session, &[Layer::Session]));
    let outcome = answer(&[boundary, session], get_object(OWN_USER));
    let all = [Layer::Identity, Layer::Boundary, Layer::Session];
    assert_eq!(outcome, failed(Layer::Boundary, &all));
    let outcome = answer(&[boundary, session], get_object(OWN_ROOT));
    assert_eq!(outcome, failed(Layer::Session, &[Layer::Session]));
}

#[test]
fn an_organization_refuses_what_it_does_not_allow() {
    let scp = (Kind::Scp, Effect::Allow, "", "cvm:*", "*");
    let outcome = answer(&[scp, IDENTITY], get_object(OWN_ROOT));
    let expected = Outcome { decision: ExplicitDeny, ..failed(Layer::Scp, &[Layer::Scp]) };
    assert_eq!(outcome, expected);
    let role = RoleSession {
        account: AccountIds::new(Uin::parse("1"), None),
        service_linked: true,
        ..RoleSession::default()
    };
    let linked = get_object(OWN_USER).principal_facts(Principal::Role(role));
    assert_eq!(answer(&[scp, IDENTITY], linked), by(Allow, Layer::Identity, &[1]));
}

#[test]
fn a_role_is_assumed_by_trust() {
    let trust = (Kind::Trust, Effect::Allow, OWN_ROOT, "sts:AssumeRole", "");
    let outcome = answer(&[trust, IDENTITY], assume_role(OWN_USER));
    assert_eq!(outcome, by(Allow, Layer::Trust, &[1, 0]));
    let outcome = answer(&[trust], assume_role(OWN_USER));
    assert_eq!(outcome, failed(Layer::Default, &[Layer::Identity]));
    let outcome = answer(&[trust], assume_role(OWN_ROOT));
    assert_eq!(outcome, by(Allow, Layer::Trust, &[0]));
    let outcome = answer(&[], assume_role(OWN_ROOT));
    assert_eq!(outcome, failed(Layer::Trust, &[Layer::Trust]));
    let everyone = (Kind::Trust, Effect::Allow, "*", "sts:AssumeRole", "");
    let outcome = answer(&[everyone], assume_role("*"));
    assert_eq!(outcome, failed(Layer::Trust, &[Layer::Trust]));
}

#[test]
fn an_unknown_account_grants_nothing_and_denies() {
    let by_app_id = "qcs::cos::uid/7:*";
    let allow = (Kind::Identity, Effect::Allow, "", "cos:*", by_app_id);
    let deny = (Kind::Identity, Effect::Deny, "", "cos:*", by_app_id);
    let unsure = |outcome| Outcome { indeterminate: true, ..outcome };
    let outcome = answer(&[allow], get_object(OWN_USER));
    assert_eq!(outcome, unsure(failed(Layer::Default, &[Layer::Identity])));
    let outcome = answer(&[IDENTITY, deny], get_object(OWN_USER));
    assert_eq!(outcome, unsure(by(ExplicitDeny, Layer::Identity, &[1])));
    let pair = AccountIds::new(Uin::parse("1"), AppId::parse("7"));
    let outcome = answer(&[allow], get_object(OWN_USER).resource_owner(pair));
    assert_eq!(outcome, by(Allow, Layer::Identity, &[0]));
}

#[test]
fn only_a_bare_star_grants_an_operation_without_resources() {
    let list = || Request::builder().principal(OWN_USER).action("cvm:DescribeZones").resource("*");
    let whole_service = "qcs::cvm:::*";
    let allow = (Kind::Identity, Effect::Allow, "", "cvm:*", whole_service);
    assert_eq!(answer(&[allow], list()), failed(Layer::Default, &[Layer::Identity]));
    let deny = |resource| (Kind::Identity, Effect::Deny, "", "cvm:*", resource);
    assert_eq!(answer(&[IDENTITY, deny(whole_service)], list()).decision, ExplicitDeny);
    assert_eq!(answer(&[IDENTITY, deny("qcs::cvm::uin/1:*")], list()).decision, ExplicitDeny);
    for narrower in ["qcs::cvm:gz::*", "qcs::cvm::uin/2:*", "qcs::cvm:::instance/*"] {
        assert_eq!(answer(&[IDENTITY, deny(narrower)], list()).decision, Allow, "{narrower}");
    }
}

#[test]
fn a_service_level_product_is_granted_as_a_whole() {
    let request = || get_object(OWN_USER).service_level("cos");
    for (action, resource, expected) in [
        ("cos:*", "*", Allow),
        ("cos:Get*", "*", ImplicitDeny),
        ("cos:*", "qcs::cos:::*", ImplicitDeny),
    ] {
        let line = (Kind::Identity, Effect::Allow, "", action, resource);
        assert_eq!(answer(&[line], request()).decision, expected, "{action} {resource}");
    }
    let deny = (Kind::Identity, Effect::Deny, "", "cos:Get*", "qcs::cos:::*");
    assert_eq!(answer(&[IDENTITY, deny], request()).decision, ExplicitDeny);
}

#[test]
fn the_strictest_answer_decides_about_several_resources() {
    let other = "qcs::cos:ap-guangzhou:uin/1:other-7/a";
    let allow = (Kind::Identity, Effect::Allow, "", "*", "qcs::cos:::logs-7/*");
    let deny = (Kind::Identity, Effect::Deny, "", "*", "qcs::cos:::secret-7/*");
    let outcome = answer(&[allow, deny], get_object(OWN_USER).resource(other));
    let expected = failed(Layer::Default, &[Layer::Identity]);
    assert_eq!(outcome, Outcome { resource: 1, ..expected });
    let secret = "qcs::cos:ap-guangzhou:uin/1:secret-7/a";
    let request = get_object(OWN_USER).resource(other).resource(secret);
    let expected = by(ExplicitDeny, Layer::Identity, &[1]);
    assert_eq!(answer(&[allow, deny], request), Outcome { resource: 2, ..expected });
}
