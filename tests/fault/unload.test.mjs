// SPDX-License-Identifier: Apache-2.0
//
// Unloads and whole loads that can't be, or are stopped in the middle: one clear line, no half folder under its name, no half
// base, no lock left behind; and the same again goes through.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';

import { Fault } from '../lib/fault.mjs';
import { times } from '../lib/long.mjs';
import { Server, asServer, base, run } from '../lib/server.mjs';
import { assertDescribed, contents, packageOf, sha256 } from '../lib/unload.mjs';

const KILLS = 4 * times;

let server, whole;
const others = [];
before(async () => {
  server = await Server.make({ candidates: 2000 });
  whole = place('whole');
  server.ctl(['unload', 'all', whole]);
});
after(async () => {
  for (const one of [server, ...others]) await one?.stop();
});

const place = (name) => path.join(server.state, 'runtime', name);
const command = (of = server) => path.join(of.state, 'app/inscrinetctl');
const locked = (of = server) => JSON.parse(of.ctl(['status', '--json']).stdout).lock;
const leftovers = () => fs.readdirSync(place('.')).filter((name) => name.startsWith('.'));

async function another() {
  const one = await Server.make({ empty: true });
  others.push(one);
  return one;
}

/** 1, and one clear line. */
function assertRefused(args, wanted, of = server) {
  const done = of.ctl(args, { status: 1 });
  assert.equal(done.stdout, '');
  assert.equal(done.stderr.trim().split('\n').length, 1, done.stderr);
  assert.match(done.stderr, /^inscrinetctl: ./);
  assert.match(done.stderr, wanted);
}

/** A copy of the whole unload, for damages. */
function copy(name) {
  const to = place(name);
  run('cp', ['-r', whole, to]);
  return to;
}

/** Started, and how it ended: { status, signal, stderr }. */
function start(of, args, env = {}) {
  const child = spawn(command(of), ['-d', of.database, ...args], { ...asServer, env: { ...process.env, ...env } });
  let stderr = '';
  child.stderr.on('data', (data) => {
    stderr += data;
  });
  child.stdout.resume();
  const ended = new Promise((resolve) => child.on('close', (status, signal) => resolve({ status, signal, stderr })));
  return { child, ended };
}

// ---------------------------------------------------------------- where it goes

test('a folder that holds something, a file, a place that nobody may write to: told, and left as it is', () => {
  const full = place('full'),
    file = place('file'),
    closed = place('closed');
  run('mkdir', [full]);
  run('touch', [path.join(full, 'x'), file]);
  run('mkdir', ['-m', '555', closed]);
  assertRefused(['unload', 'candidates', full], /n’est pas vide/);
  assert.deepEqual(fs.readdirSync(full), ['x']);
  assertRefused(['unload', 'candidates', file], /existe déjà/);
  assertRefused(['unload', 'candidates', path.join(closed, 'x')], /impossible de créer/);
  assertRefused(['unload', 'candidates', place('nowhere/x')], /impossible de créer/);
  assert.deepEqual(leftovers(), []);
  assert.equal(locked().locked, false);
});

test('an empty folder is taken, and a slash at its end', () => {
  run('mkdir', [place('empty')]);
  server.ctl(['unload', 'candidates', `${place('empty')}/`]);
  assertDescribed(place('empty'));
});

test('no room: told, nothing left, the lock given back', () => {
  const bounded = `ulimit -f 64; trap '' XFSZ; exec "$0" "$@"`;
  for (const what of ['candidates', 'all']) {
    const done = run('sh', ['-c', bounded, command(), '-d', server.database, 'unload', what, place('small')], { status: 1 });
    assert.match(done.stderr, /écriture impossible \(File too large\)/, what);
    assert.equal(done.stderr.trim().split('\n').length, 1);
    assert.ok(!fs.existsSync(place('small')));
    assert.deepEqual(leftovers(), []);
    if (base === 'pgsql') assert.equal(locked().locked, false);
  }
  if (base === 'sqlite' && locked().locked) server.ctl(['unlock']);
});

// ---------------------------------------------------------------- the lock

test('the base is locked meanwhile, and not afterwards; a lock of somebody else stays his', async () => {
  const fault = new Fault(),
    held = fault.stillAt(base === 'sqlite' ? 'FROM registration r CROSS JOIN exam_session' : 'whole_candidates', 1);
  const { ended } = start(server, ['unload', 'candidates', place('meanwhile')], {
    LD_PRELOAD: fault.options.preload[0],
    INSCRINET_TEST_FAULT: fault.file,
  });
  await held.reached();
  assert.equal(locked().locked, true);
  assert.equal(locked().reason, 'Déchargement en cours.');
  assertRefused(['unload', 'candidates', place('meanwhile')], /un autre déchargement y écrit/);
  assert.ok(!fs.existsSync(place('meanwhile')));
  held.goOn();
  assert.equal((await ended).status, 0);
  assert.equal(locked().locked, false);
  server.ctl(['lock', '--reason', 'Travaux']);
  server.ctl(['unload', 'candidates', place('his')]);
  assert.equal(locked().reason, 'Travaux');
  server.ctl(['unlock']);
});

