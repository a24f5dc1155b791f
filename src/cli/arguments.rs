//! The arguments of the command line, as clap reads them: the options of each verb, and their help.

use std::convert::Infallible;
use std::ffi::OsString;
use std::path::PathBuf;

use clap::builder::{OsStringValueParser, PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum};

use super::generated::Shell;
use super::output::Output;
use super::terminal;
use crate::date::Date;
use crate::finding::{Category, Severity};
use crate::report::{FORMATS, Format, Style};
use crate::rule::Profile;
use crate::schema;

const EXAMPLES: &str = "\
Examples:
  ecs-lint                                  lint every ECS document below the current folder
  ecs-lint .aws/task-definition.json        lint one file
  ecs-lint 'deploy/**/*.json'               lint the files that match a pattern
  aws ecs describe-task-definition --task-definition web | ecs-lint -
  ecs-lint --profile strict --fail-on warning deploy/
  ecs-lint --only invalid-fargate-size,security .
  ecs-lint --output sarif=ecs-lint.sarif .  also write a SARIF file for code scanning
  ecs-lint --diff .                         what the safe fixes would change; --fix applies them
  ecs-lint explain invalid-fargate-size     what a rule means and how to fix it

What is read: in a folder, every *.json, *.jsonc, *.yml, *.yaml and *.template file that git does
not ignore, those like *.json.tpl, and templates with other names that Terraform reads as JSON. YAML
is read if it contains a word that only ECS documents have. Documents are recognized by their
content, not by their name. If a document refers to others (a service to its task definition, a
scaling policy to its service), the files next to it are read too; if it is a service or scales one,
so is the rest of its project: the nearest folder upwards with an ecs-lint.toml, or else the git
repository. Nothing is reported for these extra files; those over 1 MiB are skipped, and at most
2,000 are read, out of 20,000 files and folders. If a limit may matter, a line on standard error
says so. A finding that involves two files is shown in the one you named. Standard input has no
project. Files over 16 MiB are not read: no ECS document is that large.

Exit status: 0 no findings at or above --fail-on, 1 findings, 2 something failed.";

/// The heading of the options that say what is read.
const WHICH: &str = "Files";

const COMPLETIONS_EXAMPLES: &str = "\
Examples:
  ecs-lint completions bash > ~/.local/share/bash-completion/completions/ecs-lint
  ecs-lint completions zsh > \"${fpath[1]}/_ecs-lint\"
  ecs-lint completions fish > ~/.config/fish/completions/ecs-lint.fish";

const IGNORE_EXAMPLES: &str = "\
Examples:
  ecs-lint ignore --rule unpinned-image --container web --reason 'the deploy step pins it' deploy/
  ecs-lint ignore --rule security --reason 'see ticket 123' --expires 2027-03-01";

const WHY_EXAMPLES: &str = "\
Examples:
  ecs-lint why \"No Fargate configuration exists for given values\"
  ecs-lint why \"exec format error\" deploy/     and where the rule speaks in these files
  ecs-lint why CKV_AWS_97                      the rule that answers a check of another tool
  aws ecs describe-tasks --cluster prod --tasks 0af1… | ecs-lint why";

/// Lints Amazon ECS task definitions, services and scaling policies.
#[derive(Debug, Parser)]
#[command(
    name = "ecs-lint",
    version = version(),
    about,
    long_about = "Lints Amazon ECS task definitions, services and scaling policies.\n\nReports every problem at once, offline, before AWS does: what is wrong, where, how AWS would reply, and how to fix it.",
    after_help = "See --help for all options and examples.",
    after_long_help = EXAMPLES,
    override_usage = "ecs-lint [OPTIONS] [PATH|GLOB|-]...\n       ecs-lint [OPTIONS] <COMMAND> [ARGUMENTS]",
    max_term_width = 100
)]
pub(super) struct Arguments {
    /// What to do. Without a verb, documents are linted.
    #[command(subcommand)]
    pub verb: Option<Verb>,
    /// What every verb takes.
    #[command(flatten)]
    pub look: LookArguments,
    /// What to lint, and how.
    #[command(flatten)]
    pub check: CheckArguments,
}

/// How all that is printed looks: options of every verb.
#[derive(Clone, Copy, Debug, Args)]
pub(super) struct LookArguments {
    /// Format of what is printed on standard output [default: human]
    #[arg(long, global = true, value_parser = formats(), value_name = "FORMAT")]
    pub format: Option<&'static Format>,

    /// When to use colours; NO_COLOR is respected
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto, value_name = "WHEN", hide_short_help = true)]
    pub color: Color,

    /// Use only ASCII characters in the report
    #[arg(long, global = true, hide_short_help = true)]
    pub ascii: bool,
}

/// Reads the values of `--output`.
fn outputs() -> impl TypedValueParser<Value = Output> {
    OsStringValueParser::new().try_map(|text| Output::read(&text))
}

