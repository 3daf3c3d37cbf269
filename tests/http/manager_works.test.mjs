// SPDX-License-Identifier: Apache-2.0
//
// « Chargements / déchargements » of the Gestionnaire: a file is shown before it is loaded, loaded wholly or not at all by a
// process of its own, and taken back; candidates are unloaded as a zip; and whatever is killed, what was asked for ends once.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';

import { sessionOf, yearOf } from '../lib/academy.mjs';
import { table, uai } from '../lib/files.mjs';
import { Server, asServer, base, top, until } from '../lib/server.mjs';
import { upload } from '../lib/siecle.mjs';
import { login, loginManager } from '../lib/walk.mjs';

const at = '/gestionnaire/chargements',
  ROWS = base === 'pgsql' ? 5000 : 40000 /* that take a second or so */,
  communes = Buffer.from(
    fs
      .readFileSync(path.join(top, 'seeds/communes.csv'), 'utf8')
      .split('\n')
      .slice(0, ROWS + 1)
      .join('\n'),
  );
let server, manager, folder;

before(async () => {
  server = await Server.start({ candidates: 60 });
  manager = await loginManager(server);
  folder = path.join(server.state, 'base/travaux');
});
after(async () => {
  await server?.stop();
});

const query = (text) => server.query(text);
const count = (name) => Number(query(`SELECT count(*) FROM ${name}`));
const last = () => query('SELECT state, attempts FROM work ORDER BY ordinal DESC LIMIT 1');
const locked = () => query('SELECT locked FROM base_lock');
const acts = (action) => query(`SELECT count(*) FROM audit_entry WHERE action = '${action}' AND service = 'gestionnaire' AND actor = 'gestionnaire'`);

const school = (i, denomination = `LYCEE ESSAI ${i}`) => ({
  uai: uai(String(5900000 + i).padStart(7, '0')),
  nature: '320',
  secteur: 'PU',
  denomination,
  departement: '59',
});
const schools = (...rows) => Buffer.from(table(rows));

const send = async (nature, bytes, name, browser = manager) =>
  upload(browser, await browser.go(at), 'Aperçu', bytes, name, { filled: { 'Nature du fichier': nature } });

/** The page of what was asked for, once that has ended. */
async function ended(answer, browser = manager) {
  assert.equal(answer.status, 303, answer.errors?.join());
  const address = new URL(answer.location, answer.address).href;
  return until('the work', async () => {
    const page = await browser.go(address);
    return page.headers.get('refresh') ? null : page;
  });
}
const preview = async (...args) => ended(await send(...args));
const apply = async (page) => ended(await manager.submit(page, 'Appliquer'));

test('the menu leads to a page that has nothing to tell yet, and makes no folder before something is asked', async () => {
  assert.ok((await manager.go('/gestionnaire/')).link('Chargements / déchargements').endsWith(at));
  const page = await manager.go(at);
  assert.equal(page.h1, 'Chargements / déchargements');
  assert.match(page.text, /Rien n’a encore été chargé dans cette base/);
  assert.match(page.text, /Aucune demande en ce moment/);
  assert.ok(!fs.existsSync(folder));
});

