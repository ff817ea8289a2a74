"""The words a claim may use for its status, modality, category and qualifiers."""

STATUSES = frozenset(
    {
        "rumoured",
        "offered",
        "requested",
        "negotiating",
        "approved",
        "contracted",
        "in_production",
        "delivering",
        "delivered",
        "donated",
        "licensed_production",
        "suspended",
        "cancelled",
        "denied",
        "seized",
        "general",
    }
)
MODALITIES = frozenset({"asserted", "attributed", "hypothetical", "negated", "historical"})
CATEGORIES = frozenset(
    {
        "aircraft",
        "air-defence systems",
        "anti-submarine weapons",
        "armoured vehicles",
        "artillery",
        "engines",
        "missiles",
        "naval weapons",
        "satellites",
        "sensors",
        "ships",
        "other",
    }
)
QUALIFIERS = frozenset({"exact", "over", "up_to", "about", "range"})