// ---------------------------------------------------------------- stopped

/** At different moments of a run: some milliseconds after its start, over the time that a whole one takes. */
async function stop(signal, of, args, i, lasts) {
  const { child, ended } = start(of, args);
  const timer = setTimeout(() => child.kill(signal), (lasts * (i + 0.5)) / KILLS);
  const done = await ended;
  clearTimeout(timer);
  return done;
}

async function lastsFor(of, args) {
  const began = process.hrtime.bigint();
  assert.equal((await start(of, args).ended).status, 0);
  return Number(process.hrtime.bigint() - began) / 1e6;
}

test('killed at any moment: a whole folder or none, a base that works, and the next run clears up', async () => {
  const lasts = await lastsFor(server, ['unload', 'all', place('timed')]);
  let killed = 0;
  for (let i = 0; i < KILLS; i++) {
    const done = await stop('SIGKILL', server, ['unload', 'all', place('killed')], i, lasts);
    killed += done.signal === 'SIGKILL';
    if (fs.existsSync(place('killed'))) {
      assertDescribed(place('killed'));
      fs.rmSync(place('killed'), { recursive: true });
    }
  }
  assert.ok(killed > KILLS / 4, `${killed} of ${KILLS} were killed`);
  server.ctl(['unload', 'all', place('killed')]);
  server.ctl(['unload', 'all', place('after')]);
  assert.deepEqual(contents(place('killed')), contents(place('after')));
  assert.deepEqual(contents(place('killed'))['candidates.csv'], contents(whole)['candidates.csv']);
  assert.deepEqual(leftovers(), []);
  assert.equal(locked().locked, false, 'the lock of a killed run is taken over and given back');
});

test('asked to stop: nothing left, the lock given back', async () => {
  const fault = new Fault(),
    held = fault.stillAt(base === 'sqlite' ? 'FROM registration r CROSS JOIN exam_session' : 'whole_candidates', 1);
  const { child, ended } = start(server, ['unload', 'candidates', place('stopped')], {
    LD_PRELOAD: fault.options.preload[0],
    INSCRINET_TEST_FAULT: fault.file,
  });
  await held.reached();
  child.kill('SIGTERM');
  held.goOn();
  const done = await ended;
  assert.equal(done.status, 1);
  assert.match(done.stderr, /interrompu/);
  assert.ok(!fs.existsSync(place('stopped')));
  assert.deepEqual(leftovers(), []);
  assert.equal(locked().locked, false);
});

test('a load that is killed leaves no half base: the same again gives it whole', async () => {
  const timed = await another(),
    lasts = await lastsFor(timed, ['load', 'all', whole]);
  const to = await another();
  let killed = 0,
    done;
  for (let i = 0; i < 3 * KILLS && done?.status !== 0; i++) {
    done = await stop('SIGKILL', to, ['load', 'all', whole], i, lasts);
    killed += done.signal === 'SIGKILL';
  }
  assert.ok(killed > 0);
  const state = to.ctl(['status'], { status: null });
  assert.ok(state.status !== 0 || state.stdout.includes(done.status === 0 ? 'registrations: 2000' : 'registrations: '), state.stdout + state.stderr);
  if (!state.stdout.includes('registrations: 2000')) to.ctl(['load', 'all', whole]);
  const again = place('again');
  to.ctl(['unload', 'all', again]);
  assert.deepEqual(contents(again), contents(whole));
});

test('init or a load that is killed between two steps of the schema is taken up again', async () => {
  for (const args of [['init'], ['load', 'all', whole]]) {
    const to = await another(),
      fault = new Fault(),
      held = fault.stillAt(base === 'sqlite' ? 'INSERT INTO schema_migration' : 'schema_add_version', 4);
    const { child, ended } = start(to, args, { LD_PRELOAD: fault.options.preload[0], INSCRINET_TEST_FAULT: fault.file });
    await held.reached();
    child.kill('SIGKILL');
    assert.equal((await ended).signal, 'SIGKILL');
    assert.ok(Number(to.query('SELECT max(version) FROM schema_migration')) < 5);
    to.ctl(args);
    assert.match(to.ctl(['check']).stdout, /base: ok/);
  }
});

// ---------------------------------------------------------------- what is no unload

const change = (folder, name, how) => {
  const file = path.join(folder, name);
  fs.writeFileSync(file, how(fs.readFileSync(file, 'utf8')));
};
/** Change the description so that it says what stands there. */
function describeAnew(folder, name, how = () => {}) {
  change(folder, 'datapackage.json', (text) => {
    const told = JSON.parse(text),
      one = told.resources.find((resource) => resource.path === name);
    const bytes = fs.readFileSync(path.join(folder, name));
    Object.assign(one, { bytes: bytes.length, hash: `sha256:${sha256(bytes)}` });
    how(one);
    return JSON.stringify(told);
  });
}

