//! How much memory the runtimes in containers may use according to their own settings.

use std::ops::Range;

use crate::model::field::{Field, Known};
use crate::model::{Container, Mebibytes};
use crate::source::Cut;

/// A setting that limits the memory of a runtime.
#[derive(Clone, Debug)]
pub(crate) struct HeapLimit<'d> {
    /// The value that holds the setting.
    pub value: Known<'d, &'d str>,
    /// The bytes of the value that contain the setting.
    pub at: Range<usize>,
    /// The name of the setting: `-Xmx`.
    pub name: &'static str,
    /// What it limits, for a sentence: `the Java heap`.
    pub what: &'static str,
    /// The limit in bytes; `None` if it is a share of the container's memory.
    pub bytes: Option<u64>,
}

impl<'d> Container<'d> {
    /// The memory in MiB above which the container is killed: its own limit, otherwise that of its task.
    /// `None` if it is not known, or if the container may swap.
    pub(crate) fn memory_ceiling(&self) -> Option<Known<'d, Mebibytes>> {
        let may_swap = !self.linux_parameters().and_then(|linux| linux.max_swap()).is_missing();
        let whole = self.task().map_or(Field::Missing, |task| task.memory());
        let ceiling = match (self.memory(), whole) {
            (Field::Known(own), Field::Known(whole)) => Some(if *own <= *whole { own } else { whole }),
            (Field::Known(own), _) => Some(own),
            (Field::Missing, Field::Known(whole)) => Some(whole),
            _ => None,
        };
        ceiling.filter(|_| !may_swap)
    }

    /// The settings of runtimes in the environment and the commands of the container.
    pub(crate) fn heap_limits(&self) -> Vec<HeapLimit<'d>> {
        let mut found = Vec::new();
        for variable in self.environment().items() {
            let (Some(name), Some(value)) = (variable.name().known(), variable.value().known()) else {
                continue;
            };
            match name.value() {
                "GOMEMLIMIT" => found.extend(of_whole(value, "GOMEMLIMIT", "Go's memory", go_size)),
                "DOTNET_GCHeapHardLimit" | "COMPlus_GCHeapHardLimit" => {
                    found.extend(of_whole(value, "GCHeapHardLimit", "the .NET heap", hexadecimal));
                }
                _ => found.extend(in_text(value)),
            }
        }
        for command in [self.entry_point(), self.command()].into_iter().filter_map(Field::known) {
            found.extend(command.words().iter().flat_map(|word| in_text(*word)));
        }
        found
    }
}

fn of_whole<'d>(
    value: Known<'d, &'d str>,
    name: &'static str,
    what: &'static str,
    size: fn(&str) -> Option<u64>,
) -> Option<HeapLimit<'d>> {
    let bytes = size(value.trim())?;
    Some(HeapLimit { value, at: 0..value.len(), name, what, bytes: Some(bytes) })
}

/// The settings in a text: options of Java and of Node.js. If an option is repeated, the last one applies.
fn in_text<'d>(value: Known<'d, &'d str>) -> Vec<HeapLimit<'d>> {
    let text = value.value();
    // Most texts contain none.
    if !text.contains('-') || !text.contains("-X") && !text.contains("old") {
        return Vec::new();
    }
    let mut found: Vec<HeapLimit> = Vec::new();
    for (start, option) in options(text) {
        if let Some((name, what, bytes)) = read(option, text) {
            found.retain(|earlier| earlier.what != what);
            found.push(HeapLimit { value, at: start..start + option.len(), name, what, bytes });
        }
    }
    found
}

/// The words of a text that begin with a dash, and where they begin.
fn options(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let is_between = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | ';' | '&' | '|' | ',');
    let mut start = 0;
    text.split(is_between)
        .map(move |word| {
            let at = start;
            // The character that ends a word is either one byte or a non-ASCII space.
            start += word.len() + text.cut(at + word.len()..).chars().next().map_or(0, char::len_utf8);
            (at, word)
        })
        .filter(|(_, word)| word.starts_with('-'))
}

type Setting = (&'static str, &'static str, Option<u64>);

