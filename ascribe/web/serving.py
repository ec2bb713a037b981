"""The desk on a port of this machine, until it is stopped."""

from __future__ import annotations

import socket
from collections.abc import Callable
from dataclasses import replace

import uvicorn

from ascribe.errors import AscribeError, UsageError
from ascribe.store import Dossier
from ascribe.web.app import desk
from ascribe.web.safety import Settings

_EVERYWHERE = ("0.0.0.0", "::", "")
_OPEN = 500  # connections at once
_HEAD = 32_768  # bytes of a request before its body


def serve(dossier: Dossier, settings: Settings, ready: Callable[[str], None]) -> None:
    """Serve until Ctrl-C; `ready` is called with the address to open once the port is taken."""
    if settings.host in _EVERYWHERE and not settings.names:
        raise UsageError("bound to every address, the desk must know its names; give each with --allow-host")
    listening = _listen(settings)
    settings = replace(settings, port=listening.getsockname()[1])
    config = uvicorn.Config(
        desk(dossier, settings),
        access_log=False,
        log_level="warning",
        server_header=False,
        proxy_headers=False,
        limit_concurrency=_OPEN,
        h11_max_incomplete_event_size=_HEAD,
        http="h11",
        ws="none",
        timeout_graceful_shutdown=5,
    )
    ready(address(settings))
    with listening:
        uvicorn.Server(config).run(sockets=[listening])


def address(settings: Settings) -> str:
    """What to open in a browser."""
    host = settings.names[0] if settings.host in _EVERYWHERE else settings.host
    at = f"http://{f'[{host}]' if ':' in host else host}:{settings.port}/"
    return at if settings.is_local else f"{at}?token={settings.entrance}"


def _listen(settings: Settings) -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((settings.host, settings.port))
    except OSError as error:
        listening.close()
        said = f"{settings.host}:{settings.port}: cannot be served ({error.strerror}); name another --port"
        raise AscribeError(said) from error
    return listening
