{
    "name": "Lead Management – Score",
    "version": "19.0.1.0.0",
    "development_status": "Beta",
    "category": "Sales/CRM",
    "summary": "Fit and engagement in two numbers that say what they are made of",
    "author": "Lead Management contributors",
    "license": "LGPL-3",
    "icon": "/lead_management/static/description/icon.png",
    "depends": ["lead_management"],
    "data": [
        "security/ir.model.access.csv",
        "security/crm_lead_score_security.xml",
        "data/ir_cron_data.xml",
        "views/crm_lead_fit_rule_views.xml",
        "views/crm_lead_engagement_rule_views.xml",
        "views/crm_lead_views.xml",
        "views/res_config_settings_views.xml",
        "wizard/crm_lead_score_trial_views.xml",
    ],
    "demo": [
        "demo/crm_lead_score_demo.xml",
    ],
    "assets": {
        "web.assets_backend": [
            "lead_management_score/static/src/**/*",
        ],
        "web.assets_tests": [
            "lead_management_score/static/tests/tours/**/*",
        ],
    },
    "pre_init_hook": "pre_init_hook",
    "uninstall_hook": "uninstall_hook",
    "auto_install": True,
}
