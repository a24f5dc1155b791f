//! The first half of a run: what is in one text by itself.

use std::sync::Arc;

use super::Linter;
use super::module::NamedFiles;
use super::reporter::{BySource, Reporter};
use crate::adapt::{self, Adapted, Assumptions, BrokenText, Decided, Resource};
use crate::document::{Document, DocumentKind, Door};
use crate::finding::{Finding, Problem};
use crate::input::{self, Configuration, Deployer, Other};
use crate::inputs::{Input, Role};
use crate::model::{
    Action, Container, Effect, Holder, Links, LogSource, Regions, TaskDefinition, bare_containers,
    credentials, forget_zeros, mark_blanks, mark_placeholders, skeleton_marks,
};
use crate::parse::{self, Fault, FaultKind, Parsed};
use crate::placeholder::OwnPlaceholders;
use crate::rule::{Check, Report};
use crate::schema::{FieldAround, ShapeFault, ShapeRule};
use crate::settings::{Comment, MARK, Sought};
use crate::source::{Cut, Place, Source, SourceId};
use crate::tree::{Kind, Notation, Tree};

/// The contents of one text by itself: all of it, and nothing else, changes with the text.
#[derive(Debug, Default)]
pub struct Reading {
    /// The kind of the text.
    pub what: What,
    /// The findings that need no other texts.
    pub findings: Vec<Finding>,
    /// What is found only if something is assumed.
    pub(super) assumed: Vec<Finding>,
    /// The text, if it contains a document or a finding.
    pub source: Option<Arc<Source>>,
    /// Other texts that the findings point into.
    pub(super) other_sources: Vec<Arc<Source>>,
    /// The documents of the text, in its order.
    pub documents: Vec<Document>,
    /// What the text contains besides its documents, and is not linted.
    pub(crate) unread: Vec<Other>,
    /// The comments that ignore findings.
    pub(crate) ignores: Vec<Comment>,
    /// The credentials in its documents, whatever rules are on: no report shows them.
    pub(super) concealed: Vec<Place>,
    /// Which documents belong together according to the configuration of a tool that deploys them.
    pub(crate) configuration: Option<Configuration>,
    /// Whether there is something that may be a document of any kind, and so may be what others refer to.
    pub(crate) may_hold_more: bool,
    /// The file of a Terraform module, whose documents are known only with the others of its folder.
    pub(super) module_file: Option<Box<Parsed>>,
    /// A file that declares or sets variables of a Terraform module, or calls one: it matters, and is parsed, only if
    /// the module has documents.
    pub(super) module_values: Option<Arc<Source>>,
    /// The line of a file of a Terraform module at which it cannot be parsed.
    pub(super) broken_at: Option<usize>,
    /// A file that may set variables of Terraform modules in other folders.
    pub(super) variable_values: Option<Arc<Source>>,
    /// The files in JSON that a file of a Terraform module names.
    pub(super) named_files: NamedFiles,
    /// Whether its documents have nothing to do with those of other files: a plan repeats its module.
    pub(super) is_apart: bool,
    /// Whether it is nothing but a member of an object, which something else may insert into a document.
    pub(super) is_fragment: bool,
    /// Whether a part may have been misread, so that its documents are not used to judge others.
    pub(super) is_doubtful: bool,
}

/// The kind of a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum What {
    /// It contains one of our documents, or was meant to.
    Ours,
    /// Something else that is recognized.
    Other(Other),
    /// Too large to be read, though it was or may be meant to be one of our documents.
    TooMuch,
    /// Something else.
    #[default]
    Unrelated,
}

impl Reading {
    /// The reading of a text that cannot be seen: it may contain anything.
    pub(crate) fn unseen() -> Reading {
        Reading { may_hold_more: true, ..Reading::default() }
    }

    /// The reading of a text that is something else.
    pub(super) fn other(other: Other) -> Reading {
        Reading { what: What::Other(other), ..Reading::default() }
    }

    /// Whether it is a member of an object and nothing else.
    pub(super) fn is_lone_fragment(&self) -> bool {
        self.is_fragment && self.documents.is_empty()
    }

    /// Whether it is a file of a Terraform module.
    pub(super) fn is_of_module(&self) -> bool {
        self.module_file.is_some()
    }

