//! What moves a scalable target: its scaling policies, and the scheduled actions that set its
//! bounds anew.

use super::links::NO_LINKS;
use super::{CapacityBounds, Field, ScalingPolicy, ScheduledAction};
use crate::document::{Document, DocumentKind};

/// The policies and the actions that certainly belong to one scalable target.
#[derive(Clone, Debug)]
pub struct Movers {
    /// The documents.
    pub documents: Vec<Document>,
    /// Whether something was seen that may be another one.
    pub may_be_more: bool,
    /// Whether these are all the policies that the project has for the target.
    pub has_all_policies: bool,
}

impl Movers {
    /// Nothing was seen that moves it.
    pub const NONE: Movers = Movers { documents: Vec::new(), may_be_more: false, has_all_policies: false };

    /// The scaling policies.
    pub fn policies(&self) -> impl Iterator<Item = ScalingPolicy<'_>> {
        let policies = self.documents.iter().filter(|one| matches!(one.kind, DocumentKind::ScalingPolicy(_)));
        policies.map(|one| ScalingPolicy::new(one.root(), one.kind, &NO_LINKS))
    }

    /// The scheduled actions.
    pub fn actions(&self) -> impl Iterator<Item = ScheduledAction<'_>> {
        self.documents.iter().filter_map(|one| match one.kind {
            DocumentKind::ScheduledAction(form) => Some(ScheduledAction::new(one.root(), form, &NO_LINKS)),
            _ => None,
        })
    }

    /// The values that the lower bound of the target takes over time, with that of the target
    /// first; none where some are not known.
    pub fn lower_bounds(&self, target: CapacityBounds) -> Option<Vec<i64>> {
        let first = target.min_capacity().known()?.value();
        self.set(|bounds| bounds.min_capacity()).map(|set| [vec![first], set].concat())
    }

    /// The values that the upper bound of the target takes over time, with that of the target
    /// first; none where some are not known.
    pub fn upper_bounds(&self, target: CapacityBounds) -> Option<Vec<i64>> {
        let first = target.max_capacity().known()?.value();
        self.set(|bounds| bounds.max_capacity()).map(|set| [vec![first], set].concat())
    }

    /// The pairs of bounds that the target may have over time; none where some are not known.
    pub fn ranges(&self, target: CapacityBounds) -> Option<Vec<(i64, i64)>> {
        let (lower, upper) = (self.lower_bounds(target)?, self.upper_bounds(target)?);
        let mut ranges = vec![(lower[0], upper[0])];
        for bounds in self.actions().filter_map(|action| action.scalable_target_action().known()) {
            match (bounds.min_capacity().known(), bounds.max_capacity().known()) {
                (Some(least), Some(most)) => ranges.push((*least, *most)),
                // The other bound is wherever it was moved before.
                (Some(least), None) => ranges.extend(upper.iter().map(|most| (*least, *most))),
                (None, Some(most)) => ranges.extend(lower.iter().map(|least| (*least, *most))),
                (None, None) => {}
            }
        }
        Some(ranges)
    }

    /// The values that the actions give to a bound; none where some are not known.
    fn set<'d>(&'d self, bound: impl Fn(CapacityBounds<'d>) -> Field<'d, i64>) -> Option<Vec<i64>> {
        if self.may_be_more {
            return None;
        }
        let bounds = self.actions().map(|action| action.scalable_target_action().and_then(&bound));
        let known = bounds.filter(|bound| !bound.is_missing()).map(|bound| Some(bound.known()?.value()));
        known.collect()
    }
}
