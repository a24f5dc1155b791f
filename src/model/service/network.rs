//! The network of a service, and what routes traffic to it.

use std::net::IpAddr;

use crate::finding::Label;
use crate::model::field::{self, Field, Known, List, view};
use crate::model::{
    Answer, Arn, LaunchType, LoadBalancer, NetworkMode, Present, Service, TaskDefinition, View, region_fault,
};
use crate::placeholder;
use crate::tree::Node;

impl<'d> Service<'d> {
    /// `networkConfiguration`
    pub(crate) fn network_configuration(&self) -> Field<'d, Node<'d>> {
        field::object(self.node(), "networkConfiguration")
    }

    /// `networkConfiguration.awsvpcConfiguration`
    pub(crate) fn awsvpc_configuration(&self) -> Field<'d, AwsvpcConfiguration<'d>> {
        self.network_configuration().and_then(|network| field::object(network, "awsvpcConfiguration"))
    }

    /// A label on what gives each task a network interface of its own, if anything certainly does.
    pub(crate) fn network_interface_label(&self) -> Option<Label> {
        if self.is_fargate().is_yes() {
            return self.fargate_label("Fargate gives each task a network interface");
        }
        // External instances have no subnets: the network mode itself is the fault.
        let task = self.task_definition().filter(|_| self.is_external().is_no())?;
        let mode = task.writes_mode(&[NetworkMode::Awsvpc])?;
        Some(mode.label("each task gets a network interface"))
    }

    /// Whether its subnets and security groups are empty lists, as in a file that a deploy script fills in.
    pub(crate) fn leaves_network_open(&self) -> bool {
        self.awsvpc_configuration().known().is_some_and(|network| network.is_left_open())
    }

    /// Whether something in it is a placeholder or a sample, such as `subnet-1`, so that it is to be filled in.
    pub(crate) fn holds_samples(&self) -> bool {
        let network = self.awsvpc_configuration().known();
        let is_sample =
            |(id, prefix): (Known<&str>, &str)| id.starts_with(prefix) && !is_real_id(&id, prefix);
        let mut ids = network.into_iter().flat_map(|network| {
            let groups = network.security_groups().map(|id| (id, "sg-"));
            network.subnets().map(|id| (id, "subnet-")).chain(groups)
        });
        self.node().placeholders().next().is_some() || ids.any(is_sample)
    }

    /// Whether something in it is, or is of, an account that does not exist.
    pub(crate) fn is_of_sample_account(&self) -> bool {
        self.node().placeholders().any(|(_, found)| found.kind == placeholder::Kind::Account)
    }

