from odoo import api, models
from odoo.exceptions import ValidationError

from ...tools import safe_url


class CrmLeadCaptureForm(models.Model):
    """The form's own addresses, and the web sites it works with."""

    _inherit = "crm.lead.capture.form"

    @api.constrains("return_url", "error_url", "closed_url")
    def _check_urls(self):
        for form in self:
            for name in ("return_url", "error_url", "closed_url"):
                if form[name]:
                    form._read_url(
                        form, name, safe_url.return_url, form._get_own_origin()
                    )

    @api.constrains("frame_ancestors", "cors_origins")
    def _check_origins(self):
        for form in self:
            form._read_url(form, "frame_ancestors", safe_url.origins, True)
            form._read_url(form, "cors_origins", safe_url.origins)

    def _get_post_path(self):
        return f"/lead/capture/{self.token}"

    def _get_page_path(self):
        return f"/lead/form/{self.token}"

    def _get_url(self, name):
        """Return where to send visitors: to the `return_url` after sending, to the
        `error_url` when answers can't be used, to the `closed_url` while it is closed;
        empty for a page of the form's own."""
        # Read again when it is used: the server's own address may have changed since
        # it was saved, and no import or script may make this an open redirect.
        try:
            return safe_url.return_url(self[name], self._get_own_origin())
        except safe_url.UnsafeUrlError:
            return ""

    def _get_frame_ancestors(self):
        """Return the origins that may embed the page, `*.example.com` among them."""
        return self._get_origins("frame_ancestors", wildcard=True)

    def _get_origins(self, name, wildcard=False):
        try:
            return safe_url.origins(self[name], wildcard)
        except safe_url.UnsafeUrlError:
            return []

    def _get_own_origin(self):
        return "/".join(self.get_base_url().split("/", 3)[:3])

    def _read_url(self, record, name, read, *args):
        """Read an address that a user typed, on the form or on one of its lines."""
        try:
            return read(record[name], *args)
        except safe_url.UnsafeUrlError as error:
            raise ValidationError(
                self.env._(
                    "%(field)s of the form “%(form)s”: “%(address)s” can't be used."
                    " %(reason)s",
                    field=record._fields[name]._description_string(self.env),
                    form=self.name,
                    address=error.text,
                    reason=self._get_url_reasons().get(error.reason, ""),
                )
            ) from error

    def _get_url_reasons(self):
        """Return what to do, by why an address was refused."""
        return {
            safe_url.TOO_LONG: self.env._("It is too long."),
            safe_url.CHARACTERS: self.env._(
                "It contains a space, a backslash or a control character. Remove it."
            ),
            safe_url.SCHEME: self.env._("Start it with https://."),
            safe_url.USER: self.env._("Remove the user name and password."),
            safe_url.HOST: self.env._(
                "It has no host name. Write it like https://www.example.com/page."
            ),
            safe_url.PATH: self.env._("Enter only the site, without a page."),
            safe_url.WILDCARD: self.env._(
                "Name the site. *.example.com is only for sites that embed the form."
            ),
        }
