"""The page's own files, and who may ask for them: this machine's browser, and no website in it."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path

from aiohttp import web

from bot.preview.double import visitors

_FOLDER = Path(__file__).parent / "static"
_FONTS = ("Lato-Regular.ttf", "Lato-Bold.ttf", "Lato-Italic.ttf")
_KINDS = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".ttf": "font/ttf",
}


def _content(name: str) -> bytes | None:
    """A file by its name below /static; None when the page has no such file."""
    if name in {f"fonts/{font}" for font in _FONTS}:
        font = files("font_lato").joinpath("files", name.removeprefix("fonts/"))
        return font.read_bytes()
    if name not in {path.name for path in _FOLDER.iterdir()}:
        return None
    return (_FOLDER / name).read_bytes()


async def serve_index(request: web.Request) -> web.Response:
    """The page itself."""
    return _serve(request, "index.html")


async def serve_file(request: web.Request) -> web.Response:
    """One of its files."""
    return _serve(request, request.match_info["name"])


def _serve(request: web.Request, name: str) -> web.Response:
    if (trouble := objection(request.method, request.headers)) is not None:
        return web.Response(status=403, text=trouble, headers=HEADERS)
    body = _content(name)
    if body is None:
        return web.Response(status=404, text="The page has no such file.", headers=HEADERS)
    headers = {**HEADERS, "Content-Security-Policy": policy(request.host)}
    kind = _KINDS[Path(name).suffix]
    charset = None if kind.startswith("font/") else "utf-8"
    return web.Response(body=body, content_type=kind, charset=charset, headers=headers)


HEADERS: Mapping[str, str] = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-cache",
}


def policy(host: str) -> str:
    """The Content-Security-Policy of the page at `host`: nothing but its own files, no inline code."""
    own = "script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'"
    closed = "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    return f"default-src 'none'; {own}; connect-src 'self' ws://{host}; {closed}"


def objection(method: str, headers: Mapping[str, str]) -> str | None:
    """Why a request is not from the page itself, as a sentence; None when it is."""
    if (trouble := visitors.objection(headers)) is not None:
        return trouble
    kind = headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if method == "POST" and kind != "application/json":
        return "The preview takes JSON only: send Content-Type: application/json."
    return None
