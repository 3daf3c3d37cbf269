// SPDX-License-Identifier: Apache-2.0
//
// « Élèves attendus »: a school loads its own SIECLE export or CSV, sees first what it would change, then who has not
// registered yet, by class, and prints a slip with a code for each.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';

import { Browser } from '../lib/browser.mjs';
import { Server } from '../lib/server.mjs';
import { exportOf, pupil, schoolYear, upload, zipOf } from '../lib/siecle.mjs';
import { addDelegate, choosePassword, login, loginHead, loginPupils, register } from '../lib/walk.mjs';

const at = '/etablissement/eleves';
let server, head, code;

before(async () => {
  server = await Server.start();
  head = await loginHead(server);
  code = server.account('etablissement', 'open').login;
});
after(async () => {
  await server?.stop();
});

const count = (table = 'pupil') => Number(server.query(`SELECT count(*) FROM ${table}`));
const send = async (bytes, name, browser = head) => upload(browser, await browser.go(at), 'Déposer', bytes, name);
const see = async (bytes, name) => {
  const answer = await send(bytes, name);
  assert.equal(answer.status, 303, answer.errors?.join());
  return head.go(answer.location);
};
const class30 = Array.from({ length: 30 }, (_, i) => pupil(i));

test('nobody is expected yet, and the menu leads here', async () => {
  assert.ok((await head.go('/etablissement/bcp/')).link('Élèves attendus').endsWith(at));
  const page = await head.go(at);
  assert.equal(page.h1, 'Élèves attendus');
  assert.match(page.text, /Aucun élève n’est attendu pour l’instant/);
  assert.match(page.text, new RegExp(`Session ${schoolYear() + 1}`));
  assert.ok(!page.text.includes('Imprimer les fiches'));
});

test('a zip of 900 pupils is shown before it changes anything, then applied as a whole', async () => {
  const many = Array.from({ length: 900 }, (_, i) => pupil(i, i < 120 ? {} : { mef: i % 2 ? '24720002331' : '20010018110' }));
  const zip = zipOf(exportOf(code, [...many.slice(0, 899), { ...many[899], sortie: '01/09/2020' }]));
  const page = await see(zip, 'C:\\exports\\ExportXML_ElevesAvecAdresses.zip');
  assert.match(page.text, /Aperçu de « ExportXML_ElevesAvecAdresses\.zip »/);
  assert.match(page.text, /Nouveaux : 509, modifiés : 0, retirés : 0, inchangés : 0, non repris : 390, refusés : 0/);
  assert.match(page.text, /Élèves dont la formation \(MEF\) ne conduit à aucun examen de la base, qui ne sont pas repris \(390\) : 2001001811/);
  assert.match(page.text, /Élèves sortis de l’établissement, qui ne sont pas repris \(1\)/);
  assert.equal(count(), 0);
  assert.equal(page.headers.get('cache-control'), 'no-store');
  const done = await head.press(page, 'Appliquer');
  assert.match(done.text, /Fichier appliqué : 509 élèves ajoutés, 0 modifiés, 0 retirés\./);
  assert.match(done.text, /0 inscrits sur 509 élèves attendus ; il en manque 509/);
  assert.equal(count(), 509);
  assert.equal(count('pupil_upload'), 0);
  assert.equal(server.query('SELECT count(*) FROM load_run'), '1');
  assert.match(server.query("SELECT detail FROM audit_entry WHERE action = 'load.pupils'"), /^run \d+, SHA-256 [0-9a-f]{64}$/);
  const again = await head.press(await see(zip), 'Appliquer');
  assert.match(again.text, /0 élèves ajoutés, 0 modifiés, 0 retirés/);
});

test('what changes is told, old and new; who is no longer in the export goes', async () => {
  const page = await see(exportOf(code, [{ ...class30[0], prenom: 'Autre' }, ...class30.slice(1)]), 'eleves.xml');
  assert.match(page.text, /Nouveaux : 0, modifiés : 1, retirés : 479, inchangés : 29/);
  assert.match(page.text, /ÉLÈVEAA - AUTRE 4 prenom_1 Léa Autre/);
  assert.match(page.text, /\(les premières lignes\)/);
  const given = await head.press(page, 'Renoncer');
  assert.ok(!given.text.includes('Aperçu'));
  assert.equal(count(), 509);
  assert.equal(count('pupil_upload'), 0);
  assert.equal((await head.press(await see(exportOf(code, class30)), 'Appliquer')).status, 200);
  assert.equal(count(), 30);
});

