use crate::document::Document;
use crate::finding::{Category, Problem, Severity};
use crate::fix::{Safety, Spot};
use crate::model::{Known, List, Tag, tag_lists};
use crate::rule::{Check, Profile, Reply, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "duplicate-tag-key",
    summary: "two tags have the same key",
    category: Category::Rejected,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: Some(Safety::Safe),
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &["https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html"],
    check: Check::Document(check),
};

fn check(document: &Document, report: &mut Report) {
    tag_lists(document).into_iter().for_each(|tags| check_list(tags, report));
}

fn check_list(tags: List<Tag>, report: &mut Report) {
    let mut seen: Vec<(Tag, Known<&str>)> = Vec::new();
    for tag in tags.items() {
        let Some(key) = tag.tag_key().known() else { continue };
        match seen.iter().find(|(_, first)| first.value() == key.value()) {
            Some((first, first_key)) => report.add(problem((first, first_key), (&tag, &key))),
            None => seen.push((tag, key)),
        }
    }
}

fn problem((first, first_key): (&Tag, &Known<&str>), (tag, key): (&Tag, &Known<&str>)) -> Problem {
    let problem = Problem::new(format!("the tag key `{key}` is used twice"), key.label("duplicate key"))
        .also(first_key.label("first used here"));
    match (first.value().known(), tag.value().known()) {
        (Some(one), Some(other)) if one.value() == other.value() => {
            let fix = tag.delete(Safety::Safe).titled("delete the second tag");
            problem.help("delete one of the two: they are identical").fix(fix)
        }
        _ => problem.help("keep only the tag you mean: tag keys must be unique"),
    }
}
