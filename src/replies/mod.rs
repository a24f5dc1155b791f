//! Which rule is a text of AWS about? The texts that rules record are compared with it, word by word.
//!
//! A text comes as people have it: cut short, copied out of a log, with names and ARNs where the rule
//! has `{name}`, and with what a client writes around it.

mod align;
mod messages;
mod words;

use std::collections::HashSet;

use crate::finding::RuleId;
use crate::rules::Registry;
use align::{Alignment, Lexicon, Template};
pub use messages::{Message, messages};
use words::words;

/// No more rules than this are shown for one text.
const MOST: usize = 3;

/// A rule that a text is about.
#[derive(Clone, Debug, PartialEq)]
pub struct Match {
    /// The rule.
    pub rule: RuleId,
    /// AWS's recorded reply, with `{name}` for what varies.
    pub template: &'static str,
    /// How similar the two are.
    pub certainty: Certainty,
    /// The weight of the words that they share, less that of the words that they do not.
    score: f32,
}

/// How certain it is that a text is a recorded one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Certainty {
    /// Some of its words.
    Possible,
    /// Most of its words.
    Likely,
    /// The recorded text itself, whatever its values.
    Exact,
}

impl Certainty {
    /// The name in reports.
    pub const fn name(self) -> &'static str {
        match self {
            Certainty::Possible => "possible",
            Certainty::Likely => "likely",
            Certainty::Exact => "exact",
        }
    }

    /// How certain an alignment is, if it is worth reporting.
    fn of(found: &Alignment, total: f32, in_text: usize) -> Option<Certainty> {
        let recall = found.matched / total;
        // The beginning of a long text is recognized by itself, if there is nothing else.
        let is_part = found.words >= 3 && found.words * 5 >= in_text * 4;
        match recall {
            recall if recall > 0.97 && found.gaps == 0 => Some(Certainty::Exact),
            recall if recall > 0.75 => Some(Certainty::Likely),
            recall if recall > 0.55 && found.words >= 3 || recall > 0.3 && is_part => {
                Some(Certainty::Possible)
            }
            _ => None,
        }
    }
}

/// The recorded texts of all rules.
pub struct Replies {
    lexicon: Lexicon,
    templates: Vec<(RuleId, &'static str, Template)>,
}

impl Replies {
    /// The texts of the existing rules.
    pub fn new(registry: &Registry) -> Replies {
        let texts =
            registry.rules().flat_map(|(id, rule)| rule.reply.templates().iter().map(move |t| (id, *t)));
        let mut lexicon = Lexicon::default();
        let templates = texts.map(|(id, text)| (id, text, lexicon.add(text))).collect();
        Replies { lexicon, templates }
    }

    /// The rules that a text is about, the likeliest first: one, or several that it may be about.
    pub fn rules_of(&self, text: &str) -> Vec<Match> {
        let inner = self.best(peeled(text));
        if inner.is_empty() { self.best(text) } else { inner }
    }

    fn best(&self, text: &str) -> Vec<Match> {
        let words = words(text);
        let known = self.lexicon.read(&words);
        let mut found: Vec<Match> = self
            .templates
            .iter()
            .filter_map(|(rule, text, template)| {
                let total = self.lexicon.weight_of(template);
                let alignment = self.lexicon.align(template, &known)?;
                let certainty = Certainty::of(&alignment, total, words.len())?;
                Some(Match { rule: *rule, template: text, certainty, score: alignment.score })
            })
            .collect();
        found.sort_by(|left, right| right.score.total_cmp(&left.score));
        let mut seen = HashSet::new();
        found.retain(|one| seen.insert(one.rule));
        // A much less similar text is another text.
        if let Some(best) = found.first().map(|one| one.score) {
            let least = if found[0].certainty == Certainty::Exact { 0.999 } else { 0.7 };
            found.retain(|one| one.score >= best * least);
        }
        found.truncate(MOST);
        found
    }
}

/// A text without what the AWS CLI and the SDKs put before the words of the API: `An error occurred
/// (ClientException) when calling the RegisterTaskDefinition operation: `.
fn peeled(text: &str) -> &str {
    let after = |mark: &str| text.split_once(mark).map(|(_, rest)| rest);
    let inner = after(" operation: ").or_else(|| after("Exception: ")).unwrap_or(text);
    if inner.trim().is_empty() { text } else { inner }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first_rules(text: &str) -> Vec<&'static str> {
        let registry = Registry::default();
        let found = Replies::new(&registry).rules_of(text);
        found.iter().map(|one| registry.get(one.rule).id).collect()
    }

