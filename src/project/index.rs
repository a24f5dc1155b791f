//! Links between the documents of a run.

use std::collections::HashMap;

use super::group::{Group, Scales, ScalingEntry, ServiceEntry};
use super::variant::differ;
use super::{Family, Member, Project, TaskEntry};
use crate::document::{Document, DocumentKind, ServiceForm};
use crate::input::EcspressoConfiguration;
use crate::model::{
    Answer, Certainty, Field, Linked, Links, ScalableResource, Service, TaskDefinitionReference,
    scaled_resource,
};
use crate::source::Input;
use crate::spelling::nearest;

/// The documents of a run, by the folders that they lie in and by the projects that they belong
/// to.
pub struct Index<'p> {
    project: &'p Project,
    inputs: &'p [&'p Input],
    folders: HashMap<&'p str, Group<'p>>,
    roots: HashMap<&'p str, Group<'p>>,
    services: HashMap<usize, ServiceEntry<'p>>,
    scaling: HashMap<usize, ScalingEntry<'p>>,
    configured: HashMap<String, Vec<&'p (usize, EcspressoConfiguration)>>,
}

impl<'p> Index<'p> {
    /// Sorts the documents of a run into groups. Of the projects in `unseen` only a part was read.
    pub fn new(project: &'p Project, inputs: &'p [&'p Input], unseen: &[String]) -> Index<'p> {
        let mut index = Index {
            project,
            inputs,
            folders: HashMap::new(),
            roots: HashMap::new(),
            services: HashMap::new(),
            scaling: HashMap::new(),
            configured: HashMap::new(),
        };
        for entry in &project.configurations {
            if let Some(path) = &entry.1.service_definition {
                let path = join(&inputs[entry.0].folder, path);
                index.configured.entry(path).or_default().push(entry);
            }
        }
        for task in &project.tasks {
            index.add(task.input, |group| group.add_task(task));
        }
        for (at, member) in project.members.iter().enumerate() {
            index.add_member(at, member);
        }
        for &input in &project.holes {
            index.add(input, |group| group.has_holes = true);
        }
        for (root, group) in &mut index.roots {
            group.has_holes |= unseen.iter().any(|unseen| unseen == root);
        }
        index
    }

    /// Adds a document to the groups that its input belongs to.
    fn add(&mut self, input: usize, add: impl Fn(&mut Group<'p>)) {
        let input = self.inputs[input];
        add(self.folders.entry(&input.folder).or_default());
        if let Some(root) = &input.project {
            add(self.roots.entry(root).or_default());
        }
    }

    fn add_member(&mut self, at: usize, member: &'p Member) {
        let (input, document) = (member.input, &member.document);
        match document.kind {
            DocumentKind::Service(_) => {
                let service = self.service_entry(at, member);
                self.services.insert(at, service);
                self.add(input, |group| group.add_service(service));
            }
            DocumentKind::AppSpec => self.add(input, |group| group.app_specs.push(at)),
            kind => {
                let scales = match kind {
                    DocumentKind::ScalableTarget(_)
                    | DocumentKind::ScalingPolicy(_)
                    | DocumentKind::ScheduledAction(_) => match scaled_resource(document.root()) {
                        Field::Known(resource) => Scales::Service(resource.value()),
                        _ => Scales::Unknown,
                    },
                    _ => Scales::WhatLiesBeside,
                };
                let scaling = ScalingEntry { member: at, input, kind, scales };
                self.scaling.insert(at, scaling);
                self.add(input, |group| group.add_scaling(scaling));
            }
        }
    }

    fn service_entry(&self, at: usize, member: &'p Member) -> ServiceEntry<'p> {
        let view = Service::alone(&member.document).expect("the kind of the document says so");
        let configuration = self.configuration_of(member.input);
        let name = view.name().known().map(|name| name.value());
        let cluster = match view.cluster() {
            Field::Known(cluster) => Some(cluster.value()),
            Field::Missing => Some("default"),
            Field::Unknown => None,
        };
        ServiceEntry {
            member: at,
            input: member.input,
            name: name.or_else(|| configuration?.1.service.as_deref()),
            cluster: cluster.or_else(|| configuration?.1.cluster.as_deref()),
        }
    }

    /// The one configuration of ecspresso that names the service definition of an input.
    fn configuration_of(&self, input: usize) -> Option<&'p (usize, EcspressoConfiguration)> {
        match self.configured.get(&self.inputs[input].name)?.as_slice() {
            [one] => Some(one),
            _ => None,
        }
    }

    /// The group of the folder of an input, then that of its project.
    fn groups(&self, input: usize) -> impl Iterator<Item = &Group<'p>> {
        self.folders.get(self.inputs[input].folder.as_str()).into_iter().chain(self.root(input))
    }

    fn root(&self, input: usize) -> Option<&Group<'p>> {
        self.roots.get(self.inputs[input].project.as_deref()?)
    }

    /// The members of each folder.
    pub fn folders(&self) -> Vec<Vec<&'p Member>> {
        let mut by_folder: HashMap<&str, Vec<&Member>> = HashMap::new();
        for member in &self.project.members {
            by_folder.entry(&self.inputs[member.input].folder).or_default().push(member);
        }
        by_folder.into_values().collect()
    }

