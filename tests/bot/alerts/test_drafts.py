"""A draft in a button: it comes back as it was, and fits."""

from __future__ import annotations

import re

import discord
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.alerts.proposals import CancelButton, ConfirmButton, read_draft, write_draft
from bot.sentences import say
from data.countries import Atlas
from data.errors import Unanswerable
from data.model import Country, Measure, Nature, Place, RevisionKind
from data.state.model import Destination, Draft, Filter, Threshold, read_threshold
from tests.nonsense import check_sentence, nonsense

ATLAS = Atlas.load()
SERVER = 1191168914252365824
snowflakes = st.integers(1, 2**63 - 1)  # more is no number that a database holds
countries = st.none() | st.sampled_from(ATLAS.countries())
thresholds = st.builds(Threshold, st.integers(1, 999_999_999)) | st.integers(1, 999_999).map(
    lambda hundredths: read_threshold(f"{hundredths / 100:.2f}%")
)
drafts = st.builds(
    Draft,
    st.builds(Destination, snowflakes, st.just(SERVER)),
    st.builds(
        Filter,
        st.builds(Place, countries, countries),
        st.none() | st.sampled_from([each for each in Measure if each.nature is not Nature.RATE]),
        st.frozensets(st.sampled_from(RevisionKind)),
        thresholds,
    ),
    st.none() | snowflakes,
    st.sampled_from(["en", "zh-CN"]),
    st.booleans(),
)


@given(drafts)
def test_every_draft_comes_back_as_it_was_and_fits_a_button(draft: Draft) -> None:
    text = write_draft(draft)

    assert read_draft(text, ATLAS, SERVER) == draft
    button = ConfirmButton(text).item
    assert len(button.custom_id or "") <= 100
    found = re.fullmatch(ConfirmButton.__discord_ui_compiled_template__, button.custom_id or "")
    assert found is not None
    assert found["draft"] == text


def test_the_longest_draft_fits() -> None:
    longest = max((c.code for c in ATLAS.countries()), key=len)
    country = Country(longest, None, None, longest, longest)
    wanted = Filter(Place(country, country), Measure.PENDING, frozenset(RevisionKind), Threshold(share=99.99))
    text = write_draft(Draft(Destination(2**63 - 1, SERVER), wanted, 2**63 - 1, "zh-CN", publish=True))

    assert len(text) <= 88


@pytest.mark.parametrize(
    "text",
    [
        "",
        ":",
        "a:b:c:d:e:f:g",
        "c.-.*~*.-.1.-:0:1:1:-:en",
        "c.-.*~NOWHERE.-.1.-:0:1:1:-:en:-",
        "f.*~*.-.-:0:1:1:-:en:-",
    ],
)
def test_what_this_version_does_not_understand_is_a_sentence(text: str) -> None:
    with pytest.raises(Unanswerable) as refused:
        read_draft(text, ATLAS, SERVER)
    check_sentence(say(refused.value))


def test_nonsense_is_a_sentence() -> None:
    for text in nonsense("drafts", 300):
        with pytest.raises(Unanswerable) as refused:
            read_draft(text, ATLAS, SERVER)
        check_sentence(say(refused.value))


def test_cancel_is_not_taken_for_confirm() -> None:
    assert re.fullmatch(ConfirmButton.__discord_ui_compiled_template__, CancelButton().custom_id) is None
    assert isinstance(CancelButton().item, discord.ui.Button)