impl LookArguments {
    /// How what is printed on standard output looks. `full` shows every finding with its source.
    pub(super) fn style(self, full: bool) -> Style {
        terminal::style(self.color.wanted(), self.ascii, full)
    }

    /// How what is printed on standard error looks.
    pub(super) fn style_of_errors(self) -> Style {
        terminal::style_of_errors(self.color.wanted(), self.ascii)
    }

    /// Whether a list is to be written as JSON.
    ///
    /// # Errors
    ///
    /// A sentence that only reports are written in the format.
    pub(super) fn lists_json(self) -> Result<bool, String> {
        match self.format.map_or("human", |format| format.name) {
            "human" => Ok(false),
            "json" => Ok(true),
            other => Err(format!("the format `{other}` is for reports: use `human` or `json` here")),
        }
    }
}

/// The arguments of a run that lints, which needs no verb.
#[derive(Debug, Args)]
pub(super) struct CheckArguments {
    /// Files, folders or patterns; `-` is standard input [default: the current folder]
    ///
    /// In folders, what git ignores is left out, and so are the folders `.git`, `node_modules`, `target`, `.terraform`,
    /// `.terragrunt-cache` and `cdk.out`, unless they are named.
    #[arg(value_name = "PATH|GLOB|-")]
    pub paths: Vec<OsString>,

    /// Also write the report in a format to a file
    ///
    /// `-` is standard output. Can be repeated.
    #[arg(short, long, value_parser = outputs(), value_name = "FORMAT=FILE")]
    pub output: Vec<Output>,

    /// Minimum severity that causes exit status 1 [default: error]
    #[arg(long, value_enum, value_name = "SEVERITY")]
    pub fail_on: Option<Level>,

    /// Hide findings below this severity
    #[arg(long, value_enum, default_value_t = Level::Note, value_name = "SEVERITY", hide_short_help = true)]
    pub severity: Level,

    /// Rule set to use; each profile includes the previous one [default: default]
    #[arg(long, value_enum, value_name = "PROFILE")]
    pub profile: Option<ProfileName>,

    /// Run only these rules or categories, whatever the profile
    #[arg(long, value_delimiter = ',', value_name = "RULE|CATEGORY", value_parser = rule_id)]
    pub only: Vec<String>,

    /// Run these rules or categories besides those of the profile
    #[arg(long, value_delimiter = ',', value_name = "RULE|CATEGORY", value_parser = rule_id, hide_short_help = true)]
    pub also: Vec<String>,

    /// Do not run these rules or categories
    #[arg(long, value_delimiter = ',', value_name = "RULE|CATEGORY", value_parser = rule_id)]
    pub skip: Vec<String>,

    /// Which settings file is used.
    #[command(flatten)]
    pub source: SettingsArguments,

    /// Lint what the settings exclude too, and search `node_modules`, `target`, `.terraform`,
    /// `.terragrunt-cache` and `cdk.out`
    ///
    /// What git ignores is left out nevertheless, unless it is named.
    #[arg(long, hide_short_help = true)]
    pub no_exclude: bool,

    /// Show findings that the settings, comments or a baseline ignore too
    #[arg(long, hide_short_help = true)]
    pub no_ignores: bool,

    /// Do not show the findings of this baseline, instead of the one beside the settings
    #[arg(long, value_name = "FILE", hide_short_help = true)]
    pub baseline: Option<PathBuf>,

    /// Lint as on this day, as 2027-03-01: entries of `ignore` expire, and scheduled actions end [default:
    /// today]
    #[arg(long, value_name = "DATE", value_parser = day, hide_short_help = true)]
    pub as_of: Option<Date>,

    /// Lint what is staged in git, as the index has it; paths limit it
    #[arg(long, help_heading = WHICH, hide_short_help = true, conflicts_with_all = ["since", "files_from", "fix"])]
    pub staged: bool,

    /// Lint the files that have changed since the branch left this commit; paths limit it
    #[arg(long, help_heading = WHICH, value_name = "COMMIT", hide_short_help = true, conflicts_with = "files_from")]
    pub since: Option<String>,

    /// Lint the files that this file lists, one on each line or each ending with NUL; `-` is standard
    /// input
    #[arg(long, help_heading = WHICH, value_name = "FILE", hide_short_help = true, conflicts_with = "paths")]
    pub files_from: Option<PathBuf>,

    /// List the files that would be read, and lint nothing
    #[arg(long, help_heading = WHICH, hide_short_help = true, conflicts_with_all = ["fix", "diff", "statistics"])]
    pub show_files: bool,

    /// Show how many findings each rule has, and no finding
    #[arg(long, hide_short_help = true, conflicts_with_all = ["diff", "full"])]
    pub statistics: bool,

    /// Print findings and failures only
    #[arg(short, long, hide_short_help = true)]
    pub quiet: bool,

