//! Rules about a text or a document of any kind.

super::rules![
    conflicting_capacity_bounds,
    duplicate_field,
    duplicate_tag_key,
    excessive_task_definition_size,
    impossible_resource_id,
    invalid_resource_id,
    invalid_syntax,
    invalid_value,
    leftover_null,
    leftover_response_fields,
    mismatched_key_case,
    mismatched_scalable_dimension,
    missing_field,
    reserved_tag_prefix,
    unknown_field,
    unrendered_template,
    unresolved_placeholder,
    unresolved_sample_value,
    unresolved_skeleton,
    wrong_type,
];
