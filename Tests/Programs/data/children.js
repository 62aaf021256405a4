// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// child_process in all its forms, and files.
const { exec, execFileSync, spawn, spawnSync, fork } = require('child_process');
const fs = require('fs');

if (process.argv[2] === 'child') {
  process.on('message', message => { process.send(message * 2); process.disconnect(); });
} else {
  main();
}

const ended = child => new Promise(done => child.on('close', (code, signal) => done([code, signal])));

async function main() {
  console.log(execFileSync('echo', ['sync']).toString().trim());
  console.log(spawnSync('sh', ['-c', 'echo err >&2; exit 4']).status);
  console.log(spawnSync('sleep', ['5'], { timeout: 100 }).signal);
  console.log(spawnSync('missing').error.code);
  const cat = spawn('cat');
  let size = 0;
  cat.stdout.on('data', data => { size += data.length; });
  cat.stdin.end('x'.repeat(300000));
  console.log(await ended(cat), size);
  const sleeper = spawn('sleep', ['9']);
  setTimeout(() => sleeper.kill('SIGINT'), 50);
  console.log(await ended(sleeper));
  const forked = fork(__filename, ['child']);
  forked.on('message', message => console.log('message', message));
  forked.send(21);
  console.log(await ended(forked));
  const many = await Promise.all([...Array(12).keys()].map(n =>
    new Promise(done => exec(`echo ${n}`, (_, out) => done(Number(out))))));
  console.log(many.join());
  const detached = spawn('sh', ['-c', 'ps -o pgid= -p $$ | grep -qw $$ && echo leads'],
    { detached: true, stdio: ['ignore', 'pipe', 'inherit'] });
  detached.stdout.pipe(process.stdout);
  await ended(detached);
  files();
}

function files() {
  const watcher = fs.watch('.', (event, name) => {
    if (name !== 'watched') return;
    console.log('watched');
    watcher.close();
    fs.unlinkSync('watched');
  });
  fs.mkdirSync('a/b/c', { recursive: true });
  fs.writeFileSync('a/file', 'text');
  fs.promises.readFile('a/file', 'utf8').then(console.log);
  fs.createReadStream('/bin/true').pipe(fs.createWriteStream('copy')).on('close', () =>
    console.log(fs.statSync('copy').size === fs.statSync('/bin/true').size));
  setTimeout(() => fs.writeFileSync('watched', ''), 100);
}
