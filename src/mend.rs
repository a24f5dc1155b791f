//! Fixes are applied until nothing moves any more.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::containment::contained;
use crate::fix::{Fix, Safety, apply};
use crate::linter::{Linter, Outcome};
use crate::parse::parse;
use crate::source::{Around, Encoding, Input, Inputs, Reach, Source, SourceId};

/// A fix may uncover another fault, whose fix may uncover a third; more rounds than this would
/// mean that two fixes undo each other.
const ROUNDS: usize = 10;

/// A text that fixes have changed.
#[derive(Debug)]
pub struct Mended {
    /// The input, by position.
    pub position: usize,
    /// The text as it was.
    pub before: Arc<Source>,
    /// The text as it is now.
    pub after: String,
    /// How many fixes were made.
    pub fixes: usize,
}

/// Applies all fixes up to a degree of safety to some inputs. Nothing is written: the changed
/// texts are returned with what is found in all texts after the change.
pub fn mend(linter: &Linter, inputs: &impl Inputs, at_most: Safety) -> (Vec<Mended>, Outcome) {
    let mut outcome = linter.lint(inputs);
    let mut mended: BTreeMap<usize, Mended> = BTreeMap::new();
    let mut failures = Vec::new();
    for _ in 0..ROUNDS {
        if !round(&outcome, at_most, &mut mended, &mut failures) {
            break;
        }
        outcome = linter.lint(&Changes { inputs, mended: &mended });
    }
    failures.dedup();
    outcome.failures.extend(failures);
    (mended.into_values().collect(), outcome)
}

/// Applies what can be applied at once. False if nothing has changed.
fn round(
    outcome: &Outcome,
    at_most: Safety,
    mended: &mut BTreeMap<usize, Mended>,
    failures: &mut Vec<(String, String)>,
) -> bool {
    let mut by_source: BTreeMap<SourceId, Vec<&Fix>> = BTreeMap::new();
    for fix in outcome.findings.iter().filter_map(|finding| finding.problem.fix.as_ref()) {
        if let Some(id) = fix.source().filter(|_| fix.safety <= at_most && fix.safety != Safety::Shown) {
            by_source.entry(id).or_default().push(fix);
        }
    }
    let mut changed = false;
    for (id, fixes) in by_source {
        let source = &outcome.sources[&id];
        let change = contained(|| {
            let (after, made) = apply(source, fixes);
            let is_better = source.encoding == Encoding::Utf8 && after != source.text;
            (is_better && !is_worse(source, &after)).then_some((after, made))
        });
        let (after, made) = match change {
            Ok(Some(change)) => change,
            Ok(None) => continue,
            Err(bug) => {
                failures.push((source.name.clone(), bug));
                continue;
            }
        };
        let position = id.0 as usize;
        let entry = mended.entry(position).or_insert_with(|| Mended {
            position,
            before: Arc::clone(source),
            after: String::new(),
            fixes: 0,
        });
        entry.after = after;
        entry.fixes += made;
        changed = true;
    }
    changed
}

/// Whether a change has broken the text.
fn is_worse(before: &Source, after: &str) -> bool {
    let faults =
        |text: &str| parse(Arc::new(Source::new(before.id, before.name.as_str(), text))).faults.len();
    faults(after) > faults(&before.text)
}

/// The inputs with what has been changed of them.
struct Changes<'i, I> {
    inputs: &'i I,
    mended: &'i BTreeMap<usize, Mended>,
}

impl<I: Inputs> Inputs for Changes<'_, I> {
    fn list(&self) -> &[Input] {
        self.inputs.list()
    }

    fn around(&self, reach: Reach) -> &Around {
        self.inputs.around(reach)
    }

    fn read(&self, position: usize) -> Result<Vec<u8>, String> {
        match self.mended.get(&position) {
            Some(mended) => Ok(mended.after.clone().into_bytes()),
            None => self.inputs.read(position),
        }
    }
}
