//! Situations of one small world: everything in it has few names, so that policies nearly match.
//!
//! A situation is read from any bytes, so that the fuzzer and the bounded tests share one generator.

use arbitrary::{Arbitrary, Result, Unstructured};
use camlock_policy::{
    AccountIds, ActionPattern, AppId, Condition, ConditionKey, ContextValue, Deployment, Effect,
    Operator, Policy, PolicyKind, PolicyLayers, Principal, PrincipalPattern, Provider, RawValue,
    Request, ResourcePattern, RoleSession, Statement, Uin, User,
};

/// A request, the policies it meets, and what the deployment knows.
#[derive(Debug)]
pub(crate) struct Situation {
    pub(crate) request: Request,
    /// Each with its level, which counts for service control policies.
    pub(crate) policies: Vec<(Policy, usize)>,
    pub(crate) deployment: Deployment,
}

impl Situation {
    pub(crate) fn layers(&self) -> PolicyLayers {
        layers_of(&self.policies)
    }
}

pub(crate) fn layers_of(policies: &[(Policy, usize)]) -> PolicyLayers {
    let mut layers = PolicyLayers::default();
    for (policy, level) in policies {
        layers.push(policy.clone(), *level);
    }
    layers
}

impl<'a> Arbitrary<'a> for Situation {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        let request = request(u)?;
        let deployment = deployment(u)?;
        let count = u.int_in_range(0..=5)?;
        let policies = (0..count).map(|_| Ok((policy(u)?, u.int_in_range(0..=2)?)));
        Ok(Self { request, policies: policies.collect::<Result<_>>()?, deployment })
    }
}

/// The accounts of the world; the pairs are consistent, as those of a deployment are.
const ACCOUNTS: [(&str, &str); 3] = [("1", "1250000001"), ("2", "1250000002"), ("3", "1250000003")];
const USERS: [&str; 4] = ["11", "12", "2", "1"];
const SERVICES: [&str; 5] = ["cos", "cos", "cvm", "sts", "cas"];
const OPERATIONS: [&str; 5] = ["GetObject", "GetBucket", "PutBucketPolicy", "AssumeRole", "Get"];
const STS_OPERATIONS: [&str; 3] = ["AssumeRole", "AssumeRoleWithSAML", "Get"];
/// As often as they occur together.
const KINDS: [PolicyKind; 13] = [
    PolicyKind::Identity,
    PolicyKind::Identity,
    PolicyKind::Identity,
    PolicyKind::Identity,
    PolicyKind::Resource,
    PolicyKind::Resource,
    PolicyKind::Resource,
    PolicyKind::Trust,
    PolicyKind::Trust,
    PolicyKind::Trust,
    PolicyKind::Boundary,
    PolicyKind::Session,
    PolicyKind::Scp,
];
const OPERATION_PATTERNS: [&str; 12] = [
    "GetObject",
    "Get*",
    "*Object",
    "*Bucket*",
    "G*t*t",
    "*",
    "AssumeRole",
    "AssumeRole*",
    "PutBucketPolicy",
    "*e*e*",
    "Get",
    "getobject",
];
const REGIONS: [&str; 5] = ["", "gz", "ap-guangzhou", "ap-beijing", "guangzhou"];
const LAST_SEGMENTS: [&str; 14] = [
    "b/a",
    "b/a/b",
    "b",
    "b/",
    "a*b",
    "*",
    "b/11/x",
    "roleName/ops",
    "b/1250000001/x",
    "ab",
    "aab",
    "b/${uin}/x",
    "é/a",
    "aaaaaaaaab",
];
const LAST_PATTERNS: [&str; 24] = [
    "b/a",
    "b/*",
    "*a",
    "*a*",
    "a*b",
    "*/*",
    "*",
    "**",
    "b/**/b",
    "b/*/x",
    "b/${uin}/*",
    "*${uin}*",
    "b/${app_id}/x",
    "${owner_uin}",
    "*${owner_uin}/*x",
    "${uin}${uin}",
    "roleName/*",
    "é*",
    "b/$",
    "*a*a*a*b",
    "a*a",
    "*/${uin}/*/*",
    "B/A",
    "b",
];
const ROLES: [&str; 2] = ["ops", "4611"];
const SERVICE_NAMES: [&str; 2] = ["cvm.qcloud.com", "cdn.qcloud.com"];
const PROVIDERS: [&str; 3] = [
    "qcs::cam::uin/1:saml-provider/idp",
    "qcs::cam::uin/1:oidc-provider/idp",
    "qcs::cam::uin/2:saml-provider/idp",
];
const TAG_KEYS: [&str; 3] = ["env", "team", "e&v"];
const TAG_VALUES: [&str; 4] = ["prod", "Prod", "", "a&b"];
const KEYS: [&str; 20] = [
    "qcs:ip",
    "qcs:current_time",
    "qcs:resource_tag",
    "qcs:tag",
    "qcs:request_tag",
    "qcs:resource_tag/env",
    "qcs:tag/env",
    "qcs:request_tag/team",
    "qcs:uin",
    "qcs:mfa",
    "cos:secure-transport",
    "cos:content-length",
    "cos:prefix",
    "bmvpc:unVpcId",
    "oidc:sub",
    "x:one",
    "x:two",
    "qcs:resource_tag/e&v",
    "qcs:owner_uin",
    "saml:sub",
];
const OPERATORS: [&str; 23] = [
    "string_equal",
    "string_not_equal",
    "string_equal_ignore_case",
    "string_not_equal_ignore_case",
    "string_like",
    "string_not_like",
    "numeric_equal",
    "numeric_not_equal",
    "numeric_less_than",
    "numeric_less_than_equal",
    "numeric_greater_than",
    "numeric_greater_than_equal",
    "date_equal",
    "date_not_equal",
    "date_less_than",
    "date_less_than_equal",
    "date_greater_than",
    "date_greater_than_equal",
    "bool_equal",
    "binary_equal",
    "ip_equal",
    "ip_not_equal",
    "null_equal",
];
/// Values on either side; each is near some other.
const VALUES: [&str; 42] = [
    "env&prod",
    "env&Prod",
    "team&prod",
    "env&",
    "&",
    "e&v&prod",
    "prod",
    "Prod",
    "PROD",
    "",
    "11",
    "1",
    "1.0",
    "10e-1",
    "-0",
    "0",
    "100",
    "1e2",
    "true",
    "false",
    "10.0.0.1",
    "10.0.0.2",
    "10.0.0.0/8",
    "10.0.0.1/32",
    "::ffff:10.0.0.1",
    "::ffff:10.0.0.0/104",
    "2001:db8::1",
    "2001:db8::/32",
    "0.0.0.0/0",
    "2026-06-01T12:00:00Z",
    "2026-06-01T12:00:00.5Z",
    "2026-06-01 12:00:00",
    "${uin}",
    "a${uin}",
    "env&${qcs:principal_tag_value}",
    "${qcs:principal_tag_key}&${qcs:principal_tag_value}",
    "${owner_uin}",
    "pro*",
    "*rod",
    "*ro*",
    "*",
    "ÄB",
];

