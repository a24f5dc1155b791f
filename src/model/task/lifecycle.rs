//! What containers wait for, how their health is checked, and how long they may take.

use std::cell::LazyCell;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use crate::finding::Label;
use crate::model::field::{self, Field, Known, List, view};
use crate::model::{Answer, Command, Container, LaunchType, TaskDefinition};
use crate::tree::Node;

impl<'d> Container<'d> {
    /// `dependsOn`
    pub(crate) fn depends_on(&self) -> List<'d, Dependency<'d>> {
        field::list(self.node(), "dependsOn")
    }

    /// `healthCheck`
    pub(crate) fn health_check(&self) -> Field<'d, HealthCheck<'d>> {
        field::object(self.node(), "healthCheck")
    }

    /// Whether `healthCheck` is not set at all: an empty one is a fault of its own.
    pub(crate) fn lacks_health_check(&self) -> bool {
        field::member(self.node(), "healthCheck").is_missing()
    }

    /// `restartPolicy`
    pub(crate) fn restart_policy(&self) -> Field<'d, RestartPolicy<'d>> {
        field::object(self.node(), "restartPolicy")
    }

    /// Whether ECS restarts it if it exits.
    pub(crate) fn is_restarted(&self) -> Answer {
        self.restart_policy().and_then(|policy| policy.enabled()).is(|enabled| enabled)
    }

    /// Whether the task stops when it exits, which is the case unless `essential` is false.
    pub(crate) fn ends_the_task(&self) -> Answer {
        match self.essential() {
            Field::Missing => Answer::Yes,
            Field::Unknown(_) => Answer::Unknown,
            Field::Known(essential) => Answer::from(*essential),
        }
    }

    /// `startTimeout`, in seconds.
    pub(crate) fn start_timeout(&self) -> Field<'d, i64> {
        field::integer(self.node(), "startTimeout")
    }

    /// `stopTimeout`, in seconds.
    pub(crate) fn stop_timeout(&self) -> Field<'d, i64> {
        field::integer(self.node(), "stopTimeout")
    }
}

/// The names that containers wait for, under any condition; `None` if some are not known.
pub(crate) fn awaited_names<'d>(containers: &[Container<'d>]) -> Option<BTreeSet<&'d str>> {
    let mut names = BTreeSet::new();
    for container in containers {
        let dependencies = container.depends_on();
        for dependency in dependencies.items() {
            match dependency.container_name() {
                Field::Known(name) => drop(names.insert(name.value())),
                Field::Missing => {}
                Field::Unknown(_) => return None,
            }
        }
        if !dependencies.is_complete() {
            return None;
        }
    }
    Some(names)
}

view! {
    /// An entry of `dependsOn`.
    Dependency
}

/// The values of `dependsOn[].condition`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DependencyCondition {
    /// The other container has started.
    Start,
    /// It has exited.
    Complete,
    /// It has exited with code 0.
    Success,
    /// Its health check has passed.
    Healthy,
}

impl DependencyCondition {
    /// Reads the API's spelling.
    pub(crate) fn read(text: &str) -> Option<DependencyCondition> {
        use DependencyCondition::{Complete, Healthy, Start, Success};
        [Start, Complete, Success, Healthy].into_iter().find(|condition| condition.name() == text)
    }

    /// The API's spelling.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            DependencyCondition::Start => "START",
            DependencyCondition::Complete => "COMPLETE",
            DependencyCondition::Success => "SUCCESS",
            DependencyCondition::Healthy => "HEALTHY",
        }
    }
}

impl<'d> Dependency<'d> {
    /// `containerName`
    pub(crate) fn container_name(&self) -> Field<'d, &'d str> {
        field::identifier(self.0, "containerName")
    }

    /// `condition`
    pub(crate) fn condition(&self) -> Field<'d, DependencyCondition> {
        field::identifier(self.0, "condition").read(DependencyCondition::read)
    }
}

/// A container that others wait for under certain conditions.
#[derive(Clone, Debug)]
pub(crate) struct Awaited<'d> {
    /// The container that is waited for.
    pub container: Container<'d>,
    /// The containers that wait for it, each with its condition: at least one.
    pub by: Vec<(Container<'d>, Known<'d, DependencyCondition>)>,
}

impl<'d> Awaited<'d> {
    /// The first container that waits, and its condition.
    pub(crate) fn first(&self) -> (Container<'d>, Known<'d, DependencyCondition>) {
        self.by[0]
    }

    /// Labels on the conditions of the other containers that wait.
    pub(crate) fn other_labels(&self) -> impl Iterator<Item = Label> {
        let others = self.by[1..].iter();
        others.map(|(other, condition)| condition.label(format!("{} also waits for it", other.title())))
    }
}

