//! Image names: registry, repository, tag, digest.

use std::fmt;
use std::ops::Range;

use crate::facts::table;
use crate::model::CpuArchitecture;
use crate::source::Cut;

/// Endings of tags and repositories for one CPU architecture.
const ARCHITECTURE_ENDINGS: &[(&str, CpuArchitecture)] = &[
    ("-arm64", CpuArchitecture::Arm),
    ("-aarch64", CpuArchitecture::Arm),
    ("-arm64v8", CpuArchitecture::Arm),
    ("-amd64", CpuArchitecture::X86),
    ("-x86_64", CpuArchitecture::X86),
];

/// Why an image name is not a valid OCI reference, and which bytes cause it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ReferenceFault {
    /// It starts with `https://`.
    Scheme(Range<usize>),
    /// It contains a `#`.
    Hash(Range<usize>),
    /// There is nothing between two slashes, or after the last one.
    EmptyPart(Range<usize>),
    /// The repository contains an upper-case letter.
    Capital(Range<usize>),
    /// An upper-case letter in what newer Docker versions read as a host name, or in a single word, which a
    /// deployment may replace.
    DoubtfulCapital(Range<usize>),
    /// A colon without a tag.
    EmptyTag(Range<usize>),
    /// The tag is too long, starts with a dot or a hyphen, or contains a colon.
    Tag(Range<usize>),
}

/// The usual tools in an image that has few of them. None of these images contains `curl`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct BareTools {
    /// Whether it has, or may have, a shell.
    pub shell: bool,
    /// Whether it has `wget`.
    pub wget: bool,
}

/// An image name, split as an OCI reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Image<'d> {
    text: &'d str,
    /// The byte range of the tag, without its colon.
    tag: Option<(usize, usize)>,
    /// The byte offset of the digest, without its `@`.
    digest: Option<usize>,
}

impl<'d> Image<'d> {
    /// Splits a name. Any text can be split: rules report what is not a valid reference.
    pub(crate) fn read(text: &'d str) -> Image<'d> {
        let digest = text.find('@').map(|at| at + 1);
        let name = text.cut(..digest.map_or(text.len(), |start| start - 1));
        // A colon before the last slash belongs to the port of the registry.
        let path = name.rfind('/').map_or(0, |slash| slash + 1);
        let tag = name.cut(path..).find(':').map(|colon| (path + colon + 1, name.len()));
        Image { text, tag, digest }
    }

    /// The tag, if set.
    pub(crate) fn tag(&self) -> Option<&'d str> {
        self.tag.map(|(start, end)| self.text.cut(start..end))
    }

    /// The bytes of the tag.
    pub(crate) fn tag_range(&self) -> Option<Range<usize>> {
        self.tag.map(|(start, end)| start..end)
    }

