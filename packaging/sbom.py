"""Puts the bill of materials of a program beside its archive: sbom.py TARGET WHEELS FOLDER.

It lists every crate that is compiled in, as CycloneDX. maturin writes it into the wheel, which holds the
same program as the archive (https://peps.python.org/pep-0770/).
"""

import sys
import zipfile
from pathlib import Path

from targets import Target, target

ENDING = ".cyclonedx.json"


def bill_of(wheel: Path) -> bytes:
    """The bill of materials in a wheel."""
    with zipfile.ZipFile(wheel) as zipped:
        (name,) = (name for name in zipped.namelist() if "/sboms/" in name and name.endswith(ENDING))
        return zipped.read(name)


def write(target: Target, wheels: Path, folder: Path) -> Path:
    """Writes it into the folder of the archives, under the name of the target."""
    (wheel,) = wheels.glob("*.whl")
    folder.mkdir(parents=True, exist_ok=True)
    bill = folder / f"ecs-lint-{target.triple}{ENDING}"
    bill.write_bytes(bill_of(wheel))
    return bill


if __name__ == "__main__":
    triple, wheels, folder = sys.argv[1:]
    print(write(target(triple), Path(wheels), Path(folder)))
