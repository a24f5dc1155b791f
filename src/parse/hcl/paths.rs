//! The files that a module reads, without parsing it.

/// The paths, from the folder of a module, that are written out in the calls of `file` and `templatefile` in a text.
pub(crate) fn paths_read_by(text: &str) -> impl Iterator<Item = &str> {
    text.split("file(").skip(1).filter_map(|argument| {
        let (path, _) = argument.trim_start().strip_prefix('"')?.split_once('"')?;
        let path = path.strip_prefix("${path.module}/").unwrap_or(path);
        (!path.is_empty() && !path.contains("${")).then_some(path)
    })
}

/// Whether a text may call `file`, `templatefile` or `fileset`.
pub(crate) fn may_read_files(text: &str) -> bool {
    ["file(", "fileset("].iter().any(|call| text.contains(call))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_those_of_the_calls() {
        let text = r#"a = file("${path.module}/a.tpl")
            b = templatefile( "x/../b.tpl", { c = file("${var.c}.tpl") })
            template = "${file("d")}""#;
        let found: Vec<&str> = paths_read_by(text).collect();
        assert_eq!(found, ["a.tpl", "x/../b.tpl", "d"]);
    }
}
