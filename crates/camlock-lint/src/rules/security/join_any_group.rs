//! Finds allows to put oneself into any user group.

use camlock_policy::PolicyKind;
use camlock_source::quote;

use super::reach::{self, A_USER, Call, EVERY_GROUP, call};
use crate::context::Context;
use crate::effective::SELF;
use crate::rule::{Level, Rule};

declare_rule! {
    /// ## What it finds
    ///
    /// An allow of `cam:AddUserToGroup`, or of its form for several users, that reaches every group, or one
    /// whose members may do everything, where the account is known.
    ///
    /// ## Why it matters
    ///
    /// A member has all rights of the group. One call puts its holder into the group of administrators. The
    /// engine is asked, with denies and ceilings as far as they are known; the finding names a request that
    /// is allowed.
    ///
    /// ## Example
    ///
    /// ```json,CAM6104
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cam:AddUserToGroup", "resource": "*" }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cam:AddUserToGroup",
    ///     "resource": ["qcs::cam::uin/100000000001:groupid/17", "qcs::cam::uin/100000000001:uin/*"] }
    /// ] }
    /// ```
    pub(crate) JoinAnyGroup = {
        code: "CAM6104",
        name: "join-any-group",
        group: Security,
        level: Warning,
        since: "0.2.0",
        summary: "an allow to put oneself into any user group",
    }
}

const WAYS: &[&[Call]] = &[
    &[call("cam", "AddUserToGroup", &[EVERY_GROUP, A_USER])],
    &[call("cam", "AddSubAccountsToGroup", &[])],
];

impl Rule for JoinAnyGroup {
    fn check_document(&self, cx: &mut Context<'_>) {
        let help = "name the groups: `qcs::cam::uin/ACCOUNT:groupid/ID`";
        reach::check(cx, WAYS, "whoever has this may join any group", help);
        check_known(cx);
    }
}

/// Groups of an account that are asked about; more have no other result.
const MOST: usize = 64;

/// Reports a group that is known to have all rights, where it may be joined and not every group may.
fn check_known(cx: &mut Context<'_>) {
    let groups = cx.companions().strong_groups();
    if groups.is_empty() || cx.kind() != PolicyKind::Identity {
        return;
    }
    let grants = cx.analysis().grants("cam", "AddUserToGroup");
    let Some(grant) = grants.first() else { return };
    let Some(effective) = cx.effective() else { return };
    let allowed = |path: &str| {
        let name = format!("qcs::cam::uin/{}:{path}", effective.account);
        let request = effective.request("cam:AddUserToGroup", &name);
        let request = request.and_then(|own| own.build().ok());
        request.is_some_and(|own| effective.allows(&own))
    };
    let joinable = |id: &&String| allowed(&format!("groupid/{id}"));
    let is_told = allowed("groupid/1") && !groups.iter().any(|id| id == "1");
    if is_told || !allowed(&format!("uin/{SELF}")) {
        return;
    }
    let Some(group) = groups.iter().take(MOST).find(joinable) else { return };
    let group = quote(group);
    let report = cx.report(grant.action, format!("whoever has this may join the group `{group}`"));
    let report = match grant.resource {
        Some(resource) => report.secondary(resource, "on this"),
        None => report,
    };
    report
        .label("allows `cam:AddUserToGroup`")
        .help("leave that group out, or name the users who may be added")
        .note("members of that group may do everything in the account")
        .at_most(grant.level(Level::Error));
}

#[cfg(test)]
mod tests {
    use crate::companions::Companions;
    use crate::testing::{check, check_beside};

    #[test]
    fn a_group_that_is_known_to_be_strong_is_enough() {
        let text = |resources: &str, mark: (&str, &str)| {
            format!(
                r#"{{"effect": "allow", "action": {}"cam:AddUserToGroup"{}, "resource": [{resources}]}}"#,
                mark.0, mark.1
            )
        };
        let known = || Companions::default().with_strong_groups(vec!["7".into(), "2".into()]);
        let one = r#""qcs::cam:::groupid/2", "qcs::cam:::uin/*""#;
        check_beside("CAM6104", None, known(), &text(one, ("«", "»")));
        check_beside("CAM6104", None, known(), &text(r#""*""#, ("«", "»")));
        check("CAM6104", &text(one, ("", "")));
        for other in [
            r#""qcs::cam:::groupid/3", "qcs::cam:::uin/*""#,
            r#""qcs::cam:::groupid/2", "qcs::cam:::uin/100000000099""#,
        ] {
            check_beside("CAM6104", None, known(), &text(other, ("", "")));
        }
    }

    #[test]
    fn a_deny_that_covers_the_call_closes_the_way() {
        let text = |mark: (&str, &str), deny: &str| {
            let action = format!(r#"{}"cam:AddUserToGroup"{}"#, mark.0, mark.1);
            format!(
                r#"{{"version": "2.0", "statement": [
                    {{"effect": "allow", "action": [{action}], "resource": "*"}},
                    {{"effect": "deny", "action": "{deny}", "resource": "*"}}]}}"#
            )
        };
        check("CAM6104", &text(("", ""), "cam:AddUserToGroup"));
        check("CAM6104", &text(("«", "»"), "cos:DeleteBucket"));
    }
}
