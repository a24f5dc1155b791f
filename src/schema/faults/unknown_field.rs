//! Keys that the API does not know at their place.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};

use super::super::CLOUDFORMATION_DATE;
use super::super::ShapeRule;
use super::super::judge::SchemaPart;
use super::super::place::PlaceInDocument;
use super::meaning::Meaning;
use super::{Explainer, Rename, lowered, template};
use crate::document::{DocumentKind, Form, ServiceForm};
use crate::finding::{Label, Problem, Severity};
use crate::fix::{Change, Fix, Safety};
use crate::placeholder;
use crate::spelling::is_respelled;
use crate::tree::Node;
use crate::words::listed;

/// More places of one mistake than this are counted, not shown.
const SHOWN: usize = 8;

/// If there are more names than this plus one, the rest are counted.
const NAMED: usize = 4;

/// A key that its object does not allow.
struct Stranger<'o, 'd> {
    object: &'o PlaceInDocument<'d>,
    key: Node<'d>,
    value: Node<'d>,
}

/// Whether something fills in a key, or a part of it. `$schema` is a key of editors.
fn is_filled_in(key: &str) -> bool {
    let is_of_editor =
        key.strip_prefix('$').is_some_and(|rest| rest.bytes().all(|c| c.is_ascii_alphabetic()));
    !is_of_editor && placeholder::has_hole(key)
}

/// Keys that are one mistake, and what they were meant to be.
struct Slip<'o, 'd> {
    meaning: Meaning<'d>,
    keys: Vec<Stranger<'o, 'd>>,
}

impl<'d> Explainer<'d> {
    /// Reports the keys that some objects do not allow. One mistake is reported once: a key that is wrong in
    /// each item of a list, or several keys that belong in the same other object.
    pub(super) fn unknown_fields(&mut self, unknown: Vec<(PlaceInDocument<'d>, Vec<String>)>) {
        let mut slips: Vec<Slip> = Vec::new();
        let mut known: HashMap<(String, String), usize> = HashMap::new();
        for (object, names) in &unknown {
            let pattern = object.pattern();
            let strangers = self.strangers(object, names);
            let meanings = strangers.iter().map(|stranger| self.meaning(object, stranger.key)).collect();
            for (stranger, meaning) in strangers.into_iter().zip(with_rivals(meanings)) {
                let cause = match &meaning {
                    Meaning::Comment => (String::new(), "comment".to_owned()),
                    Meaning::SetAround => (pattern.clone(), "set around".to_owned()),
                    Meaning::Misplaced(home) => (pattern.clone(), format!("in {home}")),
                    // Where the other is set too, it cannot be renamed.
                    Meaning::Twin(meant, _) => (pattern.clone(), format!("besides {meant}")),
                    Meaning::Rival(meant) => (pattern.clone(), format!("one of several {meant}")),
                    _ => (pattern.clone(), stranger.key.spelled().to_owned()),
                };
                match known.entry(cause) {
                    Entry::Occupied(slip) => slips[*slip.get()].keys.push(stranger),
                    Entry::Vacant(free) => {
                        free.insert(slips.len());
                        slips.push(Slip { meaning, keys: vec![stranger] });
                    }
                }
            }
        }
        // A key that AWS itself wrote but the model does not know is newer than the model.
        let is_reply = self.is_reply();
        for slip in slips.into_iter().filter(|slip| !is_reply || slip.meaning.is_known()) {
            self.tell_slip(slip);
        }
    }

    /// The members of an object that have these keys, in the order of the text.
    fn strangers<'o>(&mut self, object: &'o PlaceInDocument<'d>, names: &[String]) -> Vec<Stranger<'o, 'd>> {
        let is_root = object.steps.is_empty();
        let is_elsewhere = |name: &str| is_root && !self.is_in_template() && self.is_response_field(name);
        let is_told = |name: &str| !(self.is_output() || is_elsewhere(name));
        let told: Vec<&str> = names.iter().map(String::as_str).filter(|name| is_told(name)).collect();
        let members = self.children.members(object.node);
        let value = |name: &&str| members.get(name).copied();
        let stranger = |value: Node<'d>| Some(Stranger { object, key: value.key()?, value });
        let strangers = told.iter().filter_map(value).filter_map(stranger);
        // What is filled in may become any key.
        let mut strangers: Vec<Stranger> = strangers.filter(|one| !is_filled_in(one.key.text())).collect();
        strangers.sort_by_cached_key(|stranger| stranger.key.index());
        strangers
    }

