//! What a rule is: data and one function.

use std::sync::Arc;

use crate::document::Document;
use crate::finding::{Category, Problem, Quotation, Severity};
use crate::fix::Safety;
use crate::model::{
    Container, FetchedValue, Folder, LogSource, ScalableTarget, Scaling, ScalingPolicy, ScheduledAction,
    Service, TaskDefinition, Volume,
};
use crate::parse::Parsed;

/// A rule. Each has a file of its own in `src/rules/` and a page in `rules/`.
#[derive(Debug)]
pub struct Rule {
    /// Kebab-case; names the fault, so that "allow …" reads well.
    pub id: &'static str,
    /// What is wrong where the rule speaks, as the end of a sentence.
    pub summary: &'static str,
    /// The kind of harm.
    pub category: Category,
    /// How bad it is.
    pub severity: Severity,
    /// From which profile on the rule runs.
    pub profile: Profile,
    /// The most trustworthy fix that the rule may offer.
    pub fix: Option<Safety>,
    /// What AWS is recorded to answer.
    pub reply: Reply,
    /// What users may set for it.
    pub settings: &'static [Setting],
    /// Where the fact comes from.
    pub sources: &'static [&'static str],
    /// The manual of the rule, in Markdown: its page without the cases that only tests need.
    pub page: &'static str,
    /// What it looks at, and how.
    pub(crate) check: Check,
}

/// What the API, its client or an agent of AWS is recorded to answer to what a rule reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reply {
    /// Nobody has recorded an answer.
    Unrecorded,
    /// This, to all that the rule reports. The linter adds it, save where a problem is less
    /// certain than others of its rule.
    Always(&'static str),
    /// One of these, with `{name}` for what varies: [`Problem::reply`] says which, and gives the
    /// values. A problem that asks for none has none.
    Sometimes(&'static [&'static str]),
}

impl Reply {
    /// All texts, with `{name}` for what varies.
    pub fn templates(&self) -> &[&'static str] {
        match self {
            Reply::Unrecorded => &[],
            Reply::Always(text) => std::slice::from_ref(text),
            Reply::Sometimes(texts) => texts,
        }
    }

    /// The answer to one problem. `is_lowered` says that the problem is less certain than others
    /// of its rule.
    pub fn to(&self, problem: &Problem, is_lowered: bool) -> Option<String> {
        match (&problem.reply, self) {
            (Some(Quotation::Verbatim(text)), _) => Some(text.clone()),
            (Some(Quotation::Template { which, values }), _) => {
                Some(filled(self.templates().get(*which)?, values))
            }
            (None, Reply::Always(text)) if !is_lowered => Some((*text).to_owned()),
            (None, _) => None,
        }
    }
}

/// A template with values in the place of their names.
fn filled(template: &str, values: &[(&str, String)]) -> String {
    let mut text = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        let value = after.split_once('}').and_then(|(name, after)| {
            let (_, value) = values.iter().find(|(given, _)| *given == name)?;
            Some((value, after))
        });
        text.push_str(before);
        rest = match value {
            Some((value, after)) => {
                text.push_str(value);
                after
            }
            None => {
                text.push('{');
                after
            }
        };
    }
    text + rest
}

impl Rule {
    /// At what height it listens, which is the folder of its page: `container`, `service` …
    pub fn height(&self) -> &'static str {
        self.check.height()
    }

    /// Whether it judges the text or the shape of a document, rather than what it says.
    pub fn is_about_form(&self) -> bool {
        matches!(self.check, Check::Text(_) | Check::Shape)
    }
}

/// How demanding a run is. Each profile contains the ones before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Profile {
    /// What everybody wants to know.
    Default,
    /// Advice that good practice asks for and many files do not follow.
    Strict,
    /// Everything that an auditor would ask for.
    Audit,
    /// Only when the rule is named.
    Asked,
}

impl Profile {
    /// The profiles that can be chosen.
    pub const CHOICES: [Profile; 3] = [Profile::Default, Profile::Strict, Profile::Audit];

    /// The name in tables and on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Profile::Default => "default",
            Profile::Strict => "strict",
            Profile::Audit => "audit",
            Profile::Asked => "asked",
        }
    }
}

