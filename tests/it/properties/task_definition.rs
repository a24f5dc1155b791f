//! Task definitions that AWS takes.

use serde_json::{Value, json};

use super::choices::{Choices, Fields};

/// What a task runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    Fargate,
    Instances,
    External,
}

/// A task definition, and what a service has to know about it.
#[derive(Debug)]
pub struct Task {
    pub document: Value,
    pub family: String,
    pub target: Target,
    pub network_mode: Option<&'static str>,
    /// The container that listens, and its port.
    pub listens: Option<(String, i64)>,
    /// The name of its port mapping, for Service Connect.
    pub port_name: Option<String>,
    /// The volume that the service configures.
    pub volume_of_service: Option<String>,
}

/// The sizes of a task on Fargate: CPU units, and MiB of memory from, to and in steps of.
const FARGATE_SIZES: [(i64, i64, i64, i64); 7] = [
    (256, 512, 1024, 512),
    (512, 1024, 4096, 1024),
    (1024, 2048, 8192, 1024),
    (2048, 4096, 16384, 1024),
    (4096, 8192, 30720, 1024),
    (8192, 16384, 61440, 4096),
    (16384, 32768, 122_880, 8192),
];

/// A task definition.
pub fn task(choices: &mut Choices) -> Task {
    let target = choices.pick(&[Target::Fargate, Target::Instances, Target::External, Target::Instances]);
    let network_mode = match target {
        Target::Fargate => Some("awsvpc"),
        Target::Instances => {
            choices.pick(&[None, Some("bridge"), Some("host"), Some("awsvpc"), Some("none")])
        }
        Target::External => choices.pick(&[None, Some("bridge"), Some("host"), Some("none")]),
    };
    let mut maker = Maker { choices, target, network_mode, volumes: Vec::new(), volume_of_service: None };
    maker.make()
}

struct Maker<'c> {
    choices: &'c mut Choices,
    target: Target,
    network_mode: Option<&'static str>,
    volumes: Vec<Value>,
    volume_of_service: Option<String>,
}

/// What is known about a container before it is made.
struct Plan {
    name: String,
    is_essential: bool,
    has_health_check: bool,
}