test('a file: what it would change, then it is loaded as that, once, and taken back', async () => {
  const were = count('establishment');
  await ended(await manager.submit(await preview('Établissements', schools(school(1, 'AVANT'), school(2)), 'lycées.csv'), 'Appliquer'));
  const page = await preview('Établissements', schools(school(1, 'APRÈS'), school(3)), 'C:\\temp\\lycées 2.csv');
  assert.equal(page.h1, 'Aperçu : Établissements');
  assert.match(page.text, /Fichier lycées 2\.csv/);
  assert.match(page.text, /Nouveaux : 1, modifiés : 1, retirés : 0, inchangés : 0, non repris : 0, refusés : 0/);
  assert.match(page.text, /2 modifié \S+ .*denomination AVANT APRÈS/);
  assert.match(page.text, /La base sera verrouillée le temps du chargement/);
  assert.equal(count('establishment'), were + 2, 'only shown');
  const report = await manager.get(page.link('Télécharger toutes les lignes (CSV)'));
  assert.match(report.headers.get('content-disposition'), /rapport\.csv/);
  assert.match(report.body, /^ligne;nature;objet;colonne;avant;valeur;motif\n2;modifié;.*;denomination;AVANT;APRÈS;\n/);

  const done = await apply(page),
    run = query('SELECT max(id) FROM load_run');
  assert.equal(done.h1, 'Chargement : Établissements');
  assert.match(done.text, new RegExp(`Terminé.*chargement n° ${run} du journal`));
  assert.equal(count('establishment'), were + 3);
  assert.equal(locked(), '0');
  assert.deepEqual([acts('load.preview'), acts('load.establishments')], ['2', '2']);
  const again = await manager.submit(page, 'Appliquer');
  assert.equal(new URL(again.location, server.url).href, done.address, 'twice pressed leads to the same');
  assert.match((await manager.go(page.address)).text, /Ce fichier a été appliqué/);
  assert.deepEqual(fs.readdirSync(folder).filter((name) => /\.(depot|demande|avance)$/.test(name)).length, 2, 'what was uploaded, twice');

  const asked = await manager.submit(await manager.go(at), 'Annuler ce chargement');
  assert.equal(asked.status, 422);
  assert.match(asked.text, new RegExp(`Annuler le chargement n° ${run} \\? Établissements, « lycées 2\\.csv »`));
  assert.equal(count('establishment'), were + 3);
  const undone = await ended(await manager.submit(asked, 'Confirmer l’annulation'));
  assert.match(undone.text, new RegExp(`Le chargement n° ${run} est annulé : 2 lignes sont comme avant`));
  assert.equal(count('establishment'), were + 2);
  assert.match(query(`SELECT name FROM establishment WHERE code = '${school(1).uai}'`), /AVANT/);
  assert.match((await manager.go(at)).text, /annulé le .* par gestionnaire/);
  const gone = await manager.submit(asked, 'Confirmer l’annulation');
  assert.equal(gone.status, 422);
  assert.match(gone.errors.join(), /Ce chargement ne s’annule plus/);
});

test('what was shown is what is loaded: a base that has changed meanwhile refuses it', async () => {
  const page = await preview('Établissements', schools(school(4)), 'a.csv'),
    were = count('load_run');
  const other = path.join(server.state, 'autrement.csv');
  fs.writeFileSync(other, schools(school(4, 'AUTREMENT')));
  server.ctl(['load', 'establishments', other]);
  const refused = await apply(page);
  assert.match(refused.text, /Refusé/);
  assert.match(refused.text, /La base a changé depuis l’aperçu/);
  assert.match(query(`SELECT name FROM establishment WHERE code = '${school(4).uai}'`), /AUTREMENT/);
  assert.equal(count('load_run'), were + 1);
  assert.equal(locked(), '0');
});

test('what is refused is told by line, column, value and reason; nothing of it can be applied', async () => {
  const page = await preview('Établissements', schools(school(5), { ...school(6), uai: '5900006Q' }), 'b.csv');
  assert.match(page.text, /refusés : 1/);
  assert.match(page.text, /3 refusé uai 5900006Q Le code UAI doit comporter/);
  assert.match(page.text, /Des lignes sont refusées/);
  assert.ok(!page.text.includes('Appliquer'));
  const jeton = page.html.querySelector('input[name="jeton"]').getAttribute('value');
  const forced = await manager.post(page.address, { jeton, action: 'appliquer' });
  assert.equal(forced.status, 422);
  assert.match(forced.errors.join(), /Ce fichier ne peut pas être appliqué/);
  assert.equal((await manager.press(page, 'Renoncer')).h1, 'Chargements / déchargements');
  assert.match(last(), /^dropped/);

  for (const [nature, bytes, words] of [
    ['Offres des établissements', schools(school(5)), /Il manque dans l’en-tête : examen, specialite/],
    ['Établissements', Buffer.from('<html>'), /./],
  ]) {
    const told = await preview(nature, bytes, 'c.csv');
    assert.match(told.text, /Refusé/);
    assert.match(told.text, words);
  }
  for (const [nature, bytes, words] of [
    ['', schools(school(5)), /Choisissez la nature du fichier/],
    ['Établissements', Buffer.from(''), /Choisissez le fichier à charger/],
  ]) {
    const told = await send(nature, bytes, 'd.csv');
    assert.equal(told.status, 422);
    assert.match(told.errors.join(), words);
  }
});

