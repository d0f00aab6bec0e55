"""What is written around a question: marks, labels of lists, who is asked in a parliament."""

from __future__ import annotations

import re
from collections.abc import Callable

_MARKS = re.compile(
    r"<(?:@[!&]?|#|a?:(?!(?:wom[ae]n|m[ae]n|girls?|boys?|child|kids?|bab(?:y|ies))\b)\w{1,40}:|t:|/[^<>\n]{1,40}:)[^<>\s]{0,40}>|https?://\S{1,300}|[*_`~|>]{1,3}"
)
_LABEL = re.compile(
    r"^\W{0,3}(?:(?:(?:frequently asked |quick |short |key |common )?(?:questions?|answers?|facts?)|q|a|faqs?"
    r"|q ?& ?a|query|fact[ -]?check|pq)(?: ?(?:no\.? ?|#)?\d{1,6})? ?(?:[:.)—–]|-(?= ))"
    r"|\d{1,3}[.)]|\d{4}[.)](?=\s+(?:to ask|deputy|senator|mrs?|ms|dr)\b))\s+(?=\w)"
    r"|\((?:\d|[a-h]|i{1,3})\)\s?",
    re.IGNORECASE,
)
_SAID_BEFORE = re.compile(
    r"^(?:(?:best|short) answer|poll|survey|trivia|quiz|(?:serious|honest|genuine) question"
    r"|serious|quick one|eli5|til|cmv|psa|re|topic|subject|title|headline|update|edit|help|bot)"
    r"\s*[:–—-]\s+(?=\w)",
    re.IGNORECASE,
)
"""What is set before a question in a forum or a chat: “Best answer: how many …”."""
_OFFICE = (
    r"(?:(?:the |his |her |my )?(?:right )?(?:hon(?:ou?rable|\.)? )?(?:friend,? )?(?:the )?"
    r"(?:(?:deputy |prime |first |federal |home |interior |immigration |justice )*ministers?\b"
    r"|secretary of state\b|(?:home|foreign) secretary\b|home office\b"
    r"|(?:(?:his|her) majesty['’]s )?government\b|(?:european )?commission(?:er)?\b|council\b"
    r"|t[aá]naiste\b|taoiseach\b|department of\b)[^?:;]{0,160}?)"
)
_QUESTION = (
    r"(?=\b(?:how (?:many|much|has|have)|what|which|who|where|whether|the (?:total )?(?:numbers?|percentage"
    r"|proportion|share|top|countries|nationalit(?:y|ies))|(?:if|whether) there)\b)"
)
_ADDRESSED = re.compile(
    rf"^(?:(?:question )?(?:for )?(?:oral|written|priority) (?:answer|question)(?: \S{{3,14}})? to {_OFFICE}"
    rf"|(?:(?:[^,.?:;]{{0,60}}[ ,])?(?:to )?ask(?:ed|s|ing)?|(?:can|could|will|would|may) (?:i ask )?)"
    rf"\W{{0,2}}{_OFFICE})\W{{0,3}}{_QUESTION}",
    re.IGNORECASE,
)
_FORMAL = re.compile(
    r"[,;]? (?:and )?(?:if|whether) (?:he|she|they|the minister) (?:will|can|could|would)"
    r" (?:make a statement(?: on (?:the|this) (?:matter|issue))?\b(?! on the)"
    r"|(?:publish|provide|set out|outline|detail)[^.?]{0,60})|[,;]?(?: all)? in (?:a )?tabular form\b"
    r"|[,;]? (?:pursuant|further|with reference|in reply) to (?:the |his |her |your |my )?"
    r"(?:oral |written )?(?:answers?|questions?|statements?|parliamentary questions?)\b[^?]{0,120}?,"
    r"|\s*\[(?!(?:19|20)\d\d/)\d{2,6}/\d{2,4}\]\s*$|,? by any chance\b,?",
    re.IGNORECASE,
)
_PLUS = re.compile(r"\b(EU|European Union) plus (?=(?:the )?[A-Z])")
"""More than the EU is added up here: “EU plus” alone is the name of another group."""
_EU = re.compile(r"\bEurope(?:an(?: Union)?)? \(EU\)", re.IGNORECASE)
_TRUE_OR_FALSE = re.compile(
    r"^\W*(?:true or false|t or f|t/f|fact or (?:fiction|myth)|myth or fact)\W+", re.IGNORECASE
)
_RHETORICAL = re.compile(
    r"^(\W*(?:(?:so|and|but|well),? )?(?:is|are|was|were|do|does|did|has|have|had))n['’]?t\b", re.IGNORECASE
)
"""“Isn't Germany first?” asks what “is Germany first?” does."""
_TAIL = re.compile(
    r"[,;.–—-]?\s+(?:(?:is|are|was) (?:he|she|that|this|it|they) "
    r"|(?:right|correct|true|really|yes|no|or what|still true|true or false|fact or fiction)\b[?.!]*(?=\W*$))"
    r"(?:(?:really|actually|lying|bullshitting|bluffing|joking|kidding|exaggerating|right|wrong|true|false"
    r"|correct|accurate|serious|real|so|or|what|not|no|then|a lie|fake news)\b ?)*\W*$",
    re.IGNORECASE,
)
"""What is asked at the end of what was said: “…, is that true or what?”."""
_IS_IT_SO = re.compile(
    r"^\W*(?:is it|it is|it['’]s) (?:really |actually )?(?:right|correct|true|the case|a fact|so) that\s+",
    re.IGNORECASE,
)
_STATES = re.compile(
    r"^(?!\W*(?:so,? |and |but )?(?:wh|how|is|are|was|were|do|does|did|has|have|had|can|could|please|show"
    r"|give|list|compare)\b|[^?]*\b(?:how (?:many|much)|which|what|who|where|when|why)\b)[^?]*"
    r"\b(?:has|have|had|is|are|was|were|hosts?|hosted|come|comes|came|lives?|lived|takes?|took"
    r"|receive[sd]?|gets?|got|reject(?:s|ed)?|accept(?:s|ed)?|grant(?:s|ed)?|f[ae]ll|rose|risen|grew|dropped"
    r"|(?:doubl|halv|tripl|increas|decreas)ed)\b",
    re.IGNORECASE,
)
_DENIED = re.compile(r"\b(?:wrong|false|lie|fake|lying|bluffing|joking|kidding)\b", re.IGNORECASE)
_OPTION = re.compile(r"(?:^|[\s;,]{1,3})\(?(?-i:[a-e]|[A-E])[.):]\s+")
"""What stands before each of several answers to choose from."""
_PICTURES = {
    ord(picture): f" {word} "
    for word, pictures in (
        ("women", "👩♀👧🤰👵🧕"), ("men", "👨♂👦👴"), ("children", "👶🧒"), ("families", "👪"),
    )
    for picture in pictures
}  # fmt: skip
"""Pictures that stand for whom is asked about."""
_CHAT = {
    "ppl": "people", "u": "you", "ur": "your", "r": "are", "rn": "right now", "atm": "at the moment",
    "yr": "year", "yrs": "years", "govt": "government", "gov": "government", "bc": "because",
    "cuz": "because", "thru": "through", "wat": "what", "wut": "what", "whats": "what is",
    "wheres": "where is", "hows": "how is", "hm": "how many", "hmny": "how many", "manny": "many",
    "hw": "how", "wich": "which",
    "appl": "applications", "apps": "applications", "b4": "before", "tho": "though", "nr": "number",
    "num": "number", "nums": "numbers", "avg": "average", "pct": "percent", "btwn": "between",
    "pop": "population",
}  # fmt: skip
"""Words as they are typed in a chat."""
_CHATTED = re.compile(rf"(?<![\w.&'’/-])(?:{'|'.join(map(re.escape, _CHAT))})(?![\w.&'’/-])")
_PARTS = {
    "third": "three", "fourth": "four", "fifth": "five", "sixth": "six", "seventh": "seven",
    "eighth": "eight", "ninth": "nine", "tenth": "ten",
}  # fmt: skip
_CONTINENT = r"(?:which|what) (?:continents?|(?:world )?regions?(?: of the world)?)"
_ORDERED = re.compile(
    r"^(?:the )?(?:(?P<few>fewest|least|smallest number of)|most|(?:largest|highest) number of)\b ?",
    re.IGNORECASE,
)


