//! Upper-case variable names in place of a value: `TARGET_GROUP_ARN`, `fs-EFS_ID`, `web:REVISION`. What the
//! field expects decides whether they can be meant literally.

use std::ops::Range;

use super::Wants;
use super::pieces::{arn_parts, is_arn, words};

/// Nouns for the content of a field. On their own they are a variable name, in fields where they cannot be
/// meant literally.
const NOUNS: &[&str] = &[
    "ACCOUNT",
    "ACCOUNTID",
    "ARN",
    "BUCKET",
    "CLUSTER",
    "COMMIT",
    "CONTAINER",
    "CPU",
    "DEFINITION",
    "DIGEST",
    "DOMAIN",
    "ENV",
    "ENVIRONMENT",
    "FAMILY",
    "GROUP",
    "HASH",
    "HOST",
    "HOSTNAME",
    "ID",
    "IMAGE",
    "KEY",
    "MEMORY",
    "NAME",
    "NAMESPACE",
    "NUMBER",
    "PARAMETER",
    "PATH",
    "PORT",
    "REGION",
    "REGISTRY",
    "REPO",
    "REPOSITORY",
    "REVISION",
    "ROLE",
    "SECRET",
    "SERVICE",
    "SHA",
    "STAGE",
    "SUBNET",
    "SUBNETS",
    "TAG",
    "URI",
    "URL",
    "VALUE",
    "VERSION",
    "VPC",
];
/// Words that qualify the nouns in a variable name.
const QUALIFIERS: &[&str] = &[
    "ALB",
    "APP",
    "APPLICATION",
    "AWS",
    "AWSLOGS",
    "AZ",
    "CLOUDWATCH",
    "DEPLOY",
    "DOCKER",
    "ECR",
    "ECS",
    "EFS",
    "ELB",
    "EXECUTION",
    "FULL",
    "IAM",
    "INPUT",
    "LOAD",
    "BALANCER",
    "LOG",
    "LOGS",
    "MY",
    "NLB",
    "PREFIX",
    "PROJECT",
    "S3",
    "SECURITY",
    "SM",
    "SSM",
    "STACK",
    "TARGET",
    "TASK",
    "THE",
    "VAR",
];
/// Endings of variable names that no real name has.
const ENDS: &[&str] = &["ARN", "ID", "NAME", "URI", "URL"];
/// Nouns that describe the name itself: no cluster is called `CLUSTER`.
const OWN: &[&str] = &["CLUSTER", "FAMILY", "NAME", "NAMESPACE", "REVISION", "SERVICE"];
/// Words in the name of a variable that contains a reference to a secret.
const OF_SECRETS: &[&str] = &[
    "ARN",
    "MANAGER",
    "MY",
    "NAME",
    "PARAM",
    "PARAMETER",
    "SECRET",
    "SECRETS",
    "SECRETSMANAGER",
    "SM",
    "SSM",
];

/// What the ARN in such a variable refers to: `DB_PASSWORD_ARN`.
const SECRETS: &[&str] =
    &["CREDENTIALS", "KEY", "PARAM", "PARAMETER", "PASSWORD", "SECRET", "SECRETS", "TOKEN"];

/// The position of a variable name in place of a value.
pub(super) fn find(text: &str, wants: Wants) -> Option<Range<usize>> {
    match wants {
        Wants::Choice | Wants::Label | Wants::Key | Wants::Prose | Wants::Environment => None,
        Wants::Image => in_image(text),
        Wants::Region => first(text, 0..text.len(), is_variable),
        // `PORT=8080` is a variable with its value, as listed in Docker Compose.
        Wants::Reference if text.contains('=') => None,
        Wants::Reference | Wants::Name | Wants::Secret => in_reference(text, wants),
    }
}

fn first(text: &str, within: Range<usize>, is_it: impl Fn(&str) -> bool) -> Option<Range<usize>> {
    let start = within.start;
    let found = words(text.get(within)?).find(|(_, word)| is_it(word));
    found.map(|(range, _)| start + range.start..start + range.end)
}