    /// The text of a file of a Terraform module.
    pub(super) fn text_of_module(&self) -> Option<Arc<Source>> {
        let parsed = || Some(Arc::clone(&self.module_file.as_ref()?.tree.source));
        self.source.clone().or_else(parsed).or_else(|| self.module_values.clone())
    }

    /// Whether the whole text is a list of containers.
    pub(super) fn is_list_of_containers(&self) -> bool {
        let is_list = |document: &Document| {
            document.kind == DocumentKind::ContainerDefinitions && document.root().parent().is_none()
        };
        matches!(self.documents.as_slice(), [only] if is_list(only))
    }

    /// Whether it contains, or may contain, something that refers to task definitions it does not name by path.
    pub(super) fn may_refer(&self) -> bool {
        let is_task = |document: &Document| {
            matches!(document.kind, DocumentKind::TaskDefinition(_) | DocumentKind::Workflow)
        };
        let may_hold_any = self.may_hold_more || self.is_of_module();
        may_hold_any || self.configuration.is_some() || !self.speaking().all(is_task)
    }

    /// The documents that are relevant to others. The contents of a skeleton do not show what is meant.
    pub(crate) fn speaking(&self) -> impl Iterator<Item = &Document> {
        let documents = if self.is_doubtful { &[][..] } else { &self.documents };
        documents.iter().filter(|document| skeleton_marks(document.root()).is_empty())
    }
}

/// What to do instead of writing JSON in a string.
const ENCODE: &str = "write a list in JSON, or let `jsonencode` write it";

/// What is found in the documents of a text by themselves.
#[derive(Default)]
pub(super) struct Judgement {
    pub findings: Vec<Finding>,
    pub ignores: Vec<Comment>,
    pub concealed: Vec<Place>,
}

/// A document and the faults of its shape.
pub(super) type Judged = (Document, Vec<ShapeFault>);

/// Endings of files whose texts may begin like JSON, and are something else.
const NO_JSON: &[&str] = &[".cfg", ".conf", ".ini", ".lock", ".md", ".properties", ".toml"];

/// Whether a text that the user named may be meant as JSON: all files are, except those with another
/// extension that do not begin like JSON.
fn may_be_json(source: &Source) -> bool {
    let has_other_ending = || source.name.rsplit('/').next().is_some_and(|name| name.contains('.'));
    let begins_like_json = || {
        !NO_JSON.iter().any(|ending| source.name.ends_with(ending))
            && source.text.trim_start().starts_with(['{', '['])
    };
    input::is_json(&source.name) || !has_other_ending() || begins_like_json()
}

impl Linter {
    /// Reads a text and checks what can be checked by itself.
    pub fn read(&self, source: Arc<Source>, input: &Input) -> Reading {
        self.read_with(source, input, &[])
    }

    /// The same, with what steps of workflows change in the task definition that the text is.
    pub(super) fn read_with(&self, source: Arc<Source>, input: &Input, effects: &[&Effect]) -> Reading {
        let role = input.role;
        let is_named_hcl = role == Role::Named && source.name.ends_with(".hcl");
        if !is_named_hcl && input::sets_terraform_variables(&source.name, &source.text) {
            let module_values = input::is_terraform_values(&source.name).then(|| Arc::clone(&source));
            return Reading {
                module_values,
                named_files: NamedFiles::of(&source.text),
                variable_values: Some(source),
                ..Reading::other(input::TERRAFORM)
            };
        }
        if input::is_terraform(&source.name) {
            return Linter::read_module_file(source);
        }
        if let Some(other) = input::other_format(&source.name) {
            return Reading { what: What::Other(other), ..Reading::default() };
        }
        if role != Role::Named && input::is_script(&source.text) {
            return Reading::other(input::SCRIPT);
        }
        if input::may_be_workflow(&input.location)
            && Action::is_named_in(&source.text)
            && let Some(reading) = self.read_workflow(&source, input)
        {
            return reading;
        }
        // The other workflows of the repository are about something else.
        if role == Role::Around && input::is_place_of_workflows(&input.location) {
            return Reading::default();
        }
        let is_ecspresso_yaml = input::is_ecspresso_yaml(&source.name);
        let is_yaml = parse::notation(&source) == Notation::Yaml;
        // Most YAML is about something else, and it takes long to parse.
        let may_be_configuration =
            || input::may_be_ecspresso(&source.text) || input::may_be_pipecd(&source.text);
        let may_be_ours =
            || is_ecspresso_yaml || input::shows_ecs_words(&source.text) || may_be_configuration();
        if is_yaml && role != Role::Named && !may_be_ours() {
            return Reading::default();
        }
        self.read_parsed(Door::Api, parse::parse(source), input, effects, &[])
    }

