//! The command line: arguments and verbs.

mod explain;
mod pager;

use std::ffi::OsString;
use std::io::{IsTerminal, Write};
use std::time::Instant;

use clap::{Args, Parser, Subcommand, ValueEnum};
use serde_json::json;

use crate::config::Config;
use crate::containment::{contained, keep_quiet};
use crate::files::{self, Files};
use crate::finding::Severity;
use crate::fix::Safety;
use crate::linter::{Linter, Outcome};
use crate::mend::mend;
use crate::report::{self, Human, Look};
use crate::rule::Profile;
use crate::rules::Registry;
use crate::schema;
use crate::source::STANDARD_INPUT;
use crate::spelling::nearest;
use crate::visible::{has_control, visible};

const EXAMPLES: &str = "\
Examples:
  ecs-lint                                  lint every ECS document below the current folder
  ecs-lint .aws/task-definition.json        lint one file
  ecs-lint 'deploy/**/*.json'               lint the files that match a pattern
  aws ecs describe-task-definition --task-definition web | ecs-lint -
  ecs-lint --profile strict --fail-on warning deploy/
  ecs-lint --only invalid-fargate-size,security .
  ecs-lint --diff .                         what the safe fixes would change; --fix applies them
  ecs-lint explain invalid-fargate-size     what a rule means and how to fix it

What is read: in a folder, every *.json, *.jsonc and *.json.tpl-like file that git does not
ignore, and ecspresso*.yml. ECS documents are recognized by their content, not by their name. If a
document refers to others (a service to its task definition, a scaling policy to its service), the
files next to it are read too; if it is a service or scales one, so is the rest of its project: the
nearest folder upwards with an ecs-lint.toml, or else the git repository. Nothing is reported for
these extra files; those over 1 MiB are skipped, and at most 2,000 are read, out of 20,000 files and
folders. If a limit may matter, a line on standard error says so. A finding that involves two files
is shown in the one you named. Standard input has no project. Files over 16 MiB are not read: no
ECS document is that large.

Exit status: 0 no findings at or above --fail-on, 1 findings, 2 something failed.";

/// Lints Amazon ECS task definitions, services and scaling policies.
#[derive(Debug, Parser)]
#[command(
    name = "ecs-lint",
    version = version(),
    about,
    long_about = "Lints Amazon ECS task definitions, services and scaling policies.\n\nReports every problem at once, offline, before AWS does: what is wrong, where, how AWS would reply, and how to fix it.",
    after_help = "See --help for all options and examples.",
    after_long_help = EXAMPLES,
    args_conflicts_with_subcommands = true,
    disable_help_subcommand = true,
    max_term_width = 100
)]
struct Arguments {
    #[command(subcommand)]
    verb: Option<Verb>,
    #[command(flatten)]
    check: CheckArguments,
}

#[derive(Debug, Args)]
struct CheckArguments {
    /// Files, folders or patterns; `-` is standard input [default: the current folder]
    #[arg(value_name = "PATH|GLOB|-")]
    paths: Vec<OsString>,

    /// Output format
    #[arg(long, value_enum, default_value_t = Format::Human, value_name = "FORMAT")]
    format: Format,

    /// Minimum severity that causes exit status 1
    #[arg(long, value_enum, default_value_t = Level::Error, value_name = "SEVERITY")]
    fail_on: Level,

    /// Hide findings below this severity
    #[arg(long, value_enum, default_value_t = Level::Note, value_name = "SEVERITY")]
    severity: Level,

    /// Rule set to use; each profile includes the previous one
    #[arg(long, value_enum, default_value_t = ProfileName::Default, value_name = "PROFILE")]
    profile: ProfileName,

    /// Run only these rules or categories, whatever the profile
    #[arg(long, value_delimiter = ',', value_name = "RULE|CATEGORY")]
    only: Vec<String>,

    /// Do not run these rules or categories
    #[arg(long, value_delimiter = ',', value_name = "RULE|CATEGORY")]
    skip: Vec<String>,

    /// Show every finding with its source, no matter how many there are
    #[arg(long, hide_short_help = true)]
    full: bool,

    /// Apply the safe fixes and report what remains
    #[arg(long)]
    fix: bool,

