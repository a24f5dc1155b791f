//! Paths: which are absolute, on Linux and on Windows.

use crate::source::Cut;

/// What a path starts from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PathForm {
    /// The root of a Linux file system: `/data`.
    Linux,
    /// A Windows drive: `C:\data`.
    Drive {
        /// The letter, in upper case.
        letter: char,
        /// Whether the path is the root of the drive: `C:\`.
        is_whole: bool,
    },
    /// Another form that only exists on Windows: a pipe, a share, the current drive.
    Backslash,
    /// The current directory.
    Relative,
}

impl PathForm {
    /// Reads a path.
    pub(crate) fn read(path: &str) -> PathForm {
        let mut letters = path.chars();
        match (letters.next(), letters.next(), letters.next()) {
            (Some('/'), ..) => PathForm::Linux,
            (Some('\\'), ..) => PathForm::Backslash,
            (Some(letter), Some(':'), None | Some('\\' | '/')) if letter.is_ascii_alphabetic() => {
                let is_whole = path.cut(2..).trim_matches(['\\', '/']).is_empty();
                PathForm::Drive { letter: letter.to_ascii_uppercase(), is_whole }
            }
            _ => PathForm::Relative,
        }
    }

    /// Whether only Windows supports such a path.
    pub(crate) fn is_windows(self) -> bool {
        matches!(self, PathForm::Drive { .. } | PathForm::Backslash)
    }
}

/// The absolute Linux path that a relative one most likely stands for.
pub(crate) fn absolute(path: &str) -> Option<String> {
    let path = path.strip_prefix("./").unwrap_or(path);
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '.' | '-' | '_');
    let starts_plainly = path.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_')
        || (path.starts_with('.') && !path.starts_with(".."));
    (starts_plainly && path.len() > 1 && path.chars().all(is_plain)).then(|| format!("/{path}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_start_from_a_root_a_drive_or_nowhere() {
        for path in ["/", "/data", "//data"] {
            assert_eq!(PathForm::read(path), PathForm::Linux, "{path}");
        }
        for (path, letter, is_whole) in
            [("C:\\data", 'C', false), ("c:/data", 'C', false), ("D:\\", 'D', true), ("d:", 'D', true)]
        {
            assert_eq!(PathForm::read(path), PathForm::Drive { letter, is_whole }, "{path}");
        }
        for path in ["\\\\.\\pipe\\docker_engine", "\\data"] {
            assert_eq!(PathForm::read(path), PathForm::Backslash, "{path}");
        }
        for path in ["data", "./data", "../data", "~/data", "", "C:data", "é:", "volume:/data"] {
            assert_eq!(PathForm::read(path), PathForm::Relative, "{path}");
        }
    }

    #[test]
    fn a_plain_relative_path_becomes_absolute() {
        assert_eq!(absolute("tmp/cache").as_deref(), Some("/tmp/cache"));
        assert_eq!(absolute("./tmp").as_deref(), Some("/tmp"));
        assert_eq!(absolute(".cache").as_deref(), Some("/.cache"));
        for path in ["../tmp", "~/tmp", "C:tmp", "", ".", "a b"] {
            assert_eq!(absolute(path), None, "{path}");
        }
    }
}
