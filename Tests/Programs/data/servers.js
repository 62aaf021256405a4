// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Loopback servers of every kind, and timers.
const http = require('http');
const net = require('net');
const dgram = require('dgram');
const dns = require('dns');

async function web() {
  const server = http.createServer((request, answer) => {
    let body = '';
    request.on('data', data => { body += data; });
    request.on('end', () => answer.end(body.toUpperCase()));
  }).listen(0, '127.0.0.1');
  await new Promise(done => server.on('listening', done));
  const port = server.address().port;
  const ask = n => new Promise(done => {
    const request = http.request({ port, host: '127.0.0.1', method: 'POST' }, answer => {
      let text = '';
      answer.on('data', data => { text += data; });
      answer.on('end', () => done(text));
    });
    request.end(`body ${n} ${'x'.repeat(50000)}`);
  });
  const answers = await Promise.all([...Array(30).keys()].map(ask));
  console.log(answers.length, answers[7].slice(0, 9), answers[7].length);
  server.close();
}

async function sockets() {
  const server = net.createServer(socket => socket.pipe(socket)).listen('socket');
  await new Promise(done => server.on('listening', done));
  const client = net.connect('socket');
  client.end('echoed');
  for await (const data of client) console.log(String(data));
  server.close();
  const receiver = dgram.createSocket('udp4');
  await new Promise(done => receiver.bind(0, '127.0.0.1', done));
  const sender = dgram.createSocket('udp4');
  sender.send('datagram', receiver.address().port, '127.0.0.1');
  console.log(String(await new Promise(done => receiver.on('message', done))));
  receiver.close();
  sender.close();
}

async function timers() {
  const order = [];
  setImmediate(() => order.push('immediate'));
  process.nextTick(() => order.push('tick'));
  let ticks = 0;
  await new Promise(done => {
    const interval = setInterval(() => { if (++ticks === 10) { clearInterval(interval); done(); } }, 5);
  });
  console.log(order.join(), ticks);
  console.log((await dns.promises.lookup('localhost')).family > 0);
}

web().then(sockets).then(timers);
