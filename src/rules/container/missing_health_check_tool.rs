use std::ops::Range;

use crate::finding::{Category, Problem, Severity};
use crate::model::{Container, Field, Known, Probe};
use crate::rule::{Check, Profile, Reply, Report, Rule};
use crate::source::Cut;

pub(super) const RULE: Rule = Rule {
    id: "missing-health-check-tool",
    summary: "a health check needs a program that the image does not contain",
    category: Category::Reliability,
    severity: Severity::Warning,
    profile: Profile::Strict,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html",
        "https://github.com/GoogleContainerTools/distroless",
    ],
    check: Check::Container(check),
};

fn check(container: &Container, report: &mut Report) {
    let Some(image) = container.image().known() else { return };
    let Some(tools) = image.bare_tools() else { return };
    let command = container.health_check().known().and_then(|health| health.command().known());
    let Some(probe) = command.and_then(|command| Probe::read(&command)) else { return };
    let (what, label) = match probe.shell.filter(|_| !tools.shell) {
        Some(shell) => ("shell", shell.label("requires a shell")),
        None => {
            let Some((text, place)) = lacking(&probe, tools.wget, container) else { return };
            let name = if text.cut(place.clone()).ends_with("curl") { "`curl`" } else { "`wget`" };
            (name, text.part_label(place, "not in the image"))
        }
    };
    let (contents, help) = if tools.wget {
        (
            "contains `wget`, but no `curl`",
            "use `wget -q --spider` instead, or build an image that contains `curl`",
        )
    } else {
        (
            "made to contain little more than a program",
            "run a program that the image contains, with `CMD`, or build an image that contains what the check needs",
        )
    };
    report.add(
        Problem::new(
            format!(
                "the health check of {} is likely to fail: its image contains no {what}",
                container.title()
            ),
            label,
        )
        .also(image.label(contents))
        .help(help),
    );
}

/// The first of the programs that the image lacks, unless the check can do without, or the container
/// installs it.
fn lacking<'d>(
    probe: &Probe<'d>,
    has_wget: bool,
    container: &Container,
) -> Option<(Known<'d, &'d str>, Range<usize>)> {
    let is_tool = |text: &str, name: &str| {
        text.strip_suffix(name).is_some_and(|folder| matches!(folder, "" | "/bin/" | "/usr/bin/"))
    };
    let mut fetchers = probe.programs();
    fetchers.retain(|(text, place)| {
        let program = text.cut(place.clone());
        is_tool(program, "curl") || is_tool(program, "wget")
    });
    let lacks =
        |(text, place): &(Known<&str>, Range<usize>)| !has_wget || is_tool(text.cut(place.clone()), "curl");
    let may_install = [container.entry_point(), container.command()].into_iter().any(|field| match field {
        Field::Missing => false,
        Field::Unknown(_) => true,
        Field::Known(command) => {
            command.words().iter().any(|word| word.contains("curl") || word.contains("wget"))
        }
    });
    let is_lost = fetchers.iter().all(lacks) && !may_install;
    fetchers.into_iter().next().filter(|_| is_lost)
}
