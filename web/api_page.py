"""A page that people can read about the interface for programs, made from its description."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, FastAPI
from fastapi.responses import HTMLResponse
from jinja2 import Environment

_JSON = "application/json"


@dataclass(frozen=True, slots=True)
class Word:
    """A piece of a type's name; ``shape`` is the shape it names, to link to."""

    text: str
    shape: str | None = None


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter, or a field of a shape."""

    name: str
    kind: tuple[Word, ...]
    note: str
    default: str


@dataclass(frozen=True, slots=True)
class Way:
    """One address that can be asked."""

    path: str
    summary: str
    parameters: tuple[Field, ...]
    answer: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """What an answer, or a part of one, looks like."""

    name: str
    note: str
    fields: tuple[Field, ...]


def api_page_router(app: FastAPI, templates: Environment) -> APIRouter:
    """Give the route of the page."""
    router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)

    @router.get("/api")
    def api_page() -> HTMLResponse:
        described = app.openapi()
        page = templates.get_template("api.html")
        return HTMLResponse(page.render(ways=list(find_ways(described)), shapes=list(find_shapes(described))))

    return router


def find_ways(described: dict[str, Any]) -> Iterator[Way]:
    """Give the addresses that can be asked, in the order of the description."""
    for path, methods in described["paths"].items():
        for way in methods.values():
            content = way["responses"].get("200", {}).get("content", {}).get(_JSON, {})
            parameters = tuple(_field(each["name"], each["schema"], each) for each in way.get("parameters", ()))
            answer = tuple(name_type(content.get("schema", {})))
            yield Way(path, way.get("description", way["summary"]), parameters, answer)


def find_shapes(described: dict[str, Any]) -> Iterator[Shape]:
    """Give the shapes that answers are made of, by name."""
    for name, schema in sorted(described["components"]["schemas"].items()):
        fields = tuple(_field(each, kind, kind) for each, kind in schema.get("properties", {}).items())
        yield Shape(name, schema.get("description", ""), fields)


def _field(name: str, schema: dict[str, Any], noted: dict[str, Any]) -> Field:
    default = schema.get("default")
    return Field(name, tuple(name_type(schema)), noted.get("description", ""), "" if default is None else str(default))


def name_type(schema: dict[str, Any]) -> Iterator[Word]:
    """Name the type a JSON Schema describes, as people would."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        yield Word(name, name)
    elif "anyOf" in schema:
        for at, each in enumerate(schema["anyOf"]):
            if at:
                yield Word(" or ")
            yield from name_type(each)
    elif schema.get("type") == "array":
        yield Word("list of ")
        yield from name_type(schema.get("items", {}))
    else:
        yield Word(_plain_name(schema))


def _plain_name(schema: dict[str, Any]) -> str:
    if "enum" in schema or "const" in schema:
        return " | ".join(map(str, schema.get("enum", [schema.get("const")])))
    if schema.get("type") == "integer" and "maximum" in schema and "minimum" in schema:
        return f"integer, {schema['minimum']} to {schema['maximum']}"
    return {"date": "day", "date-time": "instant"}.get(schema.get("format", ""), schema.get("type", "any JSON"))