test('a CSV of a class adds its pupils and takes nobody away', async () => {
  const csv = 'NOM;PRENOM;SEXE;NE(E) LE;DIV.\nÀjouté;Luc;M;07/07/2009;TBOIS\n';
  assert.match((await see(Buffer.from(csv), 'liste.csv')).text, /Nouveaux : 1, modifiés : 0, retirés : 0/);
  const done = await head.press(await head.go(at), 'Appliquer');
  assert.match(done.text, /Classe TBOIS : 0 sur 1 .*ÀJOUTÉ - LUC 07\/07\/2009/);
  await head.press(await see(exportOf(code, class30)), 'Appliquer');
  assert.equal(count(), 30);
});

test('what is refused is named with its line, and can not be applied', async () => {
  const page = await see(exportOf(code, [{ ...class30[0], nom: 'B0B' }, class30[1]]));
  assert.match(page.text, /refusés : 1/);
  assert.match(page.text, /4 nom_naissance B0B refusé : Un nom ou un prénom ne contient pas de chiffre/);
  assert.match(page.text, /Ce fichier ne peut pas être appliqué/);
  assert.ok(!page.text.includes('Appliquer'));
  const token = page.html.querySelector('input[name="jeton"]').getAttribute('value');
  const forced = await head.post(at, { jeton: token, action: 'appliquer' });
  assert.equal(forced.status, 422);
  assert.match(forced.errors.join(), /Ce fichier contient des lignes refusées/);
  await head.press(await head.go(at), 'Renoncer');
});

test('wrong files are told in words next to the control, and nothing waits', async () => {
  const wrong = [
    ['<STS_EDT/>', /C’est un export STS, il faut ElevesAvecAdresses/],
    ['<BEE_RESPONSABLES/>', /C’est l’export Responsables, il faut ElevesAvecAdresses/],
    [exportOf(code, class30).subarray(0, 2000), /Le fichier est tronqué : il s’arrête à la ligne/],
    ['<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><BEE_ELEVES>&x;</BEE_ELEVES>', /DOCTYPE/],
    ['', /Choisissez le fichier à déposer/],
    ['\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', /classeur/],
    [exportOf('0599999X', class30).toString('latin1'), null],
  ];
  for (const [bytes, words] of wrong.filter(([, one]) => one)) {
    const page = await send(Buffer.from(bytes, 'latin1'), 'x.xml');
    assert.equal(page.status, 422, String(bytes).slice(0, 40));
    assert.match(page.error('Fichier des élèves'), words);
    assert.match(page.title, /^Erreur : /);
  }
  assert.equal(count('pupil_upload'), 0);
  const other = server.account('etablissement', 'open', 1).login;
  const page = await see(exportOf(other, class30.slice(0, 1)));
  assert.match(page.text, /Ce fichier contient des élèves d’un autre établissement que le vôtre/);
  await head.press(page, 'Renoncer');
});

test('a body that is too long, no form at all, or without its token is refused', async () => {
  const page = await head.go(at);
  assert.equal((await upload(head, page, 'Déposer', Buffer.alloc(11 * 1024 * 1024, 32), 'x.xml')).status, 413);
  const type = { 'content-type': 'multipart/form-data; boundary=x' };
  assert.equal((await head.request(at, { method: 'POST', body: 'no such thing', headers: type })).status, 400);
  assert.equal((await head.request(at, { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } })).status, 415);
  assert.equal((await head.request('/etablissement/delegues', { method: 'POST', body: '--x--\r\n', headers: type })).status, 415);
  assert.equal((await upload(head, page, 'Déposer', exportOf(code, class30), 'x.xml', { field: 'autre' })).status, 422);
  const foreign = await upload(head, page, 'Déposer', exportOf(code, class30), 'x.xml', { headers: { 'sec-fetch-site': 'cross-site' } });
  assert.ok([303, 403].includes(foreign.status));
  const forged = page.body.replace(/name="jeton" value="[^"]*"/g, 'name="jeton" value="x"');
  page.body = forged;
  page.parsed = undefined;
  assert.equal((await upload(head, page, 'Déposer', exportOf(code, class30), 'x.xml')).status, 403);
});

