"""Tests of the tooling itself: no network, no database, no Odoo."""
