//! Names that say that their value is a credential: `rules/data/credential-names.tsv`.

use std::sync::LazyLock;

use crate::facts::table;
use crate::source::Cut;

/// What the last words of a name call its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Noun {
    /// A password, which may be short and of any form.
    Password,
    /// Another credential, such as a key or a token, which programs make.
    Other,
}

struct Words {
    passwords: Vec<&'static str>,
    nouns: Vec<&'static str>,
    glued: Vec<&'static str>,
    pairs: Vec<(&'static str, &'static str)>,
    about: Vec<&'static str>,
    public: Vec<&'static str>,
    tails: Vec<&'static str>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let mut groups = table!("credential-names.tsv").grouped();
    let mut rows = |kind| groups.remove(kind).unwrap_or_default();
    Words {
        passwords: rows("password"),
        nouns: rows("noun"),
        glued: rows("glued"),
        pairs: rows("pair").into_iter().filter_map(|pair| pair.split_once(' ')).collect(),
        about: rows("about"),
        public: rows("public"),
        tails: rows("tail"),
    }
});

impl Noun {
    /// Whether a name says that its value is meant to be seen.
    pub(super) fn is_public(name: &str) -> bool {
        words(name).iter().any(|word| is_one(&WORDS.public, word))
    }

    /// The noun of a name; none if the name is that of something else, or of something about a credential, such
    /// as `DB_PASSWORD_FILE`.
    pub(super) fn of(name: &str) -> Option<Noun> {
        if name.len() > 200 || !may_hold_noun(name) {
            return None;
        }
        let mut words = words(name);
        while words.len() > 1 && words.last().is_some_and(|word| is_tail(word)) {
            words.pop();
        }
        let (last, before) = words.split_last()?;
        let last = last.trim_end_matches(|c: char| c.is_ascii_digit());
        let is_about = WORDS.about.contains(&last) || words.iter().any(|word| is_one(&WORDS.public, word));
        // A shell sets these to the working directory.
        let is_directory = matches!(words.concat().as_str(), "PWD" | "OLDPWD");
        if is_about || is_directory {
            return None;
        }
        let glued = WORDS.glued.iter().find(|noun| last.len() > noun.len() && last.ends_with(**noun));
        let noun = glued.copied().unwrap_or(last);
        if WORDS.passwords.contains(&noun) {
            return Some(Noun::Password);
        }
        let is_pair = || before.last().is_some_and(|first| WORDS.pairs.contains(&(first.as_str(), last)));
        (WORDS.nouns.contains(&noun) || is_pair()).then_some(Noun::Other)
    }
}

/// Whether a name contains one of the parts that every noun has one of. Most names contain none.
fn may_hold_noun(name: &str) -> bool {
    let name = name.as_bytes();
    name.iter().enumerate().any(|(at, byte)| {
        let parts: &[&[u8]] = match byte.to_ascii_lowercase() {
            b'b' => &[b"base"],
            b'c' => &[b"cred"],
            b'k' => &[b"key"],
            b'p' => &[b"pass", b"pwd"],
            b's' => &[b"secret", b"salt"],
            b't' => &[b"token"],
            _ => return false,
        };
        let is_here =
            |part: &&[u8]| name[at..].get(..part.len()).is_some_and(|own| own.eq_ignore_ascii_case(part));
        parts.iter().any(is_here)
    })
}

fn is_one(words: &[&str], word: &str) -> bool {
    words.contains(&word)
}

fn is_tail(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit()) || is_one(&WORDS.tails, word)
}

/// The words of a name, in upper case.
fn words(name: &str) -> Vec<String> {
    let mut words = Vec::new();
    for part in name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| !part.is_empty()) {
        let bytes = part.as_bytes();
        let mut from = 0;
        for at in 1..bytes.len() {
            let is_start = bytes[at].is_ascii_uppercase()
                && (bytes[at - 1].is_ascii_lowercase()
                    || bytes[at - 1].is_ascii_uppercase()
                        && bytes.get(at + 1).is_some_and(u8::is_ascii_lowercase));
            if is_start {
                words.push(part.cut(from..at).to_ascii_uppercase());
                from = at;
            }
        }
        words.push(part.cut(from..).to_ascii_uppercase());
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_credentials() {
        for name in [
            "DB_PASSWORD",
            "spring.datasource.password",
            "ConnectionStrings__Password",
            "STRIPE_SECRET_KEY",
            "githubToken",
            "ME_CONFIG_MONGODB_ADMINPASSWORD",
            "JWT_SECRET_PROD",
            "API_KEY_2",
            "NEW_RELIC_LICENSE_KEY",
            "SECRET_KEY_BASE",
            "PGPASSWORD",
            "PASSWORD1",
            "RDSMasterKey",
            "password",
        ] {
            assert!(Noun::of(name).is_some(), "{name}");
        }
        assert_eq!(Noun::of("MYSQL_ROOT_PASSWORD"), Some(Noun::Password));
        assert_eq!(Noun::of("API_TOKEN"), Some(Noun::Other));
    }

    #[test]
    fn names_of_other_things() {
        for name in [
            "DB_SECRET_NAME",
            "SECRETS_DIR",
            "TOKEN_TTL",
            "PASSWORD_MIN_LENGTH",
            "LLM_MAX_TOKENS",
            "DB_PASS_SECRET_ARN",
            "S3_KEY_PREFIX",
            "COST_TAG_KEY",
            "RECAPTCHA_SITE_KEY",
            "NEXT_PUBLIC_API_KEY",
            "STRIPE_PUBLISHABLE_KEY",
            "TOKEN_ENDPOINT",
            "SECRET_SCOPE",
            "CACHE_KEY",
            "PARTITION_KEY",
            "PWD_POLICY",
            "AUTH_TOKEN_URL",
            "PASSWORD_RESET_ENABLED",
            "PWD",
            "OLDPWD",
            "BYPASS",
            "TOKENIZER",
        ] {
            assert_eq!(Noun::of(name), None, "{name}");
        }
    }
}
