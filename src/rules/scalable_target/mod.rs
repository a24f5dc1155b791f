//! Rules about a scalable target.

super::rules![
    conflicting_scalable_targets,
    fixed_capacity,
    ignored_scaling_role,
    missing_capacity,
    missing_scale_in,
    scalable_target_without_policy,
    suspended_scaling,
    zero_maximum_capacity,
    zero_minimum_capacity,
];
