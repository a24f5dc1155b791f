//! What a rule is: data and one function.

use std::sync::Arc;

use crate::date::Date;
use crate::document::Document;
use crate::finding::{Category, Problem, Quotation, Severity};
use crate::fix::Safety;
use crate::manual;
use crate::model::{
    Container, Exposed, FetchedValue, Folder, LogSource, Regions, RenderStep, ScalableTarget, Scaling,
    ScalingPolicy, ScheduledAction, Service, TaskDefinition, Volume,
};
use crate::parse::Parsed;

/// A rule. Each has its own file in `src/rules/` and a page in `rules/`.
#[derive(Debug)]
pub struct Rule {
    /// Kebab-case; names the fault, so that "allow …" reads well.
    pub id: &'static str,
    /// What is wrong if the rule applies, as the end of a sentence.
    pub summary: &'static str,
    /// The kind of harm.
    pub category: Category,
    /// How bad it is.
    pub severity: Severity,
    /// The lowest profile that runs the rule.
    pub profile: Profile,
    /// The most trustworthy fix that the rule may offer.
    pub fix: Option<Safety>,
    /// AWS's recorded reply.
    pub reply: Reply,
    /// What users may set for it.
    pub settings: &'static [Setting],
    /// The source of the fact.
    pub sources: &'static [&'static str],
    /// What it checks, and how.
    pub(crate) check: Check,
}

/// The recorded reply of the API, its client or an AWS agent to what a rule reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reply {
    /// No reply is recorded.
    Unrecorded,
    /// This reply, to everything that the rule reports. The linter adds it, unless a problem is less certain
    /// than others of its rule.
    Always(&'static str),
    /// One of these, with `{name}` for what varies: [`Problem::reply`] chooses one and gives the values. A
    /// problem without that call has no reply.
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

    /// The reply to one problem. `is_lowered` is set if the problem is less certain than others of its rule.
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

/// A template with its names replaced by values.
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
    /// The manual of the rule, in Markdown: its page without the cases that only tests need.
    pub fn manual(&self) -> &'static str {
        manual::of(self.id)
    }

    /// The height at which it listens, which is the folder of its page: `container`, `service` …
    pub fn height(&self) -> &'static str {
        self.check.height()
    }

    /// Whether it judges the text or the shape of a document, rather than its meaning.
    pub fn is_about_form(&self) -> bool {
        matches!(self.check, Check::Text(_) | Check::Shape)
    }
}

/// How strict a run is. Each profile includes the previous ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Profile {
    /// What everyone wants to know.
    Default,
    /// Advice on good practice that many files do not follow.
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

/// Checks a text and what the parser made of it.
pub(crate) type CheckText = fn(&Parsed, &mut Report);
/// Checks a document of any kind.
pub(crate) type CheckDocument = fn(&Document, &mut Report);
/// Checks the Regions that a document names.
pub(crate) type CheckRegions = fn(&Regions, &mut Report);
/// Checks a task definition.
pub(crate) type CheckTaskDefinition = fn(&TaskDefinition, &mut Report);
/// Checks a container definition.
pub(crate) type CheckContainer = fn(&Container, &mut Report);
/// Checks all container definitions of a task definition, or of a bare array, together.
pub(crate) type CheckContainers = fn(&[Container], &mut Report);
/// Checks the `logConfiguration` of a container, or of the Service Connect proxy.
pub(crate) type CheckLogs = fn(&LogSource, &mut Report);
/// Checks the log configurations of all containers of a task definition, or of a bare array, together; or
/// that of the Service Connect proxy.
pub(crate) type CheckAllLogs = fn(&[LogSource], &mut Report);
/// Checks a value that ECS fetches for a container, or for the Service Connect proxy.
pub(crate) type CheckFetchedValue = fn(&FetchedValue, &mut Report);
/// Checks a credential in plain text, wherever it is in a document.
pub(crate) type CheckCredential = fn(&Exposed, &mut Report);
/// Checks a volume of a task definition.
pub(crate) type CheckVolume = fn(&Volume, &mut Report);
/// Checks a service, or a task set, including what the other documents say about it.
pub(crate) type CheckService = fn(&Service, &mut Report);
/// Checks a scalable target, a scaling policy or a scheduled action, with regard to what it scales.
pub(crate) type CheckScaling = fn(&Scaling, &mut Report);
/// Checks a scalable target.
pub(crate) type CheckScalableTarget = fn(&ScalableTarget, &mut Report);
/// Checks a scaling policy, or a configuration block of one on its own.
pub(crate) type CheckScalingPolicy = fn(&ScalingPolicy, &mut Report);
/// Checks a scheduled action.
pub(crate) type CheckScheduledAction = fn(&ScheduledAction, &mut Report);
/// Checks the services and the scaling documents of one folder together.
pub(crate) type CheckFolder = fn(&Folder, &mut Report);
/// Checks a step of a workflow that renders a task definition, together with that task definition.
pub(crate) type CheckRenderStep = fn(&RenderStep, &mut Report);

