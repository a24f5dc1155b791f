//! Rules about a service, and about what it and its task definition say.

super::rules![dangling_load_balancer_container, dangling_load_balancer_port, missing_scaling_policy];
