use crate::finding::{Category, Problem, Severity};
use crate::fix::{Change, Fix, Safety};
use crate::model::{Container, Protocol};
use crate::rule::{Check, Profile, Report, Rule, page};

pub const RULE: Rule = Rule {
    id: "ignored-protocol",
    summary: "the protocol of a port mapping is none that AWS knows, and it uses tcp",
    category: Category::Ignored,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: Some(Safety::Shown),
    aws_says: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PortMapping.html"],
    page: page!("container/ignored-protocol"),
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
            format!("a port of {} has the protocol `{written}`, which AWS takes for TCP", container.title()),
            written.label("neither `tcp` nor `udp`"),
        );
        problem = match meant {
            Some(protocol) => {
                let change = Change::Replace(written.node(), protocol.name().into());
                let title = format!("write \"{}\"", protocol.name());
                problem
                    .help(format!("write `{}`: the case of the letters counts", protocol.name()))
                    .fix(Fix::new(Safety::Shown, title, &[change]))
            }
            None => problem.help("write `tcp` or `udp`"),
        };
        // It is opened as what was meant, only not for the reason that was meant.
        if meant == Some(Protocol::Tcp) {
            problem.message = format!(
                "a port of {} has the protocol `{written}`, and is TCP only because AWS takes what it does not know for that",
                container.title()
            );
            problem = problem.at_most(Severity::Note);
        }
        report.add(problem);
    }
}