    /// The subnets and security groups that the service names, represented by the value that contains them;
    /// or a placeholder for them.
    pub(crate) fn named_network(&self) -> Option<Present<'d>> {
        let whole = self.network_configuration().present().filter(|whole| !whole.is_certain());
        self.awsvpc_configuration().present().or(whole)
    }

    /// Whether AWS rejects any network configuration, because the tasks have no network interface of their
    /// own. On Fargate the task definition itself is not suitable; machines outside AWS have no subnets.
    pub(crate) fn refuses_networks(&self) -> Answer {
        let shares = match self.task_definition() {
            Some(task) => task.shares_network(),
            None => Answer::no_if(self.knows_of_no_task()),
        };
        let all = [!self.is_fargate(), !self.is_external(), shares];
        all.into_iter().fold(Answer::Yes, Answer::and)
    }

    /// `awsvpcConfiguration`, unless the tasks have, or may have, no use for it: then the whole network
    /// configuration is the fault.
    pub(crate) fn usable_network(&self) -> Option<Known<'d, AwsvpcConfiguration<'d>>> {
        let network = self.awsvpc_configuration().known()?;
        let is_settled = self.is_external().is_no()
            && !self.may_have_external_controller()
            && self.refuses_networks().is_no();
        (self.is_described() || is_settled).then_some(network)
    }

    /// Whether `subnets`, `securityGroups` or `assignPublicIp` are outside `awsvpcConfiguration`, or
    /// `awsvpcConfiguration` itself is outside `networkConfiguration`.
    pub(crate) fn has_misplaced_subnets(&self) -> bool {
        let around = self.network_configuration().known();
        [Some(self.node()), around.map(Known::value)].into_iter().flatten().any(|node| {
            ["subnets", "securityGroups", "assignPublicIp"].iter().any(|key| node.get(key).is_some())
        }) || self.node().get("awsvpcConfiguration").is_some()
    }

    /// `serviceRegistries`
    pub(crate) fn registries(&self) -> List<'d, ServiceRegistry<'d>> {
        field::list(self.node(), "serviceRegistries")
    }

    /// Whether faults in `serviceRegistries` should be reported: neither the launch type nor the network mode
    /// is a fault that comes first.
    pub(crate) fn has_registries_of_its_own(&self) -> bool {
        self.is_fargate().is_no() && self.is_external().is_no()
    }

    /// `vpcLatticeConfigurations`
    pub(crate) fn lattice_configurations(&self) -> List<'d, Node<'d>> {
        field::list(self.node(), "vpcLatticeConfigurations")
    }

    /// Whether anything but the health checks of containers watches the tasks: a load balancer, VPC Lattice or
    /// Service Connect.
    pub(crate) fn watches_tasks(&self) -> Answer {
        let connect = self.service_connect_configuration().is(|connect| connect.is(false).is_none());
        let lists = [self.load_balancers().is_set(), self.lattice_configurations().is_set()];
        let unstated = Answer::no_if(self.states_everything());
        lists.into_iter().fold(connect.or(unstated), Answer::or)
    }

    /// The entries of `loadBalancers` that are exclusively Classic Load Balancers.
    pub(crate) fn classic_load_balancers(
        &self,
    ) -> impl Iterator<Item = (LoadBalancer<'d>, Present<'d>)> + use<'d> {
        let balancers = self.load_balancers().items().filter(|balancer| balancer.target_group().is_missing());
        balancers.filter_map(|balancer| Some((balancer, balancer.classic_name().present()?)))
    }

    /// The target groups that the load balancers name, including alternates.
    pub(crate) fn target_groups(&self) -> impl Iterator<Item = Known<'d, &'d str>> + use<'d> {
        self.load_balancers()
            .items()
            .flat_map(|balancer| [balancer.target_group(), balancer.alternate_target_group()])
            .filter_map(Field::known)
    }

    /// Whether [`Service::target_groups`] returns all of them.
    pub(crate) fn knows_all_target_groups(&self) -> bool {
        let balancers = self.load_balancers();
        let is_known = |balancer: LoadBalancer| {
            !balancer.target_group().is_unknown() && !balancer.alternate_target_group().is_unknown()
        };
        balancers.is_complete() && balancers.items().all(is_known)
    }

    /// The ARNs in the service that must be in its own Region.
    pub(crate) fn regional_arns(&self) -> Vec<Known<'d, Arn<'d>>> {
        let mut found = self.own_arns();
        found.extend(self.load_balancers().items().flat_map(|balancer| balancer.arns()));
        found.extend(self.registries().items().filter_map(|registry| registry.arn().read(Arn::read).known()));
        let lattice = self.lattice_configurations().items();
        found.extend(lattice.filter_map(|lattice| arn(lattice, "targetGroupArn")));
        // A text that is not a Region is reported by `invalid-region`.
        found.retain(|arn| !arn.region.is_empty() && region_fault(arn.region).is_none());
        found
    }

    /// The ARNs in the service that must be in its own account.
    pub(crate) fn accounted_arns(&self) -> Vec<Known<'d, Arn<'d>>> {
        let mut found = self.own_arns();
        found.extend(arn(self.node(), "role"));
        for balancer in self.load_balancers().items() {
            found.extend(balancer.arns());
            let role = balancer.advanced().known().and_then(|advanced| arn(advanced.value(), "roleArn"));
            found.extend(role);
        }
        found.retain(|arn| {
            ["ecs", "elasticloadbalancing", "iam"].contains(&arn.service) && arn.real_account().is_some()
        });
        found
    }

    fn own_arns(&self) -> Vec<Known<'d, Arn<'d>>> {
        let keys = ["serviceArn", "clusterArn", "cluster", "taskDefinition"];
        keys.iter().filter_map(|key| arn(self.node(), key)).collect()
    }
}

fn arn<'d>(of: Node<'d>, key: &str) -> Option<Known<'d, Arn<'d>>> {
    field::identifier(of, key).read(Arn::read).known()
}

impl<'d> TaskDefinition<'d> {
    /// Whether the task certainly has no network interface of its own. This is also true on Windows unless
    /// the task requests one, although the default there is not `bridge`.
    pub(crate) fn shares_network(&self) -> Answer {
        let is_windows_on_ec2 = self.is_fargate().is_no()
            && self.is_windows().is_yes()
            && self.lists(LaunchType::ManagedInstances).is_no();
        if self.network_mode().is_missing() && is_windows_on_ec2 {
            return Answer::Yes;
        }
        !self.runs_in(NetworkMode::Awsvpc)
    }
}

