//! What moves a scalable target: its scaling policies, and the scheduled actions that change its bounds.

use std::ops::RangeInclusive;
use std::sync::OnceLock;

use crate::document::{Document, DocumentKind};
use crate::model::linked::links::NO_LINKS;
use crate::model::{CapacityBounds, Field, ScalingPolicy, ScheduledAction};

/// The policies and the actions that certainly belong to one scalable target.
#[derive(Clone, Debug)]
pub(crate) struct Movers {
    /// The documents.
    pub documents: Vec<Document>,
    /// Whether there was something that may be another one.
    pub may_be_more: bool,
    /// Whether these are all of the project's policies for the target.
    pub has_all_policies: bool,
    settings: OnceLock<Option<Settings>>,
}

impl Movers {
    /// Nothing that moves a target was found.
    pub(crate) const fn none() -> Movers {
        Movers::new(Vec::new(), false, false)
    }

    /// These documents and no others, or perhaps also some others.
    pub(crate) const fn new(documents: Vec<Document>, may_be_more: bool, has_all_policies: bool) -> Movers {
        Movers { documents, may_be_more, has_all_policies, settings: OnceLock::new() }
    }

    /// The scaling policies.
    pub(crate) fn policies(&self) -> impl Iterator<Item = ScalingPolicy<'_>> {
        let policies = self.documents.iter().filter(|one| matches!(one.kind, DocumentKind::ScalingPolicy(_)));
        policies.map(|one| ScalingPolicy::new(one.root(), one.kind, &NO_LINKS))
    }

    /// The scheduled actions.
    pub(crate) fn actions(&self) -> impl Iterator<Item = ScheduledAction<'_>> {
        self.documents.iter().filter_map(|one| match one.kind {
            DocumentKind::ScheduledAction(form) => Some(ScheduledAction::new(one.root(), form, &NO_LINKS)),
            _ => None,
        })
    }

    /// The values that the lower bound of the target has over time; `None` if some are unknown.
    pub(crate) fn lower_bounds(&self, target: CapacityBounds) -> Option<Values> {
        let first = target.min_capacity().known()?.value();
        Some(self.settings()?.lower.with(first))
    }

    /// The values that the upper bound of the target has over time; `None` if some are unknown.
    pub(crate) fn upper_bounds(&self, target: CapacityBounds) -> Option<Values> {
        let first = target.max_capacity().known()?.value();
        Some(self.settings()?.upper.with(first))
    }

    /// The pairs of bounds that the target may have over time; `None` if some are unknown.
    pub(crate) fn ranges(&self, target: CapacityBounds) -> Option<CapacityRanges<'_>> {
        let own = target.min_capacity().known()?.value()..=target.max_capacity().known()?.value();
        let settings = self.settings()?;
        let (lower, upper) = (settings.lower.with(*own.start()), settings.upper.with(*own.end()));
        Some(CapacityRanges { settings, own, lower, upper })
    }

    /// What the actions set; `None` if some of it is unknown. Cached, because many policies of one target ask
    /// for it.
    fn settings(&self) -> Option<&Settings> {
        self.settings
            .get_or_init(|| if self.may_be_more { None } else { Settings::of(self.actions()) })
            .as_ref()
    }
}

/// A set of numbers of which only the minimum and the maximum matter.
#[derive(Clone, Debug, Default)]
pub(crate) struct Values(Option<RangeInclusive<i64>>);

impl Values {
    fn with(&self, value: i64) -> Values {
        let (least, most) = self.0.as_ref().map_or((value, value), |all| (*all.start(), *all.end()));
        Values(Some(least.min(value)..=most.max(value)))
    }

    /// The minimum.
    pub(crate) fn least(&self) -> Option<i64> {
        self.0.as_ref().map(|all| *all.start())
    }

    /// The maximum.
    pub(crate) fn most(&self) -> Option<i64> {
        self.0.as_ref().map(|all| *all.end())
    }
}

/// What scheduled actions set.
#[derive(Clone, Debug, Default)]
struct Settings {
    /// Both bounds at once.
    pairs: Vec<(i64, i64)>,
    /// The lower bound alone: the upper bound stays where it was.
    lower_alone: Values,
    /// The upper bound alone: the lower bound stays where it was.
    upper_alone: Values,
    /// The lower bound, set alone or together with the upper bound.
    lower: Values,
    /// The upper bound, set alone or together with the lower bound.
    upper: Values,
}

impl Settings {
    fn of<'d>(actions: impl Iterator<Item = ScheduledAction<'d>>) -> Option<Settings> {
        let mut settings = Settings::default();
        for action in actions {
            let bounds = action.scalable_target_action();
            let least = value(bounds.and_then(|bounds| bounds.min_capacity()))?;
            let most = value(bounds.and_then(|bounds| bounds.max_capacity()))?;
            if let Some(least) = least {
                settings.lower = settings.lower.with(least);
            }
            if let Some(most) = most {
                settings.upper = settings.upper.with(most);
            }
            match (least, most) {
                (Some(least), Some(most)) => settings.pairs.push((least, most)),
                (Some(least), None) => settings.lower_alone = settings.lower_alone.with(least),
                (None, Some(most)) => settings.upper_alone = settings.upper_alone.with(most),
                (None, None) => {}
            }
        }
        settings.pairs.sort_unstable();
        settings.pairs.dedup();
        Some(settings)
    }
}

/// The value of a bound that may be omitted; `None` if unknown.
fn value(bound: Field<i64>) -> Option<Option<i64>> {
    match bound {
        Field::Missing => Some(None),
        Field::Known(bound) => Some(Some(bound.value())),
        Field::Unknown(_) => None,
    }
}

/// The pairs of bounds that a scalable target may have over time: its own, those that actions set together,
/// and each bound that an action sets alone, combined with every value that the other bound may have at that
/// time.
#[derive(Clone, Debug)]
pub(crate) struct CapacityRanges<'m> {
    settings: &'m Settings,
    own: RangeInclusive<i64>,
    lower: Values,
    upper: Values,
}

impl CapacityRanges<'_> {
    /// Whether the bounds ever allow this number of tasks.
    pub(crate) fn allow(&self, count: i64) -> bool {
        let within = |least: &Values, most: &Values| {
            least.least().zip(most.most()).is_some_and(|(least, most)| (least..=most).contains(&count))
        };
        self.own.contains(&count)
            || self.settings.pairs.iter().any(|(least, most)| (*least..=*most).contains(&count))
            || within(&self.settings.lower_alone, &self.upper)
            || within(&self.lower, &self.settings.upper_alone)
    }

    /// Whether the bounds ever allow a task to run.
    pub(crate) fn allow_any_task(&self) -> bool {
        self.upper.most().is_some_and(|most| most > 0)
    }

    /// Whether both bounds are the same number at all times.
    pub(crate) fn are_fixed(&self) -> bool {
        let meet = |one: &Values, other: &Values| {
            let ends = [one.least(), one.most(), other.least(), other.most()];
            one.0.is_none() || ends.windows(2).all(|pair| pair[0] == pair[1])
        };
        self.own.start() == self.own.end()
            && self.settings.pairs.iter().all(|(least, most)| least == most)
            && meet(&self.settings.lower_alone, &self.upper)
            && meet(&self.settings.upper_alone, &self.lower)
    }
}
