# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
# The SQLite shell: two processes that write one database in WAL mode, dumps, locks.
# needs: sqlite3

case_wal() {
  sqlite3 data.db 'pragma journal_mode = wal; create table t (n integer, s text);'
  add() {
    local i
    for i in $(seq 20); do
      sqlite3 -cmd '.timeout 60000' data.db "begin immediate; insert into t values ($i, '$1'); commit;"
    done
  }
  add a &
  add b &
  wait
  sqlite3 data.db 'select s, count(*), sum(n) from t group by s; pragma integrity_check;'
  sqlite3 data.db .dump | sort | sha256sum
  sqlite3 data.db 'pragma wal_checkpoint(truncate); vacuum;'
  rm -f data.db*
}

case_journal() {
  seq 20000 | sed 's/.*/insert into t values (&, hex(&));/' >inserts
  (echo 'create table t (n, s); begin;'; cat inserts; echo 'commit; create index i on t (s);') |
    sqlite3 data.db
  sqlite3 -csv data.db 'select count(*), max(s) from t'
  sqlite3 data.db <<<'.shell echo from the shell
.output out.csv
.mode csv
select * from t limit 3;'
  cat out.csv
  sqlite3 data.db '.backup copy.db'
  sqlite3 -readonly copy.db 'delete from t' 2>&1
  mkfifo statements
  sqlite3 data.db <statements >locked &
  exec 9>statements
  printf 'begin exclusive;\ndelete from t;\n.print locked\n' >&9
  await grep -qs locked locked
  sqlite3 data.db 'select count(*) from t' 2>&1
  echo 'rollback;' >&9
  exec 9>&-
  wait
  sqlite3 data.db 'pragma mmap_size = 1000000; select count(*) from t'
  rm -f data.db copy.db
}