view! {
    /// `networkConfiguration.awsvpcConfiguration`
    AwsvpcConfiguration
}

impl<'d> AwsvpcConfiguration<'d> {
    /// `assignPublicIp`
    pub(crate) fn assign_public_ip(&self) -> Field<'d, &'d str> {
        field::identifier(self.node(), "assignPublicIp")
    }

    /// `subnets`
    pub(crate) fn subnet_list(&self) -> List<'d, Node<'d>> {
        field::list(self.node(), "subnets")
    }

    /// The known items of `subnets`.
    pub(crate) fn subnets(&self) -> impl Iterator<Item = Known<'d, &'d str>> + use<'d> {
        field::known_texts(self.subnet_list())
    }

    /// The known items of `subnets` that are IDs of real subnets, as far as can be seen.
    pub(crate) fn real_subnets(&self) -> impl Iterator<Item = Known<'d, &'d str>> + use<'d> {
        self.subnets().filter(|id| is_real_id(id, "subnet-"))
    }

    /// The item of `subnets`, if there is certainly only one, and it is the ID of a real subnet.
    pub(crate) fn only_subnet(&self) -> Option<Known<'d, &'d str>> {
        let list = self.subnet_list();
        let is_one = list.is_complete() && list.items().count() == 1;
        self.real_subnets().next().filter(|_| is_one)
    }

    /// The known items of `securityGroups`.
    pub(crate) fn security_groups(&self) -> impl Iterator<Item = Known<'d, &'d str>> + use<'d> {
        field::known_texts(field::list(self.node(), "securityGroups"))
    }

    /// Whether `securityGroups` is certainly missing or empty, and no other key is meant for it.
    pub(crate) fn lacks_security_groups(&self) -> bool {
        let is_meant = |key: Node| {
            key.text() != "securityGroups" && key.text().to_ascii_lowercase().starts_with("securitygroup")
        };
        field::list::<Node>(self.node(), "securityGroups").is_missing()
            && !self.node().members().any(|(key, _)| is_meant(key))
    }

    /// Whether both lists are there and empty, as in a file that a deploy script fills in.
    pub(in crate::model) fn is_left_open(&self) -> bool {
        let is_empty = |key: &str| {
            self.node()
                .get(key)
                .is_some_and(|list| list.kind() == crate::tree::Kind::List && list.is_absent())
        };
        is_empty("subnets") && is_empty("securityGroups")
    }

    /// `subnets`, if it is an empty list.
    pub(crate) fn empty_subnets(&self) -> Option<Node<'d>> {
        self.node()
            .get("subnets")
            .filter(|subnets| subnets.kind() == crate::tree::Kind::List && subnets.is_absent())
    }
}

/// What is set in place of the id of a subnet or a security group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NetworkIdFault {
    /// Several ids in one string.
    Joined,
    /// The id of something else, in words.
    Other(&'static str),
    /// Hexadecimal digits, but not 8 or 17 in lower case.
    Digits,
    /// A name.
    Name,
    /// A name that starts like an id, and so may be replaced later.
    NameLikeAnId,
    /// An id in which one letter, at an offset, is not a hexadecimal digit.
    Letter(usize),
}

