"""Many figures at once, as a message with files that carry their own question."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import discord

from bot.replies.coverage import say_first
from bot.replies.files import Package
from bot.replies.layout import make_record, say_caveats
from bot.replies.reply import COLOUR, MAX_DESCRIPTION, shorten
from bot.words import say_source, say_subject
from data.questions.codec import write_command
from data.questions.export import By

if TYPE_CHECKING:
    from bot.replies.files import FileFormat
    from bot.replies.reply import Reply
    from data.questions.export import AskExport, Export

LINES = {
    By.YEAR: "a line a year",
    By.ORIGIN: "a line for each year and origin",
    By.ASYLUM: "a line for each year and country of asylum",
    By.PAIR: "a line for each year, origin and country of asylum",
}


@dataclass(frozen=True, slots=True)
class ExportReply:
    """What goes out: a sentence, what the figures do not mean, and the package; `stem` names the files."""

    headline: str
    caveats: tuple[str, ...]
    source: str
    package: Package
    stem: str

    def embed(self) -> discord.Embed:
        """The caveats and the source."""
        text = shorten("\n".join(f"• {caveat}" for caveat in self.caveats), MAX_DESCRIPTION)
        return discord.Embed(description=text, colour=discord.Colour(COLOUR)).set_footer(text=self.source)


def pack(reply: Reply) -> Package:
    """Lay out the figures of an answer for a file."""
    return Package(
        query=write_command(reply.question),
        source=reply.source,
        notes=(*reply.first, *reply.caveats),
        records=reply.records,
    )


def reply_export(question: AskExport, found: Export, form: FileFormat) -> ExportReply:
    """Lay out the figures for a file; `question` is pinned to the release that answered."""
    caveats = (*say_first(found.caveats), *say_caveats(found.caveats))
    first, last = found.years
    span = f"{first}" if first == last else f"{first}–{last}"
    figures = sum(line.value is not None for line in found.lines)
    package = Package(
        query=f"{write_command(question)} format:{form.value}",
        source=say_source(found.release),
        notes=caveats,
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
            f" **{figures:,} figure{'' if figures == 1 else 's'}**."
        ),
        caveats=caveats,
        source=say_source(found.release),
        package=package,
        stem=f"asylum-{found.measure.value}-by-{question.by.value}-{first}-{last}",
    )
