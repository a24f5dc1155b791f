"""The workflow of a release and what it runs, and the versions in the documentation."""

import re
import unittest

import image
import notes
import yaml
from support import REPOSITORY, VERSION, new_folder, release, run
from targets import TARGETS

WORKFLOW = yaml.safe_load((REPOSITORY / ".github/workflows/release.yml").read_text())


class Release(unittest.TestCase):
    def test_it_builds_for_all_targets(self):
        built = [entry["target"] for entry in WORKFLOW["jobs"]["build"]["strategy"]["matrix"]["include"]]
        self.assertEqual(built, [target.triple for target in TARGETS])

    def test_it_uses_the_tools_that_are_tested(self):
        tested = dict(re.findall(r"'([\w-]+)==([\d.]+)'", (REPOSITORY / ".ci/packages").read_text()))
        used = re.findall(r"([\w-]+)==([\d.]+)", (REPOSITORY / ".github/workflows/release.yml").read_text())
        self.assertGreater(len(used), 3)
        for name, version in used:
            self.assertEqual(tested.get(name, version), version, name)
        dist = re.search(r'cargo-dist-version = "(.*)"', (REPOSITORY / "dist-workspace.toml").read_text())
        self.assertEqual(dist[1], tested["astral-dev-toolchain-cargo-dist"])

    def test_nothing_is_published_untried(self):
        jobs = WORKFLOW["jobs"]

        def needs(name: str) -> set[str]:
            direct = jobs[name].get("needs", [])
            direct = [direct] if isinstance(direct, str) else direct
            return set(direct).union(*map(needs, direct))

        for name, job in jobs.items():
            if any("write" == value for value in (job.get("permissions") or {}).values()):
                self.assertLessEqual({"notes", "build", "try"}, needs(name), name)
                self.assertEqual(job["environment"], "release", name)

    def test_the_notes_are_those_of_the_version(self):
        changelog = "# Changelog\n\n## Unreleased\n\n- c\n\n## 1.2.0 (2027-01-31)\n\n### New\n\n- b\n\n## 1.1.0\n\n- a\n"
        self.assertEqual(notes.notes(changelog, "1.2.0"), "### New\n\n- b")
        self.assertEqual(notes.notes(changelog, "1.1.0"), "- a")
        with self.assertRaises(SystemExit):
            notes.notes(changelog, "1.3.0")
        changelog = (REPOSITORY / "CHANGELOG.md").read_text()
        self.assertRegex(changelog, rf"^# Changelog\n\n## (Unreleased|{re.escape(VERSION)})\b")

    def test_the_documentation_names_this_version(self):
        for name in ("README.md", "docs/ci.md"):
            text = (REPOSITORY / name).read_text()
            named = re.findall(r"(?:rev: v|ecs-lint@v?|ecs-lint==|download/v|\bversion: )(\d+\.\d+\.\d+)", text)
            self.assertEqual(set(named), {VERSION}, name)

    def test_the_image_has_the_static_programs(self):
        folder = new_folder("image")
        image.lay_out(release(), folder)
        (program,) = folder.glob("*/ecs-lint")
        self.assertIn(f"ecs-lint {VERSION}", run(program, "--version"))
        copied = re.findall(r"^COPY (.*)$", (REPOSITORY / "Dockerfile").read_text(), re.MULTILINE)
        self.assertEqual(copied, ["${TARGETARCH}/ecs-lint /ecs-lint"])