fn read(option: &str, text: &str) -> Option<Setting> {
    const HEAP: &str = "the Java heap";
    if let Some(size) = option.strip_prefix("-Xmx").or(option.strip_prefix("-XX:MaxHeapSize=")) {
        return Some(("-Xmx", HEAP, Some(java_size(size)?)));
    }
    if let Some(size) = option.strip_prefix("-XX:MaxRAM=") {
        // By default the heap is a quarter of it; these options set another share.
        let is_shared_otherwise = text.contains("MaxRAMPercentage") || text.contains("MaxRAMFraction");
        let heap = java_size(size)? / 4;
        return (!is_shared_otherwise).then_some(("-XX:MaxRAM", HEAP, Some(heap)));
    }
    if let Some(share) = option.strip_prefix("-XX:MaxRAMPercentage=") {
        let share: f64 = share.parse().ok()?;
        return (share >= 100.0).then_some(("-XX:MaxRAMPercentage", HEAP, None));
    }
    let (name, size) = option.split_once('=')?;
    let is_old_space = name.trim_start_matches('-').replace('_', "-") == "max-old-space-size";
    let size: u64 = if is_old_space { size.parse().ok()? } else { return None };
    Some(("--max-old-space-size", "the Node.js heap", Some(size.checked_mul(1 << 20)?)))
}

/// A number of bytes with a letter as its unit, in Java's notation: `2g`.
fn java_size(text: &str) -> Option<u64> {
    let (number, unit) = match text.char_indices().last()? {
        (_, '0'..='9') => (text, 0),
        (at, 'k' | 'K') => (text.cut(..at), 10),
        (at, 'm' | 'M') => (text.cut(..at), 20),
        (at, 'g' | 'G') => (text.cut(..at), 30),
        (at, 't' | 'T') => (text.cut(..at), 40),
        _ => return None,
    };
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    if is_number { number.parse::<u64>().ok()?.checked_mul(1 << unit) } else { None }
}

/// A number of bytes with a unit, in Go's notation: `750MiB`.
fn go_size(text: &str) -> Option<u64> {
    let units = [("KiB", 10), ("MiB", 20), ("GiB", 30), ("TiB", 40), ("B", 0)];
    let (number, unit) =
        units.iter().find_map(|(unit, power)| Some((text.strip_suffix(unit)?, *power))).unwrap_or((text, 0));
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    if is_number { number.parse::<u64>().ok()?.checked_mul(1 << unit) } else { None }
}

/// A hexadecimal number, with or without `0x`.
fn hexadecimal(text: &str) -> Option<u64> {
    u64::from_str_radix(text.strip_prefix("0x").unwrap_or(text), 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_read() {
        let sizes = |text: &str| -> Vec<Option<u64>> {
            options(text).filter_map(|(_, option)| read(option, text)).map(|(.., bytes)| bytes).collect()
        };
        const GIB: u64 = 1 << 30;
        for (text, size) in [
            ("-Xmx2g", 2 * GIB),
            ("-server -Xms256m -Xmx2048M -Dx=y", 2 * GIB),
            ("exec java \"-Xmx2147483648\" -jar app.jar", 2 * GIB),
            ("-XX:MaxHeapSize=2g", 2 * GIB),
            ("-XX:MaxRAM=8g", 2 * GIB),
            ("--max-old-space-size=2048", 2 * GIB),
            ("node --max_old_space_size=2048 app.js", 2 * GIB),
        ] {
            assert_eq!(sizes(text), [Some(size)], "{text}");
        }
        assert_eq!(sizes("-XX:MaxRAMPercentage=100.0"), [None]);
        for text in [
            "-Xmx",
            "-Xmx$MEMORY",
            "-Xmx2x",
            "Xmx2g",
            "-XX:MaxRAMPercentage=75",
            "-XX:MaxRAM=8g -XX:MaxRAMPercentage=10",
            "--max-old-space-size",
            "--old",
        ] {
            assert_eq!(sizes(text), [], "{text}");
        }
        assert_eq!(
            [go_size("750MiB"), go_size("1GiB"), go_size("1024"), go_size("off")],
            [Some(750 << 20), Some(GIB), Some(1024), None]
        );
        assert_eq!(
            [hexadecimal("0x40000000"), hexadecimal("40000000"), hexadecimal("1GB")],
            [Some(GIB), Some(GIB), None]
        );
    }
}
