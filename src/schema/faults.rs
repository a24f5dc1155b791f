//! Faults of shape in our words: what is wrong, where exactly, what AWS would answer, what to
//! write instead.

use jsonschema::ValidationError;
use jsonschema::error::ValidationErrorKind as Broken;
use jsonschema::paths::LocationSegment;
use serde_json::{Value, json};

use super::bridge::Instance;
use super::place::{PlaceInDocument, Step, keys, note, property};
use super::{Schema, ShapeFault, ShapeRule};
use crate::document::{DocumentKind, ServiceForm};
use crate::finding::{Label, Problem, Severity};
use crate::fix::{Change, Fix, Safety};
use crate::placeholder::{self, Within};
use crate::source::Span;
use crate::spelling::{is_respelled, nearest};
use crate::tree::{Kind, Node, Tree};

/// From this number on, keys that begin with a capital letter are one finding: the document was
/// written for CloudFormation.
const FOREIGN_KEYS: usize = 3;

/// Tells all faults of a document that its schema does not accept.
pub(super) fn explain(schema: &Schema, kind: DocumentKind, tree: &mut Tree, root: u32) -> Vec<ShapeFault> {
    let mut faults = respell(schema, kind, tree, root);
    let mut told = Vec::new();
    let mut forget = Vec::new();
    let mut rename = Vec::new();
    {
        let mut explainer =
            Explainer { kind, root: tree.node(root), schema, forget: Vec::new(), rename: Vec::new() };
        let errors: Vec<ValidationError> =
            schema.validator.iter_errors(Instance::Node(tree.node(root))).collect();
        // Unknown keys first: one that is nearly the name of a demanded field owns its absence.
        let (unknown, rest): (Vec<_>, Vec<_>) =
            errors.iter().partition(|error| matches!(error.kind(), Broken::AdditionalProperties { .. }));
        for error in unknown.into_iter().chain(rest) {
            told.extend(explainer.tell(error));
        }
        forget.append(&mut explainer.forget);
        rename.append(&mut explainer.rename);
    }
    faults.append(&mut told);
    for (key, name) in rename {
        tree.rename_key(key, &name);
        tree.forget(key + 1);
    }
    for index in forget {
        tree.forget(index);
    }
    faults.sort_by_key(|fault| fault.problem.at.at);
    faults
}

/// Gives keys that differ from the API's in letter case, or by the underscores of snake case,
/// the API's name, and tells so where AWS would refuse them.
fn respell(schema: &Schema, kind: DocumentKind, tree: &mut Tree, root: u32) -> Vec<ShapeFault> {
    let mut found: Vec<(u32, String, String)> = Vec::new();
    loop {
        let mut more = Vec::new();
        PlaceInDocument::root(tree.node(root), &schema.json).each_object(&mut |object| {
            for (key, _) in object.node.members() {
                let written = key.text();
                if property(object.schema, written).is_some() {
                    continue;
                }
                let meant = keys(object.schema).find(|known| is_respelled(written, known));
                if let Some(meant) = meant.filter(|meant| object.node.get(meant).is_none()) {
                    more.push((key.index(), meant.to_owned(), object.noun(kind)));
                }
            }
        });
        if more.is_empty() {
            break;
        }
        // What stands under a renamed key can be looked at only now.
        for (key, name, _) in &more {
            tree.rename_key(*key, name);
        }
        found.append(&mut more);
    }
    if found.is_empty() || matches_keys_in_any_case(kind, tree.node(root)) {
        return Vec::new();
    }
    let capitals = found.iter().all(|(key, ..)| written_key(tree.node(*key)).starts_with(char::is_uppercase));
    if capitals && found.len() >= FOREIGN_KEYS && !kind.is_scaling() {
        return vec![foreign_spelling(tree, &found)];
    }
    let faults = found.iter().map(|(key, name, noun)| {
        let key = tree.node(*key);
        let written = written_key(key);
        let problem = Problem::new(
            format!("`{written}` is spelled `{name}` in the API"),
            Label::new(key.place(), format!("not a field of {noun}")),
        );
        let fix =
            Fix::new(Safety::Safe, format!("rename `{written}` to `{name}`"), &[Change::Rename(key, name)]);
        let problem =
            problem.help(format!("write `{name}`: the API tells upper and lower case apart")).fix(fix);
        ShapeFault { rule: ShapeRule::UnknownField, problem: lowered(problem, kind) }
    });
    faults.collect()
}

