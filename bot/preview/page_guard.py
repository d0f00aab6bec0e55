"""Who may talk to the page: this machine's own browser, and no website that it happens to show.

Beside what holds for the whole server (`double.visitors`), what is posted has to be JSON.
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.preview.double import visitors

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
