"""How often the right account is found: real names, as people write them.

A folder may hold `accounts.csv` (`cik`, `name`) and `leads.csv` (`company`, `website`,
`expected_account_cik`, empty where there is no account). Every lead is asked about by
its name alone, and once more with its web site, which the expected account has then.
Without a folder, the lists beside this file are measured by themselves.

Where names are learned, a person links each lead whose account did not come first by
its name, once, as in its form; then somebody else asks about all of them again.

`other_scripts.csv` beside this file has names of companies in other scripts and in
Latin letters: accounts have the one name, leads the other one, beside all accounts of
the folder.

`other_names.csv` has companies, most of them European, as people call them and as they
are registered, and names that have no account, in two sets that were written down from
memory, all of them accounts beside those of the folder. Of the second set, the rules
were made with a look at one half only. Of accounts with one key, each is the right one.

`overlooked_accounts.csv` there names accounts that a list does not know to
be a lead's, found by hand: the same company by its name, country and ticker. Alarms are
counted among all leads that the list says have none, and among those that have none.
"""

import csv
import hashlib
from pathlib import Path

FIRST = 5
THRESHOLD = "lead_management.account_match_threshold"
LEAST_SCORE = 5  # in percent, for the curve
OVERLOOKED = Path(__file__).with_name("overlooked_accounts.csv")
OTHER_SCRIPTS = Path(__file__).with_name("other_scripts.csv")
OTHER_NAMES = Path(__file__).with_name("other_names.csv")
OTHER_COMPANIES = "name only, other companies"
SPELLINGS = {  # which names the accounts have, and which one the leads
    ("latin", "name"): "a name in its script, the account's in Latin letters",
    ("name", "latin"): "a name in Latin letters, the account's in its script",
}
HALVES = ("tuned", "checked")  # what the rules were tuned on, and what they never saw
METHODS = {
    "native": "native: the same name, capital letters aside",
    "name": "name only",
    "website": "name, and web sites on both sides",
    "learned": "name only, after one round of links",
}


class Accuracy:
    """Counts of what was found for the leads, by half and in all."""

    def __init__(self):
        self.with_account = self.without = self.first = self.among_first = 0
        self.alarms = self.overlooked = self.true_alarms = self.sure = 0

    def add(self, expected, found, overlooked, sure):
        """Count a lead.

        :param expected: the account, None if the list knows none
        :param found: the accounts, the best first
        :param overlooked: the account that the list overlooked, None if there is none
        :param sure: the best one is as good as sure: it would be linked
        """
        if expected:
            self.with_account += 1
            self.first += found[:1] == [expected]
            self.among_first += expected in found[:FIRST]
            return
        self.without += 1
        self.alarms += bool(found)
        self.overlooked += bool(overlooked)
        if found and not overlooked:
            self.true_alarms += 1
            self.sure += sure

    def as_row(self) -> dict:
        """Return the shares, as the table has them."""
        return {
            "with account": self.with_account,
            "first": _share(self.first, self.with_account),
            f"first {FIRST}": _share(self.among_first, self.with_account),
            "said to have none": self.without,
            "alarms": _share(self.alarms, self.without),
            "have none": (have_none := self.without - self.overlooked),
            "alarms there": _share(self.true_alarms, have_none),
            "and sure": _share(self.sure, have_none),
        }


def _share(part, whole):
    return round(part / whole, 3) if whole else None


def measure(env, folder: str = "", learns: bool = False) -> dict:
    """Make the accounts, ask about every lead, and count.

    :param folder: with accounts and leads, beside which the names of the lists here are
        asked for; empty to ask for these alone
    :param learns: ask a last time when the misses have been linked by hand
    :return: `{"rows": [...], "missed": [...], "scores": [...]}`, for the tables and
        curves
    """
    partners = env["res.partner"].with_context(tracking_disable=True)
    results: dict = {"rows": [], "missed": [], "scores": []}
    if folder:
        results = _measure_folder(partners, folder, learns)
    rows, missed = _measure_other_names(partners, learns)
    results["rows"] += rows
    if not folder:
        results["missed"] += missed
    for of_account, of_lead in SPELLINGS:
        row, missed = _measure_scripts(partners, of_account, of_lead)
        results["rows"].append(row)
        results["missed"] += missed
    return results


def _measure_folder(partners, folder, learns) -> dict:
    """Make the accounts of a folder, ask about its leads, and count."""
    env = partners.env
    with open(Path(folder, "accounts.csv"), newline="") as file:
        accounts = list(csv.DictReader(file))
    with open(Path(folder, "leads.csv"), newline="") as file:
        leads = list(csv.DictReader(file))
    created = partners.create(
        [{"name": row["name"], "is_company": True} for row in accounts]
    )
    by_cik = {
        row["cik"]: partner for row, partner in zip(accounts, created, strict=True)
    }
    with open(OVERLOOKED, newline="") as file:
        overlooked = {row["company"]: row["cik"] for row in csv.DictReader(file)}
    rows, missed = [], []
    ciks = {partner.id: cik for cik, partner in by_cik.items()}
    scores = _get_scores(env, leads, ciks)
    _threshold, sure = partners._get_account_match_thresholds()
    misses = []
    for method, title in METHODS.items():
        if method == "learned":
            if not learns:
                continue
            _link(env, misses)
        if method == "website":
            for lead in leads:
                if partner := by_cik.get(lead["expected_account_cik"]):
                    partner.website = lead["website"]
        found = _find(partners, leads, method)
        counts = {half: Accuracy() for half in (*HALVES, "all")}
        for lead, matches in zip(leads, found, strict=True):
            expected = by_cik.get(lead["expected_account_cik"])
            best = partners.browse([*matches][:1])
            is_sure = matches.get(best.id, 0) >= sure
            unknown = by_cik.get(overlooked.get(lead["company"]))
            for name in (half(lead["company"]), "all"):
                counts[name].add(expected and expected.id, [*matches], unknown, is_sure)
            if method == "name":
                if expected and expected != best:
                    misses.append((lead["company"], expected))
                found_accounts = partners.browse([*matches])
                missed += _explain(lead, expected, found_accounts, unknown)
        rows += [
            {"method": title, "leads": name, **count.as_row()}
            for name, count in counts.items()
        ]
    return {"rows": rows, "missed": missed, "scores": scores}


