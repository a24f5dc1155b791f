//! What the command of a health check runs: programs, and calls to ports of its own network.

use std::ops::Range;

use crate::model::field::Known;
use crate::model::task::command::is_shell;
use crate::model::{Command, HealthCheckForm, ShellCall, is_unsplit};
use crate::source::Cut;

/// What a health check runs.
#[derive(Clone, Debug)]
pub(crate) struct Probe<'d> {
    /// The word that requires a shell: `CMD-SHELL`, or the name of the shell.
    pub shell: Option<Known<'d, &'d str>>,
    /// The command line that the shell runs, or the words of a program.
    texts: Vec<Known<'d, &'d str>>,
}

/// A call to a port of the container's own network.
#[derive(Clone, Debug)]
pub(crate) struct LocalCall<'d> {
    /// The port.
    pub port: i64,
    /// The text that contains the call.
    pub text: Known<'d, &'d str>,
    /// The bytes of the port in the text; those of the host if the port is the default of its scheme.
    pub range: Range<usize>,
}

impl<'d> Probe<'d> {
    /// What a command runs; `None` if it runs nothing, or not as written.
    pub(crate) fn read(command: &Command<'d>) -> Option<Probe<'d>> {
        let words = command.words();
        let (first, rest) = words.split_first()?;
        let run = match (HealthCheckForm::read(first), rest) {
            (HealthCheckForm::Shell, [line]) => {
                return Some(Probe { shell: Some(*first), texts: vec![*line] });
            }
            (HealthCheckForm::Shell, _) => return None,
            (HealthCheckForm::Bare, _) if first.value() == "NONE" => return None,
            (HealthCheckForm::Bare, _) => words,
            (HealthCheckForm::Program, _) => rest,
        };
        let is_misspelled = HealthCheckForm::meant(first, rest.first().map(|next| next.value())).is_some();
        if is_misspelled || run.first().is_none_or(|program| is_unsplit(program)) {
            return None;
        }
        match ShellCall::find(run) {
            Some(call) => {
                let shell = run.iter().copied().find(|word| is_shell(word));
                Some(Probe { shell, texts: vec![call.script?] })
            }
            None => Some(Probe { shell: None, texts: run.to_vec() }),
        }
    }

    /// The places of the programs that it runs, each in the text that contains it.
    pub(crate) fn programs(&self) -> Vec<(Known<'d, &'d str>, Range<usize>)> {
        let Some(first) = self.texts.first() else { return Vec::new() };
        if self.shell.is_some() {
            return programs_of(first).into_iter().map(|range| (*first, range)).collect();
        }
        vec![(*first, 0..first.len())]
    }

    /// The calls to `localhost` and `127.0.0.1`; `None` if the port of one is not known.
    pub(crate) fn local_calls(&self) -> Option<Vec<LocalCall<'d>>> {
        let mut calls = Vec::new();
        for text in &self.texts {
            let ports = local_ports(text)?.into_iter();
            calls.extend(ports.map(|(port, range)| LocalCall { port, text: *text, range }));
        }
        Some(calls)
    }
}

/// The places of the programs that a command line runs: the first words of its simple commands.
fn programs_of(line: &str) -> Vec<Range<usize>> {
    const BEFORE_A_PROGRAM: [&str; 11] =
        ["if", "then", "else", "elif", "while", "until", "do", "!", "{", "exec", "time"];
    let mut programs = Vec::new();
    let (mut quote, mut start, mut is_expected) = (None, None, true);
    for (at, c) in line.char_indices().chain([(line.len(), ';')]) {
        let is_operator = "|&;()`\n".contains(c);
        match quote {
            Some(open) if at < line.len() => {
                quote = Some(open).filter(|open| *open != c);
                continue;
            }
            _ if c == '\'' || c == '"' => quote = Some(c),
            _ => {}
        }
        if !is_operator && !c.is_whitespace() {
            start = start.or(Some(at));
            continue;
        }
        if let Some(from) = start.take() {
            let word = line.cut(from..at);
            let leads_on = BEFORE_A_PROGRAM.contains(&word) || word.contains('=');
            if is_expected && !leads_on {
                programs.push(from..at);
                is_expected = false;
            }
        }
        // What follows a substitution is a word of the command around it.
        is_expected = c != ')' && (is_expected || is_operator);
    }
    programs
}

/// The ports of `localhost` and `127.0.0.1` that a text calls, with their places; `None` if one is not known.
fn local_ports(text: &str) -> Option<Vec<(i64, Range<usize>)>> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    let mut ports = Vec::new();
    for host in ["localhost", "127.0.0.1"] {
        for (at, _) in text.match_indices(host) {
            let end = at + host.len();
            let (before, after) = (text.cut(..at), text.cut(end..));
            if before.ends_with(is_part) || after.starts_with(is_part) {
                continue;
            }
            if after.starts_with(['$', '`']) {
                return None;
            }
            let (port, space) = match after.strip_prefix(':') {
                Some(port) => (port, 1),
                None => (after.trim_start_matches(' '), after.len() - after.trim_start_matches(' ').len()),
            };
            let digits = port.len() - port.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            let is_whole = !port.cut(digits..).starts_with(|c| is_part(c) || c == '$');
            let defaults = [("http://", 80), ("https://", 443)];
            if space > 0 && digits > 0 && is_whole {
                ports.push((port.cut(..digits).parse().ok()?, end + space..end + space + digits));
            } else if after.starts_with(':') {
                return None;
            } else if let Some((_, port)) = defaults.iter().find(|(scheme, _)| before.ends_with(scheme)) {
                ports.push((*port, at..end));
            }
        }
    }
    Some(ports)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_runs_programs() {
        let programs = |line: &str| {
            programs_of(line).into_iter().map(|range| line.cut(range)).collect::<Vec<_>>().join(" ")
        };
        for (line, names) in [
            ("curl -f http://localhost/ || exit 1", "curl exit"),
            ("if ! wget -q -O- 'http://localhost/?a=1;curl'; then exit 1; fi", "wget exit fi"),
            ("TOKEN=x curl localhost|grep ok", "curl grep"),
            ("test $(curl -s localhost) = ok", "test curl"),
            ("echo \"curl", "echo"),
            ("", ""),
        ] {
            assert_eq!(programs(line), names, "{line}");
        }
    }

    #[test]
    fn calls_to_the_own_network_have_ports() {
        let ports =
            |text| local_ports(text).map(|ports| ports.into_iter().map(|(port, _)| port).collect::<Vec<_>>());
        for (text, expected) in [
            ("curl -f http://localhost:3000/health || exit 1", &[3000][..]),
            ("curl -f http://localhost/ || exit 1", &[80]),
            ("wget https://127.0.0.1", &[443]),
            ("nc -z localhost 6379", &[6379]),
            ("curl localhost:80 127.0.0.1:81", &[80, 81]),
            ("pg_isready -h localhost", &[]),
            ("curl http://my-localhost:80/ http://localhost.example:81/ http://127.0.0.11:82/", &[]),
        ] {
            assert_eq!(ports(text).as_deref(), Some(expected), "{text}");
        }
        for text in [
            "curl http://localhost:$PORT/",
            "curl http://localhost:80$X/",
            "curl http://localhost:${PORT}",
            "curl http://localhost$ADDRESS",
            "curl http://localhost:99999999999999999999/",
        ] {
            assert_eq!(ports(text), None, "{text}");
        }
    }
}
