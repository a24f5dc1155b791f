//! Options that have no effect together are refused, so that nobody relies on them.

use super::arguments::{CheckArguments, LookArguments};

/// What is wrong with a set of options, if anything is.
pub(super) fn without_effect(arguments: &CheckArguments, look: LookArguments) -> Option<String> {
    let reads_standard_input = arguments.paths.iter().any(|path| path == "-");
    let is_for_people = look.format.is_none_or(|format| format.name == "human");
    let has_report = is_for_people && arguments.output.is_empty();
    let reason = if arguments.unsafe_fixes && !arguments.fix && !arguments.diff {
        "`--unsafe-fixes` has no effect without `--fix` or `--diff`"
    } else if arguments.stdin_filename.is_some() && !reads_standard_input {
        "`--stdin-filename` has no effect without the path `-`, which is standard input"
    } else if arguments.diff && !has_report {
        "`--diff` prints a patch and no report: leave out `--format` and `--output`"
    } else if arguments.fix && reads_standard_input && arguments.paths.len() > 1 {
        "with `--fix`, the path `-` must be the only one: the fixed text is printed on standard output"
    } else if arguments.watches() && reads_standard_input {
        "`--watch` lints files again when they change, and standard input never does"
    } else if arguments.statistics && !is_for_people {
        "`--statistics` has no effect on a format for programs"
    } else {
        return None;
    };
    Some(reason.to_owned())
}
