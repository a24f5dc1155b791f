//! Where the page of a rule can be read.

use crate::rule::Rule;

/// The address of a rule's page, as it was when this version was released.
pub fn url(rule: &Rule) -> String {
    const REPOSITORY: &str = env!("CARGO_PKG_REPOSITORY");
    const VERSION: &str = env!("CARGO_PKG_VERSION");
    format!("{REPOSITORY}/blob/v{VERSION}/rules/{}/{}.md", rule.height(), rule.id)
}
