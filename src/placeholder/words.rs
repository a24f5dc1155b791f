//! Words that ask the user to put the real value here: `YOUR_BUCKET`, `REPLACE_ME`, `my-token-here`,
//! `subnet-xxxx`, `arn:aws:iam::...`, `[account-id]`.

use std::ops::Range;

use super::pieces::{Part, pieces, places};
use super::{Wants, account};

/// Two consecutive words; an empty second word matches any.
const PAIRS: &[(&str, &[&str])] = &[
    ("your", &[""]),
    ("replace", &["me", "by", "with", "this", "these", "here"]),
    ("replaced", &["by", "with"]),
    ("change", &["me", "this"]),
    ("fill", &["in", "me", "this", "out"]),
    ("set", &["me"]),
    ("edit", &["me"]),
    ("update", &["me"]),
    ("to", &["be"]),
];
/// Words that follow "to be".
const TO_BE: &[&str] = &["replaced", "filled", "set", "defined", "determined", "provided", "changed"];
/// A whole word, in any case.
const WHOLE: &[&str] = &["placeholder", "changeme", "replaceme", "changethis", "replacethis", "fillme"];
/// The same, but only in upper case: an application may well be called `todo`.
const WHOLE_IN_CAPITALS: &[&str] = &["TODO", "TBD", "FIXME"];
/// Words that mark an upper-case name as a stand-in, wherever they are in it.
const IN_CAPITALS: &[&str] = &["PLACEHOLDER", "REPLACE", "REPLACED", "REPLACEME", "CHANGEME", "CHANGEIT"];
/// Words that are joined to "your": `yourbucket`.
const YOURS: &[&str] = &[
    "account", "api", "app", "bucket", "cluster", "company", "domain", "host", "image", "key", "name", "org",
    "password", "project", "region", "registry", "repo", "role", "secret", "service", "subnet", "tag",
    "task", "token", "user", "vpc",
];
/// First words of a request that ends with "here" or is in brackets.
const DEMANDS: &[&str] =
    &["your", "my", "insert", "put", "add", "enter", "paste", "type", "replace", "fill", "change", "specify"];
/// Stand-ins for a Region, in its place.
const REGIONS: &[&str] = &["region", "awsregion", "regionid", "regionname", "regioncode", "awsregionid"];

/// What may begin at a place in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Begins {
    Nothing,
    /// One of the words that ask to be replaced.
    Words,
    /// What has an account or a Region in it, or the name of a Region.
    Place,
}

/// What may begin here. For most texts the first two letters decide.
pub(super) fn begins(rest: &[u8]) -> Begins {
    let Some([first, second]) = rest.first_chunk() else { return Begins::Nothing };
    let starts: &[&[u8]] = match (first | 0x20, second | 0x20) {
        (b'a', b'r') => &[b"arn:"],
        (b'a', b'w') => &[b"aws-region", b"awsregion"],
        (b'c', b'h') => &[b"change"],
        (b'd', b'k') => &[b"dkr.", b"dkr-"],
        (b'e', b'd') => &[b"edit_", b"edit-"],
        (b'f', b'i') => &[b"fill", b"fixme"],
        (b'h', b'e') => &[b"here"],
        (b'h', b'i') => &[b"hidden"],
        (b'n', _) => &[b"null", b"none", b"nil", b"nan", b"n/a"],
        (b'p', b'l') => &[b"placeholder"],
        (b'r', b'e') => &[b"replace", b"redacted", b"removed", b"region"],
        (b's', b'e') => &[b"set_", b"set-"],
        (b't', b'b') => &[b"tbd"],
        (b't', b'o') => &[b"todo", b"to_be", b"to-be"],
        (b'u', b'n') => &[b"undefined", b"unknown"],
        (b'u', b'p') => &[b"update_", b"update-"],
        (b'y', b'o') => &[b"your"],
        _ => return Begins::Nothing,
    };
    let is_here = |start: &&&[u8]| rest.get(..start.len()).is_some_and(|own| own.eq_ignore_ascii_case(start));
    match starts.iter().find(is_here) {
        None => Begins::Nothing,
        Some(start) if matches!(start[0], b'a' | b'd') || start.starts_with(b"reg") => Begins::Place,
        Some(_) => Begins::Words,
    }
}

