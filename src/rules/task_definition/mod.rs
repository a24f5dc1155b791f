//! Rules about a task definition as a whole.

super::rules![invalid_fargate_size, leftover_empty_tags];
