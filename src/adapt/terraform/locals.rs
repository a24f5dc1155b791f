//! The values that a module gives names to: local values, templates, and the defaults of variables.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::body::written_name;
use super::{OF_SCALED, names_service};
use crate::adapt::assumptions::DefaultValue;
use crate::tree::{Kind, Node, Tree};

/// The type of a scalable target.
pub(super) const TARGET: &str = "aws_appautoscaling_target";

/// The type of a cluster.
const CLUSTER: &str = "aws_ecs_cluster";

/// The types of a target group.
const TARGET_GROUPS: [&str; 2] = ["aws_lb_target_group", "aws_alb_target_group"];

/// Whether Terraform merges what is in a file of a module over the other files, by its name.
pub(super) fn is_override(name: &str) -> bool {
    let file = name.rsplit('/').next().unwrap_or(name);
    let file = file.strip_suffix(".json").unwrap_or(file);
    let name = file.strip_suffix(".tf").or_else(|| file.strip_suffix(".tofu")).unwrap_or(file);
    name == "override" || name.ends_with("_override")
}

/// The local values of a module, its templates by `data.template_file.name`, the names of its clusters by
/// `aws_ecs_cluster.name`, its target groups by `aws_lb_target_group.name`, its variables, and the names of the
/// scalable targets that are services.
#[derive(Debug, Default)]
pub(crate) struct Locals {
    targets: HashSet<String>,
    /// The addresses of its clusters, and whether each has a default namespace for Service Connect.
    clusters: HashMap<String, bool>,
    /// What override files set in resources, by their addresses.
    overridden: HashMap<String, HashSet<String>>,
    /// `None` for a name that is given twice.
    values: HashMap<String, Option<Value>>,
    /// `None` for a variable that has no default, or gets its value from a file beside the module.
    variables: HashMap<String, Option<Variable>>,
}

#[derive(Debug)]
struct Value {
    tree: Arc<Tree>,
    index: u32,
}

#[derive(Debug)]
struct Variable {
    default: Value,
    is_sensitive: bool,
}

