use crate::finding::{Category, Problem, Severity};
use crate::fix::{Safety, Spot};
use crate::model::{Known, NamingFault, Service};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "invalid-task-definition-reference",
    summary: "a service refers to its task definition in a form that AWS does not accept",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: Some(Safety::Shown),
    reply: Reply::Sometimes(&["Family contains invalid characters."]),
    settings: &[],
    sources: &[
        "https://github.com/aws/aws-cli/issues/6774",
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html",
    ],
    check: Check::ServiceOrTaskSet(check),
};

fn check(service: &Service, report: &mut Report) {
    let Some(written) = service.task_definition_text().known() else { return };
    // Some tools accept a file name.
    let is_file = [".json", ".yml", ".yaml", ".jsonnet"].iter().any(|ending| written.ends_with(ending));
    let Some(fault) = NamingFault::of(written.value()).filter(|_| !is_file && !service.is_described()) else {
        return;
    };
    report.add(problem(&written, fault));
}

fn problem(written: &Known<&str>, fault: NamingFault) -> Problem {
    let message = format!("`{written}` is not a valid task definition reference");
    let forms = "use a family (`web`), a family with a revision (`web:7`), or the ARN of a task definition";
    match fault {
        NamingFault::Revision { family, revision } => {
            let start = written.len() - revision.len();
            let fix = written.set(Safety::Shown, family);
            Problem::new(
                message,
                written.part_label(start..written.len(), "a revision must be a positive number"),
            )
            .help(format!("use `{family}` alone for the latest active revision"))
            .fix(fix)
        }
        NamingFault::OtherArn(noun) => {
            let label = written.label(format!("this is the ARN of {}", noun.unwrap_or("something else")));
            Problem::new(message, label).help(forms)
        }
        NamingFault::Image => Problem::new(message, written.label("this looks like an image"))
            .help("use the family of a task definition here, and set the image in its container"),
        NamingFault::Family => {
            Problem::new(message, written.label("a family must have 1 to 255 letters, digits, `-` or `_`"))
                .help(forms)
        }
    }
}
