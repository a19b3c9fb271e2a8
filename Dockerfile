# One image for the web server, the worker and the clock (docker-compose.yml starts each).
FROM python:3.13-slim-bookworm

# WeasyPrint opens these libraries at run time; they bring fontconfig and a font.
RUN apt-get update \
    && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/*

RUN useradd --system --uid 10001 --create-home --home-dir /var/lib/chatiere chatiere
WORKDIR /opt/chatiere

COPY requirements.txt .
RUN pip install --no-cache-dir --require-hashes --only-binary :all: -r requirements.txt

COPY . .
ENV PYTHONUNBUFFERED=1 \
    MODE=production \
    DATA_DIR=/var/lib/chatiere \
    STATIC_ROOT=/opt/chatiere/static-collected

# The static files are the same for everybody: neither the key nor the address given here is kept.
RUN SECRET_KEY="$(printf '%050d' 0)" PUBLIC_URL=https://build.invalid DATA_DIR=/tmp/build \
        python manage.py collectstatic --noinput --verbosity 0 \
    && rm -rf /tmp/build

USER chatiere
EXPOSE 8000
CMD ["gunicorn", "config.wsgi:application", "--bind=0.0.0.0:8000", "--workers=2", "--threads=8", "--no-control-socket", "--forwarder-headers="]
