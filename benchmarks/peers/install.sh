#!/bin/sh
# Installs the search engines that the benchmarks compare with into .build-peers/, from Debian and PyPI.
set -eu
cd "$(dirname "$0")/../.."

packages="python3-venv python3-xapian postgresql-15 sqlite3"
missing=""
for package in $packages; do
  dpkg -s "$package" >/dev/null 2>&1 || missing="$missing $package"
done
if [ -n "$missing" ]; then
  sudo=$([ "$(id -u)" = 0 ] || echo sudo)
  $sudo apt-get update -q
  # Debian would set up and start a cluster of its own; the benchmarks make theirs.
  $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $missing
fi

# Debian's own Python is the one that python3-xapian is built for.
venv=.build-peers/venv
[ -x "$venv/bin/python" ] || /usr/bin/python3 -m venv --system-site-packages "$venv"
"$venv/bin/pip" install -q \
  "tantivy==0.27.0" "sqlite-utils==4.2.1" "orjson==3.13.0" "psycopg[binary]==3.3.9" \
  "rapidfuzz==3.14.6" "anyascii==0.3.3" "datasette==0.65.5"
echo "the peers are in .build-peers/"
