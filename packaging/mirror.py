"""Makes the repository that pre-commit installs from without Rust: mirror.py VERSION FOLDER.

pre-commit clones a repository and installs it with pip. This one is empty, save for its dependency on the
wheel of one version: ruff-pre-commit and many others are made like that.
"""

import sys
from pathlib import Path

from targets import REPOSITORY

TEMPLATES = Path(__file__).resolve().parent / "mirror"


def make(version: str, folder: Path) -> None:
    """Writes the files of the repository for a version."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / ".pre-commit-hooks.yaml").write_text(hooks())
    for template in TEMPLATES.iterdir():
        (folder / template.name).write_text(template.read_text().replace("VERSION", version))
    for licence in ("LICENSE-APACHE", "LICENSE-MIT"):
        (folder / licence).write_bytes((REPOSITORY / licence).read_bytes())


def hooks() -> str:
    """The hooks that build the program, installing the wheel instead."""
    all_hooks = (REPOSITORY / ".pre-commit-hooks.yaml").read_text().split("\n\n")
    built = [hook.strip() for hook in all_hooks if "language: rust" in hook]
    return "\n\n".join(built).replace("language: rust", "language: python") + "\n"


if __name__ == "__main__":
    make(sys.argv[1], Path(sys.argv[2]))
