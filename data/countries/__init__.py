"""Countries by whatever people call them: names in every language, codes, aliases, misspellings."""

from data.countries.atlas import Atlas
from data.countries.quotes import quote
from data.countries.suggestions import Suggestion

__all__ = ["Atlas", "Suggestion", "quote"]
