use crate::finding::{Category, Problem, Severity};
use crate::fix::Safety;
use crate::model::{Container, tmpfs_options};
use crate::rule::{Check, Profile, Reply, Report, Rule};
use crate::spelling::nearest;

pub(super) const RULE: Rule = Rule {
    id: "unknown-tmpfs-option",
    summary: "AWS does not document this tmpfs mount option",
    category: Category::Rejected,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: Some(Safety::Shown),
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Tmpfs.html"],
    check: Check::Container(check),
};

fn check(container: &Container, report: &mut Report) {
    for option in container.tmpfs().flat_map(|tmpfs| tmpfs.mount_options()) {
        let word = option.split('=').next().unwrap_or_default();
        if tmpfs_options().any(|documented| documented == word) {
            continue;
        }
        let problem = Problem::new(
            format!("`{option}` is not a tmpfs mount option that AWS documents"),
            option.part_label(0..word.len(), "not in AWS's list"),
        );
        let Some(near) = near(word) else {
            report.add(match word {
                "size" => problem.help("delete it, and set the size in MiB with the field `size`"),
                _ => problem.help("delete it, or use an option listed in the reference of `Tmpfs`"),
            });
            continue;
        };
        let meant = option.replacen(word, near, 1);
        report.add(problem.suggest(&option, &meant));
    }
}

/// The intended option: `no-exec` and `NoExec` are `noexec`.
fn near(word: &str) -> Option<&'static str> {
    let plain = word.replace(['-', '_'], "").to_ascii_lowercase();
    tmpfs_options().find(|option| *option == plain).or_else(|| nearest(word, tmpfs_options()))
}