fn is(word: &str, other: &str) -> bool {
    word.eq_ignore_ascii_case(other)
}

fn is_one_of(word: &str, others: &[&str]) -> bool {
    others.iter().any(|other| is(word, other))
}

/// The position of words that ask to be replaced.
pub(super) fn find(text: &str, wants: Wants) -> Option<Range<usize>> {
    match wants {
        Wants::Key => None,
        // A script may well mention what is to be replaced, and replace it.
        Wants::Prose if text.contains(char::is_whitespace) => None,
        Wants::Label | Wants::Prose => unmistakable(text),
        Wants::Environment => whole_environment_value(text).or_else(|| unmistakable(text)),
        _ => left_out(text, wants)
            .or_else(|| in_place(text, wants))
            .or_else(|| masked(text, wants))
            .or_else(|| step(text, |step| wants != Wants::Choice && is_request(step)))
            .or_else(|| piece(text, |piece| waits(piece) || is_whole(piece)))
            .or_else(|| if wants == Wants::Reference { piece(text, ends_with_whole) } else { None }),
    }
}

/// The position of a request in brackets: `<your token>`, `[insert-key]`. No tool fills in such a hole.
pub(super) fn bracketed(text: &str) -> Option<Range<usize>> {
    text.match_indices(['<', '[', '{']).find_map(|(at, open)| {
        let close = match open {
            "<" => '>',
            "[" => ']',
            _ => '}',
        };
        let inner = text.get(at + 1..)?;
        // A nested bracket is checked in its own turn.
        let length = inner.find(['<', '>', '[', ']', '{', '}', '\n'])?;
        let (inner, rest) = inner.split_at_checked(length)?;
        let first = inner.trim_start().split(|c: char| !c.is_ascii_alphanumeric()).next()?;
        let has_more = inner.trim().len() > first.len();
        let is_of_tool = text.get(..at)?.ends_with(['$', '#', '%', '@', '{', '[']);
        (rest.starts_with(close)
            && has_more
            && !is_of_tool
            && is_one_of(first, DEMANDS)
            && !inner.contains(':'))
        .then_some(at..at + length + 2)
    })
}

fn piece(text: &str, waits: impl Fn(&str) -> bool) -> Option<Range<usize>> {
    pieces(text).find(|(_, piece)| waits(piece)).map(|(range, _)| range)
}

/// What cannot be meant literally, even in a text that a program reads.
fn unmistakable(text: &str) -> Option<Range<usize>> {
    let is_plain = |piece: &str| {
        let pair = || {
            words(piece)
                .zip(words(piece).skip(1))
                .any(|(first, next)| is_one_of(first, &["change", "replace"]) && is(next, "me"))
        };
        is_one_of(piece, &["changeme", "replaceme"]) || pair() || ends_with_here(piece, DEMANDS)
    };
    piece(text, |piece| {
        is_plain(piece) || (is_in_capitals(piece) && (waits(piece) || is_one_of(piece, WHOLE)))
    })
}

/// With one of these as its whole value, an environment variable would start the container with nonsense.
fn whole_environment_value(text: &str) -> Option<Range<usize>> {
    // A sentence about something of "yours" may also end like this.
    let is_sentence = || words(text).next().is_some_and(|first| is_one_of(first, &["your", "my"]));
    let is_demand = || text.contains(' ') && ends_with_here(text, DEMANDS) && !is_sentence();
    let waits = matches!(text, "..." | "…") || is(text, "placeholder") || is_demand();
    waits.then_some(0..text.len())
}

fn words(piece: &str) -> impl DoubleEndedIterator<Item = &str> {
    piece.split(['_', '-', ' '])
}

fn is_in_capitals(piece: &str) -> bool {
    piece.bytes().any(|byte| byte.is_ascii_uppercase())
        && !piece.bytes().any(|byte| byte.is_ascii_lowercase())
}

