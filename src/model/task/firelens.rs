//! FireLens: the container that routes the logs of the other containers.

use super::task_definition::MOST_ASKED;
use crate::model::field::{self, Field, Known, view};
use crate::model::{Answer, Container, LogConfiguration, TaskDefinition};
use crate::tree::Node;

/// The log driver that sends logs to the router.
pub(crate) const AWSFIRELENS: &str = "awsfirelens";

impl<'d> Container<'d> {
    /// `firelensConfiguration`, which makes the container the task's log router.
    pub(crate) fn firelens(&self) -> Field<'d, FirelensConfiguration<'d>> {
        field::object(self.node(), "firelensConfiguration")
    }

    /// Whether the container is a log router.
    pub(crate) fn is_log_router(&self) -> Answer {
        self.firelens().is(|_| true)
    }

    /// Whether the container waits for another one, directly or through others.
    pub(crate) fn waits_for(&self, name: &str) -> Answer {
        self.waits_for_within(name, &mut Vec::new())
    }

    fn waits_for_within(&self, name: &str, seen: &mut Vec<usize>) -> Answer {
        if seen.contains(&self.position()) {
            return Answer::No;
        }
        seen.push(self.position());
        let mut answer = if self.depends_on().is_complete() { Answer::No } else { Answer::Unknown };
        for dependency in self.depends_on().items() {
            let Some(other) = dependency.container_name().known() else {
                answer = Answer::Unknown;
                continue;
            };
            if other.value() == name {
                return Answer::Yes;
            }
            let task = self.task();
            // A container with an unknown name may be the one that is meant.
            let otherwise = if task.is_some_and(|task| task.knows_all_container_names()) {
                Answer::No
            } else {
                Answer::Unknown
            };
            let next = task.and_then(|task| task.container(other.value()));
            match next.map_or(otherwise, |next| next.waits_for_within(name, seen)) {
                Answer::Yes => return Answer::Yes,
                Answer::Unknown => answer = Answer::Unknown,
                Answer::No => {}
            }
        }
        answer
    }
}

impl<'d> TaskDefinition<'d> {
    /// Whether any container is a log router.
    pub(crate) fn has_log_router(&self) -> Answer {
        self.any_container(|container| container.is_log_router())
    }

    /// The containers that are certainly log routers, with their configuration.
    pub(crate) fn log_routers(&self) -> impl Iterator<Item = LogRouter<'d>> + use<'d> {
        let router = |container: Container<'d>| {
            let firelens = container.firelens().known()?;
            Some(LogRouter { container, firelens })
        };
        self.containers().filter_map(router)
    }

    /// The log router of the task, if there is exactly one.
    pub(crate) fn log_router(&self) -> Option<LogRouter<'d>> {
        if self.containers().nth(MOST_ASKED).is_some() {
            return None;
        }
        let mut routers = self.log_routers();
        let router = routers.next().filter(|_| routers.next().is_none())?;
        let others = self.any_container(|other| {
            if other.position() == router.container.position() { Answer::No } else { other.is_log_router() }
        });
        others.is_no().then_some(router)
    }
}

/// A container that is a log router.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LogRouter<'d> {
    /// The container.
    pub container: Container<'d>,
    /// Its `firelensConfiguration`.
    pub firelens: Known<'d, FirelensConfiguration<'d>>,
}

/// The program in a log router: the values of `firelensConfiguration.type`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RouterType {
    /// Fluent Bit.
    FluentBit,
    /// Fluentd.
    Fluentd,
}

impl RouterType {
    /// The API's spelling.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            RouterType::FluentBit => "fluentbit",
            RouterType::Fluentd => "fluentd",
        }
    }

    /// The option with which a container sets the output that its logs go to.
    pub(crate) const fn output_key(self) -> &'static str {
        match self {
            RouterType::FluentBit => "Name",
            RouterType::Fluentd => "@type",
        }
    }

    /// The file in the router to which ECS writes the FireLens configuration.
    pub(crate) const fn own_file(self) -> &'static str {
        match self {
            RouterType::FluentBit => "/fluent-bit/etc/fluent-bit.conf",
            RouterType::Fluentd => "/fluentd/etc/fluent.conf",
        }
    }
}

view! {
    /// `firelensConfiguration`
    FirelensConfiguration
}

impl<'d> FirelensConfiguration<'d> {
    /// `type`
    pub(crate) fn router_type(&self) -> Field<'d, RouterType> {
        let types = [RouterType::FluentBit, RouterType::Fluentd];
        let read = |text: &str| types.into_iter().find(|one| one.name() == text);
        field::identifier(self.0, "type").read(read)
    }

    /// An entry of `options`.
    pub(crate) fn option(&self, name: &str) -> Field<'d, &'d str> {
        field::object::<Node>(self.0, "options").and_then(|options| field::identifier(options, name))
    }

    /// `config-file-type` in `options`.
    pub(crate) fn file_type(&self) -> Field<'d, &'d str> {
        self.option("config-file-type")
    }

    /// `config-file-value` in `options`.
    pub(crate) fn file_value(&self) -> Field<'d, &'d str> {
        self.option("config-file-value")
    }
}

impl<'d> LogConfiguration<'d> {
    /// Whether an option configures an output of the router, rather than what is sent to it.
    pub(crate) fn describes_an_output(&self) -> bool {
        const OF_FIRELENS: [&str; 3] = ["include-pattern", "exclude-pattern", "log-driver-buffer-limit"];
        self.option_names().any(|name| !OF_FIRELENS.contains(&name.value()))
    }
}

/// Whether the ECS agent reads a text as a boolean, with Go's `strconv.ParseBool`.
pub(crate) fn is_go_boolean(text: &str) -> bool {
    let words = ["1", "t", "T", "TRUE", "true", "True", "0", "f", "F", "FALSE", "false", "False"];
    words.contains(&text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn booleans_of_go() {
        assert!(["1", "True", "f", "FALSE"].into_iter().all(is_go_boolean));
        assert!(!["yes", "no", "on", "tRUE", ""].into_iter().any(is_go_boolean));
    }
}
