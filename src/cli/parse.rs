//! The words of the command line become arguments.

use std::ffi::OsString;

use clap::error::ErrorKind;
use clap::parser::ValueSource;
use clap::{ArgMatches, Command, CommandFactory, FromArgMatches};

use super::arguments::{Arguments, Verb};
use super::status::Status;
use super::terminal;
use crate::spelling::nearest;
use crate::visible::has_control;

/// The arguments of this process.
///
/// # Errors
///
/// The status to end with, after clap has said what is wrong, or the help or the version that is asked
/// for.
pub(super) fn arguments() -> Result<Arguments, Status> {
    let mut words: Vec<OsString> = std::env::args_os().collect();
    let mut command = Arguments::command();
    let (arguments, matches) = read(&mut command, &words)?;
    let Some(verb) = &arguments.verb else { return Ok(arguments) };
    let Some(option) = own_option(&command, &matches) else { return Ok(arguments) };
    if !matches!(verb, Verb::Check(_)) {
        let verb = matches.subcommand_name().unwrap_or_default();
        return Err(terminal::fail(&format!("`--{option}` has no effect on `{verb}`")));
    }
    // The options before the verb are its own: they are read as if they came after it.
    let is_verb = |word: &OsString| ["check", "lint"].iter().any(|verb| word == verb);
    if let Some(at) = words.iter().skip(1).position(is_verb) {
        words.get_mut(1..=at + 1).unwrap_or_default().rotate_right(1);
    }
    Ok(read(&mut command, &words)?.0)
}

/// All commands and options, for what is generated from them.
pub(super) fn command() -> Command {
    Arguments::command()
}

/// The verb that somebody has most likely meant who wrote a word in the place of one.
pub(super) fn nearest_verb(word: &str) -> Option<String> {
    let command = Arguments::command();
    let names = command
        .get_subcommands()
        .flat_map(|verb| std::iter::once(verb.get_name()).chain(verb.get_all_aliases()));
    nearest(word, names.chain(["help"])).map(str::to_owned)
}

fn read(command: &mut Command, words: &[OsString]) -> Result<(Arguments, ArgMatches), Status> {
    let matches = command.try_get_matches_from_mut(words);
    let both = matches.and_then(|matches| Ok((Arguments::from_arg_matches(&matches)?, matches)));
    both.map_err(|error| refuse(&error, words))
}

/// An option before a verb that is not for all verbs.
fn own_option(command: &Command, matches: &ArgMatches) -> Option<String> {
    let is_given = |id: &str| {
        matches.try_contains_id(id).is_ok() && matches.value_source(id) == Some(ValueSource::CommandLine)
    };
    let mut options = command.get_arguments().filter(|one| !one.is_global_set());
    options.find_map(|one| one.get_long().filter(|_| is_given(one.get_id().as_str())).map(str::to_owned))
}

/// Says what clap says instead of arguments: what is wrong with them, or the help or the version that
/// they ask for.
fn refuse(error: &clap::Error, words: &[OsString]) -> Status {
    if let (ErrorKind::InvalidUtf8, Some(word)) =
        (error.kind(), words.iter().find(|word| word.to_str().is_none()))
    {
        return terminal::fail(&format!("`{}` is not UTF-8", word.to_string_lossy()));
    }
    let text = error.render();
    // clap shows arguments as they are.
    if words.iter().any(|argument| has_control(&argument.to_string_lossy())) {
        let text = text.to_string();
        return terminal::fail(text.lines().next().unwrap_or_default().trim_start_matches("error: "));
    }
    // Help and version are not errors; clap knows where each belongs.
    let is_wrong = error.use_stderr();
    let style =
        if is_wrong { terminal::style_of_errors(None, false) } else { terminal::style(None, false, true) };
    let text = if style.color { text.ansi().to_string() } else { text.to_string() };
    if is_wrong {
        terminal::complain_at_length(&text);
    }
    Status::of(is_wrong || !terminal::say(&text), false)
}
