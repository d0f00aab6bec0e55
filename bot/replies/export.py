"""Many figures at once, as a message with files that carry their own question."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.replies.coverage import say_first
from bot.replies.files import Package
from bot.replies.layout import make_record, say_caveats
from bot.replies.mind import choose_mind, say_mind
from bot.replies.reply import make_foot
from bot.words import cite, say_source
from bot.words.measures import say_subject
from data.model import Unit
from data.questions.codec import write_command
from data.questions.export import By

if TYPE_CHECKING:
    from collections.abc import Sequence

    import discord

    from bot.replies.files import FileFormat
    from bot.replies.reply import Reply
    from data.caveats import Caveat
    from data.model import Place
    from data.questions.export import AskExport, Export, ExportLine

LINES = {
    By.YEAR: "by year",
    By.ORIGIN: "by year and origin",
    By.ASYLUM: "by year and country of asylum",
    By.PAIR: "by year, origin and country of asylum",
}


@dataclass(frozen=True, slots=True)
class ExportReply:
    """What goes out: a sentence, the caveat that matters most, and the package; `stem` names the files."""

    headline: str
    mind: Caveat | None
    source: str
    package: Package
    stem: str

    def embed(self) -> discord.Embed:
        """The caveat and the source; all others stand in the file."""
        return make_foot([say_mind(self.mind)] if self.mind else [], self.source)


def pack(reply: Reply) -> Package:
    """Lay out the figures of an answer for a file."""
    return Package(
        query=write_command(reply.question),
        source=cite(reply.source),
        notes=(*reply.first, *reply.caveats),
        records=reply.records,
    )


def reply_export(question: AskExport, found: Export, form: FileFormat) -> ExportReply:
    """Lay out the figures for a file; `question` is pinned to the release that answered."""
    first, last = found.years
    span = f"{first}" if first == last else f"{first}–{last}"
    lines = [line for line in found.lines if line.value is not None]
    package = Package(
        query=f"{write_command(question)} format:{form.value}",
        source=cite(say_source(found.release)),
        notes=(*say_first(found.caveats), *say_caveats(found.caveats)),
        records=tuple(
            make_record(
                found.measure,
                line.place,
                line.year,
                line.unit,
                line.value,
                found.release,
                extent=line.extent,
                breaks=line.breaks,
                carried=line.carried,
            )
            for line in found.lines
        ),
    )
    return ExportReply(
        headline=(
            f"{say_subject(found.measure, found.place)}, {span}, {LINES[question.by]}:"
            f" **{_say_figures(lines)}**."
        ),
        mind=choose_mind(found.caveats),
        source=say_source(found.release),
        package=package,
        stem=f"asylum-{found.measure.value}{_name_in_file(found.place)}-by-{question.by.value}-{first}-{last}",
    )


def _name_in_file(place: Place) -> str:
    """Name the places in plain letters: “-from-Turkiye-in-USA”."""
    sides = (("from", place.origin), ("in", place.asylum))
    named = " ".join(f"{word} {area.name}" for word, area in sides if area)
    plain = re.sub(r"[^\w\s-]", "", unicodedata.normalize("NFKD", named), flags=re.ASCII)
    return "".join(f"-{word}" for word in re.findall(r"\w+", plain))


def _say_figures(lines: Sequence[ExportLine]) -> str:
    """Count the figures; those in cases stand on lines of their own."""
    cases = sum(line.unit is Unit.CASES for line in lines)
    if not cases:
        return "1 figure" if len(lines) == 1 else f"{len(lines):,} figures"
    return f"{len(lines):,} figures, {len(lines) - cases:,} in persons and {cases:,} in cases"
