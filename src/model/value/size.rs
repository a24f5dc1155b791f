//! Task sizes: CPU units and MiB, how they are spelled, and which combinations Fargate supports.

use std::fmt;
use std::sync::LazyLock;

use crate::facts::table;
use crate::model::Answer;
use crate::source::Cut;

/// CPU units: 1024 are one vCPU.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct CpuUnits(pub i64);

/// Memory in MiB: 1024 are what ECS calls a GB.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Mebibytes(pub i64);

impl CpuUnits {
    /// Reads a task's `cpu`: an integer number of CPU units, or a decimal number of vCPUs (`.25 vCPU`).
    pub(crate) fn read(text: &str) -> Option<CpuUnits> {
        size(text, "vcpu").map(CpuUnits)
    }

    /// Whether a task's `cpu` has one of the spellings that ECS accepts, whatever the amount.
    pub(crate) fn is_spelled(text: &str) -> bool {
        is_spelled(text, "vcpu")
    }

    /// Best guess at what an invalid `cpu` means: `1 core`, `0.5`, `256 units`.
    pub(crate) fn guess(text: &str) -> Option<CpuUnits> {
        let (number, unit) = number_and_unit(text)?;
        let units = match unit.as_str() {
            "" if number.fract() != 0.0 => number * 1024.0,
            "vcpus" | "cpu" | "cpus" | "core" | "cores" if number <= 32.0 => number * 1024.0,
            "unit" | "units" | "cpu unit" | "cpu units" | "cpu" => number,
            _ => return None,
        };
        (units >= 1.0 && units.fract() == 0.0).then_some(CpuUnits(units as i64))
    }
}

impl Mebibytes {
    /// Reads a task's `memory`: an integer number of MiB, or a decimal number of GB (`0.5 GB`).
    pub(crate) fn read(text: &str) -> Option<Mebibytes> {
        size(text, "gb").map(Mebibytes)
    }

    /// Whether a task's `memory` has one of the spellings that ECS accepts, whatever the amount.
    pub(crate) fn is_spelled(text: &str) -> bool {
        is_spelled(text, "gb")
    }

    /// Best guess at what an invalid `memory` means: `512MB`, `1 GiB`, `2g`.
    pub(crate) fn guess(text: &str) -> Option<Mebibytes> {
        let (number, unit) = number_and_unit(text)?;
        let size = match unit.as_str() {
            "m" | "mb" | "mi" | "mib" => number,
            "g" | "gi" | "gib" | "gig" | "gigs" | "gigabyte" | "gigabytes" => number * 1024.0,
            _ => return None,
        };
        (size >= 1.0 && size.fract() == 0.0).then_some(Mebibytes(size as i64))
    }
}

/// Whether a text is an integer, or a decimal number followed by the unit. Surrounding whitespace passes: how
/// ECS treats it is not known.
fn is_spelled(text: &str, unit: &str) -> bool {
    let lower = text.trim().to_ascii_lowercase();
    match lower.strip_suffix(unit) {
        Some(number) => {
            let number = number.trim_end_matches(' ');
            let digits = number.bytes().filter(u8::is_ascii_digit).count();
            let points = number.bytes().filter(|byte| *byte == b'.').count();
            digits > 0 && points <= 1 && digits + points == number.len()
        }
        None => !lower.is_empty() && lower.bytes().all(|byte| byte.is_ascii_digit()),
    }
}

/// A decimal number and, in lower case, the text after it.
fn number_and_unit(text: &str) -> Option<(f64, String)> {
    let text = text.trim();
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let number = text.cut(..end).parse().ok()?;
    Some((number, text.cut(end..).trim().to_ascii_lowercase()))
}

/// A positive size in the unit, or in 1024ths of it if there is no unit.
fn size(text: &str, unit: &str) -> Option<i64> {
    let lower = text.to_ascii_lowercase();
    let parts = match lower.strip_suffix(unit) {
        Some(number) => {
            let number = number.trim_end_matches(' ');
            let is_decimal = number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
            let parts = number.parse::<f64>().ok().filter(|_| is_decimal)? * 1024.0;
            (parts.fract() == 0.0).then_some(parts as i64)?
        }
        None if lower.bytes().all(|byte| byte.is_ascii_digit()) => lower.parse().ok()?,
        None => return None,
    };
    (parts > 0).then_some(parts)
}

/// `256 (.25 vCPU)`
impl fmt::Display for CpuUnits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({} vCPU)", self.0, self.0 as f64 / 1024.0)
    }
}

/// `512 MiB`, `4096 MiB (4 GB)`
impl fmt::Display for Mebibytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} MiB", self.0)?;
        if self.0 >= 1024 && self.0 % 512 == 0 {
            write!(f, " ({} GB)", self.0 as f64 / 1024.0)
        } else {
            Ok(())
        }
    }
}