    /// Response-only keys are reported together by a separate rule.
    pub(super) fn is_response_field(&self, name: &str) -> bool {
        let listed = self.schema.says("x-response-only");
        listed.is_some_and(|keys| keys.items().any(|key| key.text() == name))
    }

    fn tell_slip(&mut self, Slip { meaning, mut keys }: Slip<'_, 'd>) {
        keys.sort_by_cached_key(|stranger| stranger.key.index());
        let [Stranger { object, key, .. }, others @ ..] = keys.as_slice() else { return };
        for stranger in keys.iter().filter(|_| !meaning.is_for_people()) {
            let (object, key) = (stranger.object.node.index(), stranger.key.index());
            self.misspelled.insert(object);
            if let Meaning::Alias(meant) | Meaning::Near(meant) | Meaning::Rival(meant) = meaning {
                self.renamed.insert((object, meant.to_owned()));
            }
            if let Meaning::Alias(meant) | Meaning::Near(meant) = meaning {
                self.rename.push(Rename { object, key, name: meant.to_owned() });
            }
        }
        let names = Names::of(&keys);
        let noun = object.noun(self.kind);
        let is_of_one_kind = others.iter().all(|other| other.object.noun(self.kind) == noun);
        let objects = if names.is_one() { keys.len() } else { 1 };
        let place = if is_of_one_kind { format!(" in {}", counted(&noun, objects)) } else { String::new() };
        let fields = if names.is_one() { "field" } else { "fields" };
        let message = match meaning {
            Meaning::SchemaName => "`$schema` is a key for editors, but AWS rejects it".to_owned(),
            _ if self.is_in_module() => {
                format!("unknown {fields} {}{place}, which Terraform drops without a word", names.listed())
            }
            _ => format!("unknown {fields} {}{place}", names.listed()),
        };
        let mut problem = Problem::new(message, Label::new(key.place(), label(&meaning, &noun)));
        let text = if names.is_one() { "here too" } else { "nor this one" };
        let also = others.iter().take(SHOWN).map(|other| Label::new(other.key.place(), text));
        problem = problem.also_each(also);
        if let Meaning::Twin(meant, twin) = meaning
            && let Some(twin) = twin.key()
        {
            problem = problem.also(Label::new(twin.place(), format!("`{meant}` is set here")));
        }
        if self.is_in_template() {
            problem = problem.says(template::extraneous(object, key.spelled()));
        } else if !self.is_in_module()
            && self.kind != DocumentKind::Service(ServiceForm::Ecspresso)
            && (!self.kind.is_described() || meaning.is_known())
        {
            let (path, name) = (object.path(), key.text());
            problem = problem.says(format!("Unknown parameter in {path}: \"{name}\", must be one of: …"));
        }
        let problem = self.with_advice(problem, &meaning, &keys, &names);
        let problem = match self.most_severe(&meaning) {
            Some(severity) => lowered(problem, severity),
            None => problem,
        };
        self.tell(ShapeRule::UnknownField, problem);
    }

