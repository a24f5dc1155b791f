use crate::finding::{Category, Problem, Severity};
use crate::model::{Container, HeapLimit, Known, Mebibytes};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "excessive-heap-size",
    summary: "a runtime may use all the memory of its container, which is then killed",
    category: Category::Reliability,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html",
        "https://docs.oracle.com/en/java/javase/21/docs/specs/man/java.html",
        "https://nodejs.org/api/cli.html",
        "https://pkg.go.dev/runtime",
        "https://learn.microsoft.com/en-us/dotnet/core/runtime-config/garbage-collector",
    ],
    check: Check::Container(check),
};

fn check(container: &Container, report: &mut Report) {
    let limits = container.heap_limits();
    if limits.is_empty() {
        return;
    }
    let Some(ceiling) = container.memory_ceiling() else { return };
    let is_excessive = |limit: &&HeapLimit| limit.bytes.is_none_or(|bytes| bytes >= in_bytes(*ceiling));
    let excessive: Vec<&HeapLimit> = limits.iter().filter(is_excessive).collect();
    let Some((first, others)) = excessive.split_first() else { return };
    report.add(
        Problem::new(
            message(container, first, &ceiling),
            first.value.part_label(first.at.clone(), label(first)),
        )
        .also_each(others.iter().map(|other| other.value.part_label(other.at.clone(), label(other))))
        .also(ceiling.label("the container is killed above this"))
        .help(help(first)),
    );
}

fn message(container: &Container, limit: &HeapLimit, ceiling: &Known<Mebibytes>) -> String {
    let subject = format!("{} in {} may grow to", limit.what, container.title());
    match limit.bytes {
        Some(bytes) if bytes > in_bytes(**ceiling) => {
            format!("{subject} {} MiB, but the container has only {}", bytes >> 20, ceiling.0)
        }
        _ => format!("{subject} {} MiB, which is all the container has", ceiling.0),
    }
}

fn label(limit: &HeapLimit) -> String {
    match limit.bytes {
        Some(bytes) => format!("allows {} MiB", bytes >> 20),
        None => "allows all of the memory".to_owned(),
    }
}

fn help(limit: &HeapLimit) -> String {
    let rest = "leave about a quarter of the memory for everything outside the heap";
    match limit.what {
        "the Java heap" => {
            format!("{rest}: use `-XX:MaxRAMPercentage=75` instead of a fixed size, or raise `memory`")
        }
        _ => format!("{rest}: lower `{}`, or raise `memory`", limit.name),
    }
}

fn in_bytes(size: Mebibytes) -> u64 {
    u64::try_from(size.0).unwrap_or(0).saturating_mul(1 << 20)
}