    /// What the other documents say about a member. `load` reads a task definition again.
    pub fn links(&self, member: usize, load: impl Fn(&TaskEntry) -> Option<Document>) -> Links {
        match self.project.members[member].document.kind {
            DocumentKind::Service(form) => self.links_of_service(&self.services[&member], form, load),
            DocumentKind::AppSpec => Links::NONE,
            _ => self.links_of_scaling(&self.scaling[&member]),
        }
    }

    fn links_of_service(
        &self,
        service: &ServiceEntry,
        form: ServiceForm,
        load: impl Fn(&TaskEntry) -> Option<Document>,
    ) -> Links {
        let (mut task_definition, mut certainty) = self.task_of(service, form, &load);
        let dangles = matches!(task_definition, Linked::Dangling(_));
        if dangles && self.only_task(service).is_some() {
            let found = |task: &TaskEntry| load(task).map_or(Linked::Unknown, Linked::Found);
            (task_definition, certainty) = self.pair(service, found);
        }
        let scaling = self.scaling_of(service);
        let here = &self.folders[self.inputs[service.input].folder.as_str()];
        let app_spec = match here.app_specs.as_slice() {
            [one] if here.services.len() == 1 && here.tasks.len() == 1 && !here.has_holes => Some(*one),
            _ => None,
        };
        let created = (form == ServiceForm::Update).then(|| self.created(service)).flatten();
        let document = |member: usize| self.project.members[member].document.clone();
        Links {
            task_definition,
            dangles,
            certainty,
            scalable_target: self
                .target_of(service)
                .map_or(Linked::Unknown, |at| Linked::Found(document(at))),
            may_be_scaled: self.inputs[service.input].project.is_some() && !scaling.is_no(),
            scaling,
            scaled_by: self.scaled_by(service).into_iter().map(document).collect(),
            created: created.map(document),
            app_spec: app_spec.map(document),
            ..Links::NONE
        }
    }

    fn task_of(
        &self,
        service: &ServiceEntry,
        form: ServiceForm,
        load: impl Fn(&TaskEntry) -> Option<Document>,
    ) -> (Linked, Certainty) {
        const NOTHING: (Linked, Certainty) = (Linked::Unknown, Certainty::Named);
        let found = |task: &TaskEntry| load(task).map_or(Linked::Unknown, Linked::Found);
        if let Some(entry) = self.configuration_of(service.input) {
            return self.task_of_configuration(entry).map_or(NOTHING, |one| (found(one), Certainty::Named));
        }
        let document = &self.project.members[service.member].document;
        let view = Service::alone(document).expect("the entry of a service");
        let here = &self.folders[self.inputs[service.input].folder.as_str()];
        match view.task_definition_reference() {
            Field::Known(reference) => {
                for group in self.groups(service.input) {
                    let meant = |task: &&TaskEntry| self.may_run(service, reference.value(), task);
                    let mut candidates: Vec<&TaskEntry> =
                        group.tasks_of(reference.family).filter(meant).collect();
                    // Of several files, the one that says that it is the revision.
                    let is_revision =
                        |task: &TaskEntry| task.revision.is_some() && task.revision == reference.revision;
                    if candidates.iter().any(|task| is_revision(task)) {
                        candidates.retain(|task| is_revision(task));
                    }
                    match candidates.as_slice() {
                        [] => {}
                        [one] if !matches!(one.family, Family::Known(_)) => return self.pair(service, found),
                        [one] if one.revision == reference.revision || reference.revision.is_none() => {
                            return (found(one), Certainty::Named);
                        }
                        [one] => return (found(one), Certainty::OtherRevision),
                        _ => return NOTHING,
                    }
                }
                // An ARN may be of another account, whose task definitions lie elsewhere.
                let is_arn = view.task_definition_text().known().is_some_and(|text| text.starts_with("arn:"));
                let dangles = !is_arn && self.is_dangling(service, reference.family);
                if dangles {
                    (self.nearest_task(here, reference.family, load), Certainty::Named)
                } else {
                    NOTHING
                }
            }
            Field::Missing if !matches!(form, ServiceForm::Create | ServiceForm::Ecspresso) => NOTHING,
            // Nothing that is known is named: one of each in a folder is a pair.
            _ => self.pair(service, found),
        }
    }

