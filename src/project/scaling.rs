//! What other documents say about a scalable target, a scaling policy or a scheduled action.

use super::group::{Group, Scales, ScalingEntry, ServiceEntry};
use super::index::{Index, Meant};
use super::variant::differ;
use crate::document::Document;
use crate::model::{Answer, Linked, Links, Movers, ScalableResource};
use crate::spelling::is_near;

impl<'p> Index<'p> {
    pub(super) fn links_of_scaling(&self, scaling: &ScalingEntry) -> Links {
        let Scales::Service(resource) = scaling.scales else {
            if scaling.is_target() {
                let here = self.seen(scaling.input);
                let may_be_more = here.has_holes || here.scaling.iter().any(|other| !other.is_target());
                return Links { movers: Movers { may_be_more, ..Movers::NONE }, ..Links::NONE };
            }
            // A configuration block belongs to the only service beside it.
            let here = self.here(scaling.input);
            let only = here.only_service().filter(|_| scaling.scales == Scales::WhatLiesBeside);
            return Links {
                service: only.map_or(Linked::Unknown, |service| self.linked(service.member)),
                ..Links::NONE
            };
        };
        let service = self.service_named(scaling, resource);
        if scaling.is_target() {
            Links {
                service,
                scaling: self.moved(scaling, resource),
                earlier_target: self.earlier_target(scaling, resource),
                movers: self.movers_of(scaling.member),
                ..Links::NONE
            }
        } else {
            let movers = match self.target_meant(scaling, resource) {
                Some(Meant::One(target)) => self.movers_of(target),
                _ => Movers::NONE,
            };
            Links { service, scalable_target: self.target_named(scaling, resource), movers, ..Links::NONE }
        }
    }

    /// The service that a document scales; or, if it is for this document to say, the one that it
    /// nearly names.
    fn service_named(&self, scaling: &ScalingEntry, resource: ScalableResource) -> Linked {
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
        if matches!(service, Linked::Dangling(_)) && !speaks() { Linked::Unknown } else { service }
    }

    /// Whether a document scales no service of the project and is the one to say so. What AWS has
    /// described is right.
    pub(super) fn says_of_itself_that_it_dangles(&self, scaling: &ScalingEntry) -> bool {
        let service = scaling.resource().map(|resource| self.service_named(scaling, resource));
        !scaling.kind.is_described() && matches!(service, Some(Linked::Dangling(_)))
    }

    /// The policies and the actions that move a scalable target, which is given by its position
    /// among the members.
    pub(super) fn movers_of(&self, target: usize) -> Movers {
        let target = self.scaling_entry(target);
        let Scales::Service(resource) = target.scales else { return Movers::NONE };
        let seen = self.seen(target.input);
        let same = || seen.scaling_of(resource.service).iter().filter(|one| one.scales == target.scales);
        let is_only_target = same().filter(|one| one.is_target()).nth(1).is_none();
        // Of several targets, each is moved by what lies beside it.
        let folder = |input: usize| self.inputs[input].folder.as_str();
        let may_be_own = |one: &ScalingEntry| is_only_target || folder(one.input) == folder(target.input);
        let (own, others): (Vec<&ScalingEntry>, Vec<&ScalingEntry>) =
            same().filter(|other| !other.is_target()).partition(|other| {
                may_be_own(other) && self.target_meant(other, resource) == Some(Meant::One(target.member))
            });
        let may_be_more = seen.may_scale_any() || !others.is_empty() || has_near_policy(seen, target);
        let has_block = seen.scaling.iter().any(|other| other.scales == Scales::WhatLiesBeside);
        Movers {
            documents: own.into_iter().map(|one| self.document(one.member)).collect(),
            may_be_more,
            has_all_policies: self.root(target.input).is_some() && !may_be_more && !has_block,
        }
    }

    /// The first scalable target of a folder that is for the same as another, if that is a later
    /// one and not for another environment.
    fn earlier_target(&self, target: &ScalingEntry, resource: ScalableResource) -> Option<Document> {
        let others = self.here(target.input).scaling_of(resource.service).iter();
        let mut others = others.filter(|other| {
            other.is_target()
                && other.scales == target.scales
                && self.is_same_variant(other.input, target.input)
        });
        let first = others.next().filter(|first| first.member < target.member);
        first.map(|first| self.document(first.member))
    }

