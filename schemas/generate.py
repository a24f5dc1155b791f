#!/usr/bin/env python3
"""Write the JSON Schemas of this folder.

    python3 schemas/generate.py           rewrite schemas/*.json
    python3 schemas/generate.py --check   list the files that differ, exit 1 if any does

A schema is AWS's own model of the request, as the Python client botocore ships
it, corrected by `constraints.toml`; `cloudformation.toml` says what differs in templates. Both the botocore release and the checksum
of its wheel are pinned there; pip fetches it into a temporary folder.
README.md explains the keywords that start with `x-`.

Python 3.11 or later, standard library only.
"""

import gzip
import hashlib
import json
import re
import subprocess
import sys
import tempfile
import tomllib
import zipfile
from pathlib import Path

FOLDER = Path(__file__).resolve().parent

# Where the schemas are found.
HOME = "https://raw.githubusercontent.com/ecs-lint/ecs-lint/main/schemas"

# The schema of settings files, which a test writes.
SETTINGS = "ecs-lint-settings.json"

ECS = "ecs/2014-11-13"
SCALING = "application-autoscaling/2016-02-06"

# file: (service, shape of the request, shape in the API's response)
REQUESTS = {
    "task-definition": (ECS, "RegisterTaskDefinitionRequest", "TaskDefinition"),
    "create-service": (ECS, "CreateServiceRequest", "Service"),
    "update-service": (ECS, "UpdateServiceRequest", "Service"),
    "create-task-set": (ECS, "CreateTaskSetRequest", "TaskSet"),
    "scalable-target": (SCALING, "RegisterScalableTargetRequest", "ScalableTarget"),
    "scaling-policy": (SCALING, "PutScalingPolicyRequest", "ScalingPolicy"),
    "scheduled-action": (SCALING, "PutScheduledActionRequest", "ScheduledAction"),
}

# file: (the schema that it is a part of, the key that contains it)
PARTS = {
    "container-definitions": ("task-definition", "containerDefinitions"),
    "target-tracking": ("scaling-policy", "TargetTrackingScalingPolicyConfiguration"),
    "step-scaling": ("scaling-policy", "StepScalingPolicyConfiguration"),
    "predictive-scaling": ("scaling-policy", "PredictiveScalingPolicyConfiguration"),
}

# A scope of constraints.toml is one request or one of these families.
FAMILIES = {
    "service": ["create-service", "update-service", "create-task-set"],
    "scaling": ["scalable-target", "scaling-policy", "scheduled-action"],
}

# The keys of a service description that CreateService also has are not response-only keys of an update.
SIBLINGS = {"update-service": ["CreateServiceRequest"]}

TYPES = {
    "string": "string",
    "boolean": "boolean",
    "integer": "integer",
    "long": "integer",
    "float": "number",
    "double": "number",
    "timestamp": ["string", "number"],
}

KEYWORDS = [
    "type", "enum", "pattern", "minimum", "maximum", "minLength", "maxLength",
    "minItems", "maxItems", "minProperties", "maxProperties",
]
ANNOTATIONS = {
    "says": "x-aws-says",
    "severity": "x-severity",
    "wants": "x-wants",
    "default": "x-default",
    "value-aliases": "x-value-aliases",
    "key-aliases": "x-key-aliases",
    "key-suggestions": "x-key-suggestions",
    "key-hints": "x-key-hints",
    "other-keys": "x-other-keys",
    "required-unless": "x-required-unless",
}
ORDER = [
    "$schema", "$id", "title", "description", "x-model", *KEYWORDS, *ANNOTATIONS.values(), "x-response-only",
    "x-cloudformation", "required", "properties", "items", "additionalProperties",
]

# The client's replies to values that are too short or too small for the model.
CLIENT = {
    "minimum": "Invalid value for parameter {{path}}, value: {{value}}, valid min value: {}",
    "minLength": "Invalid length for parameter {{path}}, value: {{n}}, valid min length: {}",
    "minItems": "Invalid length for parameter {{path}}, value: {{n}}, valid min length: {}",
}

# What Rust's `regex` does not support: look-around, halves of surrogate pairs, Java's POSIX classes.
UNREADABLE = re.compile(r"\(\?<?[=!]|\\u[dD][89a-fA-F]|\\p\{[A-Z][a-z]{2,}\}")


class Fault(Exception):
    """The model and constraints.toml do not match; a person has to look."""


# ── The model ────────────────────────────────────────────────────────────────


