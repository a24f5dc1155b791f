//! The order in which the containers of a task can be started.

use std::cell::LazyCell;
use std::collections::{BTreeMap, VecDeque};
use std::fmt;

use crate::finding::Label;
use crate::model::field::{self, Known, List};
use crate::model::{Container, TaskDefinition};
use crate::tree::Node;

/// Why one container is started after another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum WaitReason {
    /// `dependsOn`
    Dependency,
    /// `links`
    Link,
    /// `volumesFrom`
    Volumes,
}

/// One container that is started after another.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wait<'d> {
    /// The container that waits.
    pub container: Container<'d>,
    target: Container<'d>,
    reason: WaitReason,
    /// The place that names the container that it waits for.
    pub named: Known<'d, &'d str>,
}

impl<'d> Wait<'d> {
    fn from(&self) -> u32 {
        self.container.node().index()
    }

    fn to(&self) -> u32 {
        self.target.node().index()
    }

    /// A label that states which container waits for which, on the name of the latter.
    pub(crate) fn label(&self) -> Label {
        let (from, to) = (name(&self.container), name(&self.target));
        self.named.label(match self.reason {
            WaitReason::Dependency => format!("`{from}` waits for `{to}`"),
            WaitReason::Link => format!("`{from}` is linked to `{to}`"),
            WaitReason::Volumes => format!("`{from}` mounts the volumes of `{to}`"),
        })
    }
}

fn name<'d>(container: &Container<'d>) -> &'d str {
    container.name().known().map_or("", Known::value)
}

/// Containers that wait for each other in a cycle.
#[derive(Clone, Debug)]
pub(crate) struct Cycle<'d> {
    /// Each wait leads to the next one, the last one to the first.
    waits: Vec<Wait<'d>>,
}

impl<'d> Cycle<'d> {
    /// The first wait of the cycle.
    pub(crate) fn first(&self) -> &Wait<'d> {
        &self.waits[0]
    }

    /// Whether it is a single container that waits for itself.
    pub(crate) fn is_single(&self) -> bool {
        self.waits.len() == 1
    }

    /// Labels on all waits but the first.
    pub(crate) fn other_labels(&self) -> impl Iterator<Item = Label> {
        self.waits[1..].iter().map(Wait::label)
    }
}

/// `` `app` → `db` → `app` ``
impl fmt::Display for Cycle<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for wait in &self.waits {
            write!(f, "`{}` → ", name(&wait.container))?;
        }
        write!(f, "`{}`", name(&self.first().container))
    }
}

impl<'d> TaskDefinition<'d> {
    /// The cycles of `links` alone, with at least two containers.
    pub(crate) fn link_cycles(&self) -> Vec<Cycle<'d>> {
        let links = self.waits().into_iter().filter(|wait| wait.reason == WaitReason::Link);
        let links: Vec<Wait> = links.filter(|wait| wait.from() != wait.to()).collect();
        cycles(&links, |_| true)
    }

    /// The cycles that involve `dependsOn` or `volumesFrom`.
    pub(crate) fn start_cycles(&self) -> Vec<Cycle<'d>> {
        cycles(&self.waits(), |wait| wait.reason != WaitReason::Link)
    }

    /// Which container is started after which, in document order. Empty if a name is unknown.
    fn waits(&self) -> Vec<Wait<'d>> {
        let names = LazyCell::new(|| self.containers_by_name());
        let uses_links = self.uses_links();
        let mut waits = Vec::new();
        for container in self.containers() {
            let dependencies = container.depends_on().items().filter_map(|one| one.container_name().known());
            let links = container.links().filter(|link| uses_links && link.is_well_formed());
            let links = links.map(|link| Known::new(link.node(), link.container));
            let volumes: List<Node> = field::list(container.node(), "volumesFrom");
            let volumes = volumes.items().filter_map(|one| field::identifier(one, "sourceContainer").known());
            let named = dependencies
                .map(|name| (WaitReason::Dependency, name))
                .chain(links.map(|name| (WaitReason::Link, name)))
                .chain(volumes.map(|name| (WaitReason::Volumes, name)));
            waits.extend(named.filter_map(|(reason, named)| {
                let target = *names.get(named.value())?;
                Some(Wait { container, target, reason, named })
            }));
        }
        waits
    }
}

/// For each wait that counts and is not in a cycle found so far, the shortest cycle through it.
fn cycles<'d>(waits: &[Wait<'d>], counts: impl Fn(&Wait<'d>) -> bool) -> Vec<Cycle<'d>> {
    let mut after: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (at, wait) in waits.iter().enumerate() {
        after.entry(wait.from()).or_default().push(at);
    }
    let mut cycles = Vec::new();
    let mut seen = vec![false; waits.len()];
    for (at, wait) in waits.iter().enumerate() {
        if seen[at] || !counts(wait) {
            continue;
        }
        if let Some(path) = shortest_path(waits, &after, wait.to(), wait.from()) {
            let cycle: Vec<usize> = [at].into_iter().chain(path).collect();
            cycle.iter().for_each(|at| seen[*at] = true);
            cycles.push(Cycle { waits: cycle.into_iter().map(|at| waits[at]).collect() });
        }
    }
    cycles
}

/// The waits that lead from one container to another.
fn shortest_path(
    waits: &[Wait],
    after: &BTreeMap<u32, Vec<usize>>,
    from: u32,
    to: u32,
) -> Option<Vec<usize>> {
    let mut reached: BTreeMap<u32, Option<usize>> = BTreeMap::from([(from, None)]);
    let mut queue = VecDeque::from([from]);
    while let Some(container) = queue.pop_front() {
        if container == to {
            let mut path = Vec::new();
            let mut end = container;
            while let Some(at) = reached[&end] {
                path.push(at);
                end = waits[at].from();
            }
            path.reverse();
            return Some(path);
        }
        for &at in after.get(&container).into_iter().flatten() {
            reached.entry(waits[at].to()).or_insert_with(|| {
                queue.push_back(waits[at].to());
                Some(at)
            });
        }
    }
    None
}
