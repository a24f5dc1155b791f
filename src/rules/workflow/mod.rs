//! Rules about the steps of workflows that render task definitions.

super::rules![dangling_render_container];
