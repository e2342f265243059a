"""The real site with a few views beside it to be measured against; gunicorn serves it (see serving.py)."""

import os

import django
import django_filters

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "citysolidarity.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.core.paginator import Paginator  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.http import HttpResponse  # noqa: E402
from django.template import engines  # noqa: E402
from django.urls import path  # noqa: E402

from citysolidarity import urls  # noqa: E402
from citysolidarity.caching import page_cache as pages  # noqa: E402
from citysolidarity.opendata.answers import READS  # noqa: E402
from practices import vocabularies  # noqa: E402
from practices.models import Practice  # noqa: E402
from tests.bench import mix  # noqa: E402

# "0" measures a page that nobody asked for before.
pages.BYTES_KEPT = int(os.environ.get("BENCH_BYTES_KEPT", pages.BYTES_KEPT))
READS.most = 1_000_000_000  # all load comes from one address
PLAIN = """{% for practice in practices %}<article>
<h2><a href="{{ practice.get_absolute_url }}">{{ practice.title }}</a></h2>
<p>{{ practice.summary }}</p><p>{{ practice.city.name }}, {{ practice.city.country_name }}</p>
</article>{% endfor %}"""
STOCK = (
    PLAIN
    + """{% for name, options in facets %}<ul>
{% for label, count in options %}<li>{{ label }} {{ count }}</li>{% endfor %}
</ul>{% endfor %}"""
)
plain, stock = (engines["django"].from_string(text) for text in (PLAIN, STOCK))
COLUMNS = {
    "themes": vocabularies.THEMES,
    "populations": vocabularies.POPULATIONS,
    "groups": vocabularies.GROUPS,
    "contexts": vocabularies.CONTEXTS,
}


class Overlap(django_filters.MultipleChoiceFilter):
    """The usual way to filter an array column."""

    def filter(self, queryset, value):
        return queryset.filter(**{f"{self.field_name}__overlap": value}) if value else queryset


class StockFilter(django_filters.FilterSet):
    """The directory's main filters as a tutorial would write them."""

    theme = Overlap(field_name="themes", choices=vocabularies.THEMES.choices)
    population = Overlap(field_name="populations", choices=vocabularies.POPULATIONS.choices)
    group = Overlap(field_name="groups", choices=vocabularies.GROUPS.choices)
    context = Overlap(field_name="contexts", choices=vocabularies.CONTEXTS.choices)
    instrument = django_filters.MultipleChoiceFilter(choices=vocabularies.INSTRUMENTS.choices)
    country = django_filters.MultipleChoiceFilter(field_name="city__country", choices=vocabularies.COUNTRIES.choices)
    since = django_filters.NumberFilter(field_name="started", lookup_expr="gte")


def empty(request):
    """Nothing but the server and the middlewares."""
    return HttpResponse("ok")


def plain_list(request):
    """Twenty practices by the ORM, no facets, no page around them."""
    newest = Practice.objects.published().select_related("city").order_by("-published_at")[:20]
    return HttpResponse(plain.render({"practices": newest}))


def stock_list(request):
    """django-filter, a paginator, and one COUNT for each value of each facet."""
    everything = Practice.objects.published().select_related("city").order_by("-published_at")
    asked = StockFilter(request.GET, everything)
    facets = [
        (
            name,
            [(label, asked.qs.filter(**{f"{name}__contains": [code]}).count()) for code, label in vocabulary.choices],
        )
        for name, vocabulary in COLUMNS.items()
    ]
    facets.append(
        (
            "instrument",
            [(label, asked.qs.filter(instrument=code).count()) for code, label in vocabularies.INSTRUMENTS.choices],
        )
    )
    facets.append(
        (
            "country",
            [(name, asked.qs.filter(city__country=code).count()) for code, name in vocabularies.COUNTRIES.choices],
        )
    )
    return HttpResponse(stock.render({"practices": Paginator(asked.qs, 20).page(1), "facets": facets}))


urls.urlpatterns[:0] = [path(mix.EMPTY[1:], empty), path("bench/plain", plain_list), path("bench/stock", stock_list)]
settings.ALLOWED_HOSTS = ["127.0.0.1"]
application = get_wsgi_application()
