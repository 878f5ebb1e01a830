"""Make small mistakes in the pure functions of the addons, and see whether their tests
notice.

Started by ./dev lab mutate with Odoo's Python. Each mistake lives in a process of its
own, which knows nothing of the addon but the package `tools`, so that no database is
needed and a thousand mistakes take minutes. Each line is the result of a tool, as JSON.
"""

import argparse
import ast
import importlib
import io
import json
import logging
import math
import multiprocessing
import os
import random
import re
import resource
import signal
import sys
import time
import types
import unittest
from contextlib import redirect_stderr, redirect_stdout, suppress
from multiprocessing import connection
from pathlib import Path

from mutate_tests import find_tests

# What a mistake may cost before it counts as noticed: so many times what the tests cost
# without it, or so many seconds of a processor if that is more
TIMES, SECONDS, BYTES = 5, 5, 4 << 30
# Seconds for tests that wait for something, on a busy machine
PATIENCE = 120
# What is equal is mostly the same object, as small numbers and short texts are. And
# without a cache, or with a larger one, everything is the same, only slower: nothing is
# changed in decorators, either.
NO_MISTAKES = re.compile("core/(RemoveDecorator|Variable|.*_(Eq|NotEq)_Is(Not)?$)")


def stub_packages(repo: Path, addons):
    """Let tools and tests be imported without what their addons import."""
    for addon in addons:
        for parts in ((), ("tests",), ("tools",)):
            name = ".".join(("odoo.addons", addon, *parts))
            package = types.ModuleType(name)
            package.__path__ = [str(repo.joinpath(addon, *parts))]
            sys.modules[name] = package
            parent, _dot, child = name.rpartition(".")
            setattr(importlib.import_module(parent), child, package)


def run_tests(modules) -> tuple[int, bool]:
    """Run those tests of modules that need no database, until the first that fails.

    :return: how many ran, and whether all passed
    """
    from odoo.tests import BaseCase, TransactionCase  # noqa: PLC0415
    from odoo.tests.result import OdooTestResult  # noqa: PLC0415

    class Result(OdooTestResult):
        def addError(self, test, err):
            self.failures_count += 1
            self.shouldStop = True

        addFailure = addError

        def addSubTest(self, test, subtest, err):
            if err is not None:
                self.addError(test, err)

    result = Result()
    for name in modules:
        try:
            module = importlib.import_module(name)
        except ImportError:
            continue  # it needs more than tools
        for case in vars(module).values():
            if (
                isinstance(case, type)
                and issubclass(case, (BaseCase, unittest.TestCase))
                and not issubclass(case, TransactionCase)
                and case.__module__ == name
            ):
                # All in one suite: what their class has set up goes at its end.
                methods = unittest.defaultTestLoader.getTestCaseNames(case)
                unittest.TestSuite(map(case, methods)).run(result)
                if result.failures_count or result.errors_count:
                    return result.testsRun, False
    return result.testsRun, True


def try_all(jobs) -> list[tuple[int, bool, float]]:
    """Return what `try_source` says of each job, in processes of their own, one a
    processor at a time. What the system has to end has failed."""
    context = multiprocessing.get_context("fork")
    answers = [(-1, False, 0.0)] * len(jobs)
    waiting, running = [*enumerate(jobs)], {}
    while waiting or running:
        while waiting and len(running) < (os.cpu_count() or 1):
            number, job = waiting.pop(0)
            reader, writer = context.Pipe(duplex=False)
            process = context.Process(target=_tell_of, args=(writer, job), daemon=True)
            process.start()
            writer.close()
            running[reader] = number, process
        for reader in connection.wait(running):
            number, process = running.pop(reader)
            with suppress(EOFError):
                answers[number] = reader.recv()
            reader.close()
            process.join()
    return answers


def _tell_of(writer, job):
    writer.send(try_source(*job))


def try_source(path, source, modules, seconds) -> tuple[int, bool, float]:
    """Run tests with another source of a tool; return how many, if all passed, and what
    it took of a processor."""
    # The system ends what goes on forever, in C too, where no exception comes through.
    for number in (signal.SIGTERM, signal.SIGALRM):
        signal.signal(number, signal.SIG_DFL)
    signal.alarm(PATIENCE)
    resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(seconds),) * 2)
    resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))
    logging.disable()
    try:
        with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
            if source is not None:
                _put_in_place(path, source)
            return *run_tests(modules), time.process_time()
    except BaseException:
        return -1, False, 0.0


def _put_in_place(path: Path, source: str):
    name = f"odoo.addons.{path.parts[-3]}.tools.{path.stem}"
    module = types.ModuleType(name)
    module.__file__, module.__package__ = str(path), name.rpartition(".")[0]
    sys.modules[name] = module
    setattr(sys.modules[module.__package__], path.stem, module)
    exec(compile(source, path, "exec"), vars(module))


