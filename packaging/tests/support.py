"""What the tests share: the packages, built once from the program as it is shipped, and clean places to
install them in."""

import os
import shutil
import subprocess
import sys
import tempfile
import unittest
from functools import cache
from pathlib import Path

import archive
import installers
from targets import REPOSITORY, manifest, target

# Where pip has put the tools, beside the Python that runs the tests.
TOOLS = Path(sys.executable).parent
VERSION = manifest()["version"]
# Where a release is on the network, and so what the tests answer for.
DOWNLOADS = f"{manifest()['repository']}/releases"
HERE = ("x86_64" if os.uname().machine == "x86_64" else "aarch64") + "-unknown-linux"

_scratch = tempfile.TemporaryDirectory(prefix="ecs-lint-packages-")


def new_folder(name: str) -> Path:
    """An empty folder, removed in the end."""
    return Path(tempfile.mkdtemp(prefix=f"{name}-", dir=_scratch.name))


def run(*command, status: int = 0, cwd: Path | None = None, env: dict | None = None) -> str:
    """Runs a command, which must end with the status, and returns all that it printed."""
    words = [str(word) for word in command]
    done = subprocess.run(
        words, cwd=cwd, env=env, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
    )
    if done.returncode != status:
        raise AssertionError(f"{' '.join(words)} ended with {done.returncode}, not {status}:\n{done.stdout}")
    return done.stdout


def environment(*path: Path, **more: str) -> dict[str, str]:
    """The environment of a user who has nothing but the system and these folders on the path."""
    folders = [*path, *map(Path, ("/usr/local/bin", "/usr/bin", "/bin"))]
    kept = {name: os.environ[name] for name in ("LANG", "SSL_CERT_FILE") if name in os.environ}
    kept |= {name: value for name, value in os.environ.items() if name.lower().startswith(("pip_", "npm_"))}
    home = str(new_folder("home"))
    return kept | {"PATH": ":".join(map(str, folders)), "HOME": home, "TMPDIR": _scratch.name} | more


def faulty_repository() -> Path:
    """A git repository with faulty documents."""
    return git_repository(REPOSITORY / "fixtures/projects/web")


def git_repository(*contents: Path) -> Path:
    """A git repository with the JSON files of some folders in `deploy`, and another JSON file."""
    folder = new_folder("repository")
    (folder / "deploy").mkdir()
    for content in contents:
        for file in content.glob("*.json"):
            shutil.copy(file, folder / "deploy")
    (folder / "package.json").write_text('{"name": "not ours"}\n')
    commit(folder)
    return folder


def commit(folder: Path) -> None:
    """Makes a folder a git repository, and commits all that is in it."""
    run("git", "init", "--quiet", "--initial-branch=main", folder)
    run("git", "-C", folder, "add", "--all")
    who = ("-c", "user.name=test", "-c", "user.email=test@example.com", "-c", "commit.gpgsign=false")
    run("git", "-C", folder, *who, "commit", "--quiet", "--message=test")


@cache
def wheel() -> Path:
    """The wheel, as maturin builds it."""
    folder = new_folder("wheel")
    maturin("build", "--out", folder)
    (built,) = folder.glob("*.whl")
    return built


@cache
def source_distribution() -> Path:
    """The source distribution, as maturin makes it."""
    folder = new_folder("sdist")
    maturin("sdist", "--out", folder)
    (made,) = folder.glob("*.tar.gz")
    return made


def maturin(*arguments) -> None:
    """Runs maturin in the repository. What cargo has built is reused."""
    run(TOOLS / "maturin", *arguments, cwd=REPOSITORY)


@cache
def program() -> Path:
    """The program as it is shipped."""
    wheel()
    return REPOSITORY / "target/dist/ecs-lint"


@cache
def release() -> Path:
    """What a release offers for download. The program of this machine is in both archives for it."""
    folder = new_folder("release")
    for libc in ("gnu", "musl"):
        archive.pack(target(f"{HERE}-{libc}"), program(), folder)
    installers.complete(folder, str(TOOLS / "dist"))
    return folder


def curl_of(folder: Path) -> Path:
    """A folder with a `curl` that finds the files of a release in a folder instead of on GitHub."""
    real = shutil.which("curl")
    if not real:
        raise unittest.SkipTest("curl is not installed")
    shim = new_folder("curl") / "curl"
    shim.write_text(
        f"""#!/usr/bin/env bash
# Must be asked for https, as a user's would be; a file of the release is then copied.
arguments=()
for word in "$@"; do
    case $word in
        {DOWNLOADS}/download/v{VERSION}/* | {DOWNLOADS}/latest/download/*)
            word=file://{folder}/${{word##*/}} ;;
        =https | --proto | --tlsv1.2) continue ;;
        http*) echo "curl: the tests do not answer for $word" >&2; exit 6 ;;
    esac
    arguments+=("$word")
done
exec {real} "${{arguments[@]}}"
"""
    )
    shim.chmod(0o755)
    return shim.parent


@cache
def virtual_environment() -> Path:
    """The `bin` of a new virtual environment, whose pip finds the wheel, and of ours nothing else."""
    folder = new_folder("venv")
    run(sys.executable, "-m", "venv", folder)
    return folder / "bin"


def finding_the_wheel() -> dict[str, str]:
    """Environment variables that make pip find the wheel."""
    return {"PIP_FIND_LINKS": str(wheel().parent), "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
