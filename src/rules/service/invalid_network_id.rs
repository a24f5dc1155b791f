use crate::finding::{Category, Problem, Severity};
use crate::fix::{Safety, Spot};
use crate::model::{Known, NetworkIdFault, Service};
use crate::rule::{Check, Profile, Reply, Report, Rule};
use crate::source::Cut;

pub(super) const RULE: Rule = Rule {
    id: "invalid-network-id",
    summary: "a subnet or security group ID is not valid",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: Some(Safety::Shown),
    reply: Reply::Sometimes(&["The subnet ID '{id}' does not exist"]),
    settings: &[],
    sources: &[
        "https://github.com/eddmann/serverless-fargate/issues/20",
        "https://github.com/aws-cloudformation/cfn-lint",
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_AwsVpcConfiguration.html",
    ],
    check: Check::ServiceOrTaskSet(check),
};

fn check(service: &Service, report: &mut Report) {
    let Some(network) = service.awsvpc_configuration().known() else { return };
    // Where the account is a sample, an impossible ID is one too.
    let is_sample = service.is_of_sample_account();
    for id in network.subnets() {
        judge(&id, &SUBNET, is_sample, report);
    }
    for id in network.security_groups() {
        judge(&id, &SECURITY_GROUP, is_sample, report);
    }
}

/// What an ID refers to.
struct Thing {
    prefix: &'static str,
    noun: &'static str,
    /// Which of the rule's replies is that to one that does not exist.
    unknown: Option<usize>,
}

const SUBNET: Thing = Thing { prefix: "subnet-", noun: "a subnet", unknown: Some(0) };
const SECURITY_GROUP: Thing = Thing { prefix: "sg-", noun: "a security group", unknown: None };

fn judge(id: &Known<&str>, thing: &Thing, is_sample: bool, report: &mut Report) {
    let Thing { prefix, noun, unknown } = *thing;
    let Some(fault) = NetworkIdFault::of(id, prefix) else { return };
    let message = format!("`{id}` is not the ID of {noun}");
    report.add(match fault {
        NetworkIdFault::Joined => {
            let parts: Vec<&str> =
                id.split([',', ' ', ';']).map(str::trim).filter(|part| !part.is_empty()).collect();
            let listed = parts.iter().map(|part| format!("\"{part}\"")).collect::<Vec<_>>().join(", ");
            let problem = Problem::new(message, id.label(format!("{} IDs in one string", parts.len())))
                .help(format!("set the items to {listed}"));
            match id.node().parent().filter(|list| list.items().count() == 1) {
                Some(list) => {
                    problem.fix(list.set(Safety::Shown, parts).titled("split it into one item per ID"))
                }
                None => problem,
            }
        }
        NetworkIdFault::Other(other) => Problem::new(message, id.label(format!("this is {other}")))
            .help(format!("use the ID of {noun}: `{prefix}` and 17 hexadecimal digits")),
        NetworkIdFault::Digits => Problem::new(
            message,
            id.label(format!("`{prefix}` must be followed by 8 or 17 lower-case hexadecimal digits")),
        )
        .help("copy the ID again: a digit is wrong, missing or extra"),
        NetworkIdFault::Letter(at) => {
            let letter = id.cut(at..at + 1);
            let label = id.part_label(at..at + 1, format!("`{letter}` is not a hexadecimal digit"));
            let problem = Problem::new(message, label)
                .help("copy the ID again: a digit is wrong, missing or extra")
                .at_most(Severity::Warning);
            match unknown {
                Some(which) => problem.reply(which, &[("id", id)]),
                None => problem,
            }
        }
        NetworkIdFault::Name | NetworkIdFault::NameLikeAnId => {
            let problem = Problem::new(message, id.label("this is a name"))
                .help(format!("set it to the ID: `{prefix}` and 17 hexadecimal digits"));
            let problem = match unknown {
                Some(which) => problem.reply(which, &[("id", id)]),
                None => problem,
            };
            let is_certain = fault == NetworkIdFault::Name && !is_sample;
            if is_certain { problem } else { problem.at_most(Severity::Warning) }
        }
    });
}
