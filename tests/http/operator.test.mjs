// SPDX-License-Identifier: Apache-2.0
//
// What operators decide with inscrinetctl, seen from the pages of a running server: windows, parameters, the lock, homonyms, purges.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { windowsOf } from '../lib/academy.mjs';
import { Browser } from '../lib/browser.mjs';
import { run, Server } from '../lib/server.mjs';
import { answers, certify, loginPupils, register, toSummary, walkOn, pupil } from '../lib/walk.mjs';

let server;
before(async () => {
  server = await Server.start();
});
after(async () => {
  await server?.stop();
});

const ctl = (...args) => server.ctl(args).stdout;
const refused = (...args) => {
  const done = server.ctl(args, { status: 1 });
  return done.stderr.trim();
};
const flat = (changes) => ({ ...Object.assign({}, ...Object.values(pupil)), ...changes });

test('window set closes and opens a service at the minute; several windows; extend; remove', async () => {
  const visitor = new Browser(server.url);
  const [, id] = /^(\d+)\tmc4\tinscription\t/m.exec(ctl('window', 'list', 'mc4', 'inscription'));
  ctl('window', 'set', 'MC4', 'inscription', '2020-01-01T08:00', '14/11/2020 17:00');
  let page = await visitor.go('/inscription/mc4/');
  assert.match(page.text, /closes depuis le samedi 14 novembre 2020 à 17 h 00 \(heure de Paris\)/);
  assert.equal(
    page.html.querySelectorAll('button').some((one) => one.text === 'Nouvelle inscription'),
    false,
  );
  assert.ok(page.links().includes('Réimprimer la confirmation'));
  ctl('window', 'set', 'mc4', 'inscription', '+2d', '+4d', '--add', '--label', 'seconde période');
  page = await visitor.go('/inscription/mc4/');
  assert.match(page.text, /ouvriront le/);
  ctl('window', 'set', 'mc4', 'inscription', '-1h', '+1h', '--add');
  page = await visitor.go('/inscription/mc4/');
  assert.equal((await visitor.press(page, 'Nouvelle inscription')).h1, 'Candidature');
  const listed = ctl('window', 'list', 'mc4', 'inscription')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split('\t'));
  assert.deepEqual(
    listed.map((row) => row[5]),
    ['over', 'open', 'coming'],
  );
  assert.equal(listed[2][6], 'seconde période');
  ctl('window', 'extend', 'mc4', 'inscription', '2099-06-30T17:00');
  assert.match((await visitor.go('/inscription/mc4/')).text, /30 juin 2099 à 17 h 00/);
  for (const [one] of listed) ctl('window', 'remove', one);
  assert.match((await visitor.go('/inscription/mc4/')).text, /ne sont pas encore fixées/);
  assert.match(refused('window', 'remove', id), /no such window/);
});

test('window: an hour that summer time leaves out, a window that closes before it opens, words that are none', () => {
  assert.match(refused('window', 'set', 'cap', 'inscription', '2027-03-28T02:30', '2027-04-01T00:00'), /not a time in Europe\/Paris/);
  assert.match(refused('window', 'set', 'cap', 'inscription', '2027-04-01T00:00', '2027-03-01T00:00'), /opens before it closes/);
  assert.match(refused('window', 'set', 'bac', 'inscription', 'now', '+1d'), /not an exam/);
  assert.match(refused('window', 'set', 'cap', 'etablissement', 'now', '+1d'), /etablissement: not a registration service/);
  assert.equal(server.ctl(['window', 'set', 'cap'], { status: 2 }).status, 2);
  ctl('window', 'set', 'bts', 'inscription', '2027-03-28T01:30', '2027-03-28T03:30');
  const seconds = server.query(`SELECT closes - opens FROM registration_window WHERE ${windowsOf('bts', 'inscription')}`);
  assert.equal(Number(seconds), 3600, 'the night of summer time is an hour shorter');
});