/// An ARN is checked strictly up to its resource, another reference up to its first slash; what follows are
/// names.
fn in_reference(text: &str, wants: Wants) -> Option<Range<usize>> {
    let names: fn(&str) -> bool = match wants {
        Wants::Secret => names_secret,
        Wants::Name if !is_arn(text) => names_itself,
        _ => ends_as_variable,
    };
    if let Some((parts, resource)) = arn_parts(text) {
        let head = parts.into_iter().find_map(|(_, range)| first(text, range, is_variable));
        let is_of_s3 = text.split(':').nth(2) == Some("s3");
        let bucket = text.get(resource.clone()).and_then(|text| text.find('/')).unwrap_or(resource.len());
        let bucket = resource.start..resource.start + if is_of_s3 { bucket } else { 0 };
        let in_bucket = || first(text, bucket.clone(), is_variable);
        return head.or_else(in_bucket).or_else(|| first(text, resource.clone(), names));
    }
    let strict = match wants {
        // The head of a truncated ARN, or a revision.
        _ if is_arn(text) => 0..text.len(),
        Wants::Reference => 0..text.find('/').unwrap_or(text.len()),
        Wants::Name => text.find(':').unwrap_or(text.len())..text.len(),
        _ => 0..0,
    };
    first(text, strict, is_variable).or_else(|| first(text, 0..text.len(), names))
}

fn in_image(text: &str) -> Option<Range<usize>> {
    let path = text.rfind('/').map_or(0, |slash| slash + 1);
    let name = text.get(path..)?;
    let end = path + name.find([':', '@']).unwrap_or(name.len());
    // A tag may be in upper case and have a number.
    let is_tag = |word: &str| is_variable(word) && !word.ends_with(|c: char| c.is_ascii_digit());
    first(text, 0..end, is_variable).or_else(|| first(text, end..text.len(), is_tag))
}

fn is_in_capitals(word: &str) -> bool {
    let is_capital = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_';
    word.starts_with(|c: char| c.is_ascii_uppercase()) && word.bytes().all(is_capital)
}

/// `TASK_CPU`, `SUBNET_1`; `REGION`, but not `UTC`.
fn is_variable(word: &str) -> bool {
    is_in_capitals(word) && (word.contains('_') || NOUNS.contains(&word))
}

/// Whether a word ends like the name of a variable, and unlike any real name.
fn ends_as_variable(word: &str) -> bool {
    is_in_capitals(word) && word.rsplit_once('_').is_some_and(|(_, last)| ENDS.contains(&last))
}

/// The same for a name that stands alone; here words that only state what is named are enough: `ECS_CLUSTER`,
/// but not `WEB_API`.
fn names_itself(word: &str) -> bool {
    let is_noun = |part: &str| NOUNS.contains(&part);
    let is_general = |part: &str| is_noun(part) || QUALIFIERS.contains(&part);
    let says_no_more =
        || word.contains('_') && word.split('_').all(is_general) && word.split('_').any(is_noun);
    OWN.contains(&word) || ends_as_variable(word) || (is_in_capitals(word) && says_no_more())
}

