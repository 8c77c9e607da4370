//! One finding for what has one cause.

use camlock_policy::PolicyKind;
use camlock_source::{Fix, Grade, Severity};

use crate::finding::Finding;

/// What is missing because it stands there in a form that the language does not have.
const NEGATED: [(&str, &str); 3] =
    [("notaction", "CAM2014"), ("notresource", "CAM2016"), ("notprincipal", "CAM2019")];

/// What is missing where another element is a slip of it.
const MISSPELT: [(&str, &str); 6] = [
    ("version", "CAM2008"),
    ("statement", "CAM2010"),
    ("effect", "CAM2012"),
    ("action", "CAM2014"),
    ("resource", "CAM2016"),
    ("principal", "CAM2019"),
];

/// Leaves one finding of those that have one cause. `is_set` says whether the settings have a level for
/// capital letters.
pub(crate) fn fold(findings: &mut Vec<Finding>, kind: PolicyKind, is_set: bool) {
    leave_out_missing(findings);
    fold_capitals(findings);
    // COS hands bucket policies out so, and no console of CAM reads them.
    if kind == PolicyKind::Resource && !is_set {
        let capitals = findings.iter_mut().filter(|own| code_of(own) == "CAM2006");
        capitals.for_each(|own| own.diagnostic.severity = Severity::Note);
    }
}

fn code_of(finding: &Finding) -> &'static str {
    finding.diagnostic.code.as_str()
}

/// Who writes `NotAction` knows that there is no `action`, and who writes `actions` is told what to write.
fn leave_out_missing(findings: &mut Vec<Finding>) {
    let negated = findings.iter().filter(|own| code_of(own) == "CAM2004");
    let explained = negated.filter_map(|own| {
        let (statement, name) = own.diagnostic.pointer.as_deref()?.rsplit_once('/')?;
        let plain = name.to_ascii_lowercase().replace(['_', '-'], "");
        let (_, code) = NEGATED.iter().find(|(negated, _)| *negated == plain)?;
        Some((statement.to_owned(), *code))
    });
    let misspelt = findings.iter().filter(|own| code_of(own) == "CAM2003");
    let misspelt = misspelt.filter_map(|own| {
        let (parent, _) = own.diagnostic.pointer.as_deref()?.rsplit_once('/')?;
        let help = own.diagnostic.help.as_deref()?;
        let (_, code) = MISSPELT.iter().find(|(name, _)| help.split('`').nth(1) == Some(*name))?;
        Some((parent.to_owned(), *code))
    });
    let explained: std::collections::HashSet<(String, &str)> = explained.chain(misspelt).collect();
    findings.retain(|own| {
        let pointer = own.diagnostic.pointer.as_deref();
        pointer.is_none_or(|at| !explained.contains(&(at.to_owned(), code_of(own))))
    });
}

/// A document in capitals is one habit, not a fault an element.
fn fold_capitals(findings: &mut Vec<Finding>) {
    let mut capitals = findings.iter().filter(|own| code_of(own) == "CAM2006");
    let Some(first) = capitals.next() else { return };
    let place = first.diagnostic.span;
    let mut edits = first.diagnostic.fix.clone().map(|fix| fix.edits).unwrap_or_default();
    let mut more = 0_usize;
    for own in capitals {
        more += 1;
        edits.extend(own.diagnostic.fix.iter().flat_map(|fix| fix.edits.iter().cloned()));
    }
    if more == 0 {
        return;
    }
    findings.retain(|own| code_of(own) != "CAM2006" || own.diagnostic.span == place);
    let Some(first) = findings.iter_mut().find(|own| code_of(own) == "CAM2006") else { return };
    let own = &mut first.diagnostic;
    if let Some(name) = own.message.split('`').nth(1) {
        let elements = if more == 1 { "another element" } else { "more elements" };
        let count = if more == 1 { String::new() } else { format!("{more} ") };
        own.message = format!("the element `{name}` and {count}{elements} have a capital letter");
    }
    own.help =
        Some("write them in lower case, which every part of the platform accepts".to_owned());
    let title = "write them in lower case".to_owned();
    own.fix = (!edits.is_empty()).then_some(Fix { title, edits, grade: Grade::Safe });
}

