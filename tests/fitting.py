"""JSON schemas as plain functions that say yes or no: a hundred times as fast as a library that can say why.

Only the keywords are known that Discord's OpenAPI document uses, in the sense of JSON Schema's draft 2020-12;
`test_discord_spec.py` holds the verdicts against those of `jsonschema`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

Fits = Callable[[Any], bool]

WITHOUT_EFFECT = frozenset(
    {"components", "contentEncoding", "default", "deprecated", "description", "example", "examples", "title"}
)
PLACE = "#/components/schemas/"
KINDS: Mapping[str, Fits] = {
    "null": lambda value: value is None,
    "boolean": lambda value: isinstance(value, bool),
    "string": lambda value: isinstance(value, str),
    "array": lambda value: isinstance(value, list),
    "object": lambda value: isinstance(value, dict),
    "number": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "integer": lambda value: (
        (isinstance(value, int) and not isinstance(value, bool))
        or (isinstance(value, float) and value.is_integer())
    ),
}
SIZES: Mapping[str, tuple[str, Callable[[Any, Any], bool]]] = {
    "minLength": ("string", lambda value, limit: len(value) >= limit),
    "maxLength": ("string", lambda value, limit: len(value) <= limit),
    "pattern": ("string", lambda value, limit: re.search(limit, value) is not None),
    "minItems": ("array", lambda value, limit: len(value) >= limit),
    "maxItems": ("array", lambda value, limit: len(value) <= limit),
    "uniqueItems": ("array", lambda value, limit: not limit or len(set(map(marked, value))) == len(value)),
    "minProperties": ("object", lambda value, limit: len(value) >= limit),
    "maxProperties": ("object", lambda value, limit: len(value) <= limit),
    "required": ("object", lambda value, limit: all(key in value for key in limit)),
    "minimum": ("number", lambda value, limit: value >= limit),
    "maximum": ("number", lambda value, limit: value <= limit),
}


def marked(value: Any) -> Any:
    """Something hashable that is equal for what JSON holds equal: 1 and 1.0 are, 1 and true are not."""
    if isinstance(value, dict):
        return frozenset((key, marked(inner)) for key, inner in value.items())
    if isinstance(value, list):
        return tuple(map(marked, value))
    return (isinstance(value, bool), value)


class Fitting:
    """Makes functions of schemas that refer to one another by name."""

    def __init__(self, schemas: Mapping[str, Any], formats: Mapping[str, Fits]) -> None:
        self.schemas, self.formats = schemas, formats
        self.named: dict[str, Fits] = {}

    def compile(self, schema: Any) -> Fits:
        """Return what says whether a value fits a schema."""
        if isinstance(schema, bool):
            return lambda _: schema
        tests = list(self.tests(schema))
        if len(tests) == 1:
            return tests[0]
        return lambda value: all(test(value) for test in tests)

    def tests(self, schema: Mapping[str, Any]) -> Iterator[Fits]:
        """Yield what each keyword demands, the type first, as it decides most."""
        for keyword in sorted(schema, key=lambda word: (word != "type", word not in ("const", "enum"))):
            limit = schema[keyword]
            if keyword == "type":
                kinds = [KINDS[kind] for kind in ([limit] if isinstance(limit, str) else limit)]
                yield kinds[0] if len(kinds) == 1 else any_of(kinds)
            elif keyword in ("const", "enum"):
                allowed = {marked(value) for value in ([limit] if keyword == "const" else limit)}
                yield lambda value, allowed=allowed: marked(value) in allowed
            elif keyword in SIZES:
                kind, test = SIZES[keyword]
                yield (
                    lambda value, is_kind=KINDS[kind], test=test, limit=limit: (
                        not is_kind(value) or test(value, limit)
                    )
                )
            elif keyword == "format":
                if limit in self.formats:
                    yield self.formats[limit]
            elif keyword == "$ref":
                yield self.refer(limit)
            elif keyword in ("allOf", "anyOf", "oneOf"):
                join = {"allOf": all_of, "anyOf": any_of, "oneOf": one_of}[keyword]
                yield join([self.compile(branch) for branch in limit])
            elif keyword == "items":
                item = self.compile(limit)
                yield lambda value, item=item: not isinstance(value, list) or all(map(item, value))
            elif keyword == "properties":
                yield self.properties(limit)
            elif keyword == "additionalProperties":
                yield self.others(schema.get("properties", {}), self.compile(limit))
            elif keyword not in WITHOUT_EFFECT and not keyword.startswith("x-"):
                raise NotImplementedError(f"the keyword {keyword}")

    def refer(self, where: str) -> Fits:
        """A named schema is compiled when it is first needed: some contain themselves."""
        name = where.removeprefix(PLACE)

        def fits(value: Any) -> bool:
            if name not in self.named:
                self.named[name] = self.compile(self.schemas[name])
            return self.named[name](value)

        return fits

    def properties(self, schemas: Mapping[str, Any]) -> Fits:
        inner = {name: self.compile(schema) for name, schema in schemas.items()}

        def fits(value: Any) -> bool:
            return not isinstance(value, dict) or all(
                inner[name](value[name]) for name in value if name in inner
            )

        return fits

    @staticmethod
    def others(named: Mapping[str, Any], fits: Fits) -> Fits:
        return lambda value: (
            not isinstance(value, dict) or all(fits(value[name]) for name in value if name not in named)
        )


def all_of(tests: list[Fits]) -> Fits:
    return lambda value: all(test(value) for test in tests)


def any_of(tests: list[Fits]) -> Fits:
    return lambda value: any(test(value) for test in tests)


def one_of(tests: list[Fits]) -> Fits:
    return lambda value: sum(test(value) for test in tests) == 1
