//! Values outside an enumeration, a pattern or a range.

use serde_json::json;

use super::super::ShapeRule;
use super::super::judge::SchemaPart;
use super::super::place::{PlaceInDocument, Step};
use super::{Explainer, is_list_of_containers, leftover_null};
use crate::finding::{Label, Problem};
use crate::fix::{Change, Fix, Safety};
use crate::spelling::nearest;
use crate::tree::{Kind, Node};

impl<'d> Explainer<'d> {
    pub(super) fn invalid_value(&mut self, place: &PlaceInDocument<'d>, keyword: &str) {
        let node = place.node;
        let is_count = keyword.ends_with("Items") || keyword.ends_with("Properties");
        let holds_holes = node.items().any(|item| match item.kind() {
            Kind::Text => !item.is_plain(),
            kind => kind == Kind::Unknown,
        });
        if is_count && (node.is_incomplete() || holds_holes) {
            return;
        }
        if node.kind() == Kind::List && keyword == "minItems" && is_list_of_containers(place) {
            let problem = self.no_containers(place);
            return problem.into_iter().for_each(|problem| self.tell(ShapeRule::MissingField, problem));
        }
        // An empty member counts as not set, unless the client checks its length.
        let is_item = matches!(place.steps.last(), Some(Step::Item(_)));
        if node.as_text() == Some("") && keyword != "minLength" && !is_item {
            return;
        }
        self.forget.push(node.index());
        let problem = match keyword {
            "enum" => self.unlisted_value(place),
            _ => self.out_of_bounds(place, keyword),
        };
        if let Some(problem) = problem {
            let says = self.words(place, keyword);
            let problem = if problem.reply.is_some() { problem } else { problem.says_if(says) };
            let problem = self.severity(problem, place.schema, keyword);
            self.tell(ShapeRule::InvalidValue, problem);
        }
    }

    fn no_containers(&self, place: &PlaceInDocument<'d>) -> Option<Problem> {
        let problem = Problem::new(
            "a task definition must have at least one container",
            Label::new(place.node.place(), "no container definition"),
        );
        Some(problem.help("add a container definition").says(self.words(place, "minItems")?))
    }

    fn unlisted_value(&self, place: &PlaceInDocument<'d>) -> Option<Problem> {
        let node = place.node;
        let options: Vec<&str> = place.schema.says("enum")?.items().map(Node::text).collect();
        let problem = Problem::new(
            format!("{} cannot be `{}`", place.subject(self.kind), node.shown()),
            Label::new(node.place(), "not an allowed value"),
        );
        let all = listed(options.iter().copied());
        let Some(text) = node.as_text() else { return Some(problem.help(format!("use {all}"))) };
        let replace = |meant: &str, safety: Safety| {
            Fix::new(safety, format!("use `{meant}`"), &[Change::Replace(node, json!(meant))])
        };
        let problem = if let Some(meant) = options.iter().find(|option| option.eq_ignore_ascii_case(text)) {
            let mut problem = problem.fix(replace(meant, Safety::Safe));
            problem.at.text = "values are case-sensitive".to_owned();
            problem
        } else if let Some(meant) = alias(place.schema, text) {
            problem.fix(replace(meant, Safety::Safe))
        } else if let Some(problem) = self.default_value(&problem, place) {
            problem
        } else if let Some(meant) = nearest(text, options.iter().copied()) {
            problem
                .help(format!("did you mean `{meant}`? Allowed values are {all}"))
                .fix(replace(meant, Safety::Shown))
        } else if place.schema.note("x-severity", "unlike").is_some() {
            let mut problem = self.severity(problem, place.schema, "unlike");
            problem.message =
                format!("`{}` is not a known value of {}", node.shown(), place.subject(self.kind));
            problem.at.text = "AWS does not list it".to_owned();
            problem.help(format!("the known values are {all}"))
        } else {
            problem.help(format!("use {all}"))
        };
        Some(self.severity(problem, place.schema, &format!("enum={text}")))
    }

    /// A value that must not be set explicitly, because leaving the field out means the same.
    fn default_value(&self, problem: &Problem, place: &PlaceInDocument<'d>) -> Option<Problem> {
        let default = place.schema.says("x-default")?;
        let is_it = match default.as_text() {
            Some(text) => place.node.as_text() == Some(text),
            None => place.node.as_number() == default.as_number(),
        };
        // If the object is useless without the value, delete the object.
        let steps = if place.is_demanded() { place.steps.len() - 1 } else { place.steps.len() };
        let Some(Step::Key(key)) = place.steps.get(steps.checked_sub(1)?) else { return None };
        let node = if place.is_demanded() { place.parent } else { Some(place.node) };
        let fix = Fix::new(Safety::Safe, format!("delete `{key}`"), &[Change::Remove(node?)]);
        let help = format!("omit it: `{}` is the default", place.node.shown());
        is_it.then(|| problem.clone().help(help).fix(fix))
    }

