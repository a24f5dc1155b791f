//! How the containers of a task share its memory.

use crate::model::field::{Field, Known};
use crate::model::{Answer, Container, Mebibytes, TaskDefinition};

/// The amounts of memory that the containers of a task set in one of their fields.
#[derive(Clone, Debug)]
pub(crate) struct MemoryShares<'d> {
    /// The known amounts, in the order of the containers.
    pub known: Vec<(Container<'d>, Known<'d, Mebibytes>)>,
    /// Whether these are certainly all.
    is_complete: bool,
}

impl MemoryShares<'_> {
    /// What the known amounts add up to.
    pub(crate) fn total(&self) -> Mebibytes {
        Mebibytes(self.known.iter().fold(0, |sum: i64, (_, share)| sum.saturating_add(share.0)))
    }

    /// Whether they add up to more than another amount; no if that is not set.
    fn exceed(&self, whole: Field<Mebibytes>) -> Answer {
        match whole {
            Field::Missing => Answer::No,
            Field::Unknown(_) => Answer::Unknown,
            Field::Known(whole) if self.total() > *whole => Answer::Yes,
            Field::Known(_) => Answer::no_if(self.is_complete),
        }
    }
}

impl<'d> TaskDefinition<'d> {
    /// The `memoryReservation` of the containers.
    pub(crate) fn memory_reservations(&self) -> MemoryShares<'d> {
        self.memory_shares(Container::memory_reservation)
    }

    /// The `memory` of the containers: their hard limits.
    pub(crate) fn memory_limits(&self) -> MemoryShares<'d> {
        self.memory_shares(Container::memory)
    }

    fn memory_shares(&self, field: fn(&Container<'d>) -> Field<'d, Mebibytes>) -> MemoryShares<'d> {
        let shares: Vec<_> = self.containers().map(|container| (container, field(&container))).collect();
        let is_complete = self.sees_all_containers() && shares.iter().all(|(_, share)| !share.is_unknown());
        let known = shares.into_iter().filter_map(|(container, share)| Some((container, share.known()?)));
        MemoryShares { known: known.collect(), is_complete }
    }

    /// Whether the containers together reserve more memory than the task has, which the API rejects.
    pub(crate) fn reserves_too_much_memory(&self) -> Answer {
        self.memory_reservations().exceed(self.memory())
    }

    /// Whether the hard limits of the containers add up to more than the task has, and the API accepts it.
    pub(crate) fn overcommits_memory(&self) -> Answer {
        let is_rejected =
            self.any_container(Container::exceeds_task_memory).or(self.reserves_too_much_memory());
        (!is_rejected).and(self.has_effective_memory()).and(self.memory_limits().exceed(self.memory()))
    }

    /// Whether the task-level memory has an effect: on Windows it has none outside Fargate.
    pub(crate) fn has_effective_memory(&self) -> Answer {
        self.is_fargate().or(!self.says_windows())
    }
}
