//! Services, and the task sets of services.

use crate::document::{Document, DocumentKind, ServiceForm, TargetGroup};
use crate::finding::Label;
use crate::model::field::{self, Field, Known, List, view};
use crate::model::linked::links::{NO_LINKS, task_definition_of};
use crate::model::{
    Answer, AppSpec, Linked, Links, Movers, Present, ScalableTarget, ScaledInstead, Scaling, ScalingPolicy,
    TaskDefinition, TaskDefinitionReference, View,
};
use crate::tree::{Door, Node};

/// A service, or a task set, which is a part of one and has nine of its keys: only rules about these keys
/// check task sets.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Service<'d> {
    node: Node<'d>,
    form: ServiceForm,
    links: &'d Links,
}

impl<'d> Service<'d> {
    /// The service of a document, with its links to other documents.
    pub(crate) fn new(node: Node<'d>, form: ServiceForm, links: &'d Links) -> Service<'d> {
        Service { node, form, links }
    }

    /// The service of a document, without its links to other documents; `None` if the document is of another
    /// kind.
    pub(crate) fn alone(document: &'d Document) -> Option<Service<'d>> {
        match document.kind {
            DocumentKind::Service(form) => Some(Service::new(document.root(), form, &NO_LINKS)),
            _ => None,
        }
    }

    /// The node of the service.
    pub(crate) fn node(&self) -> Node<'d> {
        self.node
    }

    /// How the document came to be.
    pub(crate) fn form(&self) -> ServiceForm {
        self.form
    }

    /// Whether the tool that deploys it may be older than a field of the service: ecspresso and the provider of
    /// Terraform refuse, or drop, what they do not know.
    pub(crate) fn may_meet_older_tool(&self) -> bool {
        self.form != ServiceForm::Create || self.node.tree().door == Door::Terraform
    }

    /// A label on what identifies the service: its name, otherwise its head.
    pub(crate) fn name_label(&self, text: impl Into<String>) -> Label {
        match self.name().known() {
            Some(name) => name.label(text),
            None => Label::new(self.node.head(), text),
        }
    }

    /// What to call it in a sentence.
    pub(crate) fn title(&self) -> String {
        match (self.name().known(), self.is_task_set()) {
            (None, _) => format!("the {}", self.noun()),
            (Some(name), true) => format!("the task set of service `{name}`"),
            (Some(name), false) => format!("service `{name}`"),
        }
    }

    /// What it is, for a sentence: "service", "task set".
    pub(crate) fn noun(&self) -> &'static str {
        DocumentKind::Service(self.form).name()
    }

    /// Whether it is a task set of a service.
    pub(crate) fn is_task_set(&self) -> bool {
        self.form == ServiceForm::TaskSet
    }

    /// `serviceName`, or `service` in an update and in a task set.
    pub(crate) fn name(&self) -> Field<'d, &'d str> {
        let key = match self.form {
            ServiceForm::Update | ServiceForm::TaskSet => "service",
            _ => "serviceName",
        };
        field::identifier(self.node, key).read(|name| Some(crate::model::scaling::reference::name_of(name)))
    }

    /// The name of the cluster: `default` if not set, unless the document does not contain the cluster.
    pub(crate) fn cluster(&self) -> Field<'d, &'d str> {
        let key = if self.form == ServiceForm::Described { "clusterArn" } else { "cluster" };
        match field::identifier(self.node, key) {
            Field::Missing if self.form != ServiceForm::Create => Field::Unknown(None),
            cluster => cluster.read(|name| Some(crate::model::scaling::reference::name_of(name))),
        }
    }

    /// Whether PipeCD deploys the service. It sends the launch type, the network and the registries to the task sets that
    /// it creates.
    pub(crate) fn is_of_pipecd(&self) -> bool {
        self.links.is_of_pipecd
    }

    /// Whether the document certainly leaves the cluster to AWS's default, or to the command line. ecspresso
    /// takes it from its configuration.
    pub(crate) fn lacks_cluster(&self) -> bool {
        let is_call = matches!(self.form, ServiceForm::Create | ServiceForm::Update);
        is_call && !self.links.is_configured && field::identifier(self.node, "cluster").is_missing()
    }

    /// `taskDefinition`
    pub(crate) fn task_definition_reference(&self) -> Field<'d, TaskDefinitionReference<'d>> {
        field::identifier(self.node, "taskDefinition").read(TaskDefinitionReference::read)
    }

    /// `taskDefinition`, as written.
    pub(crate) fn task_definition_text(&self) -> Field<'d, &'d str> {
        field::identifier(self.node, "taskDefinition")
    }

    /// The task definition that the service runs, if that was linted too.
    pub(crate) fn task_definition(&self) -> Option<TaskDefinition<'d>> {
        self.links.task_definition.found().and_then(task_definition_of)
    }

    /// Whether certainly no linted task definition is the one that the service runs.
    pub(crate) fn knows_of_no_task(&self) -> bool {
        matches!(self.links.task_definition, Linked::Absent | Linked::Dangling(_))
    }

    /// Whether something is so of the task definition that the service runs, or certainly none was linted: not if it may
    /// be one of several.
    pub(crate) fn is_so_of_task(&self, is_so: impl Fn(&TaskDefinition) -> bool) -> bool {
        self.task_definition().map_or_else(|| self.knows_of_no_task(), |task| is_so(&task))
    }

    /// Whether no linted task definition is the one that the service names; if so, the one with a similar
    /// family, or the only one in the service's folder.
    pub(crate) fn dangling_task_definition(&self) -> Option<Option<TaskDefinition<'d>>> {
        self.links.dangles.then(|| self.links.task_definition.document().and_then(task_definition_of))
    }

    /// The scalable target of the service, if that was linted too.
    pub(crate) fn scalable_target(&self) -> Option<ScalableTarget<'d>> {
        self.links.scalable_target.found().and_then(ScalableTarget::alone)
    }

    /// The policies and the actions that move the scalable target of the service.
    pub(crate) fn movers(&self) -> &'d Movers {
        self.links.movers()
    }

    /// Whether each deployment sends the number of tasks again, although the service is scaled.
    pub(crate) fn sends_count(&self) -> bool {
        self.links.sends_count
    }

    /// Whether the user's tool leaves the number of tasks alone once the service exists.
    pub(crate) fn leaves_count(&self) -> bool {
        self.links.leaves_count
    }

    /// Whether the cluster has, or may have, a default namespace for Service Connect.
    pub(crate) fn has_default_namespace(&self) -> bool {
        self.links.has_default_namespace
    }

    /// The linted documents that scale the service.
    pub(crate) fn scaled_by(&self) -> impl Iterator<Item = Scaling<'d>> + use<'d> {
        self.links.scaled_by.iter().filter_map(Scaling::of_document)
    }

    /// The linted scaling policies of the service.
    pub(crate) fn scaling_policies(&self) -> impl Iterator<Item = ScalingPolicy<'d>> + use<'d> {
        let policies = self.links.scaled_by.iter();
        let policies = policies.filter(|one| matches!(one.kind, DocumentKind::ScalingPolicy(_)));
        policies.map(|one| ScalingPolicy::new(one.root(), one.kind, &NO_LINKS))
    }

    /// Whether everything in the project that scales the service is known.
    pub(crate) fn knows_scaling(&self) -> bool {
        self.links.knows_scaling
    }

    /// The document that creates or describes the service, if this document updates the service or adds a
    /// task set to it.
    pub(crate) fn created(&self) -> Option<Service<'d>> {
        self.links.created.found().and_then(Service::alone)
    }

    /// Whether a linted document may be the one that creates the service, although this is not certain.
    pub(crate) fn may_be_created_elsewhere(&self) -> bool {
        matches!(self.links.created, Linked::Unknown)
    }

    /// The AppSpec file that CodeDeploy uses to deploy the service.
    pub(crate) fn app_spec(&self) -> Option<AppSpec<'d>> {
        self.links.app_spec.as_ref().map(|document| AppSpec::of(document.root()))
    }

    /// The target groups that are declared beside the service, each with the value that refers to it.
    pub(crate) fn declared_target_groups(
        &self,
    ) -> impl Iterator<Item = (Node<'d>, &'d TargetGroup)> + use<'d> {
        let tree = self.node.tree();
        self.links.target_groups.iter().map(move |group| (tree.node(group.reference), group))
    }

    /// Whether anything scales the service.
    pub(crate) fn scaling(&self) -> Answer {
        self.links.scaling
    }

    /// What the project scales instead, if nothing scales the service.
    pub(crate) fn scaled_instead(&self) -> Option<&'d ScaledInstead> {
        self.links.scaled_instead.as_ref()
    }

    /// Whether the service may run this number of tasks until something scales it: the bounds of its scalable
    /// target allow the number, or there is no known target and nothing linted may scale the service.
    pub(crate) fn may_run(&self, count: i64) -> bool {
        let Some(bounds) = self.scalable_target().map(|target| target.bounds()) else {
            return !self.may_be_scaled();
        };
        let (least, most) = (bounds.min_capacity().known(), bounds.max_capacity().known());
        least.is_some_and(|least| *least <= count) && most.is_some_and(|most| count <= *most)
    }

    /// Whether anything that was linted scales, or may scale, the service.
    pub(crate) fn may_be_scaled(&self) -> bool {
        self.links.may_be_scaled
    }

    /// The controller, if CodeDeploy is certainly in charge of the service that this document updates.
    pub(crate) fn code_deploy_in_charge(&self) -> Option<Known<'d, &'d str>> {
        let own = self.deployment_controller();
        let controller = if own.is_missing() { self.created()?.deployment_controller() } else { own };
        let is_update = self.form == ServiceForm::Update;
        controller.known().filter(|controller| is_update && **controller == "CODE_DEPLOY")
    }

    /// Whether CodeDeploy is, or may be, in charge of the service that this document updates.
    pub(crate) fn may_be_of_code_deploy(&self) -> bool {
        let is_code_deploy =
            |service: &Service| service.deployment_controller().is(|name| name == "CODE_DEPLOY");
        let own = self.deployment_controller();
        let charge = if own.is_missing() {
            self.created().map_or(Answer::No, |created| is_code_deploy(&created))
        } else {
            is_code_deploy(self)
        };
        self.form == ServiceForm::Update && !charge.is_no()
    }

    /// The fields that an update may not change if CodeDeploy is in charge.
    pub(crate) fn fields_of_code_deploy(
        &self,
    ) -> impl Iterator<Item = (&'static str, Present<'d>)> + use<'d> {
        let node = self.node;
        let keys = ["taskDefinition", "networkConfiguration", "platformVersion"];
        keys.into_iter().filter_map(move |key| Some((key, field::member(node, key).present()?)))
    }

    /// Whether the service publishes one of its metrics every 20 seconds.
    pub(crate) fn publishes_every_20_seconds(&self, metric: &str) -> Answer {
        let monitoring = match field::object::<Node>(self.node, "monitoring") {
            Field::Known(monitoring) => monitoring.value(),
            Field::Missing if self.form == ServiceForm::Create => return Answer::No,
            _ => return Answer::Unknown,
        };
        let configurations: List<Node> = field::list(monitoring, "metricConfigurations");
        let mut is_known = configurations.is_complete();
        for configuration in configurations.items() {
            let names: List<Node> = field::list(configuration, "metricNames");
            let resolution = field::integer(configuration, "resolutionSeconds");
            is_known &= names.is_complete() && !resolution.is_unknown();
            let names_it = field::known_texts(names).any(|name| *name == metric);
            if names_it && resolution.known().is_some_and(|seconds| *seconds == 20) {
                return Answer::Yes;
            }
        }
        Answer::no_if(is_known)
    }

    /// The resolutions in `monitoring.metricConfigurations` that are certainly 20 seconds.
    pub(crate) fn high_resolutions(&self) -> impl Iterator<Item = Known<'d, i64>> + use<'d> {
        let monitoring = field::object::<Node>(self.node, "monitoring").known().into_iter();
        monitoring
            .flat_map(|monitoring| field::list::<Node>(monitoring.value(), "metricConfigurations").items())
            .filter_map(|configuration| field::integer(configuration, "resolutionSeconds").known())
            .filter(|seconds| **seconds == 20)
    }

    /// `desiredCount`
    pub(crate) fn desired_count(&self) -> Field<'d, i64> {
        field::integer(self.node, "desiredCount")
    }

    /// `schedulingStrategy`
    pub(crate) fn scheduling_strategy(&self) -> Field<'d, &'d str> {
        field::identifier(self.node, "schedulingStrategy")
    }

    /// `deploymentController.type`
    pub(crate) fn deployment_controller(&self) -> Field<'d, &'d str> {
        field::object::<Node>(self.node, "deploymentController")
            .and_then(|controller| field::identifier(controller, "type"))
    }

    /// `loadBalancers`
    pub(crate) fn load_balancers(&self) -> List<'d, LoadBalancer<'d>> {
        field::list(self.node, "loadBalancers")
    }
}

view! {
    /// An entry of `loadBalancers`.
    LoadBalancer
}

impl<'d> LoadBalancer<'d> {
    /// `containerName`
    pub(crate) fn container_name(&self) -> Field<'d, &'d str> {
        field::identifier(self.0, "containerName")
    }

    /// `containerPort`
    pub(crate) fn container_port(&self) -> Field<'d, i64> {
        field::integer(self.0, "containerPort")
    }
}
