from django.contrib.postgres.operations import CreateExtension, TrigramExtension, UnaccentExtension
from django.db import migrations

CONFIGURATIONS = r"""
CREATE TEXT SEARCH CONFIGURATION solidarity_en (COPY = pg_catalog.english);
ALTER TEXT SEARCH CONFIGURATION solidarity_en
    ALTER MAPPING FOR hword, hword_part, word, asciihword, hword_asciipart, asciiword WITH unaccent, english_stem;
CREATE TEXT SEARCH CONFIGURATION solidarity_names (COPY = pg_catalog.simple);
ALTER TEXT SEARCH CONFIGURATION solidarity_names
    ALTER MAPPING FOR hword, hword_part, word, asciihword, hword_asciipart, asciiword WITH unaccent, simple;

CREATE TEXT SEARCH CONFIGURATION solidarity_fr (COPY = pg_catalog.french);
ALTER TEXT SEARCH CONFIGURATION solidarity_fr
    ALTER MAPPING FOR hword, hword_part, word, asciihword, hword_asciipart, asciiword WITH unaccent, french_stem;

CREATE TEXT SEARCH CONFIGURATION solidarity_es (COPY = pg_catalog.spanish);
ALTER TEXT SEARCH CONFIGURATION solidarity_es
    ALTER MAPPING FOR hword, hword_part, word, asciihword, hword_asciipart, asciiword WITH unaccent, spanish_stem;

CREATE TEXT SEARCH CONFIGURATION solidarity_ar (COPY = pg_catalog.arabic);
ALTER TEXT SEARCH CONFIGURATION solidarity_ar
    ALTER MAPPING FOR hword, hword_part, word, asciihword, hword_asciipart, asciiword WITH unaccent, arabic_stem;

CREATE TEXT SEARCH CONFIGURATION solidarity_pt (COPY = pg_catalog.portuguese);
ALTER TEXT SEARCH CONFIGURATION solidarity_pt
    ALTER MAPPING FOR hword, hword_part, word, asciihword, hword_asciipart, asciiword WITH unaccent, portuguese_stem;
"""


class Migration(migrations.Migration):
    """How texts are taken apart for the search: one configuration for each language, and one for names."""

    operations = [
        UnaccentExtension(),
        TrigramExtension(),
        CreateExtension("fuzzystrmatch"),
        migrations.RunSQL(CONFIGURATIONS),
    ]
