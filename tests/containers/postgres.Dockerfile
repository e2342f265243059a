# Stands in for the official image of PostgreSQL where none can be pulled: the same variables, folders and user.
ARG BASE=debian:trixie-slim
FROM ${BASE}
# hadolint ignore=DL3008
RUN apt-get update \
    && DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends postgresql-17 \
    && rm -rf /var/lib/apt/lists/* /var/lib/postgresql/17 \
    && install --directory --owner=postgres --group=postgres --mode=1777 /var/lib/postgresql \
    && install --directory --owner=postgres --group=postgres --mode=3777 /var/run/postgresql
ENV PATH=/usr/lib/postgresql/17/bin:$PATH PGDATA=/var/lib/postgresql/17/docker
COPY postgres-entrypoint.sh /usr/local/bin/entrypoint
# Under the same name as in the official image.
# hadolint ignore=DL3066
USER postgres
VOLUME ["/var/lib/postgresql"]
ENTRYPOINT ["sh", "/usr/local/bin/entrypoint"]
CMD ["postgres"]
