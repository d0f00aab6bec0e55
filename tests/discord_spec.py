"""Discord's own OpenAPI document, held against requests and replies.

The document is not part of the project: it is used when it lies beside the checkout, in
`../shared/discord/openapi.json`, and tests that need it are skipped when it does not.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from jsonschema import Draft202012Validator, FormatChecker, ValidationError

from bot.preview.double import Violation

DOCUMENT = Path(__file__).parents[2] / "shared" / "discord" / "openapi.json"

requires_document = pytest.mark.skipif(not DOCUMENT.exists(), reason="Discord's OpenAPI document is not here")

KNOWN: Mapping[str, Mapping[str, Any]] = {
    # What discord.py sends, Discord documents or ignores, and the specification lacks.
    "ApplicationCommandUpdateRequest": {"nsfw": {"type": "boolean"}},
    "RichEmbed": {"flags": {"const": 0}},
    "IncomingWebhookUpdateRequestPartial": {"tts": {"const": False}},
    "MessageEditRequestPartial": {"tts": {"const": False}},
    "IncomingWebhookUpdateForInteractionCallbackRequestPartial": {"tts": {"const": False}},
    "CreateForumThreadRequest": {"type": {"const": 11}},
    "BaseCreateMessageCreateRequest": {"tts": {"const": False}},
}
KNOWN_QUERY = {"create_thread": {"use_nested_fields": {"type": "integer"}}}
"""The same of parameters in the address."""
SNOWFLAKE = {
    # Discord takes a number where it documents a string; discord.py numbers its uploads so.
    "anyOf": [
        {"type": "string", "pattern": "^(0|[1-9][0-9]*)$", "format": "snowflake"},
        {"type": "integer", "minimum": 0},
    ]
}
METHODS = ("get", "put", "post", "patch", "delete")
BITS = {"int32": 32, "int64": 64}

formats = FormatChecker(formats=())


@formats.checks("snowflake")
def is_snowflake(value: object) -> bool:
    return not isinstance(value, str) or (value.isdigit() and int(value) < 2**64)


@formats.checks("date-time")
def is_date_time(value: object) -> bool:
    pattern = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)"
    return not isinstance(value, str) or re.fullmatch(pattern, value) is not None


@formats.checks("uri")
def is_uri(value: object) -> bool:
    return (
        not isinstance(value, str)
        or re.fullmatch(r"(https?|wss?|attachment|discord)://\S+", value) is not None
    )


class Specification:
    """The document, ready to judge. `strict` refuses keys that it does not name."""

    def __init__(self, *, strict: bool) -> None:
        document = json.loads(DOCUMENT.read_text("utf-8"))
        bound(document)
        self.schemas = document["components"]["schemas"]
        self.responses = document["components"]["responses"]
        # The specification numbers the errors of a form's fields; the documentation, and Discord, name them.
        self.schemas["Error"]["properties"]["code"] = {"type": ["integer", "string"]}
        if strict:
            self.schemas["SnowflakeType"] = SNOWFLAKE
            for name, properties in KNOWN.items():
                self.schemas[name]["properties"].update(properties)
            close(self.schemas)
        self.compiled: dict[str, jsonschema_rs.Draft202012Validator] = {}
        self.operations = sorted(operations_of(document["paths"]), key=lambda o: o[1].pattern.count("(?P"))

    def operation(self, method: str, path: str) -> dict[str, Any] | None:
        for verb, pattern, operation in self.operations:
            if verb == method.lower() and pattern.fullmatch(path):
                return operation
        return None

    def errors(self, schema: Any, value: Any, where: str) -> list[Violation]:
        """Say what is wrong; nearly always nothing is, and that is found without asking why."""
        if self.fits(schema, value):
            return []
        found = list(self.validator(schema).iter_errors(value))
        assert found, f"{where}: refused, nobody knows why"
        return [Violation(where + leaf.json_path[1:], say(leaf)) for error in found for leaf in leaves(error)]

    def fits(self, schema: Any, value: Any) -> bool:
        """Whether a value fits, from a library that is a hundred times as fast as the one that explains."""
        key = json.dumps(schema, sort_keys=True)
        if key not in self.compiled:
            checks = {name: check for name, (check, _) in formats.checkers.items()}
            self.compiled[key] = jsonschema_rs.Draft202012Validator(
                self.whole(schema), formats=checks, validate_formats=True
            )
        return self.compiled[key].is_valid(value)

    def validator(self, schema: Any) -> Draft202012Validator:
        """Who can say why a value does not fit."""
        return Draft202012Validator(self.whole(schema), format_checker=formats)

    def whole(self, schema: Any) -> dict[str, Any]:
        """Put beside a schema those that it refers to."""
        return {**schema, "components": {"schemas": self.schemas}}

    def check(self, method: str, path: str, body: Any, query: Mapping[str, str]) -> list[Violation]:
        operation = self.operation(method, path)
        if operation is None:
            return [Violation(f"{method} {path}", "no such operation in the specification")]
        where, accepted = operation["operationId"], operation.get("requestBody")
        if accepted is None:
            out = [] if body is None else [Violation(where, "the operation takes no body")]
        elif body is None:
            out = [Violation(where, "a body is required")] if accepted.get("required") else []
        else:
            out = self.errors(accepted["content"]["application/json"]["schema"], body, where)
        known = {p["name"]: p["schema"] for p in operation.get("parameters", []) if p.get("in") == "query"}
        known |= KNOWN_QUERY.get(where, {})
        for name, value in query.items():
            if name not in known:
                out.append(Violation(f"{where}?{name}", "unknown query parameter"))
            else:
                out += self.errors(known[name], typed(known[name], value), f"{where}?{name}")
        return out

    def check_reply(self, method: str, path: str, status: int, body: Any) -> list[Violation]:
        operation = self.operation(method, path)
        if operation is None:
            return []
        where = f"{operation['operationId']} -> {status}"
        responses = operation["responses"]
        reply = responses.get(str(status)) or (responses.get("4XX") if 400 <= status < 500 else None)
        if reply is None:
            return [Violation(where, "status not in the specification")]
        if "$ref" in reply:
            reply = self.responses[reply["$ref"].rsplit("/", 1)[1]]
        schema = reply.get("content", {}).get("application/json", {}).get("schema")
        if schema is None:
            return [] if body is None else [Violation(where, "unexpected body")]
        return self.errors(schema, body, where)


def operations_of(paths: dict[str, Any]) -> Iterable[tuple[str, re.Pattern[str], dict[str, Any]]]:
    for template, item in paths.items():
        pattern = re.compile(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", template))
        yield from ((method, pattern, item[method]) for method in METHODS if method in item)


def bound(node: Any) -> None:
    """A number of so many bits lies between two others: that every library understands."""
    if isinstance(node, dict):
        if (bits := BITS.get(str(node.get("format")))) is not None:
            least, most = -(2 ** (bits - 1)), 2 ** (bits - 1) - 1
            node["minimum"] = max(node.get("minimum", least), least)
            node["maximum"] = min(node.get("maximum", most), most)
        for value in node.values():
            bound(value)
    elif isinstance(node, list):
        for value in node:
            bound(value)


def close(node: Any) -> None:
    """An object that lists its properties accepts no others."""
    if isinstance(node, dict):
        if "properties" in node and "additionalProperties" not in node and "allOf" not in node:
            node["additionalProperties"] = False
        for value in node.values():
            close(value)
    elif isinstance(node, list):
        for value in node:
            close(value)


def say(error: ValidationError) -> str:
    text = error.message if len(error.message) < 160 else f"{error.message[:60]} ... {error.message[-80:]}"
    plain = not isinstance(error.validator_value, dict | list)
    return f"{text} [{error.validator}{f'={error.validator_value!r}' if plain else ''}]"


def leaves(error: ValidationError) -> list[ValidationError]:
    """The errors of the branch of a union that was meant: whose `type` fits, or else the nearest."""
    if error.validator not in ("anyOf", "oneOf") or not error.context:
        return [error]
    branches: dict[Any, list[ValidationError]] = {}
    for inner in error.context:
        branches.setdefault(inner.relative_schema_path[0], []).append(inner)

    def distance(branch: list[ValidationError]) -> tuple[bool, int]:
        return any(map(is_another_kind, branch)), sum(len(leaves(inner)) for inner in branch)

    return [leaf for inner in min(branches.values(), key=distance) for leaf in leaves(inner)]


def is_another_kind(error: ValidationError) -> bool:
    if error.validator == "type" and not error.relative_path:
        return True
    return list(error.relative_path) == ["type"] and error.validator in ("enum", "const", "oneOf")


def typed(schema: dict[str, Any], value: str) -> Any:
    kinds = schema.get("type")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    if "boolean" in kinds and value.lower() in ("0", "1", "true", "false"):
        return value.lower() in ("1", "true")
    return int(value) if "integer" in kinds and re.fullmatch(r"-?\d+", value) else value


@cache
def requests() -> Specification:
    """Judges what the bot sends, strictly."""
    return Specification(strict=True)


@cache
def replies() -> Specification:
    """Judges what the double answers, as Discord published it."""
    return Specification(strict=False)