impl NetworkIdFault {
    /// The fault of an id that should start with `prefix`. What is left over from an example is not a faulty
    /// id: it may be replaced later.
    pub(crate) fn of(text: &str, prefix: &str) -> Option<NetworkIdFault> {
        let parts: Vec<&str> =
            text.split([',', ' ', ';']).map(str::trim).filter(|part| !part.is_empty()).collect();
        if parts.len() > 1 {
            let all_ids = parts.iter().all(|part| is_network_id(part, prefix));
            return all_ids.then_some(NetworkIdFault::Joined);
        }
        let others = [
            ("subnet-", "a subnet"),
            ("sg-", "a security group"),
            ("vpc-", "a VPC"),
            ("eni-", "a network interface"),
            ("i-", "an instance"),
        ];
        if text.starts_with("arn:") {
            return Some(NetworkIdFault::Other("an ARN"));
        }
        let other = others.iter().find(|(other, _)| *other != prefix && is_network_id(text, other));
        if let Some((_, noun)) = other {
            return Some(NetworkIdFault::Other(noun));
        }
        if is_zone(text) {
            return Some(NetworkIdFault::Other("an Availability Zone"));
        }
        if text.parse::<IpAddr>().is_ok()
            || text.split_once('/').is_some_and(|(ip, _)| ip.parse::<IpAddr>().is_ok())
        {
            return Some(NetworkIdFault::Other("a CIDR block"));
        }
        if is_telling_name(text) {
            let Some(digits) = text.strip_prefix(prefix) else { return Some(NetworkIdFault::Name) };
            return Some(match only_letter(digits) {
                Some(at) => NetworkIdFault::Letter(prefix.len() + at),
                None => NetworkIdFault::NameLikeAnId,
            });
        }
        let digits = text.strip_prefix(prefix)?;
        let is_hex = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        (is_hex && digits.len() >= 8 && !are_sample_digits(digits) && !is_network_id(text, prefix))
            .then_some(NetworkIdFault::Digits)
    }
}

/// The offset of the only letter among hexadecimal digits that is not one.
fn only_letter(digits: &str) -> Option<usize> {
    let has_digits = digits.len() >= 8 && digits.bytes().filter(u8::is_ascii_digit).count() >= 4;
    let mut letters = digits.char_indices().filter(|(_, c)| !c.is_ascii_hexdigit());
    let (at, letter) = letters.next().filter(|_| has_digits)?;
    (letter.is_ascii_lowercase() && letters.next().is_none()).then_some(at)
}

fn is_network_id(text: &str, prefix: &str) -> bool {
    let is_digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    let digits = text.strip_prefix(prefix).unwrap_or_default();
    matches!(digits.len(), 8 | 17) && digits.bytes().all(is_digit)
}

/// Whether a text has the form of an ID and is not made up for an example.
fn is_real_id(text: &str, prefix: &str) -> bool {
    is_network_id(text, prefix) && !are_sample_digits(text.strip_prefix(prefix).unwrap_or_default())
}

/// Whether the digits of an ID only count up, or are all the same.
fn are_sample_digits(digits: &str) -> bool {
    let lower = digits.to_ascii_lowercase();
    ["1234567890abcdef1234567890abcdef", "0123456789abcdef0123456789abcdef"]
        .iter()
        .any(|sample| sample.contains(&lower))
        || digits.bytes().all(|byte| digits.starts_with(char::from(byte)))
}

/// Whether a text is a descriptive name in lower case. Generic words that could describe any subnet or
/// security group are left over from an example.
fn is_telling_name(text: &str) -> bool {
    const GENERAL: &[&str] = &[
        "subnet",
        "subnets",
        "sg",
        "security",
        "securitygroup",
        "group",
        "groups",
        "vpc",
        "id",
        "ids",
        "string",
        "my",
        "your",
        "the",
        "this",
        "some",
        "example",
        "sample",
        "demo",
        "foo",
        "bar",
        "baz",
        "abc",
        "xyz",
    ];
    let allowed =
        |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'_' | b'.');
    let telling = |word: &str| {
        let word = word.trim_matches(|c: char| c.is_ascii_digit());
        // `aaa` and `xxxx` are stand-ins, hexadecimal digits look like an id.
        let is_repeated = word.chars().all(|c| word.starts_with(c));
        let is_hex = word.bytes().all(|byte| byte.is_ascii_hexdigit());
        word.len() > 1 && !is_repeated && !is_hex && !GENERAL.contains(&word)
    };
    text.bytes().all(allowed) && text.split(['-', '_', '.']).any(telling)
}

/// `eu-west-1a`
fn is_zone(text: &str) -> bool {
    let Some(region) = text.strip_suffix(|c: char| c.is_ascii_lowercase()) else { return false };
    let parts: Vec<&str> = region.split('-').collect();
    let [area, middle @ .., number] = parts.as_slice() else { return false };
    let is_word = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase());
    area.len() == 2
        && is_word(area)
        && !middle.is_empty()
        && middle.iter().all(|word| is_word(word))
        && number.parse::<u8>().is_ok()
}

impl<'d> LoadBalancer<'d> {
    /// `targetGroupArn`
    pub(crate) fn target_group(&self) -> Field<'d, &'d str> {
        field::identifier(self.node(), "targetGroupArn")
    }

    /// Whether `targetGroupArn` is an empty string.
    pub(crate) fn has_empty_target_group(&self) -> bool {
        field::empty_text(self.node(), "targetGroupArn").is_some()
    }

