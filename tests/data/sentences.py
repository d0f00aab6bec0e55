"""What every error that a user or an operator reads must be."""

from __future__ import annotations

import re

REMEDIES = re.compile(
    r"\b(ask|check|choose|create|delete|get|import|make|move|name|pick|restore|set|swap|update|use|write)\b"
)


def is_one_sentence(text: str) -> bool:
    """One printable line that begins somewhere and ends with a full stop."""
    return bool(text) and text.isprintable() and text.endswith(".") and len(text) < 500


def says_what_to_do(text: str) -> bool:
    """One sentence, the last part of which tells what to do next."""
    return is_one_sentence(text) and bool(REMEDIES.search(re.split("[;:]", text)[-1]))
