//! What in a task definition requires its roles.

use crate::finding::Label;
use crate::model::field::{self, Field, Known};
use crate::model::{Answer, Arn, Present, Service, TaskDefinition, Volume, is_role_name};
use crate::tree::{Kind, Node};

/// Why the API requires an execution role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RoleDemand {
    /// A container fetches secrets.
    Secrets,
    /// A container on Fargate logs with awslogs.
    Awslogs,
    /// A container on Fargate has an image from a private ECR registry.
    EcrImage,
}

/// Something in a container that needs the execution role, and its place.
#[derive(Clone, Debug)]
pub(crate) struct RoleNeed<'d, T> {
    /// What it is.
    pub what: T,
    /// The value to point at.
    pub node: Node<'d>,
    /// What to call the container.
    pub container: String,
}

impl<T> RoleNeed<'_, T> {
    /// A label on the value.
    pub(crate) fn label(&self, text: impl Into<String>) -> Label {
        Label::new(self.node.place(), text)
    }

    /// A label on the key of the value.
    pub(crate) fn key_label(&self, text: impl Into<String>) -> Label {
        Label::new(self.node.key().unwrap_or(self.node).place(), text)
    }
}

/// A role that ECS and the containers share.
pub(crate) struct SharedRole<'d> {
    /// Its name, or what refers to it.
    pub name: &'d str,
    /// `taskRoleArn`
    pub task: Present<'d>,
    /// `executionRoleArn`
    pub execution: Present<'d>,
}

impl<'d> TaskDefinition<'d> {
    /// Everything for which the API requires an execution role, in the order of the containers.
    pub(crate) fn execution_role_demands(&self) -> Vec<RoleNeed<'d, RoleDemand>> {
        let is_fargate = self.is_fargate().is_yes();
        let mut needs = Vec::new();
        for container in self.containers() {
            let mut need = |what, node| needs.push(RoleNeed { what, node, container: container.title() });
            if let Some(secrets) =
                container.secrets().known().filter(|_| container.secrets().items().next().is_some())
            {
                need(RoleDemand::Secrets, secrets.node());
            }
            if !is_fargate {
                continue;
            }
            if let Some(image) = container.image().known().filter(|image| image.is_private_ecr()) {
                need(RoleDemand::EcrImage, image.node());
            }
            let driver = container.log_configuration().known().and_then(|log| log.log_driver().known());
            if let Some(driver) = driver.filter(|driver| driver.value() == "awslogs") {
                need(RoleDemand::Awslogs, driver.node());
            }
        }
        needs
    }

    /// Whether the API requires an execution role but none is set.
    pub(crate) fn lacks_execution_role(&self) -> Answer {
        match self.execution_role() {
            Field::Known(_) => Answer::No,
            Field::Unknown(_) => Answer::Unknown,
            Field::Missing if !self.execution_role_demands().is_empty() => Answer::Yes,
            Field::Missing if self.may_demand_execution_role() => Answer::Unknown,
            Field::Missing => Answer::No,
        }
    }

    /// Whether an unknown value may require an execution role.
    fn may_demand_execution_role(&self) -> bool {
        let may_be_fargate = !self.is_fargate().is_no();
        !self.sees_all_containers()
            || self.containers().any(|container| {
                let driver = container.log_configuration().and_then(|log| log.log_driver());
                let is_unknown_image = matches!(container.image(), Field::Unknown(_));
                let is_ecr = container.image().known().is_some_and(|image| image.is_private_ecr());
                let is_awslogs = driver.known().is_some_and(|driver| driver.value() == "awslogs");
                let on_fargate =
                    is_unknown_image || is_ecr || is_awslogs || matches!(driver, Field::Unknown(_));
                !container.secrets().is_complete() || (may_be_fargate && on_fargate)
            })
    }

    /// Where containers use the execution role when they start, other than for what
    /// [`TaskDefinition::execution_role_demands`] lists: a few words, and the place.
    pub(crate) fn execution_role_uses(&self) -> Vec<RoleNeed<'d, &'static str>> {
        let mut needs = Vec::new();
        for container in self.containers() {
            let mut need = |what, node| needs.push(RoleNeed { what, node, container: container.title() });
            let holds_items = |node: Node<'d>, name: &str| {
                let list = field::list::<Node>(node, name);
                list.known().filter(|_| list.items().next().is_some())
            };
            if let Some(log) = container.log_configuration().known()
                && let Some(secrets) = holds_items(log.node(), "secretOptions")
            {
                need("fetches secrets for its log driver", secrets.node());
            }
            if let Some(files) = holds_items(container.node(), "environmentFiles") {
                need("reads environment files from S3", files.node());
            }
            if let Some(credentials) = container.repository_credentials().known()
                && !container.credentials_parameter().is_missing()
            {
                need("logs in to a private registry", credentials.node());
            }
            if let Some(specs) = holds_items(container.node(), "credentialSpecs") {
                need("fetches a credential specification", specs.node());
            }
            let file_type = container.firelens().and_then(|firelens| firelens.file_type());
            if let Some(s3) = file_type.known().filter(|file_type| file_type.value() == "s3") {
                need("reads its FireLens configuration from S3", s3.node());
            }
        }
        needs
    }

    /// The role that certainly is both the task role and the execution role.
    pub(crate) fn shared_role(&self) -> Option<SharedRole<'d>> {
        let (task, execution) = (self.task_role().present()?, self.execution_role().present()?);
        let name = match (self.task_role(), self.execution_role()) {
            (Field::Known(task), Field::Known(execution)) => same_role(&task, &execution)?,
            _ => same_reference(task.node(), execution.node())?,
        };
        Some(SharedRole { name, task, execution })
    }

    /// Whether a volume is mounted with the task role: one on S3 Files, or one on EFS with IAM authorization.
    /// AWS then requires the role.
    pub(crate) fn demands_task_role(&self) -> Answer {
        let needs = |volume: Volume| match (volume.s3_files(), volume.efs().and_then(|efs| efs.iam())) {
            (Field::Known(_), _) => Answer::Yes,
            (_, Field::Known(iam)) if *iam == "ENABLED" => Answer::Yes,
            (Field::Unknown(_), _) | (_, Field::Unknown(_)) => Answer::Unknown,
            _ => Answer::No,
        };
        let answers: Vec<Answer> = self.volumes().items().map(needs).collect();
        if answers.contains(&Answer::Yes) {
            Answer::Yes
        } else if self.volumes().is_complete() && !answers.contains(&Answer::Unknown) {
            Answer::No
        } else {
            Answer::Unknown
        }
    }
}

