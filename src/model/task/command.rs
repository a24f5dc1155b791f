//! Commands: lists of words that Docker runs without a shell.

use crate::model::Container;
use crate::model::field::{self, Field, Known};
use crate::source::Cut;
use crate::spelling;
use crate::tree::{Kind, Node};

impl<'d> Container<'d> {
    /// `entryPoint`, if all of its words are known.
    pub(crate) fn entry_point(&self) -> Field<'d, Command<'d>> {
        Command::of(self.node(), "entryPoint")
    }

    /// `command`, if all of its words are known.
    pub(crate) fn command(&self) -> Field<'d, Command<'d>> {
        Command::of(self.node(), "command")
    }

    /// `workingDirectory`
    pub(crate) fn working_directory(&self) -> Field<'d, &'d str> {
        field::identifier(self.node(), "workingDirectory")
    }
}

/// A command: a program and its arguments, one word each.
#[derive(Clone, Debug)]
pub(crate) struct Command<'d> {
    words: Vec<Known<'d, &'d str>>,
}

impl<'d> Command<'d> {
    /// The command under a key; unknown unless every word of it is known. What a shell in the container would
    /// expand (`$PORT`) counts as known.
    pub(in crate::model) fn of(object: Node<'d>, key: &str) -> Field<'d, Command<'d>> {
        field::list::<Node>(object, key).field().read(Command::read)
    }

    fn read(list: Node<'d>) -> Option<Command<'d>> {
        let word = |node: Node<'d>| Some(Known::new(node, field::certain_text(node)?));
        let words = list.items().map(word).collect::<Option<Vec<_>>>();
        words.filter(|_| list.kind() == Kind::List && !list.is_incomplete()).map(|words| Command { words })
    }

    /// The words.
    pub(crate) fn words(&self) -> &[Known<'d, &'d str>] {
        &self.words
    }

    /// The first word, if it names this program, in any folder.
    pub(crate) fn runs(&self, program: &str) -> Option<Known<'d, &'d str>> {
        self.words.first().copied().filter(|word| program_name(word) == program)
    }

    /// The words, joined with spaces.
    pub(crate) fn joined(&self) -> String {
        join(&self.words)
    }
}

/// Words, joined with spaces.
pub(crate) fn join(words: &[Known<&str>]) -> String {
    words.iter().map(|word| word.value()).collect::<Vec<&str>>().join(" ")
}

/// Words as one line for a shell. Words of the shell's own, and what follows them, stay as they are.
pub(crate) fn shell_line(words: &[Known<&str>]) -> String {
    let mut line: Vec<String> = Vec::with_capacity(words.len());
    let (mut before, mut is_own) = ("", true);
    for word in words.iter().map(|word| word.value()) {
        let unquoted = word.trim_matches(['"', '\'']);
        let is_operator =
            !is_delimiter(before, word) && OPERATORS.iter().any(|sign| unquoted.starts_with(sign));
        let is_plain = !word.contains([' ', '&', '|', ';', '<', '>', '(', ')', '"', '\'']);
        line.push(match word {
            _ if is_operator => unquoted.to_owned(),
            _ if is_own || is_plain || word.contains('$') => word.to_owned(),
            _ if word.contains('\'') => format!("{word:?}"),
            _ => format!("'{word}'"),
        });
        (before, is_own) = (word, is_operator);
    }
    line.join(" ")
}

/// Words in list notation, for a sentence: `` `["npm", "start"]` ``. Long words are truncated.
pub(crate) fn in_brackets(words: &[&str]) -> String {
    let short = |word: &&str| match word.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", word.cut(..end)),
        None => (*word).to_owned(),
    };
    let quoted = |word: &&str| serde_json::Value::from(short(word)).to_string();
    format!("`[{}]`", words.iter().map(quoted).collect::<Vec<_>>().join(", "))
}

/// How Docker runs a health check command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum HealthCheckForm {
    /// `CMD`: a program and its arguments follow.
    Program,
    /// `CMD-SHELL`: one word follows, which a shell runs.
    Shell,
    /// Neither: AWS runs it like `CMD`.
    Bare,
}