def _ask_whence(said: str, when: str) -> str:
    """Ask from which continent more of them come, or fewer."""
    ordered = _ORDERED.match(said)
    more = "fewer" if ordered and ordered["few"] else "more"
    who = said[ordered.end() :] if ordered else said
    return f"do {more} {who} come from Africa, the Americas, Asia, Europe or Oceania{when}?"


_SHORTENED: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"(?<=\w) v\.? (?=\w)", re.IGNORECASE), " vs "),
    (re.compile(r"(?<=\w) (are|is|were|was|do|does|did|have|has)n['’]t\b", re.IGNORECASE), r" \1 not"),
    (re.compile(r"(?:\bn(?:o|r|os|um)\.|#) ?of\b", re.IGNORECASE), "number of"),
    (re.compile(r"\b((?:as[ck]|appl|look|fil)\w*) 4\b", re.IGNORECASE), r"\1 for"),
    (re.compile(r"\b(c[ao]me|w[ea]nt|go|going|fled|moved) 2\b", re.IGNORECASE), r"\1 to"),
    (
        re.compile(
            rf"^\W*{_CONTINENT} (?=(?:hosts?|ha[sd]|have|shelters?|receive[sd]?|gets?|got"
            r"|takes? in|took in|accept(?:s|ed)?)\b)(.{4,80}?)\W*$",
            re.IGNORECASE,
        ),
        r"who \1: Africa, the Americas, Asia, Europe or Oceania?",
    ),
    (
        re.compile(
            rf"^\W*{_CONTINENT} (?:(?:have |has )?(?:produce[sd]?|generate[sd]?|sends?|sent) (.{{4,80}}?)"
            r"|(?:do|does|did|have) (.{4,60}?) come from(.{0,30}?))\W*$",
            re.IGNORECASE,
        ),
        lambda hit: _ask_whence(hit[1] or hit[2], hit[3] or ""),
    ),
    (
        re.compile(
            r"\b(?:by|per|(?:for|in) (?:each|every)|on each) (?:continent|(?:world|un) region)s?\b",
            re.IGNORECASE,
        ),
        "in Africa, the Americas, Asia, Europe and Oceania",
    ),
    (
        re.compile(
            r"\b(more|fewer|less) ((?:[a-z-]+ ){1,4}?)than (?!(?:19|20)\d\d\b)"
            r"((?:a|one|half a|\d[\d.,]*)(?: hundred)?(?: (?:thousand|million))|\d[\d.,]*\d)(?= |\W*$)",
            re.IGNORECASE,
        ),
        r"\1 than \3 \2",
    ),
    (  # “one refugee for how many Germans”
        re.compile(
            r"\b(?:one|1|a) (refugee|asylum[ -]seeker) (?:for|per|to|in|among) (?:every )?how many (\w+)\b",
            re.IGNORECASE,
        ),
        r"one in how many \2 is a \1",
    ),
    (re.compile(r"\bevery second (?=refugee|asylum|applica|claim|person)", re.IGNORECASE), "one in two "),
    (re.compile(r"\bout of (?=all|every|the total)", re.IGNORECASE), "of "),
    (
        re.compile(rf"\bevery ({'|'.join(_PARTS)}) ", re.IGNORECASE),
        lambda hit: f"one in {_PARTS[hit[1].casefold()]} ",
    ),
    (  # “how many Ukrainians are in Poland and how many in Germany?”
        re.compile(
            r"^(?!.*\b(?:refugee|asylum|appl|claim|displac|idps?\b|stateless|reject|grant|accept))(.*?),? and"
            r" how many (?:are |live |were )?(?=in [^,;.?!]{3,40}\??$)",
            re.IGNORECASE,
        ),
        r"\1 and ",
    ),
    (
        re.compile(r"\b(?:(?:at|by|as of) )?(?:the )?end of june,? ((?:19|20)\d\d)\b", re.IGNORECASE),
        r"on 30 June \1",
    ),
    (re.compile(r"\bthan (?:the )?(rich|poor)(?:er)?(?: ones)?\b", re.IGNORECASE), r"than \1 countries"),
    (re.compile(r"\bF\.?Y\.?[ -]?(?:20)?(\d\d)\b", re.IGNORECASE), r"fiscal year 20\1"),
)
"""Short forms with what they stand for: “Germany v. Sweden”, “asked 4 asylum”, “which continent”, “FY22”."""
_UNITS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS = (
    "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_VALUES = {
    **{word: value for value, word in enumerate(_UNITS, 1)},
    **{word: value for value, word in enumerate(_TEENS, 10)},
    **{word: value * 10 for value, word in enumerate(_TENS, 2)},
}
_CENTURIES = {"nineteen": 1900, "twenty": 2000}
_WRITTEN_YEAR = re.compile(
    r"(?<![\w-])(?:(?P<century>nineteen|twenty)(?: hundred)?(?: and)?|two thousand(?: and)?)[ -]"
    rf"(?P<rest>(?:{'|'.join(_TENS)})(?:[ -](?:{'|'.join(_UNITS)}))?|{'|'.join(_TEENS)}"
    rf"|(?(century)oh? )(?:{'|'.join(_UNITS)}))(?![\w-])(?! (?:thousand|hundred|million|per ?cent|%))",
    re.IGNORECASE,
)
"""Years in words: “two thousand twenty”, “twenty fifteen”, “nineteen ninety-two”."""
_ARROW = re.compile(r"(?<=[\w)])\s*(?:→|➡\ufe0f?|⟶|[-=]{1,2}>)\s*(?=\w)")
_THEN = re.compile(
    r"\b((?:more|fewer|less|higher|lower|larger|bigger|smaller|greater)\b(?:(?!\b(?:and|but)\b)[^,.;:?!]){0,60}?)"
    r"\bthen\b(?= (?!did\b|how\b|what\b|which\b|who\b|where\b)\w)",
    re.IGNORECASE,
)
"""“Than” as it is often misspelt: “more refugees then Jordan”."""
_FIGURE = re.compile(r"\W*\d[\d.,]*%?(?:\s(?:thousand|million|billion|people|per ?cent))*\W*", re.IGNORECASE)
_WHOSE = (
    (re.compile(r"\bhome |majesty|secretary of state for", re.IGNORECASE), "in the UK, "),
    (re.compile(r"t[aá]naiste|taoiseach|minister for justice\b", re.IGNORECASE), "in Ireland, "),
)
"""Offices that have their country in their names."""


