# syntax=docker/dockerfile:1

FROM rust:1.95-bookworm AS build
WORKDIR /src
ENV CARGO_TARGET_DIR=/target CI=true
COPY . .
# The caches live outside of the layers, so what ships is copied out within the same step.
RUN --mount=type=cache,target=/usr/local/cargo/registry --mount=type=cache,target=/target \
    make release \
    && install -D /target/release/trek-tribe /app/trek-tribe \
    && cp -r target/site /app/site

FROM debian:bookworm-slim
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates curl \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /app --shell /usr/sbin/nologin trek-tribe
WORKDIR /app
COPY --from=build /app /app
ENV TREK_ENV=production TREK_ADDR=0.0.0.0:3000 TREK_SITE_DIR=/app/site
USER trek-tribe
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 \
    CMD ["curl", "--fail", "--silent", "--output", "/dev/null", "http://127.0.0.1:3000/healthz"]
ENTRYPOINT ["/app/trek-tribe"]
CMD ["serve"]
