"""./dev lab soak year: two servers in a year of troubles, on a disk of their own."""
