"""What the benchmarks in a small size are compared with. No Odoo is needed for it."""

from .benchmark import Result

# Beside another lane of tests, ratios are not so steady.
LEEWAY = 3.0


def summary(results: list[Result]) -> dict:
    """Return what of the results is committed: for each, the addon's queries, and how
    many times as long as native it took. Both of the quickest: whether a lead has a
    history changes with the day, and a busy machine changes that least."""
    return {
        result.title: {
            "queries": min(result.addon.queries, default=None),
            "ratio": _ratio(result),
        }
        for result in results
    }


def compare(measured: dict, committed: dict) -> list[str]:
    """Return what is worse than committed, or is there on one side only, in words."""
    nothing = {"queries": None, "ratio": None}
    worse = [f"{it}: nothing is committed" for it in measured if it not in committed]
    for title, before in committed.items():
        values = measured.get(title, nothing)
        if any(before[name] and values[name] is None for name in nothing):
            worse.append(f"{title}: not measured any more")
            continue
        if (values["queries"] or 0) > (before["queries"] or 0):
            worse.append(
                f"{title}: {values['queries']} queries, committed {before['queries']}"
            )
        if before["ratio"] and values["ratio"] > before["ratio"] * LEEWAY:
            worse.append(
                f"{title}: {values['ratio']:.2f} × native, committed"
                f" {before['ratio']:.2f} ×"
            )
    return worse


def _ratio(result):
    if not result.native:
        return None
    return round(min(result.addon.seconds) / min(result.native.seconds), 2)