test('while nobody works the page waits, comes again by itself, and gives up what it is told to', async () => {
  const worker = await until('the worker', () => server.worker());
  process.kill(worker, 'SIGSTOP');
  try {
    const answer = await send('Établissements', schools(school(7)), 'e.csv'),
      page = await manager.go(answer.location);
    assert.equal(page.headers.get('refresh'), '2');
    assert.match(page.text, /En attente/);
    assert.match((await manager.press(page, 'Renoncer')).text, /Aperçu : Établissements e\.csv .* Abandonné/);
    assert.equal(fs.readdirSync(folder).filter((name) => name.endsWith('.demande')).length, 0);
  } finally {
    process.kill(worker, 'SIGCONT');
  }
});

test('candidates are unloaded as a zip, all or what has changed; a session is archived once it is unloaded', async () => {
  const year = yearOf(server) + 1,
    past = query(`SELECT ${sessionOf('bcp')}`),
    name = query(`SELECT 'bcp-' || year || '-' || CASE WHEN month < 10 THEN '0' ELSE '' END || month FROM exam_session WHERE id = ${past}`);
  server.ctl(['session', 'add', `bcp-${year}-06`, '--period', 'juin']);
  server.ctl(['session', 'set', `bcp-${year}-06`, '--state', 'open']);
  server.ctl(['session', 'main', `bcp-${year}-06`]);
  const archive = async () => manager.submit(await manager.go(`/gestionnaire/sessions/${name}`), 'Enregistrer', { État: 'Archivée' });
  const refused = await archive();
  assert.equal(refused.status, 422);
  assert.match(refused.error('État'), /Déchargez d’abord les candidats de cette session/);

  const never = await manager.submit(await manager.go(at), 'Décharger', { 'Candidats de': name.slice(4, 8), 'Seulement ce qui a changé': true });
  assert.equal(never.status, 422);
  assert.match(never.text, /n’ont encore jamais été déchargés/);
  const done = await ended(await manager.submit(await manager.go(at), 'Décharger', { 'Candidats de': 'Tous les examens' }));
  assert.match(done.text, new RegExp(`Déchargement n° 1 : ${count('registration')} candidats`));
  const address = done.html.querySelector('a.button').getAttribute('href');
  const zip = await manager.get(new URL(address, done.address).href);
  assert.equal(zip.status, 200);
  assert.equal(zip.headers.get('content-type'), 'application/zip');
  assert.equal(zip.headers.get('cache-control'), 'no-store');
  const file = path.join(
    folder,
    fs.readdirSync(folder).find((one) => one.endsWith('.zip')),
  );
  assert.equal(fs.statSync(file).mode & 0o777, 0o600);
  assert.match(execFileSync('zip', ['-sf', file], { encoding: 'utf8' }), /candidats-1\/candidates\.csv[^]*candidats-1\/datapackage\.json/);
  assert.deepEqual([acts('unload.ask'), acts('unload.fetch')], ['1', '1']);
  assert.equal(locked(), '0');
  const none = await ended(await manager.submit(await manager.go(at), 'Décharger', { 'Candidats de': 'Tous les examens', 'Seulement ce qui a changé': true }));
  assert.match(none.text, /ce qui a changé depuis le n° 1 : 0 candidats/);
  assert.equal((await archive()).status, 303);
  assert.equal(query(`SELECT state FROM exam_session WHERE id = ${past}`), 'archived');
});

