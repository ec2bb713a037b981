"""What stands before every page: who may ask, how much, and what a browser may do with the answer.

    request ──▶ Host in the list? ──▶ sizes ──▶ token (bound elsewhere) ──▶ write from our own page? ──▶ pages
            ◀── headers on every response, errors too ◀──

A page that another site shows can reach a server on this machine, and can even give it a name of its own (DNS rebinding);
therefore the Host is looked at before anything else, and writing needs a token that only our own pages hold.
"""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import parse_qs, urlencode

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import cookie_parser
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK: Final = ("127.0.0.1", "localhost", "[::1]")
COOKIE: Final = "ascribe_desk"
POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "script-src 'none'",
        "style-src 'self'",
        "img-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "object-src 'none'",
        "frame-ancestors 'none'",
    )
)
_HEADERS: Final = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "x-robots-tag": "noindex",
}
_READING: Final = ("GET", "HEAD")
_QUERY: Final = 4_096  # characters of a path and of a query
_HEADER_BYTES: Final = 16_384


@dataclass(frozen=True, slots=True)
class Settings:
    """How the desk is bound and what it lets in."""

    host: str = "127.0.0.1"
    port: int = 8040
    names: tuple[str, ...] = ()  # further names under which it may be asked for
    writable: bool = True
    body: int = 8 * 2**20  # bytes of one upload
    secret: str = field(default_factory=lambda: secrets.token_urlsafe(24))  # of this run

    @property
    def is_local(self) -> bool:
        """Whether only this machine can reach it."""
        return self.host in ("127.0.0.1", "::1", "localhost")

    @property
    def hosts(self) -> frozenset[str]:
        """Every Host header that is answered."""
        bound = f"[{self.host}]" if ":" in self.host else self.host
        named = (*LOOPBACK, *self.names) if self.is_local else (bound, *self.names)
        ports = ("", f":{self.port}") if self.port == 80 else (f":{self.port}",)
        return frozenset(f"{name.lower()}{port}" for name in named for port in ports)

    @property
    def entrance(self) -> str:
        """The token that opens a desk which others can reach."""
        return self._signed("entrance")

    @property
    def form_token(self) -> str:
        """The token that our own forms carry."""
        return self._signed("form")

    def _signed(self, what: str) -> str:
        return hmac.new(self.secret.encode(), what.encode(), "sha256").hexdigest()[:40]


class Guard:
    """The ASGI application `app` behind the checks above."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                _add_headers(MutableHeaders(scope=message))
            await send(message)

        refusal = self._refusal(scope)
        answer = refusal or self._app
        await answer(scope, _Counted(receive, self._settings.body), send_safely)

    def _refusal(self, scope: Scope) -> Response | None:
        """The answer to a request that goes no further."""
        headers = Headers(scope=scope)
        hosts = headers.getlist("host")
        if len(hosts) != 1 or hosts[0].lower() not in self._settings.hosts:
            return _no(403, "this desk is not reached under that name; use the address that `ascribe serve` printed")
        return (
            _too_much(scope, headers, self._settings.body) or self._stranger(scope, headers) or self._foreign(scope, headers)
        )

    def _stranger(self, scope: Scope, headers: Headers) -> Response | None:
        """Bound elsewhere, the token must be shown once in the address and is then kept in a cookie."""
        if self._settings.is_local:
            return None
        wanted = self._settings.entrance
        asked = parse_qs(scope["query_string"].decode("latin-1"))
        if _same(next(iter(asked.pop("token", [])), ""), wanted) and scope["method"] in _READING:
            rest = urlencode(asked, doseq=True)
            opened = RedirectResponse(_own_path(scope) + (f"?{rest}" if rest else ""), 303)
            opened.set_cookie(COOKIE, wanted, httponly=True, samesite="strict")
            return opened
        held = cookie_parser(headers.get("cookie", "")).get(COOKIE, "")
        bearer = headers.get("authorization", "").removeprefix("Bearer ")
        if _same(held, wanted) or _same(bearer, wanted):
            return None
        return _no(401, "this desk needs its token; open the address that `ascribe serve` printed")

    def _foreign(self, scope: Scope, headers: Headers) -> Response | None:
        """A write must come from a page of ours. The token in its form is checked where the form is read."""
        if scope["method"] in _READING:
            return None
        if not self._settings.writable:
            return _no(403, "this desk only shows; start it without --read-only to change anything")
        origin, site = headers.get("origin"), headers.get("sec-fetch-site")
        own = origin is None or origin.lower() in {f"{scheme}://{headers['host'].lower()}" for scheme in ("http", "https")}
        if own and site is None:
            return None
        # Since we ask for no referrer, a browser hides our own origin, too ("null"); then it says itself where a form was.
        return None if site == "same-origin" and (own or origin == "null") else _no(403, "another site may not write here")


def is_token(settings: Settings, given: object) -> bool:
    """Whether a form carries the token of our own pages."""
    return isinstance(given, str) and _same(given, settings.form_token)


def _same(given: str, wanted: str) -> bool:
    return hmac.compare_digest(given.encode("utf-8", "replace"), wanted.encode())


def _own_path(scope: Scope) -> str:
    """The path that was asked for, as one that cannot lead to another server ("//evil")."""
    return "/" + str(scope["path"]).lstrip("/\\") if str(scope["path"]).isascii() else "/"


def _too_much(scope: Scope, headers: Headers, body: int) -> Response | None:
    if scope["method"] not in (*_READING, "POST"):
        return _no(405, "only GET, HEAD and POST are answered", {"allow": "GET, HEAD, POST"})
    if len(scope.get("raw_path") or b"") > _QUERY or len(scope["query_string"]) > _QUERY:
        return _no(414, "the address is too long")
    if sum(len(name) + len(value) for name, value in headers.raw) > _HEADER_BYTES:
        return _no(431, "the headers are too long")
    if headers.get("content-encoding", "identity") != "identity":
        return _no(415, "send the body as it is, not packed")
    length = headers.get("content-length", "0")
    if not (length.isascii() and length.isdigit()):
        return _no(400, "the length of the body is no number")
    if int(length[:20]) > body:
        return _no(413, f"the request is too large; at most {body // 2**20} MB at once, use `ascribe read` for more")
    return None


class _Counted:
    """The body of a request, which may be no larger than announced limits allow."""

    def __init__(self, receive: Receive, most: int) -> None:
        self._receive = receive
        self._left = most

    async def __call__(self) -> Message:
        message = await self._receive()
        self._left -= len(message.get("body", b""))
        if self._left < 0:
            raise HTTPException(413, "the request is too large")
        return message


def _no(status: int, reason: str, headers: dict[str, str] | None = None) -> Response:
    return PlainTextResponse(f"{reason}\n", status, headers)


def _add_headers(headers: MutableHeaders) -> None:
    for name, value in _HEADERS.items():
        headers[name] = value
    headers.setdefault("cache-control", "no-store")
