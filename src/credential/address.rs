//! Passwords in URLs and in connection strings.

use std::ops::Range;

use super::name::Noun;
use super::pattern::Pattern;
use super::{contains_word, stand_in};
use crate::placeholder::{self, Wants};
use crate::source::Cut;

/// The assignment of a password in a connection string; the group is the password.
static PASSWORD: Pattern =
    Pattern::new(r#"(?i)(?:^|[;?&,\s])(?:password|passwd|pwd)\s*=\s*("[^"]+"|'[^']+'|[^;&,\s"']+)"#);
/// What makes a text a connection string.
static CONTEXT: Pattern = Pattern::new(
    r"(?i)^jdbc:|^[a-z][a-z0-9+.-]*://|^[a-z0-9.-]+:[0-9]+,|(?:^|[;,\s])(?:server|data source|host|addr|user id|uid|username|user|database|initial catalog|dbname)\s*=",
);
/// The host of a connection string.
static HOST: Pattern = Pattern::new(
    r"(?i)(?:^|[;,\s])(?:server|data source|host|addr)\s*=\s*(?:tcp:)?([^;&,:\s]+)|://([^/:;?,\s]+)|^([a-z0-9.-]+):[0-9]+,",
);
/// The user of a connection string.
static USER: Pattern = Pattern::new(r"(?i)(?:^|[;?&,\s])(?:user id|uid|username|user)\s*=\s*([^;&,\s]+)");

/// The password of a URL: `hunter2` of `postgres://web:hunter2@db.example.net/web`. `is_near` says whether a host
/// is a container of the same task.
pub(super) fn in_url(text: &str, is_near: &impl Fn(&str) -> bool) -> Option<Range<usize>> {
    // Most texts have no login, and to look for one byte is quick.
    if !text.contains('@') {
        return None;
    }
    text.match_indices("://").find_map(|(at, _)| {
        let is_scheme = text.cut(..at).ends_with(|c: char| c.is_ascii_alphanumeric());
        let start = at + "://".len();
        let rest = text.cut(start..);
        let is_end = |c: char| c.is_whitespace() || matches!(c, '/' | '?' | '#' | '"' | '\'' | '`' | '\\');
        let authority = rest.find(is_end).map_or(rest, |end| rest.cut(..end));
        let (login, host) = authority.rsplit_once('@')?;
        let (user, password) = login.split_once(':')?;
        let host = host.trim_start_matches('[').split([',', ']']).next().unwrap_or_default();
        let host = if host.contains("::") { host } else { host.split(':').next().unwrap_or_default() };
        // `name:tag@sha256:…`
        let is_password = is_scheme && !matches!(host, "" | "sha256") && is_password(password, user);
        (is_password && !is_local(host) && !is_near(host)).then(|| {
            let from = start + user.len() + 1;
            from..from + password.len()
        })
    })
}

/// The password of a connection string: `hunter2` of `Server=db.example.net;User Id=web;Password=hunter2`.
pub(super) fn in_connection_string(text: &str, is_near: &impl Fn(&str) -> bool) -> Option<Range<usize>> {
    if let Some(found) = in_login(text, is_near) {
        return Some(found);
    }
    let may_assign = text.contains('=') && (contains_word(text, "passw") || contains_word(text, "pwd"));
    if !may_assign {
        return None;
    }
    let found = unquoted(text, PASSWORD.find(text)?);
    let user = USER.find(text).map_or("", |user| text.cut(user));
    let is_here =
        || HOST.find(text).is_some_and(|host| is_local(text.cut(host.clone())) || is_near(text.cut(host)));
    (is_password(text.cut(found.clone()), user) && CONTEXT.is_in(text) && !is_here()).then_some(found)
}

/// The login of a registry in an image.
pub(super) fn in_image(text: &str) -> Option<Range<usize>> {
    let (login, host) = text.split_once('@')?;
    let (user, password) = login.split_once(':')?;
    // `${REPOSITORY}:latest@${DIGEST}` is a tag and a digest.
    let is_filled_in = || {
        let hole = placeholder::find(host, Wants::Image);
        hole.is_some_and(|hole| hole.range == (0..host.len()))
    };
    let is_digest = host.starts_with("sha256:") || is_filled_in();
    let is_login = !login.contains('/') && !user.is_empty() && !is_digest;
    (is_login && is_password(password, user)).then(|| user.len() + 1..login.len())
}

fn is_password(password: &str, user: &str) -> bool {
    !password.is_empty()
        && password != user
        && !stand_in::is_stand_in(password)
        && !stand_in::is_reference(password, Noun::Password)
}

/// The password of a login in front of an address: `web:hunter2@tcp(db:3306)/web`, `jdbc:oracle:thin:web/hunter2@db`.
fn in_login(text: &str, is_near: &impl Fn(&str) -> bool) -> Option<Range<usize>> {
    let (login, address) = text.rsplit_once('@')?;
    let (start, user, host) = match login.strip_prefix("jdbc:oracle:thin:") {
        Some(login) => (text.find(login)?, login.split('/').next()?, address.trim_start_matches('/')),
        None => (0, login.split(':').next()?, address.strip_prefix("tcp(")?),
    };
    let host = host.split([':', ')', '/']).next().unwrap_or_default();
    let found = start + user.len() + 1..text.len() - address.len() - 1;
    let is_found = found.start < found.end && is_password(text.cut(found.clone()), user);
    (is_found && !is_local(host) && !is_near(host)).then_some(found)
}

fn unquoted(text: &str, range: Range<usize>) -> Range<usize> {
    if text.cut(range.clone()).starts_with(['"', '\'']) { range.start + 1..range.end - 1 } else { range }
}

/// Whether a host is the machine itself, where a password protects little.
fn is_local(host: &str) -> bool {
    let host = host.to_ascii_lowercase();
    matches!(host.as_str(), "localhost" | "::1" | "0.0.0.0" | "host.docker.internal" | "." | "(local)")
        || host.starts_with("127.")
        || host.starts_with("localhost\\")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_of_addresses() {
        let found = |text: &str| {
            let is_near = |host: &str| host == "cache";
            let range = in_url(text, &is_near).or_else(|| in_connection_string(text, &is_near));
            range.map(|range| text.cut(range).to_owned())
        };
        for text in [
            "postgres://app:Zq7Zq7Zq7Z@db.prod.internal:5432/app",
            "rediss://:Zq7Zq7Zq7Z@cache.example.net:6379",
            "jdbc:mysql://db.example.net/app?user=app&password=Zq7Zq7Zq7Z",
            "Server=db.example.net;User Id=app;Password=Zq7Zq7Zq7Z;",
            "amqps://svc:Zq7Zq7Zq7Z@mq.example.net/vhost",
            "host=db.example.net user=app password=Zq7Zq7Zq7Z dbname=app",
            "host=db.example.net user=app password='Zq7Zq7Zq7Z' dbname=app",
            "cache.example.net:6380,password=Zq7Zq7Zq7Z,ssl=True",
            "app:Zq7Zq7Zq7Z@tcp(db.example.net:3306)/app",
            "jdbc:oracle:thin:app/Zq7Zq7Zq7Z@//db.example.net:1521/app",
        ] {
            assert_eq!(found(text).as_deref(), Some("Zq7Zq7Zq7Z"), "{text}");
        }
        for text in [
            "jdbc:postgresql://db.example.net:5432/app",
            "https://0a1b2c3d@o1.ingest.example.net/42",
            "postgres://postgres:postgres@localhost/app",
            "postgres://web:Zq7Zq7Zq7Z@127.0.0.1/app",
            "redis://:Zq7Zq7Zq7Z@[::1]:6379/0",
            "redis://:Zq7Zq7Zq7Z@cache:6379/0",
            "mongodb://app:${MONGO_PASSWORD}@mongo/app",
            "redis://cache.example.net:6379/0",
            "git+ssh://git@github.com/acme/app.git",
            "jdbc:sqlserver://db.example.net;databaseName=app;integratedSecurity=true",
            "Server=localhost;User Id=app;Password=Zq7Zq7Zq7Z;",
            "password=Zq7Zq7Zq7Z",
            "https://example.net/?next=a:b@c",
            "app:Zq7Zq7Zq7Z@tcp(127.0.0.1:3306)/app",
            "docker://orders:1.2.3-rc.4@sha256:0a1b2c3d",
        ] {
            assert_eq!(found(text), None, "{text}");
        }
    }
}
