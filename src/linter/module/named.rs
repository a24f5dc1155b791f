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
use crate::model::{Effect, matches_pattern};
use crate::project;
use crate::schema::UNQUOTE;
use crate::source::Source;

/// What is in the names of files in JSON and of templates.
const ENDINGS: [&str; 4] = [".json", ".tftpl", ".tmpl", ".tpl"];

/// Longer texts are not paths.
const LONGEST: usize = 300;

/// What a text of a module says about files.
#[derive(Debug, Default)]
pub(in crate::linter) struct NamedFiles {
    files: Vec<NamedFile>,
    /// The variables whose values are the paths of files that Terraform reads, by the last parts of their names.
    variables: Vec<String>,
}

/// The path of a file in a text of a module.
#[derive(Debug)]
struct NamedFile {
    /// What is not known of it, such as an interpolation, is a star.
    path: String,
    /// Whether it begins at the folder of the module.
    is_of_module: bool,
    /// Whether Terraform itself reads it, as far as can be seen: other tools get their paths in attributes.
    is_read: bool,
    /// The attribute or variable that it is the value of.
    variable: Option<String>,
}

impl NamedFiles {
    /// All of them in a text.
    pub(in crate::linter) fn of(text: &str) -> NamedFiles {
        NamedFiles { files: NamedFile::all(text), variables: variables_read(text) }
    }
}

impl NamedFile {
    fn all(text: &str) -> Vec<NamedFile> {
        let mut found = Vec::new();
        if !ENDINGS.iter().any(|ending| text.contains(ending)) {
            return found;
        }
        // What is in front of the next one: the texts between and in quotation marks, the latest last.
        let (mut lead, mut word, mut before) = ("", "", "");
        let mut declared = "";
        for part in text.split('"') {
            // In Terraform's JSON syntax, quotation marks within a text have a backslash.
            let path = part.trim_end_matches('\\');
            let between = before.trim_end_matches('\\').trim_end();
            if between.ends_with("variable") {
                declared = part;
            }
            let is_file = || ENDINGS.iter().any(|ending| file_of(path).contains(ending));
            if path.len() <= LONGEST && is_file() && !path.contains(['\n', ' ']) {
                let searched = between.strip_suffix(',').map(str::trim_start);
                let folder = match searched {
                    Some("")
                        if word.len() <= LONGEST
                            && lead.trim_end_matches(['\\', ' ']).ends_with("fileset(") =>
                    {
                        word.trim_end_matches('\\')
                    }
                    Some(searched) if searched.ends_with("fileset(path.module") => OF_MODULE,
                    _ => "",
                };
                let is_of_list = between.ends_with('[');
                let variable = match between.trim_end_matches(['=', ':']).trim_end() {
                    _ if is_of_list => Some("value"),
                    _ if !between.ends_with(['=', ':']) => None,
                    "" => Some(word),
                    of => of.rsplit(|c: char| !is_of_name(c)).next().map(|name| match name {
                        "default" => declared,
                        name => name,
                    }),
                };
                found.push(NamedFile {
                    is_read: between.ends_with(['(', ',']) || path.contains("${path."),
                    variable: variable.map(str::to_owned),
                    ..NamedFile::at(folder, path)
                });
            }
            (lead, word, before) = (word, before, part);
        }
        found
    }

    /// The file at a path in a folder.
    fn at(folder: &str, path: &str) -> NamedFile {
        let path = if folder.is_empty() { path.to_owned() } else { format!("{folder}/{path}") };
        let of_module = path.strip_prefix(OF_MODULE).map(|path| path.trim_start_matches('/'));
        let mut known = String::new();
        for (at, part) in of_module.unwrap_or(&path).split("${").enumerate() {
            let part = if at == 0 { part } else { part.split_once('}').map_or("", |(_, part)| part) };
            known.extend((at > 0).then_some('*'));
            known.push_str(part);
        }
        let path = known.replace("%s", "*");
        NamedFile { is_of_module: of_module.is_some(), path, is_read: false, variable: None }
    }

    /// Whether it is a file, if a module names it, and there are files at these places.
    fn is(&self, file: &Input, module: &Input, places: &HashSet<&str>) -> bool {
        let folder = project::folder_of(module);
        if !self.path.starts_with('*') {
            let there = project::join(folder, &self.path);
            if fits(&there, &file.location) {
                return true;
            }
            if self.is_of_module || places.contains(there.as_str()) {
                return false;
            }
        }
        // Where the path begins is not known.
        let known = self.path.split('/').filter(|step| !matches!(*step, "" | "." | ".."));
        let known: Vec<&str> = known.skip_while(|step| step.trim_matches('*').is_empty()).collect();
        let is_below = || {
            let rest = file.location.strip_prefix(folder);
            folder.is_empty() || rest.is_some_and(|rest| rest.starts_with('/'))
        };
        // A file in any folder may be called anything.
        let is_told = match known.as_slice() {
            [] => false,
            [name] => !name.contains('*') || is_below(),
            _ => true,
        };
        is_told && module.project == file.project && fits(&format!("**/{}", known.join("/")), &file.location)
    }
}

