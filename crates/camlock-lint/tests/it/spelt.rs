//! Documents of one small world, each written in one of the many ways that mean the same.
//!
//! What a document names is drawn from a few strings, so that its statements have much in common, and
//! every choice comes from bytes, so that the fuzzer and the bounded tests share one generator.

use arbitrary::{Arbitrary, Error, Result, Unstructured};
use camlock_policy::PolicyKind;

/// A document that is a policy, or nearly one.
#[derive(Debug)]
pub(crate) struct Spelt {
    pub(crate) kind: PolicyKind,
    pub(crate) text: String,
}

const KINDS: [PolicyKind; 8] = [
    PolicyKind::Identity,
    PolicyKind::Identity,
    PolicyKind::Identity,
    PolicyKind::Resource,
    PolicyKind::Resource,
    PolicyKind::Trust,
    PolicyKind::Boundary,
    PolicyKind::Scp,
];
const ACTIONS: [&str; 17] = [
    "*",
    "*:*",
    "cos:*",
    "cos:**",
    "cos:Get*",
    "cos:Get**",
    "cos:GetObject",
    "cos:*Object",
    "cos:G*t*t",
    "cos:getobject",
    "cos:PutBucketPolicy",
    "cos:Get",
    "cvm:*",
    "cvm:RunInstances",
    "cam:PassRole",
    "sts:AssumeRole",
    "sts:*",
];
const SERVICES: [&str; 7] = ["cos", "cos", "cos", "cvm", "cam", "*", ""];
const REGIONS: [&str; 6] = ["", "*", "gz", "ap-guangzhou", "bj", "ap-nowhere"];
const ACCOUNTS: [&str; 8] =
    ["", "", "*", "uin/-1", "uin/1", "uid/1250000001", "uin/2", "uid/1250000002"];
const PATHS: [&str; 18] = [
    "*",
    "**",
    "*/*",
    "b-1250000001/*",
    "b-1250000001/a*",
    "b-1250000001/**/b",
    "b-1250000001/a",
    "b-1250000002/*",
    "*/a",
    "*a*",
    "b/",
    "B-1250000001/*",
    "roleName/*",
    "roleName/ops",
    "instance/${uin}/*",
    "instance/${uin}/x",
    "*${owner_uin}*",
    "instance/11/*",
];
const PRINCIPALS: [(&str, &str); 14] = [
    ("qcs", "qcs::cam::uin/1:root"),
    ("qcs", "qcs::cam::uin/1:uin/1"),
    ("qcs", "qcs::cam::uin/1:uin/11"),
    ("qcs", "qcs::cam::uin/1:uin/12"),
    ("qcs", "qcs::cam::uin/2:uin/2"),
    ("qcs", "qcs::cam::uin/2:uin/22"),
    ("qcs", "qcs::cam::uin/1:groupid/7"),
    ("qcs", "qcs::cam::uin/1:roleName/ops"),
    ("qcs", "qcs::cam::uin/2:role/4611"),
    ("qcs", "qcs::cam::anyone:anyone"),
    ("qcs", "qcs::cam::uin/1:saml-provider/idp"),
    ("federated", "qcs::cam::uin/1:saml-provider/idp"),
    ("service", "cvm.qcloud.com"),
    ("service", "scf.qcloud.com"),
];

/// Operators of a family, the keys that they go with, and values for them, as they stand in JSON.
type Family = (&'static [&'static str], &'static [&'static str], &'static [&'static str]);

const FAMILIES: [Family; 8] = [
    (
        &["string_equal", "string_not_equal", "string_like", "string_not_like"],
        &["qcs:resource_tag", "qcs:tag", "qcs:request_tag"],
        &[
            "\"env&prod\"",
            "\"env&Prod\"",
            "\"env&\"",
            "\"env&*\"",
            "\"env&${qcs:principal_tag_value}\"",
        ],
    ),
    (
        &[
            "string_equal",
            "string_not_equal",
            "string_equal_ignore_case",
            "string_not_like",
            "string_like",
        ],
        &["x:one", "cos:prefix", "qcs:resource_tag/env", "qcs:tag/env", "qcs:uin", "oidc:sub"],
        &[
            "\"a\"",
            "\"A\"",
            "\"ab\"",
            "\"\"",
            "\"a*\"",
            "\"*\"",
            "\"**\"",
            "\"${uin}\"",
            "\"a${uin}\"",
            "1",
            "\"1\"",
        ],
    ),
    (
        &[
            "string_not_equal_ignore_case",
            "string_equal_ignore_case",
            "binary_equal",
            "string_equal",
        ],
        &["x:one", "cos:prefix"],
        &["\"a\"", "\"A\"", "\"ab\"", "\"a*\"", "\"12\""],
    ),
    (
        &[
            "numeric_equal",
            "numeric_not_equal",
            "numeric_less_than",
            "numeric_less_than_equal",
            "numeric_greater_than",
            "numeric_greater_than_equal",
        ],
        &["x:one", "cos:content-length", "qcs:mfa"],
        &["1", "\"1\"", "\"1.0\"", "10e-1", "2", "\"-0\"", "0"],
    ),
    (
        &[
            "date_equal",
            "date_not_equal",
            "date_less_than",
            "date_greater_than_equal",
            "date_greater_than",
        ],
        &["qcs:current_time", "x:one"],
        &[
            "\"2026-06-01T12:00:00Z\"",
            "\"2026-06-01 12:00:00\"",
            "\"2026-06-01T12:00:00+00:00\"",
            "\"2026-06-01T12:00:00.5Z\"",
            "\"2027-01-01T00:00:00Z\"",
        ],
    ),
    (&["bool_equal"], &["cos:secure-transport", "x:one"], &["true", "false", "\"true\""]),
    (
        &["ip_equal", "ip_not_equal"],
        &["qcs:ip", "qcs:ip", "x:one"],
        &[
            "\"10.0.0.0/8\"",
            "\"10.1.2.3/8\"",
            "\"10.0.0.1\"",
            "\"192.0.2.0/24\"",
            "\"192.0.2.7\"",
            "\"0.0.0.0/0\"",
            "\"::/0\"",
            "\"::ffff:10.0.0.1\"",
            "\"2001:db8::/32\"",
        ],
    ),
    (
        &["null_equal"],
        &["x:one", "qcs:ip", "qcs:resource_tag/env", "cos:prefix"],
        &["true", "false", "\"true\""],
    ),
];

