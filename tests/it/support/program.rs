//! The program itself, run in a folder of its own.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// A folder of its own for one test.
pub struct Folder(pub PathBuf);

impl Folder {
    /// An empty one, at the root of a git repository.
    pub fn new(name: &str) -> Folder {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = fs::remove_dir_all(&path);
        // What lies above belongs to another project.
        fs::create_dir_all(path.join(".git")).expect("a folder can be made");
        Folder(path)
    }

    /// Writes a file in it.
    pub fn write(&self, name: &str, text: impl AsRef<[u8]>) -> &Folder {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().expect("a file has a folder")).expect("a folder can be made");
        fs::write(path, text).expect("a file can be written");
        self
    }

    /// The text of a file in it.
    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.0.join(name)).expect("the file can be read")
    }

    /// Runs the program in it.
    pub fn run(&self, arguments: &[&str]) -> Run {
        Run::of(self.command(arguments).output().expect("the program runs"))
    }

    /// Runs the program in it, with something on standard input.
    pub fn run_with_input(&self, arguments: &[&str], input: &str) -> Run {
        let mut command = self.command(arguments);
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("it starts");
        child.stdin.take().expect("a pipe").write_all(input.as_bytes()).expect("it reads");
        Run::of(child.wait_with_output().expect("it ends"))
    }

    /// The program, ready to be run in it, untouched by where the tests run.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_ecs-lint"));
        command
            .current_dir(&self.0)
            .args(arguments)
            .env_remove("NO_COLOR")
            .env_remove("FORCE_COLOR")
            .env_remove("CLICOLOR_FORCE")
            .env_remove("CI")
            .env_remove("GITHUB_ACTIONS")
            .env_remove("GITHUB_STEP_SUMMARY");
        command
    }
}

/// What a run of it has left.
#[derive(Debug)]
pub struct Run {
    /// The exit status.
    pub status: i32,
    /// Standard output.
    pub out: String,
    /// Standard error without its last line, if that says what was looked at.
    pub err: String,
    /// That line, without the time that it took.
    pub summary: Option<String>,
}

impl Run {
    /// Reads what there is.
    pub fn of(output: Output) -> Run {
        let all = String::from_utf8(output.stderr).expect("UTF-8");
        let last = all.lines().next_back().unwrap_or_default();
        let took = |time: &str| time.starts_with(|c: char| c.is_ascii_digit());
        let summary =
            last.rsplit_once(" (").filter(|(_, time)| took(time)).map(|(words, _)| words.to_owned());
        let before = if summary.is_some() { all.strip_suffix(&format!("{last}\n")) } else { None };
        let err = before.unwrap_or(&all).to_owned();
        Run {
            status: output.status.code().expect("it ends by itself"),
            out: String::from_utf8(output.stdout).expect("UTF-8"),
            err,
            summary,
        }
    }
}
