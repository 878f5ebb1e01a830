def migrate(cr, _version):
    """Show no checklist to companies that have worked with leads already."""
    cr.execute("UPDATE res_company SET lead_setup_closed = TRUE")
