//! Where the output of containers goes.

use std::sync::LazyLock;

use crate::facts::table;
use crate::finding::Label;
use crate::model::field::{self, Field, Known, List, view};
use crate::model::{AWSFIRELENS, Answer, Container, Secret, TaskDefinition, region_fault};
use crate::spelling::nearest;
use crate::tree::Node;

impl<'d> Container<'d> {
    /// `logConfiguration`
    pub(crate) fn log_configuration(&self) -> Field<'d, LogConfiguration<'d>> {
        field::object(self.node(), "logConfiguration")
    }

    /// Whether the container uses a log driver.
    pub(crate) fn logs_with(&self, driver: &str) -> Answer {
        let logs = self.log_configuration();
        match logs.known().and_then(|logs| logs.log_driver().known()) {
            Some(own) => Answer::from(own.value() == driver),
            None if logs.is_missing() => Answer::No,
            None => Answer::Unknown,
        }
    }

    /// `logConfiguration`, if it certainly sets this driver.
    pub(crate) fn logs_to(&self, driver: &str) -> Option<LogConfiguration<'d>> {
        let logs = self.log_configuration().known()?.value();
        self.logs_with(driver).is_yes().then_some(logs)
    }
}

impl<'d> TaskDefinition<'d> {
    /// Whether any container uses a log driver.
    pub(crate) fn logs_with(&self, driver: &str) -> Answer {
        self.any_container(|container| container.logs_with(driver))
    }

    /// The log group of the first container that writes to CloudWatch Logs.
    pub(crate) fn log_group(&self) -> Option<&'d str> {
        self.awslogs_option("awslogs-group").filter(|group| log_group_fault(group).is_none())
    }

    /// The Region that the task logs to: that of the first container that writes to CloudWatch Logs,
    /// otherwise that of the registry of an image.
    pub(crate) fn log_region(&self) -> Option<&'d str> {
        let of_registry = |container: Container<'d>| {
            let image = container.image().known().filter(|image| image.is_private_ecr())?;
            image.registry()?.split('.').nth(3)
        };
        let is_region = |region: &&str| region_fault(region).is_none();
        let own = self.awslogs_option("awslogs-region").filter(is_region);
        own.or_else(|| self.containers().filter_map(of_registry).find(is_region))
    }

    fn awslogs_option(&self, name: &str) -> Option<&'d str> {
        let option = |container: Container<'d>| container.logs_to("awslogs")?.name_option(name);
        self.containers().filter_map(option).map(Known::value).find(|value| !value.is_empty())
    }
}

view! {
    /// `logConfiguration`, of a container or of Service Connect.
    LogConfiguration
}

impl<'d> LogConfiguration<'d> {
    /// `logDriver`
    pub(crate) fn log_driver(&self) -> Field<'d, &'d str> {
        field::identifier(self.0, "logDriver")
    }

    /// `options`
    pub(crate) fn options(&self) -> Field<'d, Node<'d>> {
        field::object(self.0, "options")
    }

    /// A label for missing options: on the key `options` if it is there, otherwise on the name of the driver.
    pub(crate) fn options_label(&self, text: impl Into<String>) -> Label {
        let key = self.0.get("options").and_then(Node::key);
        let driver = self.0.get("logDriver");
        Label::new(key.or(driver).unwrap_or(self.0).place(), text)
    }

    /// An entry of `options`. An option that `secretOptions` may set is unknown.
    pub(crate) fn option(&self, name: &str) -> Field<'d, &'d str> {
        let options = match self.options() {
            Field::Missing => return self.secret_option(name),
            Field::Unknown(_) => return Field::Unknown(None),
            Field::Known(options) => options.value(),
        };
        match field::prose(options, name) {
            Field::Missing if holds_unknown_key(options) => Field::Unknown(None),
            Field::Missing => self.secret_option(name),
            found => found,
        }
    }

    /// An entry of `options` that names or selects something, where `$NAME` and `<…>` are placeholders.
    pub(crate) fn name_option(&self, name: &str) -> Option<Known<'d, &'d str>> {
        self.option(name).known().filter(|option| option.node().is_plain())
    }

    /// An entry of `options`, whatever `secretOptions` may set.
    pub(crate) fn written_option(&self, name: &str) -> Option<Known<'d, &'d str>> {
        field::prose(self.options().known()?.value(), name).known()
    }

    /// Whether the key of an option is set, even without a value.
    pub(crate) fn writes(&self, name: &str) -> bool {
        self.options().known().is_some_and(|options| options.value().get(name).is_some())
    }

    /// What the log driver does if the log service is slow: its option `mode`. The options of awsfirelens
    /// configure an output of the log router, where `mode` may mean something else.
    pub(crate) fn mode(&self) -> Option<Known<'d, &'d str>> {
        let driver = self.log_driver().known().filter(|driver| driver.value() != AWSFIRELENS);
        let mode = self.name_option("mode").filter(|mode| !mode.is_empty());
        mode.filter(|_| driver.is_some())
    }

