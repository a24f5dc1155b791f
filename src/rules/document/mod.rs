//! Rules about a text or a document of any kind.

super::rules![
    duplicate_field,
    invalid_syntax,
    invalid_value,
    missing_field,
    unknown_field,
    unrendered_template,
    wrong_type,
];
