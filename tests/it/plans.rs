//! Plans of Terraform: how their resources are linked, and that they have nothing to do with what is beside them.

use serde_json::{Value, json};

use crate::support::{Texts, linter};
use ecs_lint::finding::Finding;
use ecs_lint::linter::Outcome;

fn resource(address: &str, of_type: &str, values: &Value) -> Value {
    let name = address.rsplit_once(&format!("{of_type}.")).map_or("", |(_, name)| name);
    let name = name.split('[').next().unwrap_or(name);
    json!({"address": address, "mode": "managed", "type": of_type, "name": name, "values": values})
}

fn task(address: &str, container: &str) -> Value {
    let containers = json!([{"name": container, "image": "web:1", "memory": 128}]).to_string();
    resource(
        address,
        "aws_ecs_task_definition",
        &json!({"family": container, "container_definitions": containers}),
    )
}

/// A service whose load balancer wants a container `app`, and whose task definition is not known yet.
fn service(address: &str) -> Value {
    let balancer = json!({"container_name": "app", "container_port": 80, "elb_name": ""});
    resource(address, "aws_ecs_service", &json!({"name": "web", "load_balancer": [balancer]}))
}

fn unknown(address: &str) -> Value {
    let marks =
        json!({"task_definition": true, "cluster": true, "load_balancer": [{"target_group_arn": true}]});
    json!({"address": address, "change": {"actions": ["create"], "after_unknown": marks}})
}

/// The configuration of a resource of which one attribute refers to something.
fn config(address: &str, attribute: &str, references: &[&str]) -> Value {
    let balancer = json!([{"container_name": {}, "container_port": {}, "target_group_arn": {}}]);
    let mut expressions = json!({"name": {"constant_value": "web"}, "load_balancer": balancer, "family": {}, "container_definitions": {}});
    expressions[attribute] = json!({"references": references});
    json!({"address": address, "expressions": expressions})
}

fn plan(root: &Value, changes: &[Value], config: &Value) -> String {
    json!({
        "format_version": "1.2",
        "terraform_version": "1.11.4",
        "planned_values": {"root_module": root},
        "resource_changes": changes,
        "configuration": {"root_module": config},
    })
    .to_string()
}

fn lint(files: &[(&str, &str)]) -> Outcome {
    linter(&[]).lint(&Texts::new(files.iter().copied()))
}

/// The names of the containers in the task definition that the load balancer was checked against.
fn checked_against(text: &str) -> Vec<String> {
    let outcome = lint(&[("plan.json", text)]);
    let linter = linter(&[]);
    let is_it =
        |finding: &&Finding| linter.registry().get(finding.rule).id == "dangling-load-balancer-container";
    let labels = outcome.findings.iter().filter(is_it).flat_map(|finding| &finding.problem.also);
    labels.map(|label| label.text.clone()).collect()
}

#[test]
fn a_service_is_linked_as_the_configuration_says() {
    let tasks = || {
        json!([
            task("aws_ecs_task_definition.one", "one"),
            task("aws_ecs_task_definition.two", "two"),
            service("aws_ecs_service.web")
        ])
    };
    for (references, expected) in [
        (&["aws_ecs_task_definition.two.arn", "aws_ecs_task_definition.two"][..], Some("two")),
        (&["aws_ecs_task_definition.one.family", "aws_ecs_task_definition.one", "var.revision"], Some("one")),
        // One of them is chosen.
        (&["var.c", "aws_ecs_task_definition.one.arn", "aws_ecs_task_definition.two.arn"], None),
        (&["local.task_definition"], None),
        (&["data.aws_ecs_task_definition.one.arn"], None),
        (&["aws_ecs_task_definition.three.arn"], None),
    ] {
        let config = json!({"resources": [config("aws_ecs_service.web", "task_definition", references)]});
        let text = plan(&json!({"resources": tasks()}), &[unknown("aws_ecs_service.web")], &config);
        let expected: Vec<String> =
            expected.map(|name| format!("its containers: `{name}`")).into_iter().collect();
        assert_eq!(checked_against(&text), expected, "{references:?}");
    }
}

