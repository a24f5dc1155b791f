//! S3 objects, and how people refer to them.

use crate::model::{Arn, Container};

/// An S3 object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct S3Object<'d> {
    /// The bucket.
    pub bucket: &'d str,
    /// The key.
    pub key: &'d str,
}

impl<'d> S3Object<'d> {
    /// Reads `arn:<partition>:s3:::<bucket>/<key>`, the form that ECS accepts.
    pub(crate) fn read_arn(text: &'d str) -> Option<S3Object<'d>> {
        let arn = Arn::read(text)?;
        let is_s3 = !arn.partition.is_empty() && (arn.service, arn.region, arn.account) == ("s3", "", "");
        if is_s3 { S3Object::read_path(arn.resource) } else { None }
    }

    /// Reads `s3://<bucket>/<key>`, the form of the AWS CLI.
    pub(crate) fn read_uri(text: &'d str) -> Option<S3Object<'d>> {
        S3Object::read_path(text.strip_prefix("s3://")?)
    }

    /// The ARN of the object.
    pub(crate) fn arn(&self, partition: &str) -> String {
        format!("arn:{partition}:s3:::{}/{}", self.bucket, self.key)
    }

    fn read_path(path: &'d str) -> Option<S3Object<'d>> {
        let (bucket, key) = path.split_once('/')?;
        (!bucket.is_empty() && !key.is_empty()).then_some(S3Object { bucket, key })
    }
}

/// Whether a text is an S3 ARN with a Region or an account, like that of an access point: whether ECS accepts
/// one in place of an object is not known.
pub(crate) fn is_access_point(text: &str) -> bool {
    Arn::read(text)
        .is_some_and(|arn| arn.service == "s3" && !(arn.region.is_empty() && arn.account.is_empty()))
}

impl<'d> Container<'d> {
    /// The partition that the container runs in, as far as its roles and its image show.
    pub(crate) fn partition(&self) -> &'d str {
        let task = self.task();
        let roles = task.into_iter().flat_map(|task| [task.execution_role(), task.task_role()]);
        let arn = roles.filter_map(|role| Arn::read(role.known()?.value())).next();
        let is_in_china = || {
            let host = self.image().known().and_then(|image| image.registry());
            host.is_some_and(|host| host.ends_with(".amazonaws.com.cn"))
        };
        match arn {
            Some(arn) => arn.partition,
            None if is_in_china() => "aws-cn",
            None => "aws",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn objects_are_named_in_two_ways() {
        let object = S3Object { bucket: "config", key: "web/prod.env" };
        assert_eq!(S3Object::read_arn("arn:aws-cn:s3:::config/web/prod.env"), Some(object));
        assert_eq!(S3Object::read_uri("s3://config/web/prod.env"), Some(object));
        assert_eq!(object.arn("aws-us-gov"), "arn:aws-us-gov:s3:::config/web/prod.env");
        for text in
            ["arn:aws:s3:::config", "arn:aws:s3:::config/", "arn:aws:s3:eu-west-1::config/a", "config/a"]
        {
            assert_eq!(S3Object::read_arn(text), None, "{text}");
        }
        assert!(is_access_point("arn:aws:s3:eu-west-1:111122223333:accesspoint/config/object/web.env"));
        assert!(!is_access_point("arn:aws:s3:::config"));
    }
}
