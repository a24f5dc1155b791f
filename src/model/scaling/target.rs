//! Documents of Application Auto Scaling: what they scale, and within which bounds.

use crate::date::Date;
use crate::document::{Document, DocumentKind, Door, Form};
use crate::finding::Label;
use crate::model::field::{self, Field, Known, view};
use crate::model::linked::links::{Links, NO_LINKS};
use crate::model::scaling::instant::Instant;
use crate::model::scaling::schedule::Schedule;
use crate::model::{Answer, Linked, Movers, Present, ScalableResource, Service, scaled_resource};
use crate::tree::{NAMELESS, Node};

/// The namespace of Amazon ECS.
pub(crate) const ECS_NAMESPACE: &str = "ecs";
/// The only dimension in which an Amazon ECS service can be scaled.
pub(crate) const ECS_DIMENSION: &str = "ecs:service:DesiredCount";

/// A scalable target, a scaling policy or a scheduled action, seen as three keys that identify the scaled
/// resource.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scaling<'d> {
    node: Node<'d>,
    kind: DocumentKind,
    links: &'d Links,
}

impl<'d> Scaling<'d> {
    /// What a document scales, with its links to other documents; `None` if it is of another kind.
    pub(crate) fn new(node: Node<'d>, kind: DocumentKind, links: &'d Links) -> Option<Scaling<'d>> {
        let names_it = matches!(
            kind,
            DocumentKind::ScalableTarget(_)
                | DocumentKind::ScalingPolicy(_)
                | DocumentKind::ScheduledAction(_)
        );
        names_it.then_some(Scaling { node, kind, links })
    }

    /// What a document scales, without its links to other documents.
    pub(crate) fn of_document(document: &'d Document) -> Option<Scaling<'d>> {
        Scaling::new(document.root(), document.kind, &NO_LINKS)
    }

    /// What to call the document in a sentence.
    pub(crate) fn title(&self) -> String {
        let name = match self.kind {
            DocumentKind::ScalingPolicy(_) => field::identifier(self.node, "PolicyName").known(),
            DocumentKind::ScheduledAction(_) => field::identifier(self.node, "ScheduledActionName").known(),
            _ => None,
        };
        name.map_or_else(
            || format!("the {}", self.kind.name()),
            |name| format!("{} `{name}`", self.kind.name()),
        )
    }

    /// Whether it is API output: AWS has accepted its values.
    pub(crate) fn is_described(&self) -> bool {
        self.kind.is_described()
    }

    /// `ResourceId`, if it names a cluster and a service.
    pub(crate) fn resource(&self) -> Field<'d, ScalableResource<'d>> {
        scaled_resource(self.node)
    }

    /// What tells what it scales from what others scale: the id of the resource or, in a template, the expression
    /// that results in it.
    pub(crate) fn identity(&self) -> Option<String> {
        if let Some(resource) = self.resource().known() {
            return Some(resource.to_string());
        }
        let tree = self.node.tree();
        let expression = self.node.get("ResourceId").filter(|_| tree.door != Door::Api)?.text();
        let names_what_it_is = expression.contains("${") && !expression.contains(NAMELESS);
        names_what_it_is.then(|| format!("{expression} of {:?}", tree.source.id))
    }

    /// The service that it scales; if it matches none, the one with a similar name.
    pub(crate) fn service(&self) -> &'d Linked {
        &self.links.service
    }

    /// The scalable target that a policy or an action belongs to; if it matches none, the one with a similar
    /// name.
    pub(crate) fn scalable_target(&self) -> &'d Linked {
        &self.links.scalable_target
    }

    /// `ServiceNamespace`
    pub(crate) fn service_namespace(&self) -> Field<'d, &'d str> {
        field::identifier(self.node, "ServiceNamespace")
    }

    /// `ScalableDimension`
    pub(crate) fn scalable_dimension(&self) -> Field<'d, &'d str> {
        field::identifier(self.node, "ScalableDimension")
    }

    /// `ResourceId`
    pub(crate) fn resource_id(&self) -> Field<'d, &'d str> {
        field::identifier(self.node, "ResourceId")
    }

    /// `ResourceId`, if the namespace is that of Amazon ECS and the dimension does not contradict it: a
    /// mismatch between those two is reported by `mismatched-scalable-dimension`.
    pub(crate) fn id_of_service(&self) -> Option<Known<'d, &'d str>> {
        let is_ecs = self.service_namespace().known().is_some_and(|namespace| *namespace == ECS_NAMESPACE);
        let fits = match self.scalable_dimension() {
            Field::Missing => true,
            Field::Unknown(_) => false,
            Field::Known(dimension) => dimension.to_ascii_lowercase().starts_with("ecs:"),
        };
        self.resource_id().known().filter(|_| is_ecs && fits)
    }

    /// Whether it certainly scales an Amazon ECS service, according to any of the three keys.
    pub(crate) fn is_for_ecs(&self) -> bool {
        self.service_namespace().known().is_some_and(|namespace| *namespace == ECS_NAMESPACE)
            || self.resource_id().known().is_some_and(|id| id.starts_with("service/"))
            || self.scalable_dimension().known().is_some_and(|dimension| dimension.starts_with("ecs:"))
    }

    /// The namespace and the dimension, if they are not those of an Amazon ECS service, each with the value
    /// it must have.
    pub(crate) fn mismatched(&self) -> Vec<(Known<'d, &'d str>, &'static str)> {
        let expected =
            [(self.service_namespace(), ECS_NAMESPACE), (self.scalable_dimension(), ECS_DIMENSION)];
        let known = expected.into_iter().filter_map(|(field, right)| Some((field.known()?, right)));
        known.filter(|(known, right)| **known != *right).collect()
    }
}

