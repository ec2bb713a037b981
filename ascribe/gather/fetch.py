"""Fetching, which is done only where a person asks for it: http and https, one address, nothing that a page refers to.

The name of each hop is resolved once, every address that it has is checked, and the connection is made to the address
that was checked: neither a redirect nor a name that changes its mind leads into the network that this machine stands in."""

from __future__ import annotations

import http.client
import ipaddress
import os
import socket
import ssl
import tempfile
import time
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from ascribe.errors import ReadError
from ascribe.gather.reader import MB, Options, megabytes
from ascribe.gather.worker import read
from ascribe.schema import Refusal, Report

MOST: Final = 20 * MB
SECONDS: Final = 30
HOPS: Final = 5
_MOVED: Final = (301, 302, 303, 307, 308)
_PIECE: Final = 2**16
_AGENT: Final = "ascribe (reads news reports; fetches what its user names and nothing else)"
_NAT64: Final = ipaddress.ip_network("64:ff9b::/96")


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address answered: `url` is where it was found in the end; no body where nothing had changed (304)."""

    url: str
    status: int
    headers: Mapping[str, str]  # names in small letters
    body: bytes


def read_address(url: str, options: Options) -> Iterator[Report | Refusal]:
    """The reports that an address holds, parsed like a file."""
    try:
        answer = fetch(url)
        if answer.status != 200:
            raise ReadError(
                f"answers {answer.status} {http.client.responses.get(answer.status, '')}".rstrip()
                + "; look at it in a browser"
            )
    except ReadError as error:
        yield Refusal(url, error.place, error.reason)
        return
    yield from read_answer(url, answer, options)


def read_answer(url: str, answer: Fetched, options: Options) -> Iterator[Report | Refusal]:
    """The reports of what was fetched from `url`."""
    with tempfile.TemporaryDirectory(prefix="ascribe-") as folder:
        path = os.path.join(folder, "fetched")
        with open(path, "wb") as out:
            out.write(answer.body)
        for item in read(path, url, options):
            if isinstance(item, Report):
                yield item if item.url else _with_address(item, answer.url)
            else:
                yield Refusal(url, item.place, item.reason)


def fetch(url: str, headers: Mapping[str, str] | None = None) -> Fetched:
    """What `url` answers, after at most five redirects, within 20 MB and 30 seconds. Raises ReadError."""
    until = time.monotonic() + SECONDS
    for _ in range(HOPS + 1):
        answer = _one_hop(url, headers or {}, until)
        moved = answer.headers.get("location")
        if answer.status not in _MOVED or not moved:
            return answer
        url = urljoin(url, moved)
    raise ReadError(f"redirects more than {HOPS} times; name the page itself")


def _one_hop(url: str, headers: Mapping[str, str], until: float) -> Fetched:
    parts = _parts(url)
    host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
    connection = _connect(parts.scheme, host, port, until)
    try:
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        sent = {"User-Agent": _AGENT, "Accept-Encoding": "gzip", "Connection": "close", **headers}
        connection.request("GET", _quoted(path), headers=sent)
        response = connection.getresponse()
        got = {name.lower(): value for name, value in response.getheaders()}
        return Fetched(url, response.status, got, _body(response, got, connection, until))
    except (OSError, http.client.HTTPException, UnicodeError, ValueError) as error:
        raise ReadError(f"cannot be fetched ({_said(error)}); try again later") from None
    finally:
        connection.close()


def _parts(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise ReadError("is no address that can be fetched; check it") from None
    if parts.scheme not in ("http", "https"):
        raise ReadError(f"is {parts.scheme or 'no'} address, and only http and https are fetched; save it as a file")
    if not parts.hostname or port == 0 or parts.username is not None:
        raise ReadError("is no address that can be fetched (no host, or a user name in it); check it")
    return parts


def _connect(scheme: str, host: str, port: int, until: float) -> http.client.HTTPConnection:
    """A connection to an address that was checked, under the name by which it was asked for."""
    address = addresses(host, port)[0]
    try:
        line = socket.create_connection((address, port), _left(until))
        if scheme == "https":
            line = ssl.create_default_context().wrap_socket(line, server_hostname=host)
    except (OSError, ValueError) as error:
        raise ReadError(f"cannot be reached ({_said(error)}); try again later") from None
    named = f"[{host}]" if ":" in host else host
    connection = http.client.HTTPConnection(named, port)
    connection.default_port = 443 if scheme == "https" else 80
    connection.sock = line
    connection.auto_open = 0  # never by name, where this one is closed
    return connection


def addresses(host: str, port: int) -> list[str]:
    """What a name resolves to. Raises ReadError if any of it lies in a network that is not public."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise ReadError(f"cannot be found ({_said(error)}); check the address") from None
    numbers = list(dict.fromkeys(str(entry[4][0]).split("%")[0] for entry in found))
    if not numbers or not all(is_public(number) for number in numbers):
        raise ReadError("leads to an address that is not public, and such are never fetched; save it as a file")
    return numbers


def is_public(number: str) -> bool:
    """Whether a number is an address of the public net, also where it wraps another (mapped, 6to4, Teredo, NAT64)."""
    address = ipaddress.ip_address(number)
    if isinstance(address, ipaddress.IPv6Address):
        wrapped = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
        if address in _NAT64:
            wrapped.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
        if any(inner is not None for inner in wrapped):
            return all(is_public(str(inner)) for inner in wrapped if inner is not None)
    return address.is_global and not address.is_multicast and not address.is_reserved


def _body(
    response: http.client.HTTPResponse, headers: Mapping[str, str], connection: http.client.HTTPConnection, until: float
) -> bytes:
    """The body, within its limits also after it is unpacked."""
    unpack = zlib.decompressobj(wbits=31) if headers.get("content-encoding", "").lower() in ("gzip", "x-gzip") else None
    body = bytearray()
    while True:
        if connection.sock is not None:
            connection.sock.settimeout(_left(until))
        _left(until)
        piece = response.read1(_PIECE)
        if not piece:
            return bytes(body)
        try:
            body += unpack.decompress(piece, MOST + 1 - len(body)) if unpack else piece
        except zlib.error:
            raise ReadError("is damaged gzip; try again later") from None
        if len(body) > MOST:
            raise ReadError(f"is larger than {megabytes(MOST)}; save it as a file")


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise ReadError(f"takes more than {SECONDS} seconds to fetch; save it as a file")
    return left


def _quoted(path: str) -> str:
    return quote(path, safe="/%?&=;:@!$'()*+,~#[]")


def _with_address(report: Report, url: str) -> Report:
    made = report.content == report.id
    placed = replace(report, url=url)
    return replace(placed, id=placed.content) if made else placed


def _said(error: Exception) -> str:
    return " ".join(str(error).split())[:120] or type(error).__name__