fn foreign_spelling(tree: &Tree, found: &[(u32, String, String)]) -> ShapeFault {
    let key = |index: u32| tree.node(index);
    let (first, name, _) = &found[0];
    let renames: Vec<Change> =
        found.iter().map(|(index, name, _)| Change::Rename(key(*index), name)).collect();
    let count = found.len();
    let problem = Problem::new(
        "the keys are spelled as in CloudFormation, not as in the API",
        Label::new(
            key(*first).place(),
            format!("`{name}` in the API; {count} keys begin with a capital letter"),
        ),
    );
    let fix = Fix::new(Safety::Safe, format!("rename {count} keys to the API's spelling"), &renames);
    let problem = problem.help("begin each key with a small letter, as the API's input has it").fix(fix);
    ShapeFault { rule: ShapeRule::UnknownField, problem }
}

/// The text of a key in the file, whatever it has been renamed to.
fn written_key(key: Node) -> String {
    key.tree().source.slice(key.span()).trim_matches('"').to_owned()
}

/// Whether the tool that reads such a document does not care about the letter case of keys:
/// ecspresso, and those that take Application Auto Scaling's keys with a small first letter.
fn matches_keys_in_any_case(kind: DocumentKind, root: Node) -> bool {
    let first = root.members().next().map(|(key, _)| written_key(key));
    let small = first.is_some_and(|key| key.starts_with(char::is_lowercase));
    kind == DocumentKind::Service(ServiceForm::Ecspresso) || (kind.is_scaling() && small)
}

/// An unknown key is no certain refusal where a tool reads the document before AWS does.
fn lowered(problem: Problem, kind: DocumentKind) -> Problem {
    match kind {
        DocumentKind::ContainerDefinitions | DocumentKind::Service(ServiceForm::Ecspresso) => {
            problem.at_most(Severity::Warning)
        }
        _ => problem,
    }
}

struct Explainer<'d> {
    kind: DocumentKind,
    root: Node<'d>,
    schema: &'d Schema,
    /// Values that are known to be wrong, by index.
    forget: Vec<u32>,
    /// Keys that are probably meant to be others.
    rename: Vec<(u32, String)>,
}

impl<'d> Explainer<'d> {
    fn tell(&mut self, error: &ValidationError) -> Vec<ShapeFault> {
        let Some(place) = self.find(error) else { return Vec::new() };
        let (rule, problem) = match error.kind() {
            Broken::AdditionalProperties { unexpected } => {
                return unexpected.iter().filter_map(|key| self.unknown_field(&place, key)).collect();
            }
            Broken::Required { property } => {
                (ShapeRule::MissingField, self.missing_field(&place, property.as_str().unwrap_or_default()))
            }
            Broken::Type { .. } => (ShapeRule::WrongType, self.wrong_type(&place)),
            _ => self.invalid_value(&place, keyword(error.kind())),
        };
        problem.map(|problem| ShapeFault { rule, problem }).into_iter().collect()
    }