def clean(text: str) -> str:
    """Leave the question alone; for the minister who is asked put his country, where it is known."""
    text = _ARROW.sub(" to ", text.translate(_PICTURES))
    text = " ".join(_MARKS.sub(" ", _list_options(text)).split())
    text = _WRITTEN_YEAR.sub(_write_year, text)
    text = _THEN.sub(r"\1than", _CHATTED.sub(lambda typed: _CHAT[typed[0]], text))
    for form, meant in _SHORTENED:
        text = form.sub(meant, text)
    text = _TRUE_OR_FALSE.sub("Is it true that ", _EU.sub("EU", text))
    text = _PLUS.sub(r"\1 and plus ", text).replace("EU+", "EU plus")
    text = _RHETORICAL.sub(r"\1", _ask_whether(_strip(text), _TAIL.search(text)))
    return _ADDRESSED.sub(lambda asked: _name_country(asked[0]), text)


def _write_year(said: re.Match[str]) -> str:
    """Write a year in digits where there may be figures of it."""
    century = _CENTURIES[(said["century"] or "twenty").casefold()]
    year = sum(_VALUES.get(word, 0) for word in re.split(r"[ -]", said["rest"].casefold()))
    return str(century + year)


def _ask_whether(text: str, tail: re.Match[str] | None) -> str:
    """Put before what is stated that it is asked whether it is so: “Germany has more, right?”."""
    text = _IS_IT_SO.sub("Is it true that ", text)
    asked = tail is not None and not _DENIED.search(tail[0])
    return f"Is it true that {text}" if asked and _STATES.match(text) else text


