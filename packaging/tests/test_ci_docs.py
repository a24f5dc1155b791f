"""The examples of docs/ci.md: their files are what each system accepts, and their commands are run."""

import re
import subprocess
import unittest

import yaml
from support import (
    REPOSITORY, TOOLS, VERSION, curl_of, environment, faulty_repository, finding_the_wheel, new_folder,
    release, run, virtual_environment,
)

PAGE = (REPOSITORY / "docs/ci.md").read_text()
COMPONENT = REPOSITORY / "packaging/gitlab/templates/ecs-lint.yml"
# The language and the text of each example.
EXAMPLES = re.findall(r"^```(\w+)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


def examples(marker: str) -> list[str]:
    """The examples that start with a comment."""
    return [text for _, text in EXAMPLES if text.startswith(marker)]


class Examples(unittest.TestCase):
    def test_all_are_tested(self):
        heads = {text.split("\n", 1)[0] for language, text in EXAMPLES if language != "sh"}
        tested = {
            "# .github/workflows/ecs-lint.yml", "# .gitlab-ci.yml", "# .circleci/config.yml",
            "# buildspec.yml", "// Jenkinsfile",
        }
        self.assertEqual(heads, tested)

    def test_each_system_accepts_its_files(self):
        self.accepts("github-workflows", *examples("# .github/workflows"))
        self.accepts("gitlab-ci", *examples("# .gitlab-ci.yml"), component({}), component({"version": VERSION}))
        self.accepts("circle-ci", *examples("# .circleci"))

    def test_github(self):
        for text in examples("# .github/workflows"):
            for step in yaml.safe_load(text)["jobs"]["ecs-lint"]["steps"]:
                if "uses" in step and step["uses"].startswith("ecs-lint/"):
                    self.assertEqual(step["uses"], f"ecs-lint/ecs-lint@v{VERSION}")
                    action = yaml.safe_load((REPOSITORY / "action.yml").read_text())
                    self.assertLessEqual(set(step.get("with", {})), set(action["inputs"]))
        (text,) = [text for text in examples("# .github/workflows") if "pipx" in text]
        commands = [step["run"] for step in yaml.safe_load(text)["jobs"]["ecs-lint"]["steps"] if "run" in step]
        # pipx is on GitHub's runners.
        printed, _ = self.fails([line.replace("pipx install", "pip install") for line in commands], GITHUB_ACTIONS="true")
        self.assertIn("::error file=deploy/task-definition.json,line=6,", printed)

    def test_gitlab(self):
        job, include = examples("# .gitlab-ci.yml")
        self.writes_report(yaml.safe_load(job)["ecs-lint"], "gl-code-quality-report.json")
        inputs = yaml.safe_load(include)["include"][0]["inputs"]
        for values in ({}, inputs):
            job = yaml.safe_load(component(values))["ecs-lint"]
            self.writes_report(job, "gl-code-quality-report.json", **job["variables"])

    def writes_report(self, job: dict, report: str, **variables: str):
        _, folder = self.fails(job["script"], **variables)
        self.assertEqual(job["artifacts"]["reports"]["codequality"], report)
        self.assertIn("invalid-fargate-size", (folder / report).read_text())

    def test_circleci(self):
        (text,) = examples("# .circleci")
        steps = yaml.safe_load(text)["jobs"]["ecs-lint"]["steps"]
        _, folder = self.fails([step["run"] for step in steps if "run" in step])
        (stored,) = [step["store_test_results"]["path"] for step in steps if "store_test_results" in step]
        self.assertTrue(list((folder / stored).glob("*.xml")))

    def test_codebuild(self):
        (text,) = examples("# buildspec.yml")
        specification = yaml.safe_load(text)
        commands = [line for phase in specification["phases"].values() for line in phase["commands"]]
        _, folder = self.fails(commands)
        (report,) = specification["reports"]["ecs-lint"]["files"]
        self.assertIn("<testsuites", (folder / report).read_text())

    def test_jenkins(self):
        (text,) = examples("// Jenkinsfile")
        scripts = re.findall(r"\bsh (?:'''(.*?)'''|'([^'\n]*)')", text, re.DOTALL)
        _, folder = self.fails(["".join(script) for script in scripts])
        (report,) = re.findall(r"pattern: '([^']*)'", text)
        self.assertIn("<checkstyle", (folder / report).read_text())

    def test_shell(self):
        installer, changed = [text for language, text in EXAMPLES if language == "sh"]
        printed, _ = self.fails([installer])
        self.assertIn("deploy/task-definition.json:6:13: error[invalid-fargate-size]", printed)

        def change(folder):
            run("git", "update-ref", "refs/remotes/origin/main", "HEAD", cwd=folder)
            service = folder / "deploy/service.json"
            service.write_text(service.read_text() + "\n")

        printed, _ = self.fails([changed], prepare=change)
        self.assertIn("dangling-load-balancer-container", printed)
        self.assertNotIn("invalid-fargate-size", printed)

    def fails(self, commands: list[str], prepare=lambda folder: None, **variables: str):
        """Runs the commands in a repository with errors. The last one must find them."""
        run(TOOLS / "pip", "--python", virtual_environment() / "python", "uninstall", "--quiet", "--yes", "ecs-lint", env=environment())
        folder = faulty_repository()
        prepare(folder)
        env = environment(virtual_environment(), curl_of(release()), **finding_the_wheel()) | variables
        printed = ""
        for at, command in enumerate(commands, 1):
            done = subprocess.run(
                ["bash", "-eo", "pipefail", "-c", command], cwd=folder, env=env, text=True,
                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
            )
            printed += done.stdout
            self.assertEqual(done.returncode, int(at == len(commands)), f"{command}\n{printed}")
        return printed, folder

    def accepts(self, schema: str, *texts: str):
        """The schema of a system accepts some files."""
        folder = new_folder("examples")
        files = [folder / f"{at}.yml" for at in range(len(texts))]
        for file, text in zip(files, texts):
            file.write_text(text)
        run(TOOLS / "check-jsonschema", "--builtin-schema", f"vendor.{schema}", *files)


def component(values: dict[str, str]) -> str:
    """The job of the GitLab component, with the inputs filled in."""
    head, job = COMPONENT.read_text().split("\n---\n")
    inputs = yaml.safe_load(head)["spec"]["inputs"]
    unknown = set(values) - set(inputs)
    assert not unknown, f"the component has no {unknown}"
    values = {name: input["default"] for name, input in inputs.items()} | values
    return re.sub(r"\$\[\[ inputs\.(\w+) \]\]", lambda match: values[match[1]], job)
