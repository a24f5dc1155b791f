//! The exit status.

/// The exit status: nothing found, something found, something failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// No findings at or above the failing level.
    Clean = 0,
    /// Findings at or above the failing level.
    Found = 1,
    /// Something could not be done.
    Failed = 2,
}

impl Status {
    /// The status of a run in which something may have failed, or may have been found. A failure
    /// counts more: not everything was looked at.
    pub(super) fn of(has_failed: bool, has_found: bool) -> Status {
        match (has_failed, has_found) {
            (true, _) => Status::Failed,
            (false, true) => Status::Found,
            (false, false) => Status::Clean,
        }
    }
}
