def migrate(cr, version):
    """Give each company its own copy of the titles of lead files that were learned for
    all of them, so that what one corrects leaves the others alone."""
    cr.execute("""
        INSERT INTO base_import_mapping
               (res_model, column_name, field_name, company_id,
                create_uid, create_date, write_uid, write_date)
        SELECT mapping.res_model, mapping.column_name, mapping.field_name, company.id,
               mapping.create_uid, mapping.create_date,
               mapping.write_uid, mapping.write_date
          FROM base_import_mapping mapping CROSS JOIN res_company company
         WHERE mapping.res_model = 'crm.lead' AND mapping.company_id IS NULL
           AND mapping.field_name IS NOT NULL
    """)
    cr.execute(
        "DELETE FROM base_import_mapping"
        " WHERE res_model = 'crm.lead' AND company_id IS NULL"
    )
