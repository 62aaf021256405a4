// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Worker threads: messages, shared memory, atomics, ends of every kind.
const { Worker, isMainThread, workerData, parentPort } = require('worker_threads');

if (!isMainThread) {
  const cells = new Int32Array(workerData.shared);
  for (let i = 0; i < 10000; i++) Atomics.add(cells, 0, 1);
  Atomics.wait(cells, 1, 0, 5000);
  if (workerData.number === 3) process.exit(9);
  if (workerData.number === 4) throw new Error('worker');
  parentPort.postMessage(workerData.number);
} else {
  const shared = new SharedArrayBuffer(64);
  const cells = new Int32Array(shared);
  const workers = [...Array(6).keys()].map(number =>
    new Promise(done => {
      const worker = new Worker(__filename, { workerData: { shared, number } });
      let message = 'none';
      worker.on('message', got => { message = got; });
      worker.on('error', error => { message = error.message; });
      worker.on('exit', code => done(`${number}: ${message} ${code}`));
    }));
  setTimeout(() => { Atomics.store(cells, 1, 1); Atomics.notify(cells, 1); }, 400);
  Promise.all(workers).then(ends => {
    console.log(ends.join('\n'));
    console.log(Atomics.load(cells, 0));
  });
  const crypto = require('crypto');
  crypto.pbkdf2('secret', 'salt', 20000, 16, 'sha256', (_, key) => console.log(key.toString('hex')));
}
