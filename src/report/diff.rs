//! What a change of a text looks like: as a patch, and as a few lines under a finding.

use similar::{ChangeTag, TextDiff};

use super::style::Style;
use crate::fix::{Fix, apply};
use crate::secrecy::Masked;
use crate::source::{Cut, Source};
use crate::visible::{visible, visible_lines};

/// A change of more lines than this is not shown under a finding.
const MOST_LINES: usize = 12;
/// A change of a wider line is not shown under a finding.
const WIDEST: usize = 110;

/// The change of a file as a patch that `git apply` and `patch` take.
pub fn unified_diff(name: &str, before: &str, after: &str) -> String {
    let diff = TextDiff::from_lines(before, after);
    let name = name.strip_prefix("./").unwrap_or(name);
    let header = [format!("a/{name}"), format!("b/{name}")].map(|name| in_header(&name));
    diff.unified_diff().context_radius(3).header(&header[0], &header[1]).to_string()
}

/// A patch as a terminal may show it, in colours if they are wanted, which `git apply` need no longer
/// take.
pub fn visible_patch(patch: &str, style: Style) -> String {
    let patch = visible_lines(patch).collect::<String>().replace("␍\n", "\n");
    if !style.color {
        return patch;
    }
    let color = |line: &str| match line.as_bytes() {
        [b'-', b'-', b'-', ..] | [b'+', b'+', b'+', ..] => "1",
        [b'@', ..] => "36",
        [b'-', ..] => "31",
        [b'+', ..] => "32",
        _ => "0",
    };
    patch.lines().map(|line| format!("\x1b[{}m{line}\x1b[0m\n", color(line))).collect()
}

/// The name of a file as git writes it into a patch: what is not plain is spelled out.
fn in_header(name: &str) -> String {
    if visible(name) == name && !name.contains(['"', '\\']) {
        return name.to_owned();
    }
    let byte = |byte: u8| match byte {
        b'"' | b'\\' => format!("\\{}", char::from(byte)),
        b' '..=b'~' => char::from(byte).to_string(),
        _ => format!("\\{byte:03o}"),
    };
    format!("\"{}\"", name.bytes().map(byte).collect::<String>())
}

/// The lines that a fix takes away and puts in, without the blanks that all of them begin with;
/// none if they are too many or too long to be read at a glance, or hold what is not to be shown.
pub(super) fn small_diff(fix: &Fix, source: &Source, outcome: &Masked) -> Option<Vec<(char, String)>> {
    let line_of = |offset: u32| source.position(offset).line;
    let first = fix.edits.iter().map(|edit| line_of(edit.place.span.start)).min()?;
    let last = fix.edits.iter().map(|edit| line_of(edit.place.span.end)).max()?;
    // Only the lines concerned are compared, so that a large file costs no more than a small one.
    let starts = source.line_starts();
    let start = starts[first - 1] as usize;
    let end = starts.get(last).map_or(source.text.len(), |next| *next as usize);
    let is_wide = last - first > 4 * MOST_LINES || end - start > 4 * MOST_LINES * WIDEST;
    if is_wide || !outcome.concealed(source.id, start..end).is_empty() {
        return None;
    }
    let (after, _) = apply(source, [fix]);
    let kept = source.text.len() - end;
    let (before, after) = (source.text.cut(start..end), after.cut(start..after.len() - kept));
    let diff = TextDiff::from_lines(before, after);
    let changes = diff.iter_all_changes().filter_map(|change| {
        let sign = match change.tag() {
            ChangeTag::Delete => '-',
            ChangeTag::Insert => '+',
            ChangeTag::Equal => return None,
        };
        Some((sign, change.value().trim_end().to_owned()))
    });
    let mut lines: Vec<(char, String)> = changes.collect();
    if lines.len() > MOST_LINES || lines.iter().any(|(_, line)| line.chars().count() > WIDEST) {
        return None;
    }
    let blanks = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let common = lines.iter().map(|(_, line)| blanks(line)).min().unwrap_or(0);
    for (_, line) in &mut lines {
        *line = line.cut(common..).to_owned();
    }
    Some(lines)
}