test('before a campaign: each step with its figure; passwords go back once their number is typed; a backup is made', async () => {
  const list = `${at}/initialisation`,
    page = await manager.go((await manager.go(at)).link('Préparer une campagne, étape par étape'));
  assert.equal(page.h1, 'Préparer une campagne');
  assert.match(page.text, new RegExp(`Charger les établissements ✓ fait ${count('establishment')} établissements`));
  assert.match(page.text, /Sauvegarder la base ✗ à voir Jamais sauvegardée/);
  assert.match(page.text, /Charger les offres ✗ à voir .*aucune pour : BCP/);
  const saved = await ended(await manager.submit(await manager.go(at), 'Sauvegarder la base'));
  const [, name] = /« (inscrinet-\S+) »/.exec(saved.text);
  assert.equal(fs.statSync(path.join(folder, 'sauvegardes', name)).mode & 0o777, 0o600);
  assert.match((await manager.go(list)).text, /Sauvegarder la base ✓ fait Dernière sauvegarde/);

  const wrong = await manager.submit(page, 'Remettre les mots de passe d’origine', { 'Nombre d’établissements': '1' });
  assert.equal(wrong.status, 422);
  assert.match(wrong.error('Nombre d’établissements'), new RegExp(`tapez ${count('establishment')}`));
  assert.ok(count('account WHERE establishment IS NOT NULL AND password IS NOT NULL') > 0);
  const done = await manager.press(page, 'Remettre les mots de passe d’origine', { 'Nombre d’établissements': ` ${count('establishment')} ` });
  assert.match(done.text, /Les mots de passe d’origine sont remis/);
  assert.equal(count('account WHERE establishment IS NOT NULL AND rights IS NULL AND password IS NOT NULL'), 0);
  assert.equal(count('establishment WHERE activated IS NOT NULL'), 0);
  assert.equal(acts('password.reset_all'), '1');
  assert.equal((await manager.submit(done, 'Ouvrir l’activation', { 'Nombre de jours': '0' })).status, 422);
  assert.match((await manager.press(done, 'Ouvrir l’activation', { 'Nombre de jours': '3' })).text, /Ouvrir l’activation ✓ fait ouverte pour/);
});

test('who only reads asks for nothing; whom something limits sees nothing of it; names are for those who see them', async () => {
  const [limited, reader] = [await loginManager(server, 1), await loginManager(server, 2)];
  const shown = await reader.go(at);
  assert.equal(shown.status, 200);
  assert.ok(!shown.html.querySelector('form[enctype]'));
  const jeton = shown.html.querySelector('input[name=jeton]').getAttribute('value');
  for (const action of ['apercu', 'decharger', 'sauvegarder', 'annuler']) assert.equal((await reader.post(at, { jeton, action })).status, 403, action);
  assert.equal((await reader.post(`${at}/initialisation`, { jeton, action: 'activer', jours: '1' })).status, 403);
  for (const page of ['', '/initialisation', '/travail?travail=x', '/dechargement.zip?travail=x'])
    assert.equal((await limited.get(at + page)).status, 403, page);

  const password = server.ctl(['manager', 'add', 'sans-noms', '--no-identities']).stdout.trim().split(/\s/).at(-1),
    nameless = await login(server, 'gestionnaire', { login: 'sans-noms', password });
  server.query("UPDATE account SET temporary = 0 WHERE login = 'sans-noms'");
  const page = await nameless.go(at);
  assert.equal(page.h1, 'Chargements / déchargements');
  assert.ok(!page.text.includes('Décharger les candidats') && !page.text.includes('Candidats d’une session passée'));
  const seal = page.html.querySelector('input[name=jeton]').getAttribute('value');
  assert.equal((await nameless.post(at, { jeton: seal, action: 'decharger', portee: 'tous' })).status, 403);
  const token = query("SELECT token FROM work WHERE kind = 'unload' ORDER BY ordinal LIMIT 1");
  for (const name of ['travail', 'dechargement.zip']) assert.equal((await nameless.get(`${at}/${name}?travail=${token}`)).status, 403, name);
  assert.equal((await manager.get(`${at}/travail?travail=${token.slice(1)}`)).status, 404);
});

/**
 * Ask for the load of a file of the country's communes, wait until it is under way, some thousands of its rows are read, and let who
 * does it stand still.
 */
