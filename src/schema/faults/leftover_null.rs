//! `null`, which consoles use for fields that were not filled in.

use super::super::ShapeRule;
use super::super::judge::SchemaPart;
use super::super::place::{PlaceInDocument, Step};
use super::Explainer;
use crate::finding::{Label, Problem};
use crate::fix::{Change, Fix, Safety};
use crate::tree::Kind;
use crate::words::listed;

/// A document with more `null` fields than this was exported: people leave unset fields out. Among public
/// files, hand-written ones have at most three, exports thirty or more.
const MOST_BY_HAND: usize = 8;

/// More places than this are counted, not shown.
const SHOWN: usize = 8;

impl<'d> Explainer<'d> {
    /// Reports `null` entries of lists and, in a document that was written to be sent, `null` fields.
    pub(super) fn leftover_nulls(&mut self, whole: &PlaceInDocument<'d>) {
        if !whole.node.tree().holds_null || self.is_output() {
            return;
        }
        let mut entries = Vec::new();
        let mut fields = Vec::new();
        let mut told = 0;
        whole.each(&mut |place| {
            if place.node.kind() != Kind::Null {
                return;
            }
            match place.steps.last() {
                // A schema without restrictions accepts anything.
                None | Some(_) if place.schema.says("type").is_none() => {}
                Some(Step::Item(_)) => entries.push(place.clone()),
                // A required field is missing, which was reported already.
                _ if self.absent.contains(&place.node.index()) => told += 1,
                _ => fields.push(place.clone()),
            }
        });
        let is_export = fields.len() + told > MOST_BY_HAND;
        if !self.is_sent() || is_export {
            fields.clear();
        }
        let mut nulls = entries;
        nulls.extend(fields);
        nulls.sort_by_cached_key(|place| place.node.index());
        if let Some((first, others)) = nulls.split_first() {
            let problem = self.leftover(first, others);
            self.tell(ShapeRule::LeftoverNull, problem);
        }
    }

    fn leftover(&self, first: &PlaceInDocument<'d>, others: &[PlaceInDocument<'d>]) -> Problem {
        let all = || std::iter::once(first).chain(others);
        let subject = |place: &PlaceInDocument<'d>| place.subject(self.kind);
        let count = others.len() + 1;
        let message = match count {
            1 => format!("{} is `null`", subject(first)),
            _ if all().all(|place| matches!(place.steps.last(), Some(Step::Item(_)))) => {
                format!("{count} entries of lists are `null`")
            }
            _ => format!("{count} values are `null`"),
        };
        let at = |place: &PlaceInDocument<'d>| place.node.key().unwrap_or(place.node).place();
        let text = match first.steps.last() {
            Some(Step::Item(_)) => "this entry is empty",
            _ => "the AWS CLI and boto3 reject it",
        };
        let mut problem = Problem::new(message, Label::new(at(first), text));
        problem = problem.also_each(others.iter().take(SHOWN - 1).map(|place| Label::new(at(place), "")));
        let is_entry = |place: &PlaceInDocument| matches!(place.steps.last(), Some(Step::Item(_)));
        let title = match (count, place_names(first, others)) {
            (_, Some(names)) => format!("delete {names}"),
            (1, None) => "delete the entry".to_owned(),
            (_, None) => format!("delete the {count} values that are `null`"),
        };
        let changes: Vec<Change> = all().map(|place| Change::Remove(place.node)).collect();
        problem = problem.fix(Fix::new(Safety::Safe, title, &changes));
        let more = count.saturating_sub(SHOWN);
        let rest = if more > 0 { format!(" ({more} more not shown)") } else { String::new() };
        if !all().all(is_entry) || more > 0 {
            problem = problem.help(format!("omitted fields take their defaults anyway{rest}"));
        }
        problem.says_if(reply(first).filter(|_| self.is_sent() || self.kind.is_described()))
    }
}

/// The names of a few fields; empty if an entry of a list is among them.
fn place_names(first: &PlaceInDocument, others: &[PlaceInDocument]) -> Option<String> {
    let keys: Option<Vec<&str>> =
        std::iter::once(first).chain(others).map(|place| Some(place.node.key()?.text())).collect();
    let keys = keys.filter(|keys| keys.len() <= 3)?;
    match keys.as_slice() {
        [one, other] if one == other => Some(format!("both `{one}`")),
        [one, other, third] if one == other && other == third => Some(format!("all three `{one}`")),
        [one, other, third] if one == other || other == third || one == third => None,
        _ => Some(listed(keys)),
    }
}

/// The response of the AWS CLI and boto3 to `null` at a place.
pub(super) fn reply(place: &PlaceInDocument) -> Option<String> {
    let wanted = python_types(place.schema)?;
    let path = place.path();
    Some(format!(
        "Invalid type for parameter {path}, value: None, type: <class 'NoneType'>, valid types: {wanted}"
    ))
}

/// The types that the AWS CLI and boto3 accept for a value.
pub(super) fn python_types(schema: SchemaPart) -> Option<&'static str> {
    let types = schema.says("type")?;
    Some(match types.text() {
        _ if types.kind() == Kind::List => "<class 'datetime.datetime'>, timestamp-string",
        "string" => "<class 'str'>",
        "integer" => "<class 'int'>",
        "number" => "<class 'float'>, <class 'decimal.Decimal'>, <class 'int'>",
        "boolean" => "<class 'bool'>",
        "object" => "<class 'dict'>",
        "array" => "<class 'list'>, <class 'tuple'>",
        _ => return None,
    })
}
