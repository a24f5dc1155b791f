use crate::finding::{Category, Problem, Severity};
use crate::fix::{Change, Fix, Safety};
use crate::model::{Bound, ScalingPolicy, StepAdjustment, StepFault, View};
use crate::rule::{Check, Profile, Report, Rule, page};

pub const RULE: Rule = Rule {
    id: "invalid-step-intervals",
    summary: "the intervals of a step scaling policy do not fit together",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: Some(Safety::Shown),
    aws_says: &[
        "Both lower and upper bounds of a step adjustment cannot be left unspecified",
        "Lower bound must be less than upper bound for a step adjustment",
        "Step adjustment intervals cannot overlap",
        "Step adjustment intervals cannot have gaps between them",
        "At most one step adjustment may have an unspecified lower bound",
        "At most one step adjustment may have an unspecified upper bound",
        "There must be a step adjustment with an unspecified lower bound when one step adjustment has a negative lower bound",
        "There must be a step adjustment with an unspecified upper bound when one step adjustment has a positive upper bound",
    ],
    sources: &["https://docs.aws.amazon.com/autoscaling/application/APIReference/API_StepAdjustment.html"],
    page: page!("scaling-policy/invalid-step-intervals"),
    check: Check::ScalingPolicy(check),
};

fn check(policy: &ScalingPolicy, report: &mut Report) {
    let Some(fault) = policy.step_scaling().known().and_then(|block| block.fault()) else { return };
    let says = RULE.aws_says;
    let (problem, reply) = match fault {
        StepFault::Boundless(step) => (
            Problem::new("a step has neither a lower nor an upper bound", step.label("holds for nothing"))
                .help(
                    "write \"MetricIntervalLowerBound\": 0 to act above the threshold of the \
                    alarm, or \"MetricIntervalUpperBound\": 0 to act below it",
                ),
            says[0],
        ),
        StepFault::Order(lower, upper) => (
            Problem::new(
                format!("a step begins at {lower} and ends at {upper}"),
                lower.label("not below the upper bound"),
            )
            .also(upper.label("the upper bound"))
            .help("write the smaller number as the lower bound"),
            says[1],
        ),
        StepFault::Overlap(begin, end) => {
            (between("two steps hold for the same values", begin, end), says[2])
        }
        StepFault::Gap(begin, end) => (gap(begin, end), says[3]),
        StepFault::TwoWithoutLower(first, second) => (open("a lower", first, second), says[4]),
        StepFault::TwoWithoutUpper(first, second) => (open("an upper", first, second), says[5]),
        StepFault::NothingBelow(step, bound) => (edge(bound, "below", step.upper.is_some()), says[6]),
        StepFault::NothingAbove(step, bound) => (edge(bound, "above", step.lower.is_some()), says[7]),
    };
    report.add(problem.aws_says(reply));
}

fn between(message: impl Into<String>, begin: Bound, end: Bound) -> Problem {
    Problem::new(message, begin.label("one step begins here"))
        .also(end.label("the other one"))
        .help("let each step begin where the one before it ends")
}

fn gap(begin: Bound, end: Bound) -> Problem {
    let message = format!("no step holds for the values between {end} and {begin}");
    Problem::new(message, begin.label("the next step begins here"))
        .also(end.label("the step before ends here"))
        .help("let each step begin where the one before it ends")
        .fix(Fix::new(
            Safety::Shown,
            format!("begin at {}", end.node().text()),
            &[Change::Text(begin.node().place(), end.node().text().to_owned())],
        ))
}

fn open(which: &str, first: StepAdjustment, second: StepAdjustment) -> Problem {
    Problem::new(format!("two steps go without {which} bound"), second.label("the second one"))
        .also(first.label("the first one"))
        .help(format!("only the outermost step goes without {which} bound"))
}

/// The outermost bound has to go, unless the step would have none then.
fn edge(bound: Bound, side: &str, has_other: bool) -> Problem {
    let message = format!("no step holds for what lies {side} {bound}");
    let problem = Problem::new(message, bound.label("the outermost bound"))
        .help("delete the outermost bound, so that the step goes on without end");
    if !has_other {
        return problem.help(format!("add a step for what lies {side} {bound}, or move the bound to 0"));
    }
    problem.fix(Fix::new(Safety::Shown, "delete the bound", &[Change::Remove(bound.node())]))
}
