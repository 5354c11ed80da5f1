# Builds one image for web, worker and beat; the command decides which (docker-compose.yml).
ARG PYTHON=3.13

FROM python:${PYTHON}-slim AS build
# What the commands make on their way (a development secret among it) stays out of the image.
ENV PYTHONDONTWRITEBYTECODE=1 SAMAGT_VENV=/opt/samagt SAMAGT_VAR_DIR=/tmp/var
WORKDIR /srv/samagt
# The packages change less often than the code, so they have a layer of their own.
COPY requirements/runtime.txt requirements/runtime.txt
COPY scripts scripts
RUN python -m scripts.bootstrap runtime
COPY . .
RUN ${SAMAGT_VENV}/bin/python scripts/build_assets.py \
    && ${SAMAGT_VENV}/bin/python manage.py compile_translations \
    && ${SAMAGT_VENV}/bin/python manage.py collectstatic --noinput --verbosity 0 \
    && rm -rf node_modules var \
    && mkdir var && mv /tmp/var/static var/static && rm -rf /tmp/var \
    && ${SAMAGT_VENV}/bin/python -m compileall -q -j 0 ${SAMAGT_VENV}/lib .

FROM python:${PYTHON}-slim
ENV PATH=/opt/samagt/bin:${PATH} PYTHONUNBUFFERED=1 SAMAGT_ENV=production
RUN useradd --system --uid 10001 --home-dir /srv/samagt --shell /usr/sbin/nologin samagt
WORKDIR /srv/samagt
COPY --from=build /opt/samagt /opt/samagt
COPY --from=build /srv/samagt /srv/samagt
# Static files belong to the image; media and the embedded files, if used, to a volume of their own.
RUN mkdir -p var/media && chown samagt: var var/media
USER samagt
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-m", "scripts.healthcheck"]
CMD ["granian", "--interface=wsgi", "--host=0.0.0.0", "--port=8000", "--workers=2", "--blocking-threads=4", "--no-ws", "config.wsgi:application"]