/// The height at which a rule listens. The linter walks the documents; a rule sees one thing at a time.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Check {
    /// The text of a file.
    Text(CheckText),
    /// The shape of a document, checked by the schemas: see [`crate::schema`].
    Shape,
    /// A document of any kind.
    Document(CheckDocument),
    /// A document of any kind, even a printed skeleton that was never filled in, which no other rule checks.
    Skeleton(CheckDocument),
    /// The Regions that a document of any kind names.
    Regions(CheckRegions),
    /// A task definition.
    TaskDefinition(CheckTaskDefinition),
    /// The Regions that a task definition names.
    RegionsOfTask(CheckRegions),
    /// A task definition, together with the services that run it.
    TaskDefinitionInProject(CheckTaskDefinition),
    /// A container definition.
    Container(CheckContainer),
    /// A container definition, together with the services that run its task definition. A bare array is not
    /// run by any.
    ContainerInProject(CheckContainer),
    /// All container definitions of a task definition, or of a bare array, together.
    Containers(CheckContainers),
    /// The same, together with the services that run the task definition.
    ContainersInProject(CheckContainers),
    /// The `logConfiguration` of a container, or of the Service Connect proxy.
    Logs(CheckLogs),
    /// The log configurations of all container definitions together, or that of the Service Connect proxy.
    AllLogs(CheckAllLogs),
    /// An entry of `secrets` of a container, or of `secretOptions` of a `logConfiguration`.
    FetchedValue(CheckFetchedValue),
    /// A credential in plain text, wherever it is in a document.
    Credential(CheckCredential),
    /// A volume of a task definition.
    Volume(CheckVolume),
    /// A service.
    Service(CheckService),
    /// A service, or a task set of one: what both have in common.
    ServiceOrTaskSet(CheckService),
    /// A scalable target, a scaling policy or a scheduled action, with regard to what it scales.
    Scaling(CheckScaling),
    /// A scalable target.
    ScalableTarget(CheckScalableTarget),
    /// A scaling policy, or a configuration block of one on its own.
    ScalingPolicy(CheckScalingPolicy),
    /// A scheduled action.
    ScheduledAction(CheckScheduledAction),
    /// The services and the scaling documents of one folder together.
    Folder(CheckFolder),
    /// A step of a workflow that renders a task definition, together with that task definition.
    RenderStep(CheckRenderStep),
    /// The settings of the user, which are checked when all findings are known.
    Settings,
}

impl Check {
    /// The name of the height, which is also the folder of the rule.
    pub(crate) const fn height(self) -> &'static str {
        match self {
            Check::Text(_) | Check::Shape | Check::Document(_) | Check::Skeleton(_) | Check::Regions(_) => {
                "document"
            }
            Check::TaskDefinition(_) | Check::TaskDefinitionInProject(_) | Check::RegionsOfTask(_) => {
                "task-definition"
            }
            Check::Container(_)
            | Check::ContainerInProject(_)
            | Check::Containers(_)
            | Check::ContainersInProject(_)
            | Check::Logs(_)
            | Check::AllLogs(_)
            | Check::FetchedValue(_) => "container",
            Check::Credential(_) => "credential",
            Check::Volume(_) => "volume",
            Check::Service(_) | Check::ServiceOrTaskSet(_) => "service",
            Check::Scaling(_) => "scaling",
            Check::ScalableTarget(_) => "scalable-target",
            Check::ScalingPolicy(_) => "scaling-policy",
            Check::ScheduledAction(_) => "scheduled-action",
            Check::Folder(_) => "folder",
            Check::RenderStep(_) => "workflow",
            Check::Settings => "settings",
        }
    }
}

/// Something that users may set for a rule, in its table in a settings file.
#[derive(Clone, Copy, Debug)]
pub struct Setting {
    /// Its name there.
    pub name: &'static str,
    /// The type of its value.
    pub kind: SettingKind,
    /// What it means, in one line.
    pub about: &'static str,
}

/// The type of a rule setting.
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

    /// A whole number.
    pub fn number(&self) -> Option<i64> {
        if let Value::Number(number) = self { Some(*number) } else { None }
    }
}

/// What a user has set for a rule, by the names of its settings.
pub type Values = Vec<(&'static str, Value)>;

/// Collects the problems that a rule finds, and provides what the user has set for it and the day of the run.
#[derive(Debug, Default)]
pub(crate) struct Report {
    problems: Vec<Problem>,
    values: Option<Arc<Values>>,
    today: Date,
}

impl Report {
    /// An empty report on a day.
    pub(crate) fn on(today: Date) -> Report {
        Report { today, ..Report::default() }
    }

    /// The day of the run.
    pub(crate) fn today(&self) -> Date {
        self.today
    }

    /// Provides the settings of the rule that runs next.
    pub(crate) fn set(&mut self, values: Option<Arc<Values>>) {
        self.values = values;
    }

    /// What the user has set for the rule, if anything.
    pub(crate) fn setting(&self, name: &str) -> Option<&Value> {
        let (_, value) = self.values.as_ref()?.iter().find(|(own, _)| *own == name)?;
        Some(value)
    }

    /// Reports a problem.
    pub(crate) fn add(&mut self, problem: Problem) {
        self.problems.push(problem);
    }

    /// Reports any number of problems.
    pub(crate) fn add_each(&mut self, problems: impl IntoIterator<Item = Problem>) {
        self.problems.extend(problems);
    }

    /// Removes and returns what was reported.
    pub(crate) fn take(&mut self) -> Vec<Problem> {
        std::mem::take(&mut self.problems)
    }
}
