//! Credentials that a document contains in plain text, and where.

use std::cell::LazyCell;
use std::ops::Range;

use crate::credential::{self, Credential, Sign};
use crate::document::{Document, DocumentKind};
use crate::finding::Label;
use crate::model::field::{self, Field};
use crate::model::task::access_key::AwsVariable;
use crate::model::{Container, TaskDefinition, View, bare_containers};
use crate::source::Place;
use crate::tree::{Kind, Node};

/// A credential in plain text.
#[derive(Clone, Debug)]
pub(crate) struct Exposed<'d> {
    /// The string that contains it.
    node: Node<'d>,
    range: Range<usize>,
    secret: Range<usize>,
    /// What shows that it is a credential.
    pub evidence: Evidence,
    /// What contains it, in a sentence: "`DB_PASSWORD` of container `app`".
    pub title: String,
    /// The name of the variable of AWS that contains it; empty for anything else.
    pub name: String,
    /// What has the variable: "container `app`".
    pub owner: String,
    /// Where the value belongs instead.
    home: Home,
    /// What has to be described to read it.
    resource: &'static str,
    /// Other parts of the same credential.
    pub also: Vec<Exposed<'d>>,
    /// Whether it is the ID of an access key whose secret seems to be fetched: the ID alone opens nothing.
    pub is_half: bool,
}

/// What shows that something is a credential.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Evidence {
    /// It is in a variable that AWS's own programs read. It is certain if it has the form of the real thing.
    AwsVariable {
        /// Whether it has the form of the real thing.
        is_certain: bool,
    },
    /// What the text and its name show.
    Text(Sign),
}

/// What takes a credential without showing it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Home {
    /// `secrets` of the container.
    Secrets,
    /// `secretOptions` of the log configuration.
    SecretOptions,
    /// Nothing in the document.
    Elsewhere,
}

impl<'d> Exposed<'d> {
    /// A label on it.
    pub(crate) fn label(&self, text: impl Into<String>) -> Label {
        Label::new(self.node.part(self.range.clone()), text)
    }

    /// Who can read it, as the beginning of a sentence.
    pub(crate) fn audience(&self) -> String {
        format!("everyone who can describe {} can read it", self.resource)
    }

    /// Where to keep it, or what replaces it, as the end of a sentence.
    pub(crate) fn remedy(&self, what: &str) -> String {
        let then = match self.home {
            Home::Secrets => "fetch it with `secrets`",
            Home::SecretOptions => "move the option to `secretOptions`",
            Home::Elsewhere => "read it from there",
        };
        format!("store {what} in Secrets Manager or Parameter Store, and {then}")
    }

    /// Whether it is the ID of an access key of AWS, and nothing else.
    fn is_key_id(&self) -> bool {
        let is_id = match self.evidence {
            Evidence::AwsVariable { .. } => credential::is_access_key_id(self.node.text()),
            Evidence::Text(sign) => credential::is_sign_of_key_id(sign),
        };
        is_id && self.also.is_empty()
    }

    /// What no report shows of it.
    pub(crate) fn secrets(&self) -> impl Iterator<Item = Place> {
        std::iter::once(self).chain(&self.also).map(|one| one.node.part(one.secret.clone()))
    }
}

/// The credentials in a document, in no particular order: one in a string.
pub(crate) fn credentials<'d>(document: &'d Document) -> Vec<Exposed<'d>> {
    let resource = match document.kind {
        DocumentKind::Service(_) => "the service",
        _ => "the task definition",
    };
    let root = document.root();
    let list = root.get("containerDefinitions").unwrap_or(root);
    let may_hide_containers = list.is_incomplete() || list.items().any(|item| item.kind() == Kind::Unknown);
    let mut search = Search { resource, containers: Vec::new(), may_hide_containers, found: Vec::new() };
    match document.kind {
        DocumentKind::TaskDefinition(_) => search.task(&TaskDefinition::of(root)),
        DocumentKind::ContainerDefinitions => search.containers(bare_containers(root).collect()),
        DocumentKind::Service(_) => search.service(root),
        _ => {}
    }
    search.found
}

