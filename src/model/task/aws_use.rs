//! Evidence that the containers of a task call AWS, and with which credentials.

use std::sync::LazyLock;

use crate::facts::table;
use crate::finding::Label;
use crate::model::field::Field;
use crate::model::{AWSFIRELENS, Arn, Container, TaskDefinition, Variable};
use crate::source::Cut;
use crate::tree::Node;

/// Evidence in a container that it calls AWS.
#[derive(Clone, Copy, Debug)]
pub(crate) struct AwsUse<'d> {
    /// The container.
    pub container: Container<'d>,
    /// What it is, with an article: `an S3 bucket`.
    pub what: &'static str,
    /// Whether it is an access key in the container itself, which replaces a role.
    pub is_key: bool,
    node: Node<'d>,
}

impl AwsUse<'_> {
    /// A label on it.
    pub(crate) fn label(&self) -> Label {
        Label::new(self.node.place(), self.what)
    }
}

impl<'d> TaskDefinition<'d> {
    /// The evidence that containers call AWS, in the order of the containers.
    pub(crate) fn aws_uses(&self) -> Vec<AwsUse<'d>> {
        self.containers().flat_map(|container| container.aws_uses()).collect()
    }
}

impl<'d> Container<'d> {
    /// The evidence that the container calls AWS. A container with its own access key needs no role for its
    /// calls, one with an access key for S3 none for its buckets.
    fn aws_uses(&self) -> Vec<AwsUse<'d>> {
        let found = |what, is_key, node| AwsUse { container: *self, what, is_key, node };
        let names = self.names_without_aws();
        let is_named = |word: &str| names.iter().any(|name| holds_words(name, word));
        let mut others: Vec<&str> =
            rows("others").filter(|row| is_named(row.name)).map(|row| row.what).collect();
        // What speaks S3 may be a store of any vendor, which has an access key like that of AWS.
        // A variable that is not known may name that store.
        let is_known = self.environment().is_complete()
            && self.variables().all(|variable| variable.name().known().is_some());
        if !is_known && !others.contains(&BUCKET) {
            others.push(BUCKET);
        }
        let is_elsewhere = !is_known || self.variables().any(|variable| is_store_of_others(&variable));
        let is_of_aws = |name: &str| !is_elsewhere && (name == ACCESS_KEY || !others.contains(&BUCKET));
        let keys = self
            .variables()
            .filter(|key| is_key(key) && key.name().known().is_some_and(|name| is_of_aws(&name)));
        let keys: Vec<_> = keys.filter_map(|key| key.name().known()).collect();
        if let Some(name) = keys.iter().find(|name| !holds_words(&in_capitals(name), "S3")) {
            return vec![found("an access key", true, name.node())];
        }
        let mut uses: Vec<AwsUse> =
            keys.iter().map(|name| found("an access key for S3", true, name.node())).collect();
        if !uses.is_empty() {
            others.extend([BUCKET, REGION]);
        }
        for variable in self.variables() {
            let shown = of_variable(variable, &others).filter(|(what, _)| !others.contains(what));
            uses.extend(shown.map(|(what, node)| found(what, false, node)));
        }
        let command = [self.entry_point(), self.command()].into_iter().filter_map(Field::known);
        for word in command.flat_map(|command| command.value().words().to_vec()) {
            uses.extend(in_text(&word).map(|what| found(what, false, word.node())));
        }
        if let Some(logs) = self.logs_to(AWSFIRELENS) {
            let output = ["Name", "@type"].iter().find_map(|key| logs.written_option(key));
            let listed = output.and_then(|output| Some((listed("output", &output)?, output.node())));
            uses.extend(listed.map(|(what, node)| found(what, false, node)));
        }
        let image = self.image().known();
        let agent = image.and_then(|image| Some((listed("image", image.name())?, image.node())));
        uses.extend(agent.map(|(what, node)| found(what, false, node)));
        uses
    }
}

