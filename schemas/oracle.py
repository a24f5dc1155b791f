#!/usr/bin/env python3
"""Record the verdict of AWS's own client on documents with one fault: `tests/oracle/`.

    python3 schemas/oracle.py           rewrite tests/oracle/
    python3 schemas/oracle.py --check   list the files that differ, exit 1 if any does

For each request of `generate.py` it makes one document that contains every member of
the model, breaks it at one place after the other, and asks the parameter validation
of the pinned botocore about each. `tests/it/oracle.rs` makes the same documents and
compares: if the client or the API rejects a value, there must be a finding at that
place, otherwise none.

The client checks types, required and unknown keys, minimum lengths and minimum values.
What it leaves to the API, by the same model, is recorded as `api`: values outside an
enumeration, and values above a maximum.

Python 3.11 or later; pip fetches botocore and its dependencies into a temporary folder.
"""

import importlib
import json
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

import generate

TARGET = generate.FOLDER.parent / "tests" / "oracle"

# A value of each JSON type. A value in the place of another type is rejected.
SAMPLES = ["x", 7, 7.5, True, [], {}]
UNKNOWN_KEY = "zzz"
UNKNOWN_WORD = "NONSENSE"

# The value of a string by its key, if the schema has a pattern or a rule about meaning would otherwise report
# it. All others are `x`.
ACCOUNT = "arn:aws:{service}:eu-west-1:444455556666:{resource}"
WORDS = {
    "Schedule": "rate(1 day)",
    "StartTime": "2030-01-01T00:00:00Z",
    "EndTime": "2031-01-01T00:00:00Z",
    "Timezone": "Europe/Berlin",
    "ServiceNamespace": "ecs",
    "ResourceId": "service/main/web",
    "ScalableDimension": "ecs:service:DesiredCount",
    "RoleARN": "arn:aws:iam::444455556666:role/scaling",
    "image": "app:1.2.3",
    "family": "web",
    "taskDefinition": "web:1",
    "cluster": "main",
    "service": "web",
    "serviceName": "web",
    "cpu": "256",
    "memory": "512",
    "role": "ecsServiceRole",
    "roleArn": "arn:aws:iam::444455556666:role/web",
    "targetGroupArn": ACCOUNT.format(service="vpc-lattice", resource="targetgroup/tg-0a1b2c3d4e5f60718"),
    "snapshotId": "snap-0a1b2c3d4e5f60718",
    "valueFrom": ACCOUNT.format(service="ssm", resource="parameter/web/token"),
    "credentialsParameter": ACCOUNT.format(service="secretsmanager", resource="secret:web-AbCdEf"),
}


# ── The documents ────────────────────────────────────────────────────────────


def full(schema, key):
    """A value that the schema accepts, with every possible member."""
    kind = schema.get("type")
    if isinstance(kind, list):
        return WORDS[key]
    match kind:
        case "object" if "properties" in schema:
            return {name: full(member, name) for name, member in schema["properties"].items()}
        case "object":
            return {"k": full(schema["additionalProperties"], "k")}
        case "array":
            return [full(schema["items"], key)]
        case "string" if "enum" in schema:
            return schema["enum"][0]
        case "string":
            return WORDS.get(key, "x")
        case "boolean":
            return True
        case "integer" | "number" if "enum" in schema:
            return schema["enum"][0]
        case "integer" | "number":
            least = int(max(schema.get("minimum", 1), 1))
            return least
        case _:
            return {"any": "thing"}


def places(value, shape, pointer=""):
    """Every place of a document that the model knows, with its shape."""
    yield pointer, value, shape
    match shape.type_name:
        case "structure" if not shape.is_document_type:
            for key, member in value.items():
                yield from places(member, shape.members[key], f"{pointer}/{key}")
        case "map":
            for key, member in value.items():
                yield from places(member, shape.value, f"{pointer}/{key}")
        case "list":
            yield from places(value[0], shape.member, f"{pointer}/0")


# Removes the place instead of replacing its value.
REMOVED = object()


def faults(pointer, value, shape):
    """What to do to a document at one place: pairs of a pointer and a value."""
    kind = shape.type_name
    if pointer and not getattr(shape, "is_document_type", False):
        for sample in SAMPLES:
            if type(sample) is not type(value):
                yield pointer, sample
        yield pointer, None
        if isinstance(value, dict) and kind == "structure":
            yield pointer, {}
        if kind == "string" and shape.metadata.get("min"):
            yield pointer, ""
        if shape.metadata.get("enum"):
            yield pointer, UNKNOWN_WORD
        if kind in ("integer", "long", "float", "double"):
            for bound, step in (("min", -1), ("max", 1)):
                if bound in shape.metadata:
                    yield pointer, shape.metadata[bound] + step
        if kind == "list" and shape.metadata.get("min"):
            yield pointer, []
    if kind == "structure" and not shape.is_document_type:
        yield f"{pointer}/{UNKNOWN_KEY}", 1
        for key in shape.metadata.get("required", []):
            yield f"{pointer}/{key}", REMOVED