    /// A template with values as AWS writes them.
    fn filled(template: &str) -> String {
        let values =
            ["web", "arn:aws:ecs:eu-west-1:111122223333:service/prod/web-app", "8080", "my-Sidecar_2"];
        let mut text = String::new();
        let mut parts = template.split('{');
        text.push_str(parts.next().unwrap_or_default());
        for (at, part) in parts.enumerate() {
            match part.split_once('}') {
                Some((name, rest)) if name.chars().all(|c| c.is_ascii_lowercase()) => {
                    text.push_str(values[at % values.len()]);
                    text.push_str(rest);
                }
                _ => {
                    text.push('{');
                    text.push_str(part);
                }
            }
        }
        text.replace('…', "something was retried 3 time(s)")
    }

    /// The whole point: each recorded text leads to its rule, or to another one with the same text.
    #[test]
    fn every_recorded_text_finds_its_rule() {
        let registry = Registry::default();
        let replies = Replies::new(&registry);
        let mut faults = Vec::new();
        for (_, rule) in registry.rules() {
            for template in rule.reply.templates() {
                for text in [
                    filled(template),
                    format!(
                        "An error occurred (ClientException) when calling the RegisterTaskDefinition operation: {}",
                        filled(template)
                    ),
                    format!(
                        "2026-11-02T10:11:12Z ERROR deploy failed: ClientException: {} (exit 254)",
                        filled(template)
                    ),
                ] {
                    let found = replies.rules_of(&text);
                    let same = |one: &Match| {
                        let rule = registry.get(one.rule);
                        rule.reply.templates().contains(template)
                    };
                    let is_first = found.first().is_some_and(same);
                    if !is_first {
                        let ids: Vec<&str> = found.iter().map(|one| registry.get(one.rule).id).collect();
                        faults.push(format!("{}: {text}\n    {ids:?}", rule.id));
                    }
                }
            }
        }
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    }

    #[test]
    fn slips_and_parts_are_understood() {
        let size = "invalid-fargate-size";
        assert_eq!(first_rules("no fargate configuration exist for given values")[0], size);
        assert_eq!(
            first_rules("No Fargate configuration exists for given values: 256 CPU, 8192 memory.")[0],
            size
        );
        let terraform = "Error: creating ECS Task Definition (web): operation error ECS: RegisterTaskDefinition, https response error StatusCode: 400, RequestID: 1b2c, ClientException: No Fargate configuration exists for given values: 256 CPU, 8192 memory. See the Amazon ECS documentation for the valid values.";
        assert_eq!(first_rules(terraform), [size]);
        let stopped = "CannotStartContainerError: Error response from daemon: failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: exec: \"npm start\": executable file not found in $PATH: unknown";
        assert_eq!(first_rules(stopped)[0], "unsplit-command");
        assert_eq!(first_rules("exec /usr/bin/app: exec format error"), ["mismatched-image-architecture"]);
    }

    #[test]
    fn what_nobody_has_recorded_is_no_match() {
        for text in [
            "",
            "hello world",
            "(service web) has reached a steady state.",
            "(service web) has started 1 tasks: (task 0123456789abcdef).",
            "An error occurred (ThrottlingException) when calling the RegisterTaskDefinition operation: Rate exceeded",
            "Essential container in task exited",
            "Scaling activity initiated by (deployment ecs-svc/1234567890)",
        ] {
            assert_eq!(first_rules(text), [""; 0], "{text}");
        }
    }
}