    /// What is seen of the project of an input, or else of its folder.
    fn seen(&self, input: usize) -> &Group<'p> {
        self.root(input).unwrap_or_else(|| self.here(input))
    }

    /// The service that a document scales; or that it would scale, but for a letter or two.
    fn scaled_service(&self, scaling: &ScalingEntry, resource: ScalableResource) -> Linked {
        let is_same_variant = |service: &&ServiceEntry| self.is_same_variant(scaling.input, service.input);
        let meant = self.the_one(scaling.input, |group| {
            let services = group.services_named(resource.service).chain(group.services_unknown());
            let services = services.filter(is_same_variant);
            services.map(|service| (names(scaling, service), service.member)).collect()
        });
        match meant {
            Some(Meant::One(member)) => return self.linked(member),
            Some(Meant::Several) => return Linked::Unknown,
            None => {}
        }
        let Some(root) = self.root(scaling.input).filter(|root| root.knows_all_services()) else {
            return Linked::Unknown;
        };
        let near = root.services.iter().filter(|service| is_near_miss(scaling, service).is_yes());
        let mut near = near.filter(is_same_variant);
        match (near.next(), near.next()) {
            (Some(one), None) => Linked::Dangling(Some(self.document(one.member))),
            _ => Linked::Unknown,
        }
    }

    /// The scalable target that a policy or an action belongs to, of those that were seen.
    fn target_meant(&self, scaling: &ScalingEntry, resource: ScalableResource) -> Option<Meant> {
        self.the_one(scaling.input, |group| {
            let targets = group.scaling_of(resource.service).iter().chain(group.scaling_unknown());
            let answer = |target: &ScalingEntry| match target.scales {
                Scales::Unknown => Answer::Unknown,
                scales => Answer::from(scales == scaling.scales),
            };
            let targets = targets.filter(|target| target.is_target() && !answer(target).is_no());
            let targets = targets.filter(|target| self.is_same_variant(scaling.input, target.input));
            // Two are as good as many.
            targets.take(2).map(|target| (answer(target), target.member)).collect()
        })
    }

    /// The scalable target that a policy or an action belongs to; or the one that it nearly names.
    fn target_named(&self, scaling: &ScalingEntry, resource: ScalableResource) -> Linked {
        match self.target_meant(scaling, resource) {
            Some(Meant::One(member)) => return self.linked(member),
            Some(Meant::Several) => return Linked::Unknown,
            None => {}
        }
        let Some(root) = self.root(scaling.input) else { return Linked::Unknown };
        let targets: Vec<&ScalingEntry> = root.scaling.iter().filter(|other| other.is_target()).collect();
        let is_named = targets.iter().any(|target| target.scales == scaling.scales);
        if targets.is_empty() || is_named || root.may_scale_any() {
            return Linked::Unknown;
        }
        let mut near = targets.into_iter().filter(|target| are_near(target, scaling));
        Linked::Dangling(near.next().map(|target| self.document(target.member)))
    }

    /// Whether a policy or an action belongs to a scalable target.
    fn moved(&self, target: &ScalingEntry, resource: ScalableResource) -> Answer {
        let Some(root) = self.root(target.input) else { return Answer::Unknown };
        let here = self.here(target.input);
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
    root.without_target().iter().any(|policy| are_near(policy, target))
}

/// Whether two documents are for nearly the same service.
fn are_near(one: &ScalingEntry, other: &ScalingEntry) -> bool {
    let resources = one.resource().zip(other.resource());
    resources.is_some_and(|(one, other)| is_nearly(one, other.cluster, other.service))
}

/// Whether a resource is nearly a service: the name is misspelled, or the cluster is another one,
/// though not that of another environment.
fn is_nearly(resource: ScalableResource, cluster: &str, service: &str) -> bool {
    match (resource.cluster == cluster, resource.service == service) {
        (true, false) => is_near(resource.service, service) && !differ(resource.service, service),
        (false, true) => !differ(resource.cluster, cluster),
        _ => false,
    }
}

/// Whether what a document scales is a certain service.
pub(super) fn names(scaling: &ScalingEntry, service: &ServiceEntry) -> Answer {
    let Scales::Service(resource) = scaling.scales else { return Answer::Unknown };
    match (service.name, service.cluster) {
        (Some(name), _) if name != resource.service => Answer::No,
        (_, Some(cluster)) if cluster != resource.cluster => Answer::No,
        (Some(_), Some(_)) => Answer::Yes,
        _ => Answer::Unknown,
    }
}

/// Whether a document scales something that is not a certain service, and nearly is.
pub(super) fn is_near_miss(scaling: &ScalingEntry, service: &ServiceEntry) -> Answer {
    let Some(resource) = scaling.resource() else { return Answer::Unknown };
    let Some(name) = service.name else { return Answer::Unknown };
    match service.cluster {
        Some(cluster) => Answer::from(is_nearly(resource, cluster, name)),
        None => Answer::no_if(resource.service != name && !is_near(resource.service, name)),
    }
}
