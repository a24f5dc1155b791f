//! The names that the AWS provider of Terraform gives to fields of the API: snake case, and mostly the singular for a
//! list that is written as a repeated block.
//!
//! Source: the schema of provider 6.66.0, compared with botocore 1.44.5.

use super::shapes::ShapeRef;
use crate::names::{Member, Names};

/// The names that are not those of the API in snake case. A name may have several meanings: the object decides.
const IRREGULAR: &[(&str, &str)] = &[
    ("client_alias", "clientAliases"),
    ("configure_at_launch", "configuredAtLaunch"),
    ("dimension", "Dimensions"),
    ("elb_name", "loadBalancerName"),
    ("enable_ecs_managed_tags", "enableECSManagedTags"),
    ("file_system_type", "filesystemType"),
    ("iam_role", "role"),
    ("issuer_cert_authority", "issuerCertificateAuthority"),
    ("lifecycle_hook", "lifecycleHooks"),
    ("load_balancer", "loadBalancers"),
    ("managed_ebs_volume", "managedEBSVolume"),
    ("metric_data_query", "MetricDataQueries"),
    ("metric_specification", "MetricSpecifications"),
    ("name", "PolicyName"),
    ("name", "ScheduledActionName"),
    ("name", "serviceName"),
    ("ordered_placement_strategy", "placementStrategy"),
    ("role_arn", "RoleARN"),
    ("secret_option", "secretOptions"),
    ("service", "services"),
    ("size_in_gb", "sizeInGiB"),
    ("size_in_gib", "sizeInGiB"),
    ("step_adjustment", "StepAdjustments"),
    ("volume", "volumes"),
    ("volume_configuration", "volumeConfigurations"),
];

/// Lists of pairs that are maps in Terraform: the name of the list, and that of what is the key.
const PAIRS: &[(&str, &str)] = &[("properties", "name"), ("tags", "key")];

/// Fields that are somewhere else in Terraform: the API's name, the name there, and whether it is written beside the
/// object that the API has around it.
const MOVED: &[(&str, &str, bool)] = &[
    ("alarms", "alarms", true),
    ("awsvpcConfiguration", "network_configuration", true),
    ("deploymentCircuitBreaker", "deployment_circuit_breaker", true),
    ("host", "host_path", false),
    ("maximumPercent", "deployment_maximum_percent", true),
    ("minimumHealthyPercent", "deployment_minimum_healthy_percent", true),
    ("sourcePath", "host_path", true),
];

impl ShapeRef {
    /// The API's name and the shape of a member of an object, by its name in Terraform.
    pub(crate) fn member_of_terraform(self, written: &str) -> Option<(&'static str, ShapeRef)> {
        let irregular =
            IRREGULAR.iter().filter(|(name, _)| *name == written).map(|(_, api)| (*api).to_owned());
        let all = irregular.chain([camel(written, false), camel(written, true)]);
        all.into_iter().find_map(|api| self.own_member(&api))
    }

    /// The names in Terraform of everything below.
    pub(crate) fn names_in_terraform(self) -> Names {
        if let Some(item) = self.item() {
            return Names::Items(Box::new(item.names_in_terraform()));
        }
        let members = self.own_members().map(|(api, shape)| {
            let moved = MOVED.iter().find(|(name, ..)| *name == api);
            let (name, is_beside) = match moved {
                Some((_, name, is_beside)) => ((*name).to_owned(), *is_beside),
                None => (self.name_in_terraform(api), false),
            };
            // What is in a string keeps the API's names.
            let below = match PAIRS.iter().find(|(list, _)| *list == api) {
                Some((_, key)) => Names::Pairs(key),
                None if api == "containerDefinitions" => shape.names_in_api(),
                None => shape.names_in_terraform(),
            };
            Member { api: api.into(), name: name.into(), is_beside, below }
        });
        let members: Vec<Member> = members.collect();
        if members.is_empty() { Names::Kept } else { Names::of_members(members) }
    }

