//! Names that suggest unlimited permissions.

use std::ops::Range;

use crate::source::Cut;

/// The part of a name that suggests that its owner may do everything: `Admin` in `EcsAdminRole`. Only whole
/// words count, as separated by punctuation, digits or upper case.
pub(crate) fn admin_part(name: &str) -> Option<Range<usize>> {
    const WORDS: [&str; 5] = ["admin", "administrator", "administratoraccess", "fullaccess", "poweruser"];
    const PAIRS: [[&str; 2]; 2] = [["full", "access"], ["power", "user"]];
    let words = words(name);
    let is = |word: &Range<usize>, other: &str| name.cut(word.clone()).eq_ignore_ascii_case(other);
    let single = words.iter().find(|word| WORDS.iter().any(|other| is(word, other)));
    let pair = || {
        let pair = words
            .windows(2)
            .find(|pair| PAIRS.iter().any(|[first, second]| is(&pair[0], first) && is(&pair[1], second)))?;
        Some(pair[0].start..pair[1].end)
    };
    single.cloned().or_else(pair).filter(|part| !is_of_one_service(name, part))
}

/// Whether full access is that to one service, whose name comes before it: `web-s3-full-access`.
fn is_of_one_service(name: &str, part: &Range<usize>) -> bool {
    /// Services whose full access is not that to everything, as names of roles and policies have them.
    const SERVICES: [&str; 21] = [
        "cloudwatch",
        "dynamo",
        "dynamodb",
        "ec2",
        "ecr",
        "efs",
        "elasticache",
        "firehose",
        "kinesis",
        "kms",
        "lambda",
        "logs",
        "rds",
        "route53",
        "s3",
        "secretsmanager",
        "ses",
        "sns",
        "sqs",
        "ssm",
        "xray",
    ];
    let before =
        name.cut(..part.start).trim_end_matches(|c: char| !c.is_ascii_alphanumeric()).to_ascii_lowercase();
    name.cut(part.clone()).to_ascii_lowercase().starts_with("full")
        && SERVICES.iter().any(|one| before.ends_with(one))
}

/// The words of a name: runs of letters, divided before an upper-case letter that follows or precedes a
/// lower-case one.
fn words(name: &str) -> Vec<Range<usize>> {
    let bytes = name.as_bytes();
    let mut words: Vec<Range<usize>> = Vec::new();
    for at in (0..bytes.len()).filter(|at| bytes[*at].is_ascii_alphabetic()) {
        let is_lower = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_lowercase);
        let begins = bytes[at].is_ascii_uppercase() && (is_lower(at + 1) || (at > 0 && is_lower(at - 1)));
        match words.last_mut().filter(|word| word.end == at && !begins) {
            Some(word) => word.end = at + 1,
            None => words.push(at..at + 1),
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_words_count() {
        let part = |name: &'static str| admin_part(name).map(|range| name.cut(range));
        assert_eq!(part("app-admin"), Some("admin"));
        assert_eq!(part("web-full-access"), Some("full-access"));
        assert_eq!(part("AmazonS3FullAccess"), None);
        assert_eq!(part("ECSAdminRole"), Some("Admin"));
        assert_eq!(part("ADMIN_ROLE"), Some("ADMIN"));
        assert_eq!(part("AdministratorAccess"), Some("Administrator"));
        assert_eq!(part("web-administratoraccess"), Some("administratoraccess"));
        assert_eq!(part("PowerUserAccess"), Some("PowerUser"));
        assert_eq!(part("s3-full-access"), None);
        assert_eq!(part("admin2"), Some("admin"));
        for name in
            ["sysadmins", "administration-api", "badminton", "ecsTaskExecutionRole", "power-meter", ""]
        {
            assert_eq!(part(name), None, "{name}");
        }
    }
}
