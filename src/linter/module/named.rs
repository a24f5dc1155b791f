//! Files in JSON that a module names somewhere, whatever it makes of them: Terraform reads these too, and may complete
//! what is in them.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::containment::contained;
use crate::document::{Document, DocumentKind, Form};
use crate::finding::{Problem, Severity};
use crate::inputs::Input;
use crate::linter::Linter;
use crate::linter::reading::Reading;
use crate::model::Effect;
use crate::project;
use crate::schema::UNQUOTE;
use crate::source::Source;

/// What is in the names of files in JSON and of templates.
const ENDINGS: [&str; 4] = [".json", ".tftpl", ".tmpl", ".tpl"];

/// Longer texts are not paths.
const LONGEST: usize = 300;

/// The path of a file in a text of a module, which may contain interpolations.
#[derive(Debug)]
pub(in crate::linter) struct NamedFile {
    path: String,
    /// Whether Terraform itself reads it, as far as can be seen: other tools get their paths in attributes.
    is_read: bool,
}

impl NamedFile {
    /// All of them in a text.
    pub(super) fn all(text: &str) -> Vec<NamedFile> {
        let mut found = Vec::new();
        if !ENDINGS.iter().any(|ending| text.contains(ending)) {
            return found;
        }
        let mut before = "";
        for part in text.split('"') {
            // In Terraform's JSON syntax, quotation marks within a text have a backslash.
            let path = part.trim_end_matches('\\');
            let is_file = || ENDINGS.iter().any(|ending| file_of(path).contains(ending));
            if path.len() <= LONGEST && is_file() && !path.contains(['\n', ' ']) {
                let is_argument = before.trim_end_matches('\\').trim_end().ends_with(['(', ',']);
                let is_read = is_argument || path.contains("${path.");
                found.push(NamedFile { path: path.to_owned(), is_read });
            }
            before = part;
        }
        found
    }

    /// Whether it is a file of this name, if the module is in a folder and there are files of these names.
    fn is(&self, name: &str, folder: &str, names: &HashSet<&str>) -> bool {
        let of_module = self.path.strip_prefix("${path.module}/");
        let plain = of_module.unwrap_or(&self.path);
        if !plain.contains("${") {
            let there = project::join(folder, plain);
            if of_module.is_some() || names.contains(there.as_str()) {
                return there == name;
            }
        }
        // Where the path begins is not known.
        let known = plain.rsplit_once('}').map_or(plain, |(_, rest)| rest).trim_start_matches("%s");
        let known = known.split('/').filter(|step| !matches!(*step, "" | "." | ".."));
        let known: Vec<&str> = known.collect();
        let steps: Vec<&str> = name.split('/').collect();
        !known.is_empty() && steps.ends_with(&known)
    }
}

/// The last part of a path.
fn file_of(path: &str) -> &str {
    path.rsplit(['/', '}']).next().unwrap_or(path)
}

impl Linter {
    /// Reads the files that modules name as Terraform does.
    pub(super) fn read_named(
        &self,
        inputs: &[&Input],
        readings: &mut [Result<Reading, String>],
        text_of: &dyn Fn(&Input) -> Result<Arc<Source>, String>,
    ) {
        for at in fragments_named(inputs, readings) {
            readings[at] = Ok(Reading::default());
        }
        for (at, kind) in files_named(inputs, readings) {
            let known = readings[at].as_ref().ok().and_then(|reading| reading.source.clone());
            let read = || {
                let text = known.map_or_else(|| text_of(inputs[at]), Ok)?;
                Ok(match kind {
                    DocumentKind::ContainerDefinitions => self.read_containers(text, inputs[at], &[]),
                    _ => self.read_with(text, inputs[at], &[&Effect::Complete]),
                })
            };
            readings[at] = contained(read).and_then(|reading| reading);
            for finding in readings[at].iter_mut().flat_map(|reading| &mut reading.findings) {
                // The module may add what is missing, and drop or convert what it decodes or replaces.
                let id = self.registry.get(finding.rule).id;
                let is_of_shape = matches!(id, "unknown-field" | "wrong-type");
                if is_of_shape {
                    suggest(&mut finding.problem);
                }
                if finding.severity == Severity::Error && (id.starts_with("missing-") || is_of_shape) {
                    finding.severity = Severity::Warning;
                    finding.aws_says = None;
                }
            }
        }
    }
}

/// Makes the safe fix of a problem a suggestion: the module may do it.
fn suggest(problem: &mut Problem) {
    let is_unquoted = problem.help.as_ref().is_some_and(|help| help.starts_with(UNQUOTE));
    if is_unquoted {
        problem.help = Some(UNQUOTE.to_owned());
    }
    if problem.make_safe_fix_a_suggestion() || is_unquoted {
        problem.add_reason("unless the module does it");
    }
}