/// `my-token-here`
fn ends_with_here(piece: &str, demands: &[&str]) -> bool {
    let mut words = words(piece);
    words.next_back().is_some_and(|last| is(last, "here"))
        && words.next().is_some_and(|first| is_one_of(first, demands) || demands.is_empty())
}

/// Whether a part of a value asks to be replaced.
fn waits(piece: &str) -> bool {
    let is_pair = |(first, next): (&str, &str)| {
        PAIRS.iter().any(|(word, nexts)| {
            is(word, first)
                && !next.is_empty()
                && nexts.iter().any(|other| other.is_empty() || is(other, next))
        })
    };
    let is_promise = || {
        let mut rest = words(piece).skip_while(|word| !is(word, "be"));
        rest.nth(1).is_some_and(|word| is_one_of(word, TO_BE))
    };
    let pair = words(piece).zip(words(piece).skip(1)).find(|pair| is_pair(*pair));
    if pair.is_some_and(|(first, _)| !is(first, "to") || is_promise()) {
        return true;
    }
    if is_in_capitals(piece)
        && (words(piece).any(|word| IN_CAPITALS.contains(&word)) || piece.contains("SET_BY_"))
    {
        return true;
    }
    ends_with_here(piece, &[]) || words(piece).any(is_joined)
}

/// `yourbucket`, `yourBucketName`
fn is_joined(word: &str) -> bool {
    let Some((your, rest)) = word.split_at_checked("your".len()) else { return false };
    let begins = |noun: &&str| rest.get(..noun.len()).is_some_and(|own| is(own, noun));
    is(your, "your") && YOURS.iter().any(begins)
}

fn is_whole(piece: &str) -> bool {
    is_one_of(piece, WHOLE) || WHOLE_IN_CAPITALS.contains(&piece)
}

/// `fs-placeholder`, because no id ends like this.
fn ends_with_whole(piece: &str) -> bool {
    words(piece).next_back().is_some_and(is_whole)
}

/// Signs that something was left out: an ellipsis, a mask, a row of `x`, brackets.
fn left_out(text: &str, wants: Wants) -> Option<Range<usize>> {
    let sign = ["...", "…", "***"].into_iter().find_map(|sign| Some((text.find(sign)?, sign)));
    if let Some((at, sign)) = sign {
        let own = sign.chars().next()?;
        let rest = text.get(at..)?;
        return Some(at..at + rest.len() - rest.trim_start_matches(own).len());
    }
    let crosses = piece(text, |piece| holds_crosses(piece, wants == Wants::Reference));
    crosses.or_else(|| brackets(text))
}

/// `subnet-xxxxxxxx`. A name may contain three `x` between letters.
fn holds_crosses(piece: &str, anywhere: bool) -> bool {
    let bytes = piece.as_bytes();
    let is_letter = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphabetic);
    let mut start = 0;
    while start < bytes.len() {
        let cross = bytes[start];
        let length = bytes[start..].iter().take_while(|byte| **byte == cross).count();
        let is_alone = || {
            let before = start.checked_sub(1).and_then(|before| bytes.get(before));
            !is_letter(before) && !is_letter(bytes.get(start + length))
        };
        if matches!(cross, b'x' | b'X') && length >= 3 && (anywhere || is_alone()) {
            return true;
        }
        start += length;
    }
    false
}

/// `[account-id]`, as in documentation.
fn brackets(text: &str) -> Option<Range<usize>> {
    text.match_indices('[').find_map(|(at, _)| {
        let inner = text.get(at + 1..)?;
        let is_inside = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | ' ');
        let length = inner.find(|c| !is_inside(c))?;
        let begins = inner.starts_with(|c: char| c.is_ascii_alphabetic());
        (begins && inner.get(length..)?.starts_with(']')).then_some(at..at + length + 2)
    })
}

/// What people put in the place of a value that they do not publish, or do not know.
const MASKS: &[&str] = &["hidden", "masked", "redacted", "removed", "unknown", "none", "n/a", "tbd"];

