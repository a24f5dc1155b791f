//! What the scalable targets of one service in one folder disagree about. The order of the files does not
//! decide which of them is reported: those that differ from the majority are.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use crate::model::Variants;

/// `MinCapacity` and `MaxCapacity`, if known.
pub(super) type Bounds = [Option<i64>; 2];

/// For each scalable target, by its position among the members: one with another `MinCapacity`, and one with
/// another `MaxCapacity`.
#[derive(Debug, Default)]
pub(super) struct Rivals(HashMap<usize, [Option<usize>; 2]>);

/// How many targets have a value, and the first of them.
type Votes = BTreeMap<i64, (usize, usize)>;

impl Rivals {
    /// Compares scalable targets, given by their positions among the members, by the environments and Regions in
    /// their file names, and by their bounds. Targets of different environments are not compared.
    pub(super) fn among(targets: &[(usize, Variants, Bounds)]) -> Rivals {
        let mut votes: BTreeMap<&Variants, [Votes; 2]> = BTreeMap::new();
        for (member, variants, bounds) in targets {
            let votes = votes.entry(variants).or_default();
            for (votes, value) in votes.iter_mut().zip(bounds) {
                if let Some(value) = value {
                    votes.entry(*value).or_insert((0, *member)).0 += 1;
                }
            }
        }
        let prevailing = |variants: &Variants, bound: usize| {
            let mut all = Votes::new();
            for (_, own) in votes.iter().filter(|(others, _)| !variants.exclude(others)) {
                for (value, (count, first)) in &own[bound] {
                    let vote = all.entry(*value).or_insert((0, *first));
                    *vote = (vote.0 + count, vote.1.min(*first));
                }
            }
            all.into_iter().max_by_key(|(value, (count, _))| (*count, Reverse(*value)))
        };
        let settled: BTreeMap<&Variants, _> = votes
            .keys()
            .map(|variants| (*variants, [0, 1].map(|bound| prevailing(variants, bound))))
            .collect();
        let rivals = targets.iter().map(|(member, variants, bounds)| {
            let rival = |bound: usize| {
                let (value, (_, first)) = settled[variants][bound]?;
                (bounds[bound]? != value).then_some(first)
            };
            (*member, [rival(0), rival(1)])
        });
        Rivals(rivals.collect())
    }

    /// The rivals of a scalable target.
    pub(super) fn of(&self, target: usize) -> [Option<usize>; 2] {
        self.0.get(&target).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rivals(targets: &[(&str, Option<i64>)]) -> Vec<Option<usize>> {
        let targets = targets.iter().enumerate();
        let targets: Vec<_> =
            targets.map(|(at, (name, most))| (at, Variants::of_file(name), [None, *most])).collect();
        let rivals = Rivals::among(&targets);
        (0..targets.len()).map(|at| rivals.of(at)[1]).collect()
    }

    #[test]
    fn the_order_does_not_decide_who_differs() {
        assert_eq!(rivals(&[("", Some(40)), ("", Some(8))]), [Some(1), None]);
        assert_eq!(rivals(&[("", Some(8)), ("", Some(40))]), [None, Some(0)]);
        assert_eq!(rivals(&[("", None), ("", Some(40)), ("", Some(8))]), [None, Some(2), None]);
        assert_eq!(rivals(&[("", Some(8)), ("", Some(40)), ("", Some(40))]), [Some(1), None, None]);
        assert_eq!(rivals(&[("", Some(40)), ("", Some(8)), ("", Some(40))]), [None, Some(0), None]);
    }

    #[test]
    fn environments_do_not_meet() {
        assert_eq!(rivals(&[("prod", Some(40)), ("staging", Some(8))]), [None, None]);
        assert_eq!(rivals(&[("prod", Some(40)), ("", Some(8)), ("staging", Some(8))]), [Some(1), None, None]);
    }
}