    /// Reads a text that Terraform takes for a list of containers, whatever it is called.
    /// `set_around` are the fields that their task definition sets.
    pub(super) fn read_containers(
        &self,
        source: Arc<Source>,
        input: &Input,
        set_around: &[FieldAround],
    ) -> Reading {
        self.read_parsed(Door::Terraform, parse::parse_json(source), input, &[], set_around)
    }

    /// Reads a text that came through a door.
    fn read_parsed(
        &self,
        door: Door,
        mut parsed: Parsed,
        input: &Input,
        effects: &[&Effect],
        set_around: &[FieldAround],
    ) -> Reading {
        let source = Arc::clone(&parsed.tree.source);
        let role = input.role;
        let is_ecspresso_yaml = input::is_ecspresso_yaml(&source.name);
        let own_placeholders = self.settings.placeholders(input);
        let is_list = door == Door::Terraform;
        let shows_words = || input::shows_ecs_words(&source.text);
        // Whoever names all files that have changed also names those of other programs, some of which allow comments.
        let suggests_ecs = || source.is_standard_input() || input::suggests_ecs(&source.name, &source.text);
        let is_asked_for =
            || is_list || role == Role::Named && (may_be_json(&source) && suggests_ecs() || shows_words());
        if parsed.is_cut_short {
            let is_named = role == Role::Named && may_be_json(&source);
            let is_asked_for = is_named || is_asked_for() || shows_words();
            let what = if is_asked_for { What::TooMuch } else { What::Unrelated };
            return Reading { what, ..Reading::unseen() };
        }
        let recognised = match is_list {
            true => input::recognise_containers(&parsed.tree),
            false => input::recognise(&parsed.tree),
        };
        let mut may_hold_more = recognised.may_hold_more;
        let tree = Arc::get_mut(&mut parsed.tree).expect("nobody has seen the tree yet");
        tree.door = door;
        if door == Door::Terraform {
            // The provider merges the objects of a key that is set twice.
            let kind = |tree: &Tree, key: u32| tree.node(key).value_of_key().kind();
            let may_be_object =
                |tree: &Tree, key: u32| matches!(kind(tree, key), Kind::Object | Kind::Unknown);
            for duplicate in &parsed.duplicates {
                let may_add = duplicate.lost.iter().any(|key| may_be_object(tree, *key));
                if kind(tree, duplicate.kept) == Kind::Object && may_add {
                    tree.mark_incomplete(tree.node(duplicate.kept).value_of_key().index());
                }
            }
        }
        let judge = |(kind, root)| {
            mark_placeholders(tree, root, own_placeholders);
            mark_blanks(tree, root);
            if matches!(kind, DocumentKind::TaskDefinition(_)) {
                forget_zeros(tree, root);
                // A module that completes it reads the containers as they are.
                if !effects.contains(&&Effect::Complete) {
                    for object in input::objects_of_patch(tree.node(root)) {
                        tree.mark_incomplete(object);
                    }
                }
                if input::is_template_of_ufo(&source.name) {
                    tree.mark_incomplete(root);
                }
                // The steps read a text that is a task definition as a whole.
                if root == 0 {
                    Effect::apply_all(effects, tree, root);
                }
            }
            if root == 0 {
                Effect::pass_all(effects, tree, root);
            }
            (kind, root, self.schemas.check_within(kind, tree, root, set_around))
        };
        let judged: Vec<_> = recognised.documents.into_iter().map(judge).collect();
        let document = |(kind, root, faults)| (Document::new(kind, Arc::clone(&parsed.tree), root), faults);
        let mut judged: Vec<Judged> = judged.into_iter().map(document).collect();
        let mut templates: Vec<(u32, Decided)> = Vec::new();
        for root in recognised.templates {
            let mut adapted = adapt::template(&parsed.tree, root, &self.schemas, &Assumptions::default());
            may_hold_more |= adapted.may_hold_more;
            templates.push((root, std::mem::take(&mut adapted.decided)));
            judged.extend(self.judge_shapes(adapted, own_placeholders));
        }

        let is_apart = !recognised.plans.is_empty();
        for root in recognised.plans {
            let adapted = adapt::plan(&parsed.tree, root, &self.schemas);
            may_hold_more |= adapted.may_hold_more;
            judged.extend(self.judge_shapes(adapted, own_placeholders));
        }

        let other = recognised.others.first().copied();
        let is_unrendered = || parsed.is_unread_template() && shows_words();
        let other = other.or_else(|| is_unrendered().then_some(input::UNRENDERED));
        let other = other.or_else(|| is_ecspresso_yaml.then_some(input::ECSPRESSO));
        let configuration = match other {
            Some(input::ECSPRESSO) => Configuration::of_ecspresso(&parsed.tree),
            None => Configuration::of_pipecd(&parsed.tree),
            Some(_) => None,
        };
        let of_pipecd = configuration.as_ref().filter(|one| one.deployer == Deployer::PipeCd);
        let other = other.or_else(|| of_pipecd.map(|_| input::PIPECD));
        // A text that cannot be read is a finding if it was meant to be one of our documents.
        let is_broken = || match (other, parsed.doubtful_from()) {
            (None, from) => {
                // What could be read to its end is what it was meant to be.
                let is_lost = || from.is_some() || parsed.tree.nodes.is_empty();
                is_asked_for() || is_lost() && shows_words() && input::shows_document(&source.text)
            }
            (Some(other), Some(from)) => input::hides_resources(other, source.text.cut(from as usize..)),
            (Some(_), None) => false,
        };
        let is_ours = !judged.is_empty() || (!parsed.faults.is_empty() && is_broken());
        if !is_ours {
            let what = other.map_or(What::Unrelated, What::Other);
            // What a folder would pass over by its name changes nothing when it is named.
            let may_hold_more = may_hold_more && (input::is_candidate(&source.name) || shows_words());
            let is_broken = other.is_none() && role == Role::Named && may_be_json(&source);
            let fault = parsed.faults.first().filter(|_| is_broken);
            let broken_at = fault.map(|fault| source.position(fault.span.start).line);
            return Reading { what, configuration, may_hold_more, broken_at, ..Reading::default() };
        }
        let doubtful_from = parsed.doubtful_from();
        let mut assumed = Vec::new();
        let mut found = Judgement::default();
        if role.is_asked() {
            found = self.judge(&parsed, &judged, input, |_| true);
            for (root, decided) in templates.iter().filter(|_| doubtful_from.is_none()) {
                let look = |assumptions: &Assumptions| {
                    let mut adapted = adapt::template(&parsed.tree, *root, &self.schemas, assumptions);
                    let decided = std::mem::take(&mut adapted.decided);
                    let judged = self.judge_shapes(adapted, own_placeholders);
                    self.look(&[(input, judged)], decided)
                };
                assumed.extend(self.assume(decided, &look));
            }
        }
        Reading {
            what: What::Ours,
            findings: found.findings,
            assumed,
            ignores: found.ignores,
            concealed: found.concealed,
            source: Some(source),
            other_sources: Vec::new(),
            documents: judged.into_iter().map(|(document, _)| document).collect(),
            configuration,
            may_hold_more: may_hold_more || doubtful_from.is_some(),
            module_file: None,
            module_values: None,
            variable_values: None,
            broken_at: None,
            named_files: NamedFiles::default(),
            is_apart,
            is_fragment: parsed.faults.iter().any(|fault| fault.kind == FaultKind::Fragment),
            unread: recognised.unread,
            is_doubtful: doubtful_from.is_some(),
        }
    }

