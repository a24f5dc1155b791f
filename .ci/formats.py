"""Reads a report in several formats, and holds each against the lines of the concise one."""

import json
import sys
from pathlib import Path
from xml.etree import ElementTree

from junitparser import JUnitXml

folder = Path(sys.argv[1])
count = len((folder / "concise").read_text().splitlines())


def lines(name):
    return [json.loads(line) for line in (folder / name).read_text().splitlines()]


def is_range(place):
    return all(set(place[end]) == {"line", "column"} and min(place[end].values()) >= 1 for end in place)


assert json.loads((folder / "json").read_text())["findings"] == lines("jsonl")
assert len(lines("jsonl")) == count

# https://docs.oasis-open.org/sarif/sarif/v2.1.0: what the schema cannot express.
run = json.loads((folder / "sarif").read_text())["runs"][0]
rules = run["tool"]["driver"]["rules"]
assert len(run["results"]) == count
assert all(rules[one["ruleIndex"]]["id"] == one["ruleId"] for one in run["results"])
assert len({str(one["partialFingerprints"]) for one in run["results"]}) == count

# https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
issues = json.loads((folder / "gitlab").read_text())
assert len(issues) == count == len({issue["fingerprint"] for issue in issues})
for issue in issues:
    assert issue["severity"] in {"info", "minor", "major", "critical", "blocker"}
    assert all(isinstance(issue[key], str) for key in ("description", "check_name", "fingerprint"))
    assert not issue["location"]["path"].startswith(("/", "./"))
    assert issue["location"]["lines"]["begin"] >= 1

suites = JUnitXml.fromfile(str(folder / "junit"))
assert suites.tests == sum(suite.tests for suite in suites)
cases = [case for suite in suites for case in suite]
assert suites.tests == len(cases)
assert suites.failures == sum(not case.is_passed for case in cases)

checkstyle = ElementTree.parse(folder / "checkstyle").getroot()
errors = checkstyle.findall("file/error")
assert checkstyle.tag == "checkstyle" and len(errors) == count
assert {error.get("severity") for error in errors} <= {"error", "warning", "info", "ignore"}

# https://github.com/reviewdog/reviewdog/blob/master/proto/rdf/reviewdog.proto
diagnostics = lines("rdjsonl")
assert len(diagnostics) == count
known = {"message", "location", "severity", "source", "code", "suggestions", "related_locations"}
for diagnostic in diagnostics:
    assert set(diagnostic) <= known
    assert diagnostic["severity"] in {"ERROR", "WARNING", "INFO"}
    assert is_range(diagnostic["location"]["range"])
    for suggestion in diagnostic.get("suggestions", []):
        assert set(suggestion) == {"range", "text"} and is_range(suggestion["range"])

print(f"{count} findings, {len(cases)} test cases: every format can be read")