    /// `loadBalancerName`: the name of a Classic Load Balancer.
    pub(crate) fn classic_name(&self) -> Field<'d, &'d str> {
        field::identifier(self.node(), "loadBalancerName")
    }

    /// `advancedConfiguration`
    pub(crate) fn advanced(&self) -> Field<'d, Node<'d>> {
        field::object(self.node(), "advancedConfiguration")
    }

    /// `advancedConfiguration.alternateTargetGroupArn`
    pub(crate) fn alternate_target_group(&self) -> Field<'d, &'d str> {
        self.advanced().and_then(|advanced| field::identifier(advanced, "alternateTargetGroupArn"))
    }

    /// The ARNs of target groups and listener rules.
    fn arns(&self) -> Vec<Known<'d, Arn<'d>>> {
        let mut found: Vec<_> = arn(self.node(), "targetGroupArn").into_iter().collect();
        if let Some(advanced) = self.advanced().known() {
            let keys = ["alternateTargetGroupArn", "productionListenerRule", "testListenerRule"];
            found.extend(keys.iter().filter_map(|key| arn(advanced.value(), key)));
        }
        found
    }
}

view! {
    /// An entry of `serviceRegistries`.
    ServiceRegistry
}

impl<'d> ServiceRegistry<'d> {
    /// `registryArn`
    pub(crate) fn arn(&self) -> Field<'d, &'d str> {
        field::identifier(self.node(), "registryArn")
    }

    /// `port`
    pub(crate) fn port(&self) -> Field<'d, i64> {
        field::integer(self.node(), "port")
    }

    /// `containerName`
    pub(crate) fn container_name(&self) -> Field<'d, &'d str> {
        field::identifier(self.node(), "containerName")
    }

    /// `containerPort`
    pub(crate) fn container_port(&self) -> Field<'d, i64> {
        field::integer(self.node(), "containerPort")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_of_the_network_are_told_from_slips_and_samples() {
        let of = |text| NetworkIdFault::of(text, "subnet-");
        assert_eq!(of("sg-0123456789abcdef0"), Some(NetworkIdFault::Other("a security group")));
        assert_eq!(of("vpc-0a1b2c3d"), Some(NetworkIdFault::Other("a VPC")));
        assert_eq!(of("subnet-0a1b2c3d,subnet-1a2b3c4d"), Some(NetworkIdFault::Joined));
        assert_eq!(of("subnet-0a1b2c3d4e5f60718"), None);
        assert_eq!(of("subnet-0a1b2c3d4e5f607"), Some(NetworkIdFault::Digits));
        assert_eq!(of("subnet-0A1B2C3D4E5F60718"), Some(NetworkIdFault::Digits));
        for text in ["subnet-0a1b2c3d", "subnet-xxxx", "subnet-yyyy", "SUBNET_1", "subnet-1234567890", "a,b"]
        {
            assert_eq!(of(text), None, "{text}");
        }
    }

    #[test]
    fn real_subnets_are_told_from_samples() {
        for text in ["subnet-0a1b2c3d", "subnet-0a1b2c3d4e5f60718"] {
            assert!(is_real_id(text, "subnet-"), "{text}");
        }
        for text in [
            "subnet-xxxx",
            "subnet-12345678",
            "subnet-0123456789abcdef0",
            "subnet-11111111",
            "sg-0a1b2c3d",
            "private-a",
        ] {
            assert!(!is_real_id(text, "subnet-"), "{text}");
        }
    }

    #[test]
    fn names_of_the_network_are_told_from_samples() {
        let of = |text| NetworkIdFault::of(text, "subnet-");
        for text in ["private-a", "default", "public-subnet-1", "birdzview", "task_sg", "web.internal"] {
            assert_eq!(of(text), Some(NetworkIdFault::Name), "{text}");
        }
        assert_eq!(of("subnet-private-a"), Some(NetworkIdFault::NameLikeAnId));
        assert_eq!(of("eu-west-1a"), Some(NetworkIdFault::Other("an Availability Zone")));
        assert_eq!(of("10.0.1.0/24"), Some(NetworkIdFault::Other("a CIDR block")));
        for text in
            ["subnet", "subnet1", "subnet-a", "my-subnet-2", "string", "PrivateSubnetA", "subnet-abc", "aaaa"]
        {
            assert_eq!(of(text), None, "{text}");
        }
    }
}
