//! Rules about what a scalable target, a scaling policy or a scheduled action scales.

super::rules![dangling_scalable_target, dangling_scaling_policy,];
