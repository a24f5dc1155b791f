use crate::finding::{Category, Problem, Severity};
use crate::model::{Field, View, Volume};
use crate::rule::{Check, Profile, Reply, Report, Rule};
use crate::source::Cut;

pub(super) const RULE: Rule = Rule {
    id: "invalid-volume-name",
    summary: "a volume has no name, or an invalid one",
    category: Category::Rejected,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Volume.html"],
    check: Check::Volume(check),
};

fn check(volume: &Volume, report: &mut Report) {
    if volume.is_absent() {
        return;
    }
    let problem = match volume.name() {
        // The mount without a volume is reported with both: `dangling-mount`.
        Field::Missing if volume.task().is_some_and(|task| !task.has_dangling_mount().is_no()) => return,
        Field::Missing => {
            Problem::new("a volume has no name", volume.missing_label("name", "`name` is missing"))
                .help("set `name`: containers mount a volume by its name")
        }
        Field::Known(name) if !Volume::is_name(&name) => {
            let label = match name.find(|c| !Volume::is_name_character(c)) {
                Some(at) => {
                    let end = at + name.cut(at..).chars().next().map_or(0, char::len_utf8);
                    name.part_label(at..end, "not allowed in a name")
                }
                None => name.label(format!("{} characters", name.len())),
            };
            Problem::new(format!("`{name}` is not a valid volume name"), label).help(
                "use only letters, digits, `-` and `_`, at most 255 characters, both here and in `mountPoints`",
            )
        }
        _ => return,
    };
    report.add(problem);
}
