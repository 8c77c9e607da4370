//! What can be asked of `camlock lint`.

use std::path::PathBuf;

use camlock::PolicyKind;
use camlock_lint::{Level, Levels, Override, PathGlobs, fault_rules, rules};
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

use crate::files::SelectArgs;
use crate::problem::Problem;

/// Finds what is wrong in policy documents, and repairs what has one right answer.
///
/// A file holds a document, a list of documents, or several one behind another or one a line; or
/// documents stand inside it: in Terraform, Markdown, YAML, URL-encoded text, and as members of other
/// JSON. Findings point into the file. Settings stand in `camlock.toml`, in the folder of a file or
/// above it.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  camlock lint policies/                    what may hold policies below policies/
  camlock lint main.tf README.md            policies in Terraform and in Markdown
  camlock lint 'policies/**/*.policy'       what a glob matches
  camlock lint - --kind trust < trust.json  standard input, as a trust policy
  camlock lint policies --diff              what --fix would change
  camlock lint policies --format sarif      a log for code scanning
  camlock lint --explain CAM2103            what a code means
  camlock lint --rules                      every rule

Exit status: 0 nothing found, 1 errors found (with --deny-warnings: or warnings; with --diff: or
something to repair), 2 something could not be read.")]
pub(crate) struct LintArgs {
    /// Files, directories, globs, or `-` for standard input
    #[arg(value_name = "PATH", required_unless_present_any = ["explain", "rules"])]
    pub(super) paths: Vec<PathBuf>,

    /// The kind of policy; without it the place, the settings or the document say it, and where it is
    /// inferred from the document that is shown
    #[arg(long, value_name = "KIND", value_parser = kind_parser())]
    pub(super) kind: Option<PolicyKind>,

    /// How findings are written
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(super) format: Format,

    /// Let warnings fail the run as errors do
    #[arg(long)]
    pub(super) deny_warnings: bool,

    /// Write findings only, no notes and no summary
    #[arg(long, short)]
    pub(super) quiet: bool,

    /// Count findings by code instead of showing them
    #[arg(long)]
    pub(super) statistics: bool,

    #[command(flatten)]
    pub(super) ask: AskArgs,

    #[command(flatten)]
    pub(super) repair: RepairArgs,

    #[command(flatten)]
    pub(super) settings: SettingsArgs,

    #[command(flatten)]
    pub(super) select: SelectArgs,
}

/// What is asked about rules.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Rules")]
pub(crate) struct AskArgs {
    /// Say what a code means, such as CAM2103, and what CAM answers
    #[arg(long, value_name = "CODE", conflicts_with = "paths")]
    pub(super) explain: Option<String>,

    /// List every rule: code, name, level, best repair
    #[arg(long, conflicts_with_all = ["paths", "explain"])]
    pub(super) rules: bool,
}

/// What is done about findings.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Repairs")]
pub(crate) struct RepairArgs {
    /// Carry out every safe repair, then show what is left; files are replaced as a whole
    ///
    /// A repair is safe where the engine decides the same before and after. Of standard input the
    /// result goes to standard output, and findings to standard error.
    #[arg(long, conflicts_with_all = ["diff", "watch", "statistics"])]
    pub(super) fix: bool,

    /// Show what --fix would change, and change nothing
    #[arg(long, conflicts_with_all = ["watch", "statistics"])]
    pub(super) diff: bool,

    /// Go on, and look again at files that change
    #[arg(long)]
    pub(super) watch: bool,
}

/// What the linter is told.
#[derive(Debug, Default, clap::Args)]
#[command(next_help_heading = "Settings")]
pub(crate) struct SettingsArgs {
    /// Settings, instead of the `camlock.toml` that is next above each file
    #[arg(long, value_name = "FILE", conflicts_with = "no_config")]
    pub(super) config: Option<PathBuf>,

    /// Read no settings
    #[arg(long)]
    pub(super) no_config: bool,

    /// The account that the documents belong to: what counts together with a document of it
    #[arg(long, value_name = "FILE")]
    pub(super) account: Option<PathBuf>,

