"""Words that are a country's name or code as well, or nearly, and mean something else in an English text."""

IN_SMALL_LETTERS = frozenset({"usa", "uk", "uae", "drc", "dprk", "prc", "ksa", "png", "rok", "frg", "gb"})
"""Short names that are taken even where they are not written in capitals."""

NO_CODES = frozenset(
    {
        "and", "are", "can", "nor", "per", "bar", "cod", "gum", "ton", "gin", "mar", "mac", "nam",
    }
)  # fmt: skip
"""ISO codes that are words, or begin a month, even in capitals."""

NO_COUNTRIES = frozenset(
    {
        "my", "opt", "bah", "cur", "xxx", "various", "unspecified", "notknown", "chi", "saba", "scotland",
        "wales", "somaliland",
    }
)  # fmt: skip
"""English words that our tables take for a country where nothing else can be meant, as in an option."""

IN_CAPITALS = frozenset({"reunion", "unknown", "polish"})
"""Names that are taken only where they begin with a capital."""

NO_COUNTRIES_TOGETHER = frozenset(
    {
        "latin america", "latin american", "latin americans", "south america", "south american",
        "south americans", "north america", "north american", "north americans", "central america",
        "central american", "central americans", "british columbia", "district of columbia", "new mexico",
        "new england", "new south wales", "native american", "native americans", "african american",
        "african americans", "white house", "east german", "east germany", "gulf of mexico", "boko haram",
        "northern ireland",
    }
)  # fmt: skip
"""Several words that name no country, though one of them alone does."""

NOT_ABROAD = frozenset(
    {
        "angora", "ando", "cad", "cat", "chin", "duc", "end", "equator", "fas", "gene", "grenade", "hind",
        "hindi", "island", "laws", "male", "malt", "man", "oma", "pole", "sane", "sec", "sepia", "shin",
        "shine", "sin", "sip", "sire", "suede", "taki", "toga", "togas", "tunes", "tuns", "viro",
    }
)  # fmt: skip
"""English words that are a country's name in another language."""

NOT_MISSPELT = frozenset(
    {
        "again", "angora", "antarctic", "baits", "banish", "barbarian", "barbarians", "barbarous",
        "baritones", "begin", "belay", "belie", "benign", "bohemians", "bonfire", "bonnie", "brats",
        "brief", "brigs", "brims", "brunet", "brutish", "burka", "cambia", "chads", "chain", "chains",
        "chart", "charts", "chicle", "chide", "child", "chiles", "chili", "chill", "chime", "chino",
        "chins", "chive", "coats", "comedians", "condo", "conga", "cored", "cores", "cormorant",
        "cormorants", "cornea", "counts", "creations", "creeks", "croak", "croaks", "crofts", "dales",
        "dames", "dance", "dances", "dares", "date", "dates", "dazes", "dines", "ditch", "dominions",
        "drench", "dunes", "emigrants", "emigrated", "emigrates", "emirate", "farces", "fares", "filliping",
        "finds", "fines", "finis", "finish", "finks", "finny", "franc", "francs", "gambit", "ganglia",
        "geeks", "germane", "grease", "greed", "green", "greens", "greet", "greets", "grenade", "grenadier",
        "grenadiers", "guineas", "hellos", "hungry", "hussies", "inland", "islanders", "japans", "jerseys",
        "librarian", "librarians", "macaw", "macho", "macro", "makes", "malign", "maligns", "malts",
        "manganese", "marks", "marshalled", "maturities", "means", "merman", "mongolism", "nationality",
        "nicer", "nigher", "niter", "noway", "pales", "parts", "pending", "philippic", "philippics",
        "philistine", "philistines", "pilau", "piles", "pokes", "poled", "police", "policy", "polls",
        "pones", "popes", "pores", "poses", "poxes", "prance", "rates", "reeks", "refugee", "reunions",
        "samba", "sampan", "sampans", "scats", "scoots", "scouts", "scows", "sedan", "serfs", "shameless",
        "shapeless", "shapelessness", "share", "shares", "shots", "since", "slain", "slots", "sloven",
        "slovens", "snots", "sottish", "spawn", "spots", "sprain", "stain", "stainless", "staleness",
        "standards", "state", "stateliest", "stateliness", "statement", "states", "stats", "stringent",
        "suede", "surname", "swain", "swami", "swamis", "swigs", "swims", "swish", "thaws", "tongs",
        "trance", "trench", "trend", "tucks", "turfs", "turkeys", "turned", "turnkey", "turns", "tusks",
        "unbeknown", "under", "unknowing", "unknowns", "unspecific", "vanish", "variously", "vicarious",
        "visa", "wades", "wages", "wakes", "waled", "walks", "walls", "wanes", "wares", "waves", "waxes",
        "welch", "whales", "wiles", "women", "worse", "wrench", "yeomen",
    }
)  # fmt: skip
"""English words that are a slip or two away from a country's name."""
