{
    "name": "Lead Management – News",
    "version": "19.0.1.0.0",
    "development_status": "Beta",
    "category": "Sales/CRM",
    "summary": "Read what is new about a lead",
    "author": "Lead Management contributors",
    "license": "LGPL-3",
    "icon": "/lead_management/static/description/icon.png",
    "depends": ["lead_management"],
    # Not `feedparser`: without it news are off, and say so. An addon that needs what is
    # missing would keep all that is installed together from being installed.
    "data": [
        "security/ir.model.access.csv",
        "security/crm_lead_feed_security.xml",
        "data/ir_cron_data.xml",
        "views/crm_lead_feed_item_views.xml",
        "views/crm_lead_feed_views.xml",
        "views/crm_lead_views.xml",
        "views/res_config_settings_views.xml",
        "views/lead_management_news_menus.xml",
    ],
    "demo": [
        "demo/crm_lead_feed_demo.xml",
    ],
    "assets": {
        "web.assets_backend": [
            "lead_management_news/static/src/**/*",
            ("remove", "lead_management_news/static/src/*/lazy/**/*"),
        ],
        "lead_management.assets_lazy": [
            "lead_management_news/static/src/*/lazy/**/*",
        ],
        "web.assets_tests": [
            "lead_management_news/static/tests/tours/**/*",
        ],
        "web.assets_unit_tests": [
            "lead_management_news/static/tests/*.js",
        ],
    },
    "uninstall_hook": "uninstall_hook",
    "auto_install": True,
}