test('a folder that isn’t as it was written is refused, and says where', async () => {
  const to = await another();
  const damages = {
    changed: [(folder) => change(folder, 'candidates.csv', (text) => text.replace(';V;', ';A;')), /candidates\.csv : l’empreinte SHA-256 diffère/],
    cut: [(folder) => change(folder, 'audit.csv', (text) => text.slice(0, -5)), /audit\.csv : \d+ octets au lieu de \d+/],
    missing: [(folder) => fs.rmSync(path.join(folder, 'offers.csv')), /offers\.csv : fichier illisible/],
    undescribed: [(folder) => fs.rmSync(path.join(folder, 'datapackage.json')), /datapackage\.json : illisible/],
    garbled: [(folder) => change(folder, 'datapackage.json', () => '{'), /n’est pas du JSON, ligne 1/],
    another: [(folder) => change(folder, 'datapackage.json', () => '{"resources":[]}'), /n’est pas la description d’un déchargement/],
    outside: [(folder) => change(folder, 'datapackage.json', (text) => text.replace('"offers.csv"', '"../offers.csv"')), /ressource n° \d+ est incomplète/],
    newer: [(folder) => change(folder, 'datapackage.json', (text) => text.replace(/"schema": (\d+),/, '"schema": 999,')), /plus récente \(schéma 999/],
    older: [(folder) => change(folder, 'datapackage.json', (text) => text.replace(/"schema": (\d+),/, '"schema": 9,')), /plus ancienne \(schéma 9\)/],
  };
  for (const [name, [damage, wanted]] of Object.entries(damages)) {
    const folder = copy(name);
    damage(folder);
    assertRefused(['load', 'all', folder], wanted, to);
  }
  server.ctl(['unload', 'audit', place('trail')]);
  assertRefused(['load', 'all', place('trail')], /déchargement « audit » : il faut celui de toute la base/, to);
  assertRefused(['load', 'all', place('nothing')], /illisible/, to);
  if (to.file) assert.ok(!fs.existsSync(to.file), 'no base was made');
});

test('a folder that says of itself what isn’t so is refused with its line, and leaves nothing', async () => {
  const to = await another();
  const damages = {
    half: ['candidates.csv', (text) => text.slice(0, -40), /candidates\.csv, ligne \d+ : /],
    fewer: ['offers.csv', (text) => text.replace(/\r\n[^\r]+\r\n$/, '\r\n'), /offers\.csv : \d+ lignes au lieu de \d+/],
    double: ['offers.csv', (text) => text.replace(/\r\n([^\r]+)\r\n/, '\r\n$1\r\n$1\r\n'), /offers\.csv, ligne 3 : la base refuse cette ligne/],
    stranger: ['offers.csv', (text) => text.replace(/\r\n\d{7}[A-Z];/, '\r\n0000000A;'), /offers\.csv, ligne 2 : (la base refuse|une valeur obligatoire)/],
    word: ['counters.csv', (text) => text.replace(/;\d+/, ';mille'), /counters\.csv, ligne 2 : colonne prochain : « mille »/],
    day: ['windows.csv', (text) => text.replace(/T\d\d:/, 'T99:'), /windows\.csv, ligne 2 : colonne ouverture/],
    odd: ['audit_digests.csv', (text) => text.replace(/\r\n1;../, '\r\n1;zz'), /audit_digests\.csv, ligne 2 : colonne empreinte/],
    crossed: ['candidates_secrets.csv', (text) => text.replace(/\r\nBCP;1;/, '\r\nBCP;2;'), /candidates_secrets\.csv, ligne \d+ : ce n’est pas la ligne/],
    wide: ['languages.csv', (text) => text.replace(/\r\n([^\r]+)\r\n/, '\r\n$1;x\r\n'), /languages\.csv, ligne 2 : le nombre de colonnes/],
    head: ['languages.csv', (text) => text.replace('code;libelle', 'libelle;code'), /languages\.csv, ligne 1 : l’en-tête/],
    bytes: ['languages.csv', (text) => Buffer.from(text, 'latin1'), /languages\.csv, ligne \d+ : ce n’est pas de l’UTF-8/],
    answers: ['candidates.csv', (text) => text.replaceAll('""nom_naissance"":', '""nom"":'), /candidates\.csv, ligne 2 : /],
  };
  for (const [name, [file, damage, wanted]] of Object.entries(damages)) {
    const folder = copy(`told-${name}`);
    change(folder, file, damage);
    describeAnew(folder, file);
    assertRefused(['load', 'all', folder], wanted, to);
    if (to.file) assert.ok(!fs.existsSync(to.file), 'no base was made');
  }
  to.ctl(['load', 'all', whole]);
});

test('a base that holds something, or is locked, is left as it is', async () => {
  assertRefused(['load', 'all', whole], /isn't empty/);
  const to = await another();
  to.ctl(['init']);
  to.ctl(['lock']);
  assertRefused(['load', 'all', whole], /locked/, to);
  to.ctl(['unlock']);
  to.ctl(['load', 'all', whole]);
  assert.equal(packageOf(whole).inscrinet.what, 'all');
});