struct Search<'d> {
    /// What has to be described to read the document.
    resource: &'static str,
    /// The containers of the task, whose names are hosts of the task itself.
    containers: Vec<Container<'d>>,
    /// Whether there may be more of them.
    may_hide_containers: bool,
    found: Vec<Exposed<'d>>,
}

impl<'d> Search<'d> {
    fn task(&mut self, task: &TaskDefinition<'d>) {
        let root = task.node();
        self.containers(task.containers().collect());
        for volume in items(root, "volumes") {
            let Some(docker) = volume.get("dockerVolumeConfiguration") else { continue };
            let title = |kind: &str, key: &str| format!("the {kind} `{key}` of {}", named("volume", volume));
            for (key, value) in strings(docker, "driverOpts") {
                let found = self.in_value(key.text(), value.text());
                self.add(value, found, Home::Elsewhere, || title("option", key.text()));
            }
            for (key, value) in strings(docker, "labels") {
                let found = credential::in_format(value.text(), Some(key.text()));
                self.add(value, found, Home::Elsewhere, || title("label", key.text()));
            }
        }
        if let Some(proxy) = root.get("proxyConfiguration") {
            for property in items(proxy, "properties") {
                self.tag(property, "name", "the proxy property");
            }
        }
        self.tags(root);
    }

    fn containers(&mut self, containers: Vec<Container<'d>>) {
        self.containers = containers;
        for container in self.containers.clone() {
            self.container(&container);
        }
    }

    fn container(&mut self, container: &Container<'d>) {
        let node = container.node();
        self.environment(container);
        let health_check = node.get("healthCheck").and_then(|check| check.get("command"));
        let commands = [
            ("command", node.get("command")),
            ("entryPoint", node.get("entryPoint")),
            ("healthCheck", health_check),
        ];
        for (key, command) in commands {
            let Some(command) = command else { continue };
            self.command(container, key, command);
        }
        let of_container = |what: String| format!("{what} of {}", container.title());
        for (key, value) in strings(node, "dockerLabels") {
            let found = credential::in_label(key.text(), value.text(), |host| self.is_near(host));
            self.add(value, found, Home::Elsewhere, || of_container(format!("the label `{}`", key.text())));
        }
        if let Some(logs) = node.get("logConfiguration") {
            self.log_options(logs, &container.title());
        }
        if let Some(router) = node.get("firelensConfiguration") {
            for (key, value) in strings(router, "options") {
                let found = credential::in_option("awsfirelens", key.text(), value.text());
                self.add(value, found, Home::Elsewhere, || {
                    of_container(format!("the FireLens option `{}`", key.text()))
                });
            }
        }
        for key in ["workingDirectory", "hostname"] {
            if let Some(value) = node.get(key).filter(is_string) {
                let found = credential::in_format(value.text(), None);
                self.add(value, found, Home::Elsewhere, || of_container(format!("`{key}`")));
            }
        }
        for (list, key) in [("extraHosts", "hostname"), ("systemControls", "value")] {
            for value in items(node, list).filter_map(|item| item.get(key)).filter(is_string) {
                let found = credential::in_format(value.text(), None);
                self.add(value, found, Home::Elsewhere, || of_container(format!("`{list}`")));
            }
        }
        if let Some(image) = node.get("image").filter(is_string) {
            let found = credential::in_image(image.text());
            self.add(image, found, Home::Elsewhere, || of_container("`image`".to_owned()));
        }
        let registry =
            node.get("repositoryCredentials").and_then(|registry| registry.get("credentialsParameter"));
        for value in items(node, "credentialSpecs").chain(registry).filter(is_string) {
            let found = credential::in_format(value.text(), None);
            let key = if Some(value) == registry { "credentialsParameter" } else { "credentialSpecs" };
            self.add(value, found, Home::Elsewhere, || of_container(format!("`{key}`")));
        }
    }