/// The files that modules name.
struct AllNamed<'r> {
    /// By the last part of their paths, each with the file that names it.
    named: HashMap<&'r str, Vec<(&'r Input, &'r NamedFile)>>,
    /// The names of all files.
    names: HashSet<&'r str>,
}

impl<'r> AllNamed<'r> {
    /// `None` if no module names a file.
    fn of(inputs: &[&'r Input], readings: &'r [Result<Reading, String>]) -> Option<AllNamed<'r>> {
        let mut named: HashMap<&str, Vec<(&Input, &NamedFile)>> = HashMap::new();
        for (input, reading) in inputs.iter().zip(readings) {
            for file in reading.iter().flat_map(|reading| &reading.named_files) {
                named.entry(file_of(&file.path)).or_default().push((input, file));
            }
        }
        let names = || inputs.iter().map(|input| input.name.as_str()).collect();
        (!named.is_empty()).then(|| AllNamed { names: names(), named })
    }

    /// Whether a module of its project names a file in such a way.
    fn name(&self, input: &Input, is_meant: impl Fn(&NamedFile) -> bool) -> bool {
        let is_it = |(module, file): &(&Input, &NamedFile)| {
            is_meant(file)
                && module.project == input.project
                && file.is(&input.name, &module.folder, &self.names)
        };
        self.named.get(file_of(&input.name)).is_some_and(|files| files.iter().any(is_it))
    }
}

/// The positions of the parts of documents that modules name: they insert these into a text.
fn fragments_named(inputs: &[&Input], readings: &[Result<Reading, String>]) -> Vec<usize> {
    let is_fragment = |at: &usize| readings[*at].as_ref().is_ok_and(|reading| reading.is_lone_fragment());
    let fragments: Vec<usize> = (0..inputs.len()).filter(is_fragment).collect();
    let all = if fragments.is_empty() { None } else { AllNamed::of(inputs, readings) };
    all.map_or(Vec::new(), |all| fragments.into_iter().filter(|at| all.name(inputs[*at], |_| true)).collect())
}

/// The positions of the files that modules name, and what is in them.
fn files_named(inputs: &[&Input], readings: &[Result<Reading, String>]) -> Vec<(usize, DocumentKind)> {
    let Some(all) = AllNamed::of(inputs, readings) else { return Vec::new() };
    let is_whole = |document: &Document| document.address.is_none() && document.root().parent().is_none();
    let meant = inputs.iter().zip(readings).enumerate().filter_map(|(at, (input, reading))| {
        let [only] = reading.as_ref().ok()?.documents.as_slice() else { return None };
        let is_list = only.kind == DocumentKind::ContainerDefinitions;
        let is_task = only.kind == DocumentKind::TaskDefinition(Form::Input);
        let is_meant = is_whole(only) && (is_list || is_task);
        (is_meant && all.name(input, |file| file.is_read || is_list)).then_some((at, only.kind))
    });
    meant.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(text: &str) -> Vec<(String, bool)> {
        NamedFile::all(text).into_iter().map(|file| (file.path, file.is_read)).collect()
    }

    #[test]
    fn paths_are_found_in_any_expression() {
        for (text, path) in [
            ("x = file(\"a.json\")", "a.json"),
            ("x = \"${file(\"${path.module}/t/b.json\")}\"", "${path.module}/t/b.json"),
            ("x = replace(file( \"${local.dir}/c.json\"), \"x\", \"y\")", "${local.dir}/c.json"),
            ("x = file(format(\"%s/d.json.tpl\", path.module))", "%s/d.json.tpl"),
            ("{\"x\": \"${file(\\\"e.json\\\")}\"}", "e.json"),
            ("path = \"${path.root}/f.json\"", "${path.root}/f.json"),
            ("x = templatefile(\"t/g.tftpl\", {})", "t/g.tftpl"),
        ] {
            assert_eq!(named(text), [(path.to_owned(), true)], "{text}");
        }
        assert_eq!(
            named("TaskDefinitionTemplatePath = \"taskdef.json\""),
            [("taskdef.json".to_owned(), false)]
        );
        assert_eq!(named("x = \"a.json is read\""), []);
    }

    #[test]
    fn a_path_fits_as_far_as_it_is_known() {
        let names = HashSet::from(["app/t/a.json", "infra/main.tf", "infra/a.json"]);
        let is = |path: &str, name: &str| {
            NamedFile { path: path.to_owned(), is_read: true }.is(name, "infra", &names)
        };
        for (path, a) in [
            ("${path.module}/../app/t/a.json", true),
            ("${path.module}/t/a.json", false),
            ("../app/t/a.json", true),
            ("a.json", false),
            ("${path.module}/a.json", false),
            ("./app/t/a.json", true),
            ("t/a.json", true),
            ("${path.root}/t/a.json", true),
            ("${var.dir}/other/a.json", false),
            ("%s/t/a.json", true),
        ] {
            assert_eq!(is(path, "app/t/a.json"), a, "{path}");
        }
        assert!(is("a.json", "infra/a.json"));
    }
}
