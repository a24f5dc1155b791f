//! Rules about a text or a document of any kind.

super::rules![
    duplicate_field,
    excessive_task_definition_size,
    invalid_syntax,
    invalid_value,
    leftover_null,
    leftover_response_fields,
    missing_field,
    unknown_field,
    unrendered_template,
    unresolved_placeholder,
    unresolved_skeleton,
    wrong_type,
];