def _measure_other_names(partners, learns) -> tuple[list[dict], list[dict]]:
    """Return the rows of the names in `other_names.csv`, and what was missed."""
    with open(OTHER_NAMES, newline="") as file:
        pairs = list(csv.DictReader(file))
    names = list(dict.fromkeys(pair["account"] for pair in pairs if pair["account"]))
    accounts = partners.create([{"name": name, "is_company": True} for name in names])
    by_name = dict(zip(names, accounts, strict=True))
    rows, missed = _ask_other_names(partners, pairs, by_name)
    if learns:
        misses = [(row["lead"], by_name.get(row["expected"])) for row in missed]
        _link(partners.env, [(name, account) for name, account in misses if account])
        learned, __ = _ask_other_names(partners, pairs, by_name)
        rows += [{**row, "method": METHODS["learned"]} for row in learned]
    accounts.unlink()
    return rows, missed


def _ask_other_names(partners, pairs, by_name) -> tuple[list[dict], list[dict]]:
    """Ask for each name once, with accounts by their names."""
    of_key = partners.union(*by_name.values()).grouped("account_key")
    _threshold, sure = partners._get_account_match_thresholds()
    leads = [{"company": pair["lead"]} for pair in pairs]
    counts: dict[str, Accuracy] = {}
    missed = []
    for pair, lead, found in zip(
        pairs, leads, _find(partners, leads, "name"), strict=True
    ):
        account = by_name.get(pair["account"], partners)
        # Of accounts with one key, whichever is found is the right one.
        twins = account and of_key[account.account_key]
        ids = [account.id if number in twins.ids else number for number in found]
        ids = list(dict.fromkeys(ids))
        name = f"{pair['set']} set"
        if pair["set"] == "second":
            name += f", {half(pair['lead'])}"
        count = counts.setdefault(name, Accuracy())
        is_sure = next(iter(found.values()), 0) >= sure
        count.add(account.id, ids, None, is_sure)
        missed += _explain(lead, account, partners.browse(ids), None)
    rows = [
        {"method": OTHER_COMPANIES, "leads": name, **counts[name].as_row()}
        for name in sorted(counts)
    ]
    return rows, missed


def _measure_scripts(partners, of_account, of_lead):
    """Return the row of names in other scripts, and what was missed."""
    with open(OTHER_SCRIPTS, newline="") as file:
        pairs = list(csv.DictReader(file))
    accounts = partners.create(
        [{"name": pair[of_account], "is_company": True} for pair in pairs]
    )
    _threshold, sure = partners._get_account_match_thresholds()
    leads = [{"company": pair[of_lead]} for pair in pairs]
    count, missed = Accuracy(), []
    for lead, account, found in zip(
        leads, accounts, _find(partners, leads, "name"), strict=True
    ):
        is_sure = next(iter(found.values()), 0) >= sure
        count.add(account.id, [*found], None, is_sure)
        if account.id not in found:
            missed += _explain(lead, account, partners.browse([*found]), None)
    accounts.unlink()
    row = {"method": SPELLINGS[of_account, of_lead], "leads": "other scripts"}
    return {**row, **count.as_row()}, missed


def _get_scores(env, leads, ciks) -> list:
    """Return what is found for each lead by its name, however low the score is."""
    parameters = env["ir.config_parameter"].sudo()
    shown = parameters.get_param(THRESHOLD)
    parameters.set_param(THRESHOLD, LEAST_SCORE)
    found = _find(env["res.partner"], leads, "name")
    parameters.set_param(THRESHOLD, shown)
    return [
        [[ciks[number], score] for number, score in matches.items() if number in ciks]
        for matches in found
    ]


def _link(env, misses):
    """Link a lead of each name to its account, as a person does in the lead's form."""
    leads = env["crm.lead"].with_user(env.ref("base.user_admin"))
    for name, account in misses:
        lead = leads.create({"name": name, "type": "lead", "partner_name": name})
        lead.account_id = account


def half(company: str) -> str:
    """Return which half of the leads a company belongs to, for good."""
    digest = hashlib.md5(company.encode(), usedforsecurity=False).digest()
    return HALVES[1 - digest[0] % 2]


def _find(partners, leads, method) -> list[dict[int, float]]:
    """Return the scores of the accounts found for each lead, the best first, by id."""
    if method == "native":
        return [
            dict.fromkeys(
                partners.search(
                    [("name", "=ilike", _escaped(lead["company"]))], limit=FIRST
                ).ids,
                1.0,
            )
            for lead in leads
        ]
    asked = [
        {"name": lead["company"], "website": method == "website" and lead["website"]}
        for lead in leads
    ]
    results = partners._find_account_matches_batch(asked, limit=FIRST)
    return [
        {match["id"]: match["score"] for match in result["matches"]}
        for result in results
    ]


def _escaped(text):
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _explain(lead, expected, found, overlooked):
    """Tell of a lead whose account is not the first one found, or that has none and
    is shown one."""
    if found[:1] != expected if expected else found:
        yield {
            "lead": lead["company"],
            "expected": expected.name if expected else "",
            "found": [partner.name for partner in found],
            "overlooked": bool(overlooked) and overlooked in found,
        }
