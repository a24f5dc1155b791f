//! Shells that commands start, and the command lines that they run.

use crate::model::field::Known;
use crate::model::task::command::{is_shell, program_name};
use crate::source::Cut;

/// A shell that a command starts with `-c`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ShellCall<'w, 'd> {
    /// The option, also combined with other letters: `-c`, `-lc`.
    pub flag: Known<'d, &'d str>,
    /// The command line that the shell runs, if there is one.
    pub script: Option<Known<'d, &'d str>>,
    /// What follows the command line: `$0`, `$1` and so on, which most command lines do not use.
    pub arguments: &'w [Known<'d, &'d str>],
}

impl<'w, 'd> ShellCall<'w, 'd> {
    /// The shell that some words start, directly or through a program that only starts another one. Windows
    /// shells read everything that follows as one command line, and are left out.
    pub(crate) fn find(words: &'w [Known<'d, &'d str>]) -> Option<ShellCall<'w, 'd>> {
        const STARTERS: [&str; 6] = ["tini", "dumb-init", "env", "exec", "nice", "nohup"];
        let is_starter = |word: &str| STARTERS.contains(&program_name(word).as_str()) || word == "--";
        let shell = words.iter().position(|word| !is_starter(word))?;
        let windows = ["cmd", "powershell", "pwsh"];
        if !is_shell(&words[shell]) || windows.contains(&program_name(&words[shell]).as_str()) {
            return None;
        }
        let mut at = shell + 1;
        while let Some(word) = words.get(at).filter(|word| word.starts_with(['-', '+'])) {
            let letters = word.trim_start_matches(['-', '+']);
            at += 1;
            if word.starts_with("--") {
                continue;
            }
            if word.starts_with('-') && letters.contains('c') {
                // `-o` among the letters consumes the next word.
                let at = if letters.ends_with('o') { at + 1 } else { at };
                let at = if words.get(at).is_some_and(|word| word.value() == "--") { at + 1 } else { at };
                return Some(ShellCall {
                    flag: *word,
                    script: words.get(at).copied(),
                    arguments: words.get(at + 1..).unwrap_or_default(),
                });
            }
            at += usize::from(letters.ends_with(['o', 'O']));
        }
        None
    }

    /// The words after the command line that nothing in it refers to.
    pub(crate) fn lost_words(&self) -> &'w [Known<'d, &'d str>] {
        let refers = self.script.is_none_or(|script| script.contains('$'));
        if refers { &[] } else { self.arguments }
    }
}

/// Whether a shell command line always ends with exit code 0.
pub(crate) fn never_fails(line: &str) -> bool {
    let Some(parts) = parts(line) else { return false };
    let Some((last, before)) = parts.split_last() else { return true };
    // Anything that may exit before the last command matters too.
    let may_end = before.iter().any(|part| {
        let first = part.command.split_whitespace().next().unwrap_or_default();
        (matches!(first, "exit" | "return" | "exec" | "kill") && !is_success(part.command))
            || part.command.starts_with("set -e")
            || is_control(first)
    });
    let is_reached = before.is_empty() || matches!(last.after, "||" | ";" | "\n");
    !may_end && is_reached && is_success(last.command)
}

/// A command of a command line, and the operator between it and the previous one.
struct Part<'l> {
    command: &'l str,
    after: &'l str,
}

/// The commands of a command line. `None` if quotes are not closed, or if parentheses, pipes and the like
/// make it more complex.
fn parts(line: &str) -> Option<Vec<Part<'_>>> {
    let mut parts = Vec::new();
    let (mut after, mut start, mut quote, mut at) = ("", 0, None, 0);
    while let Some(c) = line.cut(at..).chars().next() {
        let operator = match c {
            '|' if line.cut(at..).starts_with("||") => "||",
            '&' if line.cut(at..).starts_with("&&") => "&&",
            ';' => ";",
            '\n' => "\n",
            _ => "",
        };
        at += match (quote, c) {
            (Some(open), _) => {
                quote = quote.filter(|_| c != open);
                c.len_utf8()
            }
            (None, '\'' | '"') => {
                quote = Some(c);
                1
            }
            (None, _) if !operator.is_empty() => {
                parts.push(Part { command: line.cut(start..at).trim(), after });
                after = operator;
                start = at + operator.len();
                operator.len()
            }
            // `2>&1` only redirects output.
            (None, '&') if line.cut(start..at).ends_with('>') => 1,
            (None, '\\' | '`' | '(' | ')' | '{' | '}' | '|' | '&' | '#') => return None,
            _ => c.len_utf8(),
        };
    }
    parts.push(Part { command: line.cut(start..).trim(), after });
    // An empty last part belongs to the operator before it: `a;`.
    parts.retain(|part| !part.command.is_empty());
    quote.is_none().then_some(parts)
}

/// Whether a command by itself always succeeds.
fn is_success(command: &str) -> bool {
    let words: Vec<&str> = command.split_whitespace().filter(|word| !word.contains('>')).collect();
    match words.as_slice() {
        [":" | "true" | "/bin/true" | "/usr/bin/true", ..] => true,
        ["exit", code] => *code == "0",
        // It fails only if its output cannot be written.
        ["echo" | "printf", ..] => true,
        _ => false,
    }
}

/// Whether a word is part of the shell's grammar, so that several parts can form one command.
fn is_control(word: &str) -> bool {
    let words =
        ["if", "then", "else", "elif", "fi", "for", "while", "until", "do", "done", "case", "esac", "!"];
    words.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_always_succeed() {
        for line in [
            "exit 0",
            "true",
            ":",
            "/bin/true",
            "echo hello",
            "curl -f http://localhost/ || true",
            "curl -f http://localhost/ > /dev/null 2>&1 || exit 0",
            "curl -s 'http://localhost/?a=1;b=2' || echo failed",
            "curl -f http://localhost/; exit 0",
            "cd /app && ./check.sh || true",
            "./check.sh || true;",
            "",
            " ",
        ] {
            assert!(never_fails(line), "{line}");
        }
    }

    #[test]
    fn lines_that_can_fail() {
        for line in [
            "exit 1",
            "curl -f http://localhost/ || exit 1",
            "curl -f http://localhost/ && exit 0 || exit 1",
            "curl -f http://localhost/ || exit 1; exit 0",
            "curl -f http://localhost/ && echo ok",
            "if curl -f http://localhost/; then exit 0; else exit 1; fi",
            "if ! curl -f http://localhost/; then exit 1; fi; exit 0",
            "set -e; ./check.sh; true",
            "test -f /tmp/ok",
            "(curl -f http://localhost/ || true)",
            "curl http://localhost/ | grep ok || exit 1",
            "exit $STATUS",
            "echo 'open || true",
            "curl -f http://localhost/ || kill 1",
            "trueish",
            "[ -f /tmp/ok ] || exit 1 || true",
        ] {
            assert!(!never_fails(line), "{line}");
        }
    }
}