impl HealthCheckForm {
    /// The most likely intended first word if it is misspelled: `cmd-shell`, `CMD_SHELL`. On Windows `cmd` is
    /// a program.
    pub(crate) fn meant(first: &str, next: Option<&str>) -> Option<&'static str> {
        let letters: String = first.chars().filter(char::is_ascii_alphanumeric).collect();
        let letters = letters.to_ascii_uppercase();
        let is_program = next.is_some_and(|next| next.starts_with('/'));
        match letters.as_str() {
            _ if matches!(first, "CMD" | "CMD-SHELL" | "NONE") => None,
            "CMD" if !is_program && program_name(first) == "cmd" => Some("CMD"),
            "NONE" if next.is_none() => Some("NONE"),
            "SHELL" if first.starts_with(char::is_uppercase) => Some("CMD-SHELL"),
            _ if letters.len() > 6 && spelling::is_near(&letters, "CMDSHELL") => Some("CMD-SHELL"),
            _ => None,
        }
    }

    /// The form that the first word of a command selects.
    pub(crate) fn read(first: &str) -> HealthCheckForm {
        match first {
            "CMD" => HealthCheckForm::Program,
            "CMD-SHELL" => HealthCheckForm::Shell,
            _ => HealthCheckForm::Bare,
        }
    }
}

/// Whether an operator is an argument: `cut -d '|'`.
fn is_delimiter(before: &str, word: &str) -> bool {
    matches!(word, "|" | ";") && matches!(before, "-d" | "-F" | "-t" | "--delimiter" | "--field-separator")
}

/// What means something to a shell if it is a word of its own.
const OPERATORS: [&str; 6] = ["&&", "||", "|", ";", ">", ">>"];

/// The first word that is a shell operator, such as `&&`, if no shell reads the words.
pub(crate) fn stray_operator<'d>(words: &[Known<'d, &'d str>]) -> Option<Known<'d, &'d str>> {
    // Programs that accept an operator as an ordinary argument.
    let takes_operators = ["test", "[", "expr"];
    if words.first().is_some_and(|program| takes_operators.contains(&program_name(program).as_str())) {
        return None;
    }
    let mut shell = false;
    let mut before = "";
    for word in words {
        match word.value() {
            sign if is_delimiter(before, sign) => {}
            sign if OPERATORS.contains(&sign) => return Some(*word),
            // What follows is read by the shell.
            flag if shell && is_shell_flag(flag) => return None,
            // `find … -exec … ;` ends with its own operator.
            "-exec" | "-execdir" | "-ok" => return None,
            program => shell |= is_shell(program),
        }
        before = word.value();
    }
    None
}

/// Whether a program is a shell, judging by its name.
pub(in crate::model) fn is_shell(program: &str) -> bool {
    let shells = ["sh", "bash", "ash", "dash", "zsh", "ksh", "fish", "cmd", "powershell", "pwsh"];
    shells.contains(&program_name(program).as_str())
}

/// `-c`, also combined with other letters (`-lc`), `/c`, `-Command`.
fn is_shell_flag(flag: &str) -> bool {
    let lower = flag.to_ascii_lowercase();
    let letters =
        lower.strip_prefix('-').is_some_and(|letters| letters.contains('c') && !letters.starts_with('-'));
    letters || lower == "/c" || lower == "/s"
}

/// The name of a program without its folder and `.exe`.
pub(in crate::model) fn program_name(program: &str) -> String {
    let name = program.rsplit(['/', '\\']).next().unwrap_or(program).to_ascii_lowercase();
    name.strip_suffix(".exe").map_or(name.clone(), str::to_owned)
}

/// Whether one word contains what was meant as several: it has a space, but is not a path with a space in it.
pub(crate) fn is_unsplit(word: &str) -> bool {
    word.trim().contains(' ') && !is_path_with_space(word.trim())
}

/// `C:\Program Files\app.exe`, `/opt/my app/run`. A program followed by a relative path looks the same, so
/// this is only for suppressing a finding.
fn is_path_with_space(word: &str) -> bool {
    let is_rest_of_path = |rest: &str| {
        rest.contains('/')
            && !rest.starts_with(['-', '/', '.'])
            && !rest.contains("://")
            && !rest.contains('=')
    };
    starts_with_drive(word) || (word.starts_with('/') && word.split(' ').nth(1).is_some_and(is_rest_of_path))
}

/// Whether a path starts with a Windows drive: `C:\`, `C:/`.
fn starts_with_drive(path: &str) -> bool {
    let bytes = path.as_bytes();
    bytes.len() >= 3 && bytes[0].is_ascii_alphabetic() && bytes[1] == b':' && matches!(bytes[2], b'\\' | b'/')
}

/// Whether a path is absolute: from the root, from a Windows drive, or from a server.
pub(crate) fn is_absolute_path(path: &str) -> bool {
    path.starts_with(['/', '\\']) || starts_with_drive(path)
}

