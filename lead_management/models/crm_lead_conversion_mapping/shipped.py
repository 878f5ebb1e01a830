"""The mapping that comes with the addon.

By record and field: the field of the lead, or what else the line says. A line becomes a
record of its own, which people change.
"""

ADDRESS = {
    name: name
    for name in ("street", "street2", "zip", "city", "state_id", "country_id")
}
PARTNER = {
    "user_id": "user_id",
    "phone": "phone",
    "email": {"lead_field_name": "email_from", "conversion": "email"},
    **ADDRESS,
    "fax": "fax",
    # Whoever is there speaks some language already.
    "lang": {"lead_field_name": "lang_id", "conversion": "code", "existing": "keep"},
    "lead_source_id": "source_id",
    "comment": "description",
}
SHIPPED = {
    "account": {
        **PARTNER,
        "phone": {"lead_field_name": "company_phone", "else_field_name": "phone"},
        # The person's, who has it as a contact
        "email": {**PARTNER["email"], "is_alone": True},
        "website": "website",
        "twitter": "twitter",
        "social_url": "social_url",
        "annual_revenue": "annual_revenue",
        "employee_count": "employee_count",
        "industry_id": "industry_id",
        "category_id": {"lead_field_name": "tag_ids", "conversion": "tags"},
    },
    "contact": {
        **PARTNER,
        "function": "function",
        "skype": "skype",
        # The company's, where there is one
        "twitter": {"lead_field_name": "twitter", "is_alone": True},
        "social_url": {"lead_field_name": "social_url", "is_alone": True},
    },
    "opportunity": {
        name: name
        for name in (
            *("expected_revenue", "date_deadline", "description", "referred"),
            *("tag_ids", "source_id", "medium_id", "campaign_id", "rating_id"),
            *("quote_deadline", "company_phone", "skype", "best_call_time"),
            *("function", "website", "fax", "twitter", "social_url"),
            *("annual_revenue", "employee_count", "industry_id"),
        )
    },
}