    fn environment(&mut self, container: &Container<'d>) {
        let variables: Vec<(&str, Node)> = items(container.node(), "environment")
            .filter_map(|variable| {
                let value = variable.get("value").filter(is_string)?;
                Some((variable.get("name").map_or("", Node::text), value))
            })
            .collect();
        let has_name = |name: &str| !name.is_empty() && !credential::has_hole(name);
        let title = |name: &str| match has_name(name) {
            false => format!("a variable of {}", container.title()),
            true => format!("`{name}` of {}", container.title()),
        };
        let before = self.found.len();
        let mut of_aws: Option<Exposed> = None;
        // A key beside its ID needs no name.
        let is_id = |(_, value): &(&str, Node)| credential::is_access_key_id(value.text());
        let has_id = LazyCell::new(|| variables.iter().any(is_id));
        // What may be part of the same key, if its name is not known.
        let mut unnamed: Vec<Exposed> = Vec::new();
        for (name, value) in &variables {
            if let Some(variable) = AwsVariable::of(name) {
                let Some(is_certain) = variable.credential(value.text()) else { continue };
                let exposed = Exposed {
                    node: *value,
                    range: 0..value.text().len(),
                    secret: variable.shown()..value.text().len(),
                    evidence: Evidence::AwsVariable { is_certain },
                    title: title(name),
                    name: (*name).to_owned(),
                    owner: container.title(),
                    home: Home::Secrets,
                    resource: self.resource,
                    also: Vec::new(),
                    is_half: false,
                };
                match &mut of_aws {
                    // What is certain comes first.
                    Some(first) if is_certain && first.evidence != exposed.evidence => {
                        let also = std::mem::take(&mut first.also);
                        let before = std::mem::replace(first, exposed);
                        first.also.push(before);
                        first.also.extend(also);
                    }
                    Some(first) => first.also.push(exposed),
                    None => of_aws = Some(exposed),
                }
                continue;
            }
            let beside_id = || credential::secret_access_key(value.text()).filter(|_| *has_id);
            let found = self.in_value(name, value.text()).or_else(beside_id);
            let may_be_of_aws = found.as_ref().is_some_and(Credential::is_aws_key) && !has_name(name);
            let exposed = self.exposed(*value, found, Home::Secrets, || title(name));
            if may_be_of_aws { unnamed.extend(exposed) } else { self.found.extend(exposed) }
        }
        match &mut of_aws {
            Some(first) => first.also.extend(unnamed),
            None => self.found.extend(unnamed),
        }
        self.found.extend(of_aws);
        let is_secret = |(name, value): &(&str, Node)| {
            let of_aws = AwsVariable::of(name) == Some(AwsVariable::SecretAccessKey);
            of_aws || credential::is_secret_access_key(value.text())
        };
        let fetches_secret = || {
            let may_be = |name: Option<Node>| {
                name.is_none_or(|name| !name.is_plain() || credential::is_of_credential(name.text()))
            };
            !container.secrets().is_complete()
                || items(container.node(), "secrets").any(|secret| may_be(secret.get("name")))
        };
        for id in self.found.iter_mut().skip(before).filter(|exposed| exposed.is_key_id()) {
            id.is_half = !variables.iter().any(is_secret) && fetches_secret();
        }
    }

    fn command(&mut self, container: &Container<'d>, key: &str, command: Node<'d>) {
        let words: Vec<Node> = match command.kind() {
            Kind::List => command.items().filter(is_string).collect(),
            _ => Some(command).filter(is_string).into_iter().collect(),
        };
        let title = || format!("the `{key}` of {}", container.title());
        let texts: Vec<&str> = words.iter().map(|word| word.text()).collect();
        let in_place = credential::in_command(&texts);
        for (at, word) in words.iter().enumerate() {
            let by_form =
                credential::in_format(word.text(), None).filter(|found| matches!(found.sign, Sign::Form(_)));
            let found = by_form.or_else(|| self.in_address(word.text())).or_else(|| {
                let known = in_place.binary_search_by_key(&at, |(position, _)| *position).ok()?;
                Some(in_place[known].1.clone())
            });
            self.add(*word, found, Home::Secrets, title);
        }
    }

