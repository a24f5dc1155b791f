//! Step scaling: how many tasks to add or remove, depending on how far the metric is beyond the alarm
//! threshold.

use crate::model::field::{self, Field, Known, List, View, view};

view! {
    /// The step scaling configuration of a scaling policy.
    StepScaling
}

impl<'d> StepScaling<'d> {
    /// `AdjustmentType`
    pub(crate) fn adjustment_type(&self) -> Field<'d, &'d str> {
        field::identifier(self.0, "AdjustmentType")
    }

    /// `StepAdjustments`
    pub(crate) fn step_adjustments(&self) -> List<'d, StepAdjustment<'d>> {
        field::list(self.0, "StepAdjustments")
    }

    /// `MinAdjustmentMagnitude`; 0 counts as not set.
    pub(crate) fn min_adjustment_magnitude(&self) -> Field<'d, i64> {
        field::amount(self.0, "MinAdjustmentMagnitude")
    }

    /// Whether it may be a simple scaling policy of EC2 Auto Scaling, which has no steps.
    pub(crate) fn may_be_simple_scaling(&self) -> bool {
        !field::member(self.0, "ScalingAdjustment").is_missing()
    }

    /// Whether certainly no step removes a task.
    pub(crate) fn only_adds(&self) -> bool {
        let steps = self.step_adjustments();
        let adds =
            |step: StepAdjustment| step.scaling_adjustment().known().is_some_and(|change| *change >= 0);
        let is_change = self.adjustment_type().known().is_some_and(|name| name.ends_with("ChangeInCapacity"));
        is_change && steps.is_complete() && steps.items().all(adds)
    }

    /// The adjustments of all steps, if they are known and relative: an exact number of tasks is not a
    /// change.
    pub(crate) fn changes(&self) -> Option<Vec<Known<'d, i64>>> {
        let steps = self.step_adjustments();
        let is_change = self.adjustment_type().known().is_some_and(|name| name.ends_with("ChangeInCapacity"));
        let changes = steps.items().map(|step| step.scaling_adjustment().known());
        changes.collect::<Option<_>>().filter(|_| is_change && steps.is_complete())
    }

    /// The adjustment of the first step that certainly removes tasks.
    pub(crate) fn first_removal(&self) -> Option<Known<'d, i64>> {
        self.adjustment_type().known().filter(|name| name.ends_with("ChangeInCapacity"))?;
        let mut steps = self.step_adjustments().items();
        steps.find_map(|step| step.scaling_adjustment().known().filter(|change| **change < 0))
    }

    /// A step entirely below the alarm threshold that adds tasks, and one entirely above it that removes
    /// tasks.
    pub(crate) fn inverted(&self) -> Option<(Known<'d, i64>, Known<'d, i64>)> {
        self.adjustment_type().known().filter(|name| name.ends_with("ChangeInCapacity"))?;
        let steps = || self.step_adjustments().items();
        let bound = |step: StepAdjustment<'d>, key| field::number(step.node(), key).known();
        let adds_below = |step: StepAdjustment<'d>| {
            bound(step, "MetricIntervalUpperBound").filter(|upper| **upper <= 0.0)?;
            step.scaling_adjustment().known().filter(|change| **change > 0)
        };
        let takes_above = |step: StepAdjustment<'d>| {
            bound(step, "MetricIntervalLowerBound").filter(|lower| **lower >= 0.0)?;
            step.scaling_adjustment().known().filter(|change| **change < 0)
        };
        Some((steps().find_map(adds_below)?, steps().find_map(takes_above)?))
    }

    /// The first fault of the intervals.
    pub(crate) fn fault(&self) -> Option<StepFault<'d>> {
        let list = self.step_adjustments();
        if !list.is_complete() {
            return None;
        }
        let steps: Option<Vec<Interval>> = list.items().map(Interval::read).collect();
        fault_of(&steps?)
    }
}

view! {
    /// A step of a step scaling configuration.
    StepAdjustment
}

impl<'d> StepAdjustment<'d> {
    /// `ScalingAdjustment`
    pub(crate) fn scaling_adjustment(&self) -> Field<'d, i64> {
        field::integer(self.0, "ScalingAdjustment")
    }
}

/// A bound of a step that is set.
pub(crate) type Bound<'d> = Known<'d, f64>;

/// The interval of a step, whose bounds are known or certainly not set.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Interval<'d> {
    /// The step.
    pub step: StepAdjustment<'d>,
    /// `MetricIntervalLowerBound`
    pub lower: Option<Bound<'d>>,
    /// `MetricIntervalUpperBound`
    pub upper: Option<Bound<'d>>,
}