impl Maker<'_> {
    fn is_fargate(&self) -> bool {
        self.target == Target::Fargate
    }

    fn is_awsvpc(&self) -> bool {
        self.network_mode == Some("awsvpc")
    }

    fn make(&mut self) -> Task {
        let mut task = Fields::default();
        let family = self.choices.name();
        task.set("family", family.clone());
        match self.target {
            Target::Fargate => task.set("requiresCompatibilities", json!(["FARGATE"])),
            Target::Instances if self.choices.maybe() => {}
            Target::Instances => task.set("requiresCompatibilities", json!(["EC2"])),
            Target::External => task.set("requiresCompatibilities", json!(["EXTERNAL"])),
        }
        if let Some(mode) = self.network_mode {
            task.set("networkMode", mode);
        }
        let memory = self.size(&mut task);
        task.set("executionRoleArn", "arn:aws:iam::111122223333:role/ecsTaskExecutionRole");
        if self.choices.maybe() {
            task.set("taskRoleArn", "arn:aws:iam::111122223333:role/path/web");
        }
        self.options(&mut task);
        self.make_volumes();

        let count = 1 + self.choices.below(4);
        let has_router = count > 1 && self.choices.maybe();
        let plans: Vec<Plan> = self
            .choices
            .names(count)
            .into_iter()
            .enumerate()
            .map(|(at, name)| {
                let is_router = has_router && at == 0;
                // The last one is essential, as one has to be; a router is not waited for.
                let is_essential = at + 1 == count || is_router || !self.choices.maybe();
                Plan { name, is_essential, has_health_check: self.choices.maybe() }
            })
            .collect();
        let share = memory.map(|memory| memory / count as i64);
        let mut containers = Vec::new();
        for at in 0..count {
            containers.push(self.container(&plans, at, share, has_router));
        }
        // The last container listens.
        let (mut listens, mut port_name) = (None, None);
        if self.network_mode != Some("none") && self.choices.below(2) == 0 {
            let port = self.choices.between(1024, 30_000);
            let mut mapping = Fields::default();
            mapping.set("containerPort", port);
            match self.network_mode {
                Some("awsvpc" | "host") if self.choices.maybe() => mapping.set("hostPort", port),
                Some("awsvpc" | "host") => {}
                _ if self.choices.maybe() => mapping.set("hostPort", 0),
                _ => {}
            }
            if self.choices.maybe() {
                mapping.set("protocol", "tcp");
            }
            if self.choices.maybe() {
                mapping.set("name", "http");
                mapping.set("appProtocol", self.choices.pick(&["http", "http2", "grpc"]));
                port_name = Some("http".to_owned());
            }
            if let Some(last) = containers.last_mut() {
                last["portMappings"] = json!([mapping.done()]);
            }
            listens = Some((plans[count - 1].name.clone(), port));
        }
        task.set("containerDefinitions", containers);
        let volumes = std::mem::take(&mut self.volumes);
        task.list("volumes", volumes);
        Task {
            document: task.done(),
            family,
            target: self.target,
            network_mode: self.network_mode,
            listens,
            port_name,
            volume_of_service: self.volume_of_service.take(),
        }
    }

    /// Sets the size of the task; returns its memory, if it is limited.
    fn size(&mut self, task: &mut Fields) -> Option<i64> {
        if self.is_fargate() {
            let (cpu, from, to, step) = self.choices.pick(&FARGATE_SIZES);
            let memory = from + step * self.choices.between(0, (to - from) / step);
            match self.choices.below(2) {
                0 => {
                    task.set("cpu", cpu.to_string());
                    task.set("memory", memory.to_string());
                }
                _ if cpu >= 1024 && memory % 1024 == 0 => {
                    task.set("cpu", format!("{} vCPU", cpu / 1024));
                    task.set("memory", format!("{} GB", memory / 1024));
                }
                _ => {
                    task.set("cpu", cpu.to_string());
                    task.set("memory", memory.to_string());
                }
            }
            return Some(memory);
        }
        if !self.choices.maybe() {
            return None;
        }
        let memory = 1024 * self.choices.between(1, 8);
        task.set("memory", memory.to_string());
        if self.choices.maybe() {
            task.set("cpu", self.choices.pick(&["256", "512", "1024"]));
        }
        Some(memory)
    }

    fn options(&mut self, task: &mut Fields) {
        if self.choices.maybe() {
            task.set(
                "runtimePlatform",
                json!({"operatingSystemFamily": "LINUX", "cpuArchitecture": self.choices.pick(&["X86_64", "ARM64"])}),
            );
        }
        if self.is_fargate() && self.choices.maybe() {
            task.set("ephemeralStorage", json!({"sizeInGiB": self.choices.between(21, 200)}));
        }
        if self.choices.maybe() {
            task.set(
                "pidMode",
                if self.is_fargate() { "task" } else { self.choices.pick(&["task", "host"]) },
            );
        }
        if self.target == Target::Instances && self.choices.maybe() {
            task.set("ipcMode", self.choices.pick(&["none", "task", "host"]));
        }
        if self.target == Target::Instances && self.choices.maybe() {
            let expression = self.choices.pick(&[
                "attribute:ecs.instance-type =~ t3.*",
                "attribute:ecs.availability-zone in [eu-west-1a, eu-west-1b]",
                "attribute:ecs.os-type == linux and attribute:ecs.cpu-architecture == x86_64",
            ]);
            task.set("placementConstraints", json!([{"type": "memberOf", "expression": expression}]));
        }
        if self.choices.maybe() {
            task.set("tags", json!([{"key": "team", "value": "shop"}, {"key": "cost:center", "value": ""}]));
        }
        if self.choices.maybe() {
            task.set("enableFaultInjection", false);
        }
    }

    fn make_volumes(&mut self) {
        let count = self.choices.below(4);
        for name in self.choices.names(count) {
            let mut volume = Fields::default();
            volume.set("name", name.clone());
            match (self.choices.below(5), self.target) {
                (0, _) => {}
                (1, Target::Fargate) => volume.set("host", json!({})),
                (1, _) => {
                    volume.set("host", json!({"sourcePath": self.choices.pick(&["/data", "/var/lib/app"])}))
                }
                (2, Target::Fargate | Target::Instances) => {
                    let mut efs = Fields::default();
                    efs.set("fileSystemId", "fs-0123456789abcdef0");
                    match self.choices.below(3) {
                        0 => efs.set("rootDirectory", "/exports"),
                        1 => {
                            efs.set("transitEncryption", "ENABLED");
                            efs.set("transitEncryptionPort", self.choices.between(1024, 65535));
                        }
                        _ => {
                            efs.set("transitEncryption", "ENABLED");
                            efs.set(
                                "authorizationConfig",
                                json!({"accessPointId": "fsap-0123456789abcdef0"}),
                            );
                        }
                    }
                    volume.set("efsVolumeConfiguration", efs.done());
                }
                (3, Target::Instances | Target::External) => {
                    let scope = self.choices.pick(&["task", "shared"]);
                    let mut docker = Fields::default();
                    docker.set("scope", scope);
                    docker.set("driver", "local");
                    if scope == "shared" {
                        docker.set("autoprovision", true);
                    }
                    volume.set("dockerVolumeConfiguration", docker.done());
                }
                (4, Target::Fargate | Target::Instances) if self.volume_of_service.is_none() => {
                    volume.set("configuredAtLaunch", true);
                    self.volume_of_service = Some(name);
                }
                _ => {}
            }
            self.volumes.push(volume.done());
        }
    }

    fn container(&mut self, plans: &[Plan], at: usize, share: Option<i64>, has_router: bool) -> Value {
        let plan = &plans[at];
        let is_router = has_router && at == 0;
        let mut container = Fields::default();
        container.set("name", plan.name.clone());
        let image = self.choices.pick(&[
            "nginx:1.29.3",
            "111122223333.dkr.ecr.eu-west-1.amazonaws.com/web:1.4.2",
            "public.ecr.aws/docker/library/busybox:1.37",
            "ghcr.io/org/app@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
        ]);
        container.set("image", image);
        self.memory_of(&mut container, share);
        if !plan.is_essential {
            container.set("essential", false);
        } else if self.choices.maybe() {
            container.set("essential", true);
        }
        if is_router {
            container.set(
                "firelensConfiguration",
                json!({"type": "fluentbit", "options": {"enable-ecs-log-metadata": "true"}}),
            );
        } else if let Some(logs) = self.logs(has_router, at + 1 == plans.len()) {
            container.set("logConfiguration", logs);
        }
        if plan.has_health_check {
            container.set("healthCheck", self.health_check());
        }
        let mut depends = Vec::new();
        for before in &plans[..at] {
            if !self.choices.maybe() {
                continue;
            }
            let conditions: &[&str] = match (before.is_essential, before.has_health_check) {
                (true, false) => &["START"],
                (true, true) => &["START", "HEALTHY"],
                (false, false) => &["START", "COMPLETE", "SUCCESS"],
                (false, true) => &["START", "COMPLETE", "SUCCESS", "HEALTHY"],
            };
            let condition = self.choices.pick(conditions);
            depends.push(json!({"containerName": before.name, "condition": condition}));
        }
        container.list("dependsOn", depends);
        let mut mounts = Vec::new();
        for (at, volume) in self.volumes.iter().enumerate() {
            // AWS rejects one that the service configures and no container mounts.
            let is_of_service = volume["configuredAtLaunch"] == true;
            if !is_of_service && !self.choices.maybe() {
                continue;
            }
            let mut mount = Fields::default();
            mount.set("sourceVolume", volume["name"].clone());
            mount.set("containerPath", format!("/mnt/volume-{at}"));
            if self.choices.maybe() {
                mount.set("readOnly", true);
            }
            mounts.push(mount.done());
        }
        container.list("mountPoints", mounts);
        if at > 0 && self.choices.maybe() {
            container.set("volumesFrom", json!([{"sourceContainer": plans[at - 1].name, "readOnly": true}]));
        }
        self.environment(&mut container);
        self.process(&mut container);
        if !self.is_fargate() {
            self.on_instances(&mut container, plans, at);
        }
        container.done()
    }

    fn memory_of(&mut self, container: &mut Fields, share: Option<i64>) {
        match (share, self.choices.below(3)) {
            (Some(_), 0) => {}
            (None, 0) => container.set("memory", 4 * self.choices.between(2, 500)),
            (share, 1) => container.set("memoryReservation", share.unwrap_or(256).min(256)),
            (share, _) => {
                let memory = share.unwrap_or(512).min(2048);
                container.set("memory", memory);
                container.set("memoryReservation", memory / 2);
            }
        }
        if self.choices.maybe() {
            container.set("cpu", self.choices.pick(&[0, 10, 32]));
        }
    }

    fn logs(&mut self, has_router: bool, is_last: bool) -> Option<Value> {
        let awslogs = || {
            json!({"logDriver": "awslogs", "options": {
                "awslogs-group": "/ecs/web", "awslogs-region": "eu-west-1", "awslogs-stream-prefix": "web"}})
        };
        let is_fargate = self.is_fargate();
        // A log router has to be used.
        let choice = if has_router && is_last { 3 } else { self.choices.below(8) };
        Some(match choice {
            0 => return None,
            1 => json!({"logDriver": "awslogs", "options": {
                "awslogs-group": "/ecs/web", "awslogs-region": "us-gov-west-1", "awslogs-stream-prefix": "web",
                "awslogs-create-group": "true", "mode": "non-blocking", "max-buffer-size": "25m"}}),
            2 => json!({"logDriver": "splunk",
                "options": {"splunk-url": "https://splunk.example.com:8088", "splunk-format": "json"},
                "secretOptions": [{"name": "splunk-token", "valueFrom": "/web/splunk-token"}]}),
            3 if has_router => json!({"logDriver": "awsfirelens", "options": {
                "Name": "cloudwatch_logs", "region": "eu-west-1", "log_group_name": "/ecs/web",
                "log_stream_prefix": "web-"}}),
            4 if !is_fargate => {
                json!({"logDriver": "json-file", "options": {"max-size": "10m", "max-file": "3"}})
            }
            5 if !is_fargate => {
                json!({"logDriver": "syslog", "options": {"syslog-address": "udp://10.0.0.1:514"}})
            }
            6 if !is_fargate => {
                json!({"logDriver": "gelf", "options": {"gelf-address": "udp://10.0.0.1:12201"}})
            }
            7 if !is_fargate => {
                json!({"logDriver": "fluentd", "options": {"fluentd-address": "localhost:24224", "tag": "web"}})
            }
            _ => awslogs(),
        })
    }

    fn health_check(&mut self) -> Value {
        let command = self.choices.pick(&[
            json!(["CMD-SHELL", "curl -f http://localhost/ || exit 1"]),
            json!(["CMD", "/bin/check", "--fast"]),
        ]);
        let mut check = Fields::default();
        check.set("command", command);
        if self.choices.maybe() {
            check.set("interval", self.choices.between(61, 300));
            check.set("timeout", self.choices.between(2, 60));
        }
        if self.choices.maybe() {
            check.set("retries", self.choices.between(1, 10));
            check.set("startPeriod", self.choices.between(0, 300));
        }
        check.done()
    }

    fn environment(&mut self, container: &mut Fields) {
        if self.choices.maybe() {
            container.set(
                "environment",
                json!([{"name": "LOG_LEVEL", "value": "info"}, {"name": "EMPTY", "value": ""}]),
            );
        }
        if self.choices.maybe() {
            let from = self.choices.pick(&[
                "arn:aws:ssm:eu-west-1:111122223333:parameter/web/password",
                "arn:aws:secretsmanager:eu-west-1:111122223333:secret:web-AbCdEf",
                "arn:aws:secretsmanager:eu-west-1:111122223333:secret:web-AbCdEf:password::",
                "/web/password",
            ]);
            container.set("secrets", json!([{"name": "DB_PASSWORD", "valueFrom": from}]));
        }
        if self.choices.maybe() {
            container.set(
                "environmentFiles",
                json!([{"type": "s3", "value": "arn:aws:s3:::config-bucket/web.env"}]),
            );
        }
        if self.choices.maybe() {
            container.set("dockerLabels", json!({"com.example.team": "shop"}));
        }
    }

    fn process(&mut self, container: &mut Fields) {
        if self.choices.maybe() {
            container.set("command", json!(["serve", "--port", "8080"]));
        }
        if self.choices.maybe() {
            container.set("entryPoint", json!(["/bin/sh", "-c"]));
        }
        if self.choices.maybe() {
            container.set("user", self.choices.pick(&["1000:1000", "nobody", "1000"]));
        }
        if self.choices.maybe() {
            container.set("workingDirectory", "/srv/app");
        }
        if self.choices.maybe() {
            container.set("readonlyRootFilesystem", true);
        }
        if self.choices.maybe() {
            container.set("stopTimeout", self.choices.between(2, 120));
        }
        if self.choices.maybe() {
            container.set("startTimeout", self.choices.between(2, 120));
        }
        if self.choices.maybe() {
            let hard = self.choices.between(1024, 65_536);
            container.set("ulimits", json!([{"name": "nofile", "softLimit": 1024, "hardLimit": hard}]));
        }
        if self.choices.maybe() {
            container.set(
                "linuxParameters",
                json!({"initProcessEnabled": true, "capabilities": {"drop": ["ALL"]}}),
            );
        }
        if self.choices.maybe() {
            let mut restart = Fields::default();
            restart.set("enabled", true);
            if self.choices.maybe() {
                restart.set("ignoredExitCodes", json!([0]));
                restart.set("restartAttemptPeriod", self.choices.between(60, 1800));
            }
            container.set("restartPolicy", restart.done());
        }
        if self.choices.maybe() {
            container.set("versionConsistency", self.choices.pick(&["enabled", "disabled"]));
        }
    }

    /// What only instances have.
    fn on_instances(&mut self, container: &mut Fields, plans: &[Plan], at: usize) {
        if self.choices.maybe() {
            container.set("privileged", true);
        }
        if self.choices.maybe() {
            container.set("dockerSecurityOptions", json!(["no-new-privileges"]));
        }
        let is_bridge = matches!(self.network_mode, None | Some("bridge"));
        if is_bridge && self.choices.maybe() {
            container.set("hostname", "web");
        }
        if is_bridge && self.choices.maybe() {
            container.set("extraHosts", json!([{"hostname": "db", "ipAddress": "10.0.0.5"}]));
        }
        if is_bridge && self.choices.maybe() {
            container.set("dnsServers", json!(["10.0.0.2"]));
        }
        if is_bridge && at > 0 && self.choices.maybe() {
            container.set("links", json!([plans[at - 1].name]));
        }
        if self.target == Target::Instances && at == 0 && self.choices.maybe() {
            container.set("resourceRequirements", json!([{"type": "GPU", "value": "1"}]));
        }
        if self.is_awsvpc() && at == 0 && self.choices.maybe() {
            container.set("systemControls", json!([{"namespace": "net.core.somaxconn", "value": "1024"}]));
        }
    }
}