    /// The digest with its algorithm, if set.
    pub(crate) fn digest(&self) -> Option<&'d str> {
        self.digest.map(|start| self.text.cut(start..))
    }

    /// The bytes of the digest, including its algorithm.
    pub(crate) fn digest_range(&self) -> Option<Range<usize>> {
        self.digest.map(|start| start..self.text.len())
    }

    /// Whether the digest is complete: `sha256:` and 64 hexadecimal digits.
    pub(crate) fn has_whole_digest(&self) -> bool {
        let hex = self.digest().and_then(|digest| digest.strip_prefix("sha256:"));
        hex.is_some_and(|hex| hex.len() == 64 && hex.bytes().all(|byte| byte.is_ascii_hexdigit()))
    }

    /// The first character that the API does not allow in an image name, and its position.
    pub(crate) fn foreign_character(&self) -> Option<(char, Range<usize>)> {
        let allowed = |c: char| c.is_ascii_alphanumeric() || "-_:./#@".contains(c);
        let (at, character) = self.text.char_indices().find(|(_, c)| !allowed(*c))?;
        Some((character, at..at + character.len_utf8()))
    }

    /// Why the name is not a reference that a registry can resolve.
    pub(crate) fn reference_fault(&self) -> Option<ReferenceFault> {
        if let Some(scheme) = ["http://", "https://"].into_iter().find(|scheme| self.text.starts_with(scheme))
        {
            return Some(ReferenceFault::Scheme(0..scheme.len()));
        }
        let named = self.text.cut(..self.digest.map_or(self.text.len(), |start| start - 1));
        if let Some(hash) = named.find('#') {
            return Some(ReferenceFault::Hash(hash..hash + 1));
        }
        let path = self.path_range();
        let mut start = path.start;
        for part in self.text.cut(path.clone()).split('/') {
            if part.is_empty() {
                let at = start.saturating_sub(1);
                return Some(ReferenceFault::EmptyPart(at..(start + 1).min(self.text.len())));
            }
            start += part.len() + 1;
        }
        if let Some(fault) = self.capital_fault(path) {
            return Some(fault);
        }
        let tag = self.tag_range()?;
        let text = self.text.cut(tag.clone());
        if text.is_empty() {
            return Some(ReferenceFault::EmptyTag(tag.start - 1..tag.end));
        }
        let is_tag = !text.starts_with(['.', '-']) && !text.contains(':') && text.len() <= 128;
        (!is_tag).then_some(ReferenceFault::Tag(tag))
    }

    fn capital_fault(&self, path: Range<usize>) -> Option<ReferenceFault> {
        let repository = self.text.cut(path.clone());
        let is_capital = |c: char| c.is_ascii_uppercase();
        // The first of several parts may be a host, if no registry is set.
        let first_part = repository.find('/').filter(|_| path.start == 0).unwrap_or(0);
        let (found, is_certain) = match repository.cut(first_part..).find(is_capital) {
            Some(at) => (first_part + at, self.text.contains(['/', ':', '@'])),
            None => (repository.find(is_capital)?, false),
        };
        let range = path.start + found..path.start + found + 1;
        Some(if is_certain { ReferenceFault::Capital(range) } else { ReferenceFault::DoubtfulCapital(range) })
    }

    /// The bytes of the repository: without registry, tag and digest.
    fn path_range(&self) -> Range<usize> {
        let start = self.registry().map_or(0, |host| host.len() + 1);
        let end = self.tag.map(|(tag, _)| tag - 1).or(self.digest.map(|digest| digest - 1));
        start..end.unwrap_or(self.text.len()).max(start)
    }

    /// What a public image that is known for how little it contains has of the usual tools; `None` for any
    /// other image. Tags with `debug` add a shell.
    pub(crate) fn bare_tools(&self) -> Option<BareTools> {
        let path = self.text.cut(self.path_range());
        let is_plain = self.tag().is_none_or(|tag| !tag.contains("debug"));
        if path.split('/').any(|part| part == "distroless") || path == "chainguard/static" {
            // The images for Python have contained a shell.
            let shell = self.name().starts_with("python");
            return is_plain.then_some(BareTools { shell, wget: false });
        }
        let official = match (self.registry(), path.rsplit_once('/')) {
            (None | Some("docker.io"), None) => path,
            (_, Some((folder, name))) if folder == "library" || folder.ends_with("/library") => name,
            _ => return None,
        };
        matches!(official, "alpine" | "busybox").then_some(BareTools { shell: true, wget: true })
    }

    /// The last part of the repository: `app` in `host.example/team/app:1`.
    pub(crate) fn name(&self) -> &'d str {
        let path = self.text.cut(self.path_range());
        path.rsplit('/').next().unwrap_or(path)
    }

    /// The CPU architecture that the tag, or the last part of the repository, names, and its position.
    pub(crate) fn named_architecture(&self) -> Option<(CpuArchitecture, Range<usize>)> {
        let path = self.path_range();
        let last = self.text.cut(path.clone()).rfind('/').map_or(path.start, |slash| path.start + slash + 1);
        [self.tag_range(), Some(last..path.end)].into_iter().flatten().find_map(|range| {
            let text = self.text.cut(range.clone());
            let (ending, architecture) =
                ARCHITECTURE_ENDINGS.iter().find(|(ending, _)| text.ends_with(ending))?;
            Some((*architecture, range.end - ending.len() + 1..range.end))
        })
    }

    /// The host of the registry, if set.
    pub(crate) fn registry(&self) -> Option<&'d str> {
        let (first, _) = self.text.split_once('/')?;
        // Docker's own rule: the first part is a host if it could not be part of a path.
        (first.contains(['.', ':']) || first == "localhost").then_some(first)
    }

    /// Whether the image comes from Docker Hub, which is what a name without a registry means.
    pub(crate) fn is_on_docker_hub(&self) -> bool {
        const HOSTS: [&str; 4] =
            ["docker.io", "index.docker.io", "registry-1.docker.io", "registry.hub.docker.com"];
        self.registry().is_none_or(|host| HOSTS.contains(&host))
    }

    /// Whether AWS publishes the image, from an account of its own in `rules/data/aws-registries.tsv`.
    pub(crate) fn is_published_by_aws(&self) -> bool {
        let account = self.registry().and_then(|host| host.split('.').next());
        account.is_some_and(|account| table!("aws-registries.tsv").pairs().any(|(own, _)| own == account))
    }

    /// The bytes of the Region in the host of a private ECR registry.
    pub(crate) fn ecr_region_range(&self) -> Option<Range<usize>> {
        const SUFFIXES: [&str; 3] = ["amazonaws.com", "amazonaws.com.cn", "on.aws"];
        let host = self.registry()?;
        let (account, rest) = host.split_at_checked(12)?;
        let kind =
            [".dkr.ecr.", ".dkr.ecr-fips.", ".dkr-ecr."].into_iter().find(|kind| rest.starts_with(kind))?;
        let start = account.len() + kind.len();
        let (region, suffix) = host.cut(start..).split_once('.')?;
        let is_account = account.bytes().all(|byte| byte.is_ascii_digit());
        (is_account && SUFFIXES.contains(&suffix)).then(|| start..start + region.len())
    }

    /// Whether the image is in a private ECR registry, which requires an IAM role. The dual-stack hosts
    /// (`.dkr-ecr.<region>.on.aws`) are left out: what Fargate requires for them is not known.
    pub(crate) fn is_private_ecr(&self) -> bool {
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
    fn references_have_a_grammar() {
        let digest = "0123456789abcdef".repeat(4);
        let pinned = format!("nginx:1.27@sha256:{digest}");
        for text in [
            "nginx",
            "Registry.example:5000/team/app:v1.2.3-RC1",
            "localhost/app:_x",
            "111122223333.dkr.ecr.eu-west-1.amazonaws.com/a/b_c/d.e:1",
            &pinned,
        ] {
            assert_eq!(Image::read(text).reference_fault(), None, "{text}");
        }
        assert!(Image::read(&pinned).has_whole_digest());
        assert!(!Image::read("app@sha256:123").has_whole_digest());
        let fault = |text| Image::read(text).reference_fault();
        assert_eq!(fault("https://host.example/app:1"), Some(ReferenceFault::Scheme(0..8)));
        assert_eq!(fault("app:1#2"), Some(ReferenceFault::Hash(5..6)));
        assert_eq!(fault("a//b:1"), Some(ReferenceFault::EmptyPart(1..3)));
        assert_eq!(fault("host.example/app/"), Some(ReferenceFault::EmptyPart(16..17)));
        assert_eq!(fault("/app"), Some(ReferenceFault::EmptyPart(0..1)));
        assert_eq!(fault("team/myApp:1"), Some(ReferenceFault::Capital(7..8)));
        assert_eq!(fault("Team/myApp"), Some(ReferenceFault::Capital(7..8)));
        assert_eq!(fault("MyApp:1"), Some(ReferenceFault::Capital(0..1)));
        assert_eq!(fault("host.example/Team/app"), Some(ReferenceFault::Capital(13..14)));
        assert_eq!(fault("Team/app:1"), Some(ReferenceFault::DoubtfulCapital(0..1)));
        assert_eq!(fault("MyApp"), Some(ReferenceFault::DoubtfulCapital(0..1)));
        assert_eq!(fault("app:"), Some(ReferenceFault::EmptyTag(3..4)));
        assert_eq!(fault("app:-1"), Some(ReferenceFault::Tag(4..6)));
        assert_eq!(fault("app:1:2"), Some(ReferenceFault::Tag(4..7)));
        assert_eq!(fault(&format!("app:{}", "1".repeat(129))), Some(ReferenceFault::Tag(4..133)));
    }

    #[test]
    fn names_may_tell_the_architecture() {
        let named = |text| Image::read(text).named_architecture();
        assert_eq!(named("app:1-arm64"), Some((CpuArchitecture::Arm, 6..11)));
        assert_eq!(named("team/app-x86_64:1"), Some((CpuArchitecture::X86, 9..15)));
        assert_eq!(named("app-arm64v8"), Some((CpuArchitecture::Arm, 4..11)));
        assert_eq!(named("arm64v8/app:arm64"), None);
    }

    #[test]
    fn some_images_contain_few_tools() {
        let tools = |text| Image::read(text).bare_tools().map(|tools| (tools.shell, tools.wget));
        for text in [
            "gcr.io/distroless/java21",
            "gcr.io/distroless/static-debian12:nonroot",
            "registry.example/distroless/base@sha256:1",
            "cgr.dev/chainguard/static:latest",
        ] {
            assert_eq!(tools(text), Some((false, false)), "{text}");
        }
        assert_eq!(tools("gcr.io/distroless/python3-debian11"), Some((true, false)));
        for text in [
            "alpine",
            "busybox:1.36",
            "docker.io/library/alpine:3.20",
            "public.ecr.aws/docker/library/busybox",
            "111122223333.dkr.ecr.eu-west-1.amazonaws.com/docker-hub/library/alpine:3.20",
        ] {
            assert_eq!(tools(text), Some((true, true)), "{text}");
        }
        for text in [
            "gcr.io/distroless/java21:debug",
            "nginx:alpine",
            "team/alpine",
            "registry.example/alpine:3",
            "team/static",
            "alpine/curl",
            "node:22-alpine",
        ] {
            assert_eq!(tools(text), None, "{text}");
        }
    }

    #[test]
    fn the_api_takes_few_characters() {
        assert_eq!(Image::read("a/b-c_d:1.2#@").foreign_character(), None);
        assert_eq!(Image::read("my app").foreign_character(), Some((' ', 2..3)));
        assert_eq!(Image::read("bär").foreign_character(), Some(('ä', 1..3)));
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
