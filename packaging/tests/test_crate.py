"""The crate, as `cargo publish` packs it."""

import unittest

from support import REPOSITORY, run


class Crate(unittest.TestCase):
    def test_it_can_be_published(self):
        # What it contains is checked below; all of it has been compiled before.
        run("cargo", "publish", "--dry-run", "--no-verify", "--allow-dirty", "--locked", cwd=REPOSITORY)

    def test_it_contains_what_a_build_needs_and_no_more(self):
        listed = run("cargo", "package", "--list", "--allow-dirty", "--locked", cwd=REPOSITORY).split("\n")
        files = [file for file in listed if file and not file.startswith(("warning", " "))]
        needed = run("git", "ls-files", "build", "src", "rules", "schemas", cwd=REPOSITORY).split()
        built = (".rs", ".tsv")
        # The build packs the pages of the rules into the program.
        needed = [file for file in needed if file.endswith(built) or file.startswith("rules/")]
        self.assertEqual([file for file in needed if file not in files], [])
        known = ("src/", "rules/", "schemas/", "benches/", "build/", "README.md", "CHANGELOG.md", "LICENSE-")
        known += ("Cargo.", ".cargo_vcs_info.json")
        self.assertEqual([file for file in files if not file.startswith(known)], [])
