"""The JSON of the desk as OpenAPI, made from the table of pages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ascribe import __version__
from ascribe.web.asked import LONGEST, MOST, Parameter
from ascribe.web.page import Route


def describe(routes: Iterable[Route]) -> dict[str, Any]:
    """The description of every page's JSON."""
    return {
        "openapi": "3.1.0",
        "info": {"title": "ascribe desk", "version": __version__, "description": "What a dossier holds. All of it reads."},
        "paths": {("/start" if route.path == "/" else route.path) + ".json": {"get": _operation(route)} for route in routes},
    }


def _operation(route: Route) -> dict[str, Any]:
    answers = {
        "200": _answer("The page.", {"type": "object", "required": list(route.keys)}),
        "400": _answer("That cannot be asked.", _ERROR),
    }
    if any(parameter.needed for parameter in route.parameters.values()):
        answers["404"] = _answer("There is nothing of that name.", _ERROR)
    return {
        "summary": route.about,
        "operationId": route.make.__name__,
        "parameters": [_parameter(name, parameter) for name, parameter in route.parameters.items()],
        "responses": answers,
    }


_ERROR = {"type": "object", "required": ["error"], "properties": {"error": {"type": "string"}}}


def _answer(about: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"description": about, "content": {"application/json": {"schema": schema}}}


def _parameter(name: str, parameter: Parameter) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "string", "maxLength": LONGEST}
    if parameter.most:
        schema = {"type": "integer", "minimum": 1, "maximum": parameter.most}
    elif parameter.choices:
        schema = {"type": "string", "enum": list(parameter.choices)}
    elif parameter.date:
        schema = {"type": "string", "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"}
    elif parameter.needed:
        schema["minLength"] = 1
    if parameter.several:
        schema = {"type": "array", "items": schema, "maxItems": MOST}
    return {"name": name, "in": "query", "description": parameter.about, "required": parameter.needed, "schema": schema}