struct Condition {
    operator: String,
    key: &'static str,
    values: Vec<&'static str>,
}

/// What the statements of a document are made from.
struct Words {
    actions: Vec<String>,
    resources: Vec<String>,
    principals: Vec<(&'static str, &'static str)>,
    conditions: Vec<Condition>,
}

impl<'a> Arbitrary<'a> for Spelt {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        let kind = *u.choose(&KINDS)?;
        let words = Words {
            actions: many(u, 4, action)?,
            resources: many(u, 3, resource)?,
            principals: many(u, 3, |u| u.choose(&PRINCIPALS).copied())?,
            conditions: conditions_in_common(u)?,
        };
        let gap = *u.choose(&["", " ", "\n  "])?;
        // The older form names whom the document speaks about as a whole [SYN-16].
        let top = kind.names_principals() && u.ratio(1, 5)?;
        let statements: Vec<String> = (0..u.int_in_range(1..=4)?)
            .map(|_| statement(u, kind, &words, top, gap))
            .collect::<Result<_>>()?;
        let mut statements = format!("[{gap}{}{gap}]", statements.join(&format!(",{gap}")));
        if u.ratio(1, 8)? {
            statements = statement(u, kind, &words, top, gap)?;
        }
        let mut members = vec![("version", "\"2.0\"".to_owned()), ("statement", statements)];
        if top {
            members.push(("principal", principal(u, &words, gap)?));
        }
        Ok(Self { kind, text: object(u, members, gap)? })
    }
}

