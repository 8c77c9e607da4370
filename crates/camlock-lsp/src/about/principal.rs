//! Principals.

use super::code;

/// The kinds of principals, and what stands under each [PRN-2].
pub(crate) const MEMBERS: [(&str, &str); 3] = [
    ("qcs", "accounts, users, groups and roles, as names of the service `cam` [PRN-3]"),
    ("service", "services of the platform, such as `cvm.cloud.tencent.com` [PRN-9]"),
    ("federated", "providers of identities, such as `qcs::cam::uin/1:saml-provider/x` [PRN-10]"),
];

/// What a kind of principals is.
pub(crate) fn member(name: &str) -> Option<String> {
    let (_, said) = MEMBERS.into_iter().find(|(own, _)| *own == name)?;
    Some(format!("**{name}**: {said}"))
}

/// What a principal is.
pub(crate) fn principal(text: &str, member: Option<&str>) -> String {
    if text == "*" && member.is_none() {
        return "**everyone**, unsigned requests included [PRN-1]; in a deny, unsigned requests only \
                [EVL-10]"
            .to_owned();
    }
    if member == Some("service") {
        return format!("the service {} [PRN-9]", code(text));
    }
    let Some(name) = text.strip_prefix("qcs::cam::") else {
        return "a principal: `qcs::cam::uin/ACCOUNT:uin/USER` and the like [PRN-3]".to_owned();
    };
    if matches!(name, "anyone:anyone" | "anonymous:anonymous") {
        return "**everyone**, as `*` [PRN-5]; in a deny, unsigned requests only [EVL-10]"
            .to_owned();
    }
    let (account, own) = name.split_once(':').unwrap_or((name, ""));
    let uin = account.strip_prefix("uin/").unwrap_or(account);
    let (kind, id) = own.split_once('/').unwrap_or((own, ""));
    match kind {
        "root" => format!(
            "the root account {}; from another account all of it [PRN-4, PRN-11]",
            code(uin)
        ),
        "uin" if id == uin => {
            format!(
                "the root account {}; from another account all of it [PRN-4, PRN-11]",
                code(uin)
            )
        }
        "uin" => format!("the user {} of account {}", code(id), code(uin)),
        "groupid" => format!("the members of group {} of account {} [PRN-7]", code(id), code(uin)),
        "role" | "roleName" => {
            format!("sessions of role {} of account {} [PRN-8]", code(id), code(uin))
        }
        "saml-provider" | "oidc-provider" => {
            format!("who is known to provider {} of account {} [PRN-10]", code(id), code(uin))
        }
        "service" => "a service of the account; matches whom the caller says so".to_owned(),
        _ => "no form of principal that is known [PRN-3]".to_owned(),
    }
}