    fn names_in_api(self) -> Names {
        if let Some(item) = self.item() {
            return Names::Items(Box::new(item.names_in_api()));
        }
        let member = |(api, shape): (&str, ShapeRef)| Member {
            api: api.into(),
            name: api.into(),
            is_beside: false,
            below: shape.names_in_api(),
        };
        let members: Vec<Member> = self.own_members().map(member).collect();
        if members.is_empty() { Names::Kept } else { Names::of_members(members) }
    }

    /// The name in Terraform of a member.
    fn name_in_terraform(self, api: &str) -> String {
        match api {
            "sizeInGiB" if self.own_member("volumeType").is_none() => return "size_in_gib".to_owned(),
            // Only predictive scaling has them one by one.
            "Dimensions" => return "dimensions".to_owned(),
            _ => {}
        }
        let irregular = IRREGULAR.iter().find(|(_, own)| *own == api);
        irregular.map_or_else(|| snake(api), |(name, _)| (*name).to_owned())
    }
}

/// A name in snake case, in the API's.
fn camel(name: &str, starts_large: bool) -> String {
    let mut result = String::with_capacity(name.len());
    let mut is_large = starts_large;
    for letter in name.chars() {
        match letter {
            '_' => is_large = true,
            letter if is_large => {
                result.push(letter.to_ascii_uppercase());
                is_large = false;
            }
            letter => result.push(letter),
        }
    }
    result
}

/// A name of the API, in snake case.
fn snake(name: &str) -> String {
    let mut result = String::with_capacity(name.len() + 4);
    for letter in name.chars() {
        if letter.is_ascii_uppercase() && !result.is_empty() {
            result.push('_');
        }
        result.push(letter.to_ascii_lowercase());
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{DocumentKind, Form, ServiceForm};
    use crate::schema::Schemas;

    #[test]
    fn names_are_those_of_the_provider() {
        let schemas = Schemas::default();
        let service = schemas.shape(DocumentKind::Service(ServiceForm::Create)).expect("a schema");
        let policy = schemas.shape(DocumentKind::ScalingPolicy(Form::Input)).expect("a schema");
        let name = |object: ShapeRef, written| object.member_of_terraform(written).map(|(api, _)| api);
        assert_eq!(name(service, "health_check_grace_period_seconds"), Some("healthCheckGracePeriodSeconds"));
        assert_eq!(name(service, "name"), Some("serviceName"));
        assert_eq!(name(policy, "name"), Some("PolicyName"));
        assert_eq!(name(policy, "resource_id"), Some("ResourceId"));
        assert_eq!(name(service, "wait_for_steady_state"), None);
    }

    #[test]
    fn names_lead_back_to_the_keys() {
        fn check(shape: ShapeRef, names: &Names) {
            if let (Some(shape), Some(names)) = (shape.item(), names.item()) {
                return check(shape, names);
            }
            for (api, below) in shape.own_members() {
                if matches!(names, Names::Pairs(_)) {
                    break;
                }
                let member = names.member(api).expect("it has a name");
                let is_moved = MOVED.iter().any(|(name, ..)| *name == api);
                if !is_moved {
                    let found = shape.member_of_terraform(&member.name).map(|(api, _)| api);
                    assert_eq!(found, Some(api), "{}", member.name);
                }
                if api != "containerDefinitions" {
                    check(below, &member.below);
                }
            }
        }
        let schemas = Schemas::default();
        for kind in [
            DocumentKind::TaskDefinition(Form::Input),
            DocumentKind::Service(ServiceForm::Create),
            DocumentKind::Service(ServiceForm::TaskSet),
            DocumentKind::ScalableTarget(Form::Input),
            DocumentKind::ScalingPolicy(Form::Input),
            DocumentKind::ScheduledAction(Form::Input),
        ] {
            let shape = schemas.shape(kind).expect("it is judged");
            check(shape, &shape.names_in_terraform());
        }
    }
}