    /// Exit with 0 whatever is found
    #[arg(long, hide_short_help = true)]
    pub exit_zero: bool,

    /// Also exit with 1 if there are more warnings than this
    #[arg(long, value_name = "N", hide_short_help = true)]
    pub max_warnings: Option<usize>,

    /// Lint again whenever a file changes
    #[cfg(feature = "watch")]
    #[arg(long, hide_short_help = true, conflicts_with_all = ["fix", "diff", "staged", "since", "files_from", "show_files"])]
    pub watch: bool,

    /// Show every finding with its source, no matter how many there are
    #[arg(long, hide_short_help = true)]
    pub full: bool,

    /// Apply the safe fixes and report what remains
    ///
    /// With `-`, print the fixed text, and the report on standard error.
    #[arg(long)]
    pub fix: bool,

    /// Print the safe fixes as a patch without changing any file
    #[arg(long, conflicts_with = "fix")]
    pub diff: bool,

    /// With --fix or --diff: also apply fixes that change what runs
    #[arg(long, hide_short_help = true)]
    pub unsafe_fixes: bool,

    /// Name to show for standard input
    #[arg(long, value_name = "NAME", hide_short_help = true)]
    pub stdin_filename: Option<PathBuf>,
}

impl CheckArguments {
    /// Whether to lint again whenever a file changes. A program without that feature never does.
    pub(super) fn watches(&self) -> bool {
        #[cfg(feature = "watch")]
        return self.watch;
        #[cfg(not(feature = "watch"))]
        return false;
    }
}

/// A verb. Its doc comment is what `--help` says of it.
#[derive(Debug, Subcommand)]
pub(super) enum Verb {
    /// Lint documents, as without a command
    #[command(visible_alias = "lint")]
    Check(CheckArguments),
    /// Find the rule that an error text of AWS is about
    Why(WhyArguments),
    /// Explain a rule: what is wrong, why it matters, how to fix it
    Explain(ExplainArguments),
    /// List all rules
    Rules(RulesArguments),
    /// Print the JSON Schema of a kind of document
    Schema(SchemaArguments),
    /// Write an ecs-lint.toml that explains every setting
    Init,
    /// Ignore what rules find now: write entries with a reason into the settings file
    Ignore(IgnoreArguments),
    /// Write down what is found now, so that only new findings are shown
    Baseline(BaselineArguments),
    /// Show the settings that are in force for a file, and where each is set
    Config(ConfigArguments),
    /// Print the completions of a shell
    Completions(CompletionsArguments),
    /// Print the manual page
    Man,
}

/// The arguments of `completions`.
#[derive(Debug, Args)]
#[command(after_help = COMPLETIONS_EXAMPLES)]
pub(super) struct CompletionsArguments {
    /// The shell
    pub shell: Shell,
}

/// The arguments of `explain`.
#[derive(Debug, Args)]
pub(super) struct ExplainArguments {
    /// The id of the rule, or of a check of another tool that a rule answers
    #[arg(value_parser = rule_id)]
    pub rule: String,
    /// Show the complete examples
    #[arg(long)]
    pub full: bool,
}

/// The arguments of `why`.
#[derive(Debug, Args)]
#[command(after_help = WHY_EXAMPLES)]
pub(super) struct WhyArguments {
    /// The text, or a check of another tool; `-` or nothing is standard input, which may be the JSON of
    /// describe-tasks or describe-services
    pub text: Option<String>,
    /// Also lint these files and folders, and show what the rules find there
    #[arg(value_name = "PATH|GLOB")]
    pub paths: Vec<OsString>,
}

/// The arguments of `rules`.
#[derive(Debug, Args)]
pub(super) struct RulesArguments {
    /// Only rules of this category
    #[arg(long, value_parser = category)]
    pub category: Option<Category>,

    /// Only rules with a fix that --fix or --unsafe-fixes applies
    #[arg(long)]
    pub fixable: bool,

    /// Only rules that answer checks of other tools, or of this tool, with these checks
    #[arg(long, value_name = "TOOL", num_args = 0..=1)]
    pub covers: Option<Option<String>>,
}

/// Which settings file is used.
#[derive(Debug, Args)]
pub(super) struct SettingsArguments {
    /// Settings file to use [default: the nearest ecs-lint.toml]
    ///
    /// Without it, the nearest ecs-lint.toml or .ecs-lint.toml upwards, as far as the root of the git
    /// repository, is used.
    #[arg(long, value_name = "FILE", hide_short_help = true)]
    pub config: Option<PathBuf>,

    /// Use no settings file
    #[arg(long, conflicts_with = "config", hide_short_help = true)]
    pub no_config: bool,
}

