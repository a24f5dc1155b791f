//! What other documents say about a scalable target, a scaling policy or a scheduled action.

use std::collections::HashMap;
use std::sync::Arc;

use super::group::{Group, Scaled, Scales, ScalingEntry, ServiceEntry};
use super::index::{Index, Meant};
use super::rivals::Rivals;
use crate::document::Document;
use crate::model::{
    Answer, CapacityBounds, Field, Known, Linked, Links, Movers, ScalableResource, Service, Variants, differ,
};
use crate::spelling::is_near;

impl<'p> Index<'p> {
    pub(super) fn links_of_scaling(&self, scaling: &ScalingEntry) -> Links {
        if let Some(scaled) = scaling.address().and_then(|member| self.addresses.scaled(member)) {
            return self.links_by_address(scaling, scaled);
        }
        let Scales::Service(resource) = scaling.scales else {
            if scaling.is_target() {
                let here = self.seen(scaling.input);
                let may_be_more = here.has_holes || here.scaling.len() > here.targets.len();
                let movers = Movers::new(Vec::new(), may_be_more, false);
                return Links { movers: Some(Arc::new(movers)), ..Links::NONE };
            }
            // A configuration block belongs to the only service in its folder.
            let here = self.here(scaling.input);
            let only = here.only_service().filter(|_| scaling.scales == Scales::WhatLiesBeside);
            return Links {
                service: only.map_or(Linked::Unknown, |service| self.linked(service.member)),
                ..Links::NONE
            };
        };
        let service = self.service_named(scaling, resource);
        if scaling.is_target() {
            let moved = self.moved(scaling, resource);
            Links {
                service,
                scaling: moved,
                may_scale_daemon: moved.is_no() && self.may_scale_daemon(scaling, resource),
                rivals: self.rivals(scaling, resource),
                movers: Some(self.movers_of(scaling.member)),
                ..Links::NONE
            }
        } else {
            let movers = match self.target_meant(scaling, resource) {
                Some(Meant::One(target)) => Some(self.movers_of(target)),
                _ => None,
            };
            let target = self.target_named(scaling, resource);
            let document = &self.project.members[scaling.member].document;
            let is_elsewhere = document.is_from_elsewhere("ResourceId");
            let scalable_target = if is_elsewhere { target.or_unknown() } else { target };
            Links { service, scalable_target, movers, ..Links::NONE }
        }
    }

    /// The links of a document that refers to what it scales.
    fn links_by_address(&self, scaling: &ScalingEntry, scaled: &Scaled) -> Links {
        let service = match scaling.scales {
            Scales::Referred(service) => self.linked(service),
            _ => Linked::Unknown,
        };
        if scaling.is_target() {
            let is_daemon = |document: &Document| {
                Service::alone(document).is_some_and(|service| !service.says_daemon().is_no())
            };
            let moved = self.moved_by_address(scaling, scaled);
            return Links {
                scaling: moved,
                may_scale_daemon: moved.is_no() && service.found().is_some_and(is_daemon),
                service,
                movers: Some(self.movers_of(scaling.member)),
                ..Links::NONE
            };
        }
        let target = scaled.only_target();
        Links {
            service,
            scalable_target: target.map_or(Linked::Unknown, |target| self.linked(target)),
            movers: target.map(|target| self.movers_of(target)),
            ..Links::NONE
        }
    }

    /// Whether a policy or an action belongs to a scalable target that refers to what it scales.
    fn moved_by_address(&self, target: &ScalingEntry, scaled: &Scaled) -> Answer {
        if !scaled.movers.is_empty() || scaled.has_conditional {
            return Answer::Yes;
        }
        Answer::no_if(self.root(target.input).is_some_and(|root| !root.may_scale_any()))
    }

    /// The service that a document scales; or, if this document should report it, the one with a similar
    /// name.
    fn service_named(&self, scaling: &ScalingEntry, resource: ScalableResource) -> Linked {
        self.scaled_services[&scaling.member].get_or_init(|| self.find_service(scaling, resource)).clone()
    }

    fn find_service(&self, scaling: &ScalingEntry, resource: ScalableResource) -> Linked {
        let service = self.scaled_service(scaling, resource);
        let document = &self.project.members[scaling.member].document;
        if document.is_from_elsewhere("ResourceId") {
            return service.or_unknown();
        }
        // If a policy and a target do not match, the policy is reported, whichever of them is misspelled; if
        // they match, the target is.
        let speaks = || {
            let Some(root) = self.root(scaling.input).filter(|root| !root.may_scale_any()) else {
                return false;
            };
            if scaling.is_target() { !has_near_policy(root, scaling) } else { root.targets.is_empty() }
        };
        if matches!(service, Linked::Dangling(_)) && !speaks() { Linked::Unknown } else { service }
    }

