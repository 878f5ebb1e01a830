"""The documentation: its site, its words, and the pages that are made from the code."""
