"""The programs of PostgreSQL: where they are, and under which account a server runs."""
