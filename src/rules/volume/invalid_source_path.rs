use crate::finding::{Category, Problem, Severity};
use crate::model::{PathForm, Volume};
use crate::rule::{Check, Profile, Report, Rule, page};

pub const RULE: Rule = Rule {
    id: "invalid-source-path",
    summary: "the path on the host is relative",
    category: Category::Broken,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    aws_says: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HostVolumeProperties.html",
        "https://github.com/moby/moby/blob/master/volume/mounts/linux_parser.go",
    ],
    page: page!("volume/invalid-source-path"),
    check: Check::Volume(check),
};

fn check(volume: &Volume, report: &mut Report) {
    let Some(path) = volume.source_path().known() else { return };
    if PathForm::read(&path) != PathForm::Relative {
        return;
    }
    report.add(
        Problem::new(
            format!("{} lies at the relative path `{path}`", volume.title()),
            path.label("relative to nothing"),
        )
        .help("write the absolute path on the instance, or delete `host` for a volume that ECS makes"),
    );
}