/// Whether a path is as a pattern says: one star is any part of the name of a folder or a file, and two are any
/// folders.
fn fits(pattern: &str, path: &str) -> bool {
    let [pattern, path] = [pattern, path].map(|path| path.split('/').collect::<Vec<_>>());
    let is_it = |(pattern, name): (&&str, &&str)| matches_pattern(pattern, name);
    match pattern.iter().position(|step| *step == "**") {
        None => pattern.len() == path.len() && pattern.iter().zip(&path).all(is_it),
        Some(at) => {
            let (before, after) = (pattern.iter().take(at), pattern.iter().skip(at + 1));
            path.len() >= pattern.len() - 1
                && before.zip(&path).all(is_it)
                && after.rev().zip(path.iter().rev()).all(is_it)
        }
    }
}

/// How a path begins that is one in the folder of the module.
const OF_MODULE: &str = "${path.module}";

/// The last parts of the names of the variables in the calls of `file` and `templatefile` in a text.
fn variables_read(text: &str) -> Vec<String> {
    let arguments =
        text.split("file(").skip(1).map(|call| call.split([',', ')', '\n']).next().unwrap_or(call));
    let words = arguments.flat_map(|argument| argument.split(|c: char| c != '.' && !is_of_name(c)));
    let of_variable = |word: &str| ["var.", "local.", "each."].iter().any(|scope| word.starts_with(scope));
    let names = words.filter(|word| of_variable(word)).filter_map(|word| word.rsplit('.').next());
    // A set has values that are its keys.
    names.map(|name| if name == "key" { "value" } else { name }.to_owned()).collect()
}

/// Whether a character may be part of a name in HCL.
fn is_of_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-')
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

/// The most paths in which the name of the file is not known. Each is compared with each file.
const MOST_PATTERNS: usize = 100;

/// The files that modules name.
struct AllNamed<'r> {
    /// By where they are, each with the file that names it.
    exact: HashMap<String, Vec<(&'r Input, &'r NamedFile)>>,
    /// By the last part of their paths, if where these begin is not known.
    named: HashMap<&'r str, Vec<(&'r Input, &'r NamedFile)>>,
    /// Those in whose last part something is not known.
    patterns: Vec<(&'r Input, &'r NamedFile)>,
    /// The variables whose values are paths, with the projects that they are in.
    variables: HashSet<(Option<&'r str>, &'r str)>,
    /// Where all files are.
    places: HashSet<&'r str>,
}

impl<'r> AllNamed<'r> {
    /// `None` if no module names a file.
    fn of(inputs: &[&'r Input], readings: &'r [Result<Reading, String>]) -> Option<AllNamed<'r>> {
        if readings.iter().flatten().all(|reading| reading.named_files.files.is_empty()) {
            return None;
        }
        let mut all = AllNamed {
            exact: HashMap::new(),
            named: HashMap::new(),
            patterns: Vec::new(),
            variables: HashSet::new(),
            places: inputs.iter().map(|input| input.location.as_str()).collect(),
        };
        for (input, reading) in inputs.iter().zip(readings) {
            let Ok(Reading { named_files, .. }) = reading else { continue };
            for file in &named_files.files {
                let name = file_of(&file.path);
                if name.contains('*') {
                    if all.patterns.len() < MOST_PATTERNS {
                        all.patterns.push((input, file));
                    }
                    continue;
                }
                // There may be many modules that name a file alike.
                let there = project::join(project::folder_of(input), &file.path);
                let is_known =
                    !file.path.contains('*') && (file.is_of_module || all.places.contains(there.as_str()));
                match is_known {
                    true => all.exact.entry(there).or_default().push((input, file)),
                    false => all.named.entry(name).or_default().push((input, file)),
                }
            }
            let variables =
                named_files.variables.iter().map(|name| (input.project.as_deref(), name.as_str()));
            all.variables.extend(variables);
        }
        Some(all)
    }

    /// Whether a module names a file, whatever for.
    fn name(&self, input: &Input) -> bool {
        self.that_name(input).next().is_some()
    }

    /// Whether a module reads a file.
    fn read(&self, input: &Input) -> bool {
        self.that_name(input).any(|(module, file)| {
            let is_read =
                |name: &String| self.variables.contains(&(module.project.as_deref(), name.as_str()));
            file.is_read || file.variable.as_ref().is_some_and(is_read)
        })
    }

    /// What names a file, and where.
    fn that_name<'a>(&'a self, input: &'a Input) -> impl Iterator<Item = (&'r Input, &'r NamedFile)> {
        let named = self.named.get(file_of(&input.location)).into_iter().flatten();
        let exact = self.exact.get(&input.location).into_iter().flatten();
        let all = exact.chain(named).chain(&self.patterns).copied();
        all.filter(|(module, file)| file.is(input, module, &self.places))
    }
}

