//! The names that the AWS provider of Terraform gives to fields of the API: snake case, and mostly the singular for a
//! list that is written as a repeated block.
//!
//! Source: the schema of provider 6.66.0, compared with botocore 1.44.5.

use crate::schema::ShapeRef;

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

/// The API's name and the shape of a member of an object, by its name in Terraform.
pub(super) fn member_of<'s>(object: ShapeRef<'s>, written: &str) -> Option<(String, ShapeRef<'s>)> {
    let irregular = IRREGULAR.iter().filter(|(name, _)| *name == written).map(|(_, api)| (*api).to_owned());
    let all = irregular.chain([camel(written, false), camel(written, true)]);
    all.into_iter().find_map(|api| {
        let shape = object.member_of_api(&api)?;
        Some((api, shape))
    })
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
        let name = |object, written| member_of(object, written).map(|(api, _)| api);
        assert_eq!(
            name(service, "health_check_grace_period_seconds").as_deref(),
            Some("healthCheckGracePeriodSeconds")
        );
        assert_eq!(name(service, "name").as_deref(), Some("serviceName"));
        assert_eq!(name(policy, "name").as_deref(), Some("PolicyName"));
        assert_eq!(name(policy, "resource_id").as_deref(), Some("ResourceId"));
        assert_eq!(name(service, "wait_for_steady_state"), None);
    }
}
