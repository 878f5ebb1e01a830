from odoo import models
from odoo.tools import format_list

from ...tools import web_domain
from ...tools.abbreviations import canonical
from ...tools.account_key import account_key, fold, legal_form
from ...tools.company_words import split_compounds
from ...tools.match_score import FAMILIES


class ResPartner(models.Model):
    """Why an account may be the company, in words that a salesperson understands."""

    _inherit = "res.partner"

    def _get_match_reasons(self, query, account, pieces):
        """Return the reasons for a match, the strongest first.

        Of pieces of evidence that say the same, only the strongest is told.
        """
        told = {}
        for piece in sorted(pieces, key=lambda piece: -piece.strength):
            told.setdefault(FAMILIES[piece.kind], piece)
        reasons = [
            self._get_evidence_reason(piece, query, account) for piece in told.values()
        ]
        if query.country_id and query.country_id == account["country_id"]:
            reasons.append(self.env._("same country"))
        if not account["active"]:
            reasons.append(self.env._("archived"))
        return reasons

    def _get_evidence_reason(self, piece, query, account):
        """Return a piece of evidence in words."""
        if piece.kind == "name":
            return self._get_name_reason(piece.detail, query, account)
        if piece.kind == "word":
            return self.env._("its name contains “%(name)s”", name=query.name)
        if piece.kind == "initials":
            return self.env._(
                "%(initials)s are its initials", initials=piece.detail.upper()
            )
        if piece.kind == "domain_name":
            found = [*query.web_domains, query.email_domain]
            domain = next(d for d in found if web_domain.spelled(d) == piece.detail)
            return self.env._(
                "the domain %(domain)s spells its name",
                domain=web_domain.readable(domain),
            )
        domain = web_domain.readable(piece.detail)
        if piece.kind == "website":
            return self.env._("same website %(domain)s", domain=domain)
        if piece.kind == "email_domain":
            return self.env._("same email domain %(domain)s", domain=domain)
        return {
            "email": self.env._("same email address"),
            "emailcontact": self.env._("a contact has the same email address"),
            "phone": self.env._("same phone"),
            "phonecontact": self.env._("a contact has the same phone"),
            "vat": self.env._("same tax ID"),
            "vatcontact": self.env._("same tax ID"),
        }[piece.kind + piece.detail]

    def _get_name_reason(self, kind, query, account):
        """Return in which way the names are alike.

        :param str kind: of `name_similarity.Likeness`
        """
        if kind == "equal":
            forms = [legal_form(query.name), legal_form(account["name"])]
            if fold(forms[0]) == fold(forms[1]):
                return self.env._("same name")
            forms = format_list(self.env, [form for form in forms if form])
            return self.env._("name differs only by %(words)s", words=forms)
        if kind == "spaces":
            return self.env._("same name, written together or apart")
        if kind == "order":
            return self.env._("same words in another order")
        if kind == "script":
            return self.env._("sounds alike in another script")
        ours, theirs = query.key.split(), account_key(account["name"]).split()
        if kind == "structure":
            ours, theirs = split_compounds(ours), split_compounds(theirs)
            both = {*map(canonical, ours)} & {*map(canonical, theirs)}
            words = [word for word in ours + theirs if canonical(word) not in both]
            if not words:  # a plural, an abbreviation
                return self.env._("nearly the same name")
            return self.env._(
                "name differs only by %(words)s",
                words=format_list(self.env, [word.title() for word in words]),
            )
        if set(ours) <= set(theirs):
            return self.env._("its name contains “%(name)s”", name=query.name)
        if set(theirs) <= set(ours):
            return self.env._("its name is part of “%(name)s”", name=query.name)
        return self.env._("similar name")
