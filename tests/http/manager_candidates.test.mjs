// SPDX-License-Identifier: Apache-2.0
//
// The service Gestionnaire, « Candidats »: the search over all exams, the list of each, the file of a candidate and what a
// manager does there; and that none of it reaches what isn't his.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { sessionOf } from '../lib/academy.mjs';
import { Server } from '../lib/server.mjs';
import { login, loginHead, loginManager } from '../lib/walk.mjs';
import { wire } from '../lib/wire.mjs';

const WHAT = 'Nom, numéro, INE ou date de naissance',
  home = '/gestionnaire/candidats';
let server, all, department, reader, blind, capOnly, ours, theirs;

const rowOf = (where) => {
  const [number, name, born] = server.query(`SELECT number, listed_name, birth_date FROM registration WHERE ${where} ORDER BY number LIMIT 1`).split('|');
  return { number, name, born: born.split('-').reverse().join('/'), at: `${home}/bcp/${number}` };
};
const added = async (name, ...limits) =>
  login(server, 'gestionnaire', { login: name, password: server.ctl(['manager', 'add', name, ...limits]).stdout.trim() });
const departmentOf = () => /\d\w\d/.exec(server.query("SELECT departments FROM manager WHERE departments IS NOT NULL AND departments <> '[]' LIMIT 1"))[0];
const trail = (where) =>
  server.query(`SELECT service || ' ' || actor || ' ' || action || ' ' || coalesce(detail, '-') FROM audit_entry WHERE ${where} ORDER BY id`);
const stateOf = (one) => server.query(`SELECT state FROM registration WHERE exam = 'BCP' AND number = ${one.number}`);
const searched = (browser, words, at = home) => browser.go(at).then((page) => browser.press(page, 'Rechercher', { [WHAT]: words }));
const numbers = (page) => page.html.querySelectorAll('td.number').map((cell) => cell.text.replace(/-\d+$/, ''));

before(async () => {
  server = await Server.start({ candidates: 1700 });
  [all, department, reader] = [await loginManager(server, 0), await loginManager(server, 1), await loginManager(server, 2)];
  blind = await added('sans-identites', '--no-identities');
  capOnly = await added('cap-seul', '--exams', 'cap');
  const school = `establishment = (SELECT id FROM establishment WHERE code = '${server.account('etablissement', 'open').login}')`;
  ours = rowOf(`exam = 'BCP' AND state = 'V' AND exam_session = ${sessionOf('bcp')} AND ${school}`);
  theirs = rowOf(`exam = 'BCP' AND exam_session = ${sessionOf('bcp')} AND department <> '${departmentOf()}'`);
});
after(async () => {
  await server?.stop();
});

// ---------------------------------------------------------------- search

