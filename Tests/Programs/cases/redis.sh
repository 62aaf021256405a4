# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
# A Redis server under load, with background saves.
# needs: redis-server redis-benchmark redis-cli

case_benchmark() {
  redis-server --port 0 --unixsocket "$PWD/socket" --save '' --daemonize no --logfile log --io-threads 2 &
  local server=$! ask="redis-cli -s $PWD/socket"
  answers() { $ask ping 2>/dev/null | grep -q PONG; }
  is_saved() { $ask info persistence | grep -q bgsave_in_progress:0; }
  await answers
  redis-benchmark -s socket -n 10000 -c 20 -q -t set,get,lpush,incr,hset -r 100000000 -d 20 >bench 2>&1
  grep -c 'requests per second' bench
  $ask flushall
  for i in $(seq 5); do seq 1000 | sed "s/.*/set key:$i:& value/"; done | $ask --pipe >/dev/null
  $ask dbsize
  $ask bgsave
  await is_saved
  [[ -s dump.rdb ]] && echo saved
  $ask eval 'return redis.call("get", KEYS[1])' 1 key:1:1
  $ask shutdown nosave force
  wait "$server"
  echo "$?"
  rm -rf bench log dump.rdb
}

case_daemon() {
  redis-server --port 0 --unixsocket "$PWD/socket" --daemonize yes --pidfile "$PWD/pid" --logfile log >/dev/null
  await redis-cli -s socket ping 2>/dev/null
  redis-cli -s socket set a b
  kill -TERM "$(cat pid)"
  await test ! -e pid
  grep -c 'bye bye' log
  rm -f log dump.rdb
}