/// Whether a text in the place of an account or a Region cannot be one, since these have digits: a mask, several words,
/// a sign.
fn is_mask(text: &str) -> bool {
    let is_sign = |c: char| {
        c.is_whitespace() || matches!(c, '?' | '!' | '&' | ';' | '#' | '@' | '(' | ')' | ':' | '^' | '*')
    };
    let has_digit = text.bytes().any(|byte| byte.is_ascii_digit());
    is_one_of(text, MASKS) || (!has_digit && text.contains(is_sign))
}

/// A value that was masked or is to be filled in: `n/a`, `?`, `(redacted)`, `@name`.
fn masked(text: &str, wants: Wants) -> Option<Range<usize>> {
    let is_whole = match wants {
        Wants::Region => is_mask(text),
        Wants::Reference => is_one_of(text, MASKS) || is_signed(text),
        Wants::Name | Wants::Image => is(text, "n/a") || is_signed(text),
        _ => false,
    };
    if is_whole {
        return Some(0..text.len());
    }
    if wants == Wants::Name { step(text, is_signed) } else { None }
}

/// `change me`, `your account`: a few words that ask for a value.
fn is_request(step: &str) -> bool {
    const FEW: usize = 4;
    step.contains(' ') && words(step).count() <= FEW && waits(step)
}

/// The position of a part between slashes.
fn step(text: &str, is_it: impl Fn(&str) -> bool) -> Option<Range<usize>> {
    let mut start = 0;
    let mut steps = text.split('/').map(|step| {
        let range = start..start + step.len();
        start = range.end + 1;
        (range, step)
    });
    steps.find(|(_, step)| is_it(step)).map(|(range, _)| range)
}

/// Whether a part of a value is a word between signs that no name has, or nothing but such signs: `###`, `!!NAME!!`,
/// `&NAME;`, `:name`.
fn is_signed(part: &str) -> bool {
    let inner = part.trim_start_matches(['@', ':', '&', '!', '?', '(', '#']);
    let word = inner.trim_end_matches([';', '!', '?', ')', '&', '#']);
    let is_of_word = |byte: u8| byte.is_ascii_alphabetic() || matches!(byte, b'_' | b'-' | b' ');
    // A log group may be called `#web`.
    let may_be_name = part.starts_with('#') && !word.is_empty() || matches!(part, ":" | "@" | "&" | "#");
    inner.len() < part.len() && word.bytes().all(is_of_word) && !may_be_name
}

/// Whether a text that should be one name is several words.
pub(super) fn is_prose(text: &str) -> bool {
    let is_of_word = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
    let bytes = text.as_bytes();
    text.match_indices(' ').any(|(at, _)| is_of_word(bytes[..at].last()) && is_of_word(bytes.get(at + 1)))
}

/// A word for an account or a Region in the place of one: `arn:aws:iam::account-id:role/web`.
pub(super) fn in_place(text: &str, wants: Wants) -> Option<Range<usize>> {
    let letters = |text: &str| text.replace(['_', '-'], "").to_ascii_lowercase();
    if wants == Wants::Region && REGIONS.contains(&letters(text).as_str()) {
        return Some(0..text.len());
    }
    let places = places(text);
    let own = |part: &Part| {
        places.iter().find(|(own, _)| own == part).and_then(|(_, range)| text.get(range.clone()))
    };
    // Where parts are missing, what follows moves into their places.
    let is_in_place = own(&Part::Region).is_none_or(|region| {
        region.is_empty()
            || region.ends_with(|c: char| c.is_ascii_digit())
            || REGIONS.contains(&letters(region).as_str())
    });
    let unfilled = places.iter().find(|(part, range)| {
        let Some(own) = text.get(range.clone()) else { return false };
        match part {
            Part::Account => is_in_place && account::is_word(own) || account::is_begun(own) || is_mask(own),
            Part::Region => REGIONS.contains(&letters(own).as_str()) || is_mask(own),
            Part::Partition => own == "partition",
            Part::Service => false,
        }
    });
    unfilled.map(|(_, range)| range.clone()).or_else(|| with_colon(text))
}