    /// Whether a document scales, or may scale, a service that runs one task on each instance.
    fn may_scale_daemon(&self, scaling: &ScalingEntry, resource: ScalableResource) -> bool {
        let mut services = self.groups(scaling.input).flat_map(|group| group.services_scaled_by(resource));
        services.any(|service| {
            let document = &self.project.members[service.member].document;
            Service::alone(document).is_some_and(|service| !service.says_daemon().is_no())
        })
    }

    /// Whether a document scales no service of the project and should report this itself. API output is
    /// assumed to be right.
    pub(super) fn says_of_itself_that_it_dangles(&self, scaling: &ScalingEntry) -> bool {
        let service = scaling.resource().map(|resource| self.service_named(scaling, resource));
        !scaling.kind.is_described() && matches!(service, Some(Linked::Dangling(_)))
    }

    /// The policies and the actions that move a scalable target, given by its position among the members.
    pub(super) fn movers_of(&self, target: usize) -> Arc<Movers> {
        Arc::clone(self.movers[&target].get_or_init(|| Arc::new(self.find_movers(target))))
    }

    fn find_movers(&self, target: usize) -> Movers {
        let target = self.scaling_entry(target);
        let seen = self.seen(target.input);
        if let Some(scaled) = target.address().and_then(|member| self.addresses.scaled(member)) {
            let is_only = scaled.only_target() == Some(target.member);
            let movers = if is_only { &scaled.movers[..] } else { &[] };
            let documents = movers.iter().map(|mover| self.document(mover.member)).collect();
            let may_be_more = scaled.has_conditional || !is_only || seen.may_scale_any();
            let has_all_policies = self.root(target.input).is_some() && !may_be_more;
            return Movers::new(documents, may_be_more, has_all_policies);
        }
        let Some(scaled) = target.resource().and_then(|resource| seen.scaled(resource)) else {
            return Movers::none();
        };
        let assigned = scaled.assigned.get_or_init(|| self.assign(scaled));
        let own = assigned.get(&target.member).map_or(&[][..], Vec::as_slice);
        let has_others = own.len() < scaled.movers.len();
        let may_be_more = seen.may_scale_any() || has_others || has_near_policy(seen, target);
        let has_all_policies = self.root(target.input).is_some() && !may_be_more && !seen.has_block;
        let documents = own.iter().map(|member| self.document(*member)).collect();
        Movers::new(documents, may_be_more, has_all_policies)
    }

    /// Which policies and actions of a service belong to which of its scalable targets.
    fn assign(&self, scaled: &Scaled) -> HashMap<usize, Vec<usize>> {
        let mut assigned: HashMap<usize, Vec<usize>> = HashMap::new();
        let folder = |input: usize| self.inputs[input].folder.as_str();
        for mover in &scaled.movers {
            let meant = mover.resource().and_then(|resource| self.target_meant(mover, resource));
            let Some(Meant::One(target)) = meant else { continue };
            // If there are several targets, each is moved by what is in the same folder.
            let is_beside = || folder(mover.input) == folder(self.scaling_entry(target).input);
            if scaled.targets.len() == 1 || is_beside() {
                assigned.entry(target).or_default().push(mover.member);
            }
        }
        assigned
    }

    /// Other scalable targets in the folder for the same resource, with different bounds, and not for another
    /// environment.
    fn rivals(&self, target: &ScalingEntry, resource: ScalableResource) -> [Option<Document>; 2] {
        let Some(scaled) = self.here(target.input).scaled(resource) else { return [None, None] };
        let rivals = scaled.rivals.get_or_init(|| {
            // Registered targets (API output) are not compared with targets that are yet to be registered.
            let asked = scaled.targets.iter().filter(|target| !target.kind.is_described());
            let judged = asked.filter_map(|target| {
                let variants = Variants::of_file(&self.inputs[target.input].name);
                let bounds = CapacityBounds::of_document(&self.project.members[target.member].document)?;
                let known = |bound: Field<i64>| bound.known().map(Known::value);
                let bounds = [known(bounds.min_capacity()), known(bounds.max_capacity())];
                Some((target.member, variants, bounds))
            });
            Rivals::among(&judged.collect::<Vec<_>>())
        });
        rivals.of(target.member).map(|rival| Some(self.document(rival?)))
    }

