//! Image names: registry, repository, tag, digest.

use std::fmt;
use std::ops::Range;

/// The name of an image, taken apart as an OCI reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Image<'d> {
    text: &'d str,
    /// Where the tag stands, without its colon.
    tag: Option<(usize, usize)>,
    /// Where the digest stands, without its `@`.
    digest: Option<usize>,
}

impl<'d> Image<'d> {
    /// Takes a name apart. Every text can be: what is no reference is for a rule to tell.
    pub fn read(text: &'d str) -> Image<'d> {
        let digest = text.find('@').map(|at| at + 1);
        let name = &text[..digest.map_or(text.len(), |start| start - 1)];
        // A colon before the last slash belongs to the port of the registry.
        let path = name.rfind('/').map_or(0, |slash| slash + 1);
        let tag = name[path..].find(':').map(|colon| (path + colon + 1, name.len()));
        Image { text, tag, digest }
    }

    /// The tag, where one is written.
    pub fn tag(&self) -> Option<&'d str> {
        self.tag.map(|(start, end)| &self.text[start..end])
    }

    /// The bytes of the name that the tag takes.
    pub fn tag_range(&self) -> Option<Range<usize>> {
        self.tag.map(|(start, end)| start..end)
    }

    /// The digest with its algorithm, where one is written.
    pub fn digest(&self) -> Option<&'d str> {
        self.digest.map(|start| &self.text[start..])
    }

    /// The host of the registry, where one is written.
    pub fn registry(&self) -> Option<&'d str> {
        let (first, _) = self.text.split_once('/')?;
        // Docker's own rule: the first part is a host if it could not be a path.
        (first.contains(['.', ':']) || first == "localhost").then_some(first)
    }

    /// Whether the image is in a private registry of ECR, which only an IAM role opens. The
    /// dual-stack hosts (`.dkr-ecr.<region>.on.aws`) are left out: what Fargate demands for
    /// them is not known.
    pub fn is_private_ecr(&self) -> bool {
        let Some(host) = self.registry() else { return false };
        let host = host.strip_suffix(".cn").unwrap_or(host);
        let Some(rest) = host.strip_suffix(".amazonaws.com") else { return false };
        let parts: Vec<&str> = rest.split('.').collect();
        let [account, "dkr", "ecr", _region] = parts.as_slice() else { return false };
        account.len() == 12 && account.bytes().all(|byte| byte.is_ascii_digit())
    }
}

impl fmt::Display for Image<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_colon_of_a_port_is_no_tag() {
        assert_eq!(Image::read("localhost:5000/app").tag(), None);
        assert_eq!(Image::read("localhost:5000/app:1").tag(), Some("1"));
        assert_eq!(Image::read("nginx").tag(), None);
        assert_eq!(Image::read("nginx:1.27@sha256:ab").tag(), Some("1.27"));
        assert_eq!(Image::read("nginx:1.27@sha256:ab").digest(), Some("sha256:ab"));
        assert_eq!(Image::read("library/nginx:").tag(), Some(""));
    }

    #[test]
    fn private_ecr_hosts() {
        let private = |text| Image::read(text).is_private_ecr();
        assert!(private("111122223333.dkr.ecr.eu-west-1.amazonaws.com/app:1"));
        assert!(private("111122223333.dkr.ecr.cn-north-1.amazonaws.com.cn/app"));
        assert!(!private("public.ecr.aws/nginx/nginx:1"));
        assert!(!private("nginx"));
        assert!(!private("111122223333.dkr-ecr.eu-west-1.on.aws/app:1"));
    }
}
