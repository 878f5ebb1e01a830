{
    "name": "Lead Management – Map",
    "version": "19.0.1.0.0",
    "development_status": "Beta",
    "category": "Sales/CRM",
    "summary": "See where a lead is",
    "author": "Lead Management contributors",
    "license": "LGPL-3",
    "icon": "/lead_management/static/description/icon.png",
    "depends": ["base_geolocalize", "lead_management"],
    "data": [
        "views/crm_lead_views.xml",
        "views/res_config_settings_views.xml",
    ],
    "demo": [
        "demo/crm_lead_demo.xml",
    ],
    "assets": {
        "web.assets_backend": [
            "lead_management_map/static/src/**/*",
            ("remove", "lead_management_map/static/src/*/lazy/**/*"),
        ],
        "lead_management.assets_lazy": [
            "lead_management_map/static/src/*/lazy/**/*",
        ],
        "web.assets_tests": [
            "lead_management_map/static/tests/tours/**/*",
        ],
        "web.assets_unit_tests": [
            "lead_management_map/static/tests/*.js",
        ],
    },
    "uninstall_hook": "uninstall_hook",
    # Geolocation comes with it.
    "auto_install": ["lead_management"],
}