async function underWay() {
  const page = await preview('Communes', communes, 'communes.csv'),
    answer = await manager.submit(page, 'Appliquer');
  await until('rows', () => /^running/.test(last()) && fs.readdirSync(folder).some((name) => name.endsWith('.avance')), 60000);
  const [child] = server.processes('inscrinetctl', server.worker());
  process.kill(child, 'SIGSTOP');
  assert.match(last(), /^running/, 'it has not ended yet');
  return { answer, child, goOn: () => process.kill(child, 'SIGCONT') };
}

/** It was told to end, and will see it once it goes on. */
const isToldToEnd = ({ child }) =>
  [...fs.readFileSync(`/proc/${child}/status`, 'utf8').matchAll(/^(?:Sig|Shd)Pnd:\s*(\w+)/gm)].some(([, mask]) => BigInt(`0x${mask}`) & (1n << 14n));

const untilEnded = () => until('the end of it', () => !/^(waiting|running)/.test(last()), 120000);
const takeBack = () => server.ctl(['load', 'undo', query('SELECT max(id) FROM load_run')]);

test('kill -9 of who works and of who waits: the load is begun anew, whole, once', async () => {
  const { answer, child } = await underWay(),
    worker = server.worker();
  process.kill(child, 'SIGKILL');
  assert.match((await ended(answer)).text, /Terminé/);
  assert.equal(last().replace('|', ' '), 'done 2');
  assert.equal(count('commune'), ROWS);
  assert.equal(count("load_run WHERE kind = 'communes'"), 1);
  assert.equal(locked(), '0');
  takeBack();
  process.kill(server.worker(), 'SIGKILL');
  await until('another one that waits', () => server.worker() && server.worker() !== worker);
  assert.match((await preview('Établissements', schools(school(8)), 'f.csv')).text, /Nouveaux : 1/);
});

test('a graceful restart lets it finish; a stop takes nothing of it, and the next start does it all', async () => {
  const first = await underWay();
  process.kill(server.process.pid, 'SIGUSR1');
  first.goOn();
  await untilEnded();
  assert.match(last(), /^done.1$/);
  takeBack();
  await until('the new worker', () => server.worker());
  const second = await underWay();
  server.process.kill('SIGTERM');
  await until('it to be told', () => isToldToEnd(second));
  second.goOn();
  await server.exited;
  await until('it waits', () => /^waiting.0$/.test(last()), 60000);
  assert.equal(locked(), '0');
  assert.equal(count('commune'), 0);
  await server.launch();
  await untilEnded();
  assert.match(last(), /^done.1$/);
  takeBack();
  manager = await loginManager(server);
});

test('kill -9 of httpd and of all its children: what was under way ends all the same', async () => {
  const { goOn } = await underWay(),
    all = [server.process.pid, ...server.children(), server.worker()];
  for (const one of all) process.kill(one, 'SIGKILL');
  goOn();
  await server.exited;
  await untilEnded();
  assert.equal(last().replace('|', ' '), 'done 1');
  assert.equal(count('commune'), ROWS);
  assert.equal(locked(), '0');
  takeBack();
  await server.launch();
  manager = await loginManager(server);
});

test('however many work in a folder, and beside it, what waits is done once', async () => {
  const worker = await until('the worker', () => server.worker());
  process.kill(worker, 'SIGSTOP');
  const page = await send('Établissements', schools(school(9)), 'g.csv');
  const work = (where) =>
    new Promise((resolve) =>
      spawn(path.join(server.state, 'app/inscrinetctl'), ['-d', server.database, 'work', where, '--once'], { ...asServer, stdio: 'ignore' }).on(
        'exit',
        resolve,
      ),
    );
  assert.equal(await work(`${folder}-autre`), 0);
  assert.match(last(), /^waiting.0$/, 'its file is not there');
  assert.deepEqual(await Promise.all([work(folder), work(folder), work(folder)]), [0, 0, 0]);
  assert.match(last(), /^done.1$/);
  process.kill(worker, 'SIGCONT');
  assert.match((await ended(page)).text, /Nouveaux : 1/);
});
