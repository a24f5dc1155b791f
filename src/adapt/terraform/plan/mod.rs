//! Plans and state as `terraform show -json` prints them, rearranged as a file of a module is read: each resource is a
//! block, and so is each block in it.
//!
//! A plan lists every attribute that a resource can have. Where it also holds the configuration, what nobody wrote is
//! left out: the provider has filled it in, and it would not be there in the module either.

mod references;

use std::collections::HashMap;
use std::sync::Arc;

use super::json::{MAPS, each, holds_blocks};
use super::{Stage, kind_of};
use crate::document::Door;
use crate::tree::{Kind, Node, Presence, Tree, TreeBuilder};
use references::{Modules, attributes_of};

/// A plan, rearranged.
pub(super) struct Rearranged {
    /// Its resources as blocks, each under its address.
    pub tree: Arc<Tree>,
    /// Whether it is a plan or state.
    pub stage: Stage,
    /// For the address of a resource, the fields that may refer to others, and the addresses of these; empty if they are
    /// not here.
    pub references: HashMap<String, Vec<(&'static str, String)>>,
    /// Whether it leaves resources out.
    pub is_partial: bool,
}

/// Rearranges the plan or the state that a node contains.
pub(super) fn rearrange(tree: &Arc<Tree>, root: u32) -> Rearranged {
    let plan = tree.node(root);
    let (values, stage) = match plan.get("planned_values") {
        Some(values) => (values, Stage::Plan),
        None => (plan.get("values").unwrap_or(plan), Stage::State),
    };
    let config = plan.get("configuration").and_then(|config| config.get("root_module"));
    let modules = Modules::of(values.get("root_module"), config);
    let changes = plan.get("resource_changes").into_iter().flat_map(Node::items);
    // What is deposed has the address of what replaces it.
    let unknown = changes.filter(|change| change.get("deposed").is_none()).filter_map(|change| {
        let unknown = change.get("change")?.get("after_unknown")?;
        Some((change.get("address")?.as_text()?, unknown))
    });
    let mut writer = Writer {
        builder: TreeBuilder::over(tree, Door::Terraform),
        unknown: unknown.collect(),
        references: HashMap::new(),
        is_cut: stage == Stage::Plan && config.is_none(),
    };
    writer.builder.open_like(plan);
    for module in 0..modules.len() {
        for resource in modules.resources(module) {
            writer.resource(&modules, module, resource);
        }
    }
    writer.builder.close_repeating(plan.span().end);
    let is_said = |key: &str, said: bool| plan.get(key).and_then(Node::as_bool) == Some(said);
    // No plan is printed so.
    let has_holes = plan.descendants().any(|node| node.kind() == Kind::Unknown);
    let is_deferred = plan.get("deferred_changes").is_some_and(|changes| changes.items().next().is_some());
    Rearranged {
        tree: Arc::new(writer.builder.finish().0),
        stage,
        references: writer.references,
        is_partial: is_said("complete", false) || is_said("errored", true) || is_deferred || has_holes,
    }
}

/// What was written for an attribute or a block.
#[derive(Clone)]
struct Config<'d> {
    /// The blocks in whose place this one may be.
    blocks: Vec<Node<'d>>,
    /// Whether it is exactly one of them: no dynamic block can have made it.
    is_certain: bool,
}

impl<'d> Config<'d> {
    /// Nothing is known.
    const NONE: Config<'d> = Config { blocks: Vec::new(), is_certain: false };

    fn lacks(&self, name: &str) -> bool {
        self.is_certain && self.blocks.iter().all(|block| block.get(name).is_none())
    }

    /// That of the blocks of a name, of which there are a number.
    fn below(&self, name: &str, count: usize) -> Config<'d> {
        let below = self.blocks.iter().filter_map(|block| block.get(name)).flat_map(Node::items);
        let blocks: Vec<Node<'d>> = below.collect();
        let is_certain = self.is_certain && self.blocks.len() == 1 && blocks.len() == count;
        Config { blocks, is_certain }
    }

    /// Whether an attribute was certainly set to something: it is nothing but an attribute of a resource.
    fn sets(&self, name: &str) -> bool {
        let [block] = self.blocks.as_slice() else { return false };
        let references = block.get(name).and_then(|value| value.get("references"));
        let mut texts = references.into_iter().flat_map(Node::items).map(Node::text);
        let Some(first) = texts.next().filter(|_| self.is_certain) else { return false };
        (first.starts_with("aws_") || first.starts_with("data.aws_"))
            && texts.all(|other| first.starts_with(other))
    }
}