/// The words of a line, split as a shell does it. `None` if only a shell can interpret the line.
pub(crate) fn split_words(line: &str) -> Option<Vec<String>> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    for letter in line.chars() {
        match (quote, letter) {
            (Some('"'), '$' | '`' | '\\') => return None,
            (Some(open), _) if letter == open => quote = None,
            (Some(_), _) => word.get_or_insert_default().push(letter),
            (None, '\'' | '"') => {
                quote = Some(letter);
                word.get_or_insert_default();
            }
            (None, ' ' | '\t' | '\n') => words.extend(word.take()),
            (None, _) if "&|;<>()$`\\*?[]{}~#!".contains(letter) => return None,
            (None, _) => word.get_or_insert_default().push(letter),
        }
    }
    words.extend(word);
    let is_assignment = words.first().is_some_and(|first| first.contains('='));
    (quote.is_none() && !words.is_empty() && !is_assignment).then_some(words)
}

/// The list to set for a line: its words, or a shell that runs it.
pub(crate) fn as_command(line: &str) -> Vec<String> {
    split_words(line).unwrap_or_else(|| vec!["sh".to_owned(), "-c".to_owned(), line.trim().to_owned()])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_written_as_json() {
        assert_eq!(in_brackets(&["sh", "-c", "echo \"a\""]), "`[\"sh\", \"-c\", \"echo \\\"a\\\"\"]`");
        assert!(in_brackets(&[&"x".repeat(100)]).ends_with("x…\"]`"));
    }

    #[test]
    fn a_line_is_split_as_a_shell_would() {
        let split = |line| split_words(line).map(|words| words.join("|"));
        assert_eq!(split("npm start").as_deref(), Some("npm|start"));
        assert_eq!(split("  node  'my app.js' \"\" ").as_deref(), Some("node|my app.js|"));
        assert_eq!(split("echo \"it's\"").as_deref(), Some("echo|it's"));
        for line in ["a && b", "a > b", "echo $HOME", "echo \"$HOME\"", "ls *", "echo 'open", "A=1 run", ""] {
            assert_eq!(split(line), None, "{line}");
        }
        assert_eq!(as_command("a && b"), ["sh", "-c", "a && b"]);
    }

    #[test]
    fn a_word_with_a_space_was_meant_as_several() {
        for word in ["npm start", "/bin/sh -c", "/usr/bin/node /app/x.js", "/docker-entrypoint.sh nginx"] {
            assert!(is_unsplit(word), "{word}");
        }
        for word in ["npm", "C:\\Program Files\\app\\run.exe", "/opt/my app/run", " npm "] {
            assert!(!is_unsplit(word), "{word}");
        }
    }

    #[test]
    fn paths_start_somewhere() {
        for path in ["/", "/app", "C:\\app", "c:/app", "\\\\server\\share"] {
            assert!(is_absolute_path(path), "{path}");
        }
        for path in ["app", "./app", "~/app", "C:app", "é:\\"] {
            assert!(!is_absolute_path(path), "{path}");
        }
    }

    #[test]
    fn forms_of_health_checks_are_recognised_in_other_spellings() {
        let meant = |first| HealthCheckForm::meant(first, Some("curl"));
        for first in [
            "CMD_SHELL",
            "cmd-shell",
            "Cmd-Shell",
            "CMDSHELL",
            "CMD-SHEL",
            "CMD SHELL",
            "CMD-SHELL ",
            "SHELL",
        ] {
            assert_eq!(meant(first), Some("CMD-SHELL"), "{first}");
        }
        assert_eq!(meant("cmd"), Some("CMD"));
        assert_eq!(HealthCheckForm::meant("none", None), Some("NONE"));
        for first in ["CMD", "CMD-SHELL", "NONE", "curl", "cmd.sh", "powershell", "/healthcheck", "shell"] {
            assert_eq!(meant(first), None, "{first}");
        }
        assert_eq!(HealthCheckForm::meant("cmd", Some("/c")), None);
    }

    #[test]
    fn shells_are_known_by_name_and_flag() {
        for program in ["sh", "/bin/bash", "/bin/ash", "cmd.exe", "PowerShell", "C:\\Windows\\cmd.exe"] {
            assert!(is_shell(program), "{program}");
        }
        for flag in ["-c", "-lc", "-ec", "/c", "/C", "-Command"] {
            assert!(is_shell_flag(flag), "{flag}");
        }
        assert!(!is_shell("run.sh"));
        assert!(!is_shell_flag("--config"));
    }
}
