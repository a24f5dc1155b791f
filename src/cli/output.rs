//! Which formats a report is written in, and where each goes.

use std::borrow::Cow;
use std::ffi::OsStr;
use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::terminal;
use crate::files::{self, reason};
use crate::inputs::Remark;
use crate::report::{self, Format, Run, Style};

/// A format, and where it goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Output {
    /// The format.
    pub format: &'static Format,
    /// The file that is written; standard output without one.
    pub file: Option<PathBuf>,
}

impl Output {
    /// Reads the value of `--output`: `FORMAT=FILE`.
    ///
    /// # Errors
    ///
    /// What is wrong with it.
    pub(super) fn read(text: &OsStr) -> Result<Output, String> {
        let bytes = text.as_encoded_bytes();
        let sign = bytes.iter().position(|byte| *byte == b'=');
        let sign = sign.ok_or("it must be FORMAT=FILE, such as sarif=ecs-lint.sarif")?;
        let name = String::from_utf8_lossy(&bytes[..sign]);
        let format = Format::named(&name)?;
        // The name of a file need not be UTF-8.
        match &bytes[sign + 1..] {
            b"" => Err(format!("the file is missing: use {name}=FILE, or {name}=- for standard output")),
            b"-" => Ok(Output { format, file: None }),
            file => Ok(Output { format, file: Some(files::path(file)) }),
        }
    }
}

/// All that a run writes.
#[derive(Debug)]
pub(super) struct Outputs {
    all: Vec<Output>,
    /// Whether what is meant for standard output goes to standard error.
    aside: bool,
}

impl Outputs {
    /// What the arguments ask for. Without any, people get their report on standard output.
    ///
    /// # Errors
    ///
    /// Which of them exclude each other.
    pub(super) fn of(outputs: &[Output], format: Option<&'static Format>) -> Result<Outputs, String> {
        let mut outputs = outputs.to_vec();
        outputs.extend(format.map(|format| Output { format, file: None }));
        let to_standard_output: Vec<&str> =
            outputs.iter().filter(|output| output.file.is_none()).map(|output| output.format.name).collect();
        if let [first, second, ..] = to_standard_output.as_slice() {
            return Err(format!(
                "only one format can be written to standard output, not both {first} and {second}: \
                 use --output {second}=FILE"
            ));
        }
        for (at, output) in outputs.iter().enumerate() {
            let is_same = |other: &&Output| match (&other.file, &output.file) {
                (Some(other), Some(file)) => other == file || files::is_same_file(other, file),
                _ => false,
            };
            if let (Some(other), Some(file)) = (outputs[..at].iter().find(is_same), &output.file) {
                let (first, second) = (other.format.name, output.format.name);
                return Err(format!("{} cannot hold both {first} and {second}", file.display()));
            }
        }
        if to_standard_output.is_empty() {
            outputs.push(Output { format: Format::named("human")?, file: None });
            // Annotations are lines of the log, which GitHub takes out of it.
            if std::env::var_os("GITHUB_ACTIONS").is_some_and(|value| value == "true") {
                outputs.push(Output { format: Format::named("github")?, file: None });
            }
        }
        Ok(Outputs { all: outputs, aside: false })
    }

    /// Whether one of them knows findings again in the next run.
    pub(super) fn have_fingerprints(&self) -> bool {
        self.all.iter().any(|output| matches!(output.format.name, "sarif" | "gitlab"))
    }

    /// The files that are written.
    pub(super) fn files(&self) -> impl Iterator<Item = &Path> {
        self.all.iter().filter_map(|output| output.file.as_deref())
    }

    /// Writes to standard error what is meant for standard output, where something else is printed.
    pub(super) fn move_to_standard_error(&mut self) {
        self.aside = true;
    }

    /// Whether standard output says what was looked at, in words for people.
    pub(super) fn tell_the_summary(&self) -> bool {
        self.all.iter().any(|output| output.file.is_none() && output.format.name == "human")
    }

    /// Writes all of them. False if standard output could not be written; what else failed, for standard
    /// error.
    pub(super) fn write(&self, run: &Run) -> (bool, Vec<Remark>) {
        let (mut is_written, mut failures) = (true, Vec::new());
        for Output { format, file } in &self.all {
            let style =
                if file.is_none() { run.style } else { Style { full: run.style.full, ..Style::PLAIN } };
            let written = (format.write)(&Run { style, ..*run });
            failures.extend(written.failures);
            let text = match terminal::wants_ascii() {
                true => (format.in_ascii)(&written.text),
                false => Cow::Borrowed(written.text.as_str()),
            };
            match file {
                None if self.aside => terminal::write_aside(&text),
                None => is_written &= terminal::write(&text),
                Some(file) => failures.extend(failure(file, files::write_over(file, text.as_bytes()))),
            }
        }
        if self.all.iter().any(|output| output.format.name == "github") {
            failures.extend(add_step_summary(run));
        }
        failures.sort_unstable();
        failures.dedup();
        (is_written, failures)
    }
}

/// Adds a table to the page of the step that runs us in GitHub Actions. Says what failed.
fn add_step_summary(run: &Run) -> Option<Remark> {
    let file = std::env::var_os("GITHUB_STEP_SUMMARY").filter(|file| !file.is_empty())?;
    let open = OpenOptions::new().append(true).create(true).open(&file);
    let result = open.and_then(|mut open| open.write_all(report::step_summary(run).as_bytes()));
    failure(Path::new(&file), result)
}

/// Why a file could not be written.
fn failure(file: &Path, result: io::Result<()>) -> Option<Remark> {
    let error = result.err()?;
    Some(Remark::new(file.display().to_string(), format!("the report cannot be written: {}", reason(&error))))
}
