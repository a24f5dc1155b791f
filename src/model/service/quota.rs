//! Quotas of services, which AWS raises on request.

use crate::facts::table;
use crate::model::{Present, Service};

/// How many tasks a service can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TaskQuota {
    /// A service whose tasks other services find by other means, if at all.
    Any,
    /// A service with service discovery or Service Connect, whose tasks AWS Cloud Map lists.
    Discovered,
}

impl TaskQuota {
    /// The quota of an account that has not asked for a higher one.
    pub(crate) fn default(self) -> i64 {
        let name = match self {
            TaskQuota::Any => "tasks-per-service",
            TaskQuota::Discovered => "tasks-per-discovered-service",
        };
        let row = table!("service-quotas.tsv").pairs().find(|(quota, _)| *quota == name);
        row.and_then(|(_, value)| value.parse().ok()).expect("the table contains a number for each quota")
    }
}

impl<'d> Service<'d> {
    /// What makes AWS Cloud Map list the tasks of the service: service discovery, or Service Connect with
    /// names under which others reach it.
    pub(crate) fn discovery(&self) -> Option<Present<'d>> {
        let connect = self.service_connect().filter(|connect| connect.services().certain().is_some());
        self.registries().certain().or(connect.map(|connect| connect.present()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_quota_has_a_number() {
        assert!(TaskQuota::Discovered.default() < TaskQuota::Any.default());
    }
}
