//! Rules about one container definition.

super::rules![unpinned_image];