/// `:name` in the place of the account or the Region in the ARN of a role or a parameter: its colon makes one more part.
fn with_colon(text: &str) -> Option<Range<usize>> {
    const BEFORE_RESOURCE: usize = 5;
    let is_of_service = ["arn:aws:iam:", "arn:aws:ssm:"].iter().any(|start| text.starts_with(start));
    let (head, _) = text.split_once('/').filter(|_| is_of_service)?;
    let (head, resource) = head.rsplit_once(':')?;
    let is_resource = ["role", "parameter", "user", "policy"].contains(&resource);
    let has_more = head.matches(':').count() >= BEFORE_RESOURCE;
    // Behind the colon of an empty Region.
    let from = "arn:aws:iam:".len();
    let from = from + usize::from(head.get(from..)?.starts_with("::"));
    (is_resource && has_more).then_some(from..head.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::placeholder::glance::Glance;
    use crate::source::Cut;

    fn found(text: &str, wants: Wants) -> Option<&str> {
        let found = find(text, wants).map(|range| text.cut(range));
        let glance = Glance::at(text.as_bytes());
        let is_seen = glance.holds_words() || glance.holds_place() && in_place(text, wants).is_some();
        assert!(found.is_none() || is_seen, "{text} is passed over");
        found
    }

    #[test]
    fn what_waits_for_somebody_is_found_in_a_value() {
        for (text, waiting) in [
            ("YOUR_BUCKET", "YOUR_BUCKET"),
            ("your-app:latest", "your-app"),
            ("subnet-YOUR_SUBNET", "subnet-YOUR_SUBNET"),
            ("arn:aws:s3:::yourbucket/web.env", "yourbucket"),
            ("yourBucketName", "yourBucketName"),
            ("my-role-here", "my-role-here"),
            ("REPLACE_ME_ROLE_ARN", "REPLACE_ME_ROLE_ARN"),
            ("REPLACED_BY_CI", "REPLACED_BY_CI"),
            ("PLACEHOLDER_IMAGE_URI", "PLACEHOLDER_IMAGE_URI"),
            ("placeholder:latest", "placeholder"),
            ("FILL-IN-LATER", "FILL-IN-LATER"),
            ("SET_BY_PIPELINE", "SET_BY_PIPELINE"),
            ("to-be-replaced", "to-be-replaced"),
            ("TODO", "TODO"),
            ("subnet-xxxxxxxx", "subnet-xxxxxxxx"),
            ("subnet-abcxxx", "subnet-abcxxx"),
            ("...", "..."),
            ("arn:aws:secretsmanager:...", "..."),
            ("arn:aws:iam::…:role/web", "…"),
            ("***.dkr.ecr.eu-west-1.amazonaws.com/web", "***"),
            ("[account-id].dkr.ecr.eu-west-1.amazonaws.com/web", "[account-id]"),
            ("arn:aws:iam::ACCOUNT_ID:role/web", "ACCOUNT_ID"),
            ("arn:aws:iam::1234567:role/web", "1234567"),
            ("arn:aws:iam::CLIENTID:role/web", "CLIENTID"),
            ("arn:aws:ssm:eu-west-1:redacted:parameter/web", "redacted"),
            ("arn:aws:iam::change me:role/web", "change me"),
            ("arn:aws:iam::(redacted):role/web", "(redacted)"),
            ("arn:aws:iam::hidden:role/web", "hidden"),
            ("arn:aws:iam::N/A:role/web", "N/A"),
            ("arn:aws:iam::?:role/web", "?"),
            ("arn:aws:iam::@name:role/web", "@name"),
            ("arn:aws:iam:::name:role/web", ":name"),
            ("arn:aws:iam::!!ACC!!:role/web", "!!ACC!!"),
            ("arn:aws:iam::&ACC;:role/web", "&ACC;"),
            ("arn:aws:iam::###:role/web", "###"),
            ("hidden.dkr.ecr.eu-west-1.amazonaws.com/web:1", "hidden"),
            ("N/A.dkr.ecr.eu-west-1.amazonaws.com/web:1", "N/A"),
            ("your account.dkr.ecr.eu-west-1.amazonaws.com/web:1", "your account"),
            (":name.dkr.ecr.eu-west-1.amazonaws.com/web:1", ":name"),
            ("change me", "change me"),
            ("n/a", "n/a"),
            ("tbd", "tbd"),
            ("?", "?"),
            ("arn:aws:ecs:region:100200300400:cluster/web", "region"),
            ("100200300400.dkr.ecr.aws-region.amazonaws.com/web:1", "aws-region"),
        ] {
            assert_eq!(found(text, Wants::Reference), Some(waiting), "{text}");
        }
        for text in ["region", "hidden", "N/A", "none", "(redacted)", "tbd", "?", "@name", ":name", "###"] {
            assert_eq!(found(text, Wants::Region), Some(text), "{text}");
        }
        for (text, step) in [
            ("/ecs/change me", "change me"),
            ("/ecs/:name", ":name"),
            ("/ecs/(redacted)", "(redacted)"),
            ("!!NAME!!", "!!NAME!!"),
        ] {
            assert_eq!(found(text, Wants::Name), Some(step), "{text}");
        }
    }

    #[test]
    fn ordinary_values_wait_for_nobody() {
        for text in [
            "todo",
            "todo-api:1",
            "registry.example/todo/web:2",
            "find-and-replace",
            "replace-worker",
            "set-by-set",
            "yourls:1.9",
            "region-reader",
            "registry.example/account/web:1",
            "arn:aws:iam::100200300400:role/region",
            "arn:aws:iam::aws:policy/ReadOnlyAccess",
            "arn:aws:secretsmanager:secret:web",
            "arn:aws:ssm:parameter:web:token",
            "t2.small",
            "../shared",
            "#web",
            "/ecs/#web",
            "hidden",
            "none",
            "web&api",
            "arn:aws:secretsmanager:eu-west-1:100200300400:secret:prod/db",
            "we-are-there",
            "[::1]",
        ] {
            assert_eq!(found(text, Wants::Name), None, "{text}");
        }
        assert_eq!(found("exxxtra", Wants::Name), None);
    }

    #[test]
    fn what_a_program_reads_is_taken_as_it_is_unless_nobody_can_mean_it() {
        for text in
            ["YOUR_TOKEN", "https://app.example/?key=YOUR_KEY", "changeme", "REPLACE_ME", "put-key-here"]
        {
            assert!(find(text, Wants::Prose).is_some(), "{text}");
            assert!(find(text, Wants::Environment).is_some(), "{text}");
        }
        for text in
            ["your-token", "sed s/REPLACE_ME/x/ f", "xxx", "TODO", "./...", "[a-z]", "placeholder.png"]
        {
            assert_eq!(find(text, Wants::Prose), None, "{text}");
        }
        for text in ["placeholder", "...", "Put your key here"] {
            assert!(find(text, Wants::Environment).is_some(), "{text}");
        }
        for text in
            ["your order has shipped", "your order is here", "xxx", "TODO", "We are here", "your-name"]
        {
            assert_eq!(find(text, Wants::Environment), None, "{text}");
        }
        assert_eq!(find("YOUR_NAME", Wants::Key), None);
    }

    #[test]
    fn brackets_may_hold_a_demand() {
        let found = |text: &'static str| bracketed(text).map(|range| text.cut(range));
        assert_eq!(found("token=<your token>"), Some("<your token>"));
        assert_eq!(found("{your-bucket}"), Some("{your-bucket}"));
        assert_eq!(found("[insert key]"), Some("[insert key]"));
        for text in ["<IMAGE1_NAME>", "<region>", "a < your > b", "{\"your\": 1}", "<your", "<add>"] {
            assert_eq!(found(text), None, "{text}");
        }
    }
}
