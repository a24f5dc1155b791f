//! What a text that sets variables says, without parsing it.

use crate::source::Cut;

/// The modules that a configuration of Terragrunt names: `source = "…"`.
pub(crate) fn module_sources(text: &str) -> impl Iterator<Item = &str> {
    text.match_indices("source").filter_map(|(at, word)| {
        let value =
            text.cut(at + word.len()..).trim_start().strip_prefix('=')?.trim_start().strip_prefix('"')?;
        value.lines().next()?.split('"').next()
    })
}

/// Whether a text sets something of a name: `cpu = 256`, `"cpu": 256`.
pub(crate) fn sets(text: &str, name: &str) -> bool {
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
    text.match_indices(name).any(|(at, _)| {
        let behind = text.cut(at + name.len()..);
        let behind = behind.strip_prefix('"').unwrap_or(behind).trim_start();
        let is_set = behind.starts_with(':') || behind.starts_with('=') && !behind.starts_with("==");
        is_set && !text.cut(..at).ends_with(is_word)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_set_as_a_whole() {
        for text in ["cpu = 256", "inputs = { memory = 1, cpu = 2 }", "{\"cpu\" : 256}", "x\n  cpu=\"1\""] {
            assert!(sets(text, "cpu"), "{text}");
        }
        for text in ["task_cpu = 256", "cpu_count = 1", "a = var.cpu == 1", "a = cpu\n", "local.cpu = 1"] {
            assert!(!sets(text, "cpu"), "{text}");
        }
    }

    #[test]
    fn sources_are_texts() {
        let text = "terraform {\n  source = \"../web?ref=1\"\n}\nsource = local.x\n# a source=\"y";
        assert_eq!(module_sources(text).collect::<Vec<_>>(), ["../web?ref=1", "y"]);
    }
}
