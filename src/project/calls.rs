//! What scripts pass to calls of the AWS CLI beside a document, or write into it before: what these set is not missing
//! from the file.

use std::sync::Arc;

use crate::source::Cut;

/// The fields of the documents that calls get, each of which has an option of its own: `--execution-role-arn`.
const CALLS: [(&str, &[&str]); 4] = [
    (
        "register-task-definition",
        &[
            "containerDefinitions",
            "cpu",
            "ephemeralStorage",
            "executionRoleArn",
            "family",
            "ipcMode",
            "memory",
            "networkMode",
            "pidMode",
            "placementConstraints",
            "proxyConfiguration",
            "requiresCompatibilities",
            "runtimePlatform",
            "tags",
            "taskRoleArn",
            "volumes",
        ],
    ),
    ("create-service", OF_SERVICES),
    ("update-service", OF_SERVICES),
    ("create-task-set", OF_SERVICES),
];

const OF_SERVICES: &[&str] = &[
    "capacityProviderStrategy",
    "cluster",
    "deploymentConfiguration",
    "deploymentController",
    "desiredCount",
    "forceNewDeployment",
    "healthCheckGracePeriodSeconds",
    "launchType",
    "loadBalancers",
    "networkConfiguration",
    "placementConstraints",
    "placementStrategy",
    "platformVersion",
    "propagateTags",
    "role",
    "schedulingStrategy",
    "service",
    "serviceName",
    "serviceRegistries",
    "tags",
    "taskDefinition",
];

/// Programs that write fields of a document.
const EDITORS: [&str; 2] = ["jq ", "yq "];

/// No command that people write has more lines.
const MOST_LINES: usize = 40;

/// The fields of containers that scripts write.
const OF_CONTAINERS: [&str; 20] = [
    "command",
    "cpu",
    "dependsOn",
    "dockerLabels",
    "entryPoint",
    "environment",
    "environmentFiles",
    "essential",
    "healthCheck",
    "hostname",
    "image",
    "logConfiguration",
    "memory",
    "memoryReservation",
    "mountPoints",
    "name",
    "portMappings",
    "repositoryCredentials",
    "secrets",
    "user",
];

/// A field that a script passes to a call, or writes into the document before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Passed {
    /// The field.
    pub field: &'static str,
    /// Whether it is one of the containers.
    pub is_of_containers: bool,
    file: File,
}

/// The file that a call gets.
#[derive(Clone, Debug, PartialEq, Eq)]
enum File {
    /// The one with a name, of which the beginning and the end are known.
    Named(String, String),
    /// Any of those that a script names: what it gets is made of one.
    In(Arc<str>),
    /// Any.
    Any,
}

impl Passed {
    /// All that a script passes.
    pub(crate) fn all(script: &Arc<str>) -> Vec<Passed> {
        let mut all = Vec::new();
        for (call, fields) in CALLS {
            for (at, _) in script.match_indices(call) {
                let command = command(script.cut(at + call.len()..));
                if gets_no_file(&command) {
                    continue;
                }
                let file = file_of(&command);
                let passed = fields.iter().filter(|field| has_option(&command, &option(field)));
                all.extend(passed.map(|field| Passed { field, is_of_containers: false, file: file.clone() }));
            }
        }
        for editor in EDITORS {
            let mut rest = &**script;
            while let Some((_, command)) = rest.split_once(editor) {
                let words = words(command, &mut rest);
                let file = match words.iter().skip(1).rfind(|word| is_path(word)) {
                    Some(path) => file_named(path),
                    None => File::In(Arc::clone(script)),
                };
                let fields = CALLS.iter().take(2).flat_map(|(_, fields)| *fields);
                let written = fields.filter(|field| words.iter().any(|word| assigns(word, field)));
                let of_containers = OF_CONTAINERS.iter().filter(|field| {
                    let programs = words.iter().filter(|word| word.contains("containerDefinitions"));
                    programs.into_iter().any(|word| assigns_below(word, field))
                });
                let written = written.map(|field| (field, false));
                let written = written.chain(of_containers.map(|field| (field, true)));
                all.extend(written.map(|(field, is_of_containers)| Passed {
                    field,
                    is_of_containers,
                    file: file.clone(),
                }));
            }
        }
        all
    }

    /// The same about what the file is made of, which a script names: the file itself does not exist.
    pub(crate) fn made_in(self, script: &Arc<str>) -> Passed {
        let is_named = self.names_file();
        let file = if is_named { File::In(Arc::clone(script)) } else { self.file };
        Passed { file, ..self }
    }

