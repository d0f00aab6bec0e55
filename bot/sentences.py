"""What is said when something fails: a sentence for each code of `data`, and how its values are written."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from string import Formatter
from typing import Any

from bot.languages import _, digits, name, phrases
from bot.words import capitalise, say_covered, say_day, say_either, say_tally
from bot.words.measures import SUBJECTS, SUBJECTS_WITHIN, name_sides, say_counted, say_place
from data.errors import Phrase, Unanswerable, quote
from data.model import Country, Group, Measure, Place

TOLD_TO_ASKERS = phrases(
    {
        # countries
        "country-not-named": "Name a country: pick one from the list that appears while you type.",
        "country-unknown": (
            "No country is called {typed:quoted}, and no group that is known here, as the EU, Africa or"
            " the OECD"
            " are: pick one from the list that appears while you type."
        ),
        "group-not-kept": "No list of the members of {typed:quoted} is kept here. The nearest: {groups:or}.",
        "country-misspelled": "No country is called {typed:quoted}. Did you mean {countries:or}?",
        "country-ambiguous": "{typed:quoted} can mean {countries:or}: type the one you mean.",
        "country-not-listed": "UNHCR's statistics do not list {country:text}: choose another country.",
        "country-former": "UNHCR's statistics do not list {former}: look under {now:or}.",
        "country-counted-since": "{country} (from {year}, before that under {whole})",
        "countries-not-named": "I find no country in {typed:quoted}; name some, separated by commas.",
        "countries-too-many": "At most {most} countries can be compared at once; name fewer.",
        # words
        "word-unknown": (
            "The glossary has no entry {typed:quoted}. Pick a word from the list that appears as you type."
        ),
        "word-misspelled": "The glossary has no entry {typed:quoted}. Did you mean {near:or}?",
        # years and releases
        "years-run-backwards": "The years run backwards: “from” is {first} and “to” is {last}; swap them.",
        "year-too-early": (
            "UNHCR's asylum figures by country begin in {first}; choose {first} or later,"
            " or ask for refugees."
        ),
        "such-figures-begin": "UNHCR has such figures from {first} on; choose {first} or later.",
        "inhabitants-begin": (
            "Inhabitants are known from {first} on; choose {first} or later, or leave them out."
        ),
        "no-year-before": (
            "Such figures begin in {year}, so no change to that year is known; choose a later one."
        ),
        "release-lacks-dataset": (
            "The release of {release.day} is kept without figures on {measure:within}; ask as of a later"
            " one, or"
            " leave out “as_of”."
        ),
        "year-too-late": "The newest figures in this release are of {newest}; choose {newest} or earlier.",
        "day-unreadable": (
            "I cannot read {typed:quoted} as a day; write it like 2025-11-10, or pick a release from the"
            " list."
        ),
        "no-release-yet": "No release is kept yet; the operator can import one with “python -m bot import”.",
        "releases-begin-later": (
            "The oldest release kept here is of {oldest}; choose that day or a later one."
        ),
        "release-is-first": (
            "{release.label} ({release.day}) is the first release kept, so there is nothing to compare it"
            " with;"
            " choose a later one."
        ),
        "release-changed-nothing": (
            "{release.label} ({release.day}) changed nothing that matches; ask for less, or another release."
        ),
        # figures
        "no-figures-ever": "UNHCR has published no asylum figures on {place}; ask for another country.",
        "figures-of-one-year": "UNHCR has published no asylum figures on {place} for {year}; ask for {only}.",
        "figures-of-other-years": (
            "UNHCR has published no asylum figures on {place} for {year}; ask for a year from {first} to"
            " {last}."
        ),
        "no-figures-that-year": (
            "UNHCR has published no figures on {counted:subject} for {year}; choose another year, measure or"
            " country."
        ),
        "no-figures-in-years": (
            "UNHCR has published no figures on {counted:subject} for {spans:or};"
            " choose other years, another measure or another country."
        ),
        "no-figures-over-years": (
            "UNHCR has published no figures on {counted:subject} {years:during};"
            " choose other years, another measure or another country."
        ),
        "no-decisions": (
            "UNHCR has published no asylum decisions of {place} {years:during};"
            " choose other years or another country."
        ),
        "no-first-instance-decisions": (
            "UNHCR has published no decisions of {place} as first instance {years:during};"
            " leave out “level” for decisions of all levels, or choose other years."
        ),
        "new-applications-begin-later": (
            "UNHCR has not published new applications of {place} {years:during} apart from repeat ones;"
            " choose {first} or later, or another measure, such as applications-all-stages."
        ),
        "no-rate-over-years": (
            "No rate is given on {place} {years:during}, as no year has {least} substantive decisions;"
            " ask for measure:decisions, or choose other years."
        ),
        "no-rate-anywhere": (
            "No country has {least} substantive decisions there in {year}, and no rate is given on fewer;"
            " choose another year or country."
        ),
        "no-rate-ranked": (
            "No {role:one} has {least:,} substantive decisions there in {year}, and none is ranked by a"
            " rate on"
            " fewer; choose another year or country."
        ),
        "no-percent-ranked": (
            "No {role:one} has {least:,} of them to begin with and a figure for {year}, and none is ranked by"
            " percent on fewer; choose another year or country."
        ),
        "none-ranked-per-inhabitant": (
            "No {role:one} has {least:,} of them there in {year}, and none is ranked per inhabitant on fewer;"
            " choose another year or country."
        ),
        "no-change-ranked": (
            "No change from {first} to {last} can be ranked here, as the two years do not count the same;"
            " choose other years, or by:amount."
        ),
        "change-not-ranked": (
            "No change of {of:text} to {year} is ranked, as the two years do not count the same;"
            " choose by:amount."
        ),
        "not-ranked": (
            "There is no rank of {of:text}, as it has no such figure for {year}; choose another year."
        ),
        "rate-not-ranked": (
            "There is no rank of {of:text}, as it has no such figure on {least:,} or more substantive"
            " decisions"
            " for {year}; choose another year."
        ),
        "percent-not-ranked": (
            "There is no rank of {of:text}, as it has no such figure of {least:,} or more to begin with for"
            " {year}; choose another year."
        ),
        "not-ranked-per-inhabitant": (
            "There is no rank of {of:text}, as it has no such figure of {least:,} or more, or no known"
            " inhabitants for {year}; choose another year."
        ),
        "too-small-to-be-ranked": (
            "There is no rank of {of:text}, as it has no such figure of {least} or more for {year};"
            " choose another year."
        ),
        "figure-in-no-release": (
            "No release that is kept has this figure ({place}, {year}); choose another year or measure."
        ),
        "figure-stood-earlier": (
            "{measure:people} {place:where}, {covered:covered}: the release of {release.day} had"
            " {tally:tally},"
            " that of {since.day} has none; add as_of:{release.day:iso} to see it, or choose another year."
        ),
        # groups, and per inhabitant
        "group-beside-itself": "{group:begin} cannot be compared with itself; name another country or group.",
        "not-a-member": (
            "{of} is not among the members of {group:text} {years:during};"
            " name one of them as “of”, or leave out the group."
        ),
        "group-has-no-rank": "{group:begin} has no rank among countries; name one of them as “of”.",
        "group-not-yet": (
            "I know no members of {group:text} {years:during}; choose a year from {first} to {last}."
        ),
        "rate-per-inhabitant": "A rate is a share of decisions, not of inhabitants; leave out “per”.",
        "no-inhabitants": (
            "There are no inhabitants, or no figures in persons, for {place} {years:during}; leave out “per”."
        ),
        # questions
        "counted-where-they-are": (
            "{measure:people} are counted in the country that they are in, by no origin; leave out"
            " “origin” and"
            " name that country as “asylum”."
        ),
        "nowhere-else-to-rank": (
            "{measure:people} are counted in one country, so that there is nothing to rank or map in"
            " {country:text}; leave it out for all countries, or use /asylum trend."
        ),
        "side-is-named": (
            "A ranking or map of {side:many} cannot name one of them; leave out “{side}”, or use /asylum"
            " figures"
            " for a pair."
        ),
        "years-unreadable": "I cannot read {typed:quoted} as years; write them like “2015, 2020, 2024”.",
        "years-beside-span": (
            "Single years and a span do not go together; leave out “years”, or “from” and “to”."
        ),
        "years-too-many": (
            "At most {most} single years are compared; name fewer, or a span with “from” and “to”."
        ),
        "since-runs-backwards": (
            "The years run backwards: “since” is {since} and “year” is {year}; swap them."
        ),
        "stocks-are-not-summed": (
            "Stocks of several years count the same people again, so they are never added up; leave out"
            " “since”,"
            " or choose by:change."
        ),
        "inhabitants-of-one-year": (
            "Per inhabitant, one year is ranked; leave out “since”, or choose by:amount."
        ),
        "rates-ranked-as-they-are": (
            "Rates are ranked as they are; leave out “by:{by}”, or choose another measure."
        ),
        "half-a-year-ranked": (
            "Half of {year} does not compare with a whole year; choose {whole} or earlier, or by:amount."
        ),
        "rank-asked-twice": (
            "“of” asks for a country's place and “position” for the country at one; leave out one."
        ),
        "rank-below-one": "Places are counted from 1; choose 1 for the first, 2 for the second.",
        "rank-too-high": "There are only {count:,} to be ranked; choose a place from 1 to {count:,}.",
        "above-is-negative": "“above” is a number from 0 on; of falls it is how far they fell.",
        "export-names-its-side": (
            "An export by {by} lists every one; leave out “{by}”, or choose by:year for {country:text} alone."
        ),
        "spans-are-the-same": (
            "Both spans are the same years; choose others for “against_from” and “against_to”."
        ),
        "rate-has-no-changes": "A rate changes with its decisions; ask for measure:decisions.",
        "changes-too-small": "Changes are of at least 1; leave “at_least” out for all of them.",
        "button-stale": "This button is from an older version of the bot; ask again with the command.",
        "line-unreadable": "I cannot read {typed:quoted} as a question; write one like “/asylum figures”.",
        "options-unreadable": "I cannot read the options {typed:quoted}; write each once, like “year:2024”.",
        "option-unreadable": "I cannot read {typed:quoted} as “{option}”; see what the command offers.",
        # alerts
        "size-unreadable": (
            "I cannot read {typed:quoted} as a size of change; write a number like 1000, or a share like 10%."
        ),
        "rate-has-no-alerts": "A rate changes with its decisions; subscribe to measure:decisions.",
        "missed-told-already": "That release was posted there already; /alerts explain says when.",
        "subscription-unknown": (
            "There is no subscription {number} here; “/alerts list” shows those there are."
        ),
        "subscription-alike": (
            "Subscription {number} of this channel covers much the same already; edit or remove that one"
            " instead."
        ),
        "server-is-full": (
            "This server has {most} subscriptions, which is the most; remove one that nobody needs."
        ),
        "message-is-full": (
            "This direct message has {most} subscriptions, which is the most; remove one that nobody needs."
        ),
    }
)
"""What people in a chat are told, in their language; names in braces are values, as `_Writer` writes them."""

TOLD_TO_OPERATORS: dict[str, str] = {
    # UNHCR's API: what a request ran into, as a part of a sentence ...
    "api-sent-html": "it sent an HTML page",
    "api-sent-no-json": "it sent a body that is not JSON",
    "api-sent-no-list": "it sent JSON without a list of items",
    "api-sent-half-a-page": "it sent half a page",
    "api-sent-too-much": "it sent more than {megabytes} MB",
    "api-answered": "it answered {status}",
    "api-too-slow": "it did not answer in time",
    "api-out-of-reach": "it cannot be reached",
    "api-cut-off": "the connection was cut",
    "api-broke": "it failed",
    "minutes": "{count} minutes",
    "hours": "{count} hours",
    "days": "more than two days",
    # ... where ...
    "page": "{address}, page {page}",
    "page-by-side": "{address} by {side}, page {page}",
    "places-of-region": "/countries/ of region {region}",
    "row": "{where}, row {row}",
    "at": "{where}: {fault}",
    # ... and what came of it
    "api-failed": (
        "UNHCR's API at {api} failed {times} times at {where}: {why};"
        " the kept figures stay, so try again later, or check the network."
    ),
    "api-refused": (
        "UNHCR's API answered {status} at {address}; check UNHCR_API_BASE,"
        " and whether there is a newer version of this program."
    ),
    "api-asks-for-pause": "UNHCR's API asks not to be asked for {pause}; try again after that.",
    "figures-changed-meanwhile": (
        "UNHCR changed its figures while they were fetched; fetch them again later."
    ),
    "pages-changed": (
        "{where}: there were {before} pages and now there are {now}, so UNHCR is changing its figures;"
        " try again later."
    ),
    "page-is-another": "{where}: the answer says that it is page {page}; it was not taken.",
    "page-not-whole": "{where}: {rows} rows instead of {expected}; the page is not whole.",
    "page-not-asked-for": "{where}: this is not the page that was asked for; try again later.",
    "page-damaged": "{where} was damaged on disk ({why}); try again.",
    "list-on-many-pages": "{where}: {pages} pages instead of one; try again later.",
    "rows-not-counted": "{where}: the answer does not say how many rows there are; try again later.",
    "row-came-before": "{where}: this row came before; the pages do not fit together.",
    "years-out-of-order": "{where}: {year} comes after {newest}; the pages do not fit together.",
    "row-is-no-sum": "{where}: this is not a sum over every “{summed}”.",
    "row-is-no-object": "{where}: this is not an object with each of its fields once.",
    "field-in-no-row": (
        "{where}: no row has the field “{field}”; look whether there is a newer version of this program."
    ),
    "field-unreadable": "{where}: “{field}” is missing, or neither a text nor a whole number.",
    "no-places-listed": "{where}: UNHCR lists no country at all.",
    "place-unreadable": "{where}: “{found}” is no country with a name, or was listed before.",
    "iso-unreadable": "{where}: “{found}” is no ISO code.",
    "region-unreadable": "{where}: “{found}” is no region, or one listed before.",
    "download-not-kept": (
        "The download cannot be kept in {folder} ({why}); make room there, or make it writable."
    ),
    # UNHCR's notes
    "no-notes-listed": "/footnotes/: UNHCR lists no notes at all.",
    "too-many-notes": "UNHCR lists more than {most:,} notes; none of them was taken.",
    "notes-unreadable": ("{refused} of {count} notes cannot be read and were left out (number {numbers})."),
    # releases in folders
    "release-folder-missing": (
        "There is no folder {folder}, nor a ZIP; name the folder or the ZIP that holds the release's tables."
    ),
    "folder-without-day": "{folder} is not named by its day; call it like 2026-06-25_year-end-2025.",
    "folder-implausible": "{folder} looks implausible: {why}.",
    "table-missing": "{folder} has no {table}.csv and no {table}.csv.xz.",
    "download-missing": (
        "{folder} has no “{dataset}” table, with the headings “{first}”, “{second}” … “{last}”;"
        " download it from {address}, with all years and countries."
    ),
    "table-twice": "{first} and {second} are the same table; remove the older one.",
    "table-without-rows": "The “{dataset}” table has no rows at all; nothing was imported.",
    "rows-twice": "The “{dataset}” table has two rows for the same countries and year; get the file anew.",
    "columns-missing": "{file} does not have the columns of UNHCR's “{dataset}” table ({columns}).",
    "column-twice": "{file} does not have the columns of UNHCR's “{dataset}” table (a column twice).",
    "place-columns-missing": "{file} lacks a column of {columns}.",
    "side-columns-missing": "{file} has no column “Country of origin” or “Country of asylum”.",
    "place-without-name": "{file}, line {line}: a country without a code or a name.",
    "file-too-large": (
        "{file} holds more than {megabytes} MB, which no table of UNHCR's does; get the file anew."
    ),
    "file-unreadable": "{file} cannot be read ({why}); get the file anew.",
    # what is taken in
    "release-kept-already": "A release of {day} is kept already; nothing was imported.",
    "figures-unchanged": "The figures are those of {release.label}, unchanged; nothing was imported.",
    "figures-unchanged-but-unread": (
        "What cannot be read was set aside (rows: {count}; the first is line {line} of {table}); for the"
        " rest, the figures are those of {release.label}, and nothing was imported."
    ),
    "figures-of-later-release": (
        "The figures are those of {release.label}, which is kept; nothing was imported."
    ),
    "notes-are-new": "{why} Its notes are new and kept ({notes}).",
    "figures-too-old": (
        "The newest figures are of {newest}, which is too old for a release of {day};"
        " check that day, or this machine's clock."
    ),
    "figures-were-rejected": (
        "These figures were rejected, as the release of {day};"
        " use “python -m bot publish {day}” to take them in all the same."
    ),
    "figures-were-withdrawn": (
        "These figures were withdrawn, as the release of {day};"
        " use “python -m bot publish {day}” to take them in all the same."
    ),
    "figures-in-quarantine": (
        "These figures are already in quarantine, as the release of {day}: use “python -m bot publish {day}”"
        " to publish them, or “python -m bot reject {day}” to discard them."
    ),
    "label-too-long": "A label is one line of at most {most} characters; choose a shorter one.",
    "no-such-release": "There is no published release of “{day}”; “python -m bot releases” lists them.",
    "no-such-doubtful-release": (
        "There is no quarantined release of “{day}”; “python -m bot releases” lists them."
    ),
    "releases-of-one-day": "There are several releases of {day}; name one by its number: {numbers}.",
    "release-is-the-only-one": (
        "{release.label} of {release.day:iso} is the only release there is; import another one first."
    ),
    # syncing
    "totals-of-last-sync": (
        "UNHCR's totals of recent years are those of the last sync; nothing was fetched."
    ),
    "totals-of-what-was-refused": (
        "UNHCR's totals are those of what was refused, so nothing was fetched: {why}"
    ),
    "clock-is-slow": (
        "This machine's clock says {now:moment}, which is before the newest release that is kept"
        " ({newest:moment}); set the clock and sync again."
    ),
    "sync-is-running": "Another process is syncing with UNHCR already; wait until it is done.",
    "bot-is-running": (
        "A bot is running on {path} already, and only one may; stop it first, or set DATABASE_PATH elsewhere."
    ),
    "lock-not-made": (
        "{path} cannot be made ({why}); make it possible to write into its folder,"
        " or set DATABASE_PATH elsewhere."
    ),
    "lock-not-made-now": "{path} cannot be made for the moment ({why}); make room for it, and try again.",
    # the database
    "database-folder-missing": "There is no folder {folder}; create it, or set DATABASE_PATH elsewhere.",
    "database-is-no-file": "{path} is not a file; set DATABASE_PATH to a file.",
    "database-is-empty": "{path} is empty, not a database; delete it or set DATABASE_PATH elsewhere.",
    "database-is-none": "{path} is not an SQLite database; set DATABASE_PATH to another file.",
    "database-is-anothers": "{path} belongs to another program; set DATABASE_PATH to another file.",
    "database-is-read-only": "{path} is read-only; make it writable or set DATABASE_PATH to another file.",
    "database-on-read-only-disk": (
        "{path} is on a read-only file system, where it can be read but not changed;"
        " make that writable, or set DATABASE_PATH elsewhere."
    ),
    "database-read-only-beside-log": (
        "{path} is on a read-only file system, and {log} beside it holds what is not in it yet;"
        " make that writable, or read a backup."
    ),
    "database-is-newer": (
        "{path} was written by a newer version of this program (schema {schema}, this one knows {known});"
        " update the program, or restore a backup that an older one made."
    ),
    "database-is-unfinished": (
        "{path} was made by an unfinished version of this program ({part} is not as released);"
        " go back to that version, restore an older backup, or move it away and start again."
    ),
    "column-of": "{table}, column {column},",
    "database-not-created": (
        "{path} cannot be created ({why}); check its folder and disk, or set DATABASE_PATH elsewhere."
    ),
    "database-not-created-now": (
        "{path} cannot be created for the moment ({why}); make room on its disk, and try again."
    ),
    "database-unreadable": (
        "{path} cannot be read ({why}); check its permissions, or set DATABASE_PATH elsewhere."
    ),
    "database-in-use": "{path} is in use by another process; try again when it is done.",
    "database-fails": (
        "{path} cannot be used as a database ({why});"
        " check its folder and the disk, and whether another process holds it."
    ),
    "state-unreachable": "PostgreSQL cannot be reached ({why}); check STATE_URL, and whether it runs.",
    "state-away": "PostgreSQL did not answer just now; it is asked again in some seconds.",
    "state-address": (
        "STATE_URL is no address that PostgreSQL understands; write it like"
        " postgresql://bot:password@host/asylum."
    ),
    "state-without-driver": (
        "STATE_URL asks for PostgreSQL, and what speaks to it is not installed;"
        " install this program with its extra “postgresql”."
    ),
    "state-is-older": (
        "{path} has taken steps that the state at STATE_URL does not know: it belongs to another one, or that"
        " was restored from a backup. Set STATE_URL as it was, or move the file away and start again."
    ),
    "state-not-empty": (
        "There is something already where shared state is to go; nothing was moved."
        " Empty that database first."
    ),
    "state-in-use": "A process still uses the state at STATE_URL; stop them all first.",
    "duty-lost": "Another process has the duty by now; it goes on with this.",
    "releases-behind": (
        "Another host has done something with a release that is not here yet; try again in some seconds."
    ),
    "state-is-newer": (
        "PostgreSQL has tables of a newer version of this program (schema {schema}, this one knows {known});"
        " update the program."
    ),
    "database-damaged": "{path} is damaged ({why}); restore a backup, or move it away and start again.",
    "database-damaged-beside-log": (
        "{path} is damaged ({why}); if it was put in place of another file, {log} and {shared} beside it are"
        " left of that one: stop the bot, move both away, and start again."
        " Otherwise restore a backup, or move it away and start again."
    ),
    "log-without-database": (
        "{log} is left of a database that is gone and would spoil a new one;"
        " delete it, or put the database back."
    ),
    # backups
    "backup-of-nothing": "There is no database {path} to copy; set DATABASE_PATH to the one you use.",
    "restore-of-nothing": "There is no backup {path}; name the file that “python -m bot backup” made.",
    "restore-of-no-backup": (
        "{path} is no backup of this program's; name the file that “python -m bot backup” made."
    ),
    "backup-of-damaged": (
        "{path} is damaged, and {target} was left as it is; use “python -m bot verify” first."
    ),
    "restore-of-damaged": "{path} is damaged, and {target} was left as it is; restore another backup.",
    "backup-on-itself": "{target} is the database itself; choose another place for the backup.",
    "backup-on-another-file": (
        "{target} is there and no backup of this program's; it was left alone, so name another file."
    ),
    "backup-folder-missing": "There is no folder {folder}; create it, or choose another place.",
    "backup-not-written": "{target} cannot be written ({why}); choose another place for the backup.",
}
"""What an operator reads, in the shell and in the log, which are in English."""

SENTENCES: dict[str, str] = {**TOLD_TO_ASKERS, **TOLD_TO_OPERATORS}
"""What is said of each code."""


class Refusal(Unanswerable):
    """What the bot itself refuses, in a sentence of its own."""

    def __init__(self, sentence: str) -> None:
        super().__init__("refused-by-the-bot", sentence=sentence)
        self.sentence = sentence

    def __str__(self) -> str:
        return self.sentence


def say(phrase: Phrase) -> str:
    """Put a failure, or a part of one, into words."""
    if isinstance(phrase, Refusal):
        return phrase.sentence
    return _WRITER.vformat(TOLD_TO_ASKERS.get(phrase.code) or SENTENCES[phrase.code], (), phrase.values)


class _Writer(Formatter):
    """Writes values in places like `{typed:quoted}`: as what they are, or as the place says."""

    def format_field(self, value: Any, spec: str) -> str:
        if spec in _WRITTEN:
            return _WRITTEN[spec](value)
        return digits(format(value, spec)) if spec else _write(value)


def _write(value: Any) -> str:
    match value:
        case Phrase():
            return say(value)
        case Country() | Group():
            return name(value)
        case Place():
            return _describe(value)
        case date():
            return say_day(value)
        case (int(first), int(last)):
            return f"{first}" if first == last else f"{first}–{last}"
        case _:
            return str(value)


def _describe(place: Place) -> str:
    """Name a place within a sentence."""
    if place.origin and place.asylum:
        return _("the pair {origin} → {asylum}", origin=place.origin, asylum=place.asylum)
    if place.origin:
        origin = name(place.origin, "text") if place.origin.is_country else f"“{name(place.origin)}”"
        return _("{origin} as an origin", origin=origin)
    if isinstance(place.asylum, Group):
        return _("countries of asylum {group:in}", group=place.asylum)
    if place.asylum:
        return _("{country:text} as a country of asylum", country=place.asylum)
    return _("all countries together")


def _write_either(values: list[Any]) -> str:
    return say_either(map(_write, values))


def _write_during(years: tuple[int, int]) -> str:
    first, last = years
    if first == last:
        return _("for {year}", year=first)
    return _("from {first} to {last}", first=first, last=last)


def _write_moment(moment: datetime) -> str:
    return f"{moment:%d %B %Y, %H:%M UTC}"


_WRITTEN: dict[str, Callable[[Any], str]] = {
    "quoted": quote,
    "or": _write_either,
    "during": _write_during,
    "moment": _write_moment,
    "iso": date.isoformat,
    "people": SUBJECTS.__getitem__,
    "within": lambda measure: SUBJECTS_WITHIN[measure],
    "where": say_place,
    "begin": lambda area: capitalise(name(area, "text")),
    "text": lambda area: name(area, "text"),
    "subject": lambda counted: say_counted(counted[0], counted[1], "", within=True),
    "covered": lambda covered: say_covered(*covered),
    "tally": lambda tally: say_tally(Measure.DECISIONS, tally),
    "one": lambda role: name_sides(role, 1),
    "many": lambda role: name_sides(role, 2),
}
_WRITER = _Writer()
