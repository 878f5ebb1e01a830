"""A year of leads: what each addon has to tell of it, in a file of its name."""