def find_mistakes(source: str, chance: random.Random) -> list[tuple[str, int, int]]:
    """Return the mistakes to make: an operator, its how-manieth place, and the line.

    Of those of one kind at one place, such as the eleven other operators that could
    stand for a plus, only one is made.
    """
    import cosmic_ray.plugins as plugins  # noqa: PLC0415
    from cosmic_ray.ast import ast_nodes, get_ast  # noqa: PLC0415

    nodes = list(ast_nodes(get_ast(source)))
    skipped = _find_skipped(source)
    places: dict[tuple[str, tuple], list[tuple[str, int, int]]] = {}
    for name in sorted(plugins.operator_names()):
        if NO_MISTAKES.match(name):
            continue
        operator, number = plugins.get_operator(name)(), -1
        for node in nodes:
            for start, stop in operator.mutation_positions(node):
                number += 1
                if not any(a <= start and stop <= b for a, b in skipped):
                    family = re.match(r"core/[A-Za-z]+", name)[0]
                    mistake = (name, number, start[0])
                    places.setdefault((family, (start, stop)), []).append(mistake)
    return [chance.choice(places[place]) for place in sorted(places)]


def make_mistakes(source: str, mistakes) -> dict[str, str]:
    """Return the source with each of the mistakes, by the line and what was done."""
    from cosmic_ray.mutating import mutate_code  # noqa: PLC0415
    from cosmic_ray.plugins import get_operator  # noqa: PLC0415

    made = {}
    for name, number, line in mistakes:
        what = f"{line}: {name.removeprefix('core/')} ({number})"
        try:
            made[what] = mutate_code(source, get_operator(name)(), number)
        except AttributeError:
            # It can't replace exceptions of which the name has a dot.
            continue
    return made


def _find_skipped(source: str) -> list[tuple]:
    """Return from where to where there are annotations and decorators."""
    found = []
    for node in ast.walk(ast.parse(source)):
        parts = [getattr(node, name, None) for name in ("annotation", "returns")]
        for part in filter(None, [*parts, *getattr(node, "decorator_list", ())]):
            end = (part.end_lineno, part.end_col_offset)
            found.append(((part.lineno, part.col_offset), end))
    return found


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("repo", type=Path)
    parser.add_argument("packages")
    parser.add_argument("--addons-path", required=True)
    parser.add_argument("--names", default="")
    parser.add_argument("--most", type=int, default=0)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    # After Odoo's own packages, which are not to be others because of this.
    sys.path.append(options.packages)

    import odoo.tests  # noqa: F401, PLC0415
    from odoo.modules.module import initialize_sys_path  # noqa: PLC0415
    from odoo.tools import config  # noqa: PLC0415

    config["addons_path"] = options.addons_path.split(",")
    initialize_sys_path()
    addons = sorted(path.parent.name for path in options.repo.glob("*/tools"))
    addons = [name for name in addons if (options.repo / name / "tests").is_dir()]
    stub_packages(options.repo, addons)
    tests = find_tests(options.repo, addons)
    wanted = [name for name in options.names.split(",") if name]
    # Told to end, it ends those that it has started.
    signal.signal(signal.SIGTERM, lambda *_args: sys.exit("told to end"))
    for path in sorted(options.repo.glob("*/tools/*.py")):
        key = f"{path.parts[-3]}/{path.stem}"
        if path.stem == "__init__" or (
            wanted and path.stem not in wanted and path.parts[-3] not in wanted
        ):
            continue
        source = path.read_text()
        chance = random.Random(f"{options.seed} {key}")
        modules = tests.get(path, [])
        [(count, passed, seconds)] = try_all([(path, None, modules, PATIENCE)])
        limit = max(SECONDS, TIMES * seconds)
        if not passed:  # as they do where they are no tests of tools alone
            _tell(key, -1)
            continue
        if not count:
            _tell(key, 0)
            continue
        mistakes = find_mistakes(source, chance)
        if options.most and len(mistakes) > options.most:
            mistakes = sorted(chance.sample(mistakes, options.most))
        made = make_mistakes(source, mistakes)
        answers = try_all([(path, text, modules, limit) for text in made.values()])
        survived = [
            what
            for what, (_count, alive, _took) in zip(made, answers, strict=True)
            if alive
        ]
        _tell(key, count, len(made), survived)


def _tell(name: str, tests: int, made: int = 0, survived=()):
    result = {"name": name, "tests": tests, "made": made, "survived": survived}
    print(json.dumps(result), flush=True)


if __name__ == "__main__":
    main()
