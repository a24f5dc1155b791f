//! Log options that are a credential by definition: `rules/data/credential-options.tsv`.

use std::sync::LazyLock;

use super::name::Noun;
use super::{Credential, Sign, command, in_address, in_format, stand_in};
use crate::facts::table;

static OPTIONS: LazyLock<Vec<(&str, &str)>> =
    LazyLock::new(|| table!("credential-options.tsv").pairs().collect());

/// The credential in a log option. `driver` is `awsfirelens` for the options of a log router, too.
pub(crate) fn in_option(driver: &str, key: &str, text: &str) -> Option<Credential> {
    let lower = key.to_ascii_lowercase();
    let is_output = driver == "awsfirelens";
    let is_listed = || OPTIONS.iter().any(|(of, option)| (*of == driver || *of == "any") && *option == lower);
    let is_credential = || {
        // Outputs of Fluent Bit and Fluentd have options of their own.
        (is_listed() || is_output && Noun::of(key) == Some(Noun::Password))
            && !text.trim().is_empty()
            && !stand_in::is_stand_in(text)
            && !stand_in::is_reference(text, Noun::Password)
    };
    let is_header = lower == "header" || lower == "headers";
    in_format(text, Some(key))
        .filter(|found| matches!(found.sign, Sign::Form(_)))
        .or_else(|| is_credential().then(|| Credential::new(0..text.len(), Sign::LogOption)))
        .or_else(|| in_address(text, |_| false))
        .or_else(|| {
            let range = is_header.then(|| command::in_header(text)).flatten()?;
            Some(Credential::new(range, Sign::LogOption))
        })
}