impl Container<'_> {
    /// The names of the variables, but for endpoints of AWS. Some tell that a resource does not belong to AWS: the
    /// bucket may be in Google Cloud, the table in a database.
    fn names_without_aws(&self) -> Vec<String> {
        let names = self.variables().filter_map(|variable: Variable| {
            let name = in_capitals(&variable.name().known()?);
            let is_aws = variable.value().known().is_some_and(|value| host(&value).is_some_and(is_of_aws));
            Some(name).filter(|name| !(is_aws && holds_words(name, "ENDPOINT")))
        });
        names.collect()
    }
}

const BUCKET: &str = "an S3 bucket";

const REGION: &str = "a Region";

const CLI: &str = "the AWS CLI";

/// The environment variable that gives AWS's own programs and libraries an access key id.
const ACCESS_KEY: &str = "AWS_ACCESS_KEY_ID";

/// Whether a variable is the endpoint of a store that speaks S3 and is not AWS's.
fn is_store_of_others(variable: &Variable) -> bool {
    let is_endpoint =
        |name: &str| ["S3_ENDPOINT", "AWS_ENDPOINT_URL"].iter().any(|words| holds_words(name, words));
    variable.name().known().is_some_and(|name| is_endpoint(&in_capitals(&name)))
        && variable.value().known().is_some_and(|value| host(&value).is_some_and(|host| !is_of_aws(host)))
}

/// Whether a variable has an access key of AWS, or its secret: `AWS_ACCESS_KEY_ID`, which AWS's own programs and
/// libraries read, or such a name with S3 in it.
fn is_key(variable: &Variable) -> bool {
    const ENDS: [&str; 4] = ["_ACCESS_KEY_ID", "_SECRET_ACCESS_KEY", "_ACCESS_KEY", "_SECRET_KEY"];
    let Some(name) = variable.name().known() else { return false };
    let is_filled = || !variable.value().known().is_some_and(|value| value.is_empty());
    let capitals = in_capitals(&name);
    *name == ACCESS_KEY
        || ENDS.iter().any(|end| capitals.ends_with(end)) && holds_words(&capitals, "S3") && is_filled()
}

/// What a variable suggests, and where. `others` are resources that do not belong to AWS.
fn of_variable<'d>(variable: Variable<'d>, others: &[&str]) -> Option<(&'static str, Node<'d>)> {
    let (name, value) = (variable.name().known()?, variable.value());
    let capitals = in_capitals(&name);
    if others.contains(&BUCKET) && holds_words(&capitals, "S3") {
        return None;
    }
    if let Some(value) = value.known() {
        let is_elsewhere = host(&value).is_some_and(|host| !is_of_aws(host));
        if is_elsewhere || ["", "0", "false", "no", "off"].contains(&value.value()) {
            return None;
        }
        // A backend that is called `s3` may be a store of any vendor.
        let word = || listed("word", &value.to_ascii_uppercase()).filter(|what| *what != BUCKET);
        // A mode may be called `aws`.
        let shown = in_text(&value).filter(|what| *what != CLI).or_else(word);
        if let Some(what) = shown {
            return Some((what, value.node()));
        }
    }
    if ["AWS_REGION", "AWS_DEFAULT_REGION"].contains(&name.value()) {
        return Some((REGION, name.node()));
    }
    if value.is_missing() || value.known().is_some_and(|value| value.parse::<f64>().is_ok()) {
        return None;
    }
    let ends = |row: &&Row| {
        let before = capitals.strip_suffix(row.name);
        before.is_some_and(|before| before.is_empty() || before.ends_with('_'))
    };
    let found = rows("word").find(|row| holds_words(&capitals, row.name));
    found.or_else(|| rows("ending").find(ends)).map(|row| (row.what, name.node()))
}

/// What a value, or a word of a command, suggests by itself.
fn in_text(text: &str) -> Option<&'static str> {
    if is_region(text) {
        return Some(REGION);
    }
    if text.contains("s3://") {
        return Some(BUCKET);
    }
    if text == "aws" || text.contains("aws s3 ") {
        return Some(CLI);
    }
    if let Some(arn) = Arn::read(text).filter(|arn| arn.partition.starts_with("aws")) {
        return listed("word", &arn.service.to_ascii_uppercase()).or(Some("an ARN"));
    }
    let host = host(text).filter(|host| is_of_aws(host))?;
    listed("host", host.split('.').next()?)
}