    fn with_advice(
        &self,
        problem: Problem,
        meaning: &Meaning<'d>,
        keys: &[Stranger<'_, 'd>],
        names: &Names,
    ) -> Problem {
        let shown = names.listed();
        match meaning {
            Meaning::Comment if self.is_in_module() => self.deleted(problem, keys, &shown),
            Meaning::Comment => {
                let them = if keys.len() == 1 { "it" } else { "them" };
                let reader = if self.is_in_template() { "CloudFormation" } else { "the AWS CLI" };
                self.deleted(problem, keys, &shown).help(format!(
                    "{reader} rejects the file as it is: delete {them}, or strip {them} before you deploy"
                ))
            }
            Meaning::SchemaName => self.deleted(problem, keys, &shown).help(
                "delete it before you deploy, or map the file to the schema in the settings of your editor \
                 instead",
            ),
            Meaning::Alias(meant) => {
                let mut changes: Vec<Change> =
                    keys.iter().map(|one| Change::Rename(one.key, meant)).collect();
                keys.iter()
                    .for_each(|one| respelled_below(one.object.schema, meant, one.value, &mut changes));
                let below = if changes.len() > keys.len() { ", and the keys in it" } else { "" };
                let title = format!("rename {shown} to `{meant}`{below}");
                let fix = Fix::new(Safety::Safe, title, &changes);
                // It is clear without help, if it can be shown.
                let problem = if fix.edits.is_empty() { problem.help(fix.title.as_str()) } else { problem };
                problem.fix(fix)
            }
            Meaning::Near(meant) => {
                let changes: Vec<Change> = keys.iter().map(|one| Change::Rename(one.key, meant)).collect();
                let fix = Fix::new(Safety::Shown, format!("rename {shown} to `{meant}`"), &changes);
                problem.help(format!("did you mean `{meant}`?")).fix(fix)
            }
            Meaning::Twin(meant, _) => {
                problem.help(format!("did you mean `{meant}`? It is already set: keep only one of them"))
            }
            Meaning::Rival(meant) => {
                problem.help(format!("did you mean `{meant}`? Set it once, instead of {shown}"))
            }
            Meaning::Hint(hint) => problem.help(*hint),
            Meaning::SetAround => {
                let mut set: Vec<String> = Vec::new();
                for one in keys {
                    let field = self.task_field(one.object, one.key.text());
                    let name = field.and_then(|field| self.name_if_set(field));
                    set.extend(name.filter(|name| !set.contains(name)));
                }
                let them = if keys.len() == 1 { "it" } else { "them" };
                let are = if set.len() == 1 { "is" } else { "are" };
                let set = listed(set.iter().map(String::as_str));
                problem.help(format!("delete {them}: {set} {are} set in the task definition"))
            }
            Meaning::OnlyInApi => problem.help(format!(
                "the API has this field, but CloudFormation did not support it on {CLOUDFORMATION_DATE}"
            )),
            Meaning::Misplaced(home) => {
                let belongs = if names.is_one() { "belongs" } else { "belong" };
                problem.help(format!("{shown} {belongs} in {home}"))
            }
            Meaning::Unknown => {
                let noun = keys[0].object.noun(self.kind);
                problem.help(format!("ECS has no field with this name in {noun}"))
            }
        }
    }

    /// Offers to delete keys that are for people, if only the AWS client reads the document.
    fn deleted(&self, problem: Problem, keys: &[Stranger<'_, 'd>], shown: &str) -> Problem {
        if !self.kind.is_scaling() {
            return problem;
        }
        let changes: Vec<Change> = keys.iter().map(|one| Change::Remove(one.value)).collect();
        // They may be all that is known about the document.
        problem.fix(Fix::new(Safety::Shown, format!("delete {shown}"), &changes))
    }

    /// An unknown key is not certain to be rejected if a tool reads the document before AWS does.
    fn most_severe(&self, meaning: &Meaning) -> Option<Severity> {
        match self.kind {
            // What Terraform drops is not lost.
            _ if self.is_in_module() && matches!(meaning, Meaning::SetAround) => Some(Severity::Note),
            _ if meaning.is_for_people() || self.is_in_module() => Some(Severity::Warning),
            _ if matches!(meaning, Meaning::OnlyInApi) => Some(Severity::Warning),
            DocumentKind::ContainerDefinitions | DocumentKind::Service(ServiceForm::Ecspresso) => {
                Some(Severity::Warning)
            }
            // A newer response of the API may contain a key that this model does not know; a key that was
            // meant to be another one is not such a key.
            DocumentKind::TaskDefinition(Form::Described) if !meaning.is_known() => Some(Severity::Warning),
            _ => None,
        }
    }
}

