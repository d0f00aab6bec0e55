"""Who may talk to the page: this machine's own browser, and no website that it happens to show.

A website can point a name of its own at 127.0.0.1 (DNS rebinding), or post to it blindly. So the Host of
every request has to be this machine, its Origin the page itself, and what is posted JSON.
"""

from __future__ import annotations

from collections.abc import Mapping

LOCAL_NAMES = frozenset({"127.0.0.1", "localhost"})

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
    host = headers.get("Host", "")
    name, _, port = host.partition(":")
    if name.lower() not in LOCAL_NAMES or not (port.isdecimal() or host == name):
        return "The preview answers on this machine only: open it as http://127.0.0.1 with the port it names."
    origin = headers.get("Origin")
    if origin is not None and origin.lower() != f"http://{host.lower()}":
        return "Another website may not use the preview: open its own page."
    kind = headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if method == "POST" and kind != "application/json":
        return "The preview takes JSON only: send Content-Type: application/json."
    return None