    /// Whether the call may get a file.
    pub(crate) fn is_for(&self, location: &str) -> bool {
        let name = location.rsplit('/').next().unwrap_or(location);
        match &self.file {
            File::Named(before, after) => {
                name.strip_prefix(before.as_str()).is_some_and(|rest| rest.ends_with(after.as_str()))
            }
            File::In(script) => script.contains(name),
            File::Any => true,
        }
    }

    /// Whether it is known which file the call gets.
    pub(crate) fn names_file(&self) -> bool {
        matches!(self.file, File::Named(..))
    }

    /// Whether what the files have in the place of the field may never be sent: they are named beside the call.
    pub(crate) fn replaces(&self) -> bool {
        !matches!(self.file, File::Any)
    }
}

/// Whether a text may have a call that sets a field of a document, or a program that writes one.
pub(crate) fn may_call(text: &str) -> bool {
    CALLS.iter().any(|(call, _)| text.contains(call)) || EDITORS.iter().any(|editor| text.contains(editor))
}

/// The option that sets a field: `--execution-role-arn`.
fn option(field: &str) -> String {
    let mut option = "--".to_owned();
    for letter in field.chars() {
        if letter.is_ascii_uppercase() {
            option.push('-');
        }
        option.push(letter.to_ascii_lowercase());
    }
    option
}

/// The words of a command, up to its end; `rest` is what follows.
fn words<'s>(command: &'s str, rest: &mut &'s str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quote = None;
    let mut letters = command.chars().take(LONGEST).peekable();
    let mut length = 0;
    while let Some(letter) = letters.next() {
        length += letter.len_utf8();
        match (quote, letter) {
            (Some(open), letter) if letter == open => quote = None,
            (Some(_), letter) => words.last_mut().expect("it is never empty").push(letter),
            (None, '\'' | '"') => quote = Some(letter),
            (None, '\\') if letters.peek() == Some(&'\n') => length += usize::from(letters.next().is_some()),
            (None, '\n' | ';' | '|' | '&' | '>' | ')') => break,
            (None, ' ' | '\t') => words.push(String::new()),
            (None, letter) => words.last_mut().expect("it is never empty").push(letter),
        }
    }
    *rest = command.cut(length..);
    words
}

/// No command that people write has more characters.
const LONGEST: usize = 4096;

/// Whether a word of a command is the path of a document.
fn is_path(word: &str) -> bool {
    let is_program =
        word.contains(['=', '|', '(']) || word.starts_with(['.', '-']) && !word.starts_with("./");
    !is_program
        && (word.starts_with('$') || [".json", ".yaml", ".yml"].iter().any(|ending| word.contains(ending)))
}

/// Whether a program of jq writes a field of the document: `.cpu = "256"`, `. + {cpu: "256"}`.
fn assigns(program: &str, field: &str) -> bool {
    let program = program.replace('"', "");
    program.match_indices(field).any(|(at, _)| {
        let (before, after) = (program.cut(..at), program.cut(at + field.len()..).trim_start());
        let is_top = before.strip_suffix('.').is_some_and(|path| {
            !path.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | ']' | ')'))
        });
        is_top && is_assigned(after) || is_merged(&program, before, after)
    })
}

/// Whether something is assigned to a path, given what follows it.
fn is_assigned(after: &str) -> bool {
    after.starts_with('=') && !after.starts_with("==")
        || ["|=", "+=", "*=", "//="].iter().any(|sign| after.starts_with(sign))
}

/// Whether a key, between two parts of a program, is one of an object that is merged into another.
fn is_merged(program: &str, before: &str, after: &str) -> bool {
    let merges = ["+ {", "* {", "+{", "*{", "+= {", "+={", "*= {", "*={"];
    after.starts_with(':')
        && before.trim_end().ends_with(['{', ','])
        && merges.iter().any(|sign| program.contains(sign))
}

/// Whether a program of jq writes a field, or a part of one, of something in the document:
/// `.containerDefinitions[0].image = $image`, `.containerDefinitions |= map(.environment += [$it])`.
fn assigns_below(program: &str, field: &str) -> bool {
    let program = program.replace('"', "");
    let is_of_path = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '[' | ']' | '-' | '\'');
    program.match_indices(field).any(|(at, _)| {
        let (before, after) = (program.cut(..at), program.cut(at + field.len()..));
        let is_key = before.ends_with(['.', '[']) && !after.starts_with(|c: char| c.is_alphanumeric());
        let rest = after.trim_start_matches(is_of_path).trim_start_matches([' ', ')']);
        is_key && is_assigned(rest) || is_merged(&program, before, after.trim_start())
    })
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

/// Whether all that a command registers is written in it.
fn gets_no_file(command: &str) -> bool {
    let Some((_, containers)) = command.split_once("--container-definitions") else { return false };
    let containers = containers.trim_start_matches([' ', '\t', '=', '\'', '"']);
    containers.starts_with('[') && !command.contains("--cli-input-")
}

