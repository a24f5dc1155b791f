//! The owner of a log configuration and its secrets: a container, or the proxy that Service Connect adds to
//! each task.

use crate::finding::{Label, Problem};
use crate::model::{
    Container, Known, LaunchType, LogConfiguration, Secret, SecretArn, Service, TaskDefinition,
};

/// A container of a task: one that the task definition defines, or the Service Connect proxy.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Holder<'d> {
    /// A container that the task definition defines.
    Container(Container<'d>),
    /// The proxy that ECS adds for a service.
    Proxy(Service<'d>),
}

impl<'d> Holder<'d> {
    /// The Service Connect proxy of a service, if it has one.
    pub(crate) fn proxy(service: &Service<'d>) -> Option<Holder<'d>> {
        service.service_connect().map(|_| Holder::Proxy(*service))
    }

    /// What to call it in a sentence.
    pub(crate) fn title(&self) -> String {
        match self {
            Holder::Container(container) => container.title(),
            Holder::Proxy(_) => "the Service Connect proxy".to_owned(),
        }
    }

    /// The task definition that it belongs to, if that was linted.
    pub(crate) fn task(&self) -> Option<TaskDefinition<'d>> {
        match self {
            Holder::Container(container) => container.task(),
            Holder::Proxy(service) => service.task_definition(),
        }
    }

    /// Whether Docker certainly runs it.
    pub(crate) fn runs_on_docker(&self) -> bool {
        self.task().is_some_and(|task| task.runs_on_docker().is_yes())
    }

    /// A label on the value that makes it run on Fargate, if it certainly does.
    pub(crate) fn fargate_label(&self, text: &str) -> Option<Label> {
        match self {
            Holder::Container(container) => {
                container.task()?.requirement(LaunchType::Fargate).map(|known| known.label(text))
            }
            Holder::Proxy(service) => service.fargate_label(text).filter(|_| service.is_fargate().is_yes()),
        }
    }

    /// A problem of it, with the right certainty: the API's replies about containers are known, those about
    /// the proxy are not.
    pub(crate) fn judged(&self, problem: Problem) -> Problem {
        match self {
            Holder::Container(_) => problem,
            Holder::Proxy(_) => problem.warning_unless(false),
        }
    }

    /// Its `logConfiguration`, if known.
    pub(crate) fn log_source(&self) -> Option<LogSource<'d>> {
        let logs = match self {
            Holder::Container(container) => container.log_configuration(),
            Holder::Proxy(service) => service.service_connect()?.log_configuration(),
        };
        Some(LogSource { logs: logs.known()?.value(), holder: *self })
    }

    /// The values that ECS fetches for it before it starts: the entries of its `secrets`, and of the
    /// `secretOptions` of its log driver.
    pub(crate) fn fetched_values(&self) -> impl Iterator<Item = FetchedValue<'d>> + use<'d> {
        let holder = *self;
        let own = match self {
            Holder::Container(container) => Some(container.secrets().items()),
            Holder::Proxy(_) => None,
        };
        let options = self.log_source().map(|source| source.logs.secret_options().items());
        let secrets = own.into_iter().flatten().chain(options.into_iter().flatten());
        secrets.map(move |secret| FetchedValue { secret, holder })
    }
}

/// A `logConfiguration` and its owner.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LogSource<'d> {
    /// `logConfiguration`
    pub logs: LogConfiguration<'d>,
    /// Its owner.
    pub holder: Holder<'d>,
}

impl<'d> LogSource<'d> {
    /// What to call its owner in a sentence.
    pub(crate) fn title(&self) -> String {
        self.holder.title()
    }

    /// `logConfiguration`, if it certainly sets this driver.
    pub(crate) fn logs_to(&self, driver: &str) -> Option<LogConfiguration<'d>> {
        self.logs.log_driver().known().filter(|own| own.value() == driver).map(|_| self.logs)
    }
}

/// A value that ECS fetches, and its owner.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FetchedValue<'d> {
    /// An entry of `secrets` or of `secretOptions`.
    pub secret: Secret<'d>,
    /// Its owner.
    pub holder: Holder<'d>,
}

impl<'d> FetchedValue<'d> {
    /// What to call it in a sentence.
    pub(crate) fn title(&self) -> String {
        self.secret.title()
    }

    /// `valueFrom`, if it is the ARN of a Secrets Manager secret.
    pub(crate) fn secret_arn(&self) -> Option<Known<'d, SecretArn<'d>>> {
        self.secret.secret_arn()
    }
}
