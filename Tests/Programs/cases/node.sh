# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
# Node: children, worker threads, clusters, files, timers, loopback servers.
# needs: node

case_children() { node "$DATA/children.js"; }
case_workers() { node "$DATA/workers.js"; }
case_cluster() { node "$DATA/cluster.js"; }
case_servers() { node "$DATA/servers.js"; }

case_ends() {
  node -e 'process.exitCode = 3'
  echo "$?"
  node -e 'process.kill(process.pid, "SIGTERM"); setTimeout(() => {}, 2000)'
  echo "$?"
  node -e 'process.on("SIGTERM", () => { console.log("term"); process.exit(5) }); setTimeout(() => process.kill(process.pid, "SIGTERM"), 50); setTimeout(() => {}, 5000)'
  echo "$?"
  node -e 'throw new Error("thrown")' 2>/dev/null
  echo "$?"
  node -e 'process.abort()' 2>/dev/null
  echo "$?"
  echo 'console.log("from stdin", process.argv0)' | node
  echo input | node -e 'process.stdin.on("data", d => process.stdout.write(d))'
  node -p '[process.title, process.execPath, process.platform, require("os").cpus().length]'
  node -e 'let a = []; for (let i = 0; i < 300; i++) a.push(new Array(10000).fill(i)); console.log(a.length, globalThis.gc)'
  node --expose-gc -e 'gc(); console.log("collected")'
  node -e 'console.log(new WebAssembly.Module(new Uint8Array([0,97,115,109,1,0,0,0])) instanceof WebAssembly.Module)'
}
