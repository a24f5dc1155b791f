use crate::finding::{Category, Problem, Severity};
use crate::fix::{Change, Fix, Safety, Spot};
use crate::model::{Bound, ScalingPolicy, StepAdjustment, StepFault, View};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "invalid-step-intervals",
    summary: "the step intervals of a scaling policy have gaps, overlaps or invalid bounds",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: Some(Safety::Shown),
    reply: Reply::Sometimes(&[
        "Both lower and upper bounds of a step adjustment cannot be left unspecified",
        "Lower bound must be less than upper bound for a step adjustment",
        "Step adjustment intervals cannot overlap",
        "Step adjustment intervals cannot have gaps between them",
        "At most one step adjustment may have an unspecified lower bound",
        "At most one step adjustment may have an unspecified upper bound",
        "There must be a step adjustment with an unspecified lower bound when one step adjustment has a negative lower bound",
        "There must be a step adjustment with an unspecified upper bound when one step adjustment has a positive upper bound",
    ]),
    settings: &[],
    sources: &["https://docs.aws.amazon.com/autoscaling/application/APIReference/API_StepAdjustment.html"],
    check: Check::ScalingPolicy(check),
};

fn check(policy: &ScalingPolicy, report: &mut Report) {
    let Some(fault) = policy.step_scaling().known().and_then(|block| block.fault()) else { return };
    let (problem, reply) = match fault {
        StepFault::Boundless(step) => (
            Problem::new(
                "a step has neither a lower nor an upper bound",
                step.label("must have at least one bound"),
            )
            .help(
                "set `MetricIntervalLowerBound` to 0 to act above the threshold of the \
                    alarm, or `MetricIntervalUpperBound` to 0 to act below it",
            ),
            0,
        ),
        StepFault::Order(lower, upper) => (
            Problem::new(
                format!("a step has the lower bound {lower}, which is not below its upper bound {upper}"),
                lower.label("must be below the upper bound"),
            )
            .also(upper.label("the upper bound"))
            .help("use the smaller number as the lower bound"),
            1,
        ),
        StepFault::Overlap(begin, end) => (between("two steps cover the same values", begin, end), 2),
        StepFault::Gap(begin, end) => (gap(begin, end), 3),
        StepFault::TwoWithoutLower(first, second) => (open("lower", first, second), 4),
        StepFault::TwoWithoutUpper(first, second) => (open("upper", first, second), 5),
        StepFault::NothingBelow(step, bound) => (edge(bound, "below", step.upper.is_some()), 6),
        StepFault::NothingAbove(step, bound) => (edge(bound, "above", step.lower.is_some()), 7),
    };
    report.add(problem.reply(reply, &[]));
}

fn between(message: impl Into<String>, begin: Bound, end: Bound) -> Problem {
    Problem::new(message, begin.label("one step begins here"))
        .also(end.label("overlaps this step"))
        .help("let each step begin where the previous one ends")
}

fn gap(begin: Bound, end: Bound) -> Problem {
    let message = format!("no step covers values from {end} to {begin}");
    let value = end.node().as_integer().map_or_else(|| end.value().into(), Into::into);
    Problem::new(message, begin.label("the next step begins here"))
        .also(end.label("the previous step ends here"))
        .help("let each step begin where the previous one ends")
        .fix(Fix::new(
            Safety::Shown,
            format!("set `MetricIntervalLowerBound` to {}", end.node().text()),
            &[Change::Replace(begin.node(), value)],
        ))
}

fn open(which: &str, first: StepAdjustment, second: StepAdjustment) -> Problem {
    Problem::new(format!("two steps have no {which} bound"), second.label("the second step"))
        .also(first.label("the first step"))
        .help(format!("only the outermost step may have no {which} bound"))
}

/// The outermost bound must be removed, unless it is the only one of its step.
fn edge(bound: Bound, side: &str, has_other: bool) -> Problem {
    let message = format!("no step covers values {side} {bound}");
    let problem = Problem::new(message, bound.label("the outermost bound"))
        .help("remove the outermost bound, so that the step has no limit on this side");
    if !has_other {
        return problem.help(format!("add a step for values {side} {bound}, or set the bound to 0"));
    }
    problem.fix(bound.delete(Safety::Shown).titled("delete the bound"))
}
