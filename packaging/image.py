"""Lays out the folder that the image is built from: image.py ARCHIVES FOLDER."""

import sys
from pathlib import Path

from archive import program_of
from targets import TARGETS

# What Docker calls the processors.
PLATFORMS = {"x64": "amd64", "arm64": "arm64"}


def lay_out(archives: Path, folder: Path) -> None:
    """Writes the static program of each processor into a folder with Docker's name of it."""
    for target in TARGETS:
        archive = archives / target.archive
        if target.libc == "musl" and archive.exists():
            program = folder / PLATFORMS[target.cpu] / "ecs-lint"
            program.parent.mkdir(parents=True)
            program.write_bytes(program_of(target, archive))
            program.chmod(0o755)


if __name__ == "__main__":
    lay_out(Path(sys.argv[1]), Path(sys.argv[2]))
