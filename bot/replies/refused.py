"""Why a question in plain words is not answered, or what it leaves open: a sentence for each code."""

from __future__ import annotations

from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING

from bot.languages import _
from bot.words import say_day
from bot.words.measures import NAMES
from data.model import Country, Measure
from data.reading.ask import EXAMPLES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from data.reading.ask import Doubtful, Refused

REASONS: Mapping[str, str] = MappingProxyType(
    {
        "long": "That is too long for a question; /asylum check reads whole texts.",
        "claim": "{said} is a figure to be checked: give the sentence to /asylum check.",
        "nothing": "I find no question on refugees or asylum in that.",
        "unknown": "I do not understand {said} here, and it might change the figure.",
        "omitted": "I cannot answer that with {said} in it.",
        "unlisted": "UNHCR's statistics do not list {name}.",
        "former": "UNHCR's statistics do not list {former}: look under {now}.",
        "onward": "These figures tell where people are from and where they are, not their way between.",
        "both": "These figures count each group by itself, not people who belong to two.",
        "none": "I rank those that have a figure, and cannot list those that have none.",
        "several-parts": "The first of those questions can be taken in several ways: ask one at a time.",
        "part": "{said} is inside {country}; these figures are of whole countries.",
        "unasked": "I know figures: how many, which countries, since when, per how many.",
        "whose": "The question does not say whose minister is asked: name the country.",
        "unrelated": "I do not see how these countries belong together: list them, or write “from” and “in”.",
        "goes-on": "That goes on from an answer: reply to it and mention me, or ask all of it.",
        "inside": "These figures are of whole countries: they do not tell where in one people live.",
        "no-entry": "The glossary has no entry {term}; /asylum define lists all.",
        "several-measures": "Several things are counted there; ask for one of them.",
        "several-places": "That needs a single country, or one origin in one country of asylum.",
        "many-places": "At most {most} places can be compared at once; name fewer.",
        "begins-later": "UNHCR's figures on this begin in {first}.",
        "year-to-come": "There are no figures for {year} yet: the newest are of {newest}.",
        "day": "UNHCR counts people on 30 June and 31 December: there are no figures for {day}.",
        "two-halves": "Ask about one half-year at a time, and beside no whole year: they do not compare.",
        "no-mid-year": "I keep no mid-year release of {year}; ask for the whole year.",
        "no-year-end": "There is no year-end figure of {year} yet; ask for mid-{year}.",
        "months": "UNHCR's figures are per calendar year: there are none per month, quarter or fiscal year.",
        "sexes": "I have no figures by sex or age, only totals.",
        "groups": "These figures are by country, not by ethnic group, religion or occupation.",
        "cities": "These figures are of whole countries: there are none of cities, states or provinces.",
        "migrants": "These figures are on refugees and asylum, not on migration, visas or border crossings.",
        "transfers": "These figures do not cover deportations, transfers or relocations.",
        "temporary": "Temporary protection and permits are not told apart in these figures.",
        "things": "These figures count people, their claims and decisions on them, and nothing else.",
        "time": "I have no figures on how long claims take, nor on how many years something lasted.",
        "reasons": "I can say how many, not why, nor what to think of it.",
        "future": "I know what UNHCR has published, not what is to come.",
        "money": "These figures are on people, not on money.",
        "wealth": "I have no figures on wealth.",
        "jobs": "These figures say nothing about work or schooling.",
        "crime": "These figures do not cover crime, detention, camps or deaths.",
        "lawyers": "These figures do not tell appeals, courts, interviews or reception apart.",
        "housing": "These figures do not say where people are housed.",
        "ages": "I have no figures by sex or age, only totals.",
        "forced": "UNHCR's totals of people displaced or of concern are in no table; their parts are.",
        "newly": "These figures count everyone displaced on a given day, not the newly displaced.",
        "stayed": "These figures count claims rejected in a year, not people who stayed.",
        "classed": "I have no list of those, only of high-income, low-income and least developed countries.",
        "regions": "I rank countries, not regions; a region has a figure of its own if you name it.",
        "each-country": "I cannot say that of each country, or of all years, at once: a ranking has a year.",
        "two-figures": "I cannot hold two figures of one country against each other: ask for each.",
        "nationality": "These figures count refugees who were naturalised, not stateless people.",
        "typical": "I do not average over countries: ask for a group, a ranking or figures per inhabitant.",
        "unsettled": "These figures count people who were resettled, not quotas or those still waiting.",
        "climate": "These figures do not say why people fled.",
        "conflicts": "These figures are by country: they do not tell conflicts apart.",
        "schemes": "Schemes and programmes are not told apart in these figures.",
        "hotels": "These figures do not say where people are housed.",
        "exclude": "I cannot leave something out of a figure; ask for what you do want.",
        "include": "I cannot say what is included there: ask for each by itself.",
        "negated": "With a “not” in it I may read a question the wrong way round: ask it without.",
        "undated": "{said} names no year, and these are counted by year: say from which.",
        "repeat": "I have no figure of repeat claims alone; “applications at all stages” include them.",
        "advice": "I know figures, not law or advice: help.unhcr.org has that.",
        "procedure": "I know figures, not procedures or policies: help.unhcr.org has those.",
        "unhcr": "I have UNHCR's figures on people, not on its own staff or budget.",
    }
)
"""Every code of `data.reading.ask` that refuses."""