def download(model):
    """The shapes of each service, from the pinned wheel."""
    with tempfile.TemporaryDirectory() as folder:
        pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
        wheel = ["download", "--no-deps", "--only-binary=:all:", "--dest", folder]
        subprocess.run([*pip, *wheel, f"botocore=={model['botocore']}"], check=True)
        (path,) = Path(folder).glob("*.whl")

        checksum = hashlib.sha256(path.read_bytes()).hexdigest()
        if checksum != model["sha256"]:
            raise Fault(f"{path.name} has the checksum {checksum}, not the pinned one")

        with zipfile.ZipFile(path) as archive:
            date = "%04d-%02d-%02d" % max(file.date_time for file in archive.infolist())[:3]
            if date != str(model["date"]):
                raise Fault(f"{path.name} was made on {date}, not on {model['date']}")
            return {
                service: json.loads(
                    gzip.decompress(archive.read(f"botocore/data/{service}/service-2.json.gz"))
                )["shapes"]
                for service in (ECS, SCALING)
            }


def schema_of(shapes, name, patterns):
    """The schema of a shape, with everything that it refers to inlined."""
    shape = shapes[name]
    match shape["type"]:
        case "structure" if shape.get("document"):
            return {}  # any JSON
        case "structure":
            members = shape["members"]
            schema = {
                "type": "object",
                "required": [key for key in members if key in shape.get("required", [])],
                "properties": {
                    key: schema_of(shapes, member["shape"], patterns)
                    for key, member in members.items()
                },
                "additionalProperties": False,
            }
            if shape.get("union"):
                schema["minProperties"] = 1
                if len(members) > 1:  # with one member, a second key is unknown
                    schema["maxProperties"] = 1
        case "list":
            schema = {
                "type": "array",
                "items": schema_of(shapes, shape["member"]["shape"], patterns),
                "minItems": shape.get("min", 0),
                "maxItems": shape.get("max"),
            }
        case "map":
            schema = {
                "type": "object",
                "additionalProperties": schema_of(shapes, shape["value"]["shape"], patterns),
            }
        case "string":
            schema = {
                "type": "string",
                "enum": shape.get("enum"),
                "pattern": patterns.read(shape.get("pattern")),
                "minLength": shape.get("min", 0),
                "maxLength": shape.get("max"),
            }
        case kind:
            schema = {"type": TYPES[kind], "minimum": shape.get("min"), "maximum": shape.get("max")}

    # Keywords without effect: an absent one, an empty list, and a minimum length of 0.
    schema = {
        keyword: value
        for keyword, value in schema.items()
        if not (value is None or value == [] or (value == 0 and keyword in ("minItems", "minLength")))
    }
    says = {keyword: CLIENT[keyword].format(schema[keyword]) for keyword in CLIENT if keyword in schema}
    return {**schema, ANNOTATIONS["says"]: says} if says else schema


class Patterns:
    """The patterns of the model in Rust's syntax: the `[[pattern]]` tables."""

    def __init__(self, tables):
        self.tables = {table["model"]: table.get("here") for table in tables}
        self.used = set()

    def read(self, pattern):
        if pattern in self.tables:
            self.used.add(pattern)
            return anchored(self.tables[pattern])
        if pattern and UNREADABLE.search(pattern):
            raise Fault(f"constraints.toml needs a [[pattern]] for the model's {pattern}")
        return anchored(pattern)


def anchored(pattern):
    """AWS matches the whole value, but JSON Schema searches in it."""
    return None if pattern is None else f"^(?:{pattern})$"


def mark_response_only(schema, shapes, request, response, siblings=()):
    """Record on every object the keys that are only in the API's response."""
    if request == response:
        return
    asked, answered = shapes[request], shapes[response]
    if asked["type"] != answered["type"]:
        raise Fault(f"{request} is a {asked['type']}, {response} a {answered['type']}")
    if asked["type"] == "list":
        mark_response_only(
            schema["items"], shapes, asked["member"]["shape"], answered["member"]["shape"]
        )
    if asked["type"] == "structure":
        known = {key for name in (request, *siblings) for key in shapes[name]["members"]}
        only = [key for key in answered["members"] if key not in known]
        if only:
            schema["x-response-only"] = only
        for key in asked["members"].keys() & answered["members"].keys():
            mark_response_only(
                schema["properties"][key],
                shapes,
                asked["members"][key]["shape"],
                answered["members"][key]["shape"],
            )


# ── The constraints ──────────────────────────────────────────────────────────


