from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("citysolidarity", "0016_one_alarm")]
    operations = [
        migrations.CreateModel(
            name="PageCount",
            fields=[
                ("pk", models.CompositePrimaryKey("day", "kind", "slug", "language", blank=True, editable=False, primary_key=True, serialize=False)),
                ("day", models.DateField(verbose_name="day")),
                ("kind", models.CharField(max_length=40, verbose_name="kind")),
                ("slug", models.CharField(blank=True, max_length=200, verbose_name="address")),
                ("language", models.CharField(max_length=7, verbose_name="language")),
                ("views", models.PositiveIntegerField(verbose_name="views")),
            ],
            options={
                "verbose_name": "count of a page",
                "verbose_name_plural": "counts of pages",
                "default_permissions": (),
                "constraints": [models.CheckConstraint(condition=models.Q(("views__gt", 0)), name="page_count_is_of_something")],
            },
        ),
        migrations.CreateModel(
            name="SearchMark",
            fields=[
                ("pk", models.CompositePrimaryKey("month", "key", blank=True, editable=False, primary_key=True, serialize=False)),
                ("month", models.DateField(verbose_name="month")),
                ("key", models.BinaryField(verbose_name="keyed hash")),
                ("places", models.BigIntegerField(verbose_name="places")),
            ],
            options={
                "verbose_name": "mark of a search",
                "verbose_name_plural": "marks of searches",
                "default_permissions": (),
                "constraints": [models.CheckConstraint(condition=models.Q(("places__gt", 0)), name="search_mark_has_a_place")],
            },
        ),
        migrations.CreateModel(
            name="SearchWord",
            fields=[
                ("pk", models.CompositePrimaryKey("month", "language", "words", blank=True, editable=False, primary_key=True, serialize=False)),
                ("month", models.DateField(verbose_name="month")),
                ("language", models.CharField(max_length=7, verbose_name="language")),
                ("words", models.CharField(max_length=80, verbose_name="words")),
                ("networks", models.PositiveSmallIntegerField(verbose_name="networks")),
                ("found", models.PositiveIntegerField(null=True, verbose_name="entries found")),
            ],
            options={
                "verbose_name": "searched words",
                "verbose_name_plural": "searched words",
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("networks__gte", 5)), name="search_word_is_of_five_networks"),
                    models.CheckConstraint(condition=models.Q(("month__day", 1)), name="search_word_is_of_a_month"),
                ],
            },
        ),
    ]
