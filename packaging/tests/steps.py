"""Runs the shell steps of a GitHub Action or job as GitHub does."""

import os
import re
import subprocess
from pathlib import Path

from support import REPOSITORY, environment, new_folder


class Step:
    """What a step did: exit status, what it printed, its outputs and its summary."""

    def __init__(self, status: int, printed: str, outputs: dict, summary: str):
        self.status, self.printed, self.outputs, self.summary = status, printed, outputs, summary


class Runner:
    """A runner with a checkout."""

    def __init__(self, workspace: Path, *path: Path):
        self.workspace = workspace
        self.files = {name: new_folder("runner") / name.lower() for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY", "GITHUB_ENV", "GITHUB_PATH")}
        machine = "X64" if os.uname().machine == "x86_64" else "ARM64"
        self.env = environment(*path) | {name: str(file) for name, file in self.files.items()} | {
            "CI": "true", "GITHUB_ACTIONS": "true", "GITHUB_ACTION_PATH": str(REPOSITORY),
            "GITHUB_WORKSPACE": str(workspace), "RUNNER_TEMP": str(new_folder("temp")),
            "RUNNER_OS": "Linux", "RUNNER_ARCH": machine,
        }

    def run(self, step: dict, inputs: dict[str, str]) -> Step:
        """Runs a `run:` step. Expressions are allowed in `env:` alone, where they cannot inject."""
        if "${{" in step["run"]:
            raise AssertionError(f"an expression in a script can inject: {step['run']}")
        for file in self.files.values():
            file.write_text("")
        script = new_folder("script") / "step.sh"
        script.write_text(step["run"])
        variables = {name: evaluate(value, inputs) for name, value in step.get("env", {}).items()}
        # As GitHub documents `shell: bash`, and a `run:` without a shell.
        shell = ["bash", "--noprofile", "--norc", "-eo", "pipefail"] if step.get("shell") else ["bash", "-e"]
        done = subprocess.run(
            [*shell, str(script)], cwd=self.workspace, env=self.env | variables, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
        )
        outputs = dict(line.split("=", 1) for line in self.files["GITHUB_OUTPUT"].read_text().splitlines())
        return Step(done.returncode, done.stdout, outputs, self.files["GITHUB_STEP_SUMMARY"].read_text())


def evaluate(value: str, inputs: dict[str, str]) -> str:
    """Replaces `${{ inputs.x }}`."""
    return re.sub(r"\$\{\{ *inputs\.([a-z-]+) *\}\}", lambda match: inputs[match[1]], value)