    /// The names of the options that are set.
    pub(crate) fn option_names(&self) -> impl Iterator<Item = Known<'d, &'d str>> + use<'d> {
        let options = self.options().known();
        let members = options.into_iter().flat_map(|options| options.value().members());
        let keys =
            members.filter(|(_, value)| !value.is_absent()).map(|(key, _)| Known::new(key, key.text()));
        keys.filter(|key| key.node().is_plain())
    }

    /// `secretOptions`
    pub(crate) fn secret_options(&self) -> List<'d, Secret<'d>> {
        field::list(self.0, "secretOptions")
    }

    /// Whether an option of the awslogs driver is certainly not set, not even misspelled, or outside
    /// `options`.
    pub(crate) fn lacks_awslogs_option(&self, name: &str) -> bool {
        let is_meant = |key: Known<&str>| {
            !is_awslogs_option(key.value()) && nearest_awslogs_option(key.value()) == Some(name)
        };
        self.option(name).is_missing()
            && self.0.get(name).is_none()
            && !self.0.is_incomplete()
            && !self.option_names().any(is_meant)
    }

    /// The required options of the awslogs driver that are certainly not set.
    pub(crate) fn lacking_awslogs_options(&self) -> Vec<&'static str> {
        let required = awslogs_options().iter().filter(|option| option.required).map(|option| option.name);
        required.filter(|name| self.lacks_awslogs_option(name)).collect()
    }

    /// Whether the awslogs driver lacks its stream prefix, if something requires one.
    pub(crate) fn lacks_stream_prefix(&self) -> bool {
        self.lacks_awslogs_option(STREAM_PREFIX)
    }

    fn secret_option(&self, name: &str) -> Field<'d, &'d str> {
        let secrets = self.secret_options();
        let may_be_it = |secret: Secret<'d>| secret.name().known().is_none_or(|known| known.value() == name);
        if secrets.is_complete() && !secrets.items().any(may_be_it) {
            Field::Missing
        } else {
            Field::Unknown(None)
        }
    }
}

/// Whether a key contains a placeholder, so that it may turn out to be any option.
fn holds_unknown_key(options: Node) -> bool {
    options.members().any(|(key, _)| !key.is_plain())
}

/// The option that only Fargate requires.
pub(crate) const STREAM_PREFIX: &str = "awslogs-stream-prefix";

/// An option that the awslogs driver supports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct AwslogsOption {
    /// The key.
    pub name: &'static str,
    /// Whether the API requires it.
    pub required: bool,
}

/// The options that the awslogs driver supports, in the order in which the API lists them, from
/// `rules/data/awslogs-options.tsv`.
pub(crate) fn awslogs_options() -> &'static [AwslogsOption] {
    static OPTIONS: LazyLock<Vec<AwslogsOption>> = LazyLock::new(|| {
        let rows = table!("awslogs-options.tsv").pairs();
        rows.map(|(name, need)| AwslogsOption { name, required: need == "required" }).collect()
    });
    &OPTIONS
}

/// Whether the awslogs driver supports an option.
pub(crate) fn is_awslogs_option(name: &str) -> bool {
    awslogs_options().iter().any(|option| option.name == name)
}

/// The option of the awslogs driver that `key` most likely stands for.
pub(crate) fn nearest_awslogs_option(key: &str) -> Option<&'static str> {
    const FAMILY: &str = "awslogs-";
    let names = || awslogs_options().iter().map(|option| option.name);
    // The prefix that many names share would make them all look alike.
    let own = key.strip_prefix(FAMILY).unwrap_or(key);
    let begun = names().find(|name| name.strip_prefix(FAMILY).is_some_and(|rest| is_begun(rest, own)));
    let stripped = names().map(|name| name.strip_prefix(FAMILY).unwrap_or(name));
    let by_rest = || nearest(own, stripped).and_then(|rest| names().find(|name| name.ends_with(rest)));
    let by_whole = || if key.starts_with(FAMILY) { None } else { nearest(key, names()) };
    begun.or_else(by_rest).or_else(by_whole)
}

/// Whether `text` starts with the words of `start`.
fn is_begun(text: &str, start: &str) -> bool {
    text.strip_prefix(start).is_some_and(|rest| rest.starts_with('-'))
}

/// What is wrong with the name of a log group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LogGroupFault<'d> {
    /// The name is empty.
    Empty,
    /// It is longer than 512 characters.
    TooLong,
    /// A character that the name must not contain, with its byte offset.
    Character(char, usize),
    /// It is the ARN of a log group with this name.
    Arn(&'d str),
}

/// The fault of a log group name, if it has one.
pub(crate) fn log_group_fault(name: &str) -> Option<LogGroupFault<'_>> {
    let is_allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '/' | '#' | '-');
    if let Some((_, group)) = name.split_once(":log-group:").filter(|_| name.starts_with("arn:")) {
        return Some(LogGroupFault::Arn(group.trim_end_matches('*').trim_end_matches(':')));
    }
    match name.char_indices().find(|(_, c)| !is_allowed(*c)) {
        Some((at, c)) => Some(LogGroupFault::Character(c, at)),
        None if name.is_empty() => Some(LogGroupFault::Empty),
        None => (name.len() > 512).then_some(LogGroupFault::TooLong),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn misspelt_options_are_recognised() {
        for (key, option) in [
            ("awslogs-stream", Some("awslogs-stream-prefix")),
            ("awslogs-steam-prefix", Some("awslogs-stream-prefix")),
            ("awslogs_group", Some("awslogs-group")),
            ("awslog-region", Some("awslogs-region")),
            ("region", Some("awslogs-region")),
            ("awslogs-groups", Some("awslogs-group")),
            ("log_key", None),
            ("Name", None),
            ("retention", None),
        ] {
            assert_eq!(nearest_awslogs_option(key), option, "{key}");
        }
    }

    #[test]
    fn names_of_log_groups() {
        for name in ["/ecs/web", "web_1.prod", "a#b-c"] {
            assert_eq!(log_group_fault(name), None, "{name}");
        }
        assert_eq!(log_group_fault(""), Some(LogGroupFault::Empty));
        assert_eq!(log_group_fault("my group"), Some(LogGroupFault::Character(' ', 2)));
        assert_eq!(log_group_fault(&"x".repeat(513)), Some(LogGroupFault::TooLong));
        let arn = "arn:aws:logs:eu-west-1:111122223333:log-group:/ecs/web:*";
        assert_eq!(log_group_fault(arn), Some(LogGroupFault::Arn("/ecs/web")));
    }
}
