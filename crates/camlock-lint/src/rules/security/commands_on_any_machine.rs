//! Finds allows to run commands on any machine, or to get into it.

use super::reach::{self, Call, call, every};
use crate::analysis::Grant;
use crate::context::Context;
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// An allow that reaches every machine, of running commands, setting passwords, binding keys or
    /// opening the console.
    ///
    /// ## Why it matters
    ///
    /// Whoever is on a machine has the credentials of its role. The engine is asked, with denies and
    /// ceilings as far as they are known; the finding names a request that is allowed.
    ///
    /// ## Example
    ///
    /// ```json,CAM6120
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "tat:RunCommand", "resource": "*" }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:ResetInstancesPassword",
    ///     "resource": "qcs::cvm:ap-guangzhou:uin/100000000001:instance/ins-1a2b3c4d" }
    /// ] }
    /// ```
    pub(crate) CommandsOnAnyMachine = {
        code: "CAM6120",
        name: "commands-on-any-machine",
        group: Security,
        level: Info,
        since: "0.2.0",
        summary: "an allow to run commands on any machine, or to get into it",
    }
}

const WAYS: &[&[Call]] = &[
    &[call("tat", "RunCommand", &[every("cvm", "instance/ins-1")])],
    &[call("tat", "InvokeCommand", &[every("cvm", "instance/ins-1")])],
    &[call("cvm", "ResetInstancesPassword", &[every("cvm", "instance/ins-1")])],
    &[call("cvm", "AssociateInstancesKeyPairs", &[every("cvm", "instance/ins-1")])],
    &[call("cvm", "DescribeInstanceVncUrl", &[every("cvm", "instance/ins-1")])],
    &[call("lighthouse", "ResetInstancesPassword", &[every("lighthouse", "instance/ins-1")])],
    &[call("lighthouse", "AssociateInstancesKeyPairs", &[every("lighthouse", "instance/ins-1")])],
    &[call("lighthouse", "DescribeInstanceVncUrl", &[every("lighthouse", "instance/ins-1")])],
];

impl Rule for CommandsOnAnyMachine {
    fn check_document(&self, cx: &mut Context<'_>) {
        let help = "name the machines: `qcs::cvm:REGION:uin/ACCOUNT:instance/ID`";
        let what = "whoever has this may use the role of any machine";
        // Reading everything is not meant as getting in; who names the call knows what it is for.
        let counts = |grant: &Grant<'_>, call: &Call| {
            !call.is_named("DescribeInstanceVncUrl")
                || grant.action.operation().is_some_and(|own| own.contains("Vnc"))
        };
        reach::check_with_whole_services(cx, WAYS, what, help, counts);
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn the_console_counts_where_it_is_named() {
        let text =
            |action: &str| format!(r#"{{"effect": "allow", "action": {action}, "resource": "*"}}"#);
        for action in ["cvm:DescribeInstanceVncUrl", "lighthouse:*Vnc*", "cvm:*", "tat:*"] {
            check("CAM6120", &text(&format!("«\"{action}\"»")));
        }
        for action in ["cvm:Describe*", "lighthouse:Describe*", "*"] {
            check("CAM6120", &text(&format!("\"{action}\"")));
        }
    }

    #[test]
    fn a_deny_that_covers_the_call_closes_the_way() {
        let text = |mark: (&str, &str), deny: &str| {
            let action = format!(r#"{}"tat:RunCommand"{}"#, mark.0, mark.1);
            format!(
                r#"{{"version": "2.0", "statement": [
                    {{"effect": "allow", "action": [{action}], "resource": "*"}},
                    {{"effect": "deny", "action": "{deny}", "resource": "*"}}]}}"#
            )
        };
        check("CAM6120", &text(("", ""), "tat:RunCommand"));
        check("CAM6120", &text(("«", "»"), "cos:DeleteBucket"));
    }
}