    /// The documents that were rebuilt of a text, with the faults of their shapes.
    pub(super) fn judge_shapes(
        &self,
        adapted: Adapted,
        own_placeholders: Option<&OwnPlaceholders>,
    ) -> Vec<Judged> {
        let Adapted { mut tree, resources, .. } = adapted;
        let own = Arc::get_mut(&mut tree).expect("nobody has seen the tree yet");
        let judge = |resource: &Resource| {
            mark_placeholders(own, resource.root, own_placeholders);
            if matches!(resource.kind, DocumentKind::TaskDefinition(_)) {
                forget_zeros(own, resource.root);
            }
            self.schemas.check(resource.kind, own, resource.root)
        };
        let mut faults: Vec<Vec<ShapeFault>> = resources.iter().map(judge).collect();
        for (resource, faults) in resources.iter().zip(&mut faults) {
            faults.extend(resource.broken.iter().flat_map(|text| self.faults_of_text(text)));
        }
        let documents = resources.into_iter().map(|resource| {
            let Resource {
                kind,
                root,
                address,
                is_conditional,
                rewritten_by,
                is_assumed,
                containers_file,
                broken: _,
                left_alone,
                references,
                target_groups,
                has_default_namespace,
            } = resource;
            let mut document = Document::new(kind, Arc::clone(&tree), root).declared(address, is_conditional);
            document.rewritten_by = rewritten_by;
            document.is_assumed = is_assumed;
            document.containers_file = containers_file;
            document.left_alone = left_alone;
            document.references = references;
            document.target_groups = target_groups;
            document.has_default_namespace = has_default_namespace;
            document
        });
        documents.zip(faults).collect()
    }

