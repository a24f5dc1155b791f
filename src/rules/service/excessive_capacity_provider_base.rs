use crate::finding::{Category, Problem, Severity};
use crate::model::{CapacityProvider, Field, Known, Service};
use crate::rule::{Check, Profile, Reply, Report, Rule};
use crate::words::counted;

pub(super) const RULE: Rule = Rule {
    id: "excessive-capacity-provider-base",
    summary: "the base of a capacity provider takes all tasks of a service",
    category: Category::Reliability,
    severity: Severity::Note,
    profile: Profile::Strict,
    fix: None,
    reply: Reply::Unrecorded,
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CapacityProviderStrategyItem.html",
    ],
    check: Check::Service(check),
};

fn check(service: &Service, report: &mut Report) {
    let providers = service.capacity_providers();
    if !providers.is_complete() || !service.says_daemon().is_no() {
        return;
    }
    let Some((name, base)) = only_base(providers.items()) else { return };
    let other = providers.items().find_map(|provider| {
        provider.name().known().filter(|other| **other != *name)?;
        provider.weight().known().filter(|weight| **weight > 0)
    });
    let Some((other, (most, label))) = other.zip(most_tasks(service)) else { return };
    if *most <= 0 || *base < *most {
        return;
    }
    report.add(
        Problem::new(
            format!(
                "`base` puts {} on `{name}`, which is all that {} has",
                match *base {
                    1 => "the first task".to_owned(),
                    base => format!("the first {}", counted(base, "task")),
                },
                service.title()
            ),
            base.label("not less than the number of tasks"),
        )
        .also(most.label(label))
        .also(other.label("no task is left to share by weight"))
        .help(match *most {
            1 => "remove `base` so that the weights decide".to_owned(),
            most => {
                format!("set `base` to less than {most}, or remove it so that the weights share all tasks")
            }
        }),
    );
}

/// The name and the base of the only provider with a base. More than one are reported by
/// `conflicting-capacity-provider-bases`.
fn only_base<'d>(
    providers: impl Iterator<Item = CapacityProvider<'d>>,
) -> Option<(Known<'d, &'d str>, Known<'d, i64>)> {
    let is_zero = |base: Field<i64>| base.is_missing() || base.is(|base| base == 0).is_yes();
    let mut bases = providers.filter(|provider| !is_zero(provider.base()));
    let only = bases.next().filter(|_| bases.next().is_none())?;
    Some((only.name().known()?, only.base().known()?))
}

/// The most tasks that the service ever has, with a label: the upper bound of its scalable target, or else its
/// desired count, unless something may scale it.
fn most_tasks<'d>(service: &Service<'d>) -> Option<(Known<'d, i64>, &'static str)> {
    let Some(target) = service.scalable_target() else {
        let count = service.desired_count().known().filter(|_| !service.may_be_scaled())?;
        return Some((count, "the number of tasks"));
    };
    let most = target.bounds().max_capacity().known()?;
    // Scheduled actions may raise the bound.
    let is_most = service.movers().upper_bounds(target.bounds())?.most() == Some(*most);
    is_most.then_some((most, "the largest number of tasks"))
}
