#!/usr/bin/env python3
"""Lint CloudFormation templates that AWS is known to refuse or to accept, and list where the verdicts differ.

    python3 tests/verdicts.py FOLDER [BINARY]     exit 1 if any differs

BINARY is `target/debug/ecs-lint` unless it is named. Each folder below FOLDER that contains one of these files is a
case; a case may have several:

    fail*.json, fail*.yaml, …   AWS refuses it: there must be an error
    pass*.json, pass*.yaml, …   AWS accepts it: there must be none
    rule                        the rules, one on each line, of which one must report the refused ones; without
                                this file, the rule that the folder is named after, or any
    type                        the type of the resource, for files that contain its properties alone

A template is linted as it is. An object with `Type` and `Properties`, or with the properties alone, becomes the only
resource of a template: nothing in it is renamed or converted. Each file is linted alone in a folder of its own.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

ENDINGS = {".json", ".yaml", ".yml", ".template"}


def main() -> int:
    if len(sys.argv) not in (2, 3) or sys.argv[1].startswith("-"):
        print(__doc__.strip())
        return 2
    folder = Path(sys.argv[1])
    binary = Path(sys.argv[2] if len(sys.argv) == 3 else "target/debug/ecs-lint").resolve()
    listed = subprocess.run([binary, "rules", "--format", "json"], capture_output=True, check=True)
    rules = {rule["id"] for rule in json.loads(listed.stdout)}
    counts = {"refused": 0, "accepted": 0, "differ": 0}
    for path in sorted(folder.rglob("*")):
        verdict = next((word for word in ("fail", "pass") if path.name.startswith(word)), None)
        if verdict is None or path.suffix not in ENDINGS:
            continue
        errors = lint(binary, path)
        if isinstance(errors, str):
            difference = errors
        elif verdict == "pass":
            difference = "false error: " + "; ".join(map(shown, errors)) if errors else None
        else:
            difference = missed(errors, expected(path.parent, rules))
        counts["refused" if verdict == "fail" else "accepted"] += 1
        if difference:
            counts["differ"] += 1
            print(f"{path.relative_to(folder)}: {difference}")
    print(f"{counts['refused']} refused, {counts['accepted']} accepted, {counts['differ']} differ")
    return 1 if counts["differ"] else 0


def expected(case: Path, rules: set[str]) -> set[str]:
    """The rules of which one must report the refused files of a case; empty if any will do."""
    listed = case / "rule"
    if listed.exists():
        return set(listed.read_text().split())
    return {case.name} & rules


def missed(errors: list[dict], wanted: set[str]) -> str | None:
    """Why the errors of a refused file are not enough."""
    if not errors:
        return "missed: no error" + (f", expected {' or '.join(sorted(wanted))}" if wanted else "")
    if wanted and not any(error["rule"] in wanted for error in errors):
        return f"missed {' or '.join(sorted(wanted))}, found " + "; ".join(map(shown, errors))
    return None


def shown(error: dict) -> str:
    return f"{error['rule']} in line {error['line']}: {error['message']}"


def lint(binary: Path, path: Path) -> list[dict] | str:
    """The errors of a file, or why it was not linted."""
    with tempfile.TemporaryDirectory() as place:
        file = Path(place) / f"template{path.suffix}"
        file.write_bytes(template(path))
        command = [binary, "check", "--no-config", "--format", "json", file.name]
        ended = subprocess.run(command, cwd=place, capture_output=True)
    if ended.returncode not in (0, 1):
        return "not linted: " + ended.stderr.decode().strip()
    report = json.loads(ended.stdout)
    if not report["summary"]["files"]:
        return "not linted: there is nothing to lint in it"
    return [finding for finding in report["findings"] if finding["severity"] == "error"]


def template(path: Path) -> bytes:
    """A file as a template."""
    written = path.read_bytes()
    if path.suffix != ".json":
        return written
    value = json.loads(written)
    if not isinstance(value, dict) or "Resources" in value:
        return written
    named = path.parent / "type"
    if "Type" not in value and named.exists():
        value = {"Type": named.read_text().strip(), "Properties": value}
    return json.dumps({"Resources": {"X": value}}, indent=2).encode()


if __name__ == "__main__":
    sys.exit(main())
