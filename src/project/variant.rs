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

/// The environments, or the Region, that a file name mentions.
pub(super) fn environments_of(file: &str) -> BTreeSet<String> {
    file.split(['.', '_']).flat_map(variants_of).collect()
}

/// Whether two paths, or two names, mention different environments or Regions in the parts where they differ:
/// both mention some, but none in common.
pub(crate) fn differ(left: &str, right: &str) -> bool {
    let parts = || left.split('/').zip(right.split('/'));
    let common = parts().take_while(|(left, right)| left == right).count();
    let variants = |path: &str| -> BTreeSet<String> {
        path.split('/').skip(common).flat_map(|part| part.split(['.', '_'])).flat_map(variants_of).collect()
    };
    let (left, right) = (variants(left), variants(right));
    !left.is_empty() && !right.is_empty() && left.is_disjoint(&right)
}

/// The environments that a text mentions; if there are none, the Regions: `us-east-1`, `service-us-east-1`.
fn variants_of(text: &str) -> Vec<String> {
    let environment = |word: &str| {
        let names =
            ENVIRONMENTS.iter().find(|names| names.iter().any(|name| name.eq_ignore_ascii_case(word)));
        names.map(|names| names[0].to_owned())
    };
    let words = text.split(|c: char| !c.is_ascii_alphanumeric());
    let environments: Vec<String> = words.filter_map(environment).collect();
    if !environments.is_empty() {
        return environments;
    }
    // The name of a Region has three words, or four in a partition of its own.
    let words: Vec<&str> = text.split('-').collect();
    let parts = words.windows(3).chain(words.windows(4)).map(|words| words.join("-"));
    parts.filter(|part| is_region(part)).collect()
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
        ] {
            assert!(differ(left, right), "{left} and {right}");
        }
        for (left, right) in [
            ("production/service.json", "tasks/prod.json"),
            ("prod/service.json", "task-definition.json"),
            ("service.json", "task.json"),
            ("prod/eu-west-1/service.json", "eu-west-1/task.json"),
            // `product` is not an environment.
            ("product/service.json", "staging/task.json"),
        ] {
            assert!(!differ(left, right), "{left} and {right}");
        }
    }
}
