from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import format_list

from ...tools.account_key import company_key

POLICY_PARAMETER = "lead_management.duplicate_policy"
POLICIES = ("off", "warn", "block")
MATCHED_FIELDS = ("name", "email", "phone", "website", "vat")


class ResPartner(models.Model):
    """Second accounts of one company, and what the policy in Settings says to them.

    An account is a company of its own: a partner that is a company and has no parent.
    A second account is one of the same name as an existing account (legal forms,
    accents and signs aside), or one that matches it with a score that is as good as
    sure (a setting of the matching). Archived accounts and those of other companies
    count, and so do others of the same call.

    1. **off**: nothing is said.
    2. **warn** (the default): the forms of leads and partners show the accounts there
       are. Everything can be saved.
    3. **block**: as warn, and salespeople can't create a second account, by no door:
       form, import, API or conversion, nor by a contact that becomes a company or an
       account that gets another name. The error names the existing account, if the
       user may read it, and says what to do. These pass, and the chatter of the new
       account says that it is a second one:

       * sales managers;
       * users without a role in sales: the policy is about selling, and an accountant
         has a bill to enter;
       * code running as superuser: portal signup, mail gateway, web site, cron.

    The chatter is read by others than the one who created the account. It names an
    existing account only where whoever reads the new one may read it too: when both are
    of one company, or the existing one is shared.
    """

    _inherit = "res.partner"

    def _get_duplicate_policy(self):
        """Return what becomes of second accounts: one of `POLICIES`."""
        parameters = self.env["ir.config_parameter"]
        return parameters._get_lead_choice(POLICY_PARAMETER, "warn", POLICIES)

    @api.model
    @api.readonly
    def find_existing_accounts(self, values, limit=3):
        """Return what the form of a new company shows.

        :param dict values: as `find_account_matches` takes them
        :return: `{"accounts": matches, "hidden": n}`; none when the policy is off
        """
        if self._get_duplicate_policy() == "off":
            return {"accounts": [], "hidden": 0}
        found = self.find_account_matches(values, limit=limit)
        return {"accounts": found["matches"], "hidden": found["hidden"]}

    @api.model_create_multi
    def create(self, vals_list):
        positions = [
            position
            for position, vals in enumerate(vals_list)
            if self._is_new_account(vals)
        ]
        if not positions or self._get_duplicate_policy() != "block":
            return super().create(vals_list)
        keys = self.env["crm.account.key"]
        keys._lock(company_key(vals_list[at]["name"]) for at in positions)
        existing = self._find_first_accounts([vals_list[at] for at in positions])
        if self._is_bound_by_duplicate_policy():
            for position, (accounts, twin) in zip(positions, existing, strict=True):
                if accounts or twin:
                    self._refuse_second_account(vals_list[position], accounts, twin)
        partners = super().create(vals_list)
        for position, (accounts, _twin) in zip(positions, existing, strict=True):
            if accounts:
                partners[position]._log_second_account(accounts)
        return partners

    def write(self, vals):
        if not {"name", "is_company", "parent_id"} & set(vals):
            return super().write(vals)
        before = {partner: partner._get_own_name_key() for partner in self}
        result = super().write(vals)
        accounts = self.filtered(
            lambda partner: partner._get_own_name_key() not in (False, before[partner])
        )
        if accounts and self._get_duplicate_policy() == "block":
            accounts._check_second_accounts()
        return result

    def _get_own_name_key(self):
        """Return what an account's name is known by; False of what is no account."""
        is_account = self.is_company and not self.parent_id and self.name
        return (is_account and company_key(self.name)) or False

    def _check_second_accounts(self):
        """Say of partners that have become accounts, or got another name, that there
        are accounts of the name."""
        vals_list = [
            {
                **{name: partner[name] for name in MATCHED_FIELDS},
                "country_id": partner.country_id.id,
            }
            for partner in self
        ]
        keys = self.env["crm.account.key"]
        keys._lock(company_key(vals["name"]) for vals in vals_list)
        found = self._find_first_accounts(vals_list)
        is_bound = self._is_bound_by_duplicate_policy()
        for partner, vals, (accounts, _twin) in zip(
            self, vals_list, found, strict=True
        ):
            if not (others := accounts - partner):
                continue
            if is_bound:
                self._refuse_second_account(vals, others, False)
            partner._log_second_account(others)

    def _is_new_account(self, vals):
        """Tell whether values are those of a company of its own."""
        get = {
            key.removeprefix("default_"): value
            for key, value in self.env.context.items()
            if key in ("default_is_company", "default_company_type")
        }
        get.update(vals)
        is_company = get.get("is_company") or get.get("company_type") == "company"
        parent = vals.get("parent_id", self.env.context.get("default_parent_id"))
        return bool(is_company and not parent and vals.get("name"))

    def _is_bound_by_duplicate_policy(self):
        """Tell whether the policy stops the user; see the class."""
        user = self.env.user
        return (
            not self.env.su
            and user.has_group("sales_team.group_sale_salesman")
            and not user.has_group("sales_team.group_sale_manager")
        )

    def _find_first_accounts(self, vals_list):
        """Find the accounts there are of the companies about to be created.

        :return: for each, the existing accounts, best first, as the superuser sees
            them, and the name of another one of the same call
        """
        _threshold, sure = self._get_account_match_thresholds()
        partners = self.sudo()
        found = partners._find_account_matches_batch(
            [
                {name: str(vals[name]) for name in MATCHED_FIELDS if vals.get(name)}
                | {"country_id": vals.get("country_id")}
                for vals in vals_list
            ]
        )
        result, seen = [], {}
        for vals, answer in zip(vals_list, found, strict=True):
            key = company_key(vals["name"])
            scores = {match["id"]: match["score"] for match in answer["matches"]}
            accounts = partners.browse(scores).filtered(
                lambda account, scores=scores, key=key: (
                    account.is_company
                    and (scores[account.id] >= sure or account.account_key == key)
                )
            )
            result.append((accounts, seen.get(key)))
            if key:  # a placeholder names nobody
                seen.setdefault(key, vals["name"])
        return result

    def _refuse_second_account(self, vals, accounts, twin):
        """Say which account there is already, and what to do."""
        readable = self.browse(accounts.ids)._filtered_access("read")
        if readable:
            message = self.env._(
                "“%(name)s” is there already: %(accounts)s. Use the existing account,"
                " or ask a sales manager to create a second one.",
                name=vals["name"],
                accounts=format_list(self.env, readable.mapped("display_name")),
            )
        elif accounts:
            message = self.env._(
                "“%(name)s” is there already, as an account that you cannot open. Ask"
                " a sales manager for access to it, or to create a second one.",
                name=vals["name"],
            )
        else:
            message = self.env._(
                "“%(name)s” and “%(twin)s” are one company: create it once, or ask a"
                " sales manager to create both.",
                name=vals["name"],
                twin=twin,
            )
        raise UserError(message)

    def _log_second_account(self, accounts):
        """Say in the chatter that there were accounts of this company before."""
        self.ensure_one()
        account = self.sudo()
        named = accounts.filtered(
            lambda existing: existing.company_id in (account.company_id, self.browse())
        )
        if named:
            body = self.env._(
                "Created as a second account of %(accounts)s.",
                accounts=named[0]._get_html_link(),
            )
        else:
            body = self.env._(
                "Created as a second account of a company that is there already."
            )
        account._message_log(body=body)
