//! `ResourceId`: how Application Auto Scaling names a service.

use std::ops::Range;

use crate::model::{Arn, ScalableResource};

/// What is wrong with the `ResourceId` of a service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ResourceIdFault {
    /// It is an ARN; the intended id, if the ARN contains cluster and service.
    Arn(Option<String>),
    /// It starts with a slash; the id without the slash, which is valid.
    LeadingSlash(String),
    /// It names only the service: `service/<service>`.
    NoCluster(String),
    /// It has another form.
    Form,
    /// It has the form `service/…/…`, but it cannot be the id of a service.
    NoService {
        /// The invalid part.
        part: Range<usize>,
        /// What the invalid part is.
        flaw: IdFlaw,
        /// The intended id, if it can be determined.
        meant: Option<String>,
    },
}

/// A part of a `ResourceId` that makes it invalid for a service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum IdFlaw {
    /// An ARN.
    Arn,
    /// More text after the service name.
    Rest,
    /// A name that contains an invalid character, or is too long.
    Name,
}

impl ResourceIdFault {
    /// Finds a fault in a `ResourceId`: `service/<cluster>/<service>`.
    pub(crate) fn find(text: &str) -> Option<ResourceIdFault> {
        if text.starts_with("arn:") {
            let meant = Arn::read(text).map(|arn| arn.resource.to_owned());
            return Some(ResourceIdFault::Arn(meant.filter(|id| ResourceIdFault::find(id).is_none())));
        }
        if let Some(rest) = text.strip_prefix('/').filter(|rest| ResourceIdFault::find(rest).is_none()) {
            return Some(ResourceIdFault::LeadingSlash(rest.to_owned()));
        }
        let Some(rest) = text.strip_prefix("service/") else { return Some(ResourceIdFault::Form) };
        match rest.split_once('/') {
            None if is_name(rest) => Some(ResourceIdFault::NoCluster(rest.to_owned())),
            Some((cluster, service)) if !cluster.is_empty() && !service.is_empty() => {
                let (part, flaw) = flaw(text, cluster, service)?;
                Some(ResourceIdFault::NoService { part, flaw, meant: meant(text) })
            }
            _ => Some(ResourceIdFault::Form),
        }
    }
}

/// The first invalid part of `service/<cluster>/<service>`.
fn flaw(text: &str, cluster: &str, service: &str) -> Option<(Range<usize>, IdFlaw)> {
    if let Some(at) = text.find("arn:") {
        return Some((at..text.len(), IdFlaw::Arn));
    }
    let cluster_at = "service/".len();
    let service_at = cluster_at + cluster.len() + 1;
    if !is_name(cluster) {
        return Some((cluster_at..service_at - 1, IdFlaw::Name));
    }
    let name = service.split('/').next().unwrap_or(service);
    let end = service_at + name.len();
    if !name.is_empty() && !is_name(name) {
        return Some((service_at..end, IdFlaw::Name));
    }
    (end < text.len()).then_some((end..text.len(), IdFlaw::Rest))
}

/// The intended id of one that has an ARN in place of a name, or extra slashes or whitespace.
fn meant(text: &str) -> Option<String> {
    let names = |path: &str| -> Vec<String> {
        path.split('/').map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect()
    };
    let (own, arn) = text.split_once("arn:").unwrap_or((text, ""));
    let mut all = names(own.strip_prefix("service/")?);
    // An ARN ends with `cluster/main/web`, `service/main/web`, or `service/web`.
    let of_arn = arn.rsplit(':').next().and_then(|resource| resource.split_once('/'));
    let of_arn = of_arn.map_or_else(Vec::new, |(_, path)| names(path));
    if of_arn.len() > 1 {
        all.clear();
    }
    all.extend(of_arn);
    let [cluster, service] = all.as_slice() else { return None };
    (is_name(cluster) && is_name(service)).then(|| ScalableResource { cluster, service }.to_string())
}

/// Whether a text is a valid name of a cluster or a service.
fn is_name(text: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    (1..=255).contains(&text.len()) && text.bytes().all(allowed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Cut;

    #[test]
    fn a_resource_id_names_cluster_and_service() {
        for right in ["service/main/web", "service/default/a_b-C9"] {
            assert_eq!(ResourceIdFault::find(right), None, "{right}");
        }
        let arn = "arn:aws:ecs:eu-west-1:111122223333:service/";
        let cases = [
            (format!("{arn}main/web"), ResourceIdFault::Arn(Some("service/main/web".to_owned()))),
            (format!("{arn}web"), ResourceIdFault::Arn(None)),
            ("/service/main/web".to_owned(), ResourceIdFault::LeadingSlash("service/main/web".to_owned())),
            ("service/web".to_owned(), ResourceIdFault::NoCluster("web".to_owned())),
            ("service/main/".to_owned(), ResourceIdFault::Form),
            ("service//web".to_owned(), ResourceIdFault::Form),
            ("main/web".to_owned(), ResourceIdFault::Form),
        ];
        for (text, fault) in cases {
            assert_eq!(ResourceIdFault::find(&text), Some(fault), "{text}");
        }
    }

    #[test]
    fn some_ids_are_those_of_no_service() {
        let arn = "arn:aws:ecs:eu-west-1:111122223333";
        let web = Some("service/main/web");
        let cases = [
            (format!("service/{arn}:cluster/main/web"), "arn:", IdFlaw::Arn, web),
            (format!("service/{arn}:service/main/web"), "arn:", IdFlaw::Arn, web),
            (format!("service/main/{arn}:service/main/web"), "arn:", IdFlaw::Arn, web),
            (format!("service/main/{arn}:service/web"), "arn:", IdFlaw::Arn, web),
            (format!("service/{arn}:service/web"), "arn:", IdFlaw::Arn, None),
            ("service/main/web/".to_owned(), "/", IdFlaw::Rest, web),
            ("service/main//web".to_owned(), "/web", IdFlaw::Rest, web),
            ("service/main/web/1".to_owned(), "/1", IdFlaw::Rest, None),
            ("service/main/web ".to_owned(), "web ", IdFlaw::Name, web),
            ("service/main/web:3".to_owned(), "web:3", IdFlaw::Name, None),
            ("service/ma in/web".to_owned(), "ma in", IdFlaw::Name, None),
        ];
        for (text, begins, wanted, id) in cases {
            let Some(ResourceIdFault::NoService { part, flaw, meant }) = ResourceIdFault::find(&text) else {
                panic!("{text}");
            };
            assert!(text.cut(part).starts_with(begins), "{text}");
            assert_eq!((flaw, meant.as_deref()), (wanted, id), "{text}");
        }
    }
}
