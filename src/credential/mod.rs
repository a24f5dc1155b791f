//! Credentials in plain text: what shows that a part of a text is one. Only texts are known here; the model
//! knows where in a document they are, and rules report them.
//!
//! Precision comes first. A form that only credentials have is certain. A place that contains nothing else, such
//! as the password of a URL, and a name that ends with "password" make one likely, unless the value is a
//! placeholder, a sample, or refers to the place where the credential is kept.

mod address;
mod command;
mod entropy;
mod format;
mod member;
mod name;
mod option;
mod pairs;
mod pattern;
mod stand_in;

use std::ops::Range;

pub(crate) use command::in_command;
pub(crate) use entropy::looks_random;
pub(crate) use format::{
    all_in_formats, in_format, is_access_key_id, is_secret_access_key, is_sign_of_key_id, secret_access_key,
};
pub(crate) use option::in_option;

use crate::placeholder::{self, Wants};
use name::Noun;

/// A credential in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Credential {
    /// The bytes of the credential.
    pub range: Range<usize>,
    /// What shows that it is one.
    pub sign: Sign,
    /// The bytes that no report shows: all of it, save for a beginning that is the same for everyone.
    pub secret: Range<usize>,
}

impl Credential {
    /// A credential of which nothing is shown.
    fn new(range: Range<usize>, sign: Sign) -> Credential {
        Credential { secret: range.clone(), range, sign }
    }

    /// Whether it is a half of an AWS access key.
    pub(crate) fn is_aws_key(&self) -> bool {
        format::is_aws_key(self.sign)
    }
}

/// What shows that something is a credential.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sign {
    /// Its form, which nothing else has: "a GitHub token".
    Form(&'static str),
    /// Its form, which a value that is meant to be public may have too: "a Google API key".
    CommonForm(&'static str),
    /// It is the password of a URL.
    Url,
    /// It is the password of a connection string.
    ConnectionString,
    /// What precedes it in a command: "the value of `--password`".
    Command(&'static str),
    /// It is a log option that is a credential by definition.
    LogOption,
    /// The name of the value.
    Name,
    /// The name of a member of a JSON text.
    Member,
}

/// The credential in a value that has a name, such as that of an environment variable.
pub(crate) fn in_value(name: &str, text: &str, is_near: impl Fn(&str) -> bool) -> Option<Credential> {
    in_named(name, name, text, is_near)
}

/// The credential in a label. `com.example.dd-api-key` is its key, and `dd-api-key` its name.
pub(crate) fn in_label(key: &str, text: &str, is_near: impl Fn(&str) -> bool) -> Option<Credential> {
    in_named(key.rsplit('.').next().unwrap_or_default(), key, text, is_near)
}

/// `name` says what a value of a common form is; the last words of `key` what any value is.
fn in_named(name: &str, key: &str, text: &str, is_near: impl Fn(&str) -> bool) -> Option<Credential> {
    // A common form under a public name is a public value.
    let by_form = in_format(text, Some(name))
        .filter(|found| matches!(found.sign, Sign::Form(_)) || !Noun::is_public(key));
    let is_certain = |found: &Credential| matches!(found.sign, Sign::Form(_));
    by_form
        .clone()
        .filter(is_certain)
        .or_else(|| in_address(text, is_near))
        .or(by_form)
        .or_else(|| named(key, text))
        .or_else(|| member::in_json(text).filter(|_| !Noun::is_public(key)))
}

/// The password in a URL or a connection string, unless the host is the task itself.
pub(crate) fn in_address(text: &str, is_near: impl Fn(&str) -> bool) -> Option<Credential> {
    let of_url = address::in_url(text, &is_near).map(|range| Credential::new(range, Sign::Url));
    of_url.or_else(|| {
        let range = address::in_connection_string(text, &is_near)?;
        Some(Credential::new(range, Sign::ConnectionString))
    })
}

/// A value whose name says that it is a credential.
fn named(name: &str, text: &str) -> Option<Credential> {
    let noun = Noun::of(name)?;
    let is_own_name = || {
        let letters = |text: &str| -> String {
            text.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
        };
        letters(text) == letters(name)
    };
    (is_credential(text, noun) && !is_own_name()).then(|| Credential::new(0..text.len(), Sign::Name))
}

/// Whether a value has the shape of a credential of a kind.
fn is_credential(value: &str, noun: Noun) -> bool {
    let value = value.trim();
    let has_shape = match noun {
        Noun::Password => value.chars().count() >= 3,
        Noun::Other => {
            let is_sentence = value.split_whitespace().nth(2).is_some();
            value.len() >= 8 && !is_sentence && !stand_in::is_words(value)
        }
    };
    has_shape && !stand_in::is_stand_in(value) && !stand_in::is_reference(value, noun)
}

/// Whether a name says that its value is a credential.
pub(crate) fn is_of_credential(name: &str) -> bool {
    Noun::of(name).is_some()
}

/// Whether a value is a placeholder or a sample, whatever its name.
pub(crate) fn is_replaced(value: &str) -> bool {
    stand_in::is_stand_in(value)
}

/// Whether a value contains a placeholder.
pub(crate) fn has_hole(value: &str) -> bool {
    stand_in::has_hole(value)
}

/// The password in an image, before the host of the registry.
pub(crate) fn in_image(text: &str) -> Option<Credential> {
    let found = address::in_url(text, &|_| false).or_else(|| address::in_image(text))?;
    // The sign behind it may belong to what is filled in: `web:1@@TAG@@`.
    let hole = placeholder::find(text, Wants::Image).map(|hole| hole.range);
    let is_of_hole = hole.is_some_and(|hole| hole.contains(&found.end));
    (!is_of_hole).then(|| Credential::new(found, Sign::Url))
}

/// Whether a text contains a word, whatever its letter case. The word is in lower case.
fn contains_word(text: &str, word: &str) -> bool {
    let (text, word) = (text.as_bytes(), word.as_bytes());
    let (first, rest) = (word[0], &word[1..]);
    text.iter().enumerate().any(|(at, byte)| {
        byte.to_ascii_lowercase() == first
            && text.get(at + 1..at + word.len()).is_some_and(|text| text.eq_ignore_ascii_case(rest))
    })
}