/// The same for the name of a parameter, which often looks like that of a variable: `DB_SECRET_ARN`, but not
/// `DB_NAME` or `SNS_TOPIC_ARN`.
fn names_secret(word: &str) -> bool {
    let holds_arn = || {
        let of = word.strip_suffix("_ARN").and_then(|rest| rest.rsplit('_').next());
        of.is_some_and(|last| SECRETS.contains(&last))
    };
    is_in_capitals(word)
        && word.contains('_')
        && (holds_arn() || word.split('_').all(|part| OF_SECRETS.contains(&part)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Cut;

    fn found(text: &str, wants: Wants) -> Option<&str> {
        find(text, wants).map(|range| text.cut(range))
    }

    #[test]
    fn names_of_variables_are_found() {
        for (text, wants, name) in [
            ("TARGET_GROUP_ARN", Wants::Reference, "TARGET_GROUP_ARN"),
            ("TASK_CPU", Wants::Reference, "TASK_CPU"),
            ("MEMORY", Wants::Reference, "MEMORY"),
            ("SUBNET_1", Wants::Reference, "SUBNET_1"),
            ("fs-INPUT_EFS_ID", Wants::Reference, "INPUT_EFS_ID"),
            ("arn:aws:ecs:AWS_REGION:100200300400:cluster/main", Wants::Reference, "AWS_REGION"),
            ("arn:aws:iam::ACCOUNT:role/web", Wants::Reference, "ACCOUNT"),
            ("arn:aws:iam::100200300400:role/ROLE_NAME", Wants::Reference, "ROLE_NAME"),
            ("arn:aws:s3:::CONFIG_STORE/web.env", Wants::Reference, "CONFIG_STORE"),
            ("AWS_REGION", Wants::Region, "AWS_REGION"),
            ("REGION", Wants::Region, "REGION"),
            ("REPO_URI", Wants::Image, "REPO_URI"),
            ("registry.example/web:IMAGE_TAG", Wants::Image, "IMAGE_TAG"),
            ("registry.example/web:TAG", Wants::Image, "TAG"),
            ("IMAGE", Wants::Image, "IMAGE"),
            ("CLUSTER_NAME", Wants::Name, "CLUSTER_NAME"),
            ("ECS_CLUSTER", Wants::Name, "ECS_CLUSTER"),
            ("APP_NAME", Wants::Name, "APP_NAME"),
            ("service/CLUSTER/web", Wants::Name, "CLUSTER"),
            ("web:REVISION", Wants::Name, "REVISION"),
            ("/ecs/LOG_GROUP", Wants::Name, "LOG_GROUP"),
            ("DB_PASSWORD_ARN", Wants::Secret, "DB_PASSWORD_ARN"),
            ("SECRET_NAME", Wants::Secret, "SECRET_NAME"),
            ("arn:aws:ssm:REGION:100200300400:parameter/DB_PASSWORD", Wants::Secret, "REGION"),
        ] {
            assert_eq!(found(text, wants), Some(name), "{text}");
        }
    }

    #[test]
    fn what_can_be_meant_is_known() {
        for (text, wants) in [
            ("arn:aws:iam::100200300400:role/ECS_TASK_EXECUTION_ROLE", Wants::Reference),
            ("arn:aws:ecs:eu-west-1:100200300400:cluster/ECS_CLUSTER", Wants::Name),
            ("cron(0 0 ? * MON-FRI *)", Wants::Reference),
            ("2 GB", Wants::Reference),
            ("1 VCPU", Wants::Reference),
            ("UTC", Wants::Reference),
            ("web:RELEASE_42", Wants::Image),
            ("web:LATEST", Wants::Image),
            ("WEB_API", Wants::Name),
            ("API", Wants::Name),
            ("PROD_CLUSTER", Wants::Name),
            ("/ecs/WEB", Wants::Name),
            ("DB_PASSWORD", Wants::Secret),
            ("DB_NAME", Wants::Secret),
            ("SNS_TOPIC_ARN", Wants::Secret),
            ("web-secret:API_TOKEN::", Wants::Secret),
            ("/prod/CLIENT_ID", Wants::Secret),
            ("arn:aws:secretsmanager:eu-west-1:100200300400:secret:web-AbCdEf:DB_NAME::", Wants::Secret),
            ("FARGATE_SPOT", Wants::Choice),
            ("SYS_PTRACE", Wants::Choice),
            ("TARGET_GROUP_ARN", Wants::Label),
            ("TARGET_GROUP_ARN", Wants::Environment),
        ] {
            assert_eq!(found(text, wants), None, "{text}");
        }
    }
}
