"""Translations as gettext files (PO), which outside translators open in the programs that they know."""
