"""Addresses to pages: each page as HTML, and under the same path as JSON and CSV."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route as At
from starlette.types import ASGIApp

from ascribe.errors import AscribeError, UsageError
from ascribe.store import Dossier
from ascribe.view.exports.statements import answer_json
from ascribe.web import asked, charts, names
from ascribe.web.adding import FILES, Job, Jobs, Upload, pasted
from ascribe.web.api import describe
from ascribe.web.correcting import fields_of
from ascribe.web.figures import Figures, answers_in
from ascribe.web.page import Desk, NotFoundError, Page, Route, as_csv
from ascribe.web.pages import ROUTES, months_of
from ascribe.web.safety import Guard, Settings, is_token

_HERE: Final = Path(__file__).parent
_FIELD: Final = 4 * 2**20  # bytes of a pasted text
Endpoint = Callable[[Request], Awaitable[Response]]


def desk(dossier: Dossier, settings: Settings | None = None) -> ASGIApp:
    """The desk on an open dossier, as an ASGI application with its guard before it."""
    settings = settings or Settings()
    figures, jobs = Figures(dossier), Jobs(dossier)
    made = _Pages(Desk(dossier, figures, settings, jobs))

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        yield
        await run_in_threadpool(jobs.close)
        figures.close()

    failures: dict[Any, Any] = {
        HTTPException: made.refuse,
        AscribeError: made.fail,
        NotFoundError: made.fail,
        Exception: made.fail,
    }
    app = Starlette(routes=list(made.routes()), exception_handlers=failures, lifespan=lifespan)
    app.router.redirect_slashes = False
    return Guard(app, settings)


class _Pages:
    """The addresses of the desk."""

    def __init__(self, made_from: Desk) -> None:
        self._desk = made_from
        self._templates = _environment(made_from.settings)

    def routes(self) -> list[At]:
        found: list[At] = []
        for route in ROUTES:
            stem = "/start" if route.path == "/" else route.path
            for path, form in ((route.path, "html"), (f"{stem}.json", "json"), (f"{stem}.csv", "csv")):
                found.append(At(path, self._show(route, form), methods=["GET"]))
        pictures = (("/actor", "months"), ("/pair", "months"), ("/dispute", "months"), ("/dispute", "map"))
        by_path = {route.path: route for route in ROUTES}
        found += [At(f"{path}/{name}.svg", self._picture(by_path[path], name), methods=["GET"]) for path, name in pictures]
        fixed = {"/desk.css": ("desk.css", "text/css"), "/icon.svg": ("icon.svg", "image/svg+xml")}
        found += [At(path, _asset(name, type), methods=["GET"]) for path, (name, type) in fixed.items()]
        description = describe(ROUTES)
        found.append(At("/openapi.json", _always(lambda: JSONResponse(description)), methods=["GET"]))
        if self._desk.settings.writable:
            found += [
                At("/add", self._add_form, methods=["GET"]),
                At("/add", self._add, methods=["POST"]),
                At("/job", self._job, methods=["GET"]),
                At("/correct", self._correct_form, methods=["GET"]),
                At("/correct", self._correct, methods=["POST"]),
            ]
        return found

    # ---- what shows ----

    def _show(self, route: Route, form: str) -> Endpoint:
        async def answer(request: Request) -> Response:
            wanted = asked.read(request.query_params.multi_items(), route.parameters)
            return await run_in_threadpool(self._draw, route, wanted, form)

        return answer

    def _draw(self, route: Route, wanted: asked.Asked, form: str) -> Response:
        page = route.make(self._desk, wanted)
        if form == "json":
            return JSONResponse(page.data)
        if form == "csv":
            name = route.path.strip("/") or "start"
            headers = {"content-disposition": f'attachment; filename="{name}.csv"'}
            return Response(as_csv(page), media_type="text/csv; charset=utf-8", headers=headers)
        return self._html(page, route.path, wanted)

    def _html(self, page: Page, path: str, wanted: asked.Asked, **more: Any) -> Response:
        stem, query = ("/start" if path == "/" else path), wanted.query()
        formats = {form: f"{stem}.{form}" + (f"?{query}" if query else "") for form in ("json", "csv")}
        given = {"title": page.title, "data": page.data, "here": path, "asked": wanted, "formats": formats}
        return self._render(page.template, 200, given | page.drawn | more)

    def _render(self, template: str, status: int, given: dict[str, Any]) -> Response:
        written = self._templates.get_template(template).render(given).encode("utf-8", "replace")
        return Response(written, status, media_type="text/html; charset=utf-8")

    def _picture(self, route: Route, name: str) -> Endpoint:
        def draw(wanted: asked.Asked) -> Response:
            page = route.make(self._desk, wanted)
            given: dict[str, Any] = {"caption": f"{page.title}, by month", "place": page.title}
            drawn = charts.bars(months_of(page)) if name == "months" else page.drawn.get("map")
            if drawn is None:
                raise NotFoundError("there is nothing to draw")
            given |= {"bars": drawn} if name == "months" else {"map": drawn}
            written = self._templates.get_template(f"{name}.svg").render(given)
            headers = {"content-disposition": f'attachment; filename="{name}.svg"'}
            return Response(written, media_type="image/svg+xml", headers=headers)

        async def answer(request: Request) -> Response:
            wanted = asked.read(request.query_params.multi_items(), route.parameters)
            return await run_in_threadpool(draw, wanted)

        return answer

    # ---- what adds ----

    async def _add_form(self, request: Request) -> Response:
        asked.read(request.query_params.multi_items(), {})
        return self._render("add.html", 200, _plain("Add reports", "/add", {}))

    async def _add(self, request: Request) -> Response:
        uploads = await self._uploads(request)
        job = self._desk.jobs.start(uploads)
        if job is None:
            raise HTTPException(429, "too much is waiting to be read; try again in a while")
        return RedirectResponse(f"/job?{urlencode({'id': job.id})}", 303)

    async def _uploads(self, request: Request) -> list[Upload]:
        """What a form holds to be read."""
        async with self._form(request) as form:
            fields = {name: value for name, value in form.items() if isinstance(value, str)}
            files = [file for file in form.getlist("files") if isinstance(file, UploadFile)]
            uploads = [Upload(file.filename or "", await file.read()) for file in files if file.filename or file.size]
        text = fields.get("text", "")
        if text.strip():
            known = {name: fields.get(name, "")[:1000] for name in ("headline", "publisher", "published")}
            uploads.append(pasted(text, **known))
        if not uploads:
            raise HTTPException(400, "there is nothing to read; paste a text or choose a file")
        return uploads

    async def _job(self, request: Request) -> Response:
        wanted = asked.read(request.query_params.multi_items(), {"id": asked.Parameter("The job.", needed=True)})
        job = self._desk.jobs.get(wanted.needed("id"))
        if job is None:
            raise NotFoundError("that was read long ago; look at the reports")
        is_over = job.is_over  # before the page is drawn: it may end meanwhile, and would then never be looked at again
        response = self._render("job.html", 200, _plain("Adding reports", "/add", _job_json(job)))
        if not is_over:
            response.headers["refresh"] = "2"
        return response

    # ---- what corrects ----

    async def _correct_form(self, request: Request) -> Response:
        wanted = asked.read(request.query_params.multi_items(), _CORRECTED)
        return await run_in_threadpool(self._draw_correction, wanted)

    def _draw_correction(self, wanted: asked.Asked) -> Response:
        record = next(iter(self._desk.dossier.records([wanted.needed("id")])), None)
        lines = [answer_json(answer) for answer in answers_in([record])] if record else []
        line = next((line for line in lines if line["id"] == wanted.needed("statement")), None)
        if line is None:
            raise NotFoundError("the dossier holds no such statement")
        fields, name = fields_of(line), wanted.one("field")
        chosen = next((field for field in fields if field["field"] == name), None)
        if name and chosen is None:
            raise NotFoundError("the statement has no such field")
        data = {"report": line["report"], "statement": line["id"], "trigger": line["trigger"]["text"], "fields": fields}
        corrected = name in (line.get("corrected") or ())
        given = _plain("Correct", "", data | {"chosen": chosen, "is_corrected": corrected})
        return self._render("correct.html", 200, given)

    async def _correct(self, request: Request) -> Response:
        async with self._form(request) as form:
            given = {name: value for name, value in form.multi_items() if isinstance(value, str)}
        undoing = given.get("do") == "undo"
        needed = ("id", "statement", "field", "who", "why")
        if missing := [name for name in needed if not given.get(name, "").strip()]:
            raise HTTPException(400, f"{missing[0]}: is missing; fill it in")
        if too_long := [name for name, value in given.items() if len(value) > 500]:
            raise HTTPException(400, f"{too_long[0][:20]}: is longer than 500 characters; shorten it")
        by = {"who": given["who"].strip(), "why": given["why"].strip()}
        dossier, at = self._desk.dossier, (given["statement"], given["field"])
        if undoing:
            await run_in_threadpool(dossier.undo, *at, **by)
        else:
            await run_in_threadpool(dossier.correct, *at, given.get("value", "").strip(), **by)
        shown = urlencode({"id": given["id"], "statement": given["statement"]})
        return RedirectResponse(f"/report?{shown}#chosen", 303)

    @asynccontextmanager
    async def _form(self, request: Request) -> AsyncIterator[FormData]:
        """A form that has shown the token of our own pages."""
        async with request.form(max_files=FILES, max_fields=12, max_part_size=_FIELD) as form:
            if not is_token(self._desk.settings, form.get("token")):
                raise HTTPException(403, "the form is not one of ours, or the desk was started anew; load the page again")
            yield form

    # ---- what goes wrong ----

    async def refuse(self, request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        return self._fault(request, error.status_code, _WORDS.get(error.status_code, error.detail) or error.detail)

    async def fail(self, request: Request, error: Exception) -> Response:
        if isinstance(error, NotFoundError):
            return self._fault(request, 404, str(error))
        if isinstance(error, UsageError):
            return self._fault(request, 400, str(error))
        if isinstance(error, AscribeError):
            return self._fault(request, 503, str(error))
        return self._fault(request, 500, f"failed inside ({type(error).__name__}); the terminal says more")

    def _fault(self, request: Request, status: int, said: str) -> Response:
        path = request.url.path
        if path.endswith(".json"):
            return JSONResponse({"error": said}, status)
        if path.endswith((".csv", ".svg", ".css")):
            return PlainTextResponse(f"{said}\n", status)
        title = {404: "Not here", 400: "That cannot be asked", 503: "The dossier does not answer"}.get(status, "Refused")
        return self._render("error.html", status, _plain(title, "", {"error": said}))


_CORRECTED: Final = {
    "id": asked.Parameter("The report.", needed=True),
    "statement": asked.Parameter("The statement.", needed=True),
    "field": asked.Parameter("The field."),
}
_WORDS: Final = {404: "there is no such page", 405: "that page is only looked at"}


def _plain(title: str, here: str, data: dict[str, Any]) -> dict[str, Any]:
    """What a page needs that has no JSON and no CSV of its own."""
    return {"title": title, "here": here, "data": data, "formats": None, "asked": asked.Asked({})}


def _job_json(job: Job) -> dict[str, Any]:
    def lines(reports: list[tuple[str, str]]) -> list[dict[str, str]]:
        return [{"id": id, "title": title} for id, title in reports]

    told = {"id": job.id, "state": job.state, "seen": job.seen, "failure": job.failure}
    refused = [str(refusal) for refusal in job.refused]
    return told | {"stored": lines(job.stored), "there": lines(job.there), "refused": refused}


def _asset(name: str, media_type: str) -> Endpoint:
    content = (_HERE / "assets" / name).read_bytes()
    headers = {"cache-control": "max-age=300"}
    return _always(lambda: Response(content, media_type=media_type, headers=headers))


def _always(make: Callable[[], Response]) -> Endpoint:
    async def answer(_request: Request) -> Response:
        return make()

    return answer


def _environment(settings: Settings) -> Environment:
    """Templates that escape all they are given; nothing in this folder marks a text as safe."""
    made = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters |= {
        "country": names.country,
        "party": names.party,
        "parties": names.parties,
        "key": names.key,
        "day": names.day,
        "dispute": names.dispute,
    }
    made.globals |= {
        "url": lambda path, **values: f"{path}?{urlencode(values)}",
        "writable": settings.writable,
        "token": settings.form_token,
        "body": settings.body // 2**20,
        "files": FILES,
    }
    return made