    fn out_of_bounds(&mut self, place: &PlaceInDocument<'d>, keyword: &str) -> Option<Problem> {
        let node = place.node;
        let subject = place.subject(self.kind);
        let key = node.key().unwrap_or(node).place();
        let problem = match keyword {
            "minimum" | "maximum" => {
                let allowed = range(place.schema, "minimum", "maximum")?;
                let (relation, order) =
                    if keyword == "minimum" { ("less than", "more") } else { ("more than", "less") };
                let bound = place.schema.number(keyword)?;
                let label = Label::new(node.place(), format!("{relation} {bound}"));
                let problem =
                    Problem::new(format!("{subject} must be {allowed}, not {}", node.shown()), label);
                if let Some(problem) = self.default_value(&problem, place) {
                    return Some(problem);
                }
                // The nearest port is never the one that is meant.
                if let Some(Step::Key(key)) = place.steps.last()
                    && key.to_ascii_lowercase().ends_with("port")
                {
                    return Some(problem.help(match *key {
                        "containerPort" => "set it to the port that the process in the container listens on",
                        _ => "set it to the port that is meant",
                    }));
                }
                let number = if bound.fract() == 0.0 { json!(bound as i64) } else { json!(bound) };
                let fix =
                    Fix::new(Safety::Shown, format!("set it to {bound}"), &[Change::Replace(node, number)]);
                problem.help(format!("set it to {bound} or {order}")).fix(fix)
            }
            "minItems" | "maxItems" => {
                let count = node.items().count();
                let allowed = range(place.schema, "minItems", "maxItems")?;
                let message = format!("{subject} has {count} entries, but AWS allows {allowed}");
                Problem::new(message, Label::new(key, format!("{count} entries")))
            }
            "minProperties" | "maxProperties" => {
                let choices = listed(place.schema.keys());
                let null = node.members().map(|(_, value)| value).find(|value| value.kind() == Kind::Null);
                let label = match null {
                    Some(null) => Label::new(null.key().unwrap_or(null).place(), "`null` counts as missing"),
                    None => Label::new(key, ""),
                };
                self.absent.extend(null.map(Node::index));
                let problem = Problem::new(format!("{subject} must have exactly one key"), label);
                let reply = null.and_then(|null| {
                    let step = Step::Key(null.key()?.text());
                    leftover_null::reply(&place.step(step, null)?)
                });
                problem.help(format!("set {choices}")).says_if(reply)
            }
            "pattern" => {
                let shown = node.shown();
                let shown = if shown.chars().count() > 60 { "this".to_owned() } else { format!("`{shown}`") };
                let label = Label::new(node.place(), "");
                let problem = Problem::new(format!("{subject} cannot be {shown}"), label);
                match place.schema.note("x-wants", "pattern") {
                    Some(wants) => problem.help(format!("use {wants}")),
                    None => problem,
                }
            }
            _ => {
                let length = node.shown().chars().count();
                let allowed = range(place.schema, "minLength", "maxLength")?;
                let message = format!("{subject} has {length} characters, but AWS allows {allowed}");
                Problem::new(message, Label::new(node.place(), ""))
            }
        };
        Some(problem)
    }
}

/// The value that another word certainly means.
fn alias<'s>(schema: SchemaPart<'s>, text: &str) -> Option<&'s str> {
    let mut aliases = schema.notes("x-value-aliases");
    aliases.find(|(alias, _)| alias.eq_ignore_ascii_case(text)).map(|(_, meant)| meant)
}

/// The range between two keywords of a schema, if it has one.
pub(super) fn range(schema: SchemaPart, least: &str, most: &str) -> Option<String> {
    Some(match (schema.number(least), schema.number(most)) {
        (Some(least), Some(most)) if least == most => format!("{least}"),
        (Some(least), Some(most)) => format!("between {least} and {most}"),
        (Some(least), None) => format!("at least {least}"),
        (None, Some(most)) => format!("at most {most}"),
        (None, None) => return None,
    })
}

/// Some values as a choice: "`a`, `b` or `c`".
pub(super) fn listed<'s>(values: impl Iterator<Item = &'s str>) -> String {
    let words: Vec<String> = values.map(|value| format!("`{value}`")).collect();
    match words.as_slice() {
        [] => "nothing".to_owned(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}
