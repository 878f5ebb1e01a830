{
    "name": "Lead Management – Rule Simulator",
    "version": "19.0.1.0.0",
    "development_status": "Beta",
    "category": "Sales/CRM",
    "summary": "Try changed assignment rules on the leads of the last weeks first",
    "author": "Lead Management contributors",
    "license": "LGPL-3",
    "icon": "/lead_management/static/description/icon.png",
    "depends": ["lead_management_assignment"],
    "data": [
        "security/ir.model.access.csv",
        "security/crm_lead_assignment_simulation_security.xml",
        "views/crm_lead_assignment_simulation_move_views.xml",
        "views/crm_lead_assignment_simulation_views.xml",
        "views/crm_lead_assignment_rule_views.xml",
    ],
    "demo": ["demo/crm_lead_assignment_simulation_demo.xml"],
    "assets": {
        "web.assets_tests": [
            "lead_management_simulator/static/tests/tours/**/*",
        ],
    },
    "uninstall_hook": "uninstall_hook",
    "auto_install": True,
}