    /// The node that an error speaks of, unless it stands in something unknown.
    fn find(&self, error: &ValidationError) -> Option<PlaceInDocument<'d>> {
        let mut place = PlaceInDocument::root(self.root, &self.schema.json);
        for segment in error.instance_path().segments() {
            let step = match segment {
                LocationSegment::Property(key) => Step::Key(key.into_owned()),
                LocationSegment::Index(position) => Step::Item(position),
            };
            place = place.step(step)?;
        }
        let hole =
            |node: Node| node.as_text().is_some_and(|text| placeholder::find(text, Within::Value).is_some());
        (place.node.kind() != Kind::Unknown && !hole(place.node)).then_some(place)
    }

    // ── Unknown fields ──────────────────────────────────────────────────────────────────────

    fn unknown_field(&mut self, object: &PlaceInDocument<'d>, name: &str) -> Option<ShapeFault> {
        let (key, value) = object.node.members().find(|(key, _)| key.text() == name)?;
        let is_root = object.steps.is_empty();
        if is_root && self.is_response_field(name) {
            return None;
        }
        let noun = object.noun(self.kind);
        let label = Label::new(key.place(), format!("not a field of {noun}"));
        let mut problem = Problem::new(format!("unknown field `{name}` in {noun}"), label);
        let path = object.path();
        let input = if path.is_empty() { "input" } else { &path };
        if !self.kind.is_described() && self.kind != DocumentKind::Service(ServiceForm::Ecspresso) {
            problem =
                problem.aws_says(format!("Unknown parameter in {input}: \"{name}\", must be one of: …"));
        }
        if is_comment(name) {
            problem.message = format!("`{name}` is no field that AWS knows");
            problem.at.text = "JSON has no comments, and neither has the API".to_owned();
            problem = problem
                .at_most(Severity::Warning)
                .help("the AWS CLI refuses the file as it is; keep such words beside it, or strip them before deploying");
            if self.kind.is_scaling() {
                let fix = Fix::new(Safety::Safe, format!("delete `{name}`"), &[Change::Remove(value)]);
                problem = problem.fix(fix);
            }
        } else {
            problem = self.suggest_field(problem, object, key);
        }
        Some(ShapeFault { rule: ShapeRule::UnknownField, problem: lowered(problem, self.kind) })
    }

    /// Output of the API may hold more than its input takes.
    fn is_response_field(&self, name: &str) -> bool {
        let listed = self.schema.json.get("x-response-only").and_then(Value::as_array);
        self.kind.is_described() || listed.is_some_and(|keys| keys.iter().any(|key| key == name))
    }

    fn suggest_field(&mut self, problem: Problem, object: &PlaceInDocument<'d>, key: Node<'d>) -> Problem {
        let name = key.text();
        let rename = |problem: Problem, meant: &str, safety: Safety| {
            let fix =
                Fix::new(safety, format!("rename `{name}` to `{meant}`"), &[Change::Rename(key, meant)]);
            problem.fix(fix)
        };
        if let Some(twin) = keys(object.schema).find(|known| is_respelled(name, known)) {
            return problem.help(format!("the API spells it `{twin}`, which stands here too: keep that one"));
        }
        if let Some(meant) =
            note(object.schema, "x-key-aliases", name).filter(|meant| object.node.get(meant).is_none())
        {
            self.rename.push((key.index(), meant.to_owned()));
            return rename(problem.help(format!("the API calls it `{meant}`")), meant, Safety::Safe);
        }
        if let Some(hint) = note(object.schema, "x-key-hints", name) {
            return problem.help(hint);
        }
        let suggested = note(object.schema, "x-key-suggestions", name)
            .filter(|meant| object.node.get(meant).is_none())
            .or_else(|| {
                let free = keys(object.schema).filter(|known| object.node.get(known).is_none());
                nearest(name, free)
            });
        // A key that is right elsewhere is rather misplaced than misspelled.
        if let Some(home) = self.home_of(object, name) {
            return problem.help(format!("`{name}` belongs in {home}"));
        }
        match suggested {
            Some(meant) => {
                self.rename.push((key.index(), meant.to_owned()));
                rename(problem.help(format!("did you mean `{meant}`?")), meant, Safety::Shown)
            }
            None => problem.help(format!("ECS has no field of this name in {}", object.noun(self.kind))),
        }
    }

    /// Where near an object a key would be right: around it, or in one of its members.
    fn home_of(&self, object: &PlaceInDocument<'d>, name: &str) -> Option<String> {
        for height in (0..object.around.len()).rev() {
            if object.around[height].get("properties").is_some_and(|known| known.get(name).is_some()) {
                let steps = object.steps[..height].to_vec();
                let around = PlaceInDocument { steps, ..object.clone() };
                return Some(format!("{}, not in {}", around.noun(self.kind), object.noun(self.kind)));
            }
        }
        keys(object.schema).find_map(|member| {
            let schema = property(object.schema, member)?;
            let holds =
                |schema: &Value| schema.get("properties").is_some_and(|known| known.get(name).is_some());
            if holds(schema) {
                Some(format!("`{member}`"))
            } else {
                schema.get("items").is_some_and(holds).then(|| format!("the entries of `{member}`"))
            }
        })
    }

    // ── Missing fields ──────────────────────────────────────────────────────────────────────

    fn missing_field(&mut self, object: &PlaceInDocument<'d>, name: &str) -> Option<Problem> {
        let is_root = object.steps.is_empty();
        let is_container = matches!(object.steps.as_slice(), [.., Step::Key(list), Step::Item(_)] if list == "containerDefinitions")
            || (self.kind == DocumentKind::ContainerDefinitions && object.steps.len() == 1);
        // An empty object counts as not written, except where something has to stand.
        let is_empty = object.node.is_absent() && !is_root && !is_container;
        let is_elsewhere = self.kind.is_described()
            || (is_root && self.kind == DocumentKind::Service(ServiceForm::Ecspresso));
        let is_misspelled = object
            .node
            .members()
            .any(|(key, _)| self.rename.iter().any(|(index, meant)| *index == key.index() && meant == name));
        if is_empty || is_elsewhere || is_misspelled || object.node.is_incomplete() {
            return None;
        }
        let noun = object.noun(self.kind);
        let problem = Problem::new(
            format!("{noun} must have `{name}`"),
            Label::new(self.title_of(object), format!("lacks `{name}`")),
        );
        let path = object.path();
        let input = if path.is_empty() { "input" } else { &path };
        let keyword = format!("required/{name}");
        let says = self.words(object, &keyword);
        let says = says.unwrap_or_else(|| format!("Missing required parameter in {input}: \"{name}\""));
        let problem = problem.help(format!("add `{name}`")).aws_says(says);
        Some(self.severity(problem, object.schema, &keyword))
    }

    /// What to underline where something is missing: the key of the object, its name, or its
    /// opening bracket.
    fn title_of(&self, object: &PlaceInDocument<'d>) -> crate::source::Place {
        if let Some(key) = object.node.key() {
            return key.place();
        }
        let names = ["name", "containerName", "family", "serviceName", "key"];
        let name = names.iter().find_map(|key| object.node.get(key));
        match name.filter(|name| name.kind() == Kind::Text) {
            Some(name) => name.place(),
            None => {
                let start = object.node.span().start;
                object.node.tree().source.place(Span::new(start, start + 1))
            }
        }
    }

    // ── Wrong types ─────────────────────────────────────────────────────────────────────────

    fn wrong_type(&mut self, place: &PlaceInDocument<'d>) -> Option<Problem> {
        let node = place.node;
        let wanted = match place.schema.get("type")? {
            Value::Array(types) => types[0].as_str()?,
            one => one.as_str()?,
        };
        // Terraform reads quoted numbers and booleans as what they say.
        let is_terraform = self.kind == DocumentKind::ContainerDefinitions;
        let is_quoted = node.as_text().is_some_and(|text| read_scalar(text, wanted).is_some());
        // A list may hold null where a deployer drops it.
        if node.kind() == Kind::Null || (is_terraform && is_quoted) {
            return None;
        }
        // An empty string is how skeletons write what is not there.
        if node.as_text() == Some("") {
            return None;
        }
        self.forget.push(node.index());
        let subject = match place.steps.last() {
            Some(Step::Key(key)) => format!("`{key}`"),
            _ => place.noun(self.kind),
        };
        let mut problem = Problem::new(
            format!("{subject} must be {}, not {}", named_type(wanted), named_kind(node)),
            Label::new(node.place(), format!("{} is wanted here", named_type(wanted))),
        );
        if let Some(says) = type_reply(&place.path(), node, wanted) {
            problem = problem.aws_says(says);
        }
        let key = match place.steps.last() {
            Some(Step::Key(key)) => key.as_str(),
            _ => "",
        };
        Some(match conversion(node, wanted, key) {
            Some((value, safety)) => {
                let shown = if value.is_array() || value.is_object() {
                    "the list".to_owned()
                } else {
                    format!("`{value}`")
                };
                let shown = if value.as_array().is_some_and(|list| list.iter().all(Value::is_string)) {
                    format!("`{value}`")
                } else {
                    shown
                };
                let title = format!("write {shown}");
                let help = match wanted {
                    "string" => format!("put it in quotation marks: `{value}`"),
                    "array" if value.to_string().len() > 80 => {
                        "write a list of `name` and `value` pairs".to_owned()
                    }
                    "array" => format!("write `{value}`"),
                    _ => format!("write it without quotation marks: `{value}`"),
                };
                let fix = Fix::new(safety, title, &[Change::Replace(node, value)]);
                problem.help(help).fix(fix)
            }
            None => problem.help(format!("write {}", named_type(wanted))),
        })
    }

    // ── Invalid values ──────────────────────────────────────────────────────────────────────

    fn invalid_value(&mut self, place: &PlaceInDocument<'d>, keyword: &str) -> (ShapeRule, Option<Problem>) {
        let rule = ShapeRule::InvalidValue;
        let node = place.node;
        let is_count = keyword.ends_with("Items") || keyword.ends_with("Properties");
        if node.kind() == Kind::List && keyword == "minItems" && place.path() == "containerDefinitions" {
            return (ShapeRule::MissingField, self.no_containers(place));
        }
        let holds_holes = node.items().any(|item| {
            let is_hole = |text| placeholder::find(text, Within::Value).is_some();
            item.kind() == Kind::Unknown || item.as_text().is_some_and(is_hole)
        });
        if is_count && (node.is_incomplete() || holds_holes) {
            return (rule, None);
        }
        if node.as_text() == Some("") {
            // Empty is not written; where something is demanded, it is missing.
            let is_name =
                matches!(place.steps.last(), Some(Step::Key(key)) if key == "name" || key == "family");
            let is_demanded = place.around.last().is_some_and(|object| {
                let required = object.get("required").and_then(Value::as_array);
                required.is_some_and(|keys| {
                    keys.iter().any(|key| {
                        Some(&Step::Key(key.as_str().unwrap_or_default().to_owned())) == place.steps.last()
                    })
                })
            });
            if is_name && is_demanded {
                return (ShapeRule::MissingField, self.empty_name(place));
            }
            if keyword != "minLength" {
                return (rule, None);
            }
        }
        self.forget.push(node.index());
        let problem = match keyword {
            "enum" => self.unlisted_value(place),
            _ => self.out_of_bounds(place, keyword),
        };
        let problem = problem.map(|problem| {
            let says = self.words(place, keyword);
            let problem = if let Some(says) = says { problem.aws_says(says) } else { problem };
            self.severity(problem, place.schema, keyword)
        });
        (rule, problem)
    }

    fn no_containers(&self, place: &PlaceInDocument<'d>) -> Option<Problem> {
        let problem = Problem::new(
            "a task definition must have at least one container",
            Label::new(place.node.place(), "no container definition"),
        );
        let says = self.words(place, "minItems");
        Some(problem.help("add a container definition").aws_says(says?))
    }

    fn empty_name(&self, place: &PlaceInDocument<'d>) -> Option<Problem> {
        let Some(Step::Key(key)) = place.steps.last() else { return None };
        let label = Label::new(place.node.place(), "an empty name is none");
        let mut problem = Problem::new(format!("`{key}` must not be empty"), label);
        problem = problem.help(format!("give `{key}` a value"));
        let object = place.around.last()?;
        let keyword = format!("required/{key}");
        if let Some(says) = note(object, "x-aws-says", &keyword) {
            problem = problem.aws_says(says);
        }
        Some(self.severity(problem, object, &keyword))
    }

    fn unlisted_value(&self, place: &PlaceInDocument<'d>) -> Option<Problem> {
        let node = place.node;
        let options: Vec<&Value> = place.schema.get("enum")?.as_array()?.iter().collect();
        let words: Vec<&str> = options.iter().filter_map(|option| option.as_str()).collect();
        let subject = match place.steps.as_slice() {
            [.., Step::Key(key)] => format!("`{key}`"),
            [.., Step::Key(list), Step::Item(_)] => format!("an entry of `{list}`"),
            _ => "the value".to_owned(),
        };
        let written = node.tree().source.slice(node.span()).trim_matches('"').to_owned();
        let problem = Problem::new(
            format!("{subject} cannot be `{written}`"),
            Label::new(node.place(), "not one of the values that ECS knows"),
        );
        let all = listed(&options);
        let replace = |meant: &str, safety: Safety| {
            Fix::new(safety, format!("write `{meant}`"), &[Change::Replace(node, json!(meant))])
        };
        let Some(text) = node.as_text() else { return Some(problem.help(format!("write {all}"))) };
        let same = words.iter().find(|word| word.eq_ignore_ascii_case(text)).copied();
        let alias = place.schema.get("x-value-aliases").and_then(Value::as_object).and_then(|aliases| {
            let found = aliases.iter().find(|(alias, _)| alias.eq_ignore_ascii_case(text));
            found.and_then(|(_, meant)| meant.as_str())
        });
        let problem = if let Some(meant) = same.or(alias) {
            let mut problem = problem.help(format!("write `{meant}`")).fix(replace(meant, Safety::Safe));
            if same.is_some() {
                problem.at.text = "the letter case counts".to_owned();
            }
            problem
        } else if let Some(meant) = nearest(text, words.iter().copied()) {
            problem
                .help(format!("did you mean `{meant}`? ECS knows {all}"))
                .fix(replace(meant, Safety::Shown))
        } else {
            problem.help(format!("write {all}"))
        };
        Some(self.severity(problem, place.schema, &format!("enum={text}")))
    }

    fn out_of_bounds(&self, place: &PlaceInDocument<'d>, keyword: &str) -> Option<Problem> {
        let node = place.node;
        let subject = match place.steps.as_slice() {
            [.., Step::Key(key)] => format!("`{key}`"),
            [.., Step::Key(list), Step::Item(_)] => format!("an entry of `{list}`"),
            _ => "the document".to_owned(),
        };
        let bound = |keyword: &str| place.schema.get(keyword).and_then(Value::as_f64);
        let range = |least: &str, most: &str, unit: &str| match (bound(least), bound(most)) {
            (Some(least), Some(most)) => format!("{least} to {most}{unit}"),
            (Some(least), None) => format!("at least {least}{unit}"),
            (None, Some(most)) => format!("at most {most}{unit}"),
            (None, None) => "something else".to_owned(),
        };
        let written = node.tree().source.slice(node.span());
        let value_label = |text: String| Label::new(node.place(), text);
        let key_label = |text: String| Label::new(node.key().unwrap_or(node).place(), text);
        Some(match keyword {
            "minimum" | "maximum" => {
                let allowed = range("minimum", "maximum", "");
                let nearest = bound(keyword)?;
                let problem = Problem::new(
                    format!("{subject} must be {allowed}, not {written}"),
                    value_label(format!("{allowed} is allowed")),
                );
                let help = if keyword == "minimum" { "the least is" } else { "the most is" };
                problem.help(format!("{help} {nearest}"))
            }
            "minItems" | "maxItems" => {
                let count = node.items().count();
                let allowed = range("minItems", "maxItems", " entries");
                let problem = Problem::new(
                    format!("{subject} has {count} entries; AWS takes {allowed}"),
                    key_label(format!("{count} entries")),
                );
                problem.help("split it, or drop what is not needed")
            }
            "minProperties" | "maxProperties" => {
                let choices: Vec<Value> = keys(place.schema).map(Value::from).collect();
                let choices = listed(&choices.iter().collect::<Vec<_>>());
                let problem =
                    Problem::new(format!("{subject} must hold exactly one key"), key_label(String::new()));
                problem.help(format!("write {choices}"))
            }
            _ => {
                let wants = note(place.schema, "x-wants", "pattern");
                let length = range("minLength", "maxLength", " characters");
                let wants =
                    wants.map_or_else(|| format!("it takes {length}"), |wants| format!("it takes {wants}"));
                let shown = if written.len() > 60 {
                    String::new()
                } else {
                    format!(" {}", written.replace('"', "`"))
                };
                let message = match keyword {
                    "pattern" => format!("{subject} cannot be{shown}"),
                    "minLength" => format!("{subject} is too short"),
                    _ => format!("{subject} is too long"),
                };
                Problem::new(message, value_label(String::new())).help(wants)
            }
        })
    }

    // ── What the schema says beside its constraints ─────────────────────────────────────────

    fn severity(&self, problem: Problem, schema: &Value, of: &str) -> Problem {
        match note(schema, "x-severity", of).and_then(|name| name.parse().ok()) {
            Some(severity) => problem.at_most(severity),
            None => problem,
        }
    }

    /// AWS's reply to the violation of a keyword, where all that varies in it is known.
    fn words(&self, place: &PlaceInDocument<'d>, keyword: &str) -> Option<String> {
        let template = note(place.schema, "x-aws-says", keyword)?;
        let mut says = template.to_owned();
        if says.contains("{container}") {
            says = says.replace("{container}", place.container_name(self.root)?);
        }
        let written = place.node.tree().source.slice(place.node.span()).trim_matches('"');
        says = says.replace("{value}", written);
        says = says.replace("{path}", &place.path());
        Some(says.replace("{n}", &place.node.items().count().to_string()))
    }
}

