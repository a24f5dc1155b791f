//! The settings of a run: the files that are in force, with the command line laid over them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use super::arguments::{CheckArguments, SettingsArguments};
use super::status::Status;
use super::terminal;
use crate::date::Date;
use crate::files::{self, Files, Lookup};
use crate::finding::{Category, Severity};
use crate::linter::Outcome;
use crate::report::{Human, Run, Style};
use crate::rules::Registry;
use crate::secrecy::{Masked, without_forms};
use crate::settings::{self, BASELINE_FILE, Baseline, File, Selection, Settings};
use crate::source::{Encoding, Source, SourceId};
use crate::spelling::nearest;

/// Which settings file the user wants.
pub(super) fn lookup(arguments: &SettingsArguments) -> Lookup {
    match &arguments.config {
        Some(path) => Lookup::At(path.clone()),
        None if arguments.no_config => Lookup::Nowhere,
        None => Lookup::Nearest,
    }
}

/// What the command line says about the settings.
pub(super) struct Wanted {
    /// Which rules run.
    pub chosen: Selection,
    /// From which severity on a finding fails the run.
    pub fail_on: Option<Severity>,
    /// The day of the run.
    pub today: Date,
    /// Whether findings are ignored.
    pub ignores: bool,
    /// Whether files are excluded.
    pub excludes: bool,
    /// The baseline to use instead of those beside the settings.
    pub baseline: Option<PathBuf>,
}

impl From<&CheckArguments> for Wanted {
    fn from(arguments: &CheckArguments) -> Wanted {
        Wanted {
            chosen: Selection {
                profile: arguments.profile.map(Into::into),
                only: arguments.only.clone(),
                also: arguments.also.clone(),
                skip: arguments.skip.clone(),
            },
            fail_on: arguments.fail_on.map(Into::into),
            today: arguments.as_of.unwrap_or_else(today),
            ignores: !arguments.no_ignores,
            excludes: !arguments.no_exclude,
            baseline: arguments.baseline.clone(),
        }
    }
}

/// The settings that are in force for some files. What they exclude is taken out of the files. `style`
/// is for what is told on standard error.
///
/// # Errors
///
/// The status of the run, if anything is wrong with the settings. All of it has been told.
pub(super) fn load(
    wanted: Wanted,
    files: &mut Files,
    registry: &Registry,
    style: Style,
) -> Result<Settings, Status> {
    let Wanted { chosen, fail_on, today, ignores, excludes, baseline } = wanted;
    let mut settings = Settings { chosen, fail_on, today, ignores, excludes, ..Settings::default() };
    if let Some(path) = baseline {
        settings.baseline = Some(read_baseline(&path)?);
    }
    check_names(&settings.chosen, registry).map_err(|reason| terminal::fail(&reason))?;
    let mut is_sound = true;
    for (at, (name, path)) in files.settings().iter().enumerate() {
        // Inputs are counted from the other end.
        let id = SourceId(u32::MAX - at as u32);
        match read(id, name, files.read_settings(path), registry, style) {
            Some(mut file) => {
                file.is_whole = files.hold_all_of(path);
                let beside = path.with_file_name(BASELINE_FILE);
                if settings.ignores && settings.baseline.is_none() && files::lies_at(&beside) {
                    file.baseline = Some(baseline_of(&beside, files::read_found(&beside))?);
                }
                settings.add(name, file);
            }
            None => is_sound = false,
        }
    }
    if !is_sound {
        return Err(Status::Failed);
    }
    files.exclude(|input| settings.exclude(input));
    let knows_findings = |file: &File| !file.ignores.is_empty() || file.baseline.is_some();
    settings.names_places = settings.baseline.is_some() || settings.files.values().any(knows_findings);
    Ok(settings)
}

/// Reads a baseline.
///
/// # Errors
///
/// The status of the run, if it cannot be read. Why has been told.
pub(super) fn read_baseline(path: &Path) -> Result<Baseline, Status> {
    baseline_of(path, files::read(path))
}

/// The baseline in some bytes, if they could be read.
fn baseline_of(path: &Path, bytes: Result<Vec<u8>, String>) -> Result<Baseline, Status> {
    let text = bytes.and_then(baseline_text);
    let baseline = text.and_then(|text| Baseline::read(&text));
    baseline.map_err(|reason| terminal::fail(&format!("{}: {reason}", path.display())))
}

/// The text of a baseline, without a byte order mark.
///
/// # Errors
///
/// Why it has none.
pub(super) fn baseline_text(bytes: Vec<u8>) -> Result<String, String> {
    let Source { text, encoding, .. } = Source::from_bytes(SourceId(0), BASELINE_FILE, bytes);
    match encoding {
        Encoding::Utf8 => Ok(text.trim_start_matches('\u{feff}').to_owned()),
        Encoding::Wide(name) => Err(format!("{name}, not UTF-8")),
        Encoding::Broken(_) => Err("not UTF-8".to_owned()),
    }
}

/// Reads the bytes of a settings file, or tells what is wrong with it.
pub(super) fn read(
    id: SourceId,
    name: &str,
    bytes: Result<Vec<u8>, String>,
    registry: &Registry,
    style: Style,
) -> Option<File> {
    let bytes = match bytes {
        Ok(bytes) => bytes,
        Err(reason) => {
            terminal::fail(&format!("{name}: {reason}"));
            return None;
        }
    };
    let source = Arc::new(Source::from_bytes(id, name, bytes));
    if source.encoding != Encoding::Utf8 {
        terminal::fail(&format!("{name}: not UTF-8"));
        return None;
    }
    match settings::read(Arc::clone(&source), registry) {
        Ok(file) => Some(file),
        Err(faults) => {
            let sources = BTreeMap::from([(id, source)]);
            let outcome = Masked::of(Outcome { sources, ..Outcome::default() });
            let run = Run { style, ..Run::of(&outcome, registry) };
            let human = Human::new(&run);
            let reports = faults.into_iter().map(|mut fault| {
                fault.message = without_forms(&fault.message);
                human.fault(&fault)
            });
            terminal::complain_at_length(&reports.collect::<Vec<String>>().join("\n"));
            None
        }
    }
}

/// Checks that all names on the command line are those of rules or categories.
fn check_names(chosen: &Selection, registry: &Registry) -> Result<(), String> {
    for name in chosen.only.iter().chain(&chosen.also).chain(&chosen.skip) {
        if name.parse::<Category>().is_ok() || registry.find(name).is_some() {
            continue;
        }
        let names = registry.names().chain(Category::ALL.map(Category::name));
        let hint = nearest(name, names).map_or(String::new(), |near| format!("; did you mean `{near}`?"));
        return Err(format!("there is no rule or category `{}`{hint}", without_forms(name)));
    }
    Ok(())
}

/// The day that it is, in UTC.
pub(super) fn today() -> Date {
    const SECONDS: u64 = 24 * 60 * 60;
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Date::after_epoch((since.as_secs() / SECONDS) as i64)
}
