// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// A cluster of workers behind one port.
const cluster = require('cluster');
const http = require('http');

if (cluster.isPrimary) {
  let listening = 0;
  let ended = 0;
  const ask = port => new Promise(done => http.get({ port, host: '127.0.0.1', agent: false }, answer => {
    answer.on('data', () => {});
    answer.on('end', () => done(answer.statusCode));
  }));
  for (let i = 0; i < 3; i++) cluster.fork();
  cluster.on('listening', async (_, address) => {
    if (++listening < 3) return;
    const codes = await Promise.all([...Array(40)].map(() => ask(address.port)));
    console.log(codes.length, new Set(codes));
    for (const worker of Object.values(cluster.workers)) worker.kill();
  });
  cluster.on('exit', (_, code, signal) => {
    console.log('worker', code, signal);
    if (++ended === 3) console.log('all');
  });
} else {
  http.createServer((_, answer) => answer.end('hello')).listen(0, '127.0.0.1');
}
