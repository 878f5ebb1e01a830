"""What was found for real names, as tables in Markdown. No Odoo is needed for them."""


def text(results: dict) -> str:
    """Return the tables in Markdown."""
    columns = [name for name in results["rows"][0] if name != "method"]
    lines = [
        "| " + " | ".join(["asked by", *columns]) + " |",
        "|---|---|" + "--:|" * (len(columns) - 1),
    ]
    for row in results["rows"]:
        cells = [row["method"], *(_cell(row[column]) for column in columns)]
        lines.append("| " + " | ".join(cells) + " |")
    missed = [row for row in results["missed"] if row["expected"]]
    alarms = [row for row in results["missed"] if not row["expected"]]
    lines += ["", "| lead | account | found instead |", "|---|---|---|"]
    lines += [
        f"| {row['lead']} | {row['expected']} | {_listed(row['found'])} |"
        for row in missed
    ]
    lines += ["", "| lead without an account | found | it is |", "|---|---|---|"]
    lines += [
        f"| {row['lead']} | {_listed(row['found'])} |"
        f" {'its account' if row['overlooked'] else 'another company'} |"
        for row in alarms
    ]
    return "\n".join(lines)


def _cell(value) -> str:
    if value is None:  # a share of nothing
        return "–"
    return f"{value:.3f}" if isinstance(value, float) else str(value)


def _listed(names) -> str:
    return "; ".join(names) or "–"