    /// What is visible of the project of an input, otherwise of its folder.
    fn seen(&self, input: usize) -> &Group<'p> {
        self.root(input).unwrap_or_else(|| self.here(input))
    }

    /// The service that a document scales, or the one with a similar name.
    fn scaled_service(&self, scaling: &ScalingEntry, resource: ScalableResource) -> Linked {
        let is_same_variant = |service: &&ServiceEntry| self.is_same_variant(scaling.input, service.input);
        let meant = self.the_one(scaling.input, |group| {
            let services = group.services_scaled_by(resource).filter(is_same_variant);
            services.map(|service| (names(scaling, service), service.member))
        });
        match meant {
            Some(Meant::One(member)) => return self.linked(member),
            Some(Meant::Several) => return Linked::Unknown,
            None => {}
        }
        let Some(root) = self.root(scaling.input).filter(|root| root.knows_all_services()) else {
            return Linked::Unknown;
        };
        let all = root.services.iter().filter(|_| root.compares_names());
        let near = all.filter(|service| is_near_miss(scaling, service).is_yes());
        let mut near = near.filter(is_same_variant);
        match (near.next(), near.next()) {
            (Some(one), None) => Linked::Dangling(Some(self.document(one.member))),
            _ => Linked::Unknown,
        }
    }

    /// The scalable target that a policy or an action belongs to, if one was linted.
    fn target_meant(&self, scaling: &ScalingEntry, resource: ScalableResource) -> Option<Meant> {
        self.the_one(scaling.input, |group| {
            let targets = group.targets_of(resource.service, Some(resource.cluster));
            let targets = targets.filter(|target| self.is_same_variant(scaling.input, target.input));
            let is_certain = |target: &ScalingEntry| target.scales == scaling.scales;
            targets.map(move |target| {
                (if is_certain(target) { Answer::Yes } else { Answer::Unknown }, target.member)
            })
        })
    }

    /// The scalable target that a policy or an action belongs to, or the one with a similar name.
    fn target_named(&self, scaling: &ScalingEntry, resource: ScalableResource) -> Linked {
        match self.target_meant(scaling, resource) {
            Some(Meant::One(member)) => return self.linked(member),
            Some(Meant::Several) => return Linked::Unknown,
            None => {}
        }
        let Some(root) = self.root(scaling.input) else { return Linked::Unknown };
        let is_named = root.scaled(resource).is_some_and(|scaled| !scaled.targets.is_empty());
        if root.targets.is_empty() || is_named || root.may_scale_any() {
            return Linked::Unknown;
        }
        let all = root.targets.iter().filter(|_| root.compares_names());
        let mut near = all.filter(|target| are_near(target, scaling));
        Linked::Dangling(near.next().map(|target| self.document(target.member)))
    }

    /// Whether a policy or an action belongs to a scalable target.
    fn moved(&self, target: &ScalingEntry, resource: ScalableResource) -> Answer {
        let Some(root) = self.root(target.input) else { return Answer::Unknown };
        let is_moved = root.scaled(resource).is_some_and(|scaled| !scaled.movers.is_empty());
        if self.here(target.input).has_block || is_moved {
            return Answer::Yes;
        }
        Answer::no_if(!root.may_scale_any() && !has_near_policy(root, target))
    }
}

/// Whether there is a policy or an action that belongs to no target and is for nearly the same resource as a
/// scalable target.
fn has_near_policy(root: &Group, target: &ScalingEntry) -> bool {
    root.compares_names() && root.without_target().iter().any(|policy| are_near(policy, target))
}

/// Whether two documents are for nearly the same service.
fn are_near(one: &ScalingEntry, other: &ScalingEntry) -> bool {
    let resources = one.resource().zip(other.resource()).filter(|_| one.shape.may_be_near(other.shape));
    resources.is_some_and(|(one, other)| is_nearly(one, other.cluster, other.service))
}

/// Whether a resource is nearly a service: the name is misspelled, or the cluster is a different one, but not
/// that of another environment.
fn is_nearly(resource: ScalableResource, cluster: &str, service: &str) -> bool {
    match (resource.cluster == cluster, resource.service == service) {
        (true, false) => is_near(resource.service, service) && !differ(resource.service, service),
        (false, true) => !differ(resource.cluster, cluster),
        _ => false,
    }
}

/// Whether a document scales this service.
pub(super) fn names(scaling: &ScalingEntry, service: &ServiceEntry) -> Answer {
    let Scales::Service(resource) = scaling.scales else { return Answer::Unknown };
    match (service.name, service.cluster) {
        (Some(name), _) if name != resource.service => Answer::No,
        (_, Some(cluster)) if cluster != resource.cluster => Answer::No,
        (Some(_), Some(_)) => Answer::Yes,
        _ => Answer::Unknown,
    }
}

/// Whether a document does not scale this service, but nearly does.
pub(super) fn is_near_miss(scaling: &ScalingEntry, service: &ServiceEntry) -> Answer {
    let Some(resource) = scaling.resource() else { return Answer::Unknown };
    let Some(name) = service.name else { return Answer::Unknown };
    if !scaling.shape.may_be_near(service.shape) {
        return Answer::No;
    }
    match service.cluster {
        Some(cluster) => Answer::from(is_nearly(resource, cluster, name)),
        None => Answer::no_if(resource.service != name && !is_near(resource.service, name)),
    }
}
