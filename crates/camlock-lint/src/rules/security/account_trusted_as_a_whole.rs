//! Finds a trust policy that lets a whole account in, without a condition.

use camlock_policy::{PolicyKind, PrincipalPattern};

use crate::context::Context;
use crate::element::StatementElement;
use crate::rule::{Level, Rule};

declare_rule! {
    /// ## What it finds
    ///
    /// An allow in a trust policy for the root of an account without any condition. Where the own account
    /// is known, only others are reported; where it is not, it is only said.
    ///
    /// ## Why it matters
    ///
    /// The administrators of that account decide which of its users, roles and machines come in. Nothing
    /// here limits them. Accounts that are trusted on purpose can be named in the settings.
    ///
    /// ## Example
    ///
    /// ```json,CAM6016,trust
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "sts:AssumeRole",
    ///     "principal": { "qcs": "qcs::cam::uin/100000000002:root" } }
    /// ] }
    /// ```
    ///
    /// Name the user or the role:
    ///
    /// ```json,clean,trust
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "sts:AssumeRole",
    ///     "principal": { "qcs": "qcs::cam::uin/100000000002:roleName/deployer" } }
    /// ] }
    /// ```
    pub(crate) AccountTrustedAsAWhole = {
        code: "CAM6016",
        name: "account-trusted-as-a-whole",
        group: Security,
        level: Warning,
        since: "0.2.0",
        summary: "a trust policy that lets a whole account in, without a condition",
        spec: ["PRN-11", "EVL-23"],
    }
}

impl Rule for AccountTrustedAsAWhole {
    fn check_statement(&self, statement: &StatementElement<'_>, cx: &mut Context<'_>) {
        let is_open = statement.is_allow() && !cx.analysis().has_conditions(statement);
        if cx.kind() != PolicyKind::Trust || !is_open {
            return;
        }
        let own = cx.options().account.uin();
        for principal in cx.document().principals_of(statement) {
            let Some(PrincipalPattern::Root(account)) = &principal.pattern else { continue };
            let is_known = cx.options().trusted_accounts.iter().any(|own| own == account.as_str());
            if is_known || own == Some(account) {
                continue;
            }
            let level = if own.is_some() { Level::Error } else { Level::Info };
            cx.report(principal, format!("account `{account}` is trusted as a whole"))
                .label("any of its users, as its administrators please")
                .help("name the users or roles, or the account among the trusted ones in the settings")
                .at_most(level);
        }
    }
}

#[cfg(test)]
mod tests {
    use camlock_policy::PolicyKind;
    use camlock_policy::{AccountIds, Uin};
    use camlock_source::{Severity, SourceText};

    use crate::linter::Linter;
    use crate::settings::{Options, Settings};
    use crate::testing::check;

    const TEXT: &str = r#"{"version": "2.0", "statement": [{"effect": "allow", "action": "sts:AssumeRole",
        "principal": {"qcs": ["qcs::cam::uin/1:root", "qcs::cam::uin/2:uin/2", "qcs::cam::uin/3:uin/4"]}}]}"#;

    #[test]
    fn roots_without_a_condition() {
        check(
            "CAM6016",
            r#"{"effect": "allow", "action": "sts:AssumeRole",
            "principal": {"qcs": [«"qcs::cam::uin/1:root"», "qcs::cam::uin/3:uin/4"]}}"#,
        );
        check(
            "CAM6016",
            r#"{"effect": "allow", "action": "sts:AssumeRole", "principal": {"qcs": "qcs::cam::uin/1:root"},
            "condition": {"ip_equal": {"qcs:ip": "10.0.0.0/8"}}}"#,
        );
        check(
            "CAM6016",
            r#"{"effect": "deny", "action": "sts:AssumeRole", "principal": {"qcs": "qcs::cam::uin/1:root"}}"#,
        );
    }

    #[test]
    fn the_own_account_and_trusted_ones_are_known() {
        let found = |own: Option<&str>, trusted: &[&str]| {
            let options = Options {
                account: AccountIds::new(own.and_then(Uin::parse), None),
                trusted_accounts: trusted.iter().map(ToString::to_string).collect(),
            };
            let linter = Linter::new(Settings { options, ..Settings::default() });
            let linted = linter.lint(&SourceText::new("trust.json", TEXT), Some(PolicyKind::Trust));
            let own = linted.findings.into_iter().filter(|own| own.rule.code.as_str() == "CAM6016");
            own.map(|own| own.diagnostic.severity).collect::<Vec<_>>()
        };
        assert_eq!(found(None, &[]), [Severity::Note, Severity::Note]);
        assert_eq!(found(Some("1"), &[]), [Severity::Warning]);
        assert!(found(Some("1"), &["2"]).is_empty());
    }
}