    /// What keeps a text of a document from being JSON.
    fn faults_of_text(&self, text: &BrokenText) -> Vec<ShapeFault> {
        let rule = ShapeRule::InvalidSyntax;
        let mut report = Report::on(self.settings.today);
        for (_, check) in self.checks.text.iter().filter(|(own, _)| self.registry.get(*own).id == rule.id()) {
            check(&text.parsed, &mut report);
        }
        let moved = |mut problem: Problem| {
            for label in [&mut problem.at].into_iter().chain(&mut problem.also) {
                label.at = text.place(label.at);
            }
            problem.concealed.iter_mut().for_each(|place| *place = text.place(*place));
            problem.fix = None;
            let is_none = |fault: &Fault| matches!(fault.kind, FaultKind::NotJson | FaultKind::Fragment);
            if text.parsed.faults.iter().any(is_none) {
                problem.message = "the text of `container_definitions` is not JSON".to_owned();
            }
            // It is in a string of a file that is read as it is.
            let is_about_file = problem.help.as_ref().is_none_or(|help| help.contains("file"));
            let problem = if is_about_file { problem.help(ENCODE) } else { problem };
            ShapeFault { rule, problem }
        };
        report.take().into_iter().map(moved).collect()
    }

    pub(super) fn judge(
        &self,
        parsed: &Parsed,
        judged: &[Judged],
        input: &Input,
        is_asked: impl Fn(SourceId) -> bool,
    ) -> Judgement {
        let mut reporter = Reporter::new(self, input);
        let mut ignores = Vec::new();
        reporter.each(&self.checks.text, |check, report| check(parsed, report));
        self.read_comments(parsed, &mut reporter, &mut ignores);
        self.check_documents(judged, &mut reporter);
        let Reporter { mut findings, concealed, .. } = reporter;
        if let Some(from) = parsed.doubtful_from() {
            let is_of_text =
                |finding: &Finding| matches!(self.registry.get(finding.rule).check, Check::Text(_));
            findings.retain(|finding| finding.span().start < from || is_of_text(finding));
        }
        findings.retain_mut(|finding| finding.show_where(&is_asked));
        let by_source = BySource::new(judged.iter().map(|(document, _)| document));
        findings.iter_mut().for_each(|finding| by_source.describe(finding, self));
        Judgement { findings, ignores, concealed }
    }

    /// Reads the comments of a text that ignore findings.
    pub(super) fn read_comments(&self, parsed: &Parsed, reporter: &mut Reporter, ignores: &mut Vec<Comment>) {
        let source = &parsed.tree.source;
        let mut sought = Sought::default();
        for comment in
            parsed.comments.iter().filter(|comment| source.text.cut(comment.range()).contains(MARK))
        {
            match Comment::read(source, *comment, &mut sought, &self.registry) {
                Ok(comment) => ignores.push(comment),
                Err(fault) => reporter.add_of("invalid-ignore", *fault),
            }
        }
    }

