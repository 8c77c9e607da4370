//! What files of settings say, and what is said about those that are wrong.

use camlock_config::{Config, KEYS, NewSuppression, suppressions_text};
use camlock_lint::{Linter, Settings};
use camlock_policy::PolicyKind;
use camlock_source::{Code, SourceText};

const ALL: &str =
    r#"{"version": "2.0", "statement": {"effect": "allow", "action": "*", "resource": "*"}}"#;

fn read(text: &str) -> Result<Config, String> {
    let source = SourceText::new("camlock.toml", text);
    Config::read(&source, "/repo").map_err(|faults| {
        let line = |fault: &camlock_source::Diagnostic| {
            let place = source.line_column(fault.span.start);
            let help = fault.help.as_deref().unwrap_or("-");
            format!("{}:{} {} {}; {help}\n", place.line, place.column, fault.code, fault.message)
        };
        faults.iter().map(line).collect()
    })
}

/// The codes found in a text of this path.
fn codes(config: &Config, path: &str, text: &str) -> Vec<&'static str> {
    let linter = Linter::new(config.settings());
    let linted = linter.lint(&SourceText::new(path, text), None);
    linted.findings.iter().map(|finding| finding.diagnostic.code.as_str()).collect()
}

#[test]
fn levels_of_single_rules_win_over_groups_wherever_they_stand() {
    let config =
        read("[levels]\nallow-everything = \"info\"\nall = \"off\"\nsecurity = \"error\"\n")
            .unwrap();
    let linter = Linter::new(config.settings());
    let linted = linter.lint(&SourceText::new("/repo/a.json", ALL), None);
    let found: Vec<_> =
        linted.findings.iter().map(|f| (f.rule.name, f.diagnostic.severity.as_str())).collect();
    assert_eq!(found, [("allow-everything", "note")]);
}

#[test]
fn paths_are_those_below_the_folder() {
    let text = "[[overrides]]\npaths = [\"old/**\"]\nlevels = { all = \"off\" }\n";
    let config = read(text).unwrap();
    assert!(codes(&config, "/repo/old/a.json", ALL).is_empty());
    assert!(!codes(&config, "/repo/a.json", ALL).is_empty());
    assert!(!codes(&config, "/elsewhere/old/a.json", ALL).is_empty());
}

#[test]
fn the_first_kind_that_fits_counts() {
    let config = read("[kinds]\ntrust = \"t-*.json\"\nscp = [\"scp/**\", \"*.json\"]\n").unwrap();
    let linter = Linter::new(config.settings());
    let kind = |path: &str| linter.lint(&SourceText::new(path, ALL), None).kind();
    assert_eq!(kind("/repo/x/t-1.json"), Some(PolicyKind::Trust));
    assert_eq!(kind("/repo/scp/t.txt"), Some(PolicyKind::Scp));
    assert_eq!(kind("/other/t-1.json"), Some(PolicyKind::Identity));
}

#[test]
fn suppressions_cover_a_code_a_file_and_a_place() {
    let before = codes(&Config::default(), "/repo/a.json", ALL);
    assert!(before.contains(&"CAM6001"), "{before:?}");
    let text = "[[suppressions]]\ncode = \"CAM6001\"\npath = \"a.json\"\npointer = \"/statement\"\nreason = \"known\"\n";
    let config = read(text).unwrap();
    assert!(!codes(&config, "/repo/a.json", ALL).contains(&"CAM6001"));
    assert!(codes(&config, "/repo/b.json", ALL).contains(&"CAM6001"));
    let elsewhere = read(&text.replace("/statement", "/version")).unwrap();
    assert!(codes(&elsewhere, "/repo/a.json", ALL).contains(&"CAM6001"));
}

#[test]
fn one_file_over_another_wins() {
    let base = read("uin = \"1\"\n[levels]\nsecurity = \"off\"\nstyle = \"error\"\n").unwrap();
    let own = read("uin = \"2\"\n[levels]\nsecurity = \"info\"\n").unwrap().over(base);
    assert_eq!(own.uin.as_ref().unwrap().as_str(), "2");
    let linter = Linter::new(own.settings());
    let linted = linter.lint(&SourceText::new("/repo/a.json", ALL), None);
    assert!(linted.findings.iter().any(|f| f.rule.code.as_str() == "CAM6001"));
}

#[test]
fn faults_have_places_and_a_next_step() {
    for (text, expected) in [
        (
            "acount = \"a.json\"\n",
            "1:1 CAM8202 there is no setting `acount`; did you mean `account`\n",
        ),
        (
            "[levels]\nsecurty = \"off\"\n",
            "2:1 CAM8202 no rule and no group is called `securty`; did you mean `security`\n",
        ),
        (
            "[levels]\nsecurity = \"warn\"\n",
            "2:12 CAM8203 `warn` is not a level; one of off, info, warning, error\n",
        ),
        (
            "[kinds]\ntrsut = \"*\"\n",
            "2:1 CAM8202 `trsut` is not a kind of policy; did you mean `trust`\n",
        ),
        (
            "exclude = [\"ok\", \"[a\"]\n",
            "1:18 CAM8203 `[a` is not a glob: unclosed character class; missing ']'; -\n",
        ),
        ("uin = 5\n", "1:7 CAM8203 a text in quotes is wanted here; -\n"),
        (
            "[[suppressions]]\ncode = \"CAM6001\"\nreason = \" \"\n",
            "1:1 CAM8204 a suppression needs a `reason`, for whoever reads it later; -\n",
        ),
        (
            "[[suppressions]]\nreason = \"x\"\n",
            "1:1 CAM8204 a suppression needs the `code` that it is about; -\n",
        ),
        (
            "[[suppressions]]\ncode = \"security\"\nreason = \"x\"\n",
            "2:8 CAM8203 `security` is a group; a suppression is about one code; -\n",
        ),
        ("[[overrides]]\nlevels = {}\n", "1:1 CAM8204 an override needs `paths`; -\n"),
        (
            "suppressions = 1\n",
            "1:16 CAM8203 a list of tables is wanted here, each under a title in two brackets; -\n",
        ),
    ] {
        assert_eq!(read(text).unwrap_err(), expected, "{text}");
    }
    let broken = read("levels = [\n").unwrap_err();
    assert!(broken.starts_with("1:") || broken.starts_with("2:"), "{broken}");
    assert!(broken.contains("CAM8201"), "{broken}");
}

#[test]
fn every_fault_of_a_file_is_said() {
    let faults = read("x = 1\ny = 2\n[levels]\nz = \"off\"\n").unwrap_err();
    assert_eq!(faults.lines().count(), 3, "{faults}");
}

#[test]
fn what_is_written_is_read_again() {
    let own = NewSuppression {
        path: "dir [x]/a\"b.json".to_owned(),
        code: Code::new("CAM6001"),
        pointer: Some("/statement".to_owned()),
    };
    let config = read(&suppressions_text(&[own], "a \\ reason")).unwrap();
    let settings: Settings = config.settings();
    assert_eq!(settings.suppressions[0].reason, "a \\ reason");
    assert!(!codes(&config, "/repo/dir [x]/a\"b.json", ALL).contains(&"CAM6001"));
    assert!(codes(&config, "/repo/dir x/a\"b.json", ALL).contains(&"CAM6001"));
}

#[test]
fn the_schema_for_editors_knows_the_same_settings() {
    let schema = include_str!("../../../../docs/camlock.schema.json");
    for (_, keys) in KEYS {
        for key in *keys {
            assert!(schema.contains(&format!("\"{key}\":")), "{key}");
        }
    }
}