    fn pair(&self, service: &ServiceEntry, found: impl Fn(&TaskEntry) -> Linked) -> (Linked, Certainty) {
        (self.only_task(service).map_or(Linked::Unknown, found), Certainty::OnlyOne)
    }

    /// The task definition that makes a pair with a service: there is one of each in the folder.
    fn only_task(&self, service: &ServiceEntry) -> Option<&'p TaskEntry> {
        let here = &self.folders[self.inputs[service.input].folder.as_str()];
        let is_pair = here.services.len() == 1 && here.tasks.len() == 1 && !here.has_holes;
        here.tasks.first().copied().filter(|one| is_pair && self.is_same_variant(service, one))
    }

    /// The only task definition of the file that a configuration of ecspresso names.
    fn task_of_configuration(&self, entry: &(usize, EcspressoConfiguration)) -> Option<&'p TaskEntry> {
        let (input, configuration) = entry;
        let path = join(&self.inputs[*input].folder, configuration.task_definition.as_deref()?);
        let mut tasks = self.project.tasks.iter().filter(|task| self.inputs[task.input].name == path);
        let first = tasks.next();
        first.filter(|_| tasks.next().is_none())
    }

    fn is_same_variant(&self, service: &ServiceEntry, task: &TaskEntry) -> bool {
        !differ(&self.inputs[service.input].name, &self.inputs[task.input].name)
    }

    fn may_run(&self, service: &ServiceEntry, reference: TaskDefinitionReference, task: &TaskEntry) -> bool {
        let other_revision = task.revision.zip(reference.revision).is_some_and(|(own, named)| own != named);
        !other_revision && self.is_same_variant(service, task)
    }

    /// Whether no task definition of the run can be of a family, and some lie beside the service.
    fn is_dangling(&self, service: &ServiceEntry, family: &str) -> bool {
        let mut groups = self.groups(service.input);
        let here = groups.next().expect("the folder of the service");
        let lacks = |group: &Group| group.knows_all_families() && group.tasks_of(family).next().is_none();
        here.families().next().is_some() && lacks(here) && groups.all(lacks)
    }

    /// The task definition of a folder whose family is near, or which is the only one there.
    fn nearest_task(
        &self,
        here: &Group<'p>,
        family: &str,
        load: impl Fn(&TaskEntry) -> Option<Document>,
    ) -> Linked {
        let mut families: Vec<&str> = here.families().collect();
        families.sort_unstable();
        let near = nearest(family, families.iter().copied());
        let only = if let [one] = families.as_slice() { Some(*one) } else { None };
        let task = near.or(only).and_then(|family| here.tasks_of(family).next());
        Linked::Dangling(task.and_then(load))
    }

    /// Whether anything of the project scales a service.
    fn scaling_of(&self, service: &ServiceEntry) -> Answer {
        let Some(root) = self.root(service.input) else { return Answer::Unknown };
        let here = &self.folders[self.inputs[service.input].folder.as_str()];
        if here.scaling.iter().any(|scaling| scaling.scales == Scales::WhatLiesBeside) {
            return Answer::Yes;
        }
        let Some(name) = service.name else {
            return Answer::no_if(root.scaling.is_empty() && !root.has_holes);
        };
        let answers = root.scaling_of(name).iter().map(|scaling| names(scaling, service));
        let answer = answers.reduce(Answer::or).unwrap_or(Answer::No);
        // One that scales a service of nearly this name is likely meant for it.
        let is_near = || {
            let mut near = root.scaling.iter().filter(|scaling| !is_near_miss(scaling, service).is_no());
            near.any(|scaling| !root.services.iter().any(|other| names(scaling, other).is_yes()))
        };
        if answer.is_no() && (root.may_scale_any() || is_near()) { Answer::Unknown } else { answer }
    }

    /// What certainly scales a service, by the positions among the members.
    fn scaled_by(&self, service: &ServiceEntry) -> Vec<usize> {
        let Some(name) = service.name else { return Vec::new() };
        let scales = |group: &&Group| group.scaling_of(name).iter().any(|one| names(one, service).is_yes());
        let Some(group) = self.groups(service.input).find(scales) else { return Vec::new() };
        let scaling = group.scaling_of(name).iter().filter(|one| names(one, service).is_yes());
        scaling.map(|one| one.member).collect()
    }

    /// The one scalable target of a service, by its position among the members.
    fn target_of(&self, service: &ServiceEntry) -> Option<usize> {
        let name = service.name?;
        for group in self.groups(service.input) {
            let named = group.scaling_of(name).iter().filter(|scaling| scaling.is_target());
            let named: Vec<_> = named.map(|scaling| (names(scaling, service), scaling.member)).collect();
            let meant: Vec<_> = named.into_iter().filter(|(answer, _)| !answer.is_no()).collect();
            match meant.as_slice() {
                [] => {}
                [(Answer::Yes, member)] => return Some(*member),
                _ => return None,
            }
        }
        None
    }

    /// Where a service that is updated is created or described: the one of its name and cluster.
    fn created(&self, service: &ServiceEntry) -> Option<usize> {
        let name = service.name?;
        for group in self.groups(service.input) {
            let others = group.services_named(name).iter().filter(|other| {
                let kind = self.project.members[other.member].document.kind;
                kind != DocumentKind::Service(ServiceForm::Update)
                    && other.cluster == service.cluster
                    && service.cluster.is_some()
                    && !differ(&self.inputs[service.input].name, &self.inputs[other.input].name)
            });
            let others: Vec<usize> = others.map(|other| other.member).collect();
            match others.as_slice() {
                [] => {}
                [one] => return Some(*one),
                _ => return None,
            }
        }
        None
    }

    fn links_of_scaling(&self, scaling: &ScalingEntry) -> Links {
        let document = |member: usize| self.project.members[member].document.clone();
        let Scales::Service(resource) = scaling.scales else {
            // A configuration block belongs to the only service beside it.
            let here = &self.folders[self.inputs[scaling.input].folder.as_str()];
            let service = match here.services.as_slice() {
                [one] if scaling.scales == Scales::WhatLiesBeside && !here.has_holes => Some(one.member),
                _ => None,
            };
            return Links {
                service: service.map_or(Linked::Unknown, |at| Linked::Found(document(at))),
                ..Links::NONE
            };
        };
        let service = self.scaled_service(scaling, resource);
        // Of a policy and a target that do not fit, the policy speaks, whichever is misspelled; of
        // those that fit, the target.
        let speaks = || {
            let Some(root) = self.root(scaling.input).filter(|root| !root.may_scale_any()) else {
                return false;
            };
            let mut targets = root.scaling.iter().filter(|other| other.is_target());
            if scaling.is_target() { !has_near_policy(root, scaling) } else { targets.next().is_none() }
        };
        let service =
            if matches!(service, Linked::Dangling(_)) && !speaks() { Linked::Unknown } else { service };
        if scaling.is_target() {
            Links { service, scaling: self.moved(scaling, resource), ..Links::NONE }
        } else {
            Links { service, scalable_target: self.target_named(scaling, resource), ..Links::NONE }
        }
    }

    /// The service that a document scales; or that it would scale, but for a letter or two.
    fn scaled_service(&self, scaling: &ScalingEntry, resource: ScalableResource) -> Linked {
        let document = |member: usize| self.project.members[member].document.clone();
        let is_same_variant = |service: &&ServiceEntry| {
            !differ(&self.inputs[scaling.input].name, &self.inputs[service.input].name)
        };
        for group in self.groups(scaling.input) {
            let named = group.services_named(resource.service).iter();
            let meant: Vec<_> = named
                .filter(is_same_variant)
                .map(|service| (names(scaling, service), service.member))
                .filter(|(answer, _)| !answer.is_no())
                .collect();
            match meant.as_slice() {
                [] => {}
                [(Answer::Yes, member)] => return Linked::Found(document(*member)),
                _ => return Linked::Unknown,
            }
        }
        let Some(root) = self.root(scaling.input).filter(|root| root.knows_all_services()) else {
            return Linked::Unknown;
        };
        let mut near =
            root.services.iter().filter(is_same_variant).filter(|one| is_near_miss(scaling, one).is_yes());
        match (near.next(), near.next()) {
            (Some(one), None) => Linked::Dangling(Some(document(one.member))),
            _ => Linked::Unknown,
        }
    }

    /// The scalable target that a policy or an action belongs to.
    fn target_named(&self, scaling: &ScalingEntry, resource: ScalableResource) -> Linked {
        let document = |member: usize| self.project.members[member].document.clone();
        for group in self.groups(scaling.input) {
            let named = group.scaling_of(resource.service).iter();
            let same = |other: &&ScalingEntry| other.is_target() && other.scales == scaling.scales;
            let targets: Vec<usize> = named.filter(same).map(|other| other.member).collect();
            match targets.as_slice() {
                [] => {}
                [one] => return Linked::Found(document(*one)),
                _ => return Linked::Unknown,
            }
        }
        let Some(root) = self.root(scaling.input) else { return Linked::Unknown };
        let targets: Vec<&ScalingEntry> = root.scaling.iter().filter(|other| other.is_target()).collect();
        if targets.is_empty() || root.may_scale_any() {
            return Linked::Unknown;
        }
        let ids: Vec<String> = targets.iter().map(|target| target.id()).collect();
        let near = nearest(&scaling.id(), ids.iter().map(String::as_str));
        let near = near.and_then(|near| ids.iter().position(|one| one == near));
        Linked::Dangling(near.map(|at| document(targets[at].member)))
    }

    /// Whether a policy or an action belongs to a scalable target.
    fn moved(&self, target: &ScalingEntry, resource: ScalableResource) -> Answer {
        let Some(root) = self.root(target.input) else { return Answer::Unknown };
        let here = &self.folders[self.inputs[target.input].folder.as_str()];
        let belongs = |other: &ScalingEntry| !other.is_target() && other.scales == target.scales;
        let has_block = here.scaling.iter().any(|scaling| scaling.scales == Scales::WhatLiesBeside);
        if has_block || root.scaling_of(resource.service).iter().any(belongs) {
            return Answer::Yes;
        }
        Answer::no_if(!root.may_scale_any() && !has_near_policy(root, target))
    }
}