/// The arguments of `ignore`.
#[derive(Debug, Args)]
#[command(after_help = IGNORE_EXAMPLES)]
pub(super) struct IgnoreArguments {
    /// Files, folders or patterns [default: the current folder]
    #[arg(value_name = "PATH|GLOB")]
    pub paths: Vec<OsString>,

    /// The rules or categories whose findings are ignored
    #[arg(long, required = true, value_delimiter = ',', value_name = "RULE|CATEGORY", value_parser = rule_id)]
    pub rule: Vec<String>,

    /// Why they are ignored
    #[arg(long, value_name = "TEXT")]
    pub reason: String,

    /// Only in this container
    #[arg(long, value_name = "NAME")]
    pub container: Option<String>,

    /// The last day on which they are ignored, as 2027-03-01
    #[arg(long, value_name = "DATE")]
    pub expires: Option<String>,

    /// Who answers for them
    #[arg(long, value_name = "NAME")]
    pub owner: Option<String>,

    /// Which settings file is used.
    #[command(flatten)]
    pub source: SettingsArguments,
}

/// The arguments of `baseline`.
#[derive(Debug, Args)]
pub(super) struct BaselineArguments {
    /// Files, folders or patterns [default: the current folder]
    #[arg(value_name = "PATH|GLOB")]
    pub paths: Vec<OsString>,

    /// Add what is found now; otherwise an existing baseline only loses what is gone
    #[arg(long)]
    pub add: bool,

    /// The file [default: ecs-lint-baseline.json beside the settings file]
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,

    /// Which settings file is used.
    #[command(flatten)]
    pub source: SettingsArguments,
}

/// The arguments of `config`.
#[derive(Debug, Args)]
pub(super) struct ConfigArguments {
    /// The file whose settings are shown [default: one in the current folder]
    pub path: Option<OsString>,
    /// Which settings file is used.
    #[command(flatten)]
    pub source: SettingsArguments,
}

/// The arguments of `schema`.
#[derive(Debug, Args)]
pub(super) struct SchemaArguments {
    /// task-definition, container-definitions, create-service, update-service, create-task-set,
    /// scalable-target, scaling-policy, scheduled-action, target-tracking, step-scaling,
    /// predictive-scaling or settings
    #[arg(required_unless_present = "editor")]
    pub kind: Option<String>,

    /// For editors: placeholders and null are allowed; without a kind, documents of all kinds are told
    /// apart by their content
    #[arg(long)]
    pub editor: bool,
}

/// A severity, by the name that an option gives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Level {
    Note,
    Warning,
    Error,
}

impl From<Level> for Severity {
    fn from(level: Level) -> Severity {
        match level {
            Level::Note => Severity::Note,
            Level::Warning => Severity::Warning,
            Level::Error => Severity::Error,
        }
    }
}

/// A profile, by the name that an option gives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ProfileName {
    /// Problems that matter to everyone
    Default,
    /// Also advice on good practice
    Strict,
    /// Also everything an auditor would check
    Audit,
}

impl From<ProfileName> for Profile {
    fn from(name: ProfileName) -> Profile {
        match name {
            ProfileName::Default => Profile::Default,
            ProfileName::Strict => Profile::Strict,
            ProfileName::Audit => Profile::Audit,
        }
    }
}

/// When to use colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Color {
    Auto,
    Always,
    Never,
}

impl Color {
    /// Whether colours are asked for or refused. None leaves it to the terminal.
    pub(super) fn wanted(self) -> Option<bool> {
        match self {
            Color::Auto => None,
            Color::Always => Some(true),
            Color::Never => Some(false),
        }
    }
}

/// Reads the name of a format; `--help` lists all of them.
fn formats() -> impl TypedValueParser<Value = &'static Format> {
    let named = |format: &'static Format| PossibleValue::new(format.name).help(format.purpose);
    PossibleValuesParser::new(FORMATS.iter().map(named)).try_map(|name| Format::named(&name))
}

/// Reads the name of a category.
fn category(text: &str) -> Result<Category, String> {
    text.to_ascii_lowercase()
        .parse()
        .map_err(|_| format!("the categories are {}", Category::ALL.map(Category::name).join(", ")))
}

/// Reads a day.
fn day(text: &str) -> Result<Date, &'static str> {
    text.parse().map_err(|()| "a day is written like 2027-03-01")
}

/// The id of a rule, or the name of a category, however it is written: in any letter case, and with
/// `_` for `-`.
fn rule_id(text: &str) -> Result<String, Infallible> {
    Ok(text.trim().to_ascii_lowercase().replace('_', "-"))
}

/// The version of the program, the commit that it was built from if the build says so, and the date of
/// what it knows of AWS.
fn version() -> String {
    let commit = option_env!("ECS_LINT_COMMIT").map_or(String::new(), |commit| format!("commit {commit}, "));
    format!("{} ({commit}AWS model of {})", env!("CARGO_PKG_VERSION"), schema::model_date())
}