LANGUAGES: Mapping[str, str] = MappingProxyType(
    {
        "de": "Ich verstehe Fragen nur auf Englisch; die Befehle mit / nehmen Ländernamen auf Deutsch.",
        "fr": "Je ne comprends que l'anglais ; les commandes / acceptent les noms de pays en français.",
        "es": "Solo entiendo preguntas en inglés; los comandos / aceptan nombres de países en español.",
        "it": "Capisco solo domande in inglese; i comandi / accettano i nomi dei paesi in italiano.",
        "pt": "Só entendo perguntas em inglês; os comandos / aceitam nomes de países em português.",
        "nl": "Ik begrijp alleen vragen in het Engels; de /-opdrachten nemen landnamen in het Nederlands.",
        "tr": "Soruları yalnızca İngilizce anlıyorum; / komutları ülke adlarını Türkçe kabul eder.",
        "ar": "أفهم الأسئلة بالإنجليزية فقط؛ أوامر / تقبل أسماء البلدان بالعربية.",
        "ru": "Я понимаю вопросы только на английском; команды / принимают названия стран на русском.",
        "uk": "Я розумію запитання лише англійською; команди / приймають назви країн українською.",
        "sv": "Jag förstår bara frågor på engelska; kommandona med / tar landsnamn på svenska.",
        "pl": "Rozumiem tylko pytania po angielsku; polecenia / przyjmują nazwy krajów po polsku.",
        "cs": "Rozumím jen otázkám v angličtině; příkazy / berou názvy zemí v češtině.",
        "da": "Jeg forstår kun spørgsmål på engelsk; kommandoerne med / tager landenavne på dansk.",
        "fi": "Ymmärrän vain englanninkielisiä kysymyksiä; /-komennoissa maiden nimet voivat olla suomeksi.",
        "el": "Καταλαβαίνω ερωτήσεις μόνο στα αγγλικά· οι εντολές / δέχονται ονόματα χωρών στα ελληνικά.",
        "hu": "Csak angol kérdéseket értek; a / parancsok magyar országneveket is elfogadnak.",
        "ro": "Înțeleg doar întrebări în engleză; comenzile / acceptă numele țărilor în română.",
        "fa": "پرسش‌ها را فقط به انگلیسی می‌فهمم؛ فرمان‌های / نام کشورها را به فارسی می‌پذیرند.",
        "zh": "我只能理解英文问题；/ 命令接受中文国名。",
        "ja": "質問は英語のみ対応しています。/ コマンドでは日本語の国名が使えます。",
        "ko": "질문은 영어로만 이해합니다. / 명령은 한국어 나라 이름을 받습니다.",
        "hi": "मैं केवल अंग्रेज़ी के सवाल समझता हूँ; / कमांड देशों के हिन्दी नाम लेते हैं।",
    }
)
"""The refusal of a question in each language, and what works in it."""

DOUBTS: Mapping[str, str] = MappingProxyType(
    {
        "forced": "UNHCR's total of all who are displaced is in no table; these parts of it overlap.",
        "name": "{said} can mean more than one country. Which do you mean?",
        "people": "That can be counted in several ways. Which do you mean?",
        "several": "That can be read in several ways. Which do you mean?",
    }
)
"""Every code of `data.reading.ask` that asks back."""

REMARKS: Mapping[str, str] = MappingProxyType(
    {
        "month": "There are no figures by month: whole years are counted, {said} is left out.",
        "grounds": "Grounds are not told apart in these figures.",
        "withdrawn": "Withdrawn claims are among all that were closed without a decision.",
        "subsidiary": "Complementary protection is any other than refugee status: subsidiary, humanitarian.",
        "stock": "UNHCR counts who lives there on a day, not who came in a year.",
        "went-home": "UNHCR counts those who returned home, not all who left.",
        "claimed": "{said} is not judged here: /asylum check does that.",
        "years-together": "These years are ranked together, not each by itself.",
        "merits": "Rates are shares of the decisions on the merits; claims closed otherwise are left out.",
        "summed": "Those who are there on a day are not added up over years: they would be counted again.",
        "begins": "UNHCR's figures on this begin in {said}.",
        "undated": "{said} names no year: name one to compare with.",
        "migrants-too": "Migrants are not in these figures.",
        "misspelt": "{said} was taken for a misspelt name.",
        "passed-over": "Passed over: {said}.",
    }
)
"""Every code of `data.reading.ask` that is told beside an answer."""


def say_refusal(refused: Refused) -> str:
    """Say why, and what works instead."""
    if refused.reason == "language":
        return LANGUAGES[str(refused.values["language"])]
    words = {name: _say(value) for name, value in refused.values.items()}
    said = REASONS[refused.reason].format(**words)
    if likely := refused.values.get("likely"):
        said = _("{said} Did you mean {say}?", said=said, say=_say(likely))
    if refused.offers:
        return _("{said} What I can answer:", said=said)
    return _(
        "{said} Try for example: {list}", said=said, list=" · ".join(f"“{example}”" for example in EXAMPLES)
    )


def say_doubt(doubtful: Doubtful) -> str:
    """Ask what is left open."""
    return DOUBTS[doubtful.doubt].format(said=doubtful.said)


def say_remark(code: str, said: str) -> str:
    """Say how a part of the question was taken."""
    return (REMARKS[code] if code in REMARKS else REASONS[code]).format(said=said)


def _say(value: object) -> str:
    match value:
        case Country(text=text):
            return text
        case Measure():
            return NAMES[value]
        case (*first, last) if first:
            return _("{list} or {say}", list=", ".join(map(_say, first)), say=_say(last))
        case (last,):
            return _say(last)
        case date():
            return say_day(value)
        case _:
            return str(value)
