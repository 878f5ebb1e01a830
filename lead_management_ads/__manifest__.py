{
    "name": "Lead Management – Ad Conversions",
    "version": "19.0.1.0.0",
    "development_status": "Beta",
    "category": "Sales/CRM",
    "summary": "Tell ad platforms which clicks became good leads",
    "author": "Lead Management contributors",
    "license": "LGPL-3",
    "icon": "/lead_management/static/description/icon.png",
    "depends": ["lead_management_consent"],
    "data": [
        "security/ir.model.access.csv",
        "security/crm_lead_ad_security.xml",
        "data/ir_cron_data.xml",
        "views/crm_lead_ad_conversion_views.xml",
        "views/crm_lead_ad_goal_views.xml",
    ],
    "demo": [
        "demo/crm_lead_ad_demo.xml",
    ],
    "assets": {
        "web.assets_tests": [
            "lead_management_ads/static/tests/tours/**/*",
        ],
    },
    "uninstall_hook": "uninstall_hook",
    "auto_install": True,
}
