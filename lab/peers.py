"""Other matchers of names beside the addon's: the same rows, the same measures.

The cut from which on a match is shown is chosen for each of them on the tuned half: the
one with the most accounts found within five less the share of alarms. What it finds on
the other half counts, with intervals of 95 % (Wilson).
"""

import csv
import json
import math
from dataclasses import dataclass, field

from tooling import processes, pythonenv
from tooling.errors import Problem
from tooling.settings import REPO, cache

from .benchmarks import name_accuracy

OWN = "lead_management"
ENVIRONMENTS = ("peers", "peers-emm")
ALARMS, LEAST = 0.2, 0.5  # the part of the curve that the picture shows
SIZE = WIDTH, HEIGHT = 720, 440
LEFT, TOP, RIGHT, BOTTOM = 60, 20, 300, 50
COLOURS = ("#714b67", "#d1495b", "#edae49", "#00798c", "#30638e", "#66a182")


@dataclass
class Half:
    """What a matcher found for the leads of one half: scores, and if they are right."""

    rights: list = field(default_factory=list)  # of the right account, None if missed
    wrongs: list = field(default_factory=list)  # the best of a lead that has none
    known: int = 0

    def found(self, cut: float) -> int:
        return sum(score >= cut for score in self.rights)

    def alarms(self, cut: float) -> int:
        return sum(score >= cut for score in self.wrongs)

    def quality(self, cut: float) -> float:
        return self.found(cut) / self.known - self.alarms(cut) / len(self.wrongs)


def compare(folder, own: list) -> str:
    """Ask the peers, and return the table; the curve is drawn into the documentation.

    :param own: what the addon found for each lead, as the peers' answers are
    """
    answers, failed = _ask(folder)
    answers = {OWN: own, **answers}
    lines = [
        "| matcher | cut | found within five | alarms |",
        "|---|--:|--:|--:|",
    ]
    curves = {}
    for name, found in answers.items():
        halves = _judge(folder, found)
        tuned, checked = (halves[half] for half in name_accuracy.HALVES)
        cuts = sorted({*tuned.rights, *tuned.wrongs})
        cut = max(cuts, key=lambda cut, tuned=tuned: (tuned.quality(cut), cut))
        lines.append(
            f"| {name} | {cut:.2f} | {_share(checked.found(cut), checked.known)}"
            f" | {_share(checked.alarms(cut), len(checked.wrongs))} |"
        )
        curves[name] = _curve(list(halves.values()))
    lines += [f"| {name} | – | {reason} | |" for name, reason in failed.items()]
    picture = REPO / "docs" / "images" / "account-matching-peers.svg"
    picture.write_text(draw(curves))
    return "\n".join(lines)


def _ask(folder) -> tuple[dict, dict]:
    """Return what the peers answer, and why some do not."""
    output = cache("benchmarks", "peers.json")
    script = REPO / "lab" / "bin" / "name_peers.py"
    answers, failed = {}, {}
    for environment in ENVIRONMENTS:
        try:
            python = pythonenv.environment(environment)
            processes.run("asking other matchers", [python, script, folder, output])
        except Problem as problem:
            failed[environment] = f"could not be had: {problem}"
            continue
        found = json.loads(output.read_text())
        answers |= found["answers"]
        failed |= found["failed"]
    return answers, {
        name: reason for name, reason in failed.items() if name not in answers
    }


def _judge(folder, answers) -> dict[str, Half]:
    with open(folder / "leads.csv", newline="") as file:
        leads = list(csv.DictReader(file))
    with open(name_accuracy.OVERLOOKED, newline="") as file:
        overlooked = {row["company"] for row in csv.DictReader(file)}
    halves = {name: Half() for name in name_accuracy.HALVES}
    for lead, found in zip(leads, answers, strict=True):
        half = halves[name_accuracy.half(lead["company"])]
        if expected := lead["expected_account_cik"]:
            half.known += 1
            half.rights += [score for cik, score in found if cik == expected][:1]
        elif lead["company"] not in overlooked:
            half.wrongs.append(max((score for _cik, score in found), default=-1.0))
    return halves


def _curve(halves) -> list[tuple[float, float]]:
    """Return the share of alarms and of accounts found, for every cut."""
    known = sum(half.known for half in halves)
    without = sum(len(half.wrongs) for half in halves)
    cuts = {score for half in halves for score in (*half.rights, *half.wrongs)}
    return [
        (
            sum(half.alarms(cut) for half in halves) / without,
            sum(half.found(cut) for half in halves) / known,
        )
        for cut in sorted(cuts, reverse=True)
        if cut >= 0
    ]


def interval(part: int, whole: int, z: float = 1.96) -> tuple[float, float]:
    """Return between what a share is with a confidence of 95 %, by Wilson."""
    share = part / whole
    middle = (share + z * z / (2 * whole)) / (1 + z * z / whole)
    spread = share * (1 - share) / whole + z * z / (4 * whole * whole)
    width = z / (1 + z * z / whole) * math.sqrt(spread)
    return max(middle - width, 0.0), min(middle + width, 1.0)


def _share(part: int, whole: int) -> str:
    low, high = interval(part, whole)
    return f"{part / whole:.3f} ({low:.2f}–{high:.2f})"


def draw(curves: dict) -> str:
    """Return a picture of the curves as SVG."""
    wide, high = WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM

    def place(alarms, found):
        x = LEFT + wide * min(alarms / ALARMS, 1)
        y = TOP + high * (1 - max(found - LEAST, 0) / (1 - LEAST))
        return f"{x:.1f},{y:.1f}"

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}"'
        ' font-family="sans-serif" font-size="12">',
        "<title>Accounts found within five, by the share of false alarms</title>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
    ]
    for step in range(6):
        found = LEAST + (1 - LEAST) * step / 5
        x, y = place(0, found).split(",")
        end = LEFT + wide
        parts.append(f'<path d="M{x},{y}H{end}" stroke="#ddd"/>')
        parts.append(
            f'<text x="{LEFT - 8}" y="{y}" text-anchor="end">{found:.1f}</text>'
        )
    for step in range(5):
        alarms = ALARMS * step / 4
        x = place(alarms, LEAST).split(",")[0]
        y = TOP + high + 18
        parts.append(f'<text x="{x}" y="{y}" text-anchor="middle">{alarms:.2f}</text>')
    middle = LEFT + wide / 2
    parts.append(
        f'<text x="{middle}" y="{HEIGHT - 12}" text-anchor="middle">'
        "false alarms, of leads without an account</text>"
    )
    for number, (name, points) in enumerate(curves.items()):
        colour = COLOURS[number % len(COLOURS)]
        seen = [point for point in points if point[0] <= ALARMS and point[1] >= LEAST]
        line = " ".join(place(*point) for point in seen)
        width = 3 if name == OWN else 1.5
        parts.append(
            f'<polyline points="{line}" fill="none" stroke="{colour}"'
            f' stroke-width="{width}"/>'
        )
        y = TOP + 16 + 20 * number
        x = LEFT + wide + 16
        parts.append(f'<path d="M{x},{y - 4}h20" stroke="{colour}" stroke-width="3"/>')
        parts.append(f'<text x="{x + 26}" y="{y}">{name.split(":")[0]}</text>')
    return "\n".join([*parts, "</svg>", ""])