#[cfg(test)]
mod tests {
    use camlock_source::{Severity, SourceText};

    use crate::finding::Finding;
    use crate::levels::Levels;
    use crate::linter::Linter;
    use crate::rule::Level;
    use crate::settings::Settings;

    fn found(code: &str, text: &str, levels: Levels) -> Vec<Finding> {
        let linter = Linter::new(Settings { levels, ..Settings::default() });
        let mut findings = linter.lint(&SourceText::new("a.json", text), None).findings;
        findings.retain(|own| own.diagnostic.code.as_str() == code);
        findings
    }

    const CAPITALS: &str = r#"{"version": "2.0", "Statement": [
        {"Effect": "allow", "action": "cvm:DescribeInstances", "Resource": "*"}]}"#;

    #[test]
    fn capitals_are_one_finding_with_every_repair() {
        let found = found("CAM2006", CAPITALS, Levels::default());
        let [own] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!(
            own.diagnostic.message,
            "the element `Statement` and 2 more elements have a capital letter"
        );
        assert_eq!(own.diagnostic.fix.as_ref().unwrap().edits.len(), 3);
        assert_eq!(own.diagnostic.severity, Severity::Warning);
    }

    #[test]
    fn one_capital_is_told_as_it_is() {
        let text = CAPITALS.replace("Effect", "effect").replace("Resource", "resource");
        let one = found("CAM2006", &text, Levels::default());
        assert_eq!(one[0].diagnostic.message, "the element `Statement` has a capital letter");
        let text = CAPITALS.replace("Effect", "effect");
        let two = found("CAM2006", &text, Levels::default());
        assert_eq!(
            two[0].diagnostic.message,
            "the element `Statement` and another element have a capital letter"
        );
    }

    #[test]
    fn bucket_policies_may_have_capitals_unless_the_settings_say_otherwise() {
        let bucket = CAPITALS
            .replace("\"Effect\"", r#""Principal": {"qcs": "qcs::cam::uin/1:uin/2"}, "Effect""#)
            .replace("cvm:DescribeInstances", "cos:GetObject");
        let own = found("CAM2006", &bucket, Levels::default());
        assert_eq!(own[0].diagnostic.severity, Severity::Note);
        let levels = Levels::default().with("CAM2006", Level::Error).unwrap();
        assert_eq!(found("CAM2006", &bucket, levels)[0].diagnostic.severity, Severity::Error);
    }

    #[test]
    fn what_is_misspelt_is_not_missing() {
        let text = r#"{"version": "2.0", "statement": [
            {"effect": "allow", "actions": "cvm:*", "resource": "*"},
            {"effect": "allow", "action": "cvm:*", "RESOURCE": "*"},
            {"effect": "allow", "other": "cvm:*", "resource": "*"}]}"#;
        assert_eq!(found("CAM2003", text, Levels::default()).len(), 3);
        let missing = found("CAM2014", text, Levels::default());
        assert_eq!(missing.len(), 1);
        assert_eq!(missing[0].diagnostic.pointer.as_deref(), Some("/statement/2"));
        assert!(found("CAM2016", text, Levels::default()).is_empty());
        let text = r#"{"version": "2.0", "statements": []}"#;
        assert!(found("CAM2010", text, Levels::default()).is_empty());
    }

    #[test]
    fn what_is_negated_is_not_missing() {
        let text = r#"{"version": "2.0", "statement": [
            {"effect": "allow", "NotAction": "cvm:*", "resource": "*"},
            {"effect": "allow", "action": "cvm:*", "not_resource": "*"},
            {"effect": "allow", "resource": "*"}]}"#;
        assert_eq!(found("CAM2004", text, Levels::default()).len(), 2);
        let missing = found("CAM2014", text, Levels::default());
        assert_eq!(missing.len(), 1);
        assert_eq!(missing[0].diagnostic.pointer.as_deref(), Some("/statement/2"));
        assert!(found("CAM2016", text, Levels::default()).is_empty());
    }
}
