"""The association's fee class of a municipality, by its number of inhabitants."""

# Upper limits, exclusive: the published bands overlap at their ends, so the lower bound is
# inclusive here (Sambruk's table from 2020; 15 000 inhabitants is the third class).
_LIMITS = (7_000, 15_000, 25_000, 50_000, 100_000, 150_000)


def fee_class(population: int) -> int:
    """Return 1-7 for a number of inhabitants.

    Raises ValueError when the number is negative.
    """
    if population < 0:
        message = f"{population} inhabitants"
        raise ValueError(message)
    return 1 + sum(population >= limit for limit in _LIMITS)
