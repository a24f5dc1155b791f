//! Rules about a scheduled action.

super::rules![
    conflicting_schedule_window,
    ignored_schedule_timezone,
    invalid_schedule,
    invalid_schedule_timezone,
    mismatched_scheduled_capacity,
    missing_scheduled_capacity,
    missing_timezone,
    past_scheduled_action,
];
