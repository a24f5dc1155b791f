//! Credentials in commands: behind a flag, in an assignment, in a header.

use std::ops::Range;

use super::name::Noun;
use super::pairs::Pairs;
use super::pattern::Pattern;
use super::{Credential, Sign, contains_word, is_credential, stand_in};
use crate::source::Cut;

/// A way to write a credential in a command.
struct Form {
    /// What a command of this form contains, in lower case: the sign, and one of the words. To look for them is
    /// quick, whereas to compile the pattern takes as long as to lint a file.
    sign: &'static str,
    words: &'static [&'static str],
    /// The first group that takes part is the credential.
    pattern: Pattern,
    /// How a message calls it.
    what: &'static str,
    /// The kind of credential, which decides what its value looks like; none if it may be anything.
    noun: Option<Noun>,
}

const fn form(
    (sign, words): (&'static str, &'static [&'static str]),
    what: &'static str,
    noun: Option<Noun>,
    pattern: &'static str,
) -> Form {
    Form { sign, words, pattern: Pattern::new(pattern), what, noun }
}

const KEYS: &[&str] = &["secret", "token", "key"];

const PASSWORD: Option<Noun> = Some(Noun::Password);
const OTHER: Option<Noun> = Some(Noun::Other);

static HEADERS: [Form; 2] = [
    form(
        ("authorization", &["authorization"]),
        "in an `Authorization` header",
        None,
        r"(?i)\bauthorization(?:\s*[:=]\s*|\s+)(?:bearer|basic|token|splunk)\s+([A-Za-z0-9._~+/=-]{8,})",
    ),
    form(
        ("-", &["api-key", "-token"]),
        "in a header",
        None,
        r"(?i)\b(?:x-api-key|api-key|x-auth-token|x-vault-token|private-token|x-amz-security-token)(?:\s*:\s*|\s+)([A-Za-z0-9._~+/=-]{8,})",
    ),
];

static FORMS: [Form; 20] = [
    form(
        ("-", &["pass"]),
        "behind a password option",
        PASSWORD,
        r#"(?i)(?:^|[\s"'])--?(?:[a-z0-9]+[-_.])*(?:password|passwd|passphrase|pass|requirepass|masterauth|storepass|keypass)(?:=|\s+)("[^"]+"|'[^']+'|[^\s"']+)"#,
    ),
    form(
        ("-", &["masterauth"]),
        "behind a password option",
        PASSWORD,
        r#"(?i)(?:^|[\s"'])--?(?:[a-z0-9]+[-_.])*masterauth(?:=|\s+)("[^"]+"|'[^']+'|[^\s"']+)"#,
    ),
    form(
        ("-", &["secret"]),
        "behind an option for a secret",
        OTHER,
        r#"(?i)(?:^|[\s"'])--?(?:[a-z0-9]+[-_.])*(?:secret|secret-key|client-secret|secret-access-key)(?:=|\s+)("[^"]+"|'[^']+'|[^\s"']+)"#,
    ),
    form(
        ("-", &["token"]),
        "behind an option for a token",
        OTHER,
        r#"(?i)(?:^|[\s"'])--?(?:[a-z0-9]+[-_.])*token(?:=|\s+)("[^"]+"|'[^']+'|[^\s"']+)"#,
    ),
    form(
        ("-", &["key"]),
        "behind an option for a key",
        OTHER,
        r#"(?i)(?:^|[\s"'])--?(?:[a-z0-9]+[-_.])*(?:api-?key|access-key|private-key|license-key)(?:=|\s+)("[^"]+"|'[^']+'|[^\s"']+)"#,
    ),
    form(
        ("=", &["pass", "pwd"]),
        "in an assignment",
        PASSWORD,
        r#"(?:^|[\s;&|("'])(?:export\s+)?[A-Za-z0-9_]*(?:PASSWORD|PASSWD|PASSPHRASE|MYSQL_PWD)=("[^"]+"|'[^']+'|[^\s;&|)"']+)"#,
    ),
    form(
        ("=", KEYS),
        "in an assignment",
        OTHER,
        r#"(?:^|[\s;&|("'])(?:export\s+)?(?:[A-Z][A-Z0-9_]*_)?(?:SECRET|TOKEN|API_?KEY|SECRET_KEY|SECRET_ACCESS_KEY|PRIVATE_KEY|ACCESS_KEY)=("[^"]+"|'[^']+'|[^\s;&|)"']+)"#,
    ),
    form(
        ("-d", &["pass"]),
        "in a Java property",
        PASSWORD,
        r#"(?:^|[\s"'])-D[A-Za-z0-9_.-]*(?i:password|passwd|passphrase)=("[^"]+"|'[^']+'|[^\s"']+)"#,
    ),
    form(
        ("-d", KEYS),
        "in a Java property",
        OTHER,
        r#"(?:^|[\s"'])-D[A-Za-z0-9_.-]*(?i:secret|token|api-?key|secret-?key)=("[^"]+"|'[^']+'|[^\s"']+)"#,
    ),
    form(
        ("curl", &["-u", "u ", "--user"]),
        "behind `curl --user`",
        PASSWORD,
        r#"\bcurl\b.*?\s(?:-[a-zA-Z]*u\s*|--user[=\s]\s*)["']?[^\s:"']+:([^\s"']+)"#,
    ),
    form(
        ("-p", &["mysql"]),
        "behind the option `-p`",
        None,
        r#"\b(?:mysql(?:dump|admin|check|import|show|slap)?)\b[^|;&]*?\s-p("[^"]+"|'[^']+'|[^\s"'-][^\s"']{2,})"#,
    ),
    form(
        ("-p", &["mariadb"]),
        "behind the option `-p`",
        None,
        r#"\b(?:mariadb(?:-[a-z]+)?)\b[^|;&]*?\s-p("[^"]+"|'[^']+'|[^\s"'-][^\s"']{2,})"#,
    ),
    form(
        ("-a", &["redis-cli"]),
        "behind the option `-a`",
        PASSWORD,
        r#"\bredis-cli\b[^|;&]*?\s-a\s+("[^"]+"|'[^']+'|[^\s"'-][^\s"']{2,})"#,
    ),
    form(
        ("-p", &["sshpass", "mongo", "login"]),
        "behind the option `-p`",
        PASSWORD,
        r#"\b(?:sshpass\s+|(?:mongo(?:sh|dump|restore|export|import)?|docker\s+login|podman\s+login|helm\s+registry\s+login)\b[^|;&]*?\s)-p\s*("[^"]+"|'[^']+'|[^\s"'-][^\s"']{2,})"#,
    ),
    form(
        ("-p", &["sqlcmd"]),
        "behind the option `-P`",
        PASSWORD,
        r#"\bsqlcmd\b[^|;&]*?\s-P\s*("[^"]+"|'[^']+'|[^\s"'-][^\s"']{2,})"#,
    ),
    form(
        ("pass:", &["-pass"]),
        "behind `pass:`",
        PASSWORD,
        r#"\s-pass(?:in|out)?\s+pass:("[^"]+"|'[^']+'|[^\s"']+)"#,
    ),
    form(
        ("stdin", &["echo", "printf"]),
        "in front of `--password-stdin`",
        PASSWORD,
        r#"\b(?:echo|printf)\s+(?:-[a-zA-Z]+\s+|["']?%s(?:\\n)?["']?\s+)*("[^"]+"|'[^']+'|[^\s"'|]+)\s*\|[^|;&]*\s--password-stdin\b"#,
    ),
    form(
        ("-w", &["ldap"]),
        "behind the option `-w`",
        PASSWORD,
        r#"\bldap(?:add|compare|delete|exop|modify|modrdn|passwd|search|whoami)\b[^|;&]*?\s-w\s*("[^"]+"|'[^']+'|[^\s"'-][^\s"']{2,})"#,
    ),
    form(
        ("rabbitmqctl", &["user", "password"]),
        "behind the name of a user",
        PASSWORD,
        r#"\brabbitmqctl\b[^|;&]*?\s(?:add_user|authenticate_user|change_password)\s+[^\s|;&]+\s+("[^"]+"|'[^']+'|[^\s"'|;&]+)"#,
    ),
    form(
        ("login", &["vault"]),
        "behind `vault login`",
        OTHER,
        r#"\bvault\s+login\s+(?:-[^\s]+\s+|username=[^\s]+\s+)*(?:token=|password=)?("[^"]+"|'[^']+'|[^\s"'|;&=]+)(?:\s|$|["'|;&])"#,
    ),
];

/// The credential in an HTTP header.
pub(super) fn in_header(text: &str) -> Option<Range<usize>> {
    HEADERS.iter().find_map(|form| form.find(text)).map(|(range, _)| range)
}

/// The credentials in the words of a command, each with the position of its word: one in a word, the first.
pub(crate) fn in_command(words: &[&str]) -> Vec<(usize, Credential)> {
    // Forms extend over several words: `["redis-server", "--requirepass", "hunter2"]`.
    let text = words.join(" ");
    let pairs = Pairs::of(&text);
    let mut found: Vec<(Range<usize>, &'static str)> =
        FORMS.iter().chain(&HEADERS).flat_map(|form| form.all_in(&text, &pairs)).collect();
    found.sort_by_key(|(range, _)| (range.start, range.end));
    let mut of_words: Vec<(usize, Credential)> = Vec::new();
    let (mut at, mut start) = (0, 0);
    for (range, what) in found {
        while words.get(at).is_some_and(|word| start + word.len() < range.end) && at + 1 < words.len() {
            start += words[at].len() + 1;
            at += 1;
        }
        // What extends over two words is not one value.
        let is_in_word = start <= range.start && range.end <= start + words[at].len();
        if is_in_word && of_words.last().is_none_or(|(last, _)| *last != at) {
            let range = range.start - start..range.end - start;
            of_words.push((at, Credential::new(range, Sign::Command(what))));
        }
    }
    of_words
}

impl Form {
    /// The credentials of this form in a text with these pairs of characters.
    fn all_in<'t>(
        &'static self,
        text: &'t str,
        pairs: &Pairs,
    ) -> impl Iterator<Item = (Range<usize>, &'static str)> + use<'t> {
        let has = |word: &str| pairs.may_spell(word) && contains_word(text, word);
        let may_match = self.words.iter().any(|word| has(word)) && has(self.sign);
        let found = may_match.then(|| self.pattern.find_all(text)).into_iter().flatten();
        found.filter_map(move |range| {
            let range = without_quotes(text, range);
            // `--no-password` has no value.
            if is_denied(text.cut(..range.start)) {
                return None;
            }
            self.admits(text.cut(range.clone())).then_some((range, self.what))
        })
    }

    fn find(&'static self, text: &str) -> Option<(Range<usize>, &'static str)> {
        self.all_in(text, &Pairs::of(text)).next()
    }

    fn admits(&self, value: &str) -> bool {
        let refers = value.starts_with(['-', '@', '/', '%', '<', '`'])
            || ["./", "file:", "env:", "fd:", "id=", "type=", "src=", "env=", "name="]
                .iter()
                .any(|start| value.starts_with(start));
        let is_plain = || match self.noun {
            Some(noun) => is_credential(value, noun),
            None => !stand_in::is_stand_in(value) && !stand_in::is_reference(value, Noun::Other),
        };
        !refers && is_plain()
    }
}

/// Whether the last word of a text is an option such as `--no-password`. No more than this word is looked at: a text
/// may have many.
fn is_denied(text: &str) -> bool {
    let is_between = |c: char| c.is_whitespace() || matches!(c, ';' | '&' | '|' | '(' | '"' | '\'');
    let text = text.trim_end_matches(|c| is_between(c) || c == '=');
    text.rsplit(is_between).next().is_some_and(|word| word.starts_with("--no-"))
}

fn without_quotes(text: &str, range: Range<usize>) -> Range<usize> {
    let found = text.cut(range.clone());
    let is_quoted = |quote: char| found.len() > 2 && found.starts_with(quote) && found.ends_with(quote);
    if is_quoted('"') || is_quoted('\'') { range.start + 1..range.end - 1 } else { range }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credentials_in_commands() {
        let found = |words: &[&str]| {
            let found = in_command(words).into_iter();
            found.map(|(at, found)| (at, words[at].cut(found.range).to_owned())).next()
        };
        for (words, at) in [
            (&["app", "--db-password=Zq7Zq7Zq7"][..], 1),
            (&["redis-server", "--requirepass", "Zq7Zq7Zq7"], 2),
            (&["sh", "-c", "PGPASSWORD=Zq7Zq7Zq7 psql -h db"], 2),
            (&["sh", "-c", "export PASSWORD='Zq7Zq7Zq7'; run"], 2),
            (&["CMD-SHELL", "curl -fu admin:Zq7Zq7Zq7 http://localhost/ || exit 1"], 1),
            (&["CMD-SHELL", "curl -f -u admin:Zq7Zq7Zq7 http://localhost/ || exit 1"], 1),
            (&["curl", "-H", "Authorization: Bearer Zq7Zq7Zq7"], 2),
            (&["curl", "-H", "X-Api-Key: Zq7Zq7Zq7"], 2),
            (&["CMD-SHELL", "mysqladmin ping -uroot -pZq7Zq7Zq7"], 1),
            (&["redis-cli", "-a", "Zq7Zq7Zq7", "ping"], 2),
            (&["java", "-Dspring.datasource.password=Zq7Zq7Zq7", "-jar", "app.jar"], 1),
            (&["app", "--db_password=Zq7Zq7Zq7"], 1),
            (&["app", "--spring.datasource.password", "Zq7Zq7Zq7"], 2),
            (&["redis-cli", "--pass", "Zq7Zq7Zq7"], 2),
            (&["mongosh", "-u", "root", "-p", "Zq7Zq7Zq7"], 4),
            (&["sh", "-c", "echo Zq7Zq7Zq7 | docker login -u me --password-stdin"], 2),
            (&["sh", "-c", "printf '%s' 'Zq7Zq7Zq7' | docker login -u me --password-stdin"], 2),
            (&["ldapsearch", "-D", "cn=admin", "-w", "Zq7Zq7Zq7"], 4),
            (&["rabbitmqctl", "add_user", "app", "Zq7Zq7Zq7"], 3),
            (&["vault", "login", "Zq7Zq7Zq7"], 2),
            (&["vault", "login", "-method=userpass", "username=me", "password=Zq7Zq7Zq7"], 4),
        ] {
            assert_eq!(found(words), Some((at, "Zq7Zq7Zq7".to_owned())), "{words:?}");
        }
        for words in [
            &["mysqladmin", "ping", "-h", "localhost", "-uroot", "-p$MYSQL_ROOT_PASSWORD"][..],
            &["redis-cli", "-a", "$REDIS_PASSWORD", "ping"],
            &["app", "--token-file", "/run/token"],
            &["docker", "login", "--password-stdin"],
            &["mysql", "-p", "3306"],
            &["app", "--password", "--verbose"],
            &["app", "--api-key=${API_KEY}"],
            &["sh", "-c", "TOKEN=$(cat /run/token) exec app"],
            &["sh", "-c", "PGPASSWORD=$DB_PASSWORD psql"],
            &["app", "--max-token", "4096"],
            &["mkdir", "-p", "/var/lib/app"],
            &["app", "--secret", "prod/web-token"],
            &["docker", "build", "--secret", "id=npm,src=/root/.npmrc"],
            &["psql", "--no-password", "orders"],
            &["sh", "-c", "echo $PASSWORD | docker login -u me --password-stdin"],
            &["sh", "-c", "echo started | tee log; docker login -u me --password-stdin < password"],
            &["rabbitmqctl", "add_user", "app", "$RABBITMQ_PASSWORD"],
            &["vault", "login", "-method=aws", "role=web"],
            &["sh", "-c", "TOKEN=$(cat /run/token) app"],
        ] {
            assert_eq!(found(words), None, "{words:?}");
        }
    }
}
