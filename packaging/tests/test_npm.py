"""The npm packages, installed from a registry that has them."""

import json
import shutil
import unittest
from pathlib import Path

import npm
from registry import registry
from support import HERE, VERSION, environment, faulty_repository, new_folder, release, run
from targets import target


@unittest.skipUnless(shutil.which("npm"), "npm is not installed")
class Npm(unittest.TestCase):
    def setUp(self):
        node = Path(shutil.which("npm")).parent
        self.env = environment(node, npm_config_update_notifier="false", npm_config_fund="false")

    def test_npm_installs_the_launcher_and_the_program_of_this_platform(self):
        folder = new_folder("npm")
        made = npm.make(release(), folder)
        self.assertEqual(made[-1].name, "ecs-lint", "it is published last")
        packages = {package: self.pack(package, folder) for package in made}

        repository = faulty_repository()
        with registry(packages) as address:
            env = self.env | {"npm_config_registry": address}
            run("npm", "install", "--save-dev", "--ignore-scripts", "--no-audit", "ecs-lint", cwd=repository, env=env)
        installed = sorted(path.name for path in (repository / "node_modules/@ecs-lint").iterdir())
        fitting = target(f"{HERE}-gnu").npm_package.split("/")[1]
        self.assertEqual(installed, [fitting])
        self.assertIn(f"ecs-lint {VERSION}", run("npx", "ecs-lint", "--version", cwd=repository, env=self.env))
        report = run("npx", "ecs-lint", "deploy", cwd=repository, env=self.env, status=1)
        self.assertIn("error[invalid-fargate-size]", report)
        run("npx", "ecs-lint", "--no-such-option", cwd=repository, env=self.env, status=2)

        shutil.rmtree(repository / "node_modules/@ecs-lint")
        missing = run("npx", "ecs-lint", "deploy", cwd=repository, env=self.env, status=2)
        self.assertIn(f"none of @ecs-lint/{fitting}", missing)

    def pack(self, package: Path, folder: Path) -> Path:
        printed = run("npm", "pack", "--json", "--loglevel=error", package, "--pack-destination", folder, cwd=folder, env=self.env)
        packed = json.loads(printed)
        (entry,) = packed if isinstance(packed, list) else packed.values()
        return folder / entry["filename"]