/// Looks at a text and at what the parser made of it.
pub(crate) type CheckText = fn(&Parsed, &mut Report);
/// Looks at a document of any kind.
pub(crate) type CheckDocument = fn(&Document, &mut Report);
/// Looks at a task definition.
pub(crate) type CheckTaskDefinition = fn(&TaskDefinition, &mut Report);
/// Looks at a container definition.
pub(crate) type CheckContainer = fn(&Container, &mut Report);
/// Looks at all container definitions of a task definition, or of a bare array, together.
pub(crate) type CheckContainers = fn(&[Container], &mut Report);
/// Looks at the `logConfiguration` of a container, or of the proxy of Service Connect.
pub(crate) type CheckLogs = fn(&LogSource, &mut Report);
/// Looks at a value that ECS fetches for a container, or for the proxy of Service Connect.
pub(crate) type CheckFetchedValue = fn(&FetchedValue, &mut Report);
/// Looks at a volume of a task definition.
pub(crate) type CheckVolume = fn(&Volume, &mut Report);
/// Looks at a service, or at a task set, with what the other documents say about it.
pub(crate) type CheckService = fn(&Service, &mut Report);
/// Looks at a scalable target, a scaling policy or a scheduled action: at what it scales.
pub(crate) type CheckScaling = fn(&Scaling, &mut Report);
/// Looks at a scalable target.
pub(crate) type CheckScalableTarget = fn(&ScalableTarget, &mut Report);
/// Looks at a scaling policy, or at a configuration block of one that stands alone.
pub(crate) type CheckScalingPolicy = fn(&ScalingPolicy, &mut Report);
/// Looks at a scheduled action.
pub(crate) type CheckScheduledAction = fn(&ScheduledAction, &mut Report);
/// Looks at the services and the scaling documents of one folder together.
pub(crate) type CheckFolder = fn(&Folder, &mut Report);

/// At what height a rule listens. The linter walks; a rule sees one thing at a time.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Check {
    /// The text of a file.
    Text(CheckText),
    /// The shape of a document, which the schemas judge: see [`crate::schema`].
    Shape,
    /// A document of any kind.
    Document(CheckDocument),
    /// A document of any kind, even one that was printed and never filled in, which no other rule
    /// looks at.
    Skeleton(CheckDocument),
    /// A task definition.
    TaskDefinition(CheckTaskDefinition),
    /// A task definition, together with the services that run it.
    TaskDefinitionInProject(CheckTaskDefinition),
    /// A container definition.
    Container(CheckContainer),
    /// A container definition, together with the services that run its task definition. A bare array
    /// has none.
    ContainerInProject(CheckContainer),
    /// All container definitions of a task definition, or of a bare array, together.
    Containers(CheckContainers),
    /// The `logConfiguration` of a container, or of the proxy of Service Connect.
    Logs(CheckLogs),
    /// An entry of `secrets` of a container, or of `secretOptions` of a `logConfiguration`.
    FetchedValue(CheckFetchedValue),
    /// A volume of a task definition.
    Volume(CheckVolume),
    /// A service.
    Service(CheckService),
    /// A service, or a task set of one: what both have in common.
    ServiceOrTaskSet(CheckService),
    /// A scalable target, a scaling policy or a scheduled action, as what scales something.
    Scaling(CheckScaling),
    /// A scalable target.
    ScalableTarget(CheckScalableTarget),
    /// A scaling policy, or a configuration block of one that stands alone.
    ScalingPolicy(CheckScalingPolicy),
    /// A scheduled action.
    ScheduledAction(CheckScheduledAction),
    /// The services and the scaling documents of one folder together.
    Folder(CheckFolder),
    /// The settings of the user, which are judged when all findings are known.
    Settings,
}

impl Check {
    /// The name of the height, which is that of the folder of the rule.
    pub(crate) const fn height(self) -> &'static str {
        match self {
            Check::Text(_) | Check::Shape | Check::Document(_) | Check::Skeleton(_) => "document",
            Check::TaskDefinition(_) | Check::TaskDefinitionInProject(_) => "task-definition",
            Check::Container(_)
            | Check::ContainerInProject(_)
            | Check::Containers(_)
            | Check::Logs(_)
            | Check::FetchedValue(_) => "container",
            Check::Volume(_) => "volume",
            Check::Service(_) | Check::ServiceOrTaskSet(_) => "service",
            Check::Scaling(_) => "scaling",
            Check::ScalableTarget(_) => "scalable-target",
            Check::ScalingPolicy(_) => "scaling-policy",
            Check::ScheduledAction(_) => "scheduled-action",
            Check::Folder(_) => "folder",
            Check::Settings => "settings",
        }
    }
}

