use crate::finding::{Category, Label, Problem, Severity};
use crate::fix::{Change, Fix, Safety};
use crate::parse::Parsed;
use crate::rule::{Check, Profile, Reply, Report, Rule};
use crate::source::{Encoding, Span};
use crate::tree::Notation;

pub(super) const RULE: Rule = Rule {
    id: "leftover-byte-order-mark",
    summary: "the file starts with a byte order mark",
    category: Category::Rejected,
    severity: Severity::Warning,
    profile: Profile::Default,
    fix: Some(Safety::Safe),
    reply: Reply::Always(
        "Error parsing parameter 'cli-input-json': Invalid JSON: Unexpected UTF-8 BOM (decode using utf-8-sig): line 1 column 1 (char 0)",
    ),
    settings: &[],
    sources: &[
        "https://www.rfc-editor.org/rfc/rfc8259#section-8.1",
        "https://pypi.org/project/awscli/1.45.11/",
        "https://github.com/aws/aws-cli/issues/3216",
    ],
    check: Check::Text(check),
};

const MARK: char = '\u{feff}';

fn check(parsed: &Parsed, report: &mut Report) {
    let source = &parsed.tree.source;
    // Terraform strips it from its own files.
    let is_of_terraform = parsed.tree.notation == Notation::Hcl;
    if source.encoding != Encoding::Utf8 || !source.text.starts_with(MARK) || is_of_terraform {
        return;
    }
    let place = source.place(Span::of(0..MARK.len_utf8()));
    let fix = Fix::new(Safety::Safe, "delete the byte order mark", &[Change::Text(place, String::new())]);
    report.add(
        Problem::new("the file starts with a byte order mark", Label::new(place, "three invisible bytes"))
            .help("save the file as UTF-8 without a byte order mark: the AWS CLI rejects it, other tools ignore it")
            .fix(fix),
    );
}
