use crate::finding::{Category, Problem, Severity};
use crate::model::{CapacityBounds, Field, Known, ScalableTarget, ScheduledAction};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "unpaired-scheduled-action",
    summary: "a scheduled action changes a bound and nothing changes it back",
    category: Category::Reliability,
    severity: Severity::Note,
    profile: Profile::Strict,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/autoscaling/application/APIReference/API_PutScheduledAction.html",
        "https://docs.aws.amazon.com/autoscaling/application/userguide/scheduled-scaling-using-cron-expressions.html",
    ],
    check: Check::ScalableTarget(check),
};

fn check(target: &ScalableTarget, report: &mut Report) {
    let (own, movers) = (target.bounds(), target.movers());
    // A single action that runs once may be meant.
    let recurs = movers.actions().any(|action| action.schedule().is(|one| one.recurs()).is_yes());
    if !recurs || !movers.has_all_policies || movers.ranges(own).is_none() {
        return;
    }
    let actions: Vec<ScheduledAction> = movers.actions().collect();
    // `conflicting-capacity-bounds` and `mismatched-scheduled-capacity` report bounds that cross.
    let mut bounds = actions.iter().filter_map(|action| action.scalable_target_action().known());
    if bounds.any(|bounds| !bounds.is_conflicting().is_no() || bounds.crossed(own).is_some()) {
        return;
    }
    let lower = changes(&actions, own, |bounds| bounds.min_capacity());
    let upper = changes(&actions, own, |bounds| bounds.max_capacity());
    let (Some(lower), Some(upper)) = (lower, upper) else { return };
    let (key, change) = match (lower, upper) {
        (_, Some(change)) => ("MaxCapacity", change),
        (Some(change), None) => ("MinCapacity", change),
        (None, None) => return,
    };
    let Change { action, new, old } = change;
    report.add(
        Problem::new(
            format!("{} sets `{key}` to {new}, but no action sets it back to {old}", action.title()),
            new.label("stays at this value from then on"),
        )
        .also(old.label("the value before"))
        .help(format!("add a scheduled action that sets `{key}` back to {old}")),
    );
}

/// A bound that is changed for good.
struct Change<'d> {
    action: ScheduledAction<'d>,
    new: Known<'d, i64>,
    old: Known<'d, i64>,
}

/// The change of a bound, if the actions only ever set one value, and it is not the value of the target.
/// `None` if they set several values in turn, so that one action undoes what another does.
fn changes<'d>(
    actions: &[ScheduledAction<'d>],
    own: CapacityBounds<'d>,
    bound: fn(&CapacityBounds<'d>) -> Field<'d, i64>,
) -> Option<Option<Change<'d>>> {
    let set = actions.iter().filter_map(|action| {
        let bounds = action.scalable_target_action().known()?;
        Some((*action, bound(&bounds).known()?))
    });
    let set: Vec<(ScheduledAction, Known<i64>)> = set.collect();
    if set.windows(2).any(|pair| *pair[0].1 != *pair[1].1) {
        return None;
    }
    let old = bound(&own).known()?;
    Some(set.first().filter(|(_, new)| **new != *old).map(|(action, new)| Change {
        action: *action,
        new: *new,
        old,
    }))
}