fn keyword(broken: &Broken) -> &'static str {
    match broken {
        Broken::Enum { .. } => "enum",
        Broken::Pattern { .. } => "pattern",
        Broken::Minimum { .. } => "minimum",
        Broken::Maximum { .. } => "maximum",
        Broken::MinLength { .. } => "minLength",
        Broken::MaxLength { .. } => "maxLength",
        Broken::MinItems { .. } => "minItems",
        Broken::MaxItems { .. } => "maxItems",
        Broken::MinProperties { .. } => "minProperties",
        Broken::MaxProperties { .. } => "maxProperties",
        other => unreachable!("the schemas have no such keyword: {other:?}"),
    }
}

/// Keys that people write because JSON has no comments.
fn is_comment(key: &str) -> bool {
    key.starts_with(['_', '#', '$']) || key.starts_with("//") || matches!(key, "comment" | "comments")
}

/// Some values as a choice: "`a`, `b` or `c`".
fn listed(values: &[&Value]) -> String {
    let words: Vec<String> = values
        .iter()
        .map(|value| value.as_str().map_or_else(|| format!("`{value}`"), |word| format!("`{word}`")))
        .collect();
    match words.as_slice() {
        [] => "nothing".to_owned(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}

fn named_type(wanted: &str) -> &'static str {
    match wanted {
        "string" => "a string",
        "integer" => "a whole number",
        "number" => "a number",
        "boolean" => "`true` or `false`",
        "array" => "a list",
        _ => "an object",
    }
}

fn named_kind(node: Node) -> &'static str {
    match node.kind() {
        Kind::Null => "null",
        Kind::Bool => "a boolean",
        Kind::Number if node.as_integer().is_none() => "a number with a fraction",
        Kind::Number => "a number",
        Kind::Text => "a string",
        Kind::List => "a list",
        Kind::Object | Kind::Unknown => "an object",
    }
}