#[test]
fn links_go_through_variables_and_outputs() {
    let root = json!({
        "resources": [task("aws_ecs_task_definition.other", "other")],
        "child_modules": [
            {"address": "module.task", "resources": [task("module.task.aws_ecs_task_definition.this", "inner")]},
            {"address": "module.service", "resources": [service("module.service.aws_ecs_service.this")]},
        ],
    });
    let output = json!({"arn": {"expression": {"references": ["aws_ecs_task_definition.this.arn", "aws_ecs_task_definition.this"]}}});
    let of_service = config("aws_ecs_service.this", "task_definition", &["var.task_definition"]);
    let config = json!({"module_calls": {
        "task": {"module": {"resources": [{"address": "aws_ecs_task_definition.this", "expressions": {"family": {}, "container_definitions": {}}}], "outputs": output}},
        "service": {
            "expressions": {"task_definition": {"references": ["module.task.arn", "module.task"]}},
            "module": {"resources": [of_service]},
        },
    }});
    let text = plan(&root, &[unknown("module.service.aws_ecs_service.this")], &config);
    assert_eq!(checked_against(&text), ["its containers: `inner`"]);
}

#[test]
fn instances_are_linked_by_their_keys() {
    for key in ["0", "\"a.b\""] {
        let other = if key == "0" { "1" } else { "\"c\"" };
        let address = |of_type: &str, key: &str| format!("{of_type}[{key}]");
        let (one, two) = ("aws_ecs_task_definition.web", "aws_ecs_service.web");
        let resources = json!([
            task(&address(one, key), "one"),
            task(&address(one, other), "two"),
            service(&address(two, other)),
        ]);
        for references in [
            &["aws_ecs_task_definition.web", "each.key"][..],
            &["aws_ecs_task_definition.web", "count.index"],
        ] {
            let config = json!({"resources": [config(two, "task_definition", references)]});
            let text = plan(&json!({"resources": resources}), &[unknown(&address(two, other))], &config);
            assert_eq!(checked_against(&text), ["its containers: `two`"]);
        }
        let literal = format!("{}.arn", address(one, key));
        let config = json!({"resources": [config(two, "task_definition", &[&literal])]});
        let text = plan(&json!({"resources": resources}), &[unknown(&address(two, other))], &config);
        assert_eq!(checked_against(&text), ["its containers: `one`"]);
    }
}

/// A configuration that lacks what Terraform requires says nothing about the rest either.
#[test]
fn a_configuration_that_was_cut_down_hides_nothing() {
    let root =
        json!({"resources": [task("aws_ecs_task_definition.web", "web"), service("aws_ecs_service.web")]});
    let cut = |address: &str, expressions: Value| json!({"address": address, "expressions": expressions});
    let references = json!({"task_definition": {"references": ["aws_ecs_task_definition.web.arn"]}});
    let config = json!({"resources": [
        cut("aws_ecs_task_definition.web", json!({})),
        cut("aws_ecs_service.web", references),
    ]});
    let text = plan(&root, &[unknown("aws_ecs_service.web")], &config);
    assert_eq!(checked_against(&text), ["its containers: `web`"]);
}

#[test]
fn a_plan_has_nothing_to_do_with_what_is_beside_it() {
    let text = plan(
        &json!({"resources": [task("aws_ecs_task_definition.web", "app"), service("aws_ecs_service.web")]}),
        &[],
        &json!({}),
    );
    let service = r#"{"serviceName": "web", "cluster": "main", "taskDefinition": "web", "launchType": "EC2", "desiredCount": 2}"#;
    let alone = |name: &str, text: &str| lint(&[(name, text)]).findings.len();
    let together = lint(&[
        ("infra/plan.json", &text),
        ("infra/other-plan.json", &text),
        ("infra/service.json", service),
    ]);
    let expected = 2 * alone("plan.json", &text) + alone("service.json", service);
    assert_eq!(together.findings.len(), expected);
    assert!(together.links.iter().all(|link| link.from.file == link.to.file));
}

/// What AWS returns is no fault, though nobody would write it.
#[test]
fn state_is_clean() {
    let linter = ecs_lint::linter::Linter::new(
        ecs_lint::rules::Registry::default(),
        ecs_lint::settings::Settings::default(),
    );
    for fixture in
        crate::support::fixtures().iter().filter(|fixture| fixture.path.ends_with("terraform/state"))
    {
        let texts = Texts::new(fixture.files.iter().map(|(name, text)| (name.as_str(), text.as_str())));
        assert!(linter.lint(&texts).findings.is_empty());
    }
}
