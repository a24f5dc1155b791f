//! What scripts pass to calls of the AWS CLI beside a document: `--family` is not missing from the file.

use crate::source::Cut;

/// The options of calls that set a field of a document.
const OPTIONS: [(&str, &str, &str); 5] = [
    ("register-task-definition", "--family", "family"),
    ("create-service", "--service-name", "serviceName"),
    ("create-service", "--cluster", "cluster"),
    ("update-service", "--service", "service"),
    ("update-service", "--cluster", "cluster"),
];

/// No command that people write has more lines.
const MOST_LINES: usize = 40;

/// A field that a script passes to a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Passed {
    /// The field.
    pub field: &'static str,
    /// The name of the file that the call gets, with what is known of it before and after a variable; `None` if it may
    /// be any.
    file: Option<(String, String)>,
}

impl Passed {
    /// All that a script passes.
    pub(crate) fn all(script: &str) -> Vec<Passed> {
        let calls = OPTIONS.iter().flat_map(|(call, option, field)| {
            let calls = script.match_indices(call).map(|(at, _)| command(script.cut(at + call.len()..)));
            let with_option = calls.filter(|command| has_option(command, option));
            with_option.map(|command| Passed { field, file: file_of(&command) })
        });
        calls.collect()
    }

    /// Whether the call may get a file.
    pub(crate) fn is_for(&self, location: &str) -> bool {
        let name = location.rsplit('/').next().unwrap_or(location);
        self.file.as_ref().is_none_or(|(before, after)| {
            name.strip_prefix(before.as_str()).is_some_and(|rest| rest.ends_with(after.as_str()))
        })
    }
}

/// Whether a text may have a call that sets a field of a document.
pub(crate) fn may_call(text: &str) -> bool {
    OPTIONS.iter().any(|(call, ..)| text.contains(call))
}

/// The rest of a command, which goes on where a line ends with the sign for that.
fn command(rest: &str) -> String {
    let mut command = String::new();
    for line in rest.lines().take(MOST_LINES) {
        let line = line.trim_end();
        command.push(' ');
        command.push_str(line.trim_end_matches(['\\', '`', '^']));
        if !line.ends_with(['\\', '`', '^']) {
            break;
        }
    }
    // Another command on the same line.
    let end = ["aws ecs", "&&", ";"].iter().filter_map(|sign| command.find(sign)).min();
    command.cut(..end.unwrap_or(command.len())).to_owned()
}

fn has_option(command: &str, option: &str) -> bool {
    command.match_indices(option).any(|(at, _)| {
        let after = command.cut(at + option.len()..);
        !after.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '-')
    })
}

/// The name of the file in a command, or `None` if it names none or all of it is a variable.
fn file_of(command: &str) -> Option<(String, String)> {
    const HOLES: [char; 4] = ['$', '{', '%', '#'];
    let (_, path) = command.split_once("file://")?;
    let path = path.split(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | ')' | ',')).next()?;
    let name = path.rsplit('/').next()?;
    let Some(hole) = name.find(HOLES) else {
        return Some((name.to_owned(), String::new())).filter(|_| !name.is_empty());
    };
    let before = name.cut(..hole).trim_end_matches('\\');
    let after = name.rsplit_once('}').map_or_else(
        || {
            name.cut(hole + 1..)
                .trim_start_matches(|c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '%'))
        },
        |(_, after)| after,
    );
    Some((before.to_owned(), after.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_passed(script: &str, file: &str) -> Vec<&'static str> {
        let all = Passed::all(script).into_iter();
        all.filter(|passed| passed.is_for(file)).map(|passed| passed.field).collect()
    }

    #[test]
    fn a_call_is_about_the_file_that_it_names_or_about_any() {
        let call = "aws ecs register-task-definition --region $REGION --family web --cli-input-json";
        for (file, expected) in [
            ("file://td.json", true),
            ("\"file://deploy/td.json\"", true),
            ("file://other.json", false),
            ("file://$FILE", true),
            ("file://t${STAGE}.json", true),
            ("file://api-${params.STAGE}.json", false),
            ("\"$(cat td.json)\"", true),
        ] {
            let expected: &[&str] = if expected { &["family"] } else { &[] };
            assert_eq!(is_passed(&format!("{call} {file}"), "app/td.json"), expected, "{file}");
        }
    }

    #[test]
    fn options_belong_to_their_call() {
        let script = "aws ecs create-service \\\n  --service-name web \\\n  --cluster main \\\n  --cli-input-json file://s.json\n";
        assert_eq!(is_passed(script, "s.json"), ["serviceName", "cluster"]);
        let script =
            "aws ecs update-service --cli-input-json file://s.json && aws ecs wait --cluster x --service y";
        assert_eq!(is_passed(script, "s.json"), [""; 0]);
        assert_eq!(
            is_passed("aws ecs register-task-definition --cli-input-json x; echo --family", "x"),
            [""; 0]
        );
    }
}
