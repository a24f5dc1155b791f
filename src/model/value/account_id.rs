//! Account ids in texts.

use std::ops::Range;

use crate::source::Cut;

/// The number of digits of an account id.
const DIGITS: usize = 12;

/// Where a text contains account ids: in ARNs, in the hosts of private ECR registries and in the URLs of SQS
/// queues. Other numbers of twelve digits are left out.
pub(crate) fn account_ids(text: &str) -> impl Iterator<Item = Range<usize>> {
    // An account is never alone.
    let bytes = if text.contains([':', '/', '.']) { text.as_bytes() } else { &[] };
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + bytes[at..].iter().position(u8::is_ascii_digit)?;
        at = start + bytes[start..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        Some(start..at)
    })
    .filter(|number| number.len() == DIGITS && is_account(text.cut(..number.start), text.cut(number.end..)))
}

/// Whether twelve digits are an account, judging by the texts before and after them.
fn is_account(before: &str, after: &str) -> bool {
    let is_registry = after.starts_with(".dkr.ecr") || after.starts_with(".dkr-ecr");
    is_registry
        || (after.starts_with(':') && ends_an_arn(before))
        || (after.starts_with('/') && ends_a_queue(before))
}

/// `arn:aws:sqs:eu-west-1:`
fn ends_an_arn(before: &str) -> bool {
    let Some(before) = before.strip_suffix(':') else { return false };
    let mut parts = before.rsplitn(4, ':');
    let (_region, _service, partition) = (parts.next(), parts.next(), parts.next());
    partition.is_some_and(|partition| partition.starts_with("aws"))
        && parts.next().is_some_and(|start| start.ends_with("arn"))
}

/// `https://sqs.eu-west-1.amazonaws.com/`
fn ends_a_queue(before: &str) -> bool {
    let Some(before) = before.strip_suffix('/') else { return false };
    let host = before.rsplit('/').next().unwrap_or(before);
    let is_of_aws = host.ends_with(".amazonaws.com") || host.ends_with(".amazonaws.com.cn");
    is_of_aws && (host.starts_with("sqs.") || host.starts_with("queue.") || host.contains(".queue."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accounts_are_found_where_aws_puts_them() {
        for text in [
            "arn:aws:sqs:us-east-1:111122223333:jobs",
            "arn:aws-us-gov:iam::111122223333:role/web",
            "111122223333.dkr.ecr.eu-west-1.amazonaws.com/web:1",
            "https://sqs.eu-west-1.amazonaws.com/111122223333/jobs",
            "https://queue.amazonaws.com/111122223333/jobs",
            "TOPIC=arn:aws:sns:eu-west-1:111122223333:news",
        ] {
            let found: Vec<&str> = account_ids(text).map(|range| text.cut(range)).collect();
            assert_eq!(found, ["111122223333"], "{text}");
        }
    }

    #[test]
    fn other_numbers_are_left_alone() {
        for text in [
            "111122223333",
            "order-111122223333",
            "1700000000",
            "1700000000000",
            "arn:aws:s3:::111122223333",
            "https://shop.example/111122223333/jobs",
            "a:b:c:d:111122223333:e",
        ] {
            assert_eq!(account_ids(text).count(), 0, "{text}");
        }
    }
}