/// A combination of sizes that Fargate supports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct FargateSize {
    /// The task's CPU.
    pub cpu: CpuUnits,
    /// The task's memory.
    pub memory: Mebibytes,
    /// Whether Fargate supports it with Linux.
    pub linux: bool,
    /// Whether Fargate supports it with Windows; `None` if sources disagree.
    pub windows: Option<bool>,
}

/// All combinations that Fargate supports, by CPU, then by memory, from `rules/data/fargate-sizes.tsv`.
pub(crate) fn fargate_sizes() -> &'static [FargateSize] {
    static SIZES: LazyLock<Vec<FargateSize>> =
        LazyLock::new(|| table!("fargate-sizes.tsv").lines().flat_map(sizes_of_row).collect());
    &SIZES
}

/// The combinations that Fargate supports, or may support, with an operating system.
pub(crate) fn fargate_sizes_with(windows: Answer) -> Vec<FargateSize> {
    let runs = |size: &&FargateSize| {
        (!windows.is_yes() && size.linux) || (!windows.is_no() && size.windows != Some(false))
    };
    fargate_sizes().iter().filter(runs).copied().collect()
}

/// The combinations that Fargate certainly supports, whatever the operating system turns out to be. These can
/// be suggested.
pub(crate) fn sure_fargate_sizes_with(windows: Answer) -> Vec<FargateSize> {
    let runs = |size: &&FargateSize| {
        (windows.is_yes() || size.linux) && (windows.is_no() || size.windows == Some(true))
    };
    fargate_sizes().iter().filter(runs).copied().collect()
}

fn sizes_of_row(row: &str) -> impl Iterator<Item = FargateSize> {
    let cells: Vec<&str> = row.split('\t').collect();
    let number = |column: usize| cells[column].parse::<i64>().expect("a number in the table of sizes");
    let (cpu, first, last, step) = (number(0), number(1), number(2), number(3));
    let systems = cells[4];
    let memories = (first..=last).step_by(step as usize);
    memories.map(move |memory| FargateSize {
        cpu: CpuUnits(cpu),
        memory: Mebibytes(memory),
        linux: systems.contains("linux"),
        windows: if systems.contains("windows?") { None } else { Some(systems.contains("windows")) },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spelled_sizes_are_sizes() {
        for (text, units) in
            [("256", 256), (".25 vcpu", 256), ("0.25 vCPU", 256), ("1vCPU", 1024), ("16 VCPU", 16384)]
        {
            assert_eq!(CpuUnits::read(text), Some(CpuUnits(units)), "{text}");
        }
        for (text, units) in [("512", 512), (".5 gb", 512), ("0.5 GB", 512), ("1.5GB", 1536), ("2 GB", 2048)]
        {
            assert_eq!(Mebibytes::read(text), Some(Mebibytes(units)), "{text}");
        }
        for text in ["", "0", "-256", "lots", "1 GiB", "256m", "0 vCPU", "1e3 vCPU", "inf vcpu"] {
            assert_eq!(CpuUnits::read(text), None, "{text}");
            assert_eq!(Mebibytes::read(text), None, "{text}");
        }
    }

    #[test]
    fn spellings_are_told_from_amounts() {
        for text in ["256", "0", ".3 vCPU", "0.25vcpu", "1. VCPU", " 256 ", "99999999999999999999"] {
            assert!(CpuUnits::is_spelled(text), "{text}");
        }
        for text in ["1core", "0.25", "-256", "vCPU", ". vCPU", "1.2.3 vCPU", "512m", "1 GB"] {
            assert!(!CpuUnits::is_spelled(text), "{text}");
        }
        for text in ["512MB", "2GiB", "1 gig", "512m", "1 vCPU"] {
            assert!(!Mebibytes::is_spelled(text), "{text}");
        }
    }

    #[test]
    fn other_spellings_can_be_guessed() {
        let cpu = [("1core", 1024), ("0.25", 256), ("2 vCPUs", 2048), ("256 units", 256), ("512cpu", 512)];
        for (text, units) in cpu {
            assert_eq!(CpuUnits::guess(text), Some(CpuUnits(units)), "{text}");
        }
        for (text, size) in [("512MB", 512), ("2GiB", 2048), ("1 gig", 1024), ("0.5g", 512)] {
            assert_eq!(Mebibytes::guess(text), Some(Mebibytes(size)), "{text}");
        }
        assert_eq!(CpuUnits::guess("512m"), None);
        assert_eq!(Mebibytes::guess("lots"), None);
    }

    #[test]
    fn the_table_of_sizes_is_whole() {
        let count = |cpu: i64| fargate_sizes().iter().filter(|size| size.cpu.0 == cpu && size.linux).count();
        let counts = [256, 512, 1024, 2048, 4096, 8192, 16384, 32768].map(count);
        assert_eq!(counts, [3, 4, 7, 13, 23, 12, 12, 3]);
    }
}
