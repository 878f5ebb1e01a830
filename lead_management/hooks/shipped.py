"""Records of native models that the addon ships, and those that were there before."""

# Records of native models that the addon ships, with the names they go by. Where the
# database has one of that name it is adopted instead of created again.
SHIPPED_RECORDS = {
    "utm.source": {
        "utm_source_call": "Call",
        "utm_source_email": "Email",
        "utm_source_existing_customer": "Existing Customer",
        "utm_source_partner": "Partner",
        "utm_source_public_relations": "Public Relations",
        "utm_source_web_site": "Web Site",
        "utm_source_campaign": "Campaign",
        "utm_source_other": "Other",
    },
    "crm.tag": {
        "crm_tag_pricing_request": "Pricing request",
        "crm_tag_demo": "Demo",
        "crm_tag_no_intent": "No intent",
    },
}
# Which were there before, kept for the day of uninstalling
ADOPTED_PARAMETER = "lead_management.adopted_records"


def adopt_records(env):
    """Make the shipped data land on the records of the same name that exist."""
    adopted = [
        {
            "module": "lead_management",
            "name": xml_id,
            "model": record._name,
            "res_id": record.id,
            "noupdate": True,
        }
        for xml_id, record in _find_shipped(env).items()
    ]
    env["ir.model.data"].create(adopted)
    env["ir.config_parameter"].set_param(
        ADOPTED_PARAMETER, " ".join(values["name"] for values in adopted)
    )


def release_records(env):
    """Keep those of the shipped records that were there before or that leads use."""
    adopted = (env["ir.config_parameter"].get_param(ADOPTED_PARAMETER) or "").split()
    leads = env["crm.lead"].with_context(active_test=False)
    used = {
        "utm.source": leads._read_group([], ["source_id"]),
        "crm.tag": leads._read_group([], ["tag_ids"]),
    }
    for model_name, names in SHIPPED_RECORDS.items():
        used_ids = {record.id for (record,) in used[model_name]}
        env["ir.model.data"].search(
            [("module", "=", "lead_management"), ("name", "in", list(names))]
        ).filtered(
            lambda data, used_ids=used_ids: (
                data.name in adopted or data.res_id in used_ids
            )
        ).unlink()


def name_sources(env):
    """Give the sources that were created the names they have in the database's main
    language, where those are free."""
    for xml_id, name in _get_source_names(env).items():
        source = env.ref(f"lead_management.{xml_id}", raise_if_not_found=False)
        shipped = SHIPPED_RECORDS["utm.source"][xml_id]
        if (
            source
            and source.name == shipped != name
            and not env["utm.source"]
            .with_context(active_test=False)
            .search_count([("name", "=", name)], limit=1)
        ):
            source.name = name


def _find_shipped(env):
    """Return the records that go by the names of shipped ones, in English or, of
    sources, in the database's main language; by XML id."""
    found = {}
    for model_name, names in SHIPPED_RECORDS.items():
        own = _get_source_names(env) if model_name == "utm.source" else {}
        records = env[model_name].search(
            [("name", "in", [*names.values(), *own.values()])]
        )
        by_name = {record.name: record for record in records}
        for xml_id, name in names.items():
            if record := by_name.get(own.get(xml_id)) or by_name.get(name):
                found[xml_id] = record
    return found


def _get_source_names(env):
    """Return the names of the shipped lead sources in the database's main language.

    Unlike statuses and tags, sources have one name, for all users.
    """
    company = env["res.company"].search([], order="id", limit=1)
    env = env(context={**env.context, "lang": company.partner_id.lang or "en_US"})
    return {
        "utm_source_call": env._("Call"),
        "utm_source_email": env._("Email"),
        "utm_source_existing_customer": env._("Existing Customer"),
        "utm_source_partner": env._("Partner"),
        "utm_source_public_relations": env._("Public Relations"),
        "utm_source_web_site": env._("Web Site"),
        "utm_source_campaign": env._("Campaign"),
        "utm_source_other": env._("Other"),
    }
