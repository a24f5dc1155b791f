"""Prints what CHANGELOG.md says about a version: notes.py TAG. Fails if the tag is not the version of
Cargo.toml, or if the changelog does not have it yet."""

import re
import sys

from targets import REPOSITORY, manifest


def notes(changelog: str, version: str) -> str:
    """The section of a version, whose title may go on with a date."""
    section = re.search(rf"^## {re.escape(version)}\b[^\n]*\n(.*?)(?=^## |\Z)", changelog, re.MULTILINE | re.DOTALL)
    if not section or not section[1].strip():
        raise SystemExit(f"CHANGELOG.md says nothing about {version}")
    return section[1].strip()


if __name__ == "__main__":
    (tag,) = sys.argv[1:]
    if tag != f"v{manifest()['version']}":
        raise SystemExit(f"the tag is {tag}, but Cargo.toml says {manifest()['version']}")
    print(notes((REPOSITORY / "CHANGELOG.md").read_text(), manifest()["version"]))
