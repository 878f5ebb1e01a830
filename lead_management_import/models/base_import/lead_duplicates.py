from odoo import fields, models
from odoo.tools import email_normalize

from odoo.addons.lead_management.tools.account_key import company_key
from odoo.addons.lead_management.tools.lead_likeness import SURE


class BaseImport(models.TransientModel):
    """Tell, when a file of leads is tested, which of its rows are there already.

    SPECIFICATION. Each row that would create a lead is compared with

    1. open leads and opportunities of the company (or of none), as everybody who comes
       in is (`crm.lead._judge_open_leads`), unless the policy in Settings is not to;
    2. the rows above it, those of earlier batches too,
    3. accounts, by `res.partner._find_account_matches_batch`, unless the row names a
       customer or account, or the policy in Settings is not to look for them.

    Two rows are the same when they have the same normalized e-mail address, or the same
    account key and person. Where neither has a person, they are when neither has an
    e-mail address.

    What is found first decides which group a row is shown in; its best account is told
    in any case. What the user may not read is counted, and never named. The test writes
    nothing but the keys of its rows, on the wizard, for the batches to come.
    """

    _inherit = "base_import.import"

    lead_row_keys = fields.Json(help="The first row of each email address and person")

    def _find_lead_duplicates(self, run, options):
        """Return the rows of a tested batch that may be there already, in order.

        :return: a list of dictionaries of `row` (counted from 0), `number` (as in a
            spreadsheet), `label`, `kind` (`"lead"`, `"row"` or `"account"`), `first`
            (the number of the row that it repeats), `lead` and `account` (what the user
            may see of them, or False), `is_sure` (of the account), and `hidden` (how
            many records were found that the user may not read)
        """
        rows = sorted(run.new_rows)
        if not rows:
            return []
        keys = [self._get_lead_keys(run.new_rows[row]) for row in rows]
        leads = self._find_same_leads([run.new_rows[row] for row in rows])
        firsts = self._find_same_rows(rows, keys, is_first=not run.continues)
        accounts = self._find_row_accounts([run.new_rows[row] for row in rows])
        found = []
        for row, lead, first, account in zip(
            rows, leads, firsts, accounts, strict=True
        ):
            if lead["lead"] or lead["hidden"]:
                kind = "lead"
            elif first is not None:
                kind = "row"
            elif account["account"] or account["hidden"]:
                kind = "account"
            else:
                continue
            values = run.new_rows[row]
            hidden = lead["hidden"] if kind == "lead" else account["hidden"]
            found.append(
                {
                    "row": row,
                    "number": self._get_row_number(row, options),
                    "label": self._get_new_row_label(values),
                    "kind": kind,
                    "first": self._get_row_number(first, options)
                    if kind == "row"
                    else False,
                    "lead": lead["lead"],
                    "account": account["account"],
                    "is_sure": account["is_sure"],
                    "adds": lead["adds"],
                    "hidden": hidden,
                }
            )
        return found

    def _get_new_row_label(self, values):
        names = (
            values.get("partner_name"),
            self.env["crm.lead"]._get_name_of_person(values),
        )
        return (
            " – ".join(name for name in names if name)
            or values.get("email_from")
            or values.get("name")
            or ""
        )

    def _get_lead_keys(self, values):
        """Return by what a lead is the same as another: `(email, account key, person)`,
        with None for a key that tells nothing."""
        email = email_normalize(values.get("email_from") or "") or None
        key = company_key(values.get("partner_name")) or None
        person = self.env["crm.lead"]._get_name_of_person(values).lower()
        if key and not person and email:
            key = None
        return email, key, person

    # ------------------------------------------------------------
    # LEADS
    # ------------------------------------------------------------

    def _find_same_leads(self, values_list):
        """Return for each row `{"lead", "hidden", "adds"}`: the open lead that is most
        like it, how many others are that the user may not read, and whether the row is
        added to it unless somebody chooses otherwise."""
        leads = self.env["crm.lead"]
        policy = leads._get_open_lead_policy("import")
        nothing = {"lead": False, "hidden": 0, "adds": False}
        if policy == "off":
            return [nothing for _values in values_list]
        matches_list = self._get_same_persons(values_list)
        found = leads.browse({match.id for some in matches_list for match in some})
        readable = found._filtered_access("read")
        readable.fetch(["name", "user_id", "type"])
        writable = set(readable._filtered_access("write")._ids)
        known = set(readable._ids)
        result = []
        for matches in matches_list:
            match = next((match for match in matches if match.id in known), None)
            if not match:
                result.append({**nothing, "hidden": len(matches)})
                continue
            lead, can_add = readable.browse(match.id), match.id in writable
            described = {
                "id": lead.id,
                "name": lead.name,
                "owner": lead.user_id.sudo().name or False,
                "type": lead.type,
                "can_add": can_add,
            }
            adds = policy == "add" and can_add and match.score >= SURE
            result.append({"lead": described, "hidden": 0, "adds": adds})
        return result

    def _get_same_persons(self, values_list):
        """Return the `Match`es of each row that are of the same person, best first. Of
        a company alone are rows and leads that both have neither person nor email."""
        leads = self.env["crm.lead"]
        matches_list = leads._judge_open_leads(values_list)
        nobody = [
            not values.get("email_from") and not leads._get_name_of_person(values)
            for values in values_list
        ]
        companies = (
            leads.sudo()
            .browse(
                {
                    match.id
                    for matches, is_asked in zip(matches_list, nobody, strict=True)
                    for match in matches
                    if is_asked and not match.is_person
                }
            )
            .filtered(lambda lead: not (lead.contact_name or lead.email_normalized))
        )
        return [
            [
                match
                for match in matches
                if match.is_person or (is_asked and match.id in companies._ids)
            ]
            for matches, is_asked in zip(matches_list, nobody, strict=True)
        ]

    # ------------------------------------------------------------
    # ROWS
    # ------------------------------------------------------------

    def _find_same_rows(self, rows, keys_list, is_first):
        """Return for each row the first row that is the same, None if there is none.

        :param bool is_first: the batch is the first of a file
        """
        known = {} if is_first else dict(self.lead_row_keys or {})
        firsts = []
        for row, (email, key, person) in zip(rows, keys_list, strict=True):
            own = [f"e {email}"] if email else []
            if key:
                own.append(f"p {key}|{person}")
            firsts.append(next((known[name] for name in own if name in known), None))
            for name in own:
                known.setdefault(name, row)
        self.lead_row_keys = known
        return firsts

    # ------------------------------------------------------------
    # ACCOUNTS
    # ------------------------------------------------------------

    def _find_row_accounts(self, values_list):
        """Return for each row `{"account", "is_sure", "hidden"}`: the account it may
        be of."""
        partners = self.env["res.partner"]
        asked = [{"partner_name": False}] * len(values_list)
        if partners._get_duplicate_policy() != "off":
            asked = [
                {"partner_name": False, **({} if values.get("partner_id") else values)}
                for values in values_list
            ]
        _threshold, sure = partners._get_account_match_thresholds()
        found_list = self.env["crm.lead"]._find_possible_accounts(asked, limit=3)
        companies = partners.browse(
            {match["id"] for found in found_list for match in found["matches"]}
        ).filtered("is_company")
        company_ids = set(companies.ids)
        result = []
        for found in found_list:
            matches = [m for m in found["matches"] if m["id"] in company_ids]
            result.append(
                {
                    "account": matches[0] if matches else False,
                    "is_sure": bool(matches) and matches[0]["score"] >= sure,
                    "hidden": found["hidden"],
                }
            )
        return result