def places(schema, path):
    """The schemas at a path such as `volumes[].host`, `tags[].key`, `**.roleArn` or `.` (the root)."""
    if path == ".":
        return [schema]
    first, _, rest = path.partition(".")
    if first == "**":
        found = places(schema, rest)
        below = [*schema.get("properties", {}).values(), schema.get("items")]
        return found + [place for child in below if child for place in places(child, path)]
    found = schema.get("properties", {}).get(first.removesuffix("[]"))
    if found and first.endswith("[]"):
        found = found["items"]
    if not found:
        return []
    return places(found, rest or ".")


def meant_for(schema, constraint, family):
    """A constraint without the names for keys that only other members of a family have."""
    constraint = dict(constraint)
    for name in ("key-aliases", "key-suggestions"):
        if name in constraint:
            theirs = {key for other in family for key in other["properties"]} - schema["properties"].keys()
            own = {key: meant for key, meant in constraint.pop(name).items() if meant not in theirs}
            constraint |= {name: own} if own else {}
    return constraint


def constrain(schema, constraint, where):
    """Change one place of a schema according to one table of constraints.toml."""
    for keyword in constraint.get("drop", []):
        if keyword not in schema:
            raise Fault(f"{where}: the model has no {keyword} to drop")
        del schema[keyword]
        forget_reply(schema, keyword)

    for key in constraint.get("optional", []):
        if key not in schema.get("required", []):
            raise Fault(f"{where}: the model does not require {key}")
        schema["required"].remove(key)
    for key in constraint.get("required", []):
        if key in schema.get("required", []):
            raise Fault(f"{where}: the model requires {key} by itself now")
        schema.setdefault("required", []).append(key)
    if "required" in schema:
        schema["required"].sort(key=list(schema["properties"]).index)
        if not schema["required"]:
            del schema["required"]

    for key, value in constraint.items():
        if key in KEYWORDS:
            value = anchored(value) if key == "pattern" else value
            if schema.get(key) == value:
                raise Fault(f"{where}: the model has this {key} by itself now")
            schema[key] = value
            forget_reply(schema, key)
        elif key in ("default", "other-keys"):
            schema[ANNOTATIONS[key]] = value
        elif key in ANNOTATIONS:
            schema.setdefault(ANNOTATIONS[key], {}).update(value)
        elif key not in ("drop", "optional", "required", "why"):
            raise Fault(f"{where}: what is {key}?")

    for key in (*constraint.get("says", {}), *constraint.get("severity", {})):
        keyword, _, member = key.partition("=")[0].partition("/")
        if key not in ("empty", "unlike") and keyword not in schema or (member and member not in schema[keyword]):
            raise Fault(f"{where}: the schema has no {key}")
    if "other-keys" in constraint and constraint["other-keys"] not in schema["properties"]:
        raise Fault(f"{where}: {constraint['other-keys']} is no key of the model")
    for key in (*constraint.get("key-hints", {}), *constraint.get("key-aliases", {})):
        if key in schema["properties"]:
            raise Fault(f"{where}: {key} is a key of the model")
    for key in constraint.get("required-unless", {}):
        if key not in schema["properties"] or key in schema["required"]:
            raise Fault(f"{where}: {key} is no optional key of the model")
    for name in ("key-aliases", "key-suggestions"):
        for key in constraint.get(name, {}).values():
            if key not in schema["properties"]:
                raise Fault(f"{where}: {key} is no key of the model")
    for value in constraint.get("value-aliases", {}).values():
        if value not in schema["enum"]:
            raise Fault(f"{where}: {value} is no value of the model")


def forget_reply(schema, keyword):
    """The client does not check a keyword that is not in the model."""
    says = schema.get(ANNOTATIONS["says"], {})
    says.pop(keyword, None)
    if not says:
        schema.pop(ANNOTATIONS["says"], None)


def differ(schema, differences, where):
    """Record on one object what differs in CloudFormation, according to one table of cloudformation.toml."""
    known, required = schema["properties"], schema.get("required", [])
    for api, name in differences.get("names", {}).items():
        if api not in known or name == api[0].upper() + api[1:]:
            raise Fault(f"{where}: {api} needs no name of its own")
    for key in (*differences.get("optional", []), *differences.get("unchecked", [])):
        if key not in required:
            raise Fault(f"{where}: {key} is not required")
    for key in differences.get("required", []):
        if key not in known or key in required:
            raise Fault(f"{where}: {key} is not optional")
    for key in differences.get("lacks", []):
        if key not in known or key in required:
            raise Fault(f"{where}: {key} is not an optional key of the model")
    for key, own in differences.get("more", {}).items():
        if key in known and known[key]["type"] == own["type"]:
            raise Fault(f"{where}: the model has {key} by itself now")
    for key in differences:
        if key not in ("names", "optional", "required", "unchecked", "lacks", "more"):
            raise Fault(f"{where}: what is {key}?")
    schema["x-cloudformation"] = differences