def spoiled(document, pointer, value):
    """The document with another value at a place, or without it."""
    document = json.loads(json.dumps(document))
    *way, last = pointer.split("/")[1:]
    around = document
    for step in way:
        around = around[int(step) if isinstance(around, list) else step]
    if value is REMOVED:
        del around[last]
    else:
        around[int(last) if isinstance(around, list) else last] = value
    return document


# ── The client ───────────────────────────────────────────────────────────────


class Client:
    """The parameter validation of botocore, from the same release as the schemas."""

    def __init__(self, model, folder):
        pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
        quietly = ["--no-warn-conflicts", "--root-user-action=ignore"]
        wanted = ["install", *quietly, "--target", folder, f"botocore=={model['botocore']}"]
        subprocess.run([*pip, *wanted], check=True)
        sys.path.insert(0, folder)
        self.validator = importlib.import_module("botocore.validate").ParamValidator()
        self.resolver = importlib.import_module("botocore.model").ShapeResolver

    def shape(self, shapes, name):
        return self.resolver(shapes).get_shape_by_name(name)

    def replies(self, document, shape):
        """Its errors about a document; none if it sends it."""
        report = self.validator.validate(document, shape).generate_report()
        return report.splitlines()


def path_of(pointer):
    """A place in the client's notation: `containerDefinitions[0].cpu`."""
    path = ""
    for step in pointer.split("/")[1:]:
        path += f"[{step}]" if step.isdigit() else f".{step}"
    return path.lstrip(".") or "input"


def template(reply, pointer, value):
    """A reply without the parts that depend only on the place."""
    around, _, key = pointer.rpartition("/")
    if reply.startswith("Unknown parameter in"):
        reply = reply.partition("must be one of: ")[0] + "must be one of: …"
    if value is REMOVED or reply.startswith("Unknown parameter in"):
        return reply.replace(f" {path_of(around)}:", " {path}:").replace(f'"{key}"', '"{key}"')
    return reply.replace(f" {path_of(pointer)}", " {path}")


def is_refused_by_api(value, shape):
    """Whether the model forbids a value that the client allows."""
    if value == UNKNOWN_WORD:
        return bool(shape.metadata.get("enum"))
    most = shape.metadata.get("max")
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    return is_number and most is not None and value > most


# ── The files ────────────────────────────────────────────────────────────────


def write():
    """Every file of tests/oracle: name to text."""
    constraints = tomllib.loads((generate.FOLDER / "constraints.toml").read_text(encoding="utf-8"))
    model = constraints["model"]
    shapes = generate.download(model)
    files = {}
    rows = []
    templates = {}
    with tempfile.TemporaryDirectory() as folder:
        client = Client(model, folder)
        for name, (service, request, _) in generate.REQUESTS.items():
            schema = json.loads((generate.FOLDER / f"{name}.json").read_text(encoding="utf-8"))
            document = full(schema, "")
            files[f"{name}.json"] = json.dumps(document, indent=1) + "\n"
            shape = client.shape(shapes[service], request)
            if replies := client.replies(document, shape):
                raise generate.Fault(f"{name}: the client refuses the whole document: {replies}")
            for pointer, value, own in places(document, shape):
                for at, fault in faults(pointer, value, own):
                    replies = client.replies(spoiled(document, at, fault), shape)
                    if replies:
                        # For a choice of keys it also says that only one is allowed.
                        of_key = [reply for reply in replies if reply.startswith("Unknown")]
                        said = template((of_key or replies)[0], at, fault)
                        verdict = str(templates.setdefault(said, len(templates) + 1))
                    else:
                        verdict = "api" if is_refused_by_api(fault, own) else "ok"
                    shown = "-" if fault is REMOVED else json.dumps(fault)
                    rows.append((name, at, shown, verdict))

    head = [
        f"# What botocore {model['botocore']} ({model['date']}) says about documents with one fault.",
        "# Made by schemas/oracle.py. Columns: document, place, then for each value that is put there",
        "# (`-` takes it out) the verdict: `ok`, `api` (the client sends it, the model forbids it), or",
        "# the number of the reply of the client:",
        *(f"#{number} {said}" for said, number in templates.items()),
    ]
    lines = {}
    for name, at, shown, verdict in rows:
        lines.setdefault((name, at), []).append(f"{shown} {verdict}")
    table = ["\t".join([*place, *verdicts]) for place, verdicts in lines.items()]
    files["verdicts.tsv"] = "\n".join([*head, *table]) + "\n"
    return files


def main(arguments):
    if arguments not in ([], ["--check"]):
        sys.exit(__doc__)
    try:
        files = {name: text.encode() for name, text in write().items()}
    except (generate.Fault, subprocess.CalledProcessError) as fault:
        sys.exit(f"oracle.py: {fault}")
    generate.settle(TARGET, files, arguments, "tests/oracle", "schemas/oracle.py")


if __name__ == "__main__":
    main(sys.argv[1:])
