"""The platforms that a release is built for, and what each kind of package calls them."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Target:
    """A platform: Rust's name for it, and the os, cpu and libc of npm."""

    triple: str
    os: str
    cpu: str
    libc: str | None = None

    @property
    def program(self) -> str:
        """The file name of the program."""
        return "ecs-lint.exe" if self.os == "win32" else "ecs-lint"

    @property
    def archive(self) -> str:
        """The file name of the archive, as dist names it: its installers look for that name."""
        return f"ecs-lint-{self.triple}" + (".zip" if self.os == "win32" else ".tar.gz")

    @property
    def npm_package(self) -> str:
        """The npm package that holds the program."""
        return f"@ecs-lint/{self.os}-{self.cpu}" + ("-musl" if self.libc == "musl" else "")


TARGETS = (
    Target("aarch64-apple-darwin", "darwin", "arm64"),
    Target("aarch64-pc-windows-msvc", "win32", "arm64"),
    Target("aarch64-unknown-linux-gnu", "linux", "arm64", "glibc"),
    Target("aarch64-unknown-linux-musl", "linux", "arm64", "musl"),
    Target("x86_64-apple-darwin", "darwin", "x64"),
    Target("x86_64-pc-windows-msvc", "win32", "x64"),
    Target("x86_64-unknown-linux-gnu", "linux", "x64", "glibc"),
    Target("x86_64-unknown-linux-musl", "linux", "x64", "musl"),
)


def target(triple: str) -> Target:
    """The target with this name."""
    for each in TARGETS:
        if each.triple == triple:
            return each
    raise SystemExit(f"{triple} is not one of the targets of a release")


def manifest() -> dict:
    """The [package] table of Cargo.toml, from which all packages take version and description."""
    return tomllib.loads((REPOSITORY / "Cargo.toml").read_text())["package"]