/// What the AWS CLI and boto3 answer to a scalar of the wrong type.
fn type_reply(path: &str, node: Node, wanted: &str) -> Option<String> {
    let python = |node: Node| match node.kind() {
        Kind::Text => Some(("str", node.text().to_owned())),
        Kind::Bool => Some(("bool", if node.as_bool()? { "True" } else { "False" }.to_owned())),
        Kind::Number if node.as_integer().is_some() => Some(("int", node.text().to_owned())),
        Kind::Number => Some(("float", node.text().to_owned())),
        _ => None,
    };
    let (given, value) = python(node)?;
    let wanted = match wanted {
        "string" => "<class 'str'>",
        "integer" => "<class 'int'>",
        "boolean" => "<class 'bool'>",
        "object" => "<class 'dict'>",
        "array" => "<class 'list'>, <class 'tuple'>",
        _ => return None,
    };
    let value = if value.len() > 60 { "…".to_owned() } else { value };
    Some(format!(
        "Invalid type for parameter {path}, value: {value}, type: <class '{given}'>, valid types: {wanted}"
    ))
}

/// A value of the wanted type that says the same, and how sure that is.
fn conversion(node: Node, wanted: &str, key: &str) -> Option<(Value, Safety)> {
    match (wanted, node.kind()) {
        ("string", Kind::Number | Kind::Bool) => {
            let written = node.tree().source.slice(node.span());
            Some((written.into(), Safety::Safe))
        }
        ("integer" | "number" | "boolean", Kind::Text) => {
            Some((read_scalar(node.text(), wanted)?, Safety::Safe))
        }
        ("integer", Kind::Number) => {
            let number = node.as_number().filter(|number| number.fract() == 0.0 && number.abs() < 1e15)?;
            Some((json!(number as i64), Safety::Safe))
        }
        ("array", Kind::Text) => {
            let words: Vec<&str> = node.text().split_whitespace().collect();
            let safety = if words.len() == 1 { Safety::Safe } else { Safety::Shown };
            Some((json!(words), safety))
        }
        ("array", Kind::Object) if key == "environment" => {
            let pair = |(name, value): (Node, Node)| {
                let value = match value.kind() {
                    Kind::Text => value.text().to_owned(),
                    Kind::Number | Kind::Bool => value.tree().source.slice(value.span()).to_owned(),
                    _ => return None,
                };
                Some(json!({"name": name.text(), "value": value}))
            };
            let pairs: Option<Vec<Value>> = node.members().map(pair).collect();
            Some((Value::Array(pairs?), Safety::Safe))
        }
        _ => None,
    }
}

/// A string that holds exactly one number or boolean of the wanted type.
fn read_scalar(text: &str, wanted: &str) -> Option<Value> {
    let value: Value = serde_json::from_str(text).ok()?;
    // `1e3` and ` 7` say the same in another spelling; leave those to their author.
    let is_plain = value.to_string().as_str() == text;
    let fits = match wanted {
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        _ => false,
    };
    (is_plain && fits).then_some(value)
}
