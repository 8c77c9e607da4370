//! Texts, levels, kinds and suppressions.

use camlock_lint::{
    Companion, Companions, KindSource, Level, Levels, Linter, Override, PathGlobs, Settings,
    Suppression, fault_rules, rules,
};
use camlock_policy::PolicyKind;
use camlock_source::{Code, Severity, SourceText};
use camlock_syntax::parse;

const WIDE: &str =
    r#"{"version": "2.0", "statement": {"effect": "allow", "action": "*", "resource": "*"}}"#;

fn codes(settings: Settings, name: &str, text: &str) -> Vec<String> {
    let linted = Linter::new(settings).lint(&SourceText::new(name, text), None);
    linted.findings.iter().map(|own| own.diagnostic.code.to_string()).collect()
}

fn globs(glob: &str) -> PathGlobs {
    PathGlobs::new(&[glob]).unwrap()
}

#[test]
fn one_document_a_list_and_lines_are_told_apart() {
    let one = codes(Settings::default(), "a.json", WIDE);
    assert_eq!(one, ["CAM6001"]);
    let list = format!("[{WIDE},\n {WIDE}]");
    let linted =
        Linter::new(Settings::default()).lint(&SourceText::new("a.json", list.as_str()), None);
    let pointers: Vec<_> =
        linted.findings.iter().map(|own| own.diagnostic.pointer.as_deref()).collect();
    assert_eq!(pointers, [Some("/0/statement/action"), Some("/1/statement/action")]);
    assert_eq!(linted.documents[1].pointer, "/1");

    let lines = format!("{WIDE}\n\n{WIDE}\n");
    let source = SourceText::new("a.jsonl", lines.as_str());
    let linted = Linter::new(Settings::default()).lint(&source, None);
    let second = &linted.findings[1];
    assert_eq!((linted.documents.len(), second.document), (2, 1));
    assert_eq!(source.slice(second.diagnostic.span), "\"*\"");
    assert_eq!(source.line_column(second.diagnostic.span.start).line, 3);
    assert_eq!(source.slice(linted.documents[1].span), WIDE);
}

#[test]
fn faults_of_the_front_end_are_findings_and_rules_run_on_what_is_readable() {
    let text = WIDE.replace("\"2.0\"", "null");
    assert_eq!(codes(Settings::default(), "a.json", &text), ["CAM2007", "CAM6001"]);
    assert_eq!(codes(Settings::default(), "a.json", ""), ["CAM1010"]);
    let broken = format!("[{WIDE}, {{\"statement\": 1,}}]");
    assert!(codes(Settings::default(), "a.json", &broken).contains(&"CAM1016".to_owned()));
}

#[test]
fn later_levels_win_and_those_of_paths_over_all() {
    let levels = Levels::default().with("all", Level::Off).unwrap();
    assert!(
        codes(Settings { levels: levels.clone(), ..Settings::default() }, "a.json", WIDE)
            .is_empty()
    );
    let levels = levels.with("security", Level::Info).unwrap();
    let special = Levels::default().with("allow-everything", Level::Off).unwrap();
    let settings = Settings {
        levels,
        overrides: vec![Override { paths: globs("breakglass/**"), levels: special }],
        ..Settings::default()
    };
    let linter = Linter::new(settings);
    let severity = |name: &str| linter.lint(&SourceText::new(name, WIDE), None).severity();
    assert_eq!(severity("policies/a.json"), Some(Severity::Note));
    assert_eq!(severity("breakglass/a.json"), None);
    assert_eq!(severity("./breakglass/x/a.json"), None);
}

#[test]
fn a_name_that_no_rule_has_is_refused_with_a_close_one() {
    let error = Levels::default().with("allow-everythin", Level::Off).unwrap_err();
    assert_eq!(
        error.to_string(),
        "no rule and no group is called `allow-everythin`; did you mean `allow-everything`"
    );
}

#[test]
fn kinds_come_from_the_caller_then_the_path_then_the_document() {
    let settings =
        Settings { kinds: vec![(globs("*.scp.json"), PolicyKind::Scp)], ..Settings::default() };
    let linter = Linter::new(settings);
    let kind = |name: &str, given| {
        let document = linter.lint(&SourceText::new(name, WIDE), given).documents[0].clone();
        (document.kind, document.kind_source)
    };
    assert_eq!(kind("x/a.scp.json", None), (PolicyKind::Scp, KindSource::Settings));
    assert_eq!(kind("a.json", None), (PolicyKind::Identity, KindSource::Inferred));
    let given = Some(PolicyKind::Session);
    assert_eq!(kind("a.scp.json", given), (PolicyKind::Session, KindSource::Given));
}

#[test]
fn what_is_suppressed_is_kept_apart_and_unused_suppressions_are_known() {
    let suppression = |paths: &str, pointer: Option<&str>| Suppression {
        paths: Some(globs(paths)),
        code: Code::new("CAM6001"),
        pointer: pointer.map(Into::into),
        reason: "the break-glass user".into(),
    };
    let suppressions = vec![
        suppression("a.json", Some("/statement/0")),
        suppression("a.json", Some("/statement")),
        suppression("b.json", None),
    ];
    let linter = Linter::new(Settings { suppressions, ..Settings::default() });
    let linted = linter.lint(&SourceText::new("x/a.json", WIDE), None);
    assert!(linted.findings.is_empty());
    assert_eq!(linted.suppressed[0].suppression, 1);
    let unused: Vec<_> = linter.unused_suppressions().map(|own| own.pointer.as_deref()).collect();
    assert_eq!(unused, [Some("/statement/0"), None]);
}

#[test]
fn a_ceiling_that_allows_less_silences_what_it_takes_away() {
    let text = WIDE.replace("\"*\", \"resource\"", "\"cam:PassRole\", \"resource\"");
    assert_eq!(codes(Settings::default(), "a.json", &text), ["CAM6002"]);
    let ceiling = WIDE.replace("\"*\", \"resource\"", "\"cos:*\", \"resource\"");
    let policy = parse(&ceiling, PolicyKind::Boundary).policy.unwrap();
    let companions = Companions::new(vec![Companion { name: "ceiling".into(), policy }]);
    // What is left to say is that the allow grants nothing.
    let codes = codes(Settings { companions, ..Settings::default() }, "a.json", &text);
    assert_eq!(codes, ["CAM7026"]);
}

#[test]
fn every_fault_of_the_front_end_is_known_by_code_and_by_name() {
    assert!(fault_rules().len() > 100 && rules().len() > 14);
    for rule in fault_rules() {
        let by_name = camlock_lint::explain(rule.name).unwrap();
        assert_eq!(by_name.code, rule.code);
        assert!(std::ptr::eq(by_name, camlock_lint::explain(rule.code.as_str()).unwrap()));
    }
}

#[test]
fn hostile_text_has_bounded_findings() {
    let actions = vec!["\"cos:getobject\""; 9_000].join(",");
    let text = format!(
        r#"{{"version": "2.0", "statement": {{"effect": "allow", "action": [{actions}], "resource": "*"}}}}"#
    );
    let linted = Linter::new(Settings::default()).lint(&SourceText::new("a.json", text), None);
    assert!(linted.findings.len() < 20_003, "{}", linted.findings.len());
}
