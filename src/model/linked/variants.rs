//! Files and names of different environments, distinguished by the words in them.

use std::collections::BTreeSet;

use crate::model::is_region;

/// Words for environments, grouped by meaning.
const ENVIRONMENTS: &[&[&str]] = &[
    &["prod", "production", "prd", "live"],
    &["staging", "stage", "stg"],
    &["dev", "develop", "development"],
    &["test", "testing"],
    &["qa"],
    &["uat"],
    &["preprod", "preproduction"],
    &["sandbox"],
    &["demo"],
    &["preview"],
    &["beta"],
    &["local"],
];

/// The environments and the Regions that a path or a name mentions.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Variants {
    environments: BTreeSet<&'static str>,
    regions: BTreeSet<String>,
}

impl Variants {
    /// What the name of a file mentions, whatever folder it is in.
    pub(crate) fn of_file(path: &str) -> Variants {
        Variants::of(path.rsplit('/').take(1))
    }

    fn of<'t>(parts: impl Iterator<Item = &'t str>) -> Variants {
        let mut variants = Variants::default();
        for part in parts.flat_map(|part| part.split(['.', '_'])) {
            let words = part.split(|c: char| !c.is_ascii_alphanumeric());
            variants.environments.extend(words.filter_map(environment));
            // The name of a Region has three words, or four in a partition of its own.
            let words: Vec<&str> = part.split('-').collect();
            let names = words.windows(3).chain(words.windows(4)).map(|words| words.join("-"));
            variants.regions.extend(names.filter(|name| is_region(name)));
        }
        variants
    }

    /// Whether they exclude each other: their environments or their Regions have nothing in common, or one mentions
    /// only environments and the other only Regions.
    pub(crate) fn exclude(&self, other: &Variants) -> bool {
        are_apart(&self.environments, &other.environments)
            || are_apart(&self.regions, &other.regions)
            || self.are_only_environments() && other.are_only_regions()
            || self.are_only_regions() && other.are_only_environments()
    }

    fn are_only_environments(&self) -> bool {
        !self.environments.is_empty() && self.regions.is_empty()
    }

    fn are_only_regions(&self) -> bool {
        self.environments.is_empty() && !self.regions.is_empty()
    }
}

fn are_apart<T: Ord>(left: &BTreeSet<T>, right: &BTreeSet<T>) -> bool {
    !left.is_empty() && !right.is_empty() && left.is_disjoint(right)
}

/// Whether two paths, or two names, are for different environments or Regions, by the parts where they differ.
pub(crate) fn differ(left: &str, right: &str) -> bool {
    let parts = || left.split('/').zip(right.split('/'));
    let common = parts().take_while(|(left, right)| left == right).count();
    let variants = |path: &str| Variants::of(path.split('/').skip(common));
    variants(left).exclude(&variants(right))
}

/// The environment that a word stands for.
fn environment(word: &str) -> Option<&'static str> {
    let is_one = |names: &&&[&str]| names.iter().any(|name| name.eq_ignore_ascii_case(word));
    ENVIRONMENTS.iter().find(is_one).map(|names| names[0])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variants_are_told_apart_by_the_words_of_their_paths() {
        for (left, right) in [
            ("deploy/prod/service.json", "deploy/staging/task.json"),
            ("service-prod.json", "taskdef.staging.json"),
            ("staging-app/service-prod.json", "staging-app/taskdef-staging.json"),
            ("eu-west-1/service.json", "us-east-1/task.json"),
            ("service-eu-west-1.json", "service-us-gov-east-1.json"),
            ("service-prod-eu-west-1.json", "service-staging-eu-west-1.json"),
            ("service.prod.eu-west-1.json", "service.staging.eu-west-1.json"),
            ("service-prod-eu-west-1.json", "service-prod-us-east-1.json"),
            ("staging/service.json", "eu-west-1/service.json"),
            ("prod/eu-west-1/service.json", "prod/us-east-1/service.json"),
        ] {
            assert!(differ(left, right), "{left} and {right}");
        }
        for (left, right) in [
            ("production/service.json", "tasks/prod.json"),
            ("prod/service.json", "task-definition.json"),
            ("service.json", "task.json"),
            ("prod/eu-west-1/service.json", "eu-west-1/task.json"),
            ("service-prod-eu-west-1.json", "task-prod.json"),
            // `product` is not an environment.
            ("product/service.json", "staging/task.json"),
        ] {
            assert!(!differ(left, right), "{left} and {right}");
        }
    }
}
