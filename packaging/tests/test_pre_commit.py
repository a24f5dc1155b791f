"""The hooks, run by pre-commit as a user has them: building the program, with the installed one, and from
the mirror, which installs the wheel."""

import re
import shutil
import unittest
from pathlib import Path

import mirror
from support import (
    REPOSITORY, TOOLS, VERSION, commit, environment, finding_the_wheel, git_repository, new_folder,
    program, run,
)

FAULTY = REPOSITORY / "fixtures/projects/web"
CLEAN = REPOSITORY / "fixtures/clean/fargate-web"


class Hooks(unittest.TestCase):
    def test_those_that_build_the_program(self):
        # A build takes a minute, so what `cargo install` would have installed is there already.
        cargo = new_folder("cargo") / "cargo"
        cargo.write_text(
            f"""#!/bin/sh
[ "$1 $2 $3 $5 $6" = "install --bins --root --path ." ] && grep -q '^name = "ecs-lint"' Cargo.toml &&
    mkdir -p "$4/bin" && cp {program()} "$4/bin"
"""
        )
        cargo.chmod(0o755)
        # pre-commit takes the cargo on the path if rustup is there too.
        rustup = cargo.with_name("rustup")
        rustup.write_text("#!/bin/sh\n")
        rustup.chmod(0o755)
        self.check(clone(), ["ecs-lint", "ecs-lint-all"], environment(cargo.parent, TOOLS))

    def test_those_that_use_the_installed_program(self):
        path = new_folder("bin")
        shutil.copy(program(), path)
        self.check(clone(), ["ecs-lint-system", "ecs-lint-all-system"], environment(path, TOOLS))

    def test_those_of_the_mirror(self):
        folder = new_folder("mirror")
        mirror.make(VERSION, folder)
        commit(folder)
        env = environment(TOOLS, **finding_the_wheel())
        self.check(folder, ["ecs-lint", "ecs-lint-all"], env)

    def check(self, hooks: Path, ids: list[str], env: dict):
        """A faulty file stops the commit, sound files pass, other files do not start the hooks."""
        env["GIT_AUTHOR_EMAIL"] = env["GIT_COMMITTER_EMAIL"] = "test@example.com"
        repository = git_repository(FAULTY)
        self.configure(repository, hooks, ids)
        printed = run("pre-commit", "run", "--all-files", cwd=repository, env=env, status=1)
        self.assertEqual(re.findall(r"^(.*[^.])\.+Failed$", printed, re.MULTILINE), ["ecs-lint", "ecs-lint (whole repository)"])
        self.assertIn("\ndeploy/task-definition.json:6:13: error[invalid-fargate-size] ", printed)
        self.assertNotIn("package.json", printed)

        for file in (repository / "deploy").iterdir():
            file.unlink()
        for file in CLEAN.glob("*.json"):
            shutil.copy(file, repository / "deploy")
        run("git", "add", "--all", cwd=repository)
        printed = run("pre-commit", "run", "--all-files", cwd=repository, env=env)
        self.assertEqual(printed.count("Passed"), 2, printed)

        # A faulty file that did not change is read, but not reported.
        shutil.copy(FAULTY / "task-definition.json", repository / "deploy/other.json")
        changed = [f"deploy/{file.name}" for file in CLEAN.glob("*.json")] + ["package.json"]
        printed = run("pre-commit", "run", ids[0], "--files", *changed, cwd=repository, env=env)
        self.assertIn("Passed", printed)

        for name, started in (("notes.txt", 0), ("ecs-lint.toml", 1), ("deploy/template.json.tpl", 2)):
            (repository / name).write_text("")
            run("git", "add", name, cwd=repository)
            printed = run("pre-commit", "run", "--files", name, cwd=repository, env=env, status=int(started > 0))
            self.assertEqual(printed.count("(no files to check)Skipped"), 2 - started, f"{name}: {printed}")

    def configure(self, repository: Path, hooks: Path, ids: list[str]):
        revision = run("git", "-C", hooks, "rev-parse", "HEAD").strip()
        lines = [f"repos: [{{repo: '{hooks}', rev: '{revision}', hooks: [", *(f"{{id: {id}}}," for id in ids)]
        (repository / ".pre-commit-config.yaml").write_text("\n".join([*lines, "]}]\n"]))
        run("git", "add", "--all", cwd=repository)


def clone() -> Path:
    """pre-commit installs a commit, so what is not committed is not tested."""
    folder = new_folder("hooks")
    run("git", "clone", "--quiet", REPOSITORY, folder)
    return folder
