//! What other documents say about a service.

use super::address::is_expression;
use super::group::{Group, Scaled, ScalingEntry, ServiceEntry};
use super::index::{Index, Meant};
use super::scaling::{is_near_miss, names};
use super::tasks::TaskLink;
use crate::document::{Door, ServiceForm};
use crate::model::{Answer, Linked, Links, ScalableResource, ScaledInstead, Service};

impl Index<'_> {
    pub(super) fn links_of_service(&self, service: &ServiceEntry, form: ServiceForm) -> Links {
        let TaskLink { task, certainty, dangles } = self.task_of(service, form);
        let (scaling, scaled_instead) = self.scaling_of(service);
        let here = self.here(service.input);
        let is_the_one = here.only_service().is_some_and(|only| only.member == service.member);
        let app_spec = match here.app_specs.as_slice() {
            [one] if is_the_one && here.tasks.len() == 1 && !here.has_holes => Some(*one),
            _ => None,
        };
        let is_update = form == ServiceForm::Update;
        let scaled_by = self.scaled_by(service);
        let knows_scaling = self.knows_scaling(service, scaled_by.len());
        let scaled_by = scaled_by.into_iter().map(|member| self.document(member)).collect();
        let target = self.target_of(service);
        let document = &self.project.members[service.member].document;
        Links {
            task_definition: task,
            dangles,
            certainty,
            scalable_target: target.map_or(Linked::Unknown, |member| self.linked(member)),
            movers: target.map(|member| self.movers_of(member)),
            may_be_scaled: self.inputs[service.input].project.is_some() && !scaling.is_no(),
            scaling,
            knows_scaling,
            is_configured: self.is_configured(service.input),
            is_of_pipecd: self.is_of_pipecd(service.input),
            scaled_instead,
            sends_count: self.sends_count(service, form, target),
            leaves_count: document.left_alone.includes("desired_count"),
            has_default_namespace: document.has_default_namespace == Some(true),
            scaled_by,
            created: if is_update { self.created(service) } else { Linked::Unknown },
            app_spec: app_spec.map(|member| self.document(member)),
            target_groups: document.target_groups.clone(),
            ..Links::NONE
        }
    }

    /// Whether each deployment sends the number of tasks of a service to which a scalable target certainly belongs.
    fn sends_count(&self, service: &ServiceEntry, form: ServiceForm, target: Option<usize>) -> bool {
        let Some(target) = target.map(|member| &self.project.members[member].document) else { return false };
        let document = &self.project.members[service.member].document;
        let is_sent = match document.door() {
            Door::Api => form == ServiceForm::Update,
            Door::CloudFormation => true,
            Door::Terraform => document.left_alone.excludes("desired_count"),
        };
        is_sent && !target.is_conditional
    }

    /// A task set runs a task definition and is a part of a service. What scales the service also scales the
    /// task set, but says nothing about it.
    pub(super) fn links_of_task_set(&self, task_set: &ServiceEntry) -> Links {
        let TaskLink { task, certainty, dangles } = self.task_of(task_set, ServiceForm::TaskSet);
        Links {
            task_definition: task,
            dangles,
            certainty,
            created: self.created(task_set),
            target_groups: self.project.members[task_set.member].document.target_groups.clone(),
            ..Links::NONE
        }
    }

    /// Whether anything in the project scales a service; if not, what the project scales instead.
    fn scaling_of(&self, service: &ServiceEntry) -> (Answer, Option<ScaledInstead>) {
        if self.addresses.scaled(service.member).is_some() {
            return (Answer::Yes, None);
        }
        let Some(root) = self.root(service.input) else { return (Answer::Unknown, None) };
        if self.here(service.input).has_block {
            return (Answer::Yes, None);
        }
        let Some(name) = service.name else {
            if self.is_nameless(service) {
                // Only what refers to it can scale it.
                return (Answer::no_if(!root.may_scale_any()), None);
            }
            return (Answer::no_if(root.scaling.is_empty() && !root.has_holes), None);
        };
        match root.scales(name, service.cluster) {
            Answer::No if root.may_scale_any() => (Answer::Unknown, None),
            Answer::No => self.scaled_instead(service, root),
            answer => (answer, None),
        }
    }

    /// What the project scales instead of a service that nothing names. If that is a similar name that no
    /// service has, the document that scales it reports the name; whether it does so is unknown if there are
    /// services with unknown names.
    fn scaled_instead(&self, service: &ServiceEntry, root: &Group) -> (Answer, Option<ScaledInstead>) {
        let names_another = |scaling: &ScalingEntry| {
            let named = scaling.resource().map(|resource| root.services_of(resource));
            named.into_iter().flatten().any(|other| names(scaling, other).is_yes())
        };
        // A configuration block names nothing.
        let named = root.scaling.iter().filter(|one| one.resource().is_some() && root.compares_names());
        let near = named.filter(|scaling| !is_near_miss(scaling, service).is_no());
        let near: Vec<&ScalingEntry> = near.filter(|scaling| !names_another(scaling)).collect();
        let is_told = |scaling: &ScalingEntry| self.says_of_itself_that_it_dangles(scaling);
        let is_certain =
            |scaling: &ScalingEntry| is_near_miss(scaling, service).is_yes() && !is_told(scaling);
        if let Some(first) = near.first() {
            return if root.knows_all_services() && near.iter().all(|scaling| is_certain(scaling)) {
                (Answer::No, Some(ScaledInstead::Near(self.document(first.member))))
            } else {
                (Answer::Unknown, None)
            };
        }
        // A configuration block scales the service in its folder, which may be another file for this one.
        let of_block = |scaling: &ScalingEntry| match scaling.resource() {
            Some(_) => None,
            None => self.here(scaling.input).only_service()?.name,
        };
        if root.has_block && root.scaling.iter().any(|scaling| of_block(scaling) == service.name) {
            return (Answer::Unknown, None);
        }
        let other = root.scaling.iter().find_map(|scaling| match scaling.resource() {
            Some(resource) => Some(resource.to_string()),
            None => of_block(scaling).map(str::to_owned),
        });
        (Answer::No, other.map(ScaledInstead::Other))
    }

    /// Whether a service is a resource without a name of its own: its tool makes one that nothing else knows.
    fn is_nameless(&self, service: &ServiceEntry) -> bool {
        let document = &self.project.members[service.member].document;
        let name = Service::alone(document).map(|service| service.name());
        document.address.is_some() && name.is_some_and(|name| name.is_missing())
    }

    /// What certainly scales a service, by position among the members.
    fn scaled_by(&self, service: &ServiceEntry) -> Vec<usize> {
        if let Some(scaled) = self.addresses.scaled(service.member) {
            return scaled.members();
        }
        let Some((name, cluster)) = service.name.zip(service.cluster) else { return Vec::new() };
        let resource = ScalableResource { cluster, service: name };
        let scaled = self.groups(service.input).find_map(|group| group.scaled(resource));
        scaled.map(Scaled::members).unwrap_or_default()
    }

    /// Whether some documents are all in the project that scale a service, or may do so.
    fn knows_scaling(&self, service: &ServiceEntry, found: usize) -> bool {
        let Some(root) = self.root(service.input).filter(|root| !root.may_scale_any() && !root.has_block)
        else {
            return false;
        };
        let resource = service.name.zip(service.cluster);
        let resource = resource.map(|(service, cluster)| ScalableResource { cluster, service });
        let by_name = || resource.and_then(|resource| root.scaled(resource));
        let scaled = self.addresses.scaled(service.member).or_else(by_name);
        scaled.is_some_and(|scaled| scaled.targets.len() + scaled.movers.len() == found)
    }

    /// The only scalable target of a service, by its position among the members.
    fn target_of(&self, service: &ServiceEntry) -> Option<usize> {
        if let Some(scaled) = self.addresses.scaled(service.member) {
            return scaled.only_target();
        }
        let name = service.name?;
        let meant = self.the_one(service.input, |group| {
            let targets = group.targets_of(name, service.cluster);
            let targets = targets.map(|target| (names(target, service), target));
            let targets = targets.filter(|(answer, _)| !answer.is_no());
            let targets = targets.filter(|(_, target)| self.is_same_variant(service.input, target.input));
            targets.map(|(answer, target)| (answer, target.member))
        });
        if let Some(Meant::One(member)) = meant { Some(member) } else { None }
    }

    /// The document that creates or describes a service that is updated or gets a task set: the one with its
    /// name and cluster.
    fn created(&self, service: &ServiceEntry) -> Linked {
        let document = &self.project.members[service.member].document;
        if is_expression(document, "service") {
            let named = self.addresses.member(service.input, document, "service");
            return named.map_or(Linked::Unknown, |member| self.linked(member));
        }
        let named = service.name.and_then(|name| {
            self.the_one(service.input, |group| {
                let others = group.whole_services(name, service.cluster);
                let others = others.filter(|other| self.is_same_variant(service.input, other.input));
                others.map(|other| {
                    let is_certain =
                        other.name.is_some() && other.cluster.is_some() && service.cluster.is_some();
                    (if is_certain { Answer::Yes } else { Answer::Unknown }, other.member)
                })
            })
        });
        match named {
            Some(Meant::One(member)) => self.linked(member),
            Some(Meant::Several) => Linked::Unknown,
            None => {
                // A service without a known name may be any service.
                let may_hold_it = |group: &Group| {
                    group.may_hold_another_service()
                        || (service.name.is_none() && group.creates_any_service())
                };
                if self.groups(service.input).any(may_hold_it) { Linked::Unknown } else { Linked::Absent }
            }
        }
    }
}