    /// The log options of a container, or of the Service Connect proxy.
    fn log_options(&mut self, logs: Node<'d>, owner: &str) {
        let driver = logs.get("logDriver").map_or("", Node::text);
        let fetched: Vec<&str> =
            items(logs, "secretOptions").filter_map(|secret| Some(secret.get("name")?.text())).collect();
        for (key, value) in strings(logs, "options").filter(|(key, _)| !fetched.contains(&key.text())) {
            let found = credential::in_option(driver, key.text(), value.text());
            self.add(value, found, Home::SecretOptions, || {
                format!("the log option `{}` of {owner}", key.text())
            });
        }
    }

    fn service(&mut self, root: Node<'d>) {
        self.tags(root);
        if let Some(logs) =
            root.get("serviceConnectConfiguration").and_then(|connect| connect.get("logConfiguration"))
        {
            self.log_options(logs, "the Service Connect proxy");
        }
        let deployment = root.get("deploymentConfiguration");
        let hooks = deployment.into_iter().flat_map(|deployment| items(deployment, "lifecycleHooks"));
        for details in hooks.filter_map(|hook| hook.get("hookDetails")) {
            let inside = std::iter::once(details).chain(details.descendants());
            for value in inside.filter(is_string) {
                let name = value.key().map_or("", Node::text);
                let found = self.in_value(name, value.text());
                self.add(value, found, Home::Elsewhere, || "the `hookDetails` of a hook".to_owned());
            }
        }
    }

    fn tags(&mut self, root: Node<'d>) {
        for tag in items(root, "tags") {
            self.tag(tag, "key", "the tag");
        }
    }

    /// What has a name and a value, of which only the form counts.
    fn tag(&mut self, tag: Node<'d>, key: &str, what: &str) {
        let name = tag.get(key).map_or("", Node::text);
        if let Some(value) = tag.get("value").filter(is_string) {
            let found = credential::in_format(value.text(), Some(name));
            self.add(value, found, Home::Elsewhere, || format!("{what} `{name}`"));
        }
    }

    fn in_value(&self, name: &str, text: &str) -> Option<Credential> {
        credential::in_value(name, text, |host| self.is_near(host))
    }

    fn in_address(&self, text: &str) -> Option<Credential> {
        credential::in_address(text, |host| self.is_near(host))
    }

    /// Whether a host is, or may be, a container of the same task.
    fn is_near(&self, host: &str) -> bool {
        let is_it = |container: &Container| match field::identifier(container.node(), "name") {
            Field::Known(name) => name.value() == host,
            Field::Missing => false,
            Field::Unknown(_) => !host.contains('.'),
        };
        self.may_hide_containers && !host.contains('.') || self.containers.iter().any(is_it)
    }

    fn add(&mut self, node: Node<'d>, found: Option<Credential>, home: Home, title: impl FnOnce() -> String) {
        let exposed = self.exposed(node, found, home, title);
        self.found.extend(exposed);
    }

    fn exposed(
        &self,
        node: Node<'d>,
        found: Option<Credential>,
        home: Home,
        title: impl FnOnce() -> String,
    ) -> Option<Exposed<'d>> {
        let Credential { range, sign, secret } = found?;
        Some(Exposed {
            node,
            range,
            secret,
            evidence: Evidence::Text(sign),
            title: title(),
            name: String::new(),
            owner: String::new(),
            home,
            resource: self.resource,
            also: Vec::new(),
            is_half: false,
        })
    }
}

/// Whether a value is a string, even of the wrong shape.
fn is_string(node: &Node) -> bool {
    matches!(node.kind(), Kind::Text | Kind::Unknown) && !node.text().is_empty()
}

/// The items of a list of an object.
fn items<'d>(object: Node<'d>, list: &str) -> impl Iterator<Item = Node<'d>> + use<'d> {
    object.get(list).filter(|list| list.kind() == Kind::List).into_iter().flat_map(Node::items)
}

/// The members of an object that are strings.
fn strings<'d>(object: Node<'d>, name: &str) -> impl Iterator<Item = (Node<'d>, Node<'d>)> + use<'d> {
    let members = object.get(name).into_iter().flat_map(Node::members);
    members.filter(|(_, value)| is_string(value))
}

/// "volume `data`"
fn named(kind: &str, node: Node) -> String {
    node.get("name").map_or_else(|| format!("a {kind}"), |name| format!("{kind} `{}`", name.text()))
}
