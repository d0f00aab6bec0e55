"""What the commands may ask for. Built once, in `bot.assembly`."""

from __future__ import annotations

from dataclasses import dataclass

from bot.alerts.messages import Alerting
from bot.charts.studio import Studio
from bot.chat.switches import Hearing
from bot.chat.workshop import Workshop
from data.alerts import Alerts
from data.answers import Answers
from data.countries import Atlas
from data.glossary import Glossary


@dataclass(frozen=True, slots=True)
class Services:
    """Everything a cog is given."""

    countries: Atlas
    answers: Answers
    studio: Studio
    hearing: Hearing
    glossary: Glossary
    alerts: Alerts
    alerting: Alerting
    workshop: Workshop
