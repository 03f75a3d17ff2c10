#!/bin/sh
# A PostgreSQL server for tests: makes a cluster in a new folder, starts it on a loopback port, prints "ready PID", and
# removes everything when its standard input ends, also if whoever started it was killed. With --replica-of, the cluster is
# a copy of the server on another port, and follows it.
#   server.sh FOLDER PORT [--replica-of PORT] [SETTING=VALUE…]
set -eu
folder=$1 port=$2
shift 2
primary=
if [ "${1-}" = --replica-of ]; then
  primary=$2
  shift 2
fi

bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)
[ -n "$bin" ] || { echo "no PostgreSQL server is installed (Debian's postgresql-15)" >&2; exit 1; }

# The server does not run as root.
as_server() {
  if [ "$(id -u)" = 0 ]; then setpriv --reuid=postgres --regid=postgres --clear-groups env HOME="$folder" "$@"; else "$@"; fi
}

mkdir -p "$folder"
chmod 700 "$folder"
[ "$(id -u)" != 0 ] || chown postgres "$folder"
if [ -z "$primary" ]; then
  as_server "$bin/initdb" -D "$folder/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync >"$folder.log" 2>&1
else
  as_server "$bin/pg_basebackup" -D "$folder/data" -h 127.0.0.1 -p "$primary" -U postgres -R -c fast --no-sync >"$folder.log" 2>&1
fi || { cat "$folder.log" >&2; rm -rf "$folder" "$folder.log"; exit 1; }
{
  echo "listen_addresses = '127.0.0.1'"
  echo "port = $port"
  echo "unix_socket_directories = ''"
  echo "max_connections = 300"
  echo "fsync = off"
  echo "full_page_writes = off"
  echo "shared_buffers = 128MB"
  for setting; do echo "${setting%%=*} = '${setting#*=}'"; done
} >>"$folder/data/postgresql.conf"

# A certificate of its own.
case " $* " in *" ssl=on "*)
  as_server openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=IP:127.0.0.1 \
    -keyout "$folder/server.key" -out "$folder/server.crt" 2>"$folder.log" || { cat "$folder.log" >&2; exit 1; }
  as_server chmod 600 "$folder/server.key"
  echo "ssl_cert_file = '$folder/server.crt'" >>"$folder/data/postgresql.conf"
  echo "ssl_key_file = '$folder/server.key'" >>"$folder/data/postgresql.conf" ;;
esac

stop() {
  as_server "$bin/pg_ctl" -D "$folder/data" -m immediate stop >/dev/null 2>&1 || true
  rm -rf "$folder" "$folder.log"
}
trap stop EXIT
trap 'exit 1' INT TERM

as_server "$bin/pg_ctl" -D "$folder/data" -l "$folder/log" -w -t 60 start >/dev/null 2>&1 || { cat "$folder/log" >&2; exit 1; }
echo "ready $(head -1 "$folder/data/postmaster.pid")"

# A restart on request: a line "restart" starts a server that was killed.
while read -r line; do
  if [ "$line" = restart ]; then
    as_server "$bin/pg_ctl" -D "$folder/data" -l "$folder/log" -w -t 60 start >/dev/null 2>&1 || true
    echo "ready $(head -1 "$folder/data/postmaster.pid")"
  fi
done