def _list_options(text: str) -> str:
    """Write answers to choose from as a list, “Kenya or Chad”; figures among them ask for nothing more."""
    marks = list(_OPTION.finditer(text))
    letters = "".join(each[0].strip(" (.):;,").casefold() for each in marks)
    asked = bool(marks) and text[: marks[0].start()].rstrip().endswith(("?", ":"))
    if not asked or len(marks) < 2 or not "abcde".startswith(letters):  # noqa: PLR2004 - something to choose
        return text
    question, *options = _OPTION.split(text)
    if all(map(_FIGURE.fullmatch, options)):
        return question
    return text if any(map(str.isdecimal, "".join(options))) else f"{question} {' or '.join(options)}"


def asks_a_minister(text: str) -> bool:
    """Say whether a minister is asked whose country nobody could tell."""
    asked = _ADDRESSED.match(_strip(" ".join(text.split())))
    return asked is not None and not _name_country(asked[0])


def _strip(text: str) -> str:
    """Take labels and numbers off, of the text and of the parts of its question, and what is always said."""
    return _TAIL.sub("?", _FORMAL.sub("", _SAID_BEFORE.sub("", _LABEL.sub("", _LABEL.sub("", text)))))


def _name_country(asked: str) -> str:
    return next((where for office, where in _WHOSE if office.search(asked)), "")
