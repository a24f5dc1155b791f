//! Task definitions.

use super::container::names_windows;
use crate::document::{Document, RESPONSE_ONLY_FIELDS};
use crate::finding::Label;
use crate::model::field::{self, Field, Known, List, known_texts, view};
use crate::model::linked::links::NO_LINKS;
use crate::model::{
    Answer, Container, CpuArchitecture, CpuUnits, LaunchType, Links, Mebibytes, NetworkMode, Service, View,
    Volume,
};
use crate::tree::{Kind, Node};

/// A task definition.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TaskDefinition<'d> {
    node: Node<'d>,
    links: &'d Links,
    /// The list of its containers, if that is in another file.
    containers: Option<Node<'d>>,
    platform: Platform,
}

/// What a task definition says about where it runs. Most rules about containers ask for it.
#[derive(Clone, Copy, Debug)]
struct Platform {
    /// Whether it lists each launch type.
    lists: [Answer; LaunchType::ALL.len()],
    /// Whether it states that its containers run on Windows.
    says_windows: Answer,
}

impl<'d> View<'d> for TaskDefinition<'d> {
    /// The task definition of a node, without its links to other documents.
    fn of(node: Node<'d>) -> TaskDefinition<'d> {
        TaskDefinition::new(node, &NO_LINKS)
    }

    fn node(self) -> Node<'d> {
        self.node
    }
}

/// Of more containers, not each is asked about all others: AWS takes ten.
pub(super) const MOST_ASKED: usize = 100;

