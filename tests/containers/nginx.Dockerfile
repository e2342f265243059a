# Stands in for the official image of nginx where none can be pulled.
ARG BASE=debian:trixie-slim
FROM ${BASE}
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install --yes --no-install-recommends nginx-light curl \
    && rm -rf /var/lib/apt/lists/*
# As in Debian's package.
# hadolint ignore=DL3066
USER www-data
CMD ["nginx", "-g", "daemon off;"]
