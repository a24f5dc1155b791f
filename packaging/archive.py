"""Packs a program into the archive of its target: archive.py TARGET PROGRAM FOLDER."""

import sys
import tarfile
import zipfile
from pathlib import Path

from targets import REPOSITORY, Target, target

LICENCES = ("LICENSE-APACHE", "LICENSE-MIT")


def pack(target: Target, program: Path, folder: Path) -> Path:
    """Writes the archive into the folder: a tar file with one folder, or a zip file without, as the
    installers expect them."""
    folder.mkdir(parents=True, exist_ok=True)
    archive = folder / target.archive
    contents = [(program, target.program), *((REPOSITORY / name, name) for name in LICENCES)]
    if archive.suffix == ".zip":
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as zipped:
            for file, name in contents:
                zipped.write(file, name)
    else:
        with tarfile.open(archive, "w:gz") as tar:
            for file, name in contents:
                tar.add(file, f"ecs-lint-{target.triple}/{name}", filter=of_nobody)
    return archive


def of_nobody(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    """Removes who built it."""
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = ""
    return entry


def program_of(target: Target, archive: Path) -> bytes:
    """The program in an archive."""
    if archive.suffix == ".zip":
        with zipfile.ZipFile(archive) as zipped:
            return zipped.read(target.program)
    with tarfile.open(archive) as tar:
        return tar.extractfile(f"ecs-lint-{target.triple}/{target.program}").read()


if __name__ == "__main__":
    triple, program, folder = sys.argv[1:]
    print(pack(target(triple), Path(program), Path(folder)))
