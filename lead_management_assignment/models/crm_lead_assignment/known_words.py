"""Whom a customer knows, in words: for the chatter, and for the tester."""

from markupsafe import Markup

# Whose reasons say nothing that the lead doesn't
OPEN_KINDS = ("lead", "opportunity")


class KnownWords:
    """Tell matches in the language of an environment.

    What the chatter says is read by everybody who may read the lead. It names no
    record, but links it: it opens for those who may read it. The tester names what its
    user may read.
    """

    def __init__(self, env):
        self.env = env

    def tell_in_chatter(self, verdict, lead):
        """Return a sentence about why somebody has got a lead, as markup."""
        match = verdict.match
        is_reason_open = match.kind in OPEN_KINDS or self._is_of_company(match, lead)
        parts = {
            "record": match.record._get_html_link(title=self._get_open_label(match)),
            "evidence": self._tell_evidence(match, is_reason_open),
        }
        if verdict.user and verdict.user == match.owner:
            return Markup(self.env._("Theirs is %(record)s (%(evidence)s).")) % parts
        parts["reason"] = dict(verdict.tried)[match]
        return (
            Markup(
                self.env._(
                    "The owner of %(record)s (%(evidence)s) can't take it: %(reason)s."
                )
            )
            % parts
        )

    def _is_of_company(self, match, lead):
        """Tell whether everybody who works in the lead's company may read a record.

        Words of its name may be among the reasons.
        """
        return not match.company or match.company == lead.company_id

    def _get_open_label(self, match):
        return {
            "lead": self.env._("an open lead of the same person"),
            "opportunity": self.env._("an open opportunity of the same person"),
            "contact": self.env._("a matching contact"),
            "account": self.env._("a matching account"),
        }[match.kind]

    def tell_tried(self, verdict):
        """Return in words why owners can't take the lead, a text for each match."""
        texts = []
        for match, why in verdict.tried:
            record, is_seen = self._tell(match)
            if match.owner and is_seen:
                text = self.env._(
                    "%(record)s: its owner is %(owner)s, %(reason)s",
                    record=record,
                    owner=match.owner.sudo().name,
                    reason=why,
                )
            else:
                text = self.env._("%(record)s: %(reason)s", record=record, reason=why)
            texts.append(text)
        return texts

    def tell_target(self, verdict):
        """Return in words who gets the lead, and why."""
        match = verdict.match
        if verdict.queue:
            return self.env._(
                "%(queue)s, as the owner can't take it",
                queue=verdict.queue.sudo().display_name,
            )
        name = verdict.user.sudo().name
        if verdict.user != match.owner:
            return self.env._(
                "%(user)s, who leads the team of the owner: that one can't take it",
                user=name,
            )
        record, _is_seen = self._tell(match)
        return self.env._("%(user)s, the owner of %(record)s", user=name, record=record)

    def _tell(self, match):
        """Return a match with its evidence for the user, and whether they may read
        it."""
        name, is_seen = self._name(match)
        evidence = self._tell_evidence(match, is_seen)
        text = self.env._("%(record)s (%(evidence)s)", record=name, evidence=evidence)
        return text, is_seen

    def _name(self, match):
        """Return what a match is called for the user, and whether they may read it."""
        record = match.record.with_env(self.env)
        if not record._filtered_access("read"):
            return {
                "lead": self.env._("an open lead that you cannot open"),
                "opportunity": self.env._("an open opportunity that you cannot open"),
                "contact": self.env._("a contact that you cannot open"),
                "account": self.env._("an account that you cannot open"),
            }[match.kind], False
        name = record.display_name
        return {
            "lead": self.env._("the open lead “%s”", name),
            "opportunity": self.env._("the open opportunity “%s”", name),
            "contact": self.env._("the contact “%s”", name),
            "account": self.env._("the account “%s”", name),
        }[match.kind], True

    def _tell_evidence(self, match, is_reason_open):
        """Return the score, and the reasons where they give nothing away."""
        score = self.env._("%s%%", round(100 * match.score))
        if not is_reason_open or not match.reasons:
            return score
        return self.env._(
            "%(score)s: %(reasons)s", score=score, reasons=", ".join(match.reasons)
        )
