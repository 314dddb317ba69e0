"""The description of the API as OpenAPI 3.1, made of what the endpoints themselves read and write."""

import inspect
from functools import cache
from http import HTTPStatus
from importlib.metadata import version
from typing import Any, Final

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from index.query.ast import All
from web.api.operations import OPERATIONS, Operation
from web.api.shapes import ANSWERS, PROBLEM
from web.caching import conditional
from web.parameters import Parameter
from web.shelf import Visit, site_of

_ALWAYS: Final = (405, 414, 429, 503)
"""Statuses that any address may be refused with: see web.guard."""

_REFERENCE: Final = "#/components/schemas/{name}"


@conditional()
def openapi(request: Request, visit: Visit) -> Response:
    """Answer `/api/openapi.json`."""
    site = site_of(request)
    newest = visit.engine.search(All(), limit=1, sort="added").hits
    told = described(site.title, site.base(request), newest[0].key if newest else None)
    return Response(msgspec.json.encode(told), media_type="application/vnd.oai.openapi+json;version=3.1")


def described(title: str, base: str, key: str | None = None) -> dict[str, Any]:
    """Return the description of a catalogue at an address; `key` is that of a record, as an example."""
    return {
        "openapi": "3.1.1",
        "info": {
            "title": title,
            "version": version("peerlit"),
            "summary": "Search a catalogue of literature and take its records away",
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": base}],
        "paths": {operation.path: {"get": _operation(operation, key)} for operation in OPERATIONS},
        "components": {"schemas": _schemas()},
    }


def _operation(operation: Operation, key: str | None) -> dict[str, Any]:
    within = [_parameter(operation.within, "path", key)] if operation.within else []
    problem = {"$ref": _REFERENCE.format(name="Problem")}
    refusal = {name: {"schema": problem if name == PROBLEM else {}} for name in operation.refusal}
    return {
        "operationId": operation.name,
        "summary": operation.summary,
        "parameters": [*within, *(_asked(each, operation) for each in operation.parameters)],
        "responses": {
            "200": {
                "description": operation.summary,
                "content": {name: {"schema": schema} for name, schema in operation.answers().items()},
            },
            **({"301": {"description": "The address of the record's key"}} if operation.within else {}),
            "304": {"description": "Nothing has changed since"},
            **{
                str(status): {"description": HTTPStatus(status).phrase, "content": refusal}
                for status in (*operation.faults, *_ALWAYS)
            },
        },
    }


def _asked(parameter: Parameter, operation: Operation) -> dict[str, Any]:
    told = _parameter(parameter, "query")
    if operation.for_forms and parameter.kind in ("choice", "integer"):
        told["schema"] = {"anyOf": [told["schema"], {"type": "string", "maxLength": 0}]}
    return told


def _parameter(parameter: Parameter, place: str, key: str | None = None) -> dict[str, Any]:
    """Return a parameter; of several `choices` commas are between, `texts` are repeated."""
    told = {
        "name": parameter.name,
        "in": place,
        "description": parameter.help,
        "required": place == "path",
        "schema": parameter.schema(),
    }
    if parameter.kind == "choices":
        told |= {"style": "form", "explode": False}
    if example := key if parameter.name == "key" else parameter.example:
        told["example"] = example
    return told


@cache
def _schemas() -> dict[str, Any]:
    _, schemas = msgspec.json.schema_components(ANSWERS, ref_template=_REFERENCE)
    for schema in schemas.values():
        if "description" in schema:
            schema["description"] = inspect.cleandoc(schema["description"])
    return schemas
