//! Rules about one container definition.

super::rules![
    conflicting_system_control,
    dangling_volumes_from,
    duplicate_mount_path,
    duplicate_ulimit,
    excessive_fargate_nofile,
    excessive_soft_limit,
    ignored_fargate_ulimit,
    ignored_swappiness,
    invalid_credential_spec,
    invalid_mount_path,
    invalid_user,
    unknown_capability,
    unknown_docker_security_option,
    unknown_tmpfs_option,
    unpinned_image,
    unsupported_fargate_capability,
    unsupported_system_control,
];