impl<'d> TaskDefinition<'d> {
    /// The task definition of a node, with its links to other documents.
    pub(crate) fn new(node: Node<'d>, links: &'d Links) -> TaskDefinition<'d> {
        TaskDefinition { node, links, containers: None, platform: Platform::of(node) }
    }

    /// The task definition of a document, with its links to other documents.
    pub(crate) fn of_document(document: &'d Document, links: &'d Links) -> TaskDefinition<'d> {
        let containers = document.containers.as_ref().map(|elsewhere| elsewhere.document.root());
        TaskDefinition { containers, ..TaskDefinition::new(document.root(), links) }
    }

    /// The task definition of a document to be judged: what other task definitions have in common with it is judged
    /// by itself.
    pub(crate) fn to_judge(document: &'d Document, links: &'d Links) -> TaskDefinition<'d> {
        let are_shared = document.containers.as_ref().is_some_and(|elsewhere| elsewhere.are_shared);
        let task = TaskDefinition::of_document(document, links);
        TaskDefinition { containers: task.containers.filter(|_| !are_shared), ..task }
    }

    /// The linted services that run it.
    pub(crate) fn services(&self) -> impl Iterator<Item = Service<'d>> + use<'d> {
        self.links.services.iter().filter_map(Service::alone)
    }

    /// The services that may run it: which task definition is theirs is not known.
    pub(crate) fn other_services(&self) -> impl Iterator<Item = Service<'d>> + use<'d> {
        self.links.may_run.iter().filter_map(Service::alone)
    }

    /// Whether a configuration of ecspresso names it, or may do so.
    pub(crate) fn may_be_deployed_by_ecspresso(&self) -> bool {
        self.links.is_configured
    }

    /// Whether any service that runs the task definition satisfies a condition; unknown if one that only may
    /// run it may satisfy the condition, or if not all services were linted.
    pub(crate) fn any_service(&self, is_so: impl Fn(&Service<'d>) -> Answer) -> Answer {
        let perhaps = self.other_services().map(|service| Answer::no_if(is_so(&service).is_no()));
        let unseen = Answer::no_if(self.links.knows_services);
        self.services().map(|service| is_so(&service)).chain(perhaps).fold(unseen, Answer::or)
    }

    /// A label on what identifies the task definition: its family, otherwise its head.
    pub(crate) fn name_label(&self, text: impl Into<String>) -> Label {
        match self.family().known() {
            Some(family) => family.label(text),
            None => Label::new(self.node.head(), text),
        }
    }

    /// `family`
    pub(crate) fn family(&self) -> Field<'d, &'d str> {
        field::identifier(self.node, "family")
    }

    /// Task-level `cpu` in CPU units, if it is well-formed; otherwise unknown.
    pub(crate) fn cpu(&self) -> Field<'d, CpuUnits> {
        self.cpu_text().read(CpuUnits::read)
    }

    /// Task-level `cpu` as written.
    pub(crate) fn cpu_text(&self) -> Field<'d, &'d str> {
        field::identifier(self.node, "cpu")
    }

    /// Task-level `memory` in MiB, if it is well-formed; otherwise unknown.
    pub(crate) fn memory(&self) -> Field<'d, Mebibytes> {
        self.memory_text().read(Mebibytes::read)
    }

    /// Task-level `memory` as written.
    pub(crate) fn memory_text(&self) -> Field<'d, &'d str> {
        field::identifier(self.node, "memory")
    }

    /// `networkMode` as written; the default depends on the platform.
    pub(crate) fn network_mode(&self) -> Field<'d, NetworkMode> {
        field::identifier(self.node, "networkMode").read(NetworkMode::read)
    }

    /// `executionRoleArn`: the role that ECS itself uses to start the task.
    pub(crate) fn execution_role(&self) -> Field<'d, &'d str> {
        field::identifier(self.node, "executionRoleArn")
    }

    /// `taskRoleArn`: the role that the containers use.
    pub(crate) fn task_role(&self) -> Field<'d, &'d str> {
        field::identifier(self.node, "taskRoleArn")
    }

    /// `tags`, even if the list is empty, which AWS rejects for this list only.
    pub(crate) fn tags(&self) -> Field<'d, Node<'d>> {
        field::member(self.node, "tags")
    }

    /// The values that only AWS's response has: a request does not accept them. Their order is fixed,
    /// whatever the order in the file.
    pub(crate) fn response_fields(&self) -> impl Iterator<Item = Node<'d>> + use<'d> {
        let node = self.node;
        RESPONSE_ONLY_FIELDS.iter().filter_map(move |name| node.get(name))
    }

    /// `runtimePlatform`
    pub(crate) fn runtime_platform(&self) -> Field<'d, Node<'d>> {
        field::object(self.node, "runtimePlatform")
    }

    /// `runtimePlatform.operatingSystemFamily`
    pub(crate) fn operating_system(&self) -> Field<'d, &'d str> {
        operating_system(self.node)
    }

    /// `runtimePlatform.cpuArchitecture` as written.
    pub(crate) fn written_cpu_architecture(&self) -> Field<'d, CpuArchitecture> {
        let written =
            self.runtime_platform().and_then(|platform| field::identifier(platform, "cpuArchitecture"));
        written.read(CpuArchitecture::read)
    }

    /// The CPU architecture that the task runs on. If it is not set, Fargate uses X86_64; elsewhere the
    /// instance decides.
    pub(crate) fn cpu_architecture(&self) -> Option<CpuArchitecture> {
        match self.written_cpu_architecture() {
            Field::Known(written) => Some(written.value()),
            Field::Missing if self.is_fargate().is_yes() => Some(CpuArchitecture::X86),
            _ => None,
        }
    }

    /// `requiresCompatibilities`
    pub(crate) fn requires_compatibilities(&self) -> List<'d, Node<'d>> {
        launch_types(self.node)
    }

    /// The entry of `requiresCompatibilities` that names a launch type.
    pub(crate) fn requirement(&self, launch_type: LaunchType) -> Option<Known<'d, &'d str>> {
        listed(self.requires_compatibilities(), launch_type)
    }

    /// Whether `requiresCompatibilities` lists a launch type. The API checks the requirements of a launch
    /// type only if it is listed, so the answer is no if the list is not set.
    pub(crate) fn lists(&self, launch_type: LaunchType) -> Answer {
        self.platform.lists[launch_type as usize]
    }

    fn lists_one_launch_type(&self) -> bool {
        let launch_types = self.requires_compatibilities();
        launch_types.is_complete() && launch_types.items().count() == 1
    }

    /// Whether `requiresCompatibilities` is set but does not list a launch type.
    pub(crate) fn leaves_out(&self, launch_type: LaunchType) -> Answer {
        if self.requires_compatibilities().is_missing() {
            return Answer::No;
        }
        !self.lists(launch_type)
    }

    /// Whether the task definition states that it is for Fargate.
    pub(crate) fn is_fargate(&self) -> Answer {
        self.lists(LaunchType::Fargate)
    }

    /// Whether the task certainly does not run on Fargate: only other launch types are listed, or none is and
    /// the network mode is not set to `awsvpc`, which Fargate requires.
    pub(crate) fn is_off_fargate(&self) -> Answer {
        if self.requires_compatibilities().is_missing() {
            return !self.writes(NetworkMode::Awsvpc);
        }
        !self.is_fargate()
    }

    /// Whether Docker runs the containers: the agent uses it on the user's own instances and on machines
    /// outside AWS. Fargate and Managed Instances have other runtimes. If no launch type is set, any network
    /// mode other than `awsvpc` rules out Fargate.
    pub(crate) fn runs_on_docker(&self) -> Answer {
        let elsewhere = self.is_fargate().or(self.lists(LaunchType::ManagedInstances));
        let on_instances = self.lists(LaunchType::Ec2).or(self.lists(LaunchType::External));
        match (elsewhere, on_instances) {
            (Answer::Yes, Answer::No) => Answer::No,
            (Answer::No, Answer::Yes) => Answer::Yes,
            (Answer::No, Answer::No) if self.runs_in(NetworkMode::Awsvpc).is_no() => Answer::Yes,
            _ => Answer::Unknown,
        }
    }

    /// Whether a network mode is set.
    pub(crate) fn writes(&self, mode: NetworkMode) -> Answer {
        self.network_mode().is(|written| written == mode)
    }

    /// Whether the task runs in a network mode. If none is set: Fargate rejects the task, so its network is
    /// unknown; Managed Instances use `awsvpc`; Windows has its own mode; everything else uses `bridge`.
    pub(crate) fn runs_in(&self, mode: NetworkMode) -> Answer {
        match self.network_mode() {
            Field::Known(written) => Answer::from(written.value() == mode),
            Field::Unknown(_) => Answer::Unknown,
            Field::Missing if !self.is_fargate().is_no() || !self.says_windows().is_no() => Answer::Unknown,
            Field::Missing => match self.lists(LaunchType::ManagedInstances) {
                Answer::Yes if self.lists_one_launch_type() => Answer::from(mode == NetworkMode::Awsvpc),
                Answer::Yes => Answer::Unknown,
                Answer::No => Answer::from(mode == NetworkMode::Bridge),
                Answer::Unknown => Answer::Unknown,
            },
        }
    }

    /// Whether the containers run on Windows. Without a `runtimePlatform`, Fargate runs Linux, and on EC2 the
    /// instance decides.
    pub(crate) fn is_windows(&self) -> Answer {
        match self.operating_system() {
            Field::Known(family) if family.starts_with("WINDOWS") => Answer::Yes,
            Field::Known(_) => Answer::No,
            Field::Missing if self.is_fargate().is_yes() => Answer::No,
            _ => Answer::Unknown,
        }
    }

    /// Whether the task definition states that its containers run on Windows. On EC2 they may do so anyway:
    /// see [`TaskDefinition::is_windows`].
    pub(crate) fn says_windows(&self) -> Answer {
        self.platform.says_windows
    }

    /// Whether something suggests that it is for Windows instances, though it does not state its platform: the
    /// network mode that only Windows has, or the name of an image.
    pub(in crate::model) fn suggests_windows(&self) -> bool {
        let is_open = self.operating_system().is_missing() && !self.is_fargate().is_yes();
        is_open
            && (!self.network_mode().is(|mode| mode == NetworkMode::Default).is_no()
                || (self.may_suggest_windows()
                    && self.containers().any(|container| container.suggests_windows())))
    }

    /// Whether any of its containers may suggest it: each of many would ask all of them.
    fn may_suggest_windows(&self) -> bool {
        const FEW: usize = 16;
        let many = self.containers().nth(FEW);
        many.is_none_or(|container| container.node().tree().names_windows(names_windows))
    }

    /// `pidMode`
    pub(crate) fn pid_mode(&self) -> Field<'d, &'d str> {
        field::identifier(self.node, "pidMode")
    }

    /// `ipcMode`
    pub(crate) fn ipc_mode(&self) -> Field<'d, &'d str> {
        field::identifier(self.node, "ipcMode")
    }

    /// `containerDefinitions`
    pub(crate) fn containers(&self) -> impl Iterator<Item = Container<'d>> + use<'d> {
        let task = *self;
        self.container_list().items().enumerate().map(move |(at, node)| Container::new(node, Some(task), at))
    }

    /// Whether every container of the task is visible.
    pub(crate) fn sees_all_containers(&self) -> bool {
        self.container_list().is_complete()
    }

    /// Whether every container of the task is visible and has a known name. One that has none has another fault.
    pub(crate) fn knows_all_container_names(&self) -> bool {
        let mut containers = self.containers().peekable();
        containers.peek().is_some()
            && self.sees_all_containers()
            && containers.all(|container| container.name().known().is_some())
    }

    /// The known names of the containers, as used in a sentence.
    pub(crate) fn listed_container_names(&self) -> String {
        let names = self.containers().filter_map(|container| container.name().known());
        names.map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
    }

    /// Whether every container of the task is visible, and every name that is set is known.
    pub(crate) fn knows_the_names_of_all_containers(&self) -> bool {
        self.sees_all_containers() && self.containers().all(|container| !container.name().is_unknown())
    }

    /// The container with this name.
    pub(crate) fn container(&self, name: &str) -> Option<Container<'d>> {
        self.containers()
            .find(|container| container.name().known().is_some_and(|known| known.value() == name))
    }

    /// Whether any container of the task satisfies a condition: one of the first [`MOST_ASKED`].
    pub(crate) fn any_container(&self, is_so: impl Fn(&Container<'d>) -> Answer) -> Answer {
        let mut answer = if self.sees_all_containers() { Answer::No } else { Answer::Unknown };
        for container in self.containers() {
            if container.position() == MOST_ASKED {
                return Answer::Unknown;
            }
            match is_so(&container) {
                Answer::Yes => return Answer::Yes,
                Answer::Unknown => answer = Answer::Unknown,
                Answer::No => {}
            }
        }
        answer
    }

    /// Whether neither the task nor any of its containers reserves CPU units.
    pub(crate) fn reserves_no_cpu(&self) -> Answer {
        let reserves = |cpu: Field<CpuUnits>| cpu.is(|units| units != CpuUnits(0));
        !reserves(self.cpu()).or(self.any_container(|container| reserves(container.cpu())))
    }

    fn container_list(&self) -> List<'d, Node<'d>> {
        match self.containers {
            Some(list) => field::list_at(list),
            None => field::list(self.node, "containerDefinitions"),
        }
    }

    /// The value of a field, or the list of containers in another file.
    pub(in crate::model) fn value_of(&self, key: &str) -> Option<Node<'d>> {
        self.containers.filter(|_| key == "containerDefinitions").or_else(|| self.node.get(key))
    }

    /// `ephemeralStorage`
    pub(crate) fn ephemeral_storage(&self) -> Field<'d, Node<'d>> {
        field::object(self.node, "ephemeralStorage")
    }

    /// `ephemeralStorage.sizeInGiB`
    pub(crate) fn ephemeral_storage_size(&self) -> Field<'d, i64> {
        self.ephemeral_storage().and_then(|storage| field::integer(storage, "sizeInGiB"))
    }

    /// `enableFaultInjection`
    pub(crate) fn enable_fault_injection(&self) -> Field<'d, bool> {
        field::boolean(self.node, "enableFaultInjection")
    }

    /// `placementConstraints`
    pub(crate) fn placement_constraints(&self) -> List<'d, PlacementConstraint<'d>> {
        field::list(self.node, "placementConstraints")
    }

    /// `trustedExecutionConfiguration`
    pub(crate) fn trusted_execution(&self) -> Field<'d, TrustedExecution<'d>> {
        field::object(self.node, "trustedExecutionConfiguration")
    }

    /// `volumes`
    pub(crate) fn volumes(&self) -> List<'d, Volume<'d>> {
        field::list(self.node, "volumes")
    }

    /// Whether every volume of the task is visible, and every name that is set is known.
    pub(crate) fn knows_all_volume_names(&self) -> bool {
        self.volumes().is_complete() && self.volumes().items().all(|volume| !volume.name().is_unknown())
    }
}