    /// Checks documents by themselves.
    pub(super) fn check_documents<'j>(
        &self,
        judged: impl IntoIterator<Item = &'j Judged>,
        reporter: &mut Reporter,
    ) {
        for (document, faults) in judged {
            reporter.each(&self.checks.skeleton, |check, report| check(document, report));
            // The contents of a skeleton do not show what is meant.
            if skeleton_marks(document.root()).is_empty() {
                reporter.each(&self.checks.document, |check, report| check(document, report));
                for fault in faults {
                    reporter.add_of(fault.rule.id(), fault.problem.clone());
                }
                self.check_regions(document, reporter);
                self.check_document(document, reporter);
                self.check_credentials(document, reporter);
            }
        }
    }

    fn check_regions(&self, document: &Document, reporter: &mut Reporter) {
        if self.checks.regions.is_empty() && self.checks.regions_of_task.is_empty() {
            return;
        }
        let regions = Regions::of(document);
        reporter.each(&self.checks.regions, |check, report| check(&regions, report));
        if let DocumentKind::TaskDefinition(_) = document.kind {
            reporter.each(&self.checks.regions_of_task, |check, report| check(&regions, report));
        }
    }

    fn check_document(&self, document: &Document, reporter: &mut Reporter) {
        let root = document.root();
        match document.kind {
            DocumentKind::TaskDefinition(_) => {
                self.check_task(&TaskDefinition::to_judge(document, &Links::NONE), reporter);
            }
            DocumentKind::ContainerDefinitions => {
                let containers: Vec<Container> = bare_containers(root).collect();
                self.check_containers(&containers, reporter);
                self.check_containers_in_project(&containers, reporter);
            }
            // The others wait until every document of their project has been seen.
            _ => {}
        }
    }

    fn check_credentials(&self, document: &Document, reporter: &mut Reporter) {
        for exposed in credentials(document) {
            reporter.concealed.extend(exposed.secrets());
            reporter.each(&self.checks.credential, |check, report| check(&exposed, report));
        }
    }

    fn check_task(&self, task: &TaskDefinition, reporter: &mut Reporter) {
        reporter.each(&self.checks.task_definition, |check, report| check(task, report));
        self.check_containers(&task.containers().collect::<Vec<_>>(), reporter);
        for volume in task.volumes().items().map(|volume| volume.within(task)) {
            reporter.each(&self.checks.volume, |check, report| check(&volume, report));
        }
    }

    fn check_containers(&self, containers: &[Container], reporter: &mut Reporter) {
        reporter.each(&self.checks.containers, |check, report| check(containers, report));
        if !self.checks.all_logs.is_empty() {
            let sources =
                containers.iter().filter_map(|container| Holder::Container(*container).log_source());
            self.check_all_logs(&sources.collect::<Vec<_>>(), reporter);
        }
        for container in containers {
            reporter.each(&self.checks.container, |check, report| check(container, report));
            self.check_holder(&Holder::Container(*container), reporter);
        }
    }

    /// Checks containers together with the services that run them.
    pub(super) fn check_containers_in_project(&self, containers: &[Container], reporter: &mut Reporter) {
        reporter.each(&self.checks.containers_in_project, |check, report| check(containers, report));
        for container in containers {
            reporter.each(&self.checks.container_in_project, |check, report| check(container, report));
        }
    }

    /// Checks the log configurations of the containers, or that of the Service Connect proxy.
    pub(super) fn check_all_logs(&self, sources: &[LogSource], reporter: &mut Reporter) {
        reporter.each(&self.checks.all_logs, |check, report| check(sources, report));
    }

    /// What a container and the Service Connect proxy have in common.
    pub(super) fn check_holder(&self, holder: &Holder, reporter: &mut Reporter) {
        let judge = |report: &mut Report| {
            for problem in report.take() {
                report.add(holder.judged(problem));
            }
        };
        if let Some(source) = holder.log_source() {
            reporter.each(&self.checks.logs, |check, report| {
                check(&source, report);
                judge(report);
            });
        }
        for value in holder.fetched_values() {
            reporter.each(&self.checks.fetched_value, |check, report| {
                check(&value, report);
                judge(report);
            });
        }
    }
}
