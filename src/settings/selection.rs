//! Which rules run.

use crate::rule::{Profile, Rule};

/// What a part of the settings, or the command line, says about which rules run. Names are those of
/// rules and categories.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// How demanding the run is.
    pub profile: Option<Profile>,
    /// Exactly these, whatever the profile.
    pub only: Vec<String>,
    /// These besides those of the profile.
    pub also: Vec<String>,
    /// Not these.
    pub skip: Vec<String>,
}

/// Whether a rule runs where some parts of the settings hold, of which later ones win. The command
/// line wins over all of them, and what it says with `only` is all that counts.
pub(super) fn enables<'s>(
    rule: &Rule,
    parts: impl IntoIterator<Item = &'s Selection>,
    chosen: &'s Selection,
) -> bool {
    if !chosen.only.is_empty() {
        return wants(rule, &chosen.only) && !refuses(rule, &chosen.skip);
    }
    let mut profile = Profile::Default;
    let mut only: &[String] = &[];
    let mut is_named = None;
    for part in parts.into_iter().chain([chosen]) {
        profile = part.profile.unwrap_or(profile);
        if !part.only.is_empty() {
            only = &part.only;
        }
        if wants(rule, &part.also) {
            is_named = Some(true);
        }
        if refuses(rule, &part.skip) {
            is_named = Some(false);
        }
    }
    is_named.unwrap_or_else(|| if only.is_empty() { rule.profile <= profile } else { wants(rule, only) })
}

/// Whether names bring in a rule. A category does not bring in the rules that want to be asked for
/// by name.
fn wants(rule: &Rule, names: &[String]) -> bool {
    let is_meant =
        |name: &str| name == rule.id || (name == rule.category.name() && rule.profile != Profile::Asked);
    names.iter().any(|name| is_meant(name))
}

fn refuses(rule: &Rule, names: &[String]) -> bool {
    names.iter().any(|name| name == rule.id || name == rule.category.name())
}
