//! Links by address: a resource of a template refers to another by the name that the template gives it, which is
//! certain even if neither has a known name of its own.

use std::collections::{HashMap, HashSet};

use super::group::{Scaled, Scales, ScalingEntry, ServiceEntry};
use super::{Member, Project, TaskEntry};
use crate::document::{Document, DocumentKind, Door};
use crate::inputs::Input;
use crate::model::{ScalableResource, scaled_resource};
use crate::tree::{Kind, Node};

/// The documents of templates by their addresses.
#[derive(Debug, Default)]
pub(super) struct Addresses<'p> {
    /// For each input, the first one of its folder: the files of a Terraform module have the same names.
    modules: Vec<usize>,
    /// By the scope of their names, and by their names there.
    tasks: HashMap<(usize, &'p str), &'p TaskEntry>,
    members: HashMap<(usize, &'p str), usize>,
    /// What scales a service, or moves a target that scales something unknown; by their positions among the
    /// members.
    scaled: HashMap<usize, Scaled<'p>>,
    /// What documents scale that name it: the clusters and the services.
    named: HashSet<(&'p str, &'p str)>,
    /// The same, by the scope of the documents, and by the services alone.
    named_in_scope: HashSet<(usize, &'p str)>,
    /// The scopes in which a document names what it scales.
    scopes_with_names: HashSet<usize>,
}

impl<'p> Addresses<'p> {
    /// Sorts the documents of a run that have an address.
    pub(super) fn of(project: &'p Project, inputs: &[&Input]) -> Addresses<'p> {
        let mut folders: HashMap<&str, usize> = HashMap::new();
        let firsts = inputs.iter().enumerate();
        let modules = firsts.map(|(at, input)| *folders.entry(&input.folder).or_insert(at)).collect();
        let mut addresses = Addresses { modules, ..Addresses::default() };
        for task in &project.tasks {
            if let Some(address) = &task.document.address {
                let scope = addresses.scope(task.input, task.document.door());
                addresses.tasks.entry((scope, &address.id)).or_insert(task);
            }
        }
        for (at, member) in project.members.iter().enumerate() {
            // A scheduled action has the address of its target, which comes first.
            if let Some(address) = &member.document.address {
                let scope = addresses.scope(member.input, member.document.door());
                addresses.members.entry((scope, &address.id)).or_insert(at);
            }
            if let Some(resource) = named(&member.document) {
                let scope = addresses.scope(member.input, member.document.door());
                addresses.named.insert((resource.cluster, resource.service));
                addresses.named_in_scope.insert((scope, resource.service));
                addresses.scopes_with_names.insert(scope);
            }
        }
        addresses
    }

    /// Where a name means the same: a template, or the files of a module.
    fn scope(&self, input: usize, door: Door) -> usize {
        if door == Door::Terraform { self.modules[input] } else { input }
    }

    /// The task definition that a field of a document of an input refers to.
    pub(super) fn task(&self, input: usize, document: &Document, field: &str) -> Option<&'p TaskEntry> {
        let scope = self.scope(input, document.door());
        self.tasks.get(&(scope, address(document, field)?)).copied()
    }

    /// The member that a field of a document of an input refers to.
    pub(super) fn member(&self, input: usize, document: &Document, field: &str) -> Option<usize> {
        let scope = self.scope(input, document.door());
        self.members.get(&(scope, address(document, field)?)).copied()
    }

    /// What a document scales, if it names it or refers to it.
    pub(super) fn scales(&self, members: &'p [Member], at: usize) -> Scales<'p> {
        let Member { input, document } = &members[at];
        if let Some(resource) = named(document) {
            return Scales::Service(resource);
        }
        let Some(address) = &document.address else { return Scales::Unknown };
        let named = self.member(*input, document, "ResourceId");
        // An action without a known resource belongs to the target that contains it.
        let meant = named.or_else(|| {
            self.members.get(&(self.scope(*input, document.door()), address.id.as_str())).copied()
        });
        match meant.map(|meant| (meant, members[meant].document.kind)) {
            Some((service, DocumentKind::Service(_))) => Scales::Referred(service),
            Some((target, DocumentKind::ScalableTarget(_))) if target == at => Scales::WithTarget(at),
            Some((target, DocumentKind::ScalableTarget(_))) => self.scales(members, target),
            _ => Scales::Unknown,
        }
    }

    /// What a document scales that refers to a service. If another document names the same service, both are found by
    /// its name.
    pub(super) fn scales_referred(&self, document: &Document, service: &ServiceEntry<'p>) -> Scales<'p> {
        let referred = Scales::Referred(service.member);
        let scope = self.scope(service.input, document.door());
        let Some(name) = service.name else {
            // It may be the one that another document names.
            return if self.scopes_with_names.contains(&scope) { Scales::Unknown } else { referred };
        };
        match service.cluster {
            Some(cluster) if self.named.contains(&(cluster, name)) => {
                Scales::Service(ScalableResource { cluster, service: name })
            }
            None if self.named_in_scope.contains(&(scope, name)) => Scales::Unknown,
            _ => referred,
        }
    }

    /// Notes a document that scales something by address.
    pub(super) fn add_scaling(&mut self, scaling: ScalingEntry<'p>, is_conditional: bool) {
        let Some(key) = scaling.address() else { return };
        let scaled = self.scaled.entry(key).or_default();
        scaled.has_conditional |= is_conditional;
        match (scaling.is_target(), is_conditional) {
            (true, _) => scaled.targets.push(scaling),
            (false, false) => scaled.movers.push(scaling),
            (false, true) => {}
        }
    }

    /// What scales a service, or moves a target that scales something unknown.
    pub(super) fn scaled(&self, member: usize) -> Option<&Scaled<'p>> {
        self.scaled.get(&member)
    }
}

/// The service that a document scales and names.
fn named(document: &Document) -> Option<ScalableResource<'_>> {
    let is_scaling = document.kind.is_scaling() && document.reference("ResourceId").is_none();
    let resource = scaled_resource(document.root()).known().filter(|_| is_scaling)?;
    Some(resource.value())
}

/// The address of what a field of a document refers to.
fn address<'d>(document: &'d Document, field: &str) -> Option<&'d str> {
    document.reference(field).or_else(|| reference(document.root().get(field)?))
}

/// The name of what a value refers to: the whole of an expression, or the last part of the name of a resource.
fn reference(value: Node<'_>) -> Option<&str> {
    let text = value.text();
    let last = match value.kind() {
        Kind::Unknown => text,
        Kind::Text => text.rsplit('/').next()?,
        _ => return None,
    };
    let (name, rest) = last.strip_prefix("${")?.split_once('}')?;
    if value.tree().door == Door::Terraform {
        // `aws_ecs_service.web.name`, `aws_ecs_service.web[0].name`, and a family with its revision.
        let after_type = name.find('.')? + 1;
        let length =
            name.get(after_type..)?.find(['.', '[']).map_or(name.len(), |length| after_type + length);
        return name.get(..length).filter(|_| rest.is_empty() || rest.starts_with(':'));
    }
    let id = name.split('.').next().unwrap_or(name);
    let is_id = !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_alphanumeric());
    (is_id && rest.is_empty()).then_some(id)
}

/// Whether a document refers to what it runs or scales with an expression.
pub(super) fn is_expression(document: &Document, field: &str) -> bool {
    let value = document.root().get(field);
    let is_told = document.reference(field).is_some();
    document.address.is_some()
        && value.is_some_and(|value| is_told || value.kind() == Kind::Unknown || !value.is_plain())
}