/// The file that a command names, or any if it names none.
fn file_of(command: &str) -> File {
    let Some((_, path)) = command.split_once("file://") else { return File::Any };
    let path = path.split(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | ')' | ',')).next();
    file_named(path.unwrap_or_default())
}

/// The file of a path, or any if all of its name is a variable.
fn file_named(path: &str) -> File {
    const HOLES: [char; 4] = ['$', '{', '%', '#'];
    let name = path.rsplit('/').next().unwrap_or(path);
    let Some(hole) = name.find(HOLES) else {
        return if name.is_empty() { File::Any } else { File::Named(name.to_owned(), String::new()) };
    };
    let before = name.cut(..hole).trim_end_matches('\\');
    let after = name.rsplit_once('}').map_or_else(
        || {
            name.cut(hole + 1..)
                .trim_start_matches(|c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '%'))
        },
        |(_, after)| after,
    );
    File::Named(before.to_owned(), after.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_passed(script: &str, file: &str) -> Vec<&'static str> {
        let all = Passed::all(&script.into()).into_iter();
        all.filter(|passed| passed.is_for(file) && !passed.is_of_containers)
            .map(|passed| passed.field)
            .collect()
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
        let passed = "aws ecs register-task-definition --cpu 256 --execution-role-arn $R --cli-input-json file://t.json";
        assert_eq!(is_passed(passed, "t.json"), ["cpu", "executionRoleArn"]);
        let script = "aws ecs create-service \\\n  --service-name web \\\n  --cluster main \\\n  --cli-input-json file://s.json\n";
        assert_eq!(is_passed(script, "s.json"), ["cluster", "serviceName"]);
        let script =
            "aws ecs update-service --cli-input-json file://s.json && aws ecs wait --cluster x --service y";
        assert_eq!(is_passed(script, "s.json"), [""; 0]);
        assert_eq!(
            is_passed("aws ecs register-task-definition --cpu 256 --container-definitions '[{}]'", "t.json"),
            [""; 0]
        );
        assert_eq!(
            is_passed(
                "aws ecs register-task-definition --cpu 256 --container-definitions \"$(cat t.json)\"",
                "t.json"
            ),
            ["containerDefinitions", "cpu"]
        );
        assert_eq!(
            is_passed("aws ecs register-task-definition --cli-input-json x; echo --family", "x"),
            [""; 0]
        );
    }

    #[test]
    fn programs_write_fields_of_the_file_that_they_name() {
        for (script, fields) in [
            (
                "jq --arg r \"$R\" '.executionRoleArn = $r | .cpu=\"256\"' t.json > u.json",
                &["cpu", "executionRoleArn"][..],
            ),
            ("jq '.memory |= \"512\"' ./a/t.json", &["memory"]),
            ("jq '. + {cpu: \"256\", \"memory\": \"512\"}' t.json", &["cpu", "memory"]),
            ("- yq -i '.networkMode = \"awsvpc\"' $FILE", &["networkMode"]),
            ("cat t.json | jq '.family = \"x\"' | tee u.json", &["family"]),
            ("jq '.family == \"x\"' t.json", &[]),
            ("jq '.containerDefinitions[0].cpu = 5 | .a.memory = 6' t.json", &[]),
            ("jq '.cpu = \"256\"' other.json", &[]),
            ("jq .cpu t.json; memory = 3", &[]),
        ] {
            assert_eq!(is_passed(script, "t.json"), fields, "{script}");
        }
    }

    #[test]
    fn programs_write_fields_of_containers() {
        for (program, fields) in [
            (".containerDefinitions[0].image = $i", &["image"][..]),
            (
                ".containerDefinitions[0].logConfiguration.options[\"awslogs-group\"] = $g",
                &["logConfiguration"],
            ),
            (".containerDefinitions |= map(.environment += [$it] | .user = $u)", &["environment", "user"]),
            ("(.containerDefinitions[] | select(.name == \"app\") | .image) |= $i", &["image"]),
            (".containerDefinitions[0] += {image: $i, \"memory\": 5}", &["image", "memory"]),
            (".taskDefinition.containerDefinitions[0].image", &[]),
            (".containerDefinitions[] | {name: .name, image: .image}", &[]),
            (".image = $i", &[]),
        ] {
            let all = Passed::all(&format!("jq '{program}' t.json").into()).into_iter();
            let found: Vec<&str> =
                all.filter(|passed| passed.is_of_containers).map(|passed| passed.field).collect();
            assert_eq!(found, fields, "{program}");
        }
    }
}
