//! Which resources of a plan refer to which others. Their values do not tell before they exist; the configuration,
//! which a plan also holds, does: through the variables and the outputs of its modules.

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::source::Cut;
use crate::tree::Node;

/// A reference is followed through at most so many variables and outputs.
const DEEPEST: usize = 8;

/// Types of resources that an attribute may refer to.
type Types = &'static [&'static str];

const TASK_DEFINITION: (&str, &str, Types) =
    ("task_definition", "taskDefinition", &["aws_ecs_task_definition"]);
const SERVICE: (&str, &str, Types) = ("service", "service", &["aws_ecs_service"]);
const SCALED: (&str, &str, Types) = ("resource_id", "ResourceId", &["aws_ecs_service"]);
const MOVED: (&str, &str, Types) =
    ("resource_id", "ResourceId", &["aws_ecs_service", "aws_appautoscaling_target"]);

/// The attributes of a type of resource that refer to others, and their names in the API.
pub(super) fn attributes_of(of_type: &str) -> &'static [(&'static str, &'static str, Types)] {
    match of_type {
        "aws_ecs_service" => &[TASK_DEFINITION],
        "aws_ecs_task_set" => &[TASK_DEFINITION, SERVICE],
        "aws_appautoscaling_target" => &[SCALED],
        "aws_appautoscaling_policy" | "aws_appautoscaling_scheduled_action" => &[MOVED],
        _ => &[],
    }
}

/// A module of a plan.
struct Module<'d> {
    /// `module.web["blue"]`; empty for the root.
    address: &'d str,
    /// `["blue"]`; empty if there is only one.
    key: &'d str,
    /// The module that calls it.
    parent: usize,
    /// The call.
    call: Option<Node<'d>>,
    /// What is planned in it.
    values: Node<'d>,
    config: Option<Node<'d>>,
    /// The configuration of its resources, by their addresses in it.
    resources: HashMap<&'d str, Node<'d>>,
}

impl<'d> Module<'d> {
    /// The whole address of something in it.
    fn whole(&self, address: &str) -> String {
        if self.address.is_empty() { address.to_owned() } else { format!("{}.{address}", self.address) }
    }
}

/// The modules of a plan, the root first.
pub(super) struct Modules<'d> {
    all: Vec<Module<'d>>,
    by_address: HashMap<&'d str, usize>,
    /// The addresses of all resources.
    resources: HashSet<&'d str>,
}

impl<'d> Modules<'d> {
    /// The modules of what is planned, with their configuration.
    pub(super) fn of(root: Option<Node<'d>>, config: Option<Node<'d>>) -> Modules<'d> {
        let mut modules = Modules { all: Vec::new(), by_address: HashMap::new(), resources: HashSet::new() };
        let Some(root) = root else { return modules };
        modules.add(root, 0, "", None, config);
        let mut next = 0;
        while let Some(module) = modules.all.get(next) {
            let (values, config, outer) = (module.values, module.config, module.address);
            for child in values.get("child_modules").into_iter().flat_map(Node::items) {
                let address = child.get("address").and_then(Node::as_text).unwrap_or_default();
                let (name, key) = step(address, outer).unwrap_or_default();
                let calls = config.and_then(|config| config.get("module_calls"));
                let call = calls.and_then(|calls| calls.get(name));
                let config = call.and_then(|call| call.get("module"));
                modules.add(child, next, key, call, config);
            }
            next += 1;
        }
        modules
    }

    fn add(
        &mut self,
        values: Node<'d>,
        parent: usize,
        key: &'d str,
        call: Option<Node<'d>>,
        config: Option<Node<'d>>,
    ) {
        let address = values.get("address").and_then(Node::as_text).unwrap_or_default();
        let text = |node: Node<'d>| node.get("address").and_then(Node::as_text);
        let listed = config.and_then(|config| config.get("resources"));
        let listed = listed.into_iter().flat_map(Node::items);
        let resources = listed.filter_map(|resource| Some((text(resource)?, resource))).collect();
        let planned = values.get("resources").into_iter().flat_map(Node::items);
        self.resources.extend(planned.filter_map(text));
        self.by_address.insert(address, self.all.len());
        self.all.push(Module { address, key, parent, call, values, config, resources });
    }

    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    /// The resources of a module.
    pub(super) fn resources(&self, module: usize) -> impl Iterator<Item = Node<'d>> + use<'d> {
        self.all[module].values.get("resources").into_iter().flat_map(Node::items)
    }

    /// The expressions of a resource.
    pub(super) fn config_of(&self, module: usize, resource: Node) -> Option<Node<'d>> {
        let part = |key| resource.get(key).and_then(Node::as_text);
        let address = format!("{}.{}", part("type")?, part("name")?);
        self.all[module].resources.get(address.as_str())?.get("expressions")
    }

    /// The only resource of some types that references in a module lead to; `None` if there may be others.
    pub(super) fn only_target(
        &self,
        module: usize,
        address: &str,
        references: Node<'d>,
        types: Types,
    ) -> Option<String> {
        // The brackets behind the name of the resource, not those of its modules.
        let own = address.strip_prefix(self.all[module].address).unwrap_or(address);
        let key = own.find('[').map_or("", |at| own.cut(at..));
        let mut search = Search { modules: self, types, found: BTreeSet::new(), is_lost: false, left: 64 };
        search.follow(module, key, references, DEEPEST);
        let mut found = search.found.into_iter();
        found.next().filter(|_| found.next().is_none() && !search.is_lost)
    }
}