test('who has registered is no longer missing, and no later file changes what he was', async () => {
  const one = class30[1];
  await head.press(await see(exportOf(code, class30)), 'Appliquer');
  const before = await head.go(at);
  assert.match(before.text, new RegExp(`${one.nom} - NOÉ`));
  const pupils = await loginPupils(server);
  await register(pupils, {
    identite: { 'Nom de naissance': one.nom.toLowerCase(), 'Prénom 1': 'Noe' },
    naissance: { 'Date de naissance': one.naissance, INE: '', 'Je ne connais pas mon INE': true },
  });
  const after_ = await head.go(at);
  assert.match(after_.text, /1 inscrits sur 30 élèves attendus ; il en manque 29/);
  assert.ok(!after_.text.includes(`${one.nom} - NOÉ`));
  const page = await see(exportOf(code, [{ ...one, prenom: 'Changé' }, ...class30.slice(2)]));
  assert.match(page.text, /modifiés : 0, retirés : 1, inchangés : 29/);
  await head.press(page, 'Renoncer');
});

test('slips: one for each who is missing, his code and the address of the service', async () => {
  const answer = await head.submit(await head.go(at), 'Imprimer les fiches');
  assert.equal(answer.status, 303);
  const { pdf, headers } = await head.get(answer.location);
  assert.equal(headers.get('cache-control'), 'no-store');
  const text = execFileSync('pdftotext', ['-layout', '-', '-'], { input: pdf, encoding: 'utf8' });
  const codes = server.query('SELECT code FROM pupil_code ORDER BY code').split('\n');
  assert.equal(new Set(codes).size, 30);
  const printed = codes.filter((one) => text.includes(`${one.slice(0, 4)}-${one.slice(4)}`));
  assert.equal(printed.length, 29);
  assert.match(text, /ÉLÈVEAA - LÉA/);
  assert.match(text, /inscription-etablissement\//);
  assert.ok(!text.includes('ÉLÈVEBA - NOÉ'));
  await head.submit(await head.go(at), 'Imprimer les fiches');
  assert.equal(server.query('SELECT code FROM pupil_code ORDER BY code').split('\n').join(), codes.join(), 'a code stays');
});

const home = '/inscription-etablissement/bcp/',
  typed = (p, more = {}) => ({ 'Nom de naissance': p.nom.toLowerCase(), 'Prénom 1': p.prenom, 'Date de naissance': p.naissance, ...more });
const draftOf = () => JSON.parse(server.query('SELECT answers FROM draft ORDER BY id DESC LIMIT 1'));

test('a pupil who types name and birth finds class and specialty, and nothing that is private', async () => {
  const one = class30[2],
    pupils = await loginPupils(server);
  const page = await pupils.press(await pupils.go((await pupils.go(home)).link('Retrouver mes informations')), 'Suite', typed(one));
  assert.match(page.address, /candidature\/candidature\?dossier=\d+/);
  const draft = draftOf();
  assert.deepEqual(
    Object.keys(draft).filter((name) => !['classe', 'specialite', 'nom_naissance', 'prenom_1', 'date_naissance'].includes(name)),
    [],
  );
  assert.equal(draft.classe, one.classe);
  assert.equal(draft.prenom_1, one.prenom, 'as his school spells it');
  assert.equal(draft.date_naissance, '2009-03-03');
  assert.equal(page.value('Classe'), one.classe);

  assert.ok(!page.body.includes('rue Secrète'));
});

test('with the code of his slip, or his INE, a pupil finds the rest', async () => {
  server.query("INSERT INTO commune (code, type, name, search, department) VALUES ('59350', 'M', 'Lille', 'LILLE', '059')");
  const one = class30[3];
  const code_ = server.query(`SELECT code FROM pupil_code WHERE key LIKE '${one.ine}%'`);
  for (const proof of [{ "Code de l'élève": `${code_.slice(0, 4).toLowerCase()} ${code_.slice(4)}` }, { INE: one.ine.toLowerCase() }]) {
    const pupils = await loginPupils(server);
    const page = await pupils.press(await pupils.go(`${home}eleve`), 'Suite', typed(one, proof));
    assert.match(page.address, /candidature\/candidature\?dossier=\d+/, page.errors?.join());
    const draft = draftOf();
    assert.equal(draft.voie, '3 rue Secrète');
    assert.equal(draft.ine, one.ine);
    assert.equal(draft.civilite, 'F');
    assert.equal(draft.pays_naissance, '99100');
    assert.equal(draft.commune_naissance, 'Lille', 'by its code');
  }
});

test("a classmate's address is found by no guess: a wrong code or INE gives nothing, and counts", async () => {
  const [one, other] = [class30[4], class30[5]];
  const codes = server.query(`SELECT code FROM pupil_code WHERE key LIKE '${other.ine}%'`);
  const drafts = count('draft'),
    pupils = await loginPupils(server),
    failures = () => Number(server.query("SELECT count(*) FROM audit_entry WHERE action = 'proof.failed'"));
  const before_ = failures();
  const wrong = [
    typed(one, { "Code de l'élève": codes }),
    typed(one, { INE: other.ine }),
    typed(one, { "Code de l'élève": 'ABCD' }),
    typed(one, { INE: 'x' }),
    typed(one, { INE: one.ine, "Code de l'élève": codes }),
    typed({ ...one, naissance: '01/01/2008' }),
    typed({ ...one, nom: 'Personne' }),
    typed({ ...one, nom: '4' }),
  ];
  for (const given of wrong) {
    const page = await pupils.submit(await pupils.go(`${home}eleve`), 'Suite', given);
    assert.equal(page.status, 422);
    assert.deepEqual(page.errors, [
      'Aucun élève de votre établissement ne correspond à ce que vous avez saisi : vérifiez-le, ou commencez une nouvelle inscription.',
    ]);
    assert.ok(!page.body.includes('rue Secrète'));
  }
  assert.equal(failures(), before_ + wrong.length);
  const missing = await pupils.submit(await pupils.go(`${home}eleve`), 'Suite');
  assert.equal(missing.errors.length, 3);
  assert.equal(failures(), before_ + wrong.length, 'what is left empty is no try');
  assert.equal(count('draft'), drafts);
  let page;
  for (let i = 0; i < 40 && page?.status !== 429; i++) page = await pupils.submit(await pupils.go(`${home}eleve`), 'Suite', typed({ ...one, nom: 'Personne' }));
  assert.equal(page.status, 429);
  assert.ok(Number(page.headers.get('retry-after')) > 0);
});

test('nobody is found in another school, nor in the service of individuals', async () => {
  const others = await loginPupils(server, 1);
  assert.ok(!(await others.go(home)).text.includes('Retrouver mes informations'));
  assert.equal((await others.submit(await others.go(`${home}eleve`), 'Suite', typed(class30[6]))).status, 422);
  assert.equal((await new Browser(server.url).get('/inscription/bcp/eleve')).status, 404);
});

test('a school sees its own pupils alone; pupils and delegates without passwords see none', async () => {
  const other = await loginHead(server, 1);
  assert.match((await other.go(at)).text, /Aucun élève n’est attendu/);
  assert.match((await other.get('/etablissement/eleves.pdf')).location, /\/etablissement\/eleves$/);
  const { password: first } = await addDelegate(head, 'Sans', 'Tout sauf les mots de passe');
  const less = await login(server, 'etablissement', { login: `${code}.SANS`, password: first });
  await choosePassword(less, first, 'une phrase longue et calme');
  assert.equal((await less.get(at)).status, 403);
  assert.equal((await less.get('/etablissement/eleves.pdf')).status, 403);
  assert.ok(!(await less.go('/etablissement/bcp/')).text.includes('Élèves attendus'));
});

test('a file that waits goes with its session', async () => {
  const own = await loginHead(server);
  assert.equal((await send(exportOf(code, class30), 'x.xml', own)).status, 303);
  assert.equal(count('pupil_upload'), 1);
  assert.ok(!(await head.go(at)).text.includes('Aperçu'));
  await own.submit(await own.go(at), 'Quitter');
  assert.equal(count('pupil_upload'), 0);
});

test('the command loads any school, tells wrong files by their names, and undoes', () => {
  const file = path.join(server.state, 'eleves.xml'),
    other = server.account('etablissement', 'open', 1).login;
  const load = (bytes, ...options) => {
    fs.writeFileSync(file, bytes);
    return server.ctl(['load', 'pupils', file, '--json', ...options], { status: null });
  };
  const before_ = count();
  assert.equal(load(exportOf(other, class30.slice(0, 3)), '--dry-run').status, 0);
  assert.equal(count(), before_);
  assert.equal(load(exportOf(other, class30.slice(0, 3))).status, 0);
  assert.equal(count(), before_ + 3);
  const run = server.query('SELECT max(id) FROM load_run');
  assert.match(load('<STS_EDT/>').stderr, /C’est un export STS, il faut ElevesAvecAdresses/);
  assert.equal(server.ctl(['load', 'undo', run]).status, 0);
  assert.equal(count(), before_);
  assert.match(load('nom;prenom;date de naissance\nA;B;01/01/2009\n').stderr, /Le code UAI/);
});
