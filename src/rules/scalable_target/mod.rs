//! Rules about a scalable target.

super::rules![
    conflicting_scalable_targets,
    excessive_maximum_capacity,
    fixed_capacity,
    ignored_scaling_role,
    missing_capacity,
    missing_dynamic_scaling,
    missing_scale_in,
    scalable_target_without_policy,
    suspended_scaling,
    unpaired_scheduled_action,
    zero_maximum_capacity,
    zero_minimum_capacity,
];