/// The service that a document scales, if that was linted too.
pub(in crate::model) fn service_of(links: &Links) -> Option<Service<'_>> {
    links.service.found().and_then(Service::alone)
}

view! {
    /// The minimum and maximum number of tasks of a service: a scalable target, or the `ScalableTargetAction`
    /// of a scheduled action.
    CapacityBounds
}

impl<'d> CapacityBounds<'d> {
    /// The bounds that a document sets.
    pub(crate) fn of_document(document: &'d Document) -> Option<CapacityBounds<'d>> {
        match document.kind {
            DocumentKind::ScalableTarget(_) => Some(CapacityBounds(document.root())),
            DocumentKind::ScheduledAction(form) => {
                let action = ScheduledAction::new(document.root(), form, &NO_LINKS);
                action.scalable_target_action().known().map(Known::value)
            }
            _ => None,
        }
    }

    /// `MinCapacity`
    pub(crate) fn min_capacity(&self) -> Field<'d, i64> {
        field::integer(self.0, "MinCapacity")
    }

    /// `MaxCapacity`
    pub(crate) fn max_capacity(&self) -> Field<'d, i64> {
        field::integer(self.0, "MaxCapacity")
    }

    /// Whether the upper bound is below the lower one.
    pub(crate) fn is_conflicting(&self) -> Answer {
        match (self.min_capacity(), self.max_capacity()) {
            (Field::Known(least), Field::Known(most)) => Answer::from(*most < *least),
            (Field::Missing, _) | (_, Field::Missing) => Answer::No,
            _ => Answer::Unknown,
        }
    }

    /// The bound that this sets alone and moves past the other bound of a scalable target, and that other
    /// bound, each with its key.
    pub(crate) fn crossed(&self, target: CapacityBounds<'d>) -> Option<[(&'static str, Known<'d, i64>); 2]> {
        let (least, most) = (self.min_capacity(), self.max_capacity());
        let pair = match (least.known(), most.known()) {
            (Some(least), None) if most.is_missing() => {
                let most = target.max_capacity().known().filter(|most| **most < *least)?;
                [("MinCapacity", least), ("MaxCapacity", most)]
            }
            (None, Some(most)) if least.is_missing() => {
                let least = target.min_capacity().known().filter(|least| *most < **least)?;
                [("MaxCapacity", most), ("MinCapacity", least)]
            }
            _ => return None,
        };
        Some(pair)
    }

    /// The keys of the bounds that are certainly not set.
    pub(crate) fn missing(&self) -> Vec<&'static str> {
        let bounds = [("MinCapacity", self.min_capacity()), ("MaxCapacity", self.max_capacity())];
        bounds.into_iter().filter(|(_, bound)| bound.is_missing()).map(|(key, _)| key).collect()
    }
}