test('parameter set: known names and right values only, seen by the pages at once', async () => {
  const visitor = new Browser(server.url);
  assert.match((await visitor.go('/inscription/cap/')).text, /18 ans au 31 décembre/);
  ctl('parameter', 'set', 'age_min_individuel', '21', '--exam', 'cap');
  assert.equal(ctl('parameter', 'get', 'age_min_individuel', '--exam', 'cap').trim(), '21');
  assert.match((await visitor.go('/inscription/cap/')).text, /21 ans au 31 décembre/);
  ctl('parameter', 'set', 'texte_accueil', 'Bienvenue aux candidats.', '--exam', 'cap');
  assert.match((await visitor.go('/inscription/cap/')).text, /Bienvenue aux candidats\./);
  assert.match(refused('parameter', 'set', 'age_min_individuel', 'vingt'), /not a value of age_min_individuel/);
  assert.match(refused('parameter', 'set', 'inconnu', '1'), /no such parameter/);
  assert.match(refused('parameter', 'set', 'fuseau', 'Europe/Paris', '--exam', 'cap'), /for all exams/);
  for (const zone of ['Europe/Nulle-Part', 'UTC', 'Etc/GMT-4', 'GMT+4', 'CET'])
    assert.match(refused('parameter', 'set', 'fuseau', zone), /: not a value of fuseau \(Continent\/City, as Europe\/Paris, /);
  const names = new Set(
    ctl('parameter', 'list')
      .trim()
      .split('\n')
      .map((line) => line.split('\t')[0]),
  );
  for (const name of server
    .query('SELECT DISTINCT name FROM parameter')
    .split('\n')
    .filter((one) => one !== 'nomenclature'))
    assert.ok(names.has(name), `${name} is in the dictionary`);
});

test('parameter questions: an optional question is asked with its purpose, a usual one is left out', async () => {
  ctl('parameter', 'set', 'questions', 'profession -deja_candidat', '--exam', 'bcp');
  const pupils = await loginPupils(server);
  const seen = new Set();
  const summary = await walkOn(
    pupils,
    await pupils.press(await pupils.go('/inscription-etablissement/bcp/'), 'Nouvelle inscription'),
    flat({ Profession: 'Mécanicienne', 'Prénom 1': 'Paramètre' }),
    (page) => {
      for (const label of page.html.querySelectorAll('main label, main legend')) seen.add(label.text.replace(/\s+/g, ' '));
    },
  );
  assert.ok(seen.has('Profession') && !seen.has('Avez-vous déjà été candidat à cet examen ?'), [...seen].join(', '));
  assert.match(summary.text, /Profession Mécanicienne/);
  ctl('parameter', 'set', 'questions', '', '--exam', 'bcp');
});

test('lock: what would change registrations answers 503 with the reason; unlock lets it go on', async () => {
  const pupils = await loginPupils(server);
  const summary = await toSummary(pupils, { identite: { 'Prénom 1': 'Verrou' } });
  ctl('lock', '--reason', 'Déchargement de midi', '--until', '+2h');
  assert.match(refused('lock'), /locked already/);
  const answer = await pupils.submit(summary, 'Valider mon inscription', certify);
  assert.equal(answer.status, 503);
  assert.ok(Number(answer.headers.get('retry-after')) > 0);
  assert.match(answer.text, /Motif : Déchargement de midi/);
  const visitor = new Browser(server.url);
  assert.equal((await visitor.submit(await visitor.go('/inscription/bcp/'), 'Nouvelle inscription')).status, 503);
  ctl('unlock');
  assert.match(refused('unlock'), /isn't locked/);
  const who = run('id', ['-un']).stdout.trim();
  for (const action of ['base.lock', 'base.unlock'])
    assert.equal(server.query(`SELECT actor FROM audit_entry WHERE action = '${action}' ORDER BY id DESC LIMIT 1`), who, action);
  assert.equal((await pupils.press(summary, 'Valider mon inscription', certify)).h1, 'Inscription enregistrée');
});

test('duplicate allow: a homonym of an allowed number registers, of another not', async () => {
  const pupils = await loginPupils(server);
  const first = await register(pupils, { identite: { 'Prénom 1': 'Homonyme' } });
  const [, number] = /(\d+)-0/.exec(first.text);
  const again = await register(pupils, { identite: { 'Prénom 1': 'Homonyme' } });
  assert.equal(again.status, 422);
  assert.equal(
    again.errors[0],
    `Un candidat du même nom et de la même date de naissance est déjà pré-inscrit à cet examen dans votre établissement, sous le numéro ${number}-0. ` +
      'Si c’est vous, réimprimez votre confirmation ; si c’est un homonyme, adressez-vous à votre établissement.',
  );
  ctl('duplicate', 'allow', 'bcp', number);
  const summary = await toSummary(pupils, { identite: { 'Prénom 1': 'Homonyme' } });
  const second = await pupils.press(summary, 'Valider mon inscription', certify);
  assert.equal(second.h1, 'Inscription enregistrée');
  const [, twin] = /(\d+)-0/.exec(second.text);
  assert.match(ctl('duplicate', 'list', 'bcp'), new RegExp(`^bcp\t${twin}\t${number}\tidentity$`, 'm'));
  assert.equal((await register(pupils, { identite: { 'Prénom 1': 'Homonyme' } })).status, 422, "the third is the second's homonym");
  assert.match(refused('duplicate', 'allow', 'bcp', '999999'), /no such registration/);
});

test('purge: drafts that nobody has touched for the days of the parameter go, others stay', async () => {
  const pupils = await loginPupils(server);
  await pupils.press(await pupils.go('/inscription-etablissement/bcp/'), 'Nouvelle inscription');
  const count = () => Number(server.query('SELECT count(*) FROM draft'));
  const old = server.query('SELECT max(id) FROM draft');
  server.query(`UPDATE draft SET changed = changed - 61 * 86400 WHERE id = ${old}`);
  const held = count();
  assert.match(ctl('purge', '--dry-run'), /would go: drafts older than 60 days: 1/);
  assert.equal(count(), held);
  assert.match(ctl('purge'), /drafts older than 60 days: 1/);
  assert.equal(count(), held - 1);
  assert.match(ctl('check'), /audit trail: ok/);
});

test("operators' changes are in the audit trail", () => {
  for (const action of ['window.set', 'window.extend', 'window.remove', 'parameter.set', 'base.lock', 'base.unlock', 'homonym.allow', 'base.purge'])
    assert.ok(Number(server.query(`SELECT count(*) FROM audit_entry WHERE action = '${action}' AND service = 'inscrinetctl'`)) > 0, action);
  assert.equal(server.query(`SELECT count(*) FROM audit_entry WHERE detail LIKE '%${answers().identite['Nom de naissance']}%'`), '0');
});
