//! Inputs that misbehave: what never ends, what blocks, what is gone, what a terminal would obey.

use crate::support::program::{Folder, Run};

const FAULTY: &str = r#"{
  "family": "web",
  "taskRoleArn": "web",
  "containerDefinitions": [
    {
      "name": "app",
      "image": "app:1",
      "memory": "128",
      "logConfiguration": { "logDriver": "json-file" }
    }
  ]
}
"#;

/// What shows the state of the system is a file by its kind, and may have no end.
#[cfg(target_os = "linux")]
#[test]
fn no_file_of_a_virtual_file_system_is_read() {
    let folder = Folder::new("state");
    folder.write("task.json", FAULTY);
    std::os::unix::fs::symlink("/proc/kmsg", folder.0.join("link.json")).expect("a link");
    for (arguments, name) in [
        (&["/proc/kmsg"][..], "/proc/kmsg"),
        (&["/proc/self/environ"], "/proc/self/environ"),
        (&["link.json"], "link.json"),
        (&["--format", "concise", "*.json"], "link.json"),
        (&["--config", "/proc/kmsg", "task.json"], "/proc/kmsg"),
        (&["--baseline", "/proc/kmsg", "task.json"], "/proc/kmsg"),
        (&["--files-from", "/proc/kmsg"], "/proc/kmsg"),
    ] {
        let run = folder.run(arguments);
        let is_ours = name != "/proc/kmsg" || std::fs::File::open(name).is_ok();
        let why = if is_ours {
            "in a virtual file system such as /proc, so it was not read"
        } else {
            "permission denied"
        };
        assert_eq!((run.status, run.err), (2, format!("ecs-lint: {name}: {why}\n")), "{arguments:?}");
    }
    // A folder is walked without it.
    assert_eq!(folder.run(&["."]).status, 1);
    // The same file by the name that it has in /proc is a file.
    let input = std::fs::File::open(folder.0.join("task.json")).expect("it is there");
    let run = Run::of(folder.command(&["/proc/self/fd/0"]).stdin(input).output().expect("it runs"));
    assert_eq!((run.status, run.err.as_str()), (1, ""), "{run:?}");
}

/// A name of a file may be any bytes, wherever it is given.
#[cfg(unix)]
#[test]
fn names_that_are_not_utf_8_are_taken_and_told() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;

    let folder = Folder::new("bytes-in-options");
    folder.write("task.json", FAULTY);
    let run = |arguments: &[&[u8]]| {
        let arguments = arguments.iter().map(|bytes| OsStr::from_bytes(bytes));
        let mut command = folder.command(&[]);
        Run::of(command.args(arguments).stdin(std::process::Stdio::null()).output().expect("it runs"))
    };
    let failures: [&[&[u8]]; 6] = [
        &[b"n\xff\x1b.json"],
        &[b"--config", b"n\xff\x1b.json", b"task.json"],
        &[b"--baseline", b"n\xff\x1b.json", b"task.json"],
        &[b"--files-from", b"n\xff\x1b.json"],
        &[b"--since", b"n\xff\x1b.json"],
        &[b"--only", b"n\xff\x1b.json"],
    ];
    for arguments in failures {
        let run = run(arguments);
        assert_eq!(run.status, 2, "{run:?}");
        let is_named = run.err.contains("n\u{fffd}") && run.err.contains("␛.json");
        assert!(is_named, "it is named: {}", run.err);
    }
    let named = run(&[b"--format", b"concise", b"--stdin-filename", b"task-n\xff\x1b.json", b"-"]);
    assert!(named.status == 1 && named.out.starts_with("task-n\u{fffd}␛.json:1:1: error["), "{named:?}");
    if std::fs::write(folder.0.join(OsStr::from_bytes(b"probe\xff")), "").is_ok() {
        assert_eq!(run(&[b"--output", b"json=out\xff.json", b"task.json"]).status, 1);
        assert!(folder.0.join(OsStr::from_bytes(b"out\xff.json")).exists());
    }
    let nameless = run(&[b"--stdin-filename", b"", b"-"]);
    assert_eq!(nameless.status, 2, "{nameless:?}");
}

