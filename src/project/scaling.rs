//! What other documents say about a scalable target, a scaling policy or a scheduled action.

use super::group::{Group, Scales, ScalingEntry, ServiceEntry};
use super::index::{Index, Meant};
use super::variant::differ;
use crate::document::Document;
use crate::model::{Answer, Linked, Links, Movers, ScalableResource};
use crate::spelling::nearest;

impl Index<'_> {
    pub(super) fn links_of_scaling(&self, scaling: &ScalingEntry) -> Links {
        let Scales::Service(resource) = scaling.scales else {
            if scaling.is_target() {
                let here = self.seen(scaling.input);
                let may_be_more = here.has_holes || here.scaling.iter().any(|other| !other.is_target());
                return Links { movers: Movers { may_be_more, ..Movers::NONE }, ..Links::NONE };
            }
            // A configuration block belongs to the only service beside it.
            let here = self.here(scaling.input);
            let service = match here.services.as_slice() {
                [one] if scaling.scales == Scales::WhatLiesBeside && !here.has_holes => Some(one.member),
                _ => None,
            };
            return Links {
                service: service.map_or(Linked::Unknown, |member| self.linked(member)),
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
    fn seen(&self, input: usize) -> &Group<'_> {
        self.root(input).unwrap_or_else(|| self.here(input))
    }

    /// The service that a document scales; or that it would scale, but for a letter or two.
    fn scaled_service(&self, scaling: &ScalingEntry, resource: ScalableResource) -> Linked {
        let is_same_variant = |service: &&ServiceEntry| self.is_same_variant(scaling.input, service.input);
        let meant = self.the_one(scaling.input, |group| {
            let services = group.services_named(resource.service).iter().chain(group.services_unknown());
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
        let ids: Vec<String> = targets.iter().map(|target| target.id()).collect();
        let near = nearest(&scaling.id(), ids.iter().map(String::as_str));
        let near = near.and_then(|near| ids.iter().position(|one| one == near));
        Linked::Dangling(near.map(|at| self.document(targets[at].member)))
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
    let is_alone = |policy: &ScalingEntry| {
        !root.scaling.iter().any(|other| other.is_target() && other.scales == policy.scales)
    };
    let policies = root.scaling.iter().filter(|other| !other.is_target());
    let id = target.id();
    let mut near = policies.filter(|policy| nearest(&policy.id(), [id.as_str()]).is_some());
    near.any(is_alone)
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

/// Whether a document scales something that is not a certain service, and nearly is: the name is
/// misspelled, or the cluster is another one, though not that of another environment.
pub(super) fn is_near_miss(scaling: &ScalingEntry, service: &ServiceEntry) -> Answer {
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
