//! Rules about a task definition as a whole.

super::rules![
    conflicting_essential_dependency,
    conflicting_firelens_port,
    cyclic_dependency,
    cyclic_links,
    duplicate_container_port,
    duplicate_host_port,
    duplicate_port_name,
    insufficient_start_timeout,
    invalid_fargate_network_mode,
    invalid_fargate_size,
    leftover_empty_tags,
    mismatched_network_mode,
    missing_dependency_health_check,
    unreachable_completion,
];