/// Settings and baselines that nobody named are files, or the run fails: what is passed over is missed by nobody.
#[cfg(unix)]
#[test]
fn what_lies_in_the_place_of_settings_is_read_or_told() {
    let folder = Folder::new("pipes-of-settings");
    folder.write("task.json", FAULTY).write("ecs-lint.toml", "");
    let pipe = |name: &str| {
        let path = folder.0.join(name);
        let made = std::process::Command::new("mkfifo").arg(&path).status().expect("mkfifo runs");
        assert!(made.success());
        path
    };
    let link = |to: &str, name: &str| {
        let path = folder.0.join(name);
        std::os::unix::fs::symlink(to, &path).expect("a link");
        path
    };
    let fails = |arguments: &[&str], name: &str, why: &str| {
        let run = folder.run(arguments);
        let ends = run.err.ends_with(&format!("{name}: {why}\n"));
        assert!(run.status == 2 && run.out.is_empty() && ends, "{arguments:?}: {run:?}");
    };
    let no_file = "not a regular file";
    type Make<'m> = &'m dyn Fn(&str) -> std::path::PathBuf;
    let odd: [(&str, Make); 4] = [
        (no_file, &pipe),
        (no_file, &|name| link("/dev/zero", name)),
        ("a link to nothing", &|name| link("nowhere", name)),
        ("too many levels of symbolic links", &|name| link(name, name)),
    ];
    for (why, make) in &odd {
        let baseline = make("ecs-lint-baseline.json");
        fails(&["task.json"], "ecs-lint-baseline.json", why);
        fails(&["baseline", "task.json"], "ecs-lint-baseline.json", why);
        std::fs::remove_file(baseline).expect("it is there");
    }
    std::fs::remove_file(folder.0.join("ecs-lint.toml")).expect("it is there");
    for (why, make) in &odd {
        let settings = make("ecs-lint.toml");
        fails(&["task.json"], "ecs-lint.toml", why);
        fails(&["config"], "ecs-lint.toml", why);
        fails(&["ignore", "task.json", "--rule", "rejected", "--reason", "known"], "ecs-lint.toml", why);
        assert_eq!(folder.run(&["init"]).err, "ecs-lint: ecs-lint.toml exists already\n");
        std::fs::remove_file(settings).expect("it is there");
    }
    let nothing = link("/dev/null", "ecs-lint.toml");
    assert_eq!(folder.run(&["task.json"]).status, 1, "who wants no settings says so with this");
    std::fs::remove_file(nothing).expect("it is there");
    let zero = std::fs::File::open("/dev/zero");
    if zero.is_ok() {
        for option in ["--config", "--baseline"] {
            let run = folder.run(&[option, "/dev/zero", "task.json"]);
            let sentence = "ecs-lint: /dev/zero: larger than 16 MiB, so it was not read\n";
            assert_eq!((run.status, run.err.as_str()), (2, sentence));
        }
    }
}

/// A `.gitignore` is read where it is a file.
#[cfg(target_os = "linux")]
#[test]
fn no_pipe_and_no_device_is_read_as_a_gitignore() {
    let folder = Folder::new("odd-gitignore");
    folder.write("task.json", FAULTY).write("pipe/task.json", FAULTY).write("device/task.json", FAULTY);
    let made = std::process::Command::new("mkfifo").arg(folder.0.join("pipe/.gitignore")).status();
    assert!(made.expect("mkfifo runs").success());
    std::os::unix::fs::symlink("/dev/zero", folder.0.join("device/.ignore")).expect("a link");
    let why = |name| format!("its {name} is not a regular file, so it was not searched");
    let run = folder.run(&["--format", "concise", "."]);
    let both = format!("ecs-lint: device: {}\necs-lint: pipe: {}\n", why(".ignore"), why(".gitignore"));
    assert_eq!((run.status, run.out.lines().count(), run.err), (2, 1, both));
    let run = folder.run(&["pipe"]);
    assert_eq!((run.status, run.err), (2, format!("ecs-lint: pipe: {}\n", why(".gitignore"))));
    assert_eq!(folder.run(&["pipe/task.json"]).status, 1, "its project is searched without it");
}

/// The index of git is read where it is a file.
#[cfg(target_os = "linux")]
#[test]
fn no_pipe_is_read_as_an_index() {
    let folder = Folder::new("odd-index");
    folder.write("task.json", FAULTY).write(".git/HEAD", "ref: refs/heads/main\n");
    let made = std::process::Command::new("mkfifo").arg(folder.0.join(".git/index")).status();
    assert!(made.expect("mkfifo runs").success());
    let run = folder.run(&["--quiet", "--format", "concise", "."]);
    assert_eq!((run.status, run.err.as_str(), run.out.lines().count()), (1, "", 1));
}

