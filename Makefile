# Short names for developers; every command behind them works without make.
.PHONY: run test full check e2e bench demo screenshots lock

run:            ## start everything with the demonstration
	./run

test:           ## the tests on SQLite
	./test

full:           ## the whole suite on PostgreSQL and Redis, with a browser
	./test --full

check:          ## style, types, imports, templates, migrations, deployment, locks
	bin/check

e2e:            ## the journey in a browser
	./test --full -m browser

bench:          ## figures: price computation, page, quote PDF
	bin/install.sh
	.venv/bin/python manage.py bench

demo:           ## load the demonstration and print its logins
	bin/install.sh
	.venv/bin/python manage.py migrate --verbosity 0
	.venv/bin/python manage.py demo

screenshots:    ## the pictures of the README, taken on the way of the journey
	SCREENSHOTS=docs/screenshots ./test --full -m browser

# Needs uv (pip install uv). UPGRADE=--upgrade moves to newer versions.
COMPILE = uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --custom-compile-command "make lock" $(UPGRADE)
lock:           ## write the lock files again, with hashes and without any address
	$(COMPILE) --output-file requirements.txt
	$(COMPILE) --group dev --output-file requirements-dev.txt