    /// Run these rules only: codes, names, groups or `all`
    #[arg(long, value_name = "CODES", value_delimiter = ',', value_parser = rule_parser)]
    pub(super) select: Vec<String>,

    /// Leave these rules out: codes, names, groups or `all`
    #[arg(long, value_name = "CODES", value_delimiter = ',', value_parser = rule_parser)]
    pub(super) ignore: Vec<String>,

    /// Give a rule or a group another level: off, info, warning or error
    #[arg(long, value_name = "CODE=LEVEL", value_delimiter = ',', value_parser = level_parser)]
    pub(super) level: Vec<(String, Level)>,

    /// Add a suppression to the settings for every error and warning that is found
    #[arg(long, conflicts_with_all = ["fix", "diff", "watch", "no_config"])]
    pub(super) add_suppressions: bool,

    /// Why findings are accepted, for --add-suppressions
    #[arg(long, value_name = "TEXT", default_value = "found when Camlock was introduced")]
    pub(super) reason: String,

    /// Warn about suppressions that cover nothing in what was read
    #[arg(long, conflicts_with_all = ["no_config", "watch"])]
    pub(super) report_unused_suppressions: bool,
}

impl SettingsArgs {
    /// What the flags say; they win over every file.
    pub(super) fn overrides(&self) -> Result<Option<Override>, Problem> {
        let mut levels = Levels::default();
        let mut set = |name: &str, level: Level| -> Result<(), Problem> {
            let own = std::mem::take(&mut levels).with(name, level);
            levels = own.map_err(|error| Problem::new(error.to_string()))?;
            Ok(())
        };
        if !self.select.is_empty() {
            let all = rules().iter().map(|rule| rule.meta()).chain(fault_rules());
            for rule in all {
                let names = [rule.code.as_str(), rule.name];
                let by_name =
                    |own: &String| names.iter().any(|name| name.eq_ignore_ascii_case(own));
                if self.select.iter().any(by_name) {
                    // Who names a rule that is off wants to see it.
                    if rule.level == Level::Off {
                        set(rule.code.as_str(), Level::Info)?;
                    }
                } else if !self.select.iter().any(|own| own == "all" || own == rule.group.as_str())
                {
                    set(rule.code.as_str(), Level::Off)?;
                }
            }
        }
        for name in &self.ignore {
            set(name, Level::Off)?;
        }
        for (name, level) in &self.level {
            set(name, *level)?;
        }
        let paths = PathGlobs::new(&["**/*"]).map_err(|error| Problem::new(error.to_string()))?;
        Ok(Some(Override { paths, levels }))
    }
}

/// How findings are written.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, clap::ValueEnum)]
pub(super) enum Format {
    /// For people
    #[default]
    Human,
    /// A line a finding
    Compact,
    /// One JSON object
    Json,
    /// A SARIF 2.1.0 log
    Sarif,
    /// Annotations in GitHub workflow logs
    Github,
    /// A report of GitLab's Code Quality
    Gitlab,
    /// A test case a file, as `JUnit` has it
    Junit,
}

/// Reads the name of a kind of policy.
pub(crate) fn kind_parser() -> impl TypedValueParser<Value = PolicyKind> {
    let names = PolicyKind::ALL.map(|kind| match kind {
        PolicyKind::Resource => PossibleValue::new(kind.as_str()).alias("bucket"),
        _ => PossibleValue::new(kind.as_str()),
    });
    PossibleValuesParser::new(names)
        .try_map(|name| PolicyKind::parse(&name).ok_or("not a kind of policy"))
}

/// Reads what names rules.
fn rule_parser(name: &str) -> Result<String, String> {
    let known = Levels::default().with(name, Level::Off);
    known.map(|_| name.to_owned()).map_err(|error| error.to_string())
}

fn level_parser(text: &str) -> Result<(String, Level), String> {
    let (name, level) = text.split_once('=').ok_or("write it as CODE=LEVEL")?;
    let level = Level::parse(level).ok_or("levels are off, info, warning and error")?;
    Ok((rule_parser(name)?, level))
}