impl Locals {
    /// Adds the values of one file of the module.
    pub(crate) fn add(&mut self, tree: &Arc<Tree>) {
        let blocks = |keyword: &'static str| {
            tree.roots().flat_map(Node::members).filter(move |(key, _)| key.text() == keyword)
        };
        for (key, value) in blocks("locals").flat_map(|(_, block)| block.members()) {
            self.add_value(tree, key.text().to_owned(), value);
        }
        for named in blocks("data").filter_map(|(_, labelled)| labelled.get("template_file")) {
            for (name, body) in named.members() {
                if let Some(template) = body.get("template") {
                    self.add_value(tree, format!("data.template_file.{}", name.text()), template);
                }
            }
        }
        if is_override(&tree.source.name) {
            for (of_type, named) in blocks("resource").flat_map(|(_, labelled)| labelled.members()) {
                for (name, body) in named.members() {
                    let address = format!("{}.{}", of_type.text(), name.text());
                    let members = body.members().map(|(key, value)| written_name(key, value).to_owned());
                    self.overridden.entry(address).or_default().extend(members);
                }
            }
        }
        for named in blocks("resource").filter_map(|(_, labelled)| labelled.get(CLUSTER)) {
            for (name, body) in named.members() {
                let address = format!("{CLUSTER}.{}", name.text());
                let has_defaults =
                    body.members().any(|(key, value)| written_name(key, value) == "service_connect_defaults");
                *self.clusters.entry(address.clone()).or_default() |= has_defaults;
                if let Some(value) = body.get("name") {
                    self.add_value(tree, address, value);
                }
            }
        }
        for named in blocks("resource").filter_map(|(_, labelled)| labelled.get(TARGET)) {
            let services = named.members().filter(|(_, body)| names_service(*body));
            self.targets.extend(services.map(|(name, _)| name.text().to_owned()));
        }
        for (name, body) in blocks("variable").flat_map(|(_, labelled)| labelled.members()) {
            let is_sensitive = body.get("sensitive").is_some_and(|flag| flag.as_bool() != Some(false));
            let default = body.get("default").map(|default| Variable {
                default: Value { tree: Arc::clone(tree), index: default.index() },
                is_sensitive,
            });
            self.variables.entry(name.text().to_owned()).and_modify(|known| *known = None).or_insert(default);
        }
    }

    /// Adds the target groups of a file without syntax errors. What an override file changes is declared twice, and so
    /// not known.
    pub(crate) fn add_target_groups(&mut self, tree: &Arc<Tree>) {
        let resources = tree.roots().flat_map(Node::members).filter(|(key, _)| key.text() == "resource");
        let resources = resources.flat_map(|(_, labelled)| labelled.members());
        for (of_type, named) in resources.filter(|(key, _)| TARGET_GROUPS.contains(&key.text())) {
            for (name, body) in named.members() {
                self.add_value(tree, format!("{}.{}", of_type.text(), name.text()), body);
            }
        }
    }

    /// The body of a target group, by its address.
    pub(super) fn target_group(&self, address: &str) -> Option<Node<'_>> {
        let (of_type, _) = address.split_once('.')?;
        self.get(address).filter(|_| TARGET_GROUPS.contains(&of_type))
    }

    /// The attributes and blocks of a resource that override files set.
    pub(super) fn overridden(&self, address: &str) -> Option<&HashSet<String>> {
        self.overridden.get(address)
    }

    /// Whether a scaling policy or a scheduled action refers to a scalable target that is a service.
    pub(super) fn scales_service(&self, body: Node) -> bool {
        let targets = OF_SCALED.iter().filter_map(|key| {
            let (_, reference) = body.get(key)?.text().split_once(TARGET)?;
            reference.strip_prefix('.')?.split(['.', '[']).next()
        });
        targets.into_iter().any(|name| self.targets.contains(name))
    }

    /// Adds a file beside the module that sets variables: they do not have their defaults.
    pub(crate) fn add_settings(&mut self, tree: &Tree) {
        for (name, _) in tree.roots().flat_map(Node::members) {
            self.variables.insert(name.text().to_owned(), None);
        }
    }

    fn add_value(&mut self, tree: &Arc<Tree>, name: String, value: Node) {
        self.values
            .entry(name)
            .and_modify(|known| *known = None)
            .or_insert_with(|| Some(Value { tree: Arc::clone(tree), index: value.index() }));
    }

    /// The name of the cluster that an expression refers to by one of its attributes.
    pub(super) fn cluster(&self, expression: &str, attributes: &[&str]) -> Option<Node<'_>> {
        let (address, attribute) = expression.rsplit_once('.')?;
        let is_asked = address.starts_with(CLUSTER) && attributes.contains(&attribute);
        self.get(address.split('[').next().filter(|_| is_asked)?)
    }

    /// Whether the cluster that an expression refers to has a default namespace for Service Connect; `None` if it is not
    /// one of the module.
    pub(super) fn has_default_namespace(&self, expression: &str) -> Option<bool> {
        let mut parts = expression.split(['.', '[']);
        let (of_type, name) = (parts.next()?, parts.next()?);
        self.clusters.get(&format!("{of_type}.{name}")).copied()
    }

    pub(super) fn get(&self, name: &str) -> Option<Node<'_>> {
        let value = self.values.get(name)?.as_ref()?;
        Some(value.tree.node(value.index))
    }

    /// The default of a variable, and how to show it.
    pub(super) fn default_of(&self, name: &str) -> Option<(Node<'_>, DefaultValue)> {
        let Variable { default, is_sensitive } = self.variables.get(name)?.as_ref()?;
        let node = default.tree.node(default.index);
        let shown =
            DefaultValue { tree: Arc::clone(&default.tree), at: node.place(), is_secret: *is_sensitive };
        (node.kind() != Kind::Unknown && !is_description(node)).then_some((node, shown))
    }
}

/// Whether a default says in words what the value should be: `Name of the cluster to deploy to`.
fn is_description(default: Node) -> bool {
    default.as_text().is_some_and(|text| {
        let is_word = |word: &str| word.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | ',' | '\''));
        text.starts_with(|c: char| c.is_uppercase())
            && text.split(' ').count() > 3
            && text.split(' ').all(is_word)
    })
}
