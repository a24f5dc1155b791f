//! `container_definitions` that are in a file of their own: which file that is.

use super::containers::trimmed;
use super::{Adapter, Declared};
use crate::tree::{Kind, Node};

/// Names are followed at most so many times.
const DEEPEST: usize = 8;

impl<'d> Adapter<'d, '_> {
    /// The path of the file with the containers of a task definition, from the folder of the module.
    pub(super) fn containers_file(&self, resource: &Declared<'d>) -> Option<String> {
        self.file(resource.get("container_definitions")?, DEEPEST)
    }

    /// The path of the file that a value is the content of: of `file`, of `templatefile`, or of what has one of these
    /// for its value.
    fn file(&self, value: Node<'d>, depth: usize) -> Option<String> {
        let depth = depth.checked_sub(1)?;
        let value = trimmed(value);
        if let Some((name, mut arguments)) = value.call() {
            let first = arguments.next()?;
            return match name {
                "file" | "templatefile" => path(first),
                "jsonencode" | "jsondecode" | "tostring" => self.file(first, depth),
                _ => None,
            };
        }
        let text = Some(value.text()).filter(|_| value.kind() == Kind::Unknown)?;
        let template = || Some(text.strip_suffix(".rendered")?.split('[').next().unwrap_or(text));
        let name = text.strip_prefix("local.").or_else(template)?;
        self.file(self.expressions.locals.get(name)?, depth)
    }
}

/// The path that a text is, from the folder of the module. In a name of a file, it may have holes.
fn path(text: Node) -> Option<String> {
    let path = text.as_text()?;
    let path = path.strip_prefix("${path.module}/").unwrap_or(path);
    // What begins with a hole may be anywhere.
    let is_known = !path.is_empty() && !path.starts_with("${") && !path.contains("%{");
    is_known.then(|| path.to_owned())
}
