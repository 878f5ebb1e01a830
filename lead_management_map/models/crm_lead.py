from urllib.parse import quote, urlencode

from odoo import api, fields, models
from odoo.exceptions import UserError

# What makes an address; the country alone is no place to show.
PLACE_FIELDS = ("street", "street2", "zip", "city", "state_id", "country_id")
POSITION_FIELDS = ("map_address", "map_latitude", "map_longitude")
# Half of what an embedded OpenStreetMap shows, in degrees: some streets around.
SPAN = (0.008, 0.004)


class CrmLead(models.Model):
    """Where the lead is, on a map.

    The admin chooses the provider, with that of Odoo's geolocation. OpenStreetMap wants
    a position, which is looked up once for an address and kept; Google takes the
    address. Nothing is sent to either before the map is asked for, unless the admin
    has it shown at once.
    """

    _inherit = "crm.lead"

    map_latitude = fields.Float(
        digits=(10, 7), copy=False, readonly=True, system=True, aggregator=None
    )
    map_longitude = fields.Float(
        digits=(10, 7), copy=False, readonly=True, system=True, aggregator=None
    )
    map_address = fields.Char(
        "Address of the Position",
        copy=False,
        readonly=True,
        system=True,
        help="The address that latitude and longitude were looked up for",
    )

    map_at_once = fields.Boolean(
        "Show Map at Once",
        compute="_compute_map_at_once",
        help="Otherwise it takes a click, and nothing is sent to the map service before"
        " that",
    )

    map_url = fields.Char(
        "Map",
        compute="_compute_map_url",
        help="Of the address, at the map service; nothing is sent before it is opened",
    )

    @api.depends(*PLACE_FIELDS)
    def _compute_map_url(self):
        provider = self._get_map_provider()
        for lead in self:
            address = lead._get_map_address()
            lead.map_url = address and self._get_map_url(provider, address)

    def _compute_map_at_once(self):
        parameters = self.env["ir.config_parameter"]
        self.map_at_once = parameters._get_lead_flag("lead_management.map_at_once")

    def get_map(self):
        """Return what to show of this lead's place.

        :return: `{"address", "open_url", "embed_url", "problem"}`; `embed_url` is empty
            when the position of the address isn't known, `problem` says why then. All
            is empty without an address.
        """
        self.ensure_one()
        self.check_access("read")
        values = dict.fromkeys(("address", "open_url", "embed_url", "problem"), "")
        address = self._get_map_address()
        if not address:
            return values
        provider = self._get_map_provider()
        values |= {"address": address, "open_url": self._get_map_url(provider, address)}
        if provider == "googlemap":
            embed_url = f"https://maps.google.com/maps?q={quote(address)}&output=embed"
            return values | {"embed_url": embed_url}
        return values | self._get_open_street_map(address)

    def _get_map_provider(self):
        return self.env["base.geocoder"]._get_provider().tech_name

    def _get_map_url(self, provider, address):
        """Return where the map service shows an address on a page of its own."""
        if provider == "googlemap":
            query = urlencode({"api": 1, "query": address})
            return f"https://www.google.com/maps/search/?{query}"
        return f"https://www.openstreetmap.org/search?query={quote(address)}"

    def _get_map_address(self):
        """Return the address as geocoders read it; empty when there is no more than a
        country or a state."""
        if not (self.street or self.city or self.zip):
            return ""
        street = " ".join(filter(None, [self.street, self.street2]))
        return self.env["base.geocoder"].geo_query_address(
            street=street,
            zip=self.zip,
            city=self.city,
            state=self.state_id.name,
            country=self.country_id.name,
        )

    def _get_open_street_map(self, address):
        try:
            position = self._get_map_position(address)
        except UserError:
            return {"problem": self.env._("The map service can't be reached now.")}
        if not position:
            return {
                "problem": self.env._(
                    "This address isn't on the map. Check street and city."
                )
            }
        latitude, longitude = position
        box = (
            longitude - SPAN[0],
            latitude - SPAN[1],
            longitude + SPAN[0],
            latitude + SPAN[1],
        )
        query = urlencode(
            {
                "bbox": ",".join(f"{degree:.6f}" for degree in box),
                "layer": "mapnik",
                "marker": f"{latitude:.6f},{longitude:.6f}",
            }
        )
        return {"embed_url": f"https://www.openstreetmap.org/export/embed.html?{query}"}

    def _get_map_position(self, address):
        """Return latitude and longitude of an address, None if it has none.

        :raise UserError: the service can't be reached
        """
        if self.map_address == address:
            known = self.map_latitude or self.map_longitude
            return (self.map_latitude, self.map_longitude) if known else None
        position = self.env["base.geocoder"].geo_find(address)
        # Whoever may read the lead may look where it is. That is no change of theirs:
        # who changed the lead last, and when, stays as it is.
        self.flush_recordset(POSITION_FIELDS)
        self.env.cr.execute(
            """
            UPDATE crm_lead
               SET map_address = %s, map_latitude = %s, map_longitude = %s
             WHERE id = %s
            """,
            [address, *(position or (None, None)), self.id],
        )
        self.invalidate_recordset(POSITION_FIELDS)
        return position