/// Something that users may set for a rule, in the table of the rule in a settings file.
#[derive(Clone, Copy, Debug)]
pub struct Setting {
    /// Its name there.
    pub name: &'static str,
    /// What may be set.
    pub kind: SettingKind,
    /// What it means, in one line.
    pub about: &'static str,
}

/// What a setting of a rule may be set to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SettingKind {
    /// A list of strings.
    List,
    /// A whole number.
    Number,
    /// A string.
    Text,
    /// `true` or `false`.
    Flag,
}

impl SettingKind {
    /// The name in lists of rules.
    pub const fn name(self) -> &'static str {
        match self {
            SettingKind::List => "list",
            SettingKind::Number => "number",
            SettingKind::Text => "text",
            SettingKind::Flag => "flag",
        }
    }
}

/// What a user has set for a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A list of strings.
    List(Vec<String>),
    /// A whole number.
    Number(i64),
    /// A string.
    Text(String),
    /// `true` or `false`.
    Flag(bool),
}

impl Value {
    /// The strings of a list.
    pub fn list(&self) -> Option<&[String]> {
        if let Value::List(list) = self { Some(list) } else { None }
    }
}

/// What a user has set for a rule, by the names of its settings.
pub type Values = Vec<(&'static str, Value)>;

/// Takes the problems that a rule finds, and tells it what the user has set for it.
#[derive(Debug, Default)]
pub(crate) struct Report {
    problems: Vec<Problem>,
    values: Option<Arc<Values>>,
}

impl Report {
    /// Tells the rule that runs next what is set for it.
    pub fn set(&mut self, values: Option<Arc<Values>>) {
        self.values = values;
    }

    /// What the user has set for the rule, if anything.
    pub fn setting(&self, name: &str) -> Option<&Value> {
        let (_, value) = self.values.as_ref()?.iter().find(|(own, _)| *own == name)?;
        Some(value)
    }

    /// Reports a problem.
    pub(crate) fn add(&mut self, problem: Problem) {
        self.problems.push(problem);
    }

    /// Reports problems, or none.
    pub(crate) fn add_each(&mut self, problems: impl IntoIterator<Item = Problem>) {
        self.problems.extend(problems);
    }

    /// Takes out what was reported.
    pub(crate) fn take(&mut self) -> Vec<Problem> {
        std::mem::take(&mut self.problems)
    }
}

/// The manual of a rule, the first half of its page: `page!("container/unpinned-image")` is
/// `rules/container/unpinned-image.md` up to its further cases, which only the tests read and
/// which stay out of the program.
macro_rules! page {
    ($path:literal) => {{
        const PAGE: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/rules/", $path, ".md"));
        const MANUAL: [u8; $crate::rule::manual_length(PAGE)] = $crate::rule::first_bytes(PAGE);
        match std::str::from_utf8(&MANUAL) {
            Ok(manual) => manual,
            Err(_) => panic!("the manual ends at a line end"),
        }
    }};
}
pub(crate) use page;

/// The line that parts a page: what a reader needs stands before it, what only a test needs behind.
pub const CASES: &str = "\n## Cases\n";

/// The length in bytes of the first half of a page; of all of it where it has no further cases.
pub(crate) const fn manual_length(page: &str) -> usize {
    let (page, mark) = (page.as_bytes(), CASES.as_bytes());
    let mut at = 0;
    while at + mark.len() <= page.len() {
        let mut same = 0;
        while same < mark.len() && page[at + same] == mark[same] {
            same += 1;
        }
        if same == mark.len() {
            return at;
        }
        at += 1;
    }
    page.len()
}

/// The first bytes of a text. A copy, so that what follows them is not kept in the program.
pub(crate) const fn first_bytes<const LENGTH: usize>(text: &str) -> [u8; LENGTH] {
    let mut copy = [0; LENGTH];
    let mut at = 0;
    while at < LENGTH {
        copy[at] = text.as_bytes()[at];
        at += 1;
    }
    copy
}