/// The host of a URL of the web.
fn host(text: &str) -> Option<&str> {
    let (scheme, rest) = text.split_once("://")?;
    rest.split(['/', ':']).next().filter(|_| matches!(scheme, "http" | "https"))
}

/// Whether a host is an endpoint of AWS.
fn is_of_aws(host: &str) -> bool {
    host.contains(".amazonaws.com") || host.ends_with(".api.aws")
}

/// Whether a text has the form of a Region name: `eu-west-1`, `us-gov-east-1`.
pub(crate) fn is_region(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let [first, middle @ .., last] = parts.as_slice() else { return false };
    let is_word = |part: &&str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase());
    let is_digit = last.len() == 1 && last.bytes().all(|byte| byte.is_ascii_digit());
    first.len() == 2 && is_word(first) && !middle.is_empty() && middle.iter().all(is_word) && is_digit
}

/// The words of a variable name in the usual upper-case form: `S3_BUCKET` also for `s3.bucket` and
/// `s3Bucket`.
fn in_capitals(name: &str) -> String {
    let mut capitals = String::with_capacity(name.len() + 4);
    let mut was_small = false;
    for letter in name.chars() {
        if was_small && letter.is_ascii_uppercase() {
            capitals.push('_');
        }
        capitals.push(if letter.is_ascii_alphanumeric() { letter.to_ascii_uppercase() } else { '_' });
        was_small = letter.is_ascii_lowercase() || was_small && letter.is_ascii_digit();
    }
    capitals
}

/// Whether an upper-case name contains the words of another one, in sequence.
fn holds_words(capitals: &str, words: &str) -> bool {
    let mut starts = std::iter::once(0).chain(capitals.match_indices('_').map(|(at, _)| at + 1));
    starts.any(|at| {
        let after = capitals.cut(at..).strip_prefix(words);
        after.is_some_and(|after| after.is_empty() || after.starts_with('_'))
    })
}

/// A row of `rules/data/aws-uses.tsv`.
struct Row {
    kind: &'static str,
    name: &'static str,
    what: &'static str,
}

fn rows(kind: &str) -> impl Iterator<Item = &'static Row> {
    static ROWS: LazyLock<Vec<Row>> = LazyLock::new(|| {
        table!("aws-uses.tsv").rows().map(|[kind, name, what]| Row { kind, name, what }).collect()
    });
    ROWS.iter().filter(move |row| row.kind == kind)
}

fn listed(kind: &str, name: &str) -> Option<&'static str> {
    rows(kind).find(|row| row.name == name).map(|row| row.what)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_have_words() {
        assert_eq!(in_capitals("s3Bucket.name"), "S3_BUCKET_NAME");
        assert!(holds_words("ASSETS_S3_BUCKET", "S3"));
        assert!(!holds_words("RABBITS", "RABBIT"));
    }

    #[test]
    fn values_may_show_a_call_to_aws() {
        for (text, what) in [
            ("eu-west-1", "a Region"),
            ("s3://assets/logo", "an S3 bucket"),
            ("arn:aws:sqs:eu-west-1:111122223333:jobs", "an SQS queue"),
            ("arn:aws-cn:kms:cn-north-1:111122223333:key/1", "an ARN"),
            ("https://sqs.eu-west-1.amazonaws.com/111122223333/jobs", "an SQS queue"),
            ("aws", "the AWS CLI"),
        ] {
            assert_eq!(in_text(text), Some(what), "{text}");
        }
        for text in [
            "us-east1",
            "https://assets.s3.amazonaws.com/logo.png",
            "postgres://db.abc.eu-west-1.rds.amazonaws.com:5432/app",
            "https://sqs.example.com/jobs",
            "arn",
        ] {
            assert_eq!(in_text(text), None, "{text}");
        }
    }
}
