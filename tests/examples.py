"""How many examples a law over generated values draws: three tenths of them, all of them with the proofs."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

ALL, SOME = 100, 30
FEWEST = 10
"""Of examples that each take long, a law names no more than it needs: so many are always drawn."""

# A busy machine is no fault of the code.
settings.register_profile(
    "proof", deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=ALL
)
settings.register_profile("suite", settings.get_profile("proof"), max_examples=SOME)
settings.load_profile("suite")


def examples(most: int) -> int:
    """Return how many of so many this run draws, as the profile says that pytest was told."""
    return max(min(most, FEWEST), most * settings().max_examples // ALL)
