use crate::finding::{Category, Problem, Severity};
use crate::model::{Container, Field, Protocol};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "exposed-ssh-port",
    summary: "a container listens for SSH connections",
    category: Category::Security,
    severity: Severity::Warning,
    profile: Profile::Strict,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://www.cisecurity.org/benchmark/docker",
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html",
    ],
    check: Check::Container(check),
};

fn check(container: &Container, report: &mut Report) {
    let mappings = container.port_mappings().items();
    let ports = mappings.filter(|mapping| mapping.protocol() == Some(Protocol::Tcp));
    let port = ports.filter_map(|mapping| mapping.container_ports()).find(|ports| ports.contains(SSH_PORT));
    let commands = [container.entry_point(), container.command()].into_iter().filter_map(Field::known);
    let server = commands.filter_map(|command| command.runs("sshd")).next();
    let title = container.title();
    let server_label = server.map(|server| server.label("the SSH server"));
    let problem = match (port, server_label) {
        (Some(port), server) => {
            let message = if server.is_some() {
                format!("{title} runs an SSH server on port {SSH_PORT}")
            } else {
                format!("{title} exposes port {SSH_PORT}, the port of SSH")
            };
            let is_range = port.first != port.last;
            let label = port.label(if is_range { "contains port 22" } else { "the port of SSH" });
            Problem::new(message, label).also_each(server)
        }
        (None, Some(server)) => Problem::new(format!("{title} runs an SSH server"), server),
        (None, None) => return,
    };
    report.add(problem.help(
        "for a shell in a container, use ECS Exec (`enableExecuteCommand` of the service): it needs neither an open port nor keys; for an SFTP server, ignore this rule",
    ));
}

const SSH_PORT: i64 = 22;