    /// Print the fixes as a patch without changing any file
    #[arg(long, conflicts_with = "fix")]
    diff: bool,

    /// With --fix or --diff: also apply fixes that change what runs
    #[arg(long, hide_short_help = true)]
    unsafe_fixes: bool,

    /// Name to show for standard input
    #[arg(long, default_value = STANDARD_INPUT, value_name = "NAME", hide_short_help = true)]
    stdin_filename: String,

    /// When to use colours; NO_COLOR is respected
    #[arg(long, value_enum, default_value_t = Color::Auto, value_name = "WHEN", hide_short_help = true)]
    color: Color,

    /// Use only ASCII characters in the report
    #[arg(long, hide_short_help = true)]
    ascii: bool,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Explain a rule: what is wrong, why it matters, how to fix it
    Explain {
        /// The id of the rule
        rule: String,
        /// Show the complete examples
        #[arg(long)]
        full: bool,
    },
    /// List all rules
    Rules {
        /// Output format
        #[arg(long, value_enum, default_value_t = TableFormat::Table)]
        format: TableFormat,
    },
    /// Print the JSON Schema of a kind of document
    Schema {
        /// task-definition, container-definitions, create-service, update-service, create-task-set,
        /// scalable-target, scaling-policy, scheduled-action, target-tracking, step-scaling or
        /// predictive-scaling
        kind: String,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Annotated source with help
    Human,
    /// One line for each finding
    Concise,
    /// One JSON object
    Json,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum TableFormat {
    Table,
    Json,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Level {
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

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ProfileName {
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

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Color {
    Auto,
    Always,
    Never,
}

fn version() -> String {
    format!("{} (AWS model of {})", env!("CARGO_PKG_VERSION"), schema::model_date())
}

/// The exit status: nothing found, something found, something failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// No findings at or above the failing level.
    Clean = 0,
    /// Findings at or above the failing level.
    Found = 1,
    /// Something could not be done.
    Failed = 2,
}

/// Runs the command line of this process.
pub fn run() -> Status {
    let started = Instant::now();
    keep_quiet();
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            // clap shows arguments as they are.
            if std::env::args_os().any(|argument| has_control(&argument.to_string_lossy())) {
                let text = error.render().to_string();
                return fail(text.lines().next().unwrap_or_default().trim_start_matches("error: "));
            }
            // Help and version are no errors; clap knows where each belongs.
            let status = if error.use_stderr() { Status::Failed } else { Status::Clean };
            return if written(error.print()) { status } else { Status::Failed };
        }
    };
    match arguments.verb {
        None => check(&arguments.check, started),
        Some(Verb::Explain { rule, full }) => explain(&rule, full),
        Some(Verb::Rules { format }) => rules(format),
        Some(Verb::Schema { kind }) => print_schema(&kind),
    }
}

fn check(arguments: &CheckArguments, started: Instant) -> Status {
    let registry = Registry::default();
    let config = Config {
        profile: arguments.profile.into(),
        only: arguments.only.clone(),
        skip: arguments.skip.clone(),
    };
    if let Err(reason) = config.check(registry.names()) {
        return fail(&reason);
    }
    let here = [OsString::from(".")];
    let paths = if arguments.paths.is_empty() { &here } else { arguments.paths.as_slice() };
    let mut files = Files::find(paths, &arguments.stdin_filename);
    let linter = Linter::new(registry, &config);
    let at_most = if arguments.unsafe_fixes { Safety::Unsafe } else { Safety::Safe };
    if arguments.diff {
        return print_diff(&linter, &files, at_most);
    }
    let (mut outcome, fixed) =
        if arguments.fix { fix(&linter, &mut files, at_most) } else { (linter.lint(&files), String::new()) };
    outcome.failures.extend(files.failures.iter().cloned());
    outcome.notices = files.notices();

    let failing: Severity = arguments.fail_on.into();
    let has_failing = outcome.findings.iter().any(|finding| finding.severity >= failing);
    let shown: Severity = arguments.severity.into();
    let before = outcome.findings.len();
    outcome.findings.retain(|finding| finding.severity >= shown);
    let hidden = before - outcome.findings.len();

    let written = match arguments.format {
        Format::Human => print(&(human(&mut outcome, &linter, arguments, hidden, started) + &fixed)),
        Format::Concise => print(&report::concise(&outcome, linter.registry())),
        Format::Json => print(&report::json(&outcome, linter.registry())),
    };
    tell(outcome.notices.iter().chain(&outcome.failures));
    if !outcome.failures.is_empty() || !written {
        Status::Failed
    } else if has_failing {
        Status::Found
    } else {
        Status::Clean
    }
}

/// Writes what the fixes change. Returns what is left in the files, and a line about what was done.
fn fix(linter: &Linter, files: &mut Files, at_most: Safety) -> (Outcome, String) {
    let (mended, mut outcome) = mend(linter, files, at_most);
    let (mut fixes, mut written) = (0, 0);
    let mut failures = Vec::new();
    for one in &mended {
        match files.write(one.position, &one.before.text, &one.after) {
            Ok(()) => {
                fixes += one.fixes;
                written += 1;
            }
            Err(why) => failures.push((one.before.name.clone(), why)),
        }
    }
    let mut done = Vec::new();
    if written > 0 {
        done.push(format!(
            "applied {} in {}",
            counted(fixes, "fix", "fixes"),
            counted(written, "file", "files")
        ));
    }
    if !failures.is_empty() {
        done.push(format!("{} could not be fixed", counted(failures.len(), "file", "files")));
        // What is reported is what lies there now, not what would have.
        files.forget();
        outcome = linter.lint(files);
    }
    outcome.failures.append(&mut failures);
    let nothing = if outcome.findings.is_empty() { "nothing to fix" } else { "nothing to fix automatically" };
    let done = if done.is_empty() { nothing.to_owned() } else { done.join("; ") };
    (outcome, done + "\n")
}

fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// Prints what the fixes would change. Status 1 if there is anything.
fn print_diff(linter: &Linter, files: &Files, at_most: Safety) -> Status {
    let (mended, mut outcome) = mend(linter, files, at_most);
    outcome.failures.extend(files.failures.iter().cloned());
    outcome.notices = files.notices();
    let is_terminal = std::io::stdout().is_terminal();
    let mut text = String::new();
    for one in &mended {
        let name = &one.before.name;
        let patch = match contained(|| report::unified_diff(name, &one.before.text, &one.after)) {
            Ok(patch) => patch,
            Err(bug) => {
                outcome.failures.push((name.clone(), bug));
                continue;
            }
        };
        if is_terminal {
            text.push_str(&report::visible_patch(&patch));
        } else if has_control(&patch) {
            // Spelled out they would not be the file's, and raw they are not for a log.
            let reason = "its patch would contain control characters; use --fix instead".to_owned();
            outcome.failures.push((name.clone(), reason));
        } else {
            text.push_str(&patch);
        }
    }
    let written = print(&text);
    tell(outcome.notices.iter().chain(&outcome.failures));
    match (outcome.failures.is_empty() && written, mended.is_empty()) {
        (false, _) => Status::Failed,
        (true, true) => Status::Clean,
        (true, false) => Status::Found,
    }
}

/// More findings than this are one line each: nobody reads so many pictures.
const MOST_PICTURES: usize = 50;

fn human(
    outcome: &mut Outcome,
    linter: &Linter,
    arguments: &CheckArguments,
    hidden: usize,
    started: Instant,
) -> String {
    let mut text = String::new();
    let is_long = outcome.findings.len() > MOST_PICTURES && !arguments.full;
    if is_long {
        text.push_str(&report::concise(outcome, linter.registry()));
        text.push('\n');
        text.push_str(&report::table(&outcome.findings, linter.registry()));
        text.push_str("\n--full shows each finding with its source; --only RULE shows those of one rule\n");
    } else {
        let human = Human::new(linter.registry(), look(arguments.color, arguments.ascii));
        let (pictures, failures) = human.findings(outcome);
        text.push_str(&pictures);
        outcome.failures.extend(failures);
    }
    text.push_str(&report::summary(outcome, linter.registry(), hidden, started.elapsed()));
    text
}

fn look(color: Color, ascii: bool) -> Look {
    let terminal = std::io::stdout().is_terminal();
    let value = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
    let says = |name: &str| value(name).is_some();
    let forced = ["FORCE_COLOR", "CLICOLOR_FORCE"].into_iter().find_map(value);
    let forced = forced.map(|value| value != "0" && value != "false");
    let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    let color = match color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => !says("NO_COLOR") && forced.unwrap_or(terminal && !dumb),
    };
    let width = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let width = width.or_else(|| terminal_size::terminal_size().map(|(width, _)| usize::from(width.0)));
    Look {
        color,
        unicode: !ascii && !dumb,
        links: terminal && color && !says("CI"),
        width: width.unwrap_or(100).clamp(40, 120),
    }
}

fn explain(name: &str, full: bool) -> Status {
    let registry = Registry::default();
    match registry.find(name) {
        Some(id) => {
            let look = look(Color::Auto, false);
            let shown = pager::show(&explain::page(registry.get(id), look, full), look.color);
            if shown { Status::Clean } else { Status::Failed }
        }
        None => {
            let near = nearest(name, registry.names());
            let hint = near.map_or(String::new(), |near| format!("; did you mean `{near}`?"));
            fail(&format!("there is no rule `{name}`{hint} (`ecs-lint rules` lists all rules)"))
        }
    }
}

fn rules(format: TableFormat) -> Status {
    let registry = Registry::default();
    let rules = registry.rules().map(|(_, rule)| rule);
    match format {
        TableFormat::Json => {
            let rules: Vec<_> = rules
                .map(|rule| {
                    json!({
                        "id": rule.id,
                        "summary": rule.summary,
                        "category": rule.category.name(),
                        "severity": rule.severity.name(),
                        "default": rule.profile == Profile::Default,
                        "profile": rule.profile.name(),
                        "fixable": rule.fix.map(|safety| safety.name()),
                        "height": rule.check.height(),
                        "aws_says": rule.aws_says,
                    })
                })
                .collect();
            printed(&format!("{:#}\n", serde_json::Value::Array(rules)))
        }
        TableFormat::Table => {
            let width = registry.names().map(str::len).max().unwrap_or(0);
            let mut text = String::new();
            for rule in rules {
                text.push_str(&format!(
                    "{:width$}  {:7}  {:11}  {:7}  {}\n",
                    rule.id,
                    rule.severity,
                    rule.category,
                    rule.profile.name(),
                    rule.summary
                ));
            }
            printed(&text)
        }
    }
}

fn print_schema(kind: &str) -> Status {
    match schema::TEXTS.iter().find(|(name, _)| *name == kind) {
        Some((_, text)) => printed(text),
        None => {
            let names: Vec<&str> = schema::TEXTS.iter().map(|(name, _)| *name).collect();
            let hint = nearest(kind, names.iter().copied())
                .map_or(String::new(), |near| format!("; did you mean `{near}`?"));
            fail(&format!("there is no schema `{kind}`{hint}; the schemas are {}", names.join(", ")))
        }
    }
}

fn printed(text: &str) -> Status {
    if print(text) { Status::Clean } else { Status::Failed }
}

/// Writes to standard output. False, with a word about it, if that fails. A reader that has seen
/// enough, such as `head`, is no failure.
fn print(text: &str) -> bool {
    let mut out = std::io::stdout().lock();
    written(out.write_all(text.as_bytes()).and_then(|()| out.flush()))
}

/// Whether the report could be written.
fn written(result: std::io::Result<()>) -> bool {
    let failure = result.err().filter(|error| error.kind() != std::io::ErrorKind::BrokenPipe);
    if let Some(error) = &failure {
        complain(&format!("standard output: the report cannot be written: {}", files::reason(error)));
    }
    failure.is_none()
}

fn fail(reason: &str) -> Status {
    complain(reason);
    Status::Failed
}

/// Says what was left out or could not be done, each on a line that begins with the name of it.
fn tell<'r>(remarks: impl Iterator<Item = &'r (String, String)>) {
    for (name, reason) in remarks {
        complain(&format!("{name}: {reason}"));
    }
}

fn complain(reason: &str) {
    // In one piece, so that programs that run side by side do not mix their lines.
    let _ = std::io::stderr().write_all(format!("ecs-lint: {}\n", visible(reason)).as_bytes());
}