fn pick<'a>(u: &mut Unstructured<'_>, from: &[&'a str]) -> Result<&'a str> {
    u.choose(from).copied()
}

/// Most often the first, so that accounts meet.
fn one_account(u: &mut Unstructured<'_>) -> Result<(&'static str, &'static str)> {
    if u.arbitrary()? { Ok(ACCOUNTS[0]) } else { u.choose(&ACCOUNTS).copied() }
}

fn ids(u: &mut Unstructured<'_>) -> Result<AccountIds> {
    let (uin, app_id) = one_account(u)?;
    let known = u.int_in_range(0..=4)?;
    let uin = (known != 1).then(|| Uin::parse(uin)).flatten();
    let app_id = (known != 0).then(|| AppId::parse(app_id)).flatten();
    Ok(AccountIds::new(uin, app_id))
}

/// The ids of a caller: its account id is always known.
fn caller_ids(u: &mut Unstructured<'_>) -> Result<AccountIds> {
    let (uin, app_id) = one_account(u)?;
    let app_id = if u.arbitrary()? { AppId::parse(app_id) } else { None };
    Ok(AccountIds::new(Uin::parse(uin), app_id))
}

fn deployment(u: &mut Unstructured<'_>) -> Result<Deployment> {
    let known = u.int_in_range(0..=7_u8)?;
    let pairs = ACCOUNTS.iter().enumerate().filter(|(index, _)| known & (1 << index) != 0);
    let accounts = pairs
        .map(|(_, (uin, app_id))| AccountIds::new(Uin::parse(uin), AppId::parse(app_id)))
        .collect();
    Ok(Deployment { accounts, strict_everyone_deny: u.ratio(1, 4)? })
}

fn tags(u: &mut Unstructured<'_>) -> Result<Vec<(Box<str>, Box<str>)>> {
    let count = u.int_in_range(0..=3)?;
    (0..count).map(|_| Ok((pick(u, &TAG_KEYS)?.into(), pick(u, &TAG_VALUES)?.into()))).collect()
}

fn caller(u: &mut Unstructured<'_>) -> Result<Principal> {
    Ok(match u.int_in_range(0..=9)? {
        0 | 1 => Principal::Root(caller_ids(u)?),
        2..=4 => Principal::User(User {
            account: caller_ids(u)?,
            uin: Uin::parse(pick(u, &USERS)?).ok_or(arbitrary::Error::IncorrectFormat)?,
            groups: if u.arbitrary()? { vec!["7".into()] } else { vec!["8".into(), "7".into()] },
            tags: tags(u)?,
        }),
        5 | 6 => Principal::Role(RoleSession {
            account: caller_ids(u)?,
            id: if u.arbitrary()? { Some("4611".into()) } else { None },
            name: if u.arbitrary()? { Some("ops".into()) } else { None },
            service_linked: u.ratio(1, 3)?,
            tags: tags(u)?,
        }),
        7 => {
            let provider = Provider::parse(pick(u, &PROVIDERS)?);
            Principal::Federated(provider.map_err(|_| arbitrary::Error::IncorrectFormat)?)
        }
        8 => Principal::Service(pick(u, &SERVICE_NAMES)?.into()),
        _ => Principal::Anonymous,
    })
}

fn account_segment(u: &mut Unstructured<'_>) -> Result<String> {
    let (uin, app_id) = one_account(u)?;
    Ok(match u.int_in_range(0..=2)? {
        0 => String::new(),
        1 => format!("uin/{uin}"),
        _ => format!("uid/{app_id}"),
    })
}

fn request(u: &mut Unstructured<'_>) -> Result<Request> {
    let service = pick(u, &SERVICES)?;
    let operation =
        if service == "sts" { pick(u, &STS_OPERATIONS)? } else { pick(u, &OPERATIONS)? };
    let mut builder =
        Request::builder().principal_facts(caller(u)?).action(&format!("{service}:{operation}"));
    for _ in 0..u.int_in_range(1..=3)? {
        if u.ratio(1, 5)? {
            builder = builder.resource("*");
            continue;
        }
        let of = if u.ratio(4, 5)? { service } else { pick(u, &SERVICES)? };
        let (region, account) = (pick(u, &REGIONS)?, account_segment(u)?);
        let last = pick(u, &LAST_SEGMENTS)?;
        builder = builder.resource(&format!("qcs::{of}:{region}:{account}:{last}"));
    }
    if u.ratio(1, 3)? {
        builder = builder.resource_owner(ids(u)?);
    }
    if u.ratio(1, 5)? {
        builder = builder.service_level(pick(u, &SERVICES)?);
    }
    for _ in 0..u.int_in_range(0..=4)? {
        let key = pick(u, &KEYS)?;
        let count = u.int_in_range(0..=3)?;
        let values = (0..count).map(|_| context_value(u)).collect::<Result<Vec<_>>>()?;
        builder = builder.context(key, values);
    }
    builder.build().map_err(|_| arbitrary::Error::IncorrectFormat)
}

fn context_value(u: &mut Unstructured<'_>) -> Result<ContextValue> {
    Ok(match u.int_in_range(0..=7)? {
        0 => ContextValue::Bool(u.arbitrary()?),
        1 => ContextValue::Unreadable,
        2 => ContextValue::Number(pick(u, &["0", "1", "1.0", "-0", "1e2", "100", "11"])?.into()),
        _ => ContextValue::Text(pick(u, &VALUES)?.into()),
    })
}

/// A policy that is valid for its kind.
pub(crate) fn policy(u: &mut Unstructured<'_>) -> Result<Policy> {
    let kind = *u.choose(&KINDS)?;
    let count = u.int_in_range(1..=3)?;
    let statements = (0..count).map(|_| statement(u, kind, None));
    let mut statements = statements.collect::<Result<Vec<_>>>()?;
    let limits = matches!(kind, PolicyKind::Boundary | PolicyKind::Session | PolicyKind::Scp);
    if limits && u.ratio(2, 3)? {
        // A limit that lets nothing through hides everything behind it.
        let all = Statement::new(Effect::Allow).with_action(ActionPattern::Any);
        statements.push(all.with_resource(ResourcePattern::Any));
    }
    Policy::new(kind, statements).map_err(|_| arbitrary::Error::IncorrectFormat)
}

/// A statement for a kind of policy, of either effect unless one is given.
pub(crate) fn statement(
    u: &mut Unstructured<'_>,
    kind: PolicyKind,
    effect: Option<Effect>,
) -> Result<Statement> {
    let either = if u.ratio(2, 3)? { Effect::Allow } else { Effect::Deny };
    let mut statement = Statement::new(effect.unwrap_or(either));
    if kind.names_principals() {
        for _ in 0..u.int_in_range(1..=3)? {
            statement = statement.with_principal(principal(u)?);
        }
    }
    for _ in 0..u.int_in_range(1..=3)? {
        statement = statement.with_action(action(u, kind)?);
    }
    if kind.names_resources() {
        for _ in 0..u.int_in_range(1..=3)? {
            statement = statement.with_resource(resource(u)?);
        }
    }
    for _ in 0..u.int_in_range(0..=4_u8)?.saturating_sub(2) {
        if let Some(condition) = condition(u)? {
            // An operator with one key twice would be one name twice in the document.
            let twice = |other: &Condition| other.operator() == condition.operator();
            if !statement.conditions().iter().any(twice) {
                statement = statement.with_condition(condition);
            }
        }
    }
    Ok(statement)
}

fn action(u: &mut Unstructured<'_>, kind: PolicyKind) -> Result<ActionPattern> {
    if kind == PolicyKind::Trust && u.arbitrary()? {
        let text = *u.choose(&["sts:*", "sts:AssumeRole*", "sts:AssumeRole", "sts:*ML"])?;
        return ActionPattern::parse(text).map_err(|_| arbitrary::Error::IncorrectFormat);
    }
    let text = match u.int_in_range(0..=9)? {
        0 | 1 => "*".to_owned(),
        2 => format!("{}:*", pick(u, &SERVICES)?),
        _ => format!("{}:{}", pick(u, &SERVICES)?, pick(u, &OPERATION_PATTERNS)?),
    };
    ActionPattern::parse(&text).map_err(|_| arbitrary::Error::IncorrectFormat)
}

fn resource(u: &mut Unstructured<'_>) -> Result<ResourcePattern> {
    if u.ratio(1, 4)? {
        return Ok(ResourcePattern::Any);
    }
    let service = if u.ratio(1, 5)? { "*" } else { pick(u, &SERVICES)? };
    let region = if u.ratio(1, 2)? { "*" } else { pick(u, &REGIONS)? };
    let account = match u.int_in_range(0..=3)? {
        0 => "*".to_owned(),
        1 => "uin/-1".to_owned(),
        _ => account_segment(u)?,
    };
    let last = pick(u, &LAST_PATTERNS)?;
    let text = format!("qcs::{service}:{region}:{account}:{last}");
    // Paths of COS take no variables [VAR-3].
    Ok(ResourcePattern::parse(&text).unwrap_or(ResourcePattern::Any))
}

fn principal(u: &mut Unstructured<'_>) -> Result<PrincipalPattern> {
    let (account, _) = one_account(u)?;
    let role = pick(u, &ROLES)?;
    let last = match u.int_in_range(0..=12)? {
        0 | 1 => return Ok(PrincipalPattern::Everyone),
        2 => "root".to_owned(),
        3 | 4 => format!("uin/{}", pick(u, &USERS)?),
        5 => "groupid/7".to_owned(),
        6 => format!("role/{role}"),
        7 => format!("roleName/{role}"),
        8 => format!("role/tencentcloudServiceRole/{role}"),
        9 => format!("role/tencentcloudServiceRoleName/{role}"),
        10 => "service/cvm".to_owned(),
        11 => {
            let pattern = PrincipalPattern::parse_federated(pick(u, &PROVIDERS)?);
            return pattern.map_err(|_| arbitrary::Error::IncorrectFormat);
        }
        _ => {
            let pattern = PrincipalPattern::parse_service(pick(u, &SERVICE_NAMES)?);
            return pattern.map_err(|_| arbitrary::Error::IncorrectFormat);
        }
    };
    let text = format!("qcs::cam::uin/{account}:{last}");
    PrincipalPattern::parse_qcs(&text).map_err(|_| arbitrary::Error::IncorrectFormat)
}

/// A condition, unless key, operator and values do not go together.
fn condition(u: &mut Unstructured<'_>) -> Result<Option<Condition>> {
    let base = pick(u, &OPERATORS)?;
    let qualifier = match u.int_in_range(0..=5)? {
        0 => "for_any_value:",
        1 => "for_all_value:",
        _ => "",
    };
    let suffix = if u.ratio(1, 4)? { "_if_exist" } else { "" };
    let operator = Operator::parse(&format!("{qualifier}{base}{suffix}"));
    let Ok(operator) = operator.or_else(|_| Operator::parse(base)) else { return Ok(None) };
    let mut key = pick(u, &KEYS)?;
    if let Ok(parsed) = ConditionKey::parse(key)
        && Condition::check_key(operator, &parsed, 1).is_err()
    {
        // A key that takes every operator keeps the condition alive.
        key = "x:one";
    }
    let Ok(key) = ConditionKey::parse(key) else { return Ok(None) };
    let count = u.int_in_range(1..=3)?;
    let mut values = Vec::new();
    for _ in 0..count {
        let text = pick(u, &VALUES)?;
        let raw = match u.int_in_range(0..=4)? {
            0 => RawValue::Bool(text == "true"),
            1 => RawValue::Number(if text.parse::<u8>().is_ok() { text } else { "1" }),
            _ => RawValue::Text(text),
        };
        if let Ok(value) = camlock_policy::ConditionValue::parse(operator, &key, raw) {
            values.push(value);
        }
    }
    Ok(Condition::from_values(operator, key, values).ok())
}
