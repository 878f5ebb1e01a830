"""Native Odoo and the addon side by side: `./dev bench`.

Two databases hold the same rows: `native` is Odoo with the addon's dependencies and
generated leads and accounts, `addon` is a copy of it into which the addon was
installed. Both are opened in one process, as one Odoo server opens many databases: so
both see the same Python, the same memory and the same moment of the machine, and every
repetition of a measure can alternate between them within milliseconds. What counts is
the ratio of the medians; seconds are only what this machine made of it.

    company_names.py, people.py   generated companies, persons, phone numbers
    copy_rows.py                  rows by COPY
    seed.py, seed_….py            what is in the database that both sides are made of
    side.py                       one database, and calls to it as the web client makes
    client.py                     which fields the web client asks for, from a view
    benchmark.py                  what a benchmark is, and the alternating measure
    catalogue.py, lead_record.py  the benchmarks
    report.py                     the table
"""