def demand_text(schema):
    """What is required must not be empty: a required string has a minimum length."""
    for key, member in schema.get("properties", {}).items():
        is_free = member.get("type") == "string" and not {"enum", "pattern"} & member.keys()
        if key in schema.get("required", []) and is_free:
            member.setdefault("minLength", 1)
        demand_text(member)
    if "items" in schema:
        demand_text(schema["items"])


# ── The files ────────────────────────────────────────────────────────────────


def generate():
    """Every file of this folder that is generated: name to text."""
    constraints = tomllib.loads((FOLDER / "constraints.toml").read_text(encoding="utf-8"))
    model = constraints.pop("model")
    patterns = Patterns(constraints.pop("pattern"))
    services = download(model)

    schemas = {}
    for name, (service, request, response) in REQUESTS.items():
        schemas[name] = schema_of(services[service], request, patterns)
        mark_response_only(
            schemas[name], services[service], request, response, SIBLINGS.get(name, ())
        )
    for pattern in patterns.tables.keys() - patterns.used:
        raise Fault(f"the model has no pattern {pattern} any more")

    for scope, tables in constraints.items():
        for path, constraint in tables.items():
            found = known_places(schemas, scope, path)
            for place in found:
                constrain(place, meant_for(place, constraint, found), f"{scope}: {path}")
    for schema in schemas.values():
        demand_text(schema)
    templates = tomllib.loads((FOLDER / "cloudformation.toml").read_text(encoding="utf-8"))
    for scope, tables in templates.items():
        for path, differences in tables.items():
            for place in known_places(schemas, scope, path):
                differ(place, differences, f"cloudformation.toml, {scope}: {path}")

    titles = describe(schemas)
    for name, (whole, key) in PARTS.items():
        schemas[name] = schemas[whole]["properties"][key]

    def head(name):
        return {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "$id": f"{HOME}/{name}.json",
            "title": titles[name],
            "x-model": {"botocore": model["botocore"], "date": str(model["date"])},
        }

    return {f"{name}.json": render({**schema, **head(name)}) for name, schema in schemas.items()}


def known_places(schemas, scope, path):
    """The places of a path in the schemas of a scope. It is a fault if the model has none."""
    names = FAMILIES.get(scope, [scope])
    found = [place for name in names for place in places(schemas[name], path)]
    if not found:
        raise Fault(f"{scope}: the model has no {path}")
    return found


def describe(schemas):
    """Say in words what fields are for. The titles of all schemas."""
    tables = tomllib.loads((FOLDER / "descriptions.toml").read_text(encoding="utf-8"))
    titles = tables.pop("title")
    if titles.keys() != schemas.keys() | PARTS.keys():
        raise Fault("descriptions.toml: each schema has a title, and nothing else has one")
    for scope, descriptions in tables.items():
        for path, description in descriptions.items():
            for place in known_places(schemas, scope, path):
                place["description"] = description
    return titles


def render(schema):
    return json.dumps(ordered(schema), indent=2, ensure_ascii=False) + "\n"


def ordered(schema):
    """The keywords of a schema in the same order everywhere; the keys of a document in the model's order."""
    schema = {keyword: schema[keyword] for keyword in ORDER if keyword in schema}
    for keyword in ("items", "additionalProperties"):
        if isinstance(schema.get(keyword), dict):
            schema[keyword] = ordered(schema[keyword])
    if "properties" in schema:
        schema["properties"] = {key: ordered(value) for key, value in schema["properties"].items()}
    return schema


def main(arguments):
    if arguments not in ([], ["--check"]):
        sys.exit(__doc__)
    try:
        files = {name: text.encode() for name, text in generate().items()}
    except (Fault, subprocess.CalledProcessError) as fault:
        sys.exit(f"generate.py: {fault}")

    settle(FOLDER, files, arguments, "schemas", "schemas/generate.py")


def settle(folder, files, arguments, name, script):
    """Write the files of a folder, or list those that differ and exit with 1 if any does."""
    folder.mkdir(parents=True, exist_ok=True)
    if not arguments:
        for file, text in files.items():
            (folder / file).write_bytes(text)
        return

    generated = [*folder.glob("*.json"), *folder.glob("*.tsv")]
    committed = {path.name: path.read_bytes() for path in generated if path.name != SETTINGS}
    wrong = [
        file
        for file in sorted(files.keys() | committed.keys())
        if committed.get(file) != files.get(file)
    ]
    for file in wrong:
        print(f"{name}/{file} is not what {script} writes")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main(sys.argv[1:])