impl Platform {
    fn of(task: Node) -> Platform {
        let types = launch_types(task);
        let absent = Answer::no_if(types.is_complete());
        let lists = |launch_type| if listed(types, launch_type).is_some() { Answer::Yes } else { absent };
        Platform {
            lists: LaunchType::ALL.map(lists),
            says_windows: operating_system(task).is(|family| family.starts_with("WINDOWS")),
        }
    }
}

fn launch_types<'d>(task: Node<'d>) -> List<'d, Node<'d>> {
    field::list(task, "requiresCompatibilities")
}

/// The entry of a list that names a launch type.
fn listed<'d>(types: List<'d, Node<'d>>, launch_type: LaunchType) -> Option<Known<'d, &'d str>> {
    known_texts(types).find(|known| known.value() == launch_type.name())
}

fn operating_system<'d>(task: Node<'d>) -> Field<'d, &'d str> {
    let platform = field::object::<Node>(task, "runtimePlatform");
    platform.and_then(|platform| field::identifier(platform, "operatingSystemFamily"))
}

view! {
    /// An entry of `placementConstraints`.
    PlacementConstraint
}

impl<'d> PlacementConstraint<'d> {
    /// `type`
    pub(crate) fn kind(&self) -> Field<'d, &'d str> {
        field::identifier(self.0, "type")
    }

    /// `expression`: the instances that the tasks may be placed on.
    pub(crate) fn expression(&self) -> Field<'d, &'d str> {
        field::identifier(self.0, "expression")
    }
}

view! {
    /// `trustedExecutionConfiguration`
    TrustedExecution
}

impl<'d> TrustedExecution<'d> {
    /// `isolationMode`
    pub(crate) fn isolation_mode(&self) -> Field<'d, &'d str> {
        field::identifier(self.0, "isolationMode")
    }

    /// `attestationPolicy`
    pub(crate) fn attestation_policy(&self) -> Field<'d, &'d str> {
        field::identifier(self.0, "attestationPolicy")
    }
}

/// The container definitions in a bare array.
pub(crate) fn bare_containers<'d>(array: Node<'d>) -> impl Iterator<Item = Container<'d>> {
    let items = array.items().filter(|item| item.kind() == Kind::Object);
    items.enumerate().map(|(at, node)| Container::new(node, None, at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_schema_lists_the_same_response_fields() {
        let text = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/schemas/task-definition.json"));
        let schema: serde_json::Value = serde_json::from_str(text).expect("the schema is JSON");
        assert_eq!(schema["x-response-only"], serde_json::json!(RESPONSE_ONLY_FIELDS));
    }
}
