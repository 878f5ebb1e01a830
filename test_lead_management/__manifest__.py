{
    "name": "Tests of Lead Management",
    "version": "19.0.1.0.0",
    "development_status": "Beta",
    "category": "Hidden/Tests",
    "summary": "What the addons of the house do together",
    "author": "Lead Management contributors",
    "license": "LGPL-3",
    "depends": [
        "lead_management_ads",
        "lead_management_alias",
        "lead_management_campaign",
        "lead_management_capture",
        "lead_management_consent",
        "lead_management_duplicate",
        "lead_management_form_health",
        "lead_management_hook",
        "lead_management_import",
        "lead_management_map",
        "lead_management_news",
        "lead_management_response",
        "lead_management_why",
    ],
    "assets": {
        "web.assets_tests": [
            "test_lead_management/static/tests/tours/**/*",
        ],
    },
}
