"""The installers, the formula and the checksums of a release."""

import hashlib
import json
import os
import re
import shutil
import unittest

from support import DOWNLOADS, HERE, REPOSITORY, TOOLS, VERSION, curl_of, environment, new_folder, release, run
from targets import TARGETS


class Installers(unittest.TestCase):
    def install(self, folder, **more: str):
        """Installs as the README says. Returns the environment and what was printed."""
        env = environment(curl_of(folder), **more)
        address = f"{DOWNLOADS}/latest/download/ecs-lint-installer.sh"
        return env, f"curl --proto '=https' --tlsv1.2 -LsSf {address} | sh"

    def test_the_shell_installer_installs_into_the_home_folder(self):
        env, command = self.install(release())
        printed = run("sh", "-c", command, env=env)
        self.assertNotIn("no checksums", printed)
        installed = f"{env['HOME']}/.local/bin/ecs-lint"
        self.assertIn(f"ecs-lint {VERSION}", run(installed, "--version"))

    def test_the_shell_installer_refuses_what_was_not_released(self):
        folder = new_folder("changed")
        shutil.copytree(release(), folder, dirs_exist_ok=True)
        for archive in folder.glob(f"ecs-lint-{HERE}-*.tar.gz"):
            archive.write_bytes(archive.read_bytes() + b"\0")
        env, command = self.install(folder)
        self.assertIn("checksum mismatch", run("sh", "-c", command, env=env, status=1))
        self.assertFalse(os.path.exists(f"{env['HOME']}/.local/bin/ecs-lint"))

    def test_installers_and_formula_know_all_archives(self):
        for name in ("ecs-lint-installer.sh", "ecs-lint-installer.ps1", "ecs-lint.rb"):
            text = (release() / name).read_text()
            for target in TARGETS:
                # Homebrew has no Windows, and uses glibc.
                if name.endswith(".rb") and (target.os == "win32" or target.libc == "musl"):
                    continue
                # Windows emulates x86-64 programs; PowerShell's installer is for Windows alone.
                if name.endswith(".ps1") and target.os != "win32":
                    continue
                self.assertIn(target.archive, text, name)
            self.assertIn(VERSION, text)

    def test_the_formula_has_the_checksum(self):
        formula = (release() / "ecs-lint.rb").read_text()
        digest = hashlib.sha256((release() / f"ecs-lint-{HERE}-gnu.tar.gz").read_bytes()).hexdigest()
        self.assertIn(f'sha256 "{digest}"', formula)

    def test_the_checksums_can_be_checked(self):
        run("sha256sum", "--check", "sha256.sum", cwd=release())
        for file in release().glob("*.sha256"):
            run("sha256sum", "--check", file, cwd=release())

    def test_dist_builds_for_the_same_targets(self):
        plan = json.loads(run(TOOLS / "dist", "plan", "--output-format=json", "--verbose=off", cwd=REPOSITORY))
        planned = {name for name in plan["artifacts"] if re.search(r"(tar\.gz|zip)$", name)}
        self.assertEqual(planned, {target.archive for target in TARGETS})

    def test_a_program_without_libraries_runs_in_an_empty_root(self):
        static = REPOSITORY / f"target/{HERE}-musl/dist/ecs-lint"
        if not static.exists() or os.geteuid() != 0:
            self.skipTest("needs root and cargo build --profile dist --target *-musl")
        root = new_folder("root")
        shutil.copy(static, root)
        shutil.copytree(REPOSITORY / "fixtures/projects/web", root / "web")
        report = run("chroot", root, "/ecs-lint", "web", status=1)
        self.assertIn("error[invalid-fargate-size]", report)
