{
    "name": "Neighbour of Lead Management",
    "version": "19.0.1.0.0",
    "category": "Hidden",
    "summary": "What any other app may do with leads, and sees of them",
    "author": "Lead Management contributors",
    "license": "LGPL-3",
    "depends": ["crm"],
    "data": ["security/ir.model.access.csv"],
}