impl Service<'_> {
    /// Whether ECS Exec, which requires a task role, is enabled for tasks that have none. No if the service
    /// is API output, which AWS has accepted; an empty role is reported separately.
    pub(crate) fn lacks_exec_role(&self, task: &TaskDefinition) -> Answer {
        let (role, enabled) = (task.task_role(), self.enables_exec());
        if role.known().is_some() || task.empty_task_role().is_some() || self.is_described() {
            return Answer::No;
        }
        if role.is_missing() || enabled.is_no() { enabled } else { Answer::Unknown }
    }

    /// Whether the service enables ECS Exec.
    pub(crate) fn enables_exec(&self) -> Answer {
        field::boolean(self.node(), "enableExecuteCommand").is(|enabled| enabled)
    }
}

/// The name of a role that two values name. A name without a path is that of a role in the account of the task.
fn same_role<'d>(task: &Known<'d, &'d str>, execution: &Known<'d, &'d str>) -> Option<&'d str> {
    let is_same = match (Arn::read(task), Arn::read(execution)) {
        (Some(own), Some(other)) => own == other && own.is_role(),
        (Some(arn), None) => arn.is_role() && arn.role_name() == execution.value(),
        (None, Some(arn)) => arn.is_role() && arn.role_name() == task.value(),
        (None, None) => task.value() == execution.value() && is_role_name(task),
    };
    is_same.then(|| task.value().rsplit('/').next()).flatten()
}

/// What two expressions of a template or a module refer to, if they are the same expression.
fn same_reference<'d>(task: Node<'d>, execution: Node<'d>) -> Option<&'d str> {
    let is_expression =
        |node: Node| node.kind() == Kind::Unknown && (node.is_in_template() || node.is_in_module());
    let name = task.text().strip_prefix("${")?.strip_suffix('}')?;
    (is_expression(task) && is_expression(execution) && task.text() == execution.text()).then_some(name)
}
