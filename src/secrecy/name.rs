//! What a name says about the value under it.

use std::sync::LazyLock;

use crate::facts::table;

/// `rules/data/secret-names.tsv`, by the kind of row.
struct Names {
    parts: Vec<&'static str>,
    words: Vec<Vec<&'static str>>,
    last: Vec<&'static str>,
    ends: Vec<&'static str>,
    fields: Vec<&'static str>,
}

static NAMES: LazyLock<Names> = LazyLock::new(|| {
    let mut groups = table!("secret-names.tsv").grouped();
    let mut rows = |kind| groups.remove(kind).unwrap_or_default();
    Names {
        parts: rows("part"),
        words: rows("word").into_iter().map(|words| words.split(' ').collect()).collect(),
        last: rows("last"),
        ends: rows("not"),
        fields: rows("field"),
    }
});

/// Whether what has this name is a secret: `DB_PASSWORD`, `splunk-token`, `--api-key`, but not
/// `DB_PASSWORD_FILE` or `clientToken`.
pub(super) fn is_secretive(name: &str) -> bool {
    if name.len() > 200 || !has_stem(name) {
        return false;
    }
    let words = words(name);
    let [.., last] = words.as_slice() else { return false };
    let whole: String = words.concat();
    // What is in capitals is a variable, which may hold any token.
    let is_field = NAMES.fields.contains(&whole.as_str()) && name.contains(|c: char| c.is_lowercase());
    if is_field || NAMES.ends.contains(&last.as_str()) {
        return false;
    }
    let has = |wanted: &Vec<&str>| words.windows(wanted.len()).any(|words| words == wanted.as_slice());
    // Where nothing parts the words, `token` is at the end: `authtoken`, but not `tokenizer`.
    NAMES.parts.iter().any(|part| whole.contains(part))
        || (whole != "pwd" && NAMES.words.iter().any(has))
        || NAMES.last.contains(&last.as_str())
        || last.ends_with("token")
}

/// What is in each part and each word of the table, by its first letter: most names have none of it, and it takes long to
/// find their words.
fn stems(first: u8) -> &'static [&'static str] {
    match first {
        b'a' => &["auth"],
        b'c' => &["connection", "cookie", "cred"],
        b'd' => &["dsn"],
        b'j' => &["jwt"],
        b'k' => &["key"],
        b'm' => &["mnemonic"],
        b'p' => &["pass", "pat", "pepper", "pin", "pswd", "pw"],
        b's' => &["salt", "secret"],
        b't' => &["token"],
        b'w' => &["webhook"],
        _ => &[],
    }
}

fn has_stem(name: &str) -> bool {
    let name = name.as_bytes();
    let begins = |at: usize, stem: &str| {
        name.get(at..at + stem.len()).is_some_and(|part| part.eq_ignore_ascii_case(stem.as_bytes()))
    };
    (0..name.len()).any(|at| stems(name[at].to_ascii_lowercase()).iter().any(|stem| begins(at, stem)))
}

/// The words of a name, in lower case.
fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut is_open = false;
    let mut before = ' ';
    let mut characters = name.chars().peekable();
    while let Some(c) = characters.next() {
        if !c.is_alphanumeric() {
            is_open = false;
        } else {
            let ends_capitals = before.is_uppercase() && characters.peek().is_some_and(|c| c.is_lowercase());
            let starts = c.is_uppercase() && (before.is_lowercase() || ends_capitals);
            if !is_open || starts {
                words.push(String::new());
            }
            is_open = true;
            if let Some(word) = words.last_mut() {
                word.extend(c.to_lowercase());
            }
        }
        before = c;
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_secrets() {
        for name in [
            "PASSWORD",
            "DB_PASSWORD",
            "dbPassword",
            "POSTGRES_PASSWD",
            "MYSQL_PWD",
            "APP_SECRET",
            "SECRET_KEY_BASE",
            "GITHUB_TOKEN",
            "authtoken",
            "splunk-token",
            "--api-key",
            "APIKEY",
            "STRIPE_API_KEY",
            "AWS_SECRET_ACCESS_KEY",
            "TLS_PRIVATE_KEY",
            "googleCredentials",
            "spring.datasource.password",
            "RDSMasterKey",
            "CLIENT_TOKEN",
            "REQUEST_TOKEN",
            "db_password_secret",
            "ROLE_PASSWORD",
            "SOURCE_TOKEN",
            "RABBITMQ_ERLANG_COOKIE",
            "AUTHORIZATION",
            "AUTH_SALT",
            "DATABASE_DSN",
            "DBPASS",
            "GITHUB_PAT",
            "REDIS_AUTH",
            "SLACK_WEBHOOK",
        ] {
            assert!(is_secretive(name), "{name}");
        }
    }

    #[test]
    fn stems_are_in_all_rows() {
        let parts = NAMES.parts.iter().map(|part| (*part).to_owned());
        let last = NAMES.last.iter().map(|word| (*word).to_owned());
        let words = NAMES.words.iter().map(|words| words.concat());
        let all: Vec<String> = parts.chain(words).chain(last).collect();
        let lacking: Vec<&String> = all.iter().filter(|row| !has_stem(row)).collect();
        assert!(lacking.is_empty(), "{lacking:?}");
    }

    #[test]
    fn names_of_other_things() {
        for name in [
            "DB_PASSWORD_FILE",
            "SECRET_ARN",
            "PRIVATE_KEY_PATH",
            "SECRET_NAME",
            "TOKEN_TTL",
            "PASSWORD_MIN_LENGTH",
            "MAX_TOKENS",
            "TOKENIZER",
            "PWD",
            "BYPASS",
            "COMPASS_HOME",
            "KEY",
            "clientToken",
            "creation_token",
            "request_token",
            "idempotencyToken",
            "client_request_token",
            "api_key_source",
            "db_password_parameter",
            "db_password_secret_name",
            "pass_role",
            "iam:PassRole",
            "access_token_validity",
            "secretOptions",
            "secrets",
            "credentialsParameter",
            "AWS_ACCESS_KEY_ID",
            "SESSION_COOKIE_SECURE",
            "COOKIE_DOMAIN",
            "AUTHORIZATION_ENABLED",
            "authorizationConfig",
            "SALT_LENGTH",
            "ACCESS_KEY_ROTATION_DAYS",
            "PASSWORD_CHANGED_AT",
            "PASSWORD_ENCODER",
            "SECRETS_MANAGER",
            "PATH",
            "DISPATCH",
            "image",
            "",
        ] {
            assert!(!is_secretive(name), "{name}");
        }
    }
}