/// What the keys of one object were meant to be, if several may be one field: which of them counts is not known.
fn with_rivals(meanings: Vec<Meaning<'_>>) -> Vec<Meaning<'_>> {
    fn meant<'d>(meaning: &Meaning<'d>) -> Option<&'d str> {
        if let Meaning::Alias(meant) | Meaning::Near(meant) = *meaning { Some(meant) } else { None }
    }
    let mut count: HashMap<&str, usize> = HashMap::new();
    meanings.iter().filter_map(meant).for_each(|meant| *count.entry(meant).or_default() += 1);
    let rival = |meaning| match meant(&meaning) {
        Some(meant) if count[meant] > 1 => Meaning::Rival(meant),
        _ => meaning,
    };
    meanings.into_iter().map(rival).collect()
}

/// Gives the API's names to the keys below a member that gets its own name: whoever writes one in snake case writes all
/// so.
fn respelled_below<'d>(object: SchemaPart<'d>, name: &str, value: Node<'d>, changes: &mut Vec<Change<'d>>) {
    let Some(schema) = object.property(name) else { return };
    let (schema, objects) = match schema.items() {
        Some(item) => (item, value.items().collect()),
        None => (schema, vec![value]),
    };
    for (key, value) in objects.into_iter().flat_map(Node::members).filter(|_| schema.names_members()) {
        let written = key.text();
        let known = schema.property(written).map(|_| written);
        let Some(name) = known.or_else(|| schema.keys().find(|known| is_respelled(written, known))) else {
            continue;
        };
        if known.is_none() && !written.eq_ignore_ascii_case(name) {
            changes.push(Change::Rename(key, name));
        }
        respelled_below(schema, name, value, changes);
    }
}

/// The names of keys, each once, in the order of the text.
struct Names<'d>(Vec<&'d str>);

impl<'d> Names<'d> {
    fn of(keys: &[Stranger<'_, 'd>]) -> Names<'d> {
        let mut seen = HashSet::new();
        Names(keys.iter().map(|one| one.key.spelled()).filter(|name| seen.insert(*name)).collect())
    }

    fn is_one(&self) -> bool {
        self.0.len() == 1
    }

    /// "`a`, `b` and `c`", "`a`, `b`, `c`, `d` and 8 more".
    fn listed(&self) -> String {
        match self.0.get(NAMED..).map_or(0, <[&str]>::len) {
            0 | 1 => listed(self.0.iter().copied()),
            more => {
                let shown: Vec<String> = self.0.iter().take(NAMED).map(|name| format!("`{name}`")).collect();
                format!("{} and {more} more", shown.join(", "))
            }
        }
    }
}

/// How to name several objects of one kind: "a secret", "2 secrets", "`options`, 2 times".
pub(super) fn counted(noun: &str, count: usize) -> String {
    match noun.split_once(' ') {
        _ if count == 1 => noun.to_owned(),
        Some(("a" | "an", noun)) => {
            let plural = match (noun.strip_prefix("entry"), noun.strip_suffix('y')) {
                (Some(of), _) => format!("entries{of}"),
                (None, Some(stem)) => format!("{stem}ies"),
                (None, None) => format!("{noun}s"),
            };
            format!("{count} {plural}")
        }
        _ => format!("{noun}, {count} times"),
    }
}

fn label(meaning: &Meaning, noun: &str) -> String {
    match meaning {
        Meaning::Comment => "comments are not allowed here".to_owned(),
        Meaning::SchemaName => "not a field of ECS".to_owned(),
        _ => format!("not a field of {noun}"),
    }
}
