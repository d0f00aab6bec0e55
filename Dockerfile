# Every library comes as a wheel for x86-64 and arm64, so nothing is compiled.
FROM python:3.13-slim AS build
WORKDIR /source
COPY pyproject.toml README.md LICENSE requirements.lock ./
COPY bot bot
COPY cogs cogs
COPY data data
RUN python -m venv /opt/asylum-bot \
 && /opt/asylum-bot/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes --requirement requirements.lock \
 && /opt/asylum-bot/bin/pip install --no-cache-dir --disable-pip-version-check --no-deps .

FROM python:3.13-slim
RUN useradd --system --uid 10001 --create-home --home-dir /var/lib/asylum-bot asylum-bot
COPY --from=build /opt/asylum-bot /opt/asylum-bot
USER 10001
WORKDIR /var/lib/asylum-bot
# The only place that is written to, besides /tmp; everything else may be read-only.
VOLUME /var/lib/asylum-bot
ENV DATABASE_PATH=/var/lib/asylum-bot/asylum.sqlite3 \
    HEALTH_PORT=8080 \
    PYTHONDONTWRITEBYTECODE=1
# The first start builds the database before the port answers.
HEALTHCHECK --interval=30s --timeout=5s --start-period=2m \
    CMD ["/opt/asylum-bot/bin/python", "-c", "import urllib.request as web; web.urlopen('http://127.0.0.1:8080/healthz', timeout=3)"]
ENTRYPOINT ["/opt/asylum-bot/bin/asylum-bot"]
CMD ["run", "--live"]