impl<'d> TaskDefinition<'d> {
    /// The containers that others wait for under one of these conditions. A container that waits for itself
    /// is left out. Empty if a name is unknown; names that are used twice are left out, because it is unclear
    /// which container is meant.
    pub(crate) fn awaited(&self, conditions: &[DependencyCondition]) -> Vec<Awaited<'d>> {
        let names = LazyCell::new(|| self.containers_by_name());
        let mut awaited: BTreeMap<u32, Awaited> = BTreeMap::new();
        for waiting in self.containers() {
            for dependency in waiting.depends_on().items() {
                let (Some(name), Some(condition)) =
                    (dependency.container_name().known(), dependency.condition().known())
                else {
                    continue;
                };
                let Some(container) = names.get(name.value()).copied() else { continue };
                let place = container.node().index();
                if !conditions.contains(&condition) || place == waiting.node().index() {
                    continue;
                }
                let entry = awaited.entry(place).or_insert_with(|| Awaited { container, by: Vec::new() });
                entry.by.push((waiting, condition));
            }
        }
        awaited.into_values().collect()
    }

    /// The containers by name. Empty if a name is unknown; names that are used twice are left out.
    pub(crate) fn containers_by_name(&self) -> BTreeMap<&'d str, Container<'d>> {
        let mut by_name: BTreeMap<&str, Option<Container>> = BTreeMap::new();
        if self.knows_all_container_names() {
            for container in self.containers() {
                let Some(name) = container.name().known() else { continue };
                by_name.entry(name.value()).and_modify(|one| *one = None).or_insert(Some(container));
            }
        }
        by_name.into_iter().filter_map(|(name, container)| Some((name, container?))).collect()
    }

    /// Whether every launch type accepts this `startTimeout`, in seconds.
    pub(crate) fn surely_takes_start_timeout(&self, seconds: i64) -> bool {
        (2..=120).contains(&seconds) || ((2..=600).contains(&seconds) && self.is_fargate().is_no())
    }

    /// The limits for the timeouts of containers, if a launch type listed in the task definition has such
    /// limits. The narrowest limits apply.
    pub(crate) fn timeout_limits(&self) -> Option<TimeoutLimits<'d>> {
        let limits = [(LaunchType::Fargate, 120, 120), (LaunchType::ManagedInstances, 600, 86400)];
        limits.into_iter().find_map(|(launch_type, start, stop)| {
            let requirement = self.requirement(launch_type)?;
            Some(TimeoutLimits { launch_type, requirement, start: 2..=start, stop: 2..=stop })
        })
    }
}

/// The limits for the timeouts of containers, in seconds.
#[derive(Clone, Debug)]
pub(crate) struct TimeoutLimits<'d> {
    /// The launch type that has these limits.
    pub launch_type: LaunchType,
    /// Its entry in `requiresCompatibilities`.
    pub requirement: Known<'d, &'d str>,
    /// The allowed values of `startTimeout`.
    pub start: RangeInclusive<i64>,
    /// The allowed values of `stopTimeout`.
    pub stop: RangeInclusive<i64>,
}

view! {
    /// `healthCheck`
    HealthCheck
}

impl<'d> HealthCheck<'d> {
    /// `command`
    pub(crate) fn command(&self) -> Field<'d, Command<'d>> {
        Command::of(self.0, "command")
    }

    /// The first word of the command, if the command is known.
    fn first_word(&self) -> Option<Known<'d, &'d str>> {
        self.command().known().and_then(|command| command.words().first().copied())
    }

    /// Whether the check certainly runs: the command `NONE` disables that of the image.
    pub(crate) fn is_made(&self) -> bool {
        self.first_word().is_some_and(|first| first.value() != "NONE")
    }

    /// The word `NONE`, if it disables the check.
    pub(crate) fn disabled(&self) -> Option<Known<'d, &'d str>> {
        self.first_word().filter(|first| first.value() == "NONE")
    }

    /// `interval`, in seconds.
    pub(crate) fn interval(&self) -> Field<'d, i64> {
        field::integer(self.0, "interval")
    }

    /// `timeout`, in seconds: how long one check may take.
    pub(crate) fn timeout(&self) -> Field<'d, i64> {
        field::integer(self.0, "timeout")
    }

    /// `startPeriod`, in seconds: how long after the start failed checks do not count.
    pub(crate) fn start_period(&self) -> Field<'d, i64> {
        field::integer(self.0, "startPeriod")
    }
}

/// The default `timeout` of a health check, in seconds.
pub(crate) const DEFAULT_HEALTH_CHECK_TIMEOUT: i64 = 5;

/// The default `interval` between two health checks, in seconds.
pub(crate) const DEFAULT_HEALTH_CHECK_INTERVAL: i64 = 30;

view! {
    /// `restartPolicy`
    RestartPolicy
}

impl<'d> RestartPolicy<'d> {
    /// `enabled`
    pub(crate) fn enabled(&self) -> Field<'d, bool> {
        field::boolean(self.0, "enabled")
    }

    /// `ignoredExitCodes`: with these exit codes the container is not restarted.
    pub(crate) fn ignored_exit_codes(&self) -> List<'d, Node<'d>> {
        field::list(self.0, "ignoredExitCodes")
    }

    /// `restartAttemptPeriod`, in seconds.
    pub(crate) fn restart_attempt_period(&self) -> Field<'d, i64> {
        field::integer(self.0, "restartAttemptPeriod")
    }

    /// Whether the container is restarted whenever it exits, whatever its exit code.
    pub(crate) fn restarts_after_success(&self) -> bool {
        let codes = self.ignored_exit_codes();
        self.enabled().known().is_some_and(|enabled| *enabled)
            && codes.is_complete()
            && !codes.items().any(|code| code.as_integer().is_none_or(|code| code == 0))
    }
}