/// The positions of the parts of documents that modules name: they insert these into a text.
fn fragments_named(inputs: &[&Input], readings: &[Result<Reading, String>]) -> Vec<usize> {
    let is_fragment = |at: &usize| readings[*at].as_ref().is_ok_and(|reading| reading.is_lone_fragment());
    let fragments: Vec<usize> = (0..inputs.len()).filter(is_fragment).collect();
    let all = if fragments.is_empty() { None } else { AllNamed::of(inputs, readings) };
    all.map_or(Vec::new(), |all| fragments.into_iter().filter(|at| all.name(inputs[*at])).collect())
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
        (is_meant && (all.read(input) || is_list && all.name(input))).then_some((at, only.kind))
    });
    meant.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inputs::Role;
    use crate::source::SourceId;

    fn input(name: &str) -> Input {
        Input {
            id: SourceId(0),
            name: name.to_owned(),
            location: name.to_owned(),
            folder: String::new(),
            project: None,
            settings: None,
            path: name.to_owned(),
            role: Role::Named,
        }
    }

    #[test]
    fn paths_are_found_in_any_expression() {
        let named = |text: &str| -> Vec<(String, bool, bool)> {
            let files = NamedFile::all(text).into_iter();
            files.map(|file| (file.path, file.is_of_module, file.is_read)).collect()
        };
        for (text, path, is_of_module) in [
            ("x = file(\"a.json\")", "a.json", false),
            ("x = \"${file(\"${path.module}/t/b.json\")}\"", "t/b.json", true),
            ("x = replace(file( \"${local.dir}/c.json\"), \"x\", \"y\")", "*/c.json", false),
            ("x = file(format(\"%s/d.json.tpl\", path.module))", "*/d.json.tpl", false),
            ("{\"x\": \"${file(\\\"e.json\\\")}\"}", "e.json", false),
            ("path = \"${path.root}/f.json\"", "*/f.json", false),
            ("x = templatefile(\"t/g.tftpl\", {})", "t/g.tftpl", false),
            ("x = file(\"${path.module}/t/${each.key}-h.json\")", "t/*-h.json", true),
            ("x = fileset(path.module, \"t/*.json\")", "t/*.json", true),
            ("x = fileset(\"${path.module}/t\", \"*.json\")", "t/*.json", true),
            ("x = fileset(\"t\", \"*.json\")", "t/*.json", false),
        ] {
            assert_eq!(named(text), [(path.to_owned(), is_of_module, true)], "{text}");
        }
        let of_list: Vec<String> =
            named("x = toset([\"t/a.json\", \"t/b.json\"])").into_iter().map(|(path, ..)| path).collect();
        assert_eq!(of_list, ["t/a.json", "t/b.json"]);
        assert_eq!(
            named("TaskDefinitionTemplatePath = \"taskdef.json\""),
            [("taskdef.json".to_owned(), false, false)]
        );
        assert_eq!(named("x = \"a.json is read\""), []);
    }

    #[test]
    fn paths_are_the_values_of_variables() {
        for (text, variable) in [
            ("variable \"f\" {\n  type = string\n  default = \"a.json\"\n}", Some("f")),
            ("module \"m\" {\n  task_file = \"a.json\"\n}", Some("task_file")),
            ("{\"task_file\": \"a.json\"}", Some("task_file")),
            ("for_each = toset([\"a.json\"])", Some("value")),
            ("x = file(\"a.json\")", None),
        ] {
            let files = NamedFile::all(text);
            let variables: Vec<_> = files.iter().map(|file| file.variable.as_deref()).collect();
            assert_eq!(variables, [variable], "{text}");
        }
        for (text, name) in [
            ("x = file(var.f)", "f"),
            ("x = templatefile(local.td.path, {})", "path"),
            ("x = file(\"${path.module}/${each.value.file}\")", "file"),
            ("x = file(\"${path.module}/${each.key}\")", "value"),
        ] {
            assert_eq!(variables_read(text), [name], "{text}");
        }
        assert_eq!(variables_read("x = file(\"${path.module}/a.json\")"), [""; 0]);
    }

    #[test]
    fn a_path_fits_as_far_as_it_is_known() {
        let places = HashSet::from(["app/t/a.json", "infra/main.tf", "infra/a.json"]);
        let module = input("infra/main.tf");
        let is = |path: &str, name: &str| NamedFile::at("", path).is(&input(name), &module, &places);
        for (path, a) in [
            ("${path.module}/../app/t/a.json", true),
            ("${path.module}/../app/t/${each.key}.json", true),
            ("${path.module}/../app/${each.key}.json", false),
            ("${path.module}/../app/**/*.json", true),
            ("${path.module}/../**/t/*.json", true),
            ("${path.module}/../**/u/*.json", false),
            ("${path.module}/t/a.json", false),
            ("${path.module}/t/${each.key}.json", false),
            ("../app/t/a.json", true),
            ("a.json", false),
            ("${path.module}/a.json", false),
            ("./app/t/a.json", true),
            ("t/a.json", true),
            ("t/${var.x}.json", true),
            ("${path.root}/t/a.json", true),
            ("${var.dir}/other/a.json", false),
            ("${var.file}.json", false),
            ("%s/t/a.json", true),
        ] {
            assert_eq!(is(path, "app/t/a.json"), a, "{path}");
        }
        assert!(is("a.json", "infra/a.json"));
        assert!(is("${var.file}.json", "infra/t/a.json"));
    }
}
