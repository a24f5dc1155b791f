//! Rules about a scalable target.

super::rules![ignored_scaling_role, missing_capacity, scalable_target_without_policy,];