/// The name and the key of a module in its caller: `web` and `["blue"]` of `module.web["blue"]`.
fn step<'d>(address: &'d str, outer: &str) -> Option<(&'d str, &'d str)> {
    let own = address.strip_prefix(outer)?;
    let own = own.strip_prefix('.').unwrap_or(own).strip_prefix("module.")?;
    Some(own.find('[').map_or((own, ""), |at| (own.cut(..at), own.cut(at..))))
}

/// A search for what references lead to.
struct Search<'m, 'd> {
    modules: &'m Modules<'d>,
    types: Types,
    found: BTreeSet<String>,
    /// Whether one leads to a resource that cannot be told from others.
    is_lost: bool,
    /// How many lists may still be followed.
    left: usize,
}

impl<'d> Search<'_, 'd> {
    /// Follows references in a module. `key` is that of the resource or of the module that has them.
    fn follow(&mut self, module: usize, key: &str, references: Node<'d>, depth: usize) {
        let Some(depth) = depth.checked_sub(1).filter(|_| self.left > 0) else {
            self.is_lost = true;
            return;
        };
        self.left -= 1;
        for reference in references.items().filter_map(Node::as_text) {
            let (first, rest) = reference.split_once('.').unwrap_or((reference, ""));
            match first {
                "var" => self.variable(module, rest, depth),
                "module" => self.output(module, key, rest, depth),
                _ if self.types.contains(&first) => self.resource(module, key, reference),
                _ => {}
            }
        }
    }

    /// `aws_ecs_service.web[0].name`
    fn resource(&mut self, module: usize, key: &str, reference: &str) {
        let (name, index) = named(reference, 2);
        let whole = self.modules.all[module].whole(name);
        let candidates = match index.is_empty() {
            true => vec![whole.clone(), format!("{whole}{key}")],
            false => vec![format!("{whole}{index}")],
        };
        let is_there = |address: &String| self.modules.resources.contains(address.as_str());
        match candidates.into_iter().find(is_there) {
            Some(address) => drop(self.found.insert(address)),
            None => self.is_lost = true,
        }
    }

    /// A variable is what the caller sets it to.
    fn variable(&mut self, module: usize, name: &str, depth: usize) {
        let own = &self.modules.all[module];
        let (name, _) = named(name, 1);
        let set = own.call.and_then(|call| call.get("expressions")?.get(name)?.get("references"));
        if let Some(references) = set {
            self.follow(own.parent, own.key, references, depth);
        }
    }

    /// `web[0].arn`: what the output of a module is.
    fn output(&mut self, module: usize, key: &str, rest: &str, depth: usize) {
        let (name, index) = named(rest, 1);
        let Some(output) = rest.cut(name.len() + index.len()..).strip_prefix('.') else { return };
        let (output, _) = named(output, 1);
        let whole = self.modules.all[module].whole(&format!("module.{name}"));
        let candidates = match index.is_empty() {
            true => vec![whole.clone(), format!("{whole}{key}")],
            false => vec![format!("{whole}{index}")],
        };
        let child = candidates.iter().find_map(|address| self.modules.by_address.get(address.as_str()));
        let Some(child) = child.copied() else {
            // Nothing is planned in it, or it is one of several.
            self.is_lost |= self.modules.by_address.keys().any(|address| address.starts_with(&whole));
            return;
        };
        let config = self.modules.all[child].config;
        let outputs = config.and_then(|config| config.get("outputs"));
        let set = outputs.and_then(|outputs| outputs.get(output)?.get("expression")?.get("references"));
        if let Some(references) = set {
            self.follow(child, "", references, depth);
        }
    }
}

/// The first parts of a reference, and the index behind them.
fn named(reference: &str, parts: usize) -> (&str, &str) {
    let dot = reference.match_indices('.').nth(parts - 1).map(|(at, _)| at);
    let end = dot.into_iter().chain(reference.find('[')).min().unwrap_or(reference.len());
    let (name, rest) = (reference.cut(..end), reference.cut(end..));
    let index = rest.find(']').filter(|_| rest.starts_with('[')).map_or("", |at| rest.cut(..=at));
    (name, index)
}