/// What git ignores is read where it is in a file of a usual size, wherever git may have said it.
#[cfg(target_os = "linux")]
#[test]
fn only_plain_files_say_what_git_ignores() {
    let folder = Folder::new("odd-ignoring");
    folder.write("task.json", FAULTY).write("large/task.json", FAULTY).write("home/x", "");
    folder.write("repository/task.json", FAULTY).write("repository/.git/HEAD", "ref: refs/heads/main\n");
    folder.write("file/task.json", FAULTY).write("worktree/task.json", FAULTY).write("shared/x", "");
    let path = |name: &str| folder.0.join(name);
    let pipe = |name: &str| {
        let made = std::process::Command::new("mkfifo").arg(path(name)).status();
        assert!(made.expect("mkfifo runs").success());
    };
    let sparse = |name: &str| {
        let file = std::fs::File::create(path(name)).expect("a file");
        file.set_len(1 << 30).expect("a sparse file");
    };
    sparse("large/.gitignore");
    sparse("file/.git");
    std::fs::create_dir(path("repository/.git/info")).expect("a folder");
    pipe("repository/.git/info/exclude");
    folder.write("worktree/.git", format!("gitdir: {}\n", path("shared").display()));
    pipe("shared/commondir");
    let run = folder.run(&["--format", "concise", "."]);
    let large = "is larger than 512 KiB, so it was not searched";
    let odd = "is not a regular file, so it was not searched";
    let said = format!(
        "ecs-lint: file: its .git {large}\necs-lint: large: its .gitignore {large}\necs-lint: repository: its .git/info/exclude {odd}\necs-lint: worktree: {} {odd}\n",
        path("shared/commondir").display()
    );
    assert_eq!((run.status, run.out.lines().count(), run.err), (2, 1, said));
    let inside = folder.run(&["large"]);
    assert_eq!((inside.status, inside.err), (2, format!("ecs-lint: large: its .gitignore {large}\n")));
    std::fs::create_dir(path("large/inner")).expect("a folder");
    let above = folder.run(&["large/inner"]);
    assert_eq!((above.status, above.err), (2, format!("ecs-lint: large/inner: large/.gitignore {large}\n")));
    pipe("home/.gitconfig");
    let mut command = folder.command(&["--quiet", "--format", "concise", "task.json", "shared", "home"]);
    let run = command.env("HOME", path("home")).env_remove("GIT_CONFIG_GLOBAL").output().expect("it runs");
    let said =
        format!("ecs-lint: {}: not a regular file, so it was not read\n", path("home/.gitconfig").display());
    assert_eq!((run.status.code(), String::from_utf8_lossy(&run.stderr).into_owned()), (Some(2), said));
}

/// Killed at any moment, `--fix` leaves the old text or the new one.
#[cfg(unix)]
#[test]
fn an_interrupted_fix_leaves_a_whole_text() {
    let folder = Folder::new("killed");
    let text = FAULTY.replacen('\n', &"\n".repeat(20_000), 1);
    let fixed = text.replace("\"128\"", "128");
    let mut old = 0;
    for at in 0..40 {
        folder.write("task.json", &text);
        let mut command = folder.command(&["--fix", "task.json"]);
        let quiet = || std::process::Stdio::null();
        let mut child = command.stdout(quiet()).stderr(quiet()).spawn().expect("it starts");
        std::thread::sleep(std::time::Duration::from_millis(at * 2));
        child.kill().expect("it can be killed");
        child.wait().expect("it ends");
        let left = folder.read("task.json");
        assert!(left == text || left == fixed, "killed after {} ms: {} bytes", at * 2, left.len());
        old += usize::from(left == text);
    }
    assert!(old > 0, "it is killed early");
}

/// In a current folder that is gone, whatever starts there has failed.
#[cfg(target_os = "linux")]
#[test]
fn nothing_is_clean_in_a_folder_that_is_gone() {
    let folder = Folder::new("gone-for-all");
    let script = "mkdir inner; cd inner; rmdir ../inner; exec \"$0\" \"$@\"";
    for arguments in [
        &["config"][..],
        &["config", "task.json"],
        &["init"],
        &["baseline"],
        &["ignore", "--rule", "security", "--reason", "none"],
        &["--show-files"],
        &["--staged"],
        &["--since", "HEAD"],
        &["--fix"],
        &["--diff", "."],
        &["--watch"],
        &["task.json"],
    ] {
        let mut command = std::process::Command::new("sh");
        command.current_dir(&folder.0).args(["-c", script, env!("CARGO_BIN_EXE_ecs-lint")]).args(arguments);
        let run = Run::of(command.output().expect("it runs"));
        assert_eq!(run.status, 2, "{arguments:?}: {run:?}");
        assert!(run.err.starts_with("ecs-lint: ") && !run.err.starts_with("ecs-lint: :"), "{}", run.err);
    }
}
