"""Which commands of ./dev the documentation names, and whether they exist."""

import argparse
import re

from . import words

COMMAND = re.compile(r"(?:^|[\s`(])\./dev((?: [^\s`#;&|)]+)+)")
OPTION = re.compile(r"--?[a-z][a-z-]*")
PLACEHOLDER = re.compile(r"[A-Z…\[]|$")


def known(parser: argparse.ArgumentParser) -> dict[str, set[str]]:
    """Return the options of each command, those of `lab` by two words."""
    found = {}
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, sub in action.choices.items():
                below = known(sub)
                found[name] = set(sub._option_string_actions)
                found |= {f"{name} {key}": it for key, it in below.items()}
    return found


def problems(text: str, commands: dict[str, set[str]]) -> list[str]:
    """Return the commands and options of a page that there are not."""
    codes = [code for _indent, name, code in words.FENCE.findall(text) if name == "sh"]
    codes += re.findall(r"`([^`\n]+)`", words.FENCE.sub("", text))
    found = []
    for match in COMMAND.finditer("\n".join(codes)):
        said = match[1].split(" -- ")[0].split()
        name = " ".join(said[:2]) if said[0] == "lab" else said[0]
        if PLACEHOLDER.match(said[len(name.split()) - 1]):
            continue
        if name not in commands:
            found.append(f"there is no ./dev {name}")
            continue
        said = [word.strip("[]").partition("=")[0] for word in said]
        options = {word for word in said if OPTION.fullmatch(word)}
        missing = sorted(options - commands[name])
        found += [f"./dev {name} has no {option}" for option in missing]
    return found