/// A scalable target.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ScalableTarget<'d> {
    node: Node<'d>,
    form: Form,
    links: &'d Links,
}

impl<'d> ScalableTarget<'d> {
    /// The scalable target of a document, with its links to other documents.
    pub(crate) fn new(node: Node<'d>, form: Form, links: &'d Links) -> ScalableTarget<'d> {
        ScalableTarget { node, form, links }
    }

    /// The scalable target of a document, without its links to other documents; `None` if the document is of
    /// another kind.
    pub(crate) fn alone(document: &'d Document) -> Option<ScalableTarget<'d>> {
        match document.kind {
            DocumentKind::ScalableTarget(form) => Some(ScalableTarget::new(document.root(), form, &NO_LINKS)),
            _ => None,
        }
    }

    /// Whether nothing moves it, and it is, or may be, for a service that runs one task on each instance.
    pub(crate) fn may_scale_daemon(&self) -> bool {
        self.links.may_scale_daemon
    }

    /// Whether it is API output, where nothing is required.
    pub(crate) fn is_described(&self) -> bool {
        self.form == Form::Described
    }

    /// The service that it scales, if that was linted too.
    pub(crate) fn service(&self) -> Option<Service<'d>> {
        service_of(self.links)
    }

    /// What it scales.
    pub(crate) fn scaling(&self) -> Scaling<'d> {
        Scaling { node: self.node, kind: DocumentKind::ScalableTarget(self.form), links: self.links }
    }

    /// Whether any policy or action belongs to it.
    pub(crate) fn is_moved(&self) -> Answer {
        self.links.scaling
    }

    /// The policies and the actions that move it.
    pub(crate) fn movers(&self) -> &'d Movers {
        self.links.movers()
    }

    /// Other scalable targets in the folder for the same resource that are inputs, not API output: one with
    /// another `MinCapacity`, and one with another `MaxCapacity`.
    pub(crate) fn rivals(&self) -> [Option<ScalableTarget<'d>>; 2] {
        self.links.rivals.each_ref().map(|rival| rival.as_ref().and_then(ScalableTarget::alone))
    }

    /// A label on what it scales, otherwise on its head.
    pub(crate) fn label(&self, text: impl Into<String>) -> Label {
        match self.scaling().resource_id().known() {
            Some(id) => id.label(text),
            None => Label::new(self.node.head(), text),
        }
    }

    /// The whole target.
    pub(crate) fn node(&self) -> Node<'d> {
        self.node
    }

    /// `MinCapacity` and `MaxCapacity`
    pub(crate) fn bounds(&self) -> CapacityBounds<'d> {
        CapacityBounds(self.node)
    }

    /// Whether it sets which kinds of scaling to suspend: the usual reason for a call that sets nothing else.
    pub(crate) fn may_suspend(&self) -> bool {
        !field::member(self.node, "SuspendedState").is_missing()
    }

    /// The kind of scaling that is certainly suspended, by its key in `SuspendedState`.
    pub(crate) fn suspended(&self, kind: &str) -> Option<Known<'d, bool>> {
        let state = field::object::<Node>(self.node, "SuspendedState").known()?;
        field::boolean(state.value(), kind).known().filter(|suspended| **suspended)
    }

    /// `RoleARN`
    pub(crate) fn role_arn(&self) -> Field<'d, &'d str> {
        field::identifier(self.node, "RoleARN")
    }
}

