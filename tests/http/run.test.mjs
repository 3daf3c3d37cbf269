// SPDX-License-Identifier: Apache-2.0
//
// `make run` itself: what it prints and writes before it answers, how it ends, what it says when it can't.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';

import { base, build, freePort, top, until } from '../lib/server.mjs';

const states = [];
after(() => states.forEach((state) => fs.rmSync(state, { recursive: true, force: true })));

function newState() {
  const state = fs.mkdtempSync(path.join(os.tmpdir(), 'inscrinet-run-'));
  states.push(state);
  return state;
}

function environment(extra) {
  const env = { ...process.env, BUILD: build, DEMO_CANDIDATES: '40', DEMO_ESTABLISHMENTS: '5', ...extra };
  for (const name of ['LD_PRELOAD', 'MAKEFLAGS', 'MAKELEVEL']) delete env[name];
  return env;
}

const once = (extra) => spawnSync('conf/run', { cwd: top, env: environment(extra), encoding: 'utf8' });

const skip = base === 'pgsql' ? 'done once, with SQLite; the one of PostgreSQL too' : false;

test('starts, prints addresses and accounts, ends without a process left', { skip }, async (t) => {
  const state = newState(),
    port = await freePort();
  const server = spawn('conf/run', { cwd: top, env: environment({ STATE: state, PORT: String(port) }), detached: true });
  t.after(() => server.exitCode === null && process.kill(-server.pid, 'SIGKILL'));
  let said = '',
    wrong = '';
  server.stdout.on('data', (data) => {
    said += data;
  });
  server.stderr.on('data', (data) => {
    wrong += data;
  });
  const ended = new Promise((resolve) => server.on('exit', (status) => resolve(status)));
  await until('the accounts', () => said.includes('Ctrl-C') || (server.exitCode !== null && assert.fail(wrong)), 60000);
  assert.equal((await fetch(`http://127.0.0.1:${port}/`)).status, 200);
  assert.match(said, new RegExp(`http://127\\.0\\.0\\.1:${port}/inscription-etablissement/`));
  const accounts = path.join(state, 'accounts.tsv');
  assert.equal(fs.statSync(accounts).mode & 0o777, 0o600);
  const [header, ...lines] = fs.readFileSync(accounts, 'utf8').trimEnd().split('\n');
  assert.equal(header, 'service\texam\tlogin\tpassword\tstate');
  assert.match(lines[0], /^gestionnaire\t\*\tgestionnaire\t\S{14,}\topen$/);
  assert.match(lines[3], /^etablissement\t\*\t(\d{7}[A-Z])\t\1\tfresh$/);
  assert.match(lines[6], /^etablissement\t\*\t\d{7}[A-Z]\t\S{12,}\topen$/);
  process.kill(-server.pid, 'SIGINT');
  await ended;
  await until('its processes to be gone', () => spawnSync('pgrep', ['-f', `${state}/runtime/httpd.conf`]).status === 1);
});

test('the same base is found again', { skip }, async () => {
  const state = newState();
  for (const round of [1, 2]) {
    const port = await freePort();
    const server = spawn('conf/run', { cwd: top, env: environment({ STATE: state, PORT: String(port) }) });
    let said = '';
    server.stdout.on('data', (data) => {
      said += data;
    });
    const ended = new Promise((resolve) => server.on('exit', resolve));
    await until('the server', () => said.includes('Ctrl-C'), 60000);
    assert.equal(said.includes('making the demo academy'), round === 1);
    server.kill('SIGTERM');
    await ended;
  }
});

/** All that a folder holds: names, kinds, rights, owners, contents. */
const held = (folder) =>
  fs
    .readdirSync(folder, { recursive: true })
    .sort()
    .map((name) => {
      const file = path.join(folder, name),
        { mode, uid, gid, mtimeMs } = fs.lstatSync(file);
      return [name, mode, uid, gid, mtimeMs, fs.lstatSync(file).isFile() ? fs.readFileSync(file, 'utf8') : ''];
    });

test('a STATE that holds what no run has made is refused in words, and nothing of it is touched', { skip }, async () => {
  const port = String(await freePort());
  for (const files of [['app/precieux.txt'], ['logs/error.log'], ['base/inscrinet.sqlite', 'runtime/httpd.conf'], ['.cache'], ['app/mod_inscrinet.so']]) {
    const state = newState();
    for (const name of files) {
      fs.mkdirSync(path.dirname(path.join(state, name)), { recursive: true, mode: 0o700 });
      fs.writeFileSync(path.join(state, name), 'à moi', { mode: 0o600 });
    }
    fs.chmodSync(state, 0o700);
    const before = [fs.statSync(state).mode, held(state)];
    const done = once({ STATE: state, PORT: port });
    assert.equal(done.status, 1, files.join());
    assert.equal(done.stderr, `make run: STATE: ${state} holds something that make run has not made; nothing was touched: name a new or an empty folder\n`);
    assert.deepEqual([fs.statSync(state).mode, held(state)], before, files.join());
  }
});