test('found over all exams: by number with and without exam and revision, by parts of a folded name, by INE, by birth date', async () => {
  assert.equal((await all.go('/gestionnaire/')).link('Candidats'), `${server.url}${home}`);
  const page = await all.go(home);
  assert.equal(page.h1, 'Candidats');
  server.query(`UPDATE registration SET ine = '123456789AB' WHERE exam = 'BCP' AND number = ${ours.number}`);
  const [last, first] = ours.name.split(' - ');
  for (const words of [`BCP ${ours.number}-0`, `bcp ${ours.number}`, `${last.toLowerCase()} ${first.split(' ')[0]}`, '123456789ab', ours.born]) {
    const found = await searched(all, words);
    assert.match(found.address, /candidats\?recherche=\d+$/, 'what was typed stands in no address');
    assert.equal(found.link(ours.name), `${server.url}${ours.at}-0`, words);
  }
  const everywhere = await searched(all, `${ours.number}-7`),
    exams = Number(server.query(`SELECT count(*) FROM registration WHERE number = ${ours.number}`));
  assert.equal(numbers(everywhere).length, exams);
  assert.ok(exams > 1 && everywhere.html.querySelectorAll('caption').length === exams);
  assert.match((await searched(all, `CAP ${ours.number}`)).text, /Certificat d’aptitude|Certificat d'aptitude/);
  for (const nothing of ['Zzyx', 'BCP 999999', '31/12/1899', '**']) assert.match((await searched(all, nothing)).text, /Aucun candidat de vos examens/);
  assert.equal((await all.get(`${home}?recherche=9999`)).status, 404);
  assert.equal((await (await loginManager(server)).get(`${home}?recherche=1`)).status, 404, "another session's search");
  const long = await all.submit(await all.go(home), 'Rechercher', { [WHAT]: 'x'.repeat(201) });
  assert.equal(long.status, 422);
  assert.equal(long.value(WHAT), 'x'.repeat(201));
});

test('more than twenty of an exam: the rest by a link to its list', async () => {
  const page = await searched(all, 'A'),
    more = page.links().filter((text) => text.startsWith('Tous les candidats trouvés'));
  assert.ok(more.length > 0);
  const list = await all.go(page.link(more[0]));
  assert.match(list.text, /Candidats trouvés pour « A »/);
  assert.ok(numbers(list).length > 20);
});

// ---------------------------------------------------------------- the list of an exam

test('pages of 200 by key, there and back: each candidate once, in the order of names; the file has them all', async () => {
  const wanted = server.query(`SELECT number FROM registration WHERE exam_session = ${sessionOf('bcp')} ORDER BY sort_key, number`).split('\n');
  assert.ok(wanted.length > 400, `${wanted.length}`);
  assert.equal((await all.get(`${home}/bcp`)).status, 308);
  const pages = [await all.go(`${home}/bcp/`)];
  while (pages.at(-1).links().includes('Page suivante')) pages.push(await all.go(pages.at(-1).link('Page suivante')));
  assert.deepEqual(pages.flatMap(numbers), wanted);
  assert.equal(numbers(pages[0]).length, 200);
  assert.deepEqual(numbers(await all.go(pages[2].link('Page précédente'))), numbers(pages[1]));
  const csv = (await all.get(`${home}/bcp/candidats.csv`)).body.trim().split('\n');
  assert.equal(csv[0], 'Numéro;Nom - prénom;Date de naissance;Spécialité;Forme de passage;Établissement;Dossier papier reçu le;Dossier;État');
  assert.deepEqual(
    csv.slice(1).map((line) => line.split('-')[0].replace(/\D/g, '')),
    wanted,
  );
  assert.ok(csv.some((line) => /;\d{7}[A-Z] /.test(line)));
  const excel = (await wire(`${server.url}${home}/bcp/candidats.csv?pour=excel`, { headers: { cookie: all.cookie } })).body;
  assert.deepEqual([...excel.subarray(0, 3)], [0xef, 0xbb, 0xbf]);
});

test('filters: state, specialty, both, with a search; a value that there is not is 404', async () => {
  const [specialty, name] = server
      .query(
        `SELECT s.code, s.code5 || ' ' || s.label FROM specialty s WHERE s.code =
         (SELECT specialty FROM registration WHERE exam_session = ${sessionOf('bcp')} GROUP BY specialty ORDER BY count(*) DESC, specialty LIMIT 1)`,
      )
      .split('|'),
    count = (where) => Number(server.query(`SELECT count(*) FROM registration WHERE exam_session = ${sessionOf('bcp')} AND ${where}`));
  const shown = async (query) => (await all.get(`${home}/bcp/candidats.csv?${query}`)).body.trim().split('\n').length - 1;
  assert.ok(count("state = 'A'") > 0);
  assert.equal(await shown('etat=annulees'), count("state = 'A'"));
  assert.equal(await shown('etat=valides'), count("state = 'V'"));
  assert.equal(await shown(`specialite=${specialty}`), count(`specialty = '${specialty}'`));
  assert.equal(await shown(`etat=valides&specialite=${specialty}`), count(`specialty = '${specialty}' AND state = 'V'`));
  const page = await all.go(`${home}/bcp/?etat=valides&specialite=${specialty}`);
  assert.equal(page.value('État'), 'valides');
  assert.equal(page.value('Spécialité'), specialty);
  assert.ok(page.text.includes(`Candidats, par ordre alphabétique, Valides, ${name}`));
  assert.ok(page.html.querySelectorAll('tbody tr').every((row) => row.text.includes(name) && row.text.includes('Valide')));
  const found = await searched(all, 'a', page.address);
  assert.match(found.address, /etat=valides&specialite=\w+&recherche=\d+$/);
  for (const wrong of ['etat=vivants', 'specialite=99999999', 'apres=x', 'apres=999999', 'recherche=9999'])
    assert.equal((await all.get(`${home}/bcp/?${wrong}`)).status, 404, wrong);
  assert.match((await searched(all, 'CAP 1', `${home}/bcp/`)).text, /Aucun candidat ne correspond à ce choix/);
});

// ---------------------------------------------------------------- whose

test('a department: its candidates alone, in the lists, the files and the search', async () => {
  const mine = server.query(
    `SELECT number FROM registration WHERE exam_session = ${sessionOf('bcp')} AND department = '${departmentOf()}' ORDER BY sort_key, number`,
  );
  assert.ok(mine.split('\n').length > 1);
  const csv = (await department.get(`${home}/bcp/candidats.csv`)).body.trim().split('\n').slice(1);
  assert.deepEqual(
    csv.map((line) => line.split('-')[0].replace(/\D/g, '')),
    mine.split('\n'),
  );
  assert.deepEqual(numbers(await department.go(`${home}/bcp/`)), mine.split('\n').slice(0, 200));
  assert.match((await searched(department, `BCP ${theirs.number}`)).text, /Aucun candidat/);
  assert.match((await searched(department, `${theirs.name.replace(' - ', ' ')}`)).text, new RegExp(`^((?!${theirs.at}).)*$`));
});

test("walked over the rows: what isn't the manager's is what isn't there; without identities nothing is shown", async () => {
  const rows = (await Server.routes()).filter((row) => row.service === 'gestionnaire' && row.path.startsWith('candidats'));
  assert.equal(rows.length, 18);
  for (const row of rows) {
    const address = (exam, number) => `/gestionnaire/${row.path.replace('EXAM', exam).replace('NUMBER', number).replace('STEP', 'candidature')}`,
      jeton = async (browser) => (await browser.go('/gestionnaire/mot-de-passe')).html.querySelector('input[name=jeton]').getAttribute('value');
    const asked = async (browser, at) => {
      const answers = [(await browser.get(at)).status];
      if (row.post) answers.push((await browser.post(at, { jeton: await jeton(browser), action: 'homonyme', motif: 'x' })).status);
      return answers;
    };
    const before = server.query('SELECT count(*) FROM audit_entry');
    for (const status of await asked(blind, address('bcp', ours.number))) assert.equal(status, 403, row.path);
    if (row.path.includes('EXAM')) for (const status of await asked(capOnly, address('bcp', ours.number))) assert.equal(status, 404, row.path);
    if (row.path.includes('NUMBER')) {
      for (const number of [theirs.number, '999999'])
        for (const status of await asked(department, address('bcp', number))) assert.equal(status, 404, `${row.path} ${number}`);
      if (row.post) assert.equal((await asked(reader, address('bcp', ours.number))).at(-1), 403, row.path);
    }
    assert.equal(server.query('SELECT count(*) FROM audit_entry'), before, row.path);
  }
  assert.doesNotMatch((await blind.go('/gestionnaire/')).text, /Candidats/);
  assert.equal((await capOnly.go(`${home}/cap/`)).status, 200);
  assert.deepEqual(
    (await capOnly.go(home)).links().filter((text) => /\(.*\)/.test(text)),
    ["Certificat d'aptitude professionnelle (CAP)"],
  );
  assert.equal(server.query(`SELECT homonym_allowed FROM registration WHERE exam = 'BCP' AND number = ${ours.number}`), '0');
});

test("a number of another session of the exam leads to that session's list", async () => {
  const other = server.query(`SELECT number FROM registration WHERE exam = 'BP' AND exam_session <> ${sessionOf('bp')} LIMIT 1`),
    answer = await all.get(`${home}/bp/${other}`);
  assert.equal(answer.status, 303);
  assert.match(answer.location, new RegExp(`/candidats/bp-\\d{4}-\\d\\d/${other}$`));
  assert.equal((await all.go(answer.location)).h1, 'Dossier de candidature');
});

// ---------------------------------------------------------------- the file

test("the file has the answers in the words that the school's page has, the school, the state; who only reads has no buttons", async () => {
  const answers = (page) => page.html.querySelectorAll('section.block dl.answers').map((list) => list.text.replace(/\s+/g, ' '));
  const page = await all.go(ours.at),
    head = await loginHead(server);
  assert.equal(page.h1, 'Dossier de candidature');
  assert.deepEqual(answers(page), answers(await head.go(`/etablissement/bcp/candidat?numero=${ours.number}`)));
  assert.ok(page.text.includes(server.account('etablissement', 'open').login));
  assert.ok(page.text.includes(ours.born) && page.text.includes('✓ Valide'));
  const read = await reader.go(ours.at);
  assert.deepEqual(
    read.html.querySelectorAll('main button').map((button) => button.text),
    ['Quitter'],
  );
  const individual = server.query(`SELECT number FROM registration WHERE exam = 'CAP' AND establishment IS NULL ORDER BY number LIMIT 1`);
  assert.match((await all.go(`${home}/cap/${individual}`)).text, /Candidat individuel/);
});

test('cancelled with a reason: the trail and the history have it, the school reads it and cannot reactivate; the manager can', async () => {
  const head = await loginHead(server),
    page = await all.go(ours.at);
  for (const [Motif, words] of [
    ['', /Indiquez le motif/],
    ['x'.repeat(121), /120 caractères/],
  ]) {
    const wrong = await all.submit(await all.go(ours.at), 'Annuler la candidature', { Motif });
    assert.equal(wrong.status, 422);
    assert.match(wrong.error('Motif'), words);
    assert.equal(wrong.value('Motif'), Motif);
  }
  assert.equal(stateOf(ours), 'V');
  const done = await all.press(page, 'Annuler la candidature', { Motif: 'Double inscription' });
  assert.match(done.text, new RegExp(`La candidature de ${ours.name}.* est annulée\\.`));
  assert.match(done.text, /Candidature annulée par le service des examens \(motif : Double inscription\)/);
  assert.match(done.text, /Candidature annulée, motif : Double inscription.*par le compte gestionnaire/);
  assert.equal(stateOf(ours), 'A');
  const late = await all.submit(page, 'Annuler la candidature', { Motif: 'Encore' });
  assert.equal(late.status, 422);
  assert.match(late.text, /quelqu’un d’autre venait de changer l’état/);

  const file = await head.go(`/etablissement/bcp/candidat?numero=${ours.number}`);
  assert.match(file.text, /annulée par le service des examens \(motif : Double inscription\)/);
  assert.doesNotMatch(file.text, /gestionnaire|Réactiver cette candidature/);
  const at = `/etablissement/bcp/validation?numero=${ours.number}`;
  const tick = async () => {
    const { action, fields } = head.prepare(await head.go(at), 'Valider');
    return head.post(action, [...fields, ['candidat', ours.number]]);
  };
  const refused = await tick();
  assert.equal(refused.status, 422);
  assert.match(refused.text, /le service des examens a annulé cette candidature, lui seul peut la réactiver/);
  assert.equal(stateOf(ours), 'A');

  const back = await all.press(done, 'Réactiver la candidature', { Motif: 'Erreur de notre part' });
  assert.match(back.text, /est réactivée\./);
  assert.equal(stateOf(ours), 'V');
  assert.equal((await tick()).status, 303);
  assert.equal((await tick()).status, 303, 'what the school has cancelled, the school reactivates');
  assert.equal(stateOf(ours), 'V');
  assert.equal(
    trail(`exam = 'BCP' AND number = ${ours.number} AND action IN ('registration.cancel', 'registration.restore')`),
    [
      'gestionnaire gestionnaire registration.cancel Double inscription',
      'gestionnaire gestionnaire registration.restore Erreur de notre part',
      `etablissement ${server.account('etablissement', 'open').login} registration.cancel -`,
      `etablissement ${server.account('etablissement', 'open').login} registration.restore -`,
    ].join('\n'),
  );
});

test('of several that a school reactivates, those of the office are left and told by name', async () => {
  const head = await loginHead(server),
    school = server.account('etablissement', 'open').login;
  const two = server
    .query(
      `SELECT number FROM registration WHERE exam_session = ${sessionOf('bcp')} AND state = 'V'
       AND establishment = (SELECT id FROM establishment WHERE code = '${school}') ORDER BY number LIMIT 2`,
    )
    .split('\n');
  const ticked = async () => {
    const { action, fields } = head.prepare(await head.go('/etablissement/bcp/validation'), 'Valider');
    return head.go((await head.post(action, [...fields, ...two.map((number) => ['candidat', number])])).location);
  };
  await all.press(await all.go(`${home}/bcp/${two[0]}`), 'Annuler la candidature', { Motif: 'Hors délai' });
  const { action, fields } = head.prepare(await head.go('/etablissement/bcp/validation'), 'Valider');
  await head.post(action, [...fields, ['candidat', two[1]]]);
  const page = await ticked();
  assert.match(page.text, new RegExp(`Laissée annulée, car le service des examens l’a annulée : lui seul peut réactiver\\. ${two[0]}-`));
  assert.equal(server.query(`SELECT state FROM registration WHERE exam = 'BCP' AND number = ${two[0]}`), 'A');
  assert.equal(server.query(`SELECT state FROM registration WHERE exam = 'BCP' AND number = ${two[1]}`), 'V');
  await all.press(await all.go(`${home}/bcp/${two[0]}`), 'Réactiver la candidature', { Motif: 'Délai prolongé' });
});

test('a new personal code, told once; a homonym allowed and refused again: each in the trail by name', async () => {
  const before = server.query(`SELECT code FROM registration WHERE exam = 'BCP' AND number = ${ours.number}`),
    page = await all.go((await all.go(ours.at)).link('Délivrer un nouveau code personnel'));
  assert.equal(page.link('Retour au dossier'), `${server.url}${ours.at}`);
  const done = await all.press(page, 'Délivrer le nouveau code'),
    code = server.query(`SELECT code FROM registration WHERE exam = 'BCP' AND number = ${ours.number}`);
  assert.notEqual(code, before);
  assert.equal(done.address, `${server.url}${ours.at}`);
  assert.ok(done.text.includes(`${code.slice(0, 4)}-${code.slice(4)}`));
  assert.ok(!(await all.go(ours.at)).text.includes(code.slice(0, 4)));
  const allowed = await all.press(await all.go(ours.at), 'Autoriser un homonyme');
  assert.match(allowed.text, /Un homonyme de ce candidat peut maintenant s’inscrire/);
  assert.match((await all.press(allowed, 'Ne plus autoriser d’homonyme')).text, /ne peut plus s’inscrire/);
  assert.equal(
    trail(`exam = 'BCP' AND number = ${ours.number} AND (action = 'code.new' OR action LIKE 'homonym.%')`),
    ['code.new', 'homonym.allow', 'homonym.refuse'].map((action) => `gestionnaire gestionnaire ${action} -`).join('\n'),
  );
});

test('who looks like whom is a link where both are in scope, and a bare word where one is not', async () => {
  const other = rowOf(`exam = 'BCP' AND exam_session = ${sessionOf('bcp')} AND department = '${departmentOf()}'`);
  server.query(`INSERT INTO registration_double (exam, number, other, reason, found) VALUES ('BCP', ${other.number}, ${theirs.number}, 'swapped', 0)`);
  const page = await all.go(other.at);
  assert.equal(
    page.link(`${theirs.number}-${server.query(`SELECT revision FROM registration WHERE exam = 'BCP' AND number = ${theirs.number}`)} ${theirs.name}`),
    `${server.url}${theirs.at}`,
  );
  const narrow = await department.go(other.at);
  assert.match(narrow.text, /Ressemble à une autre inscription à cet examen, hors de votre périmètre/);
  assert.ok(!narrow.text.includes(theirs.name));
});

test('a locked base answers 503 to acts and searches all the same; an archived session is only read', async () => {
  const page = await all.go(ours.at);
  server.ctl(['lock', '--reason', 'Transfert']);
  const locked = await all.submit(page, 'Annuler la candidature', { Motif: 'Sous verrou' });
  assert.equal(locked.status, 503);
  assert.equal(locked.value('Motif'), 'Sous verrou');
  assert.ok((await searched(all, `BCP ${ours.number}`)).links().includes(ours.name));
  server.ctl(['unlock']);
  server.query(`UPDATE exam_session SET state = 'archived' WHERE id = ${sessionOf('bcp')}`);
  server.ctl(['parameter', 'set', 'fuseau', 'Europe/Paris']); /* what processes keep of sessions is read anew */
  const archived = await all.submit(await all.go(ours.at), 'Annuler la candidature', { Motif: 'Trop tard' });
  assert.equal(archived.status, 403);
  assert.match(archived.text, /archiv/);
  assert.equal(stateOf(ours), 'V');
});
