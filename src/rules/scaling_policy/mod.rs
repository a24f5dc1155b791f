//! Rules about a scaling policy, or a configuration block of one that stands alone.

super::rules![
    conflicting_adjustment_magnitude,
    conflicting_capacity_buffer,
    conflicting_scaling_metrics,
    impossible_exact_capacity,
    impossible_target_value,
    invalid_cooldown,
    invalid_custom_metric,
    invalid_metric_query,
    invalid_predictive_metrics,
    invalid_resource_label,
    invalid_step_intervals,
    mismatched_metric_dimensions,
    mismatched_policy_configuration,
    missing_adjustment_type,
    missing_policy_type,
    missing_resource_label,
    missing_scaling_metric,
    missing_step_adjustments,
    unsupported_predefined_metric,
];
