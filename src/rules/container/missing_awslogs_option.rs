use crate::finding::{Category, Problem, Severity};
use crate::model::{LogSource, awslogs_options};
use crate::rule::{Check, Profile, Report, Rule, page};
use crate::words::listed;

pub const RULE: Rule = Rule {
    id: "missing-awslogs-option",
    summary: "the log driver `awslogs` lacks its group or its Region",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: None,
    aws_says: &["Log driver awslogs requires options: {options}"],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LogConfiguration.html",
        "https://github.com/klothoplatform/klotho/issues/892",
    ],
    page: page!("container/missing-awslogs-option"),
    check: Check::Logs(check),
};

fn check(source: &LogSource, report: &mut Report) {
    let Some(logs) = source.logs_to("awslogs") else { return };
    let required = awslogs_options().iter().filter(|option| option.required).map(|option| option.name);
    let missing: Vec<&str> = required.filter(|name| logs.lacks_awslogs_option(name)).collect();
    let Some(driver) = logs.log_driver().known().filter(|_| !missing.is_empty()) else { return };
    let named = listed(missing.iter().copied());
    report.add(
        Problem::new(
            format!("the log driver `awslogs` of {} lacks {named}", source.title()),
            driver.label("needs a log group and a Region"),
        )
        .help(help(source, &missing))
        .aws_says(format!("Log driver awslogs requires options: {}", missing.join(", "))),
    );
}

fn help(source: &LogSource, missing: &[&str]) -> String {
    let task = source.holder.task();
    let region = task.and_then(|task| task.log_region()).unwrap_or("eu-west-1");
    let family = task.and_then(|task| task.family().known());
    let own_group = format!("/ecs/{}", family.map_or("web", |family| family.value()));
    let group = task.and_then(|task| task.log_group()).unwrap_or(&own_group);
    let value = |name: &&str| if *name == "awslogs-group" { group } else { region };
    let values: Vec<String> = missing.iter().map(|name| format!("\"{name}\": \"{}\"", value(name))).collect();
    format!("add to its `options`, for example: {}", values.join(", "))
}
