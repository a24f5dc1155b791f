use crate::finding::{Category, Problem, Severity};
use crate::model::{Container, Known, Mebibytes};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "tmpfs-exceeds-memory",
    summary: "the `tmpfs` mounts of a container can use up its memory",
    category: Category::Reliability,
    severity: Severity::Warning,
    profile: Profile::Strict,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Tmpfs.html",
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LinuxParameters.html",
    ],
    check: Check::Container(check),
};

fn check(container: &Container, report: &mut Report) {
    // Windows does not support it: `unsupported-on-windows`.
    if !container.says_windows().is_no() {
        return;
    }
    let own = container.memory();
    let is_own = !own.is_missing();
    let limit = if is_own { own } else { container.task().map_or(own, |task| task.memory()) };
    let Some(limit) = limit.known() else { return };
    // Fargate does not support shared memory: `unsupported-on-fargate`.
    let shared = container.linux_parameters().known().map(|parameters| parameters.shared_memory_size());
    let shared = shared.filter(|_| container.is_fargate().is_no()).and_then(|size| size.known());
    let tmpfs = container.tmpfs().filter_map(|tmpfs| tmpfs.size().known());
    let sizes: Vec<Known<i64>> = tmpfs.chain(shared).collect();
    let total = Mebibytes(sizes.iter().fold(0, |sum: i64, size| sum.saturating_add(**size)));
    let Some((first, others)) = sizes.split_first().filter(|_| total >= *limit) else { return };
    let (title, owner) = (container.title(), if is_own { "its limit is" } else { "its task has" });
    let message = if total == *limit {
        format!("{title} may fill all its {total} of memory with files")
    } else {
        format!("{title} may keep {total} of files in memory, but {owner} {}", *limit)
    };
    report.add(
        Problem::new(
            message,
            first.label("counts against the memory limit"),
        )
        .also_each(others.iter().take(1).map(|size| size.label("so does this")))
        .also(limit.label("the limit"))
        .help(format!("set `size` so that the program keeps enough of the {}, or raise the limit: a container over its limit is killed", *limit)),
    );
}
