//! What writes logs: a container, or the proxy that Service Connect adds to each task.

use super::logging::LogConfiguration;
use super::{AWSFIRELENS, Container, Known, LaunchType, Service, TaskDefinition};
use crate::finding::{Label, Problem, Severity};

/// A `logConfiguration`, and whose it is.
#[derive(Clone, Copy, Debug)]
pub struct LogSource<'d> {
    logs: LogConfiguration<'d>,
    owner: Owner<'d>,
}

#[derive(Clone, Copy, Debug)]
enum Owner<'d> {
    Container(Container<'d>),
    Proxy(Service<'d>),
}

impl<'d> LogSource<'d> {
    /// A container that says where its output goes.
    pub fn of_container(container: &Container<'d>) -> Option<LogSource<'d>> {
        let logs = container.log_configuration().known()?.value();
        Some(LogSource { logs, owner: Owner::Container(*container) })
    }

    /// The proxy of Service Connect, where a service has one and says where its output goes.
    pub fn of_service(service: &Service<'d>) -> Option<LogSource<'d>> {
        let logs = service.service_connect()?.log_configuration().known()?.value();
        Some(LogSource { logs, owner: Owner::Proxy(*service) })
    }

    /// What to call it in a sentence.
    pub fn title(&self) -> String {
        match self.owner {
            Owner::Container(container) => container.title(),
            Owner::Proxy(_) => "the Service Connect proxy".to_owned(),
        }
    }

    /// `logConfiguration`
    pub fn logs(&self) -> LogConfiguration<'d> {
        self.logs
    }

    /// `logConfiguration`, where it certainly names a driver.
    pub fn logs_to(&self, driver: &str) -> Option<LogConfiguration<'d>> {
        self.logs.log_driver().known().filter(|own| own.value() == driver).map(|_| self.logs)
    }

    /// What the log driver does when the log service is slow: its option `mode`. The options of
    /// awsfirelens belong to an output of the log router, and may mean something else there.
    pub fn mode(&self) -> Option<Known<'d, &'d str>> {
        let driver = self.logs.log_driver().known().filter(|driver| driver.value() != AWSFIRELENS);
        let mode = self.logs.name_option("mode").filter(|mode| !mode.is_empty());
        mode.filter(|_| driver.is_some())
    }

    /// The task definition that it belongs to, where it was linted.
    pub fn task(&self) -> Option<TaskDefinition<'d>> {
        match self.owner {
            Owner::Container(container) => container.task(),
            Owner::Proxy(service) => service.task_definition(),
        }
    }

    /// Labels what says that it runs on Fargate, where something certainly does.
    pub fn fargate_label(&self, text: &str) -> Option<Label> {
        match self.owner {
            Owner::Container(container) => {
                container.task()?.requirement(LaunchType::Fargate).map(|known| known.label(text))
            }
            Owner::Proxy(service) => service.fargate_label(text).filter(|_| service.is_fargate().is_yes()),
        }
    }

    /// A problem of its log options, as sure as can be: what the API answers about containers is
    /// known, what it answers about the proxy is not.
    pub fn judged(&self, problem: Problem) -> Problem {
        match self.owner {
            Owner::Container(_) => problem,
            Owner::Proxy(_) => {
                Problem { aws_says: None, ..problem.without_reply().at_most(Severity::Warning) }
            }
        }
    }
}
