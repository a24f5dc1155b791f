//! Rules about one container definition.

super::rules![
    excessive_container_memory,
    excessive_memory_reservation,
    insufficient_memory_reservation,
    invalid_image_characters,
    invalid_image_digest,
    invalid_image_reference,
    mismatched_image_architecture,
    missing_container_memory,
    missing_image,
    unpinned_image,
];
