"""Makes the npm packages of a folder of archives: npm.py ARCHIVES FOLDER.

`ecs-lint` is a launcher of a few lines; the program is in one package for each platform, of which npm
installs the one that fits. Nothing is downloaded by a script, so `--ignore-scripts` and mirrors work.
"""

import json
import shutil
import sys
from pathlib import Path

import readme
from archive import LICENCES, program_of
from targets import REPOSITORY, TARGETS, Target, manifest

TEMPLATES = Path(__file__).resolve().parent / "npm"


def make(archives: Path, folder: Path) -> list[Path]:
    """Writes a folder for each package. They are listed in the order in which to publish them."""
    available = [each for each in TARGETS if (archives / each.archive).exists()]
    packages = [make_platform(each, archives, folder) for each in available]
    return [*packages, make_launcher(available, folder)]


def make_platform(target: Target, archives: Path, folder: Path) -> Path:
    """Writes the package that holds the program of a platform."""
    package = new_package(folder / target.npm_package.replace("/", "-").removeprefix("@"))
    program = package / target.program
    program.write_bytes(program_of(target, archives / target.archive))
    program.chmod(0o755)
    fields = {"os": [target.os], "cpu": [target.cpu]} | ({"libc": [target.libc]} if target.libc else {})
    what = " ".join(filter(None, [target.os, target.cpu, target.libc]))
    write_manifest(package, target.npm_package, f"The program of ecs-lint for {what}", fields)
    (package / "README.md").write_text(
        f"# {target.npm_package}\n\nThe program of [ecs-lint](https://www.npmjs.com/package/ecs-lint) "
        f"for {what}. Install `ecs-lint`, which chooses the package for your platform.\n"
    )
    return package


def make_launcher(targets: list[Target], folder: Path) -> Path:
    """Writes the package that users install."""
    package = new_package(folder / "ecs-lint")
    shutil.copytree(TEMPLATES / "bin", package / "bin")
    text = (REPOSITORY / "README.md").read_text()
    (package / "README.md").write_text(readme.absolute(text))
    fields = {
        "keywords": manifest()["keywords"],
        "bin": {"ecs-lint": "bin/ecs-lint.js"},
        "engines": {"node": ">=14"},
        "optionalDependencies": {each.npm_package: manifest()["version"] for each in targets},
    }
    write_manifest(package, "ecs-lint", manifest()["description"], fields)
    return package


def new_package(package: Path) -> Path:
    """An empty folder with the licences."""
    package.mkdir(parents=True)
    for name in LICENCES:
        shutil.copy(REPOSITORY / name, package)
    return package


def write_manifest(package: Path, name: str, description: str, fields: dict) -> None:
    """Writes package.json."""
    repository = manifest()["repository"]
    common = {
        "name": name,
        "version": manifest()["version"],
        "description": description,
        "license": manifest()["license"],
        "homepage": manifest()["homepage"],
        "repository": {"type": "git", "url": f"git+{repository}.git"},
        "bugs": f"{repository}/issues",
        "publishConfig": {"access": "public", "provenance": True},
    }
    (package / "package.json").write_text(json.dumps(common | fields, indent=2) + "\n")


if __name__ == "__main__":
    for made in make(Path(sys.argv[1]), Path(sys.argv[2])):
        print(made)