/// Whether a policy or an action is for nearly what a scalable target is for, and for no target.
fn has_near_policy(root: &Group, target: &ScalingEntry) -> bool {
    let is_alone = |policy: &ScalingEntry| {
        !root.scaling.iter().any(|other| other.is_target() && other.scales == policy.scales)
    };
    let policies = root.scaling.iter().filter(|other| !other.is_target());
    let id = target.id();
    let mut near = policies.filter(|policy| nearest(&policy.id(), [id.as_str()]).is_some());
    near.any(is_alone)
}

/// Whether what a document scales is a certain service.
fn names(scaling: &ScalingEntry, service: &ServiceEntry) -> Answer {
    let Scales::Service(resource) = scaling.scales else { return Answer::Unknown };
    match (service.name, service.cluster) {
        (Some(name), _) if name != resource.service => Answer::No,
        (_, Some(cluster)) if cluster != resource.cluster => Answer::No,
        (Some(_), Some(_)) => Answer::Yes,
        _ => Answer::Unknown,
    }
}

/// Whether a document scales something that is not a certain service, and nearly is: the name is
/// misspelled, or the cluster is another one, though not that of another environment.
fn is_near_miss(scaling: &ScalingEntry, service: &ServiceEntry) -> Answer {
    let Scales::Service(resource) = scaling.scales else { return Answer::Unknown };
    let Some(name) = service.name else { return Answer::Unknown };
    let is_name = resource.service == name;
    let is_near_name = || {
        let length = resource.service.len().abs_diff(name.len());
        length <= 2 && nearest(resource.service, [name]).is_some() && !differ(resource.service, name)
    };
    match service.cluster {
        Some(cluster) if resource.cluster == cluster => Answer::from(!is_name && is_near_name()),
        Some(cluster) => Answer::from(is_name && !differ(resource.cluster, cluster)),
        None => Answer::no_if(!is_name && !is_near_name()),
    }
}

/// A path from a folder on, without `.` and `..`.
fn join(folder: &str, path: &str) -> String {
    let mut parts: Vec<&str> = if path.starts_with('/') { Vec::new() } else { folder.split('/').collect() };
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| !last.is_empty() && *last != "..") => drop(parts.pop()),
            other => parts.push(other),
        }
    }
    parts.retain(|part| !part.is_empty());
    let joined = parts.join("/");
    if folder.starts_with('/') || path.starts_with('/') { format!("/{joined}") } else { joined }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_joined() {
        assert_eq!(join("deploy/web", "ecs-task-def.json"), "deploy/web/ecs-task-def.json");
        assert_eq!(join("deploy/web", "../shared/./task.json"), "deploy/shared/task.json");
        assert_eq!(join("", "task.json"), "task.json");
        assert_eq!(join("..", "../task.json"), "../../task.json");
        assert_eq!(join("/srv", "task.json"), "/srv/task.json");
    }
}
