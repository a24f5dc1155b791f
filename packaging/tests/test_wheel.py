"""The wheel and the source distribution."""

import json
import re
import tarfile
import unittest
import zipfile
from email import message_from_string

import readme
import sbom
from support import (
    HERE, REPOSITORY, TOOLS, VERSION, environment, faulty_repository, new_folder, run, source_distribution,
    wheel,
)
from targets import target


class Wheel(unittest.TestCase):
    def test_it_installs_the_program(self):
        venv = new_folder("venv")
        run(TOOLS / "python", "-m", "venv", "--without-pip", venv)
        run(TOOLS / "pip", "--python", venv / "bin/python", "install", "--no-index", "--quiet", wheel())
        env = environment(venv / "bin")
        self.assertIn(f"ecs-lint {VERSION}", run("ecs-lint", "--version", env=env))
        report = run("ecs-lint", ".", cwd=faulty_repository(), env=env, status=1)
        self.assertIn("error[invalid-fargate-size]", report)

    def test_its_metadata_is_complete(self):
        with zipfile.ZipFile(wheel()) as zipped:
            names = zipped.namelist()
            (name,) = (name for name in names if name.endswith(".dist-info/METADATA"))
            metadata = message_from_string(zipped.read(name).decode())
        self.assertEqual(metadata["Version"], VERSION)
        self.assertEqual(metadata["License-Expression"], "MIT OR Apache-2.0")
        for field in ("Summary", "Keywords", "Requires-Python", "Classifier", "Project-URL"):
            self.assertTrue(metadata[field], field)
        self.assertTrue(metadata["Description-Content-Type"].startswith("text/markdown"))
        self.assertIn("# ecs-lint", metadata.get_payload())
        self.assertEqual(2, sum("LICENSE-" in name for name in names))

    def test_the_links_of_the_readme_work_where_only_the_readme_is_shown(self):
        text = readme.absolute((REPOSITORY / "README.md").read_text())
        self.assertEqual(re.findall(r"\]\((?!https://|#)[^)]*\)", text), [])
        for path in re.findall(rf"ecs-lint/(?:blob/)?v{re.escape(VERSION)}/([^)#]+)", text):
            self.assertTrue((REPOSITORY / path).exists(), path)


class BillOfMaterials(unittest.TestCase):
    def test_it_lists_the_crates_that_are_compiled_in(self):
        written = sbom.write(target(f"{HERE}-gnu"), wheel().parent, new_folder("bill"))
        bill = json.loads(written.read_text())
        self.assertEqual(bill["bomFormat"], "CycloneDX")
        crates = {each["name"]: each["version"] for each in bill["components"]}
        for wanted in ("clap", "miette", "serde_json"):
            self.assertIn(wanted, crates)


class SourceDistribution(unittest.TestCase):
    def test_it_has_what_a_build_needs(self):
        with tarfile.open(source_distribution()) as tar:
            names = {name.split("/", 1)[1] for name in tar.getnames() if "/" in name}
        for wanted in ("Cargo.toml", "Cargo.lock", "pyproject.toml", "README.md", "src/main.rs", "PKG-INFO"):
            self.assertIn(wanted, names)
        self.assertFalse([name for name in names if name.startswith(("fixtures/", "packaging/", ".ci/"))])
