//! Rules about a task definition as a whole.

super::rules![
    conflicting_compatibilities,
    duplicate_container_name,
    duplicate_tag_key,
    excessive_total_cpu,
    excessive_total_reservation,
    ignored_windows_task_size,
    invalid_ec2_cpu,
    invalid_empty_string,
    invalid_fargate_size,
    invalid_role_arn,
    invalid_task_cpu,
    invalid_task_memory,
    leftover_empty_tags,
    missing_essential_container,
    missing_execution_role,
    missing_execution_role_for_start,
    missing_fargate_size,
    missing_task_role,
    reserved_tag_prefix,
];
