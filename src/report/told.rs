//! What people are shown of a finding: nothing in it moves their cursor or turns their text round.
//!
//! Values, keys and the words of AWS come from the user's file. Every text of a finding passes
//! here before it is laid out; the lines of the file pass in `excerpt.rs`.

use crate::finding::{Finding, Label, Problem};
use crate::fix::Fix;
use crate::visible::visible;

/// A finding whose texts are fit for a terminal, each on one line.
pub(super) fn told(finding: &Finding) -> Finding {
    let tell = |text: &str| visible(text).into_owned();
    let label = |label: &Label| Label::new(label.at, tell(&label.text));
    let problem = &finding.problem;
    let problem = Problem {
        message: tell(&problem.message),
        at: label(&problem.at),
        also: problem.also.iter().map(label).collect(),
        help: problem.help.as_deref().map(tell),
        reply: None,
        concealed: problem.concealed.clone(),
        fix: problem.fix.as_ref().map(|fix| Fix { title: tell(&fix.title), ..fix.clone() }),
        ..*problem
    };
    Finding {
        problem,
        aws_says: finding.aws_says.as_deref().map(tell),
        pointer: tell(&finding.pointer),
        named_pointer: tell(&finding.named_pointer),
        document: finding.document.as_deref().map(tell),
        address: finding.address.as_deref().map(tell),
        // No report shows them.
        repeated: Vec::new(),
        turned_from: None,
        ..*finding
    }
}
