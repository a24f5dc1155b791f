use crate::finding::{Category, Problem, Severity};
use crate::model::{Container, Known};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "excessive-port-ranges",
    summary: "a container maps more than 100 port ranges",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PortMapping.html"],
    check: Check::Container(check),
};

/// How many port ranges a container may map.
const MOST: usize = 100;

fn check(container: &Container, report: &mut Report) {
    let ranges: Vec<Known<&str>> = container
        .port_mappings()
        .items()
        .filter_map(|mapping| mapping.container_port_range().known())
        .collect();
    let Some(excess) = ranges.get(MOST) else { return };
    report.add(
        Problem::new(
            format!(
                "{} maps {} port ranges, but at most {MOST} are allowed",
                container.title(),
                ranges.len()
            ),
            excess.label(format!("range {}", MOST + 1)),
        )
        .help("join adjacent ranges, or map fewer ports"),
    );
}