/// One to `most` of something.
fn many<T>(
    u: &mut Unstructured<'_>,
    most: usize,
    mut one: impl FnMut(&mut Unstructured<'_>) -> Result<T>,
) -> Result<Vec<T>> {
    (0..u.int_in_range(1..=most)?).map(|_| one(u)).collect()
}

fn action(u: &mut Unstructured<'_>) -> Result<String> {
    let own = *u.choose(&ACTIONS)?;
    let prefix = if own != "*" && u.ratio(1, 4)? { "name/" } else { "" };
    Ok(format!("{prefix}{own}"))
}

fn resource(u: &mut Unstructured<'_>) -> Result<String> {
    if u.ratio(1, 4)? {
        return Ok("*".to_owned());
    }
    let project = if u.ratio(1, 6)? { *u.choose(&["id/0", "*", "id/*"])? } else { "" };
    let (service, region) = (*u.choose(&SERVICES)?, *u.choose(&REGIONS)?);
    let (account, mut path) = (*u.choose(&ACCOUNTS)?, *u.choose(&PATHS)?);
    // Paths of COS take no variables [VAR-3].
    if service == "cos" && path.contains('$') {
        path = "b-1250000001/*";
    }
    Ok(format!("qcs:{project}:{service}:{region}:{account}:{path}"))
}

/// Conditions, most of them about one key, so that one follows from another or they exclude each other.
fn conditions_in_common(u: &mut Unstructured<'_>) -> Result<Vec<Condition>> {
    let first = *u.choose(&FAMILIES)?;
    let key = *u.choose(first.1)?;
    many(u, 4, |u| {
        if u.ratio(2, 3)? {
            return condition(u, first, key);
        }
        let family = *u.choose(&FAMILIES)?;
        let key = *u.choose(family.1)?;
        condition(u, family, key)
    })
}

fn condition(
    u: &mut Unstructured<'_>,
    (bases, _, values): Family,
    key: &'static str,
) -> Result<Condition> {
    // Whether a key is there at all can be asked of each.
    let asks_presence = u.ratio(1, 12)?;
    let base = if asks_presence { "null_equal" } else { *u.choose(bases)? };
    let values = if asks_presence { &["true", "false"][..] } else { values };
    let plain = base == "null_equal";
    let qualifier = match u.int_in_range(0..=4)? {
        0 if !plain => "for_any_value:",
        1 if !plain => "for_all_value:",
        _ => "",
    };
    let suffix = if !plain && u.ratio(1, 3)? { "_if_exist" } else { "" };
    let values = many(u, 3, |u| u.choose(values).copied())?;
    Ok(Condition { operator: format!("{qualifier}{base}{suffix}"), key, values })
}

fn statement(
    u: &mut Unstructured<'_>,
    kind: PolicyKind,
    words: &Words,
    top: bool,
    gap: &str,
) -> Result<String> {
    let effect = *u.choose(&["allow", "allow", "allow", "deny", "deny", "Allow", "Deny"])?;
    let mut members = vec![("effect", format!("\"{effect}\""))];
    let actions = many(u, 3, |u| string(u, &words.actions))?;
    members.push(("action", list(u, &actions, gap)?));
    if kind.names_resources() {
        let resources = many(u, 3, |u| string(u, &words.resources))?;
        members.push(("resource", list(u, &resources, gap)?));
    }
    if kind.names_principals() && !top {
        members.push(("principal", principal(u, words, gap)?));
    }
    match u.int_in_range(0..=9)? {
        0..=4 => {}
        5 => members.push(("condition", "{}".to_owned())),
        _ => members.push(("condition", conditions(u, words, gap)?)),
    }
    if u.ratio(1, 10)? {
        members.push(("sid", "\"one\"".to_owned()));
    }
    object(u, members, gap)
}

/// One of some texts as a string of JSON; now and then a character of it is escaped.
fn string(u: &mut Unstructured<'_>, all: &[String]) -> Result<String> {
    let text = u.choose(all)?;
    if !u.ratio(1, 12)? {
        return Ok(format!("\"{text}\""));
    }
    let at = u.choose_index(text.chars().count())?;
    let written = text.chars().enumerate().map(|(index, c)| {
        if index == at { format!("\\u{:04x}", u32::from(c)) } else { c.to_string() }
    });
    Ok(format!("\"{}\"", written.collect::<String>()))
}

fn list(u: &mut Unstructured<'_>, items: &[String], gap: &str) -> Result<String> {
    match items {
        [one] if u.arbitrary()? => Ok(one.clone()),
        _ => Ok(format!("[{}]", items.join(&format!(",{gap}")))),
    }
}

fn principal(u: &mut Unstructured<'_>, words: &Words, gap: &str) -> Result<String> {
    if u.ratio(1, 5)? {
        return Ok("\"*\"".to_owned());
    }
    let chosen = many(u, 3, |u| u.choose(&words.principals).copied())?;
    let mut members = Vec::new();
    for name in ["qcs", "service", "federated"] {
        let of_name = chosen.iter().filter(|(own, _)| *own == name);
        let all: Vec<String> = of_name.map(|(_, text)| format!("\"{text}\"")).collect();
        if !all.is_empty() {
            members.push(format!("\"{name}\":{gap}{}", list(u, &all, gap)?));
        }
    }
    Ok(format!("{{{}}}", members.join(&format!(",{gap}"))))
}

/// Conditions by operator; a key that an operator has already is left out.
fn conditions(u: &mut Unstructured<'_>, words: &Words, gap: &str) -> Result<String> {
    let chosen = many(u, 3, |u| u.choose(&words.conditions))?;
    let mut operators: Vec<(&str, Vec<(&str, String)>)> = Vec::new();
    for own in chosen {
        let values: Vec<String> = own.values.iter().map(|&value| value.to_owned()).collect();
        let values = list(u, &values, gap)?;
        let found = operators.iter_mut().find(|(operator, _)| *operator == own.operator);
        match found {
            Some((_, keys)) if keys.iter().any(|(key, _)| *key == own.key) => {}
            Some((_, keys)) => keys.push((own.key, values)),
            None => operators.push((&own.operator, vec![(own.key, values)])),
        }
    }
    let operators = operators.iter().map(|(operator, keys)| {
        let keys: Vec<String> =
            keys.iter().map(|(key, own)| format!("\"{key}\":{gap}{own}")).collect();
        format!("\"{operator}\":{gap}{{{}}}", keys.join(","))
    });
    Ok(format!("{{{gap}{}{gap}}}", operators.collect::<Vec<_>>().join(",")))
}

/// Members in some order, some of them with a capital letter [SYN-10].
fn object(u: &mut Unstructured<'_>, mut members: Vec<(&str, String)>, gap: &str) -> Result<String> {
    if u.ratio(1, 6)? {
        let by = u.choose_index(members.len())?;
        members.rotate_left(by);
    }
    let mut written = Vec::new();
    for (name, value) in members {
        let (first, rest) = name.split_at_checked(1).ok_or(Error::IncorrectFormat)?;
        let first = if u.ratio(1, 12)? { first.to_ascii_uppercase() } else { first.to_owned() };
        written.push(format!("\"{first}{rest}\":{gap}{value}"));
    }
    Ok(format!("{{{gap}{}{gap}}}", written.join(&format!(",{gap}"))))
}
