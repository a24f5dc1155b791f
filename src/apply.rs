//! Applies fixes until nothing changes any more.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use crate::containment::contained;
use crate::fix::{Fix, Safety, apply};
use crate::inputs::{Inputs, Overlay, Remark};
use crate::linter::{Linter, Outcome};
use crate::parse::parse;
use crate::source::{Place, Source, SourceId};

/// A fix may uncover another fault, whose fix may uncover a third; more rounds than this would
/// mean that two fixes undo each other.
const ROUNDS: usize = 10;

/// A text changed by fixes.
#[derive(Debug)]
pub struct Changed {
    /// The text as it was.
    pub before: Arc<Source>,
    /// The current text.
    pub after: String,
    /// How many fixes were made.
    pub fixes: usize,
    /// The parts of the text as it was that no report shows.
    pub concealed: Vec<Place>,
}

/// Applies all fixes up to a degree of safety to some inputs. Nothing is written: the changed texts are
/// returned, in the order of the inputs, with the findings in all texts after the change.
pub fn apply_fixes(linter: &Linter, inputs: &dyn Inputs, at_most: Safety) -> (Vec<Changed>, Outcome) {
    let mut outcome = linter.lint(inputs);
    let all = outcome.findings.iter().chain(&outcome.ignored);
    let told = all.flat_map(|finding| &finding.problem.concealed);
    let concealed: Vec<Place> = told.chain(&outcome.concealed).copied().collect();
    let mut rounds =
        Rounds { at_most, overlay: Overlay::new(inputs), begun: HashMap::new(), failures: Vec::new() };
    for _ in 0..ROUNDS {
        if !rounds.apply(&outcome) {
            break;
        }
        outcome = linter.lint(&rounds.overlay);
    }
    rounds.failures.dedup();
    outcome.failures.append(&mut rounds.failures);
    let mut changed: Vec<Changed> =
        inputs.list().iter().filter_map(|input| rounds.changed(input.id)).collect();
    for one in &mut changed {
        one.concealed.extend(concealed.iter().filter(|place| place.source == one.before.id));
    }
    (changed, outcome)
}

/// The result of the rounds so far.
struct Rounds<I> {
    at_most: Safety,
    /// The inputs with their changed texts.
    overlay: Overlay<I>,
    /// The original texts of those that changed, and the number of fixes in each.
    begun: HashMap<SourceId, (Arc<Source>, usize)>,
    failures: Vec<Remark>,
}

impl<I: Inputs> Rounds<I> {
    /// Applies what can be applied at once. False if nothing has changed.
    fn apply(&mut self, outcome: &Outcome) -> bool {
        let mut by_source: BTreeMap<SourceId, Vec<&Fix>> = BTreeMap::new();
        for fix in outcome.findings.iter().filter_map(|finding| finding.problem.fix.as_ref()) {
            let is_wanted = fix.safety <= self.at_most && fix.safety != Safety::Shown;
            if let Some(id) = fix.source().filter(|_| is_wanted) {
                by_source.entry(id).or_default().push(fix);
            }
        }
        let mut has_changed = false;
        for (id, fixes) in by_source {
            let source = &outcome.sources[&id];
            let change = contained(|| {
                let (after, made) = apply(source, fixes);
                (after != source.text && !is_worse(source, &after)).then_some((after, made))
            });
            match change {
                Ok(Some((after, made))) => {
                    self.begun.entry(id).or_insert_with(|| (Arc::clone(source), 0)).1 += made;
                    self.overlay.lay(id, after);
                    has_changed = true;
                }
                Ok(None) => {}
                Err(bug) => self.failures.push(Remark::new(&source.name, bug)),
            }
        }
        has_changed
    }

    /// The changed text of an input, if it has changed.
    fn changed(&mut self, id: SourceId) -> Option<Changed> {
        let (before, fixes) = self.begun.remove(&id)?;
        Some(Changed { before, after: self.overlay.lift(id)?, fixes, concealed: Vec::new() })
    }
}

/// Whether a change has broken the text, or set a key twice.
fn is_worse(before: &Source, after: &str) -> bool {
    let count = |text: &str| {
        let parsed = parse(Arc::new(Source::new(before.id, before.name.as_str(), text)));
        (parsed.faults.len(), parsed.duplicates.iter().map(|duplicate| duplicate.lost.len()).sum::<usize>())
    };
    let ((faults, repeated), (faults_before, repeated_before)) = (count(after), count(&before.text));
    faults > faults_before || repeated > repeated_before
}