/// A scheduled action.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ScheduledAction<'d> {
    node: Node<'d>,
    form: Form,
    links: &'d Links,
}

impl<'d> ScheduledAction<'d> {
    /// The scheduled action of a document, with its links to other documents.
    pub(crate) fn new(node: Node<'d>, form: Form, links: &'d Links) -> ScheduledAction<'d> {
        ScheduledAction { node, form, links }
    }

    /// What it scales.
    pub(crate) fn scaling(&self) -> Scaling<'d> {
        Scaling { node: self.node, kind: DocumentKind::ScheduledAction(self.form), links: self.links }
    }

    /// The scalable target that it moves, if that was linted too.
    pub(crate) fn scalable_target(&self) -> Option<ScalableTarget<'d>> {
        self.links.scalable_target.found().and_then(ScalableTarget::alone)
    }

    /// `ScheduledActionName`
    pub(crate) fn name(&self) -> Field<'d, &'d str> {
        field::identifier(self.node, "ScheduledActionName")
    }

    /// The node of the scheduled action.
    pub(crate) fn node(&self) -> Node<'d> {
        self.node
    }

    /// Whether it is API output, where nothing is required.
    pub(crate) fn is_described(&self) -> bool {
        self.form == Form::Described
    }

    /// What to call it in a sentence.
    pub(crate) fn title(&self) -> String {
        match self.name().known() {
            Some(name) => format!("scheduled action `{name}`"),
            None => "the scheduled action".to_owned(),
        }
    }

    /// `Schedule`, as written.
    pub(crate) fn schedule_text(&self) -> Field<'d, &'d str> {
        field::identifier(self.node, "Schedule")
    }

    /// `Schedule`, if it can be parsed.
    pub(crate) fn schedule(&self) -> Field<'d, Schedule<'d>> {
        self.schedule_text().read(|text| Schedule::read(text).ok())
    }

    /// `Timezone`
    pub(crate) fn timezone(&self) -> Field<'d, &'d str> {
        field::identifier(self.node, "Timezone")
    }

    /// `StartTime`
    pub(crate) fn start_time(&self) -> Field<'d, Instant> {
        field::member(self.node, "StartTime").read(Instant::of)
    }

    /// `EndTime`
    pub(crate) fn end_time(&self) -> Field<'d, Instant> {
        field::member(self.node, "EndTime").read(Instant::of)
    }

    /// What shows that the action never runs on a day or later: its `Schedule`, or its `EndTime`, unless the
    /// action ends before it starts, which `conflicting-schedule-window` reports.
    pub(crate) fn ended_before(&self, day: Date) -> Option<Present<'d>> {
        let is_over = |schedule: Schedule| match schedule {
            Schedule::At(instant) if self.timezone().is_missing() => instant.in_utc().is_before(day),
            Schedule::At(instant) => instant.is_before(day),
            // The last day of the year may still last, far to the west.
            _ => schedule.last_year().is_some_and(|year| Date { year: year + 1, month: 1, day: 1 } < day),
        };
        if let Some(schedule) = self.schedule().known().filter(|schedule| is_over(**schedule)) {
            return Some(schedule.present());
        }
        let end = self.end_time().known().filter(|end| end.is_before(day))?;
        let is_window = match self.start_time() {
            Field::Missing => true,
            Field::Known(start) => *start < *end,
            Field::Unknown(_) => false,
        };
        is_window.then_some(end.present())
    }

    /// `ScalableTargetAction`
    pub(crate) fn scalable_target_action(&self) -> Field<'d, CapacityBounds<'d>> {
        field::object(self.node, "ScalableTargetAction")
    }

    /// `ScalableTargetAction`, if it is an empty object.
    pub(crate) fn empty_action(&self) -> Option<Known<'d, CapacityBounds<'d>>> {
        let node = field::member(self.node, "ScalableTargetAction").known()?.node();
        node.is_absent().then(|| Known::new(node, CapacityBounds(node)))
    }
}
