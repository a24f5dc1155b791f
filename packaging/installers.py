"""Completes a folder of archives to what a release offers for download: installers.py FOLDER.

It adds the checksums, and by dist the shell and PowerShell installers and the Homebrew formula, which
contain them.
"""

import hashlib
import json
import shutil
import subprocess
import sys
from pathlib import Path

from targets import REPOSITORY, TARGETS

# What dist writes, and where.
WRITTEN = ("ecs-lint-installer.sh", "ecs-lint-installer.ps1", "ecs-lint.rb")
DISTRIB = REPOSITORY / "target/distrib"


def complete(folder: Path, dist: str = "dist") -> None:
    """Adds to the folder what belongs to its archives."""
    checksums = {}
    for each in TARGETS:
        archive = folder / each.archive
        if archive.exists():
            checksums[each.archive] = hashlib.sha256(archive.read_bytes()).hexdigest()
            line = f"{checksums[each.archive]} *{each.archive}\n"
            archive.with_name(archive.name + ".sha256").write_text(line)
    run_dist(checksums, dist)
    for name in WRITTEN:
        shutil.copy(DISTRIB / name, folder)
    lines = (f"{digest} *{name}\n" for name, digest in sorted(checksums.items()))
    (folder / "sha256.sum").write_text("".join(lines))


def run_dist(checksums: dict[str, str], dist: str) -> None:
    """Has dist write the installers. It learns about archives that it has not built from the manifest of
    the machine that has."""
    shutil.rmtree(DISTRIB, ignore_errors=True)
    DISTRIB.mkdir(parents=True)
    artifacts = {
        name: {"kind": "executable-zip", "name": name, "checksums": {"sha256": digest}}
        for name, digest in checksums.items()
    }
    (DISTRIB / "archives-dist-manifest.json").write_text(json.dumps({"artifacts": artifacts}))
    command = [dist, "build", "--artifacts=global", "--output-format=json"]
    subprocess.run(command, cwd=REPOSITORY, check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    complete(Path(sys.argv[1]))
