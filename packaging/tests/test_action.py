"""The GitHub Action: its steps are run in the environment that GitHub gives them."""

import json
import shutil
import unittest
from pathlib import Path

import yaml
from steps import Runner, Step
from support import HERE, REPOSITORY, VERSION, curl_of, faulty_repository, new_folder, release


class Action(unittest.TestCase):
    def setUp(self):
        self.action = yaml.safe_load((REPOSITORY / "action.yml").read_text())
        self.workspace = faulty_repository()

    def act(self, folder=None, **inputs: str) -> Step:
        """Runs the steps until one fails."""
        inputs = {name: input["default"] for name, input in self.action["inputs"].items()} | inputs
        self.runner = Runner(self.workspace, curl_of(folder or release()))
        for step in self.action["runs"]["steps"]:
            if "run" in step:
                done = self.runner.run(step, inputs)
                if done.status:
                    break
        return done

    def test_it_annotates_and_fails(self):
        done = self.act()
        self.assertEqual(done.status, 1, done.printed)
        self.assertIn("::error file=deploy/task-definition.json,line=6,", done.printed)
        self.assertIn("error[invalid-fargate-size]", done.printed)
        self.assertIn("invalid-fargate-size", done.summary)
        self.assertEqual(done.outputs, {})

    def test_it_passes_without_findings(self):
        for version in (VERSION, f"v{VERSION}", "latest"):
            done = self.act(version=version, paths="package.json")
            self.assertEqual(done.status, 0, done.printed)

    def test_it_writes_sarif_and_says_where(self):
        done = self.act(sarif="true")
        self.assertEqual(done.status, 1, done.printed)
        sarif = json.loads(Path(done.outputs["sarif-file"]).read_text())
        self.assertTrue(sarif["runs"][0]["results"])
        upload = self.action["runs"]["steps"][-1]
        self.assertIn("steps.lint.outputs.sarif-file", upload["with"]["sarif_file"])
        self.assertIn("always()", upload["if"])

    def test_options_and_paths_are_split_as_in_a_shell(self):
        folder = self.workspace / "more files"
        shutil.copytree(self.workspace / "deploy", folder)
        done = self.act(args='--only "invalid-fargate-size" --format concise', paths="'more files'\ndeploy")
        self.assertEqual(done.status, 1, done.printed)
        found = [line for line in done.printed.splitlines() if "error[" in line]
        self.assertEqual(len(found), 2, done.printed)
        self.assertTrue(all("[invalid-fargate-size]" in line for line in found))

    def test_inputs_are_never_run(self):
        for text in ("$(touch pwned)", "`touch pwned`", "x; touch pwned", "x && touch pwned", "x\ntouch pwned", '"; touch pwned; "', "'"):
            for names in (["paths", "args", "sarif"], ["version"]):
                done = self.act(**dict.fromkeys(names, text))
                self.assertFalse((self.workspace / "pwned").exists(), text)
                self.assertNotEqual(done.status, 0, f"{text}: {done.printed}")

    def test_it_says_what_cannot_be_installed(self):
        self.assertIn("must be latest or look like 0.1.0", self.act(version="../../other").printed)
        done = self.act(version="9.9.9")
        self.assertEqual(done.status, 2)
        self.assertIn("cannot be downloaded", done.printed)

    def test_it_refuses_what_was_not_released(self):
        folder = new_folder("changed")
        shutil.copytree(release(), folder, dirs_exist_ok=True)
        archive = folder / f"ecs-lint-{HERE}-musl.tar.gz"
        archive.write_bytes(archive.read_bytes() + b"\0")
        done = self.act(folder)
        self.assertEqual(done.status, 2, done.printed)
        self.assertIn("is not what was released", done.printed)
