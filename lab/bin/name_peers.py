"""Ask other matchers about real names: `python name_peers.py FOLDER FILE`.

It runs in an environment of its own (`tooling/peers-requirements.txt`), and writes what
each of them finds to FILE as JSON: for each lead the best five accounts with their
scores. A matcher that cannot be had or fails is left out, and said to be.

What learns, learns from the tuned half of the leads only.
"""

# Each matcher is imported where it is asked: some may not be had.
# ruff: noqa: PLC0415

import csv
import hashlib
import json
import sys
from collections import defaultdict
from pathlib import Path

FIRST = 5
COMPARED = 10  # candidates of a lead, where comparing takes long


class Names:
    """The accounts and leads of a folder."""

    def __init__(self, folder):
        with open(Path(folder, "accounts.csv"), newline="") as file:
            rows = list(csv.DictReader(file))
        self.ciks = [row["cik"] for row in rows]
        self.accounts = [row["name"] for row in rows]
        with open(Path(folder, "leads.csv"), newline="") as file:
            rows = list(csv.DictReader(file))
        self.leads = [row["company"] for row in rows]
        self.expected = [row["expected_account_cik"] for row in rows]

    def is_tuned(self, number):
        digest = hashlib.md5(self.leads[number].encode(), usedforsecurity=False)
        return digest.digest()[0] % 2 == 1

    def best(self, scores):
        """Return the best accounts: `scores` by their numbers."""
        ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))[:FIRST]
        return [[self.ciks[number], round(float(score), 5)] for number, score in ranked]


def clean(name):
    from cleanco import basename

    return basename(basename(name)).lower()


def ask_rapidfuzz(names):
    """rapidfuzz: token_set_ratio, after cleanco"""
    from rapidfuzz import fuzz, process

    accounts = [clean(name) for name in names.accounts]
    return [
        names.best(
            {
                number: score / 100
                for _name, score, number in process.extract(
                    clean(lead), accounts, scorer=fuzz.token_set_ratio, limit=FIRST
                )
            }
        )
        for lead in names.leads
    ]


def ask_trigrams(names):
    """pg_trgm's similarity, after cleanco"""

    def trigrams(name):
        words = "".join(c if c.isalnum() else " " for c in clean(name)).split()
        padded = [f"  {word} " for word in words]
        return {word[i : i + 3] for word in padded for i in range(len(word) - 2)}

    accounts = [trigrams(name) for name in names.accounts]
    having = defaultdict(list)
    for number, found in enumerate(accounts):
        for trigram in found:
            having[trigram].append(number)
    answers = []
    for lead in names.leads:
        ours = trigrams(lead)
        shared = defaultdict(int)
        for trigram in ours:
            for number in having[trigram]:
                shared[number] += 1
        answers.append(
            names.best(
                {
                    number: count / (len(ours) + len(accounts[number]) - count)
                    for number, count in shared.items()
                }
            )
        )
    return answers


def ask_nomenklatura(names):
    """nomenklatura: logic-v2"""
    from followthemoney.proxy import EntityProxy
    from nomenklatura.matching import get_algorithm
    from rapidfuzz import fuzz, process

    algorithm = get_algorithm("logic-v2")
    config = algorithm.default_config()

    def company(name):
        values = {"id": name, "schema": "Company", "properties": {"name": [name]}}
        return EntityProxy.from_dict(values)

    accounts = [clean(name) for name in names.accounts]
    answers = []
    for lead in names.leads:
        ours = company(lead)
        near = process.extract(
            clean(lead), accounts, scorer=fuzz.token_set_ratio, limit=COMPARED
        )
        answers.append(
            names.best(
                {
                    number: algorithm.compare(
                        ours, company(names.accounts[number]), config
                    ).score
                    for _name, _score, number in near
                }
            )
        )
    return answers


def ask_emm(names):
    """emm, trained on the tuned half"""
    import pandas
    from emm import PandasEntityMatching

    indexers = [
        ("words", 1, 0.05),
        ("characters", 2, 0.1),
    ]
    model = PandasEntityMatching(
        {
            "name_only": True,
            "preprocessor": "preprocess_merge_abbr",
            "indexers": [
                {
                    "type": "cosine_similarity",
                    "tokenizer": tokenizer,
                    "ngram": ngram,
                    "num_candidates": FIRST,
                    "cos_sim_lower_bound": bound,
                }
                for tokenizer, ngram, bound in indexers
            ],
        }
    )
    ids = range(len(names.accounts))
    model.fit(pandas.DataFrame({"name": names.accounts, "id": ids}))
    known = {cik: number for number, cik in enumerate(names.ciks)}
    lessons = [
        (lead, known[cik])
        for number, (lead, cik) in enumerate(
            zip(names.leads, names.expected, strict=True)
        )
        if cik in known and names.is_tuned(number)
    ]
    model.fit_classifier(pandas.DataFrame(lessons, columns=["name", "id"]))
    found = model.transform(pandas.DataFrame({"name": names.leads}))
    scores = defaultdict(dict)
    for lead, number, score in zip(
        found["uid"], found["gt_entity_id"], found["nm_score"], strict=True
    ):
        if number == number and score == score:
            scores[int(lead)][int(number)] = score
    return [names.best(scores[number]) for number in range(len(names.leads))]


def ask_splink(names):
    """Splink: Jaro-Winkler levels, trained on the tuned half"""
    import pandas
    import splink.comparison_library as comparisons
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    def table(texts, labels):
        cleaned = [clean(text) for text in texts]
        return pandas.DataFrame(
            {
                "unique_id": range(len(cleaned)),
                "name": cleaned,
                "first": [(name.split() or [""])[0] for name in cleaned],
                "label": labels,
            }
        )

    levels = comparisons.JaroWinklerAtThresholds("name", [0.97, 0.92, 0.85, 0.75])
    rules = [block_on("first"), block_on("substr(name, 1, 4)")]
    settings = SettingsCreator(
        link_type="link_only",
        comparisons=[levels],
        blocking_rules_to_generate_predictions=rules,
    )
    database = DuckDBAPI()
    known = [
        (cik or None) if names.is_tuned(number) else None
        for number, cik in enumerate(names.expected)
    ]
    tables = (
        ("leads", table(names.leads, known)),
        ("others", table(names.accounts, names.ciks)),
    )
    frames = [
        database.register(frame, dataset_display_name=name) for name, frame in tables
    ]
    linker = Linker(frames, settings)
    training = linker.training
    training.estimate_probability_two_random_records_match([block_on("name")], 0.7)
    training.estimate_u_using_random_sampling(max_pairs=1e6)
    training.estimate_m_from_label_column("label")
    found = linker.inference.predict().as_pandas_dataframe()
    scores = defaultdict(dict)
    for left, ours, theirs, score in zip(
        found["source_dataset_l"],
        found["unique_id_l"],
        found["unique_id_r"],
        found["match_probability"],
        strict=True,
    ):
        lead, number = (ours, theirs) if left == "leads" else (theirs, ours)
        scores[int(lead)][int(number)] = score
    return [names.best(scores[number]) for number in range(len(names.leads))]


PEERS = (ask_rapidfuzz, ask_trigrams, ask_nomenklatura, ask_emm, ask_splink)


def main(folder, output):
    names = Names(folder)
    answers, failed = {}, {}
    for ask in PEERS:
        try:
            answers[ask.__doc__] = ask(names)
        except Exception as error:  # whatever it is, it is told
            failed[ask.__doc__] = f"{type(error).__name__}: {error}"[:200]
    Path(output).write_text(json.dumps({"answers": answers, "failed": failed}))


if __name__ == "__main__":
    main(*sys.argv[1:])
