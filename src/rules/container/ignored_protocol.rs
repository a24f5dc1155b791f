use crate::finding::{Category, Problem, Severity};
use crate::fix::{Safety, Spot};
use crate::model::{Container, Protocol};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "ignored-protocol",
    summary: "the protocol of a port mapping is not valid, so AWS uses TCP",
    category: Category::Ignored,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: Some(Safety::Shown),
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PortMapping.html"],
    check: Check::Container(check),
};

fn check(container: &Container, report: &mut Report) {
    for mapping in container.port_mappings().items() {
        let Some(written) = mapping.protocol_text().known() else { continue };
        if Protocol::read(&written).is_some() {
            continue;
        }
        let meant = Protocol::read(&written.to_ascii_lowercase());
        let mut problem = Problem::new(
            format!(
                "a port mapping of {} has the protocol `{written}`, which AWS treats as TCP",
                container.title()
            ),
            written.label("must be `tcp` or `udp`"),
        );
        problem = match meant {
            Some(protocol) => problem
                .help(format!("use `{}`: values are case-sensitive", protocol.name()))
                .fix(written.set(Safety::Shown, protocol.name())),
            None => problem.help("set `protocol` to `tcp` or `udp`"),
        };
        // The port is opened as intended, but only because TCP is the fallback.
        if meant == Some(Protocol::Tcp) {
            problem.message = format!(
                "a port mapping of {} has the protocol `{written}` and is TCP only because AWS treats any unknown value as TCP",
                container.title()
            );
            problem = problem.at_most(Severity::Note);
        }
        report.add(problem);
    }
}
