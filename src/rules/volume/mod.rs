//! Rules about one volume of a task definition.

super::rules![
    conflicting_access_point_root,
    conflicting_volume_types,
    docker_socket_mount,
    invalid_efs_id,
    invalid_efs_root,
    invalid_s3files_arn,
    invalid_source_path,
    invalid_volume_name,
    missing_efs_iam_authorization,
    missing_efs_transit_encryption,
    missing_volume_driver,
    sensitive_host_mount,
    unencrypted_efs_transit,
    unprovisioned_shared_volume,
];