test('a STATE of an earlier run is known by its mark, one of an earlier release by what it holds', { skip }, async () => {
  const state = newState(),
    wrong = { STATE: state, PORT: String(await freePort()), DATABASE: 'host=/nowhere dbname=none' };
  fs.rmdirSync(state);
  assert.match(once(wrong).stderr, /DATABASE: /, 'a new one');
  assert.ok(fs.existsSync(path.join(state, '.inscrinet-run')));
  assert.match(once(wrong).stderr, /DATABASE: /, 'by its mark');
  fs.rmSync(path.join(state, '.inscrinet-run'));
  assert.match(once(wrong).stderr, /STATE: .* holds something that make run has not made/);
  fs.writeFileSync(path.join(state, 'runtime/httpd.conf'), '');
  assert.match(once(wrong).stderr, /DATABASE: /, 'by what it holds');
});

test('SIGTERM to make itself leaves no process', { skip }, async () => {
  const state = newState(),
    port = await freePort();
  const server = spawn('make', ['run', `BUILD=${build}`, `STATE=${state}`, `PORT=${port}`], { cwd: top, env: environment({}) });
  let said = '';
  server.stdout.on('data', (data) => {
    said += data;
  });
  const ended = new Promise((resolve) => server.on('exit', resolve));
  await until('the server', () => said.includes('Ctrl-C'), 60000);
  server.kill('SIGTERM');
  await ended;
  assert.equal(spawnSync('pgrep', ['-f', `${state}/runtime/httpd.conf`]).status, 1);
});

test('with DATABASE the academy is made in PostgreSQL, and found again', { skip }, async () => {
  const state = newState(),
    admin = process.env.INSCRINET_TEST_PGSQL,
    name = `run_${process.pid}`;
  assert.equal(spawnSync('psql', ['-X', '-q', '-d', `${admin} dbname=postgres`, '-c', `CREATE DATABASE ${name}`]).status, 0);
  for (const round of [1, 2]) {
    const port = await freePort();
    const server = spawn('conf/run', { cwd: top, env: environment({ STATE: state, PORT: String(port), DATABASE: `${admin} dbname=${name}` }) });
    let said = '';
    server.stdout.on('data', (data) => {
      said += data;
    });
    const ended = new Promise((resolve) => server.on('exit', resolve));
    await until('the server', () => said.includes('Ctrl-C'), 60000);
    assert.equal(said.includes('making the demo academy'), round === 1);
    assert.deepEqual(Object.keys(await (await fetch(`http://127.0.0.1:${port}/sante`)).json()).sort(), ['clock', 'locked', 'schema', 'status']);
    server.kill('SIGTERM');
    await ended;
  }
  assert.ok(!fs.existsSync(path.join(state, 'base/inscrinet.sqlite')));
});

test('an occupied port is one clear line', { skip }, async () => {
  const occupied = net.createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => occupied.on('listening', resolve));
  const done = await new Promise((resolve) => {
    const child = spawn('conf/run', { cwd: top, env: environment({ STATE: newState(), PORT: String(occupied.address().port) }) });
    let stderr = '';
    child.stderr.on('data', (data) => {
      stderr += data;
    });
    child.on('exit', (status) => resolve({ status, stderr }));
  });
  occupied.close();
  assert.equal(done.status, 1);
  assert.match(done.stderr, /^make run: PORT: something already listens on 127\.0\.0\.1:\d+; choose another: make run PORT=8081\n$/);
});

test('a wrong DATABASE is one clear line, and nothing is started', { skip }, async () => {
  const done = once({ STATE: newState(), PORT: String(await freePort()), DATABASE: 'host=/nowhere dbname=none' });
  assert.equal(done.status, 1);
  assert.match(done.stderr, /^make run: DATABASE: inscrinetctl: can't open the base.*\n$/);
});

test('a PORT that is no number is one clear line', { skip }, () => {
  const done = once({ STATE: newState(), PORT: 'eighty' });
  assert.equal(done.status, 1);
  assert.match(done.stderr, /^make run: PORT: not a number: eighty\n$/);
});