impl<'d> Interval<'d> {
    fn read(step: StepAdjustment<'d>) -> Option<Interval<'d>> {
        let bound = |key| match field::number(step.node(), key) {
            Field::Missing => Some(None),
            Field::Unknown(_) => None,
            Field::Known(known) => Some(Some(known)),
        };
        let lower = bound("MetricIntervalLowerBound")?;
        let upper = bound("MetricIntervalUpperBound")?;
        Some(Interval { step, lower, upper })
    }
}

/// What is wrong with the intervals of the steps.
#[derive(Clone, Copy, Debug)]
pub(crate) enum StepFault<'d> {
    /// A step has neither bound.
    Boundless(StepAdjustment<'d>),
    /// The lower bound is not below the upper one.
    Order(Bound<'d>, Bound<'d>),
    /// Two steps have no lower bound.
    TwoWithoutLower(StepAdjustment<'d>, StepAdjustment<'d>),
    /// Two steps have no upper bound.
    TwoWithoutUpper(StepAdjustment<'d>, StepAdjustment<'d>),
    /// A step begins below the end of the previous one: its start, and that end.
    Overlap(Bound<'d>, Bound<'d>),
    /// A step begins above the end of the previous one: its start, and that end.
    Gap(Bound<'d>, Bound<'d>),
    /// The lowest bound is negative, and no step covers the values below it.
    NothingBelow(Interval<'d>, Bound<'d>),
    /// The highest bound is positive, and no step covers the values above it.
    NothingAbove(Interval<'d>, Bound<'d>),
}

fn fault_of<'d>(steps: &[Interval<'d>]) -> Option<StepFault<'d>> {
    for one in steps {
        match (one.lower, one.upper) {
            (None, None) => return Some(StepFault::Boundless(one.step)),
            (Some(lower), Some(upper)) if *lower >= *upper => return Some(StepFault::Order(lower, upper)),
            _ => {}
        }
    }
    let pair = |is_open: fn(&&Interval<'d>) -> bool| {
        let mut open = steps.iter().filter(is_open);
        Some((open.next()?.step, open.next()?.step))
    };
    if let Some((first, second)) = pair(|one| one.lower.is_none()) {
        return Some(StepFault::TwoWithoutLower(first, second));
    }
    if let Some((first, second)) = pair(|one| one.upper.is_none()) {
        return Some(StepFault::TwoWithoutUpper(first, second));
    }
    let mut sorted = steps.to_vec();
    let start = |one: &Interval| one.lower.map_or(f64::NEG_INFINITY, Known::value);
    sorted.sort_by(|left, right| start(left).total_cmp(&start(right)));
    for (before, after) in sorted.iter().zip(sorted.iter().skip(1)) {
        let Some(begin) = after.lower else { continue };
        match before.upper {
            Some(end) if *end < *begin => return Some(StepFault::Gap(begin, end)),
            Some(end) if *end > *begin => return Some(StepFault::Overlap(begin, end)),
            Some(_) => {}
            // The previous step has no end, so its start identifies it.
            None => return Some(StepFault::Overlap(begin, before.lower?)),
        }
    }
    let (first, last) = (sorted.first()?, sorted.last()?);
    match (first.lower, last.upper) {
        (Some(lower), _) if *lower < 0.0 => Some(StepFault::NothingBelow(*first, lower)),
        (_, Some(upper)) if *upper > 0.0 => Some(StepFault::NothingAbove(*last, upper)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::parse::parse;
    use crate::source::{Source, SourceId};

    /// The name of the fault of some steps; `_` is a bound that is not set.
    fn fault(steps: &[(&str, &str)]) -> Option<String> {
        let bound = |key: &str, value: &str| match value {
            "_" => String::new(),
            _ => format!(r#""MetricInterval{key}Bound": {value}, "#),
        };
        let step = |(lower, upper): &(&str, &str)| {
            format!(r#"{{ {}{}"ScalingAdjustment": 1 }}"#, bound("Lower", lower), bound("Upper", upper))
        };
        let steps: Vec<String> = steps.iter().map(step).collect();
        let text = format!(r#"{{ "StepAdjustments": [{}] }}"#, steps.join(", "));
        let parsed = parse(Arc::new(Source::new(SourceId(0), "a.json", text.as_str())));
        let fault = StepScaling::of(parsed.tree.roots().next().expect("a root")).fault()?;
        Some(format!("{fault:?}").split('(').next().unwrap_or_default().to_owned())
    }

    #[test]
    fn steps_that_cover_their_side_are_right() {
        for steps in [
            &[("0", "_")][..],
            &[("_", "0")],
            &[("0", "10"), ("10", "_")],
            &[("10", "_"), ("0", "10")],
            &[("_", "-10"), ("-10", "0")],
            &[("_", "-10"), ("-10", "10"), ("10", "_")],
            &[("5", "_")],
            &[("0.5", "1.5"), ("1.5", "_")],
        ] {
            assert_eq!(fault(steps), None, "{steps:?}");
        }
    }

    #[test]
    fn faults_are_told_apart() {
        for (steps, name) in [
            (&[("_", "_")][..], "Boundless"),
            (&[("10", "10")], "Order"),
            (&[("10", "0")], "Order"),
            (&[("_", "0"), ("_", "10")], "TwoWithoutLower"),
            (&[("0", "_"), ("10", "_")], "TwoWithoutUpper"),
            (&[("0", "15"), ("10", "_")], "Overlap"),
            (&[("0", "10"), ("20", "_")], "Gap"),
            (&[("-10", "0")], "NothingBelow"),
            (&[("0", "10")], "NothingAbove"),
            (&[("_", "10")], "NothingAbove"),
            (&[("${X}", "${Y}")], "silent"),
        ] {
            assert_eq!(fault(steps).unwrap_or("silent".to_owned()), name, "{steps:?}");
        }
    }

    #[test]
    fn a_step_without_end_overlaps_what_follows() {
        assert_eq!(fault(&[("0", "_"), ("10", "20")]).as_deref(), Some("Overlap"));
    }
}
