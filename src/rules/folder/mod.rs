//! Rules about the documents of one folder together.

super::rules![
    conflicting_scale_in,
    conflicting_service_connect_name,
    duplicate_scaling_metric,
    duplicate_scaling_policy,
    duplicate_scheduled_action,
    duplicate_service,
    excessive_scaling_policies,
];
