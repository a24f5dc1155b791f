use crate::finding::{Category, Problem, Severity};
use crate::model::{PathForm, Volume};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "invalid-source-path",
    summary: "the host path of a volume is relative",
    category: Category::Broken,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HostVolumeProperties.html",
        "https://github.com/moby/moby/blob/master/volume/mounts/linux_parser.go",
    ],
    check: Check::Volume(check),
};

fn check(volume: &Volume, report: &mut Report) {
    let Some(path) = volume.source_path().known() else { return };
    if PathForm::read(&path) != PathForm::Relative || volume.may_be_unsupported(path.node()) {
        return;
    }
    let problem = Problem::new(
        format!("{} has the relative host path `{path}`", volume.title()),
        path.label("not an absolute path"),
    );
    // Only instances support host paths, and there Docker starts the containers.
    report.add(if is_volume_name(&path) {
        problem
            .help("set `sourcePath` to the absolute path on the instance; Docker treats a single word as the name of a Docker volume and creates an empty one")
            .at_most(Severity::Warning)
    } else {
        problem.help("set `sourcePath` to the absolute path on the instance, or remove `host` to let ECS create a volume")
    });
}

/// Whether Docker treats a text as the name of a Docker volume.
fn is_volume_name(text: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'-');
    text.len() > 1 && text.starts_with(|c: char| c.is_ascii_alphanumeric()) && text.bytes().all(allowed)
}