struct Writer<'d> {
    builder: TreeBuilder,
    /// What will be known after the plan was applied, by the addresses of resources.
    unknown: HashMap<&'d str, Node<'d>>,
    references: HashMap<String, Vec<(&'static str, String)>>,
    /// Whether the plan is not as Terraform prints it: without the configuration, attributes may have been left out too.
    is_cut: bool,
}

impl<'d> Writer<'d> {
    fn resource(&mut self, modules: &Modules<'d>, module: usize, resource: Node<'d>) {
        let part = |key: &str| resource.get(key).filter(|value| value.as_text().is_some());
        let (Some(address), Some(of_type)) = (part("address"), part("type")) else { return };
        let is_data = part("mode").is_some_and(|mode| mode.text() == "data");
        let Some(values) = resource.get("values").filter(|values| values.kind() == Kind::Object) else {
            return;
        };
        if is_data || kind_of(of_type.text()).is_none() {
            return;
        }
        let config = modules.config_of(module, resource);
        let fields = attributes_of(of_type.text()).iter().filter_map(|(attribute, field, types)| {
            let expression = config.map(|config| config.get(attribute));
            let references = expression.flatten().and_then(|expression| expression.get("references"));
            let target = references
                .and_then(|references| modules.only_target(module, address.text(), references, types));
            // What somebody wrote by name is looked up by name.
            let is_literal = expression.is_some() && references.is_none();
            (!is_literal).then(|| (*field, target.unwrap_or_default()))
        });
        let fields: Vec<(&'static str, String)> = fields.collect();
        if !fields.is_empty() {
            self.references.insert(address.text().to_owned(), fields);
        }
        let config = match config.filter(|config| is_whole(*config, values)) {
            Some(config) => Config { blocks: vec![config], is_certain: true },
            None => Config::NONE,
        };
        let unknown = self.unknown.get(address.text()).copied();
        let key = values.key().unwrap_or(address);
        self.builder.key_named(address, "resource");
        self.builder.open_block(address, resource);
        self.builder.key_named(of_type, of_type.text());
        self.builder.open_block(address, resource);
        self.builder.key_named(address, address.text());
        self.block(key, values, unknown, &config);
        self.builder.close_rebuilt();
        self.builder.close_rebuilt();
    }

    /// Adds the body of a block.
    fn block(&mut self, keyword: Node, body: Node, unknown: Option<Node>, config: &Config) {
        self.builder.open_like(body);
        if self.is_cut {
            self.builder.mark_open_incomplete();
        }
        for (key, value) in body.members() {
            let unknown = unknown.and_then(|unknown| unknown.get(key.text()));
            if unknown.is_some_and(|marks| is_unknown(marks) || hides_blocks(key, value, marks)) {
                self.unknown(key, key.text(), config);
            } else if holds_blocks(value) && !MAPS.contains(&key.text()) {
                self.blocks(key, value, unknown, config);
            } else if !config.lacks(key.text()) && !is_unset(key, value, config) {
                self.builder.copy(key);
                self.value(key, value, unknown);
            }
        }
        for (key, unknown) in unknown.into_iter().flat_map(Node::members) {
            if is_unknown(unknown) && body.get(key.text()).is_none() {
                self.unknown(keyword, key.text(), config);
            }
        }
        self.builder.close_repeating(body.span().end);
    }

    fn blocks(&mut self, key: Node, value: Node, unknown: Option<Node>, config: &Config) {
        let count = each(value).count();
        let config = config.below(key.text(), count);
        for (at, body) in each(value).enumerate() {
            let unknown = unknown.and_then(|unknown| unknown.items().nth(at));
            self.builder.copy(key);
            self.block(key, body, unknown, &config);
        }
    }

    /// Adds an attribute, or blocks, that the plan does not know. What nobody wrote is left out, unless it may be in a
    /// dynamic block.
    fn unknown(&mut self, at: Node, name: &str, config: &Config) {
        let may_be_dynamic = MADE_BY_BLOCKS.contains(&name) && name != "deployment_configuration";
        if config.lacks(name) && !may_be_dynamic {
            return;
        }
        let presence = if config.sets(name) { Presence::Certain } else { Presence::Doubtful };
        self.builder.key_named(at, name);
        self.builder.expression(at, "", presence);
    }

    /// Adds the value of an attribute, behind its key.
    fn value(&mut self, key: Node, node: Node, unknown: Option<Node>) {
        match node.kind() {
            _ if unknown.is_some_and(is_unknown) => self.builder.expression(node, "", Presence::Certain),
            Kind::Object => {
                self.builder.open_like(node);
                for (key, value) in node.members() {
                    let unknown = unknown.and_then(|unknown| unknown.get(key.text()));
                    self.builder.copy(key);
                    self.value(key, value, unknown);
                }
                for (name, unknown) in unknown.into_iter().flat_map(Node::members) {
                    if is_unknown(unknown) && node.get(name.text()).is_none() {
                        self.builder.key_named(key, name.text());
                        self.builder.expression(key, "", Presence::Certain);
                    }
                }
                self.builder.close_rebuilt();
            }
            Kind::List => {
                self.builder.open_like(node);
                for (at, item) in node.items().enumerate() {
                    self.value(key, item, unknown.and_then(|unknown| unknown.items().nth(at)));
                }
                self.builder.close_rebuilt();
            }
            _ => self.builder.copy(node),
        }
    }
}

/// Whether the configuration of a resource says of every attribute whether it was written: one that has been cut down
/// lacks even those that Terraform requires.
fn is_whole(config: Node, values: Node) -> bool {
    const REQUIRED: &[&str] = &["container_definitions", "family", "name", "resource_id", "service"];
    let is_there = |value: Node| value.kind() != Kind::Null;
    let is_missing = |name: &&str| values.get(name).is_some_and(is_there) && config.get(name).is_none();
    !REQUIRED.iter().any(is_missing)
}

/// Blocks that the provider does not fill in: if nobody wrote one and there is one, a dynamic block makes it.
const MADE_BY_BLOCKS: &[&str] = &[
    "alarms",
    "capacity_provider_strategy",
    "deployment_circuit_breaker",
    "deployment_configuration",
    "deployment_controller",
    "ephemeral_storage",
    "load_balancer",
    "network_configuration",
    "ordered_placement_strategy",
    "placement_constraints",
    "proxy_configuration",
    "runtime_platform",
    "scalable_target_action",
    "service_connect_configuration",
    "service_registries",
    "volume",
    "volume_configuration",
    "vpc_lattice_configurations",
];

/// Numbers that are zero if nobody wrote them.
const ZERO_IF_UNSET: &[&str] = &[
    "cooldown",
    "idle_timeout_seconds",
    "ingress_port_override",
    "iops",
    "max_capacity_buffer",
    "min_adjustment_magnitude",
    "per_request_timeout_seconds",
    "scale_in_cooldown",
    "scale_out_cooldown",
    "scheduling_buffer_time",
    "size_in_gb",
    "throughput",
    "volume_initialization_rate",
];

/// Whether an attribute was probably not written.
fn is_unset(key: Node, value: Node, config: &Config) -> bool {
    let is_zero = || !config.is_certain && value.kind() == Kind::Number && value.text() == "0";
    value.kind() == Kind::Null || is_zero() && ZERO_IF_UNSET.contains(&key.text())
}

/// Whether a mark says that the whole of a value is not known.
fn is_unknown(mark: Node) -> bool {
    mark.as_bool() == Some(true)
}

/// Whether there are blocks of which one is not known.
fn hides_blocks(key: Node, value: Node, marks: Node) -> bool {
    let is_block = |item: Node| item.kind() == Kind::Object;
    let are_blocks = MADE_BY_BLOCKS.contains(&key.text()) || value.items().any(is_block);
    are_blocks && marks.items().any(is_unknown)
}
