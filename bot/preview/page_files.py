"""The page's own files: markup, styles, scripts, and the charts' typeface from its package."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from aiohttp import web

from bot.preview import page_guard

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
    if (trouble := page_guard.objection(request.method, request.headers)) is not None:
        return web.Response(status=403, text=trouble, headers=page_guard.HEADERS)
    body = _content(name)
    if body is None:
        return web.Response(status=404, text="The page has no such file.", headers=page_guard.HEADERS)
    headers = {**page_guard.HEADERS, "Content-Security-Policy": page_guard.policy(request.host)}
    kind = _KINDS[Path(name).suffix]
    charset = None if kind.startswith("font/") else "utf-8"
    return web.Response(body=body, content_type=kind, charset=charset, headers=headers)
