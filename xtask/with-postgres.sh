#!/bin/sh
# Runs a command with a PostgreSQL server of its own: a new cluster in a temporary folder, on a free port, by a user without
# privileges, gone afterwards. TEST_POSTGRES_URL is its address. Without PostgreSQL on the machine the command runs all the
# same, and the tests say that they left the second database out.
set -u
bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)
[ -n "$bin" ] || bin=$(dirname "$(command -v initdb 2>/dev/null || echo /nowhere/initdb)")
if [ ! -x "$bin/initdb" ]; then
  echo "没有 PostgreSQL（initdb），略过它的测试" >&2
  exec "$@"
fi
home=$(mktemp -d)
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
as() { "$@"; }
if [ "$(id -u)" = 0 ]; then
  id postgres >/dev/null 2>&1 || useradd --system --no-create-home postgres
  chown postgres "$home"
  as() { setpriv --reuid=postgres --regid="$(id -g postgres)" --clear-groups env HOME="$home" "$@"; }
fi
stop() { as "$bin/pg_ctl" -D "$home/data" -m immediate stop >/dev/null 2>&1; rm -rf "$home"; }
trap stop EXIT
trap 'exit 130' INT TERM
cd "$home" || exit 1
as "$bin/initdb" -D "$home/data" -U gongkai -A trust -E UTF8 --no-sync >/dev/null || { echo "PostgreSQL 没有建成" >&2; exit 1; }
as "$bin/pg_ctl" -D "$home/data" -w -l "$home/log" -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories='$home' -c max_connections=200" start >/dev/null || { cat "$home/log" >&2; exit 1; }
cd - >/dev/null || exit 1
TEST_POSTGRES_URL="postgres://gongkai@127.0.0.1:$port/postgres" "$@"
