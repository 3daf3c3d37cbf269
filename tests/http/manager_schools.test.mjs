// SPDX-License-Identifier: Apache-2.0
//
// « Établissements » of the Gestionnaire: which schools a manager sees, and what he does for one.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { Browser } from '../lib/browser.mjs';
import { Server } from '../lib/server.mjs';
import { login, loginHead, loginManager, tryLogin } from '../lib/walk.mjs';

let server, all, department, reader, open, fresh;
before(async () => {
  server = await Server.start({ candidates: 60 });
  [all, department, reader] = [await loginManager(server, 0), await loginManager(server, 1), await loginManager(server, 2)];
  open = server.account('etablissement', 'open').login;
  fresh = server.account('etablissement', 'fresh').login;
});
after(async () => {
  await server?.stop();
});

const at = (code) => `/gestionnaire/etablissements/${code}`;
const codes = (page) => page.html.querySelectorAll('tbody td:first-child a').map((link) => link.text);
const column = (name, code) => server.query(`SELECT ${name} FROM establishment WHERE code = '${code}'`);
const trail = (code) =>
  server.query(`SELECT action || ' ' || coalesce(detail, '') FROM audit_entry WHERE actor = 'gestionnaire' AND establishment = '${code}' ORDER BY id`);

test('all schools, searched by the beginning of code, name and town, with or without accents', async () => {
  const every = server.query('SELECT code FROM establishment ORDER BY code').split('\n');
  assert.deepEqual(codes(await all.go('/gestionnaire/etablissements')), every);
  assert.deepEqual(codes(await all.go(`/gestionnaire/etablissements?texte=${open.toLowerCase()}`)), [open]);
  const [name, town] = [column('name', open), column('town', open)];
  const bare = (text) =>
    encodeURIComponent(
      text
        .normalize('NFD')
        .replace(/[\u0300-\u036f]/g, '')
        .toLowerCase(),
    );
  assert.ok(codes(await all.go(`/gestionnaire/etablissements?texte=${bare(town)}+${bare(name.split(' ').at(-1))}`)).includes(open));
  const none = await all.go('/gestionnaire/etablissements?texte=zzyx');
  assert.deepEqual([codes(none), none.html.querySelector('#texte').getAttribute('value')], [[], 'zzyx']);
  assert.match(none.text, /Aucun établissement ne répond à cette recherche/);
  assert.equal((await all.get(`/gestionnaire/etablissements?texte=${'x'.repeat(61)}`)).status, 404);
});

test('of other departments there is nothing: neither listed nor found', async () => {
  server.query(`UPDATE establishment SET department = '099' WHERE code = '${open}'`);
  try {
    assert.ok(!codes(await department.go('/gestionnaire/etablissements')).includes(open));
    assert.equal((await department.get(at(open))).status, 404);
    assert.equal((await all.get(at(open))).status, 200);
  } finally {
    server.query(`UPDATE establishment SET department = (SELECT department FROM establishment WHERE code = '${fresh}') WHERE code = '${open}'`);
  }
  assert.equal((await department.get(at(open))).status, 200);
  for (const code of ['0990999Z', 'x', `${open}x`]) assert.equal((await all.get(at(code))).status, 404, code);
});

test('the activation window: opened for some days, closed; the default password works meanwhile alone', async () => {
  server.query(`UPDATE establishment SET activation_opens = NULL, activation_closes = NULL WHERE code = '${fresh}'`);
  assert.equal((await tryLogin(new Browser(server.url), fresh, fresh)).status, 422);
  for (const days of ['0', '367', 'x', '']) {
    const wrong = await all.submit(await all.go(at(fresh)), 'Ouvrir l’activation', { 'Jours d’activation': days });
    assert.equal(wrong.status, 422, days);
    assert.match(wrong.text, /Indiquez un nombre de jours, de 1 à 366/);
  }
  const opened = await all.press(await all.go(at(fresh)), 'Ouvrir l’activation', { 'Jours d’activation': '3' });
  assert.match(opened.text, /L’activation est ouverte jusqu’au/);
  assert.equal(Number(column('activation_closes - activation_opens', fresh)), 3 * 86400);
  assert.equal((await tryLogin(new Browser(server.url), fresh, fresh)).status, 303);
  const closed = await all.press(await all.go(at(fresh)), 'Fermer l’activation');
  assert.match(closed.text, /L’activation est fermée/);
  assert.equal((await tryLogin(new Browser(server.url), fresh, fresh)).status, 422);
  assert.equal(trail(fresh), 'activation.open 3 days\nactivation.close');
});

test('a new password of either service: shown once, the head must change his, the former ones end', async () => {
  const head = await loginHead(server),
    given = async (button) => {
      const page = await all.press(await all.go(at(open)), button),
        [, password] = /Nouveau mot de passe du s[^:]* : (\S+)/.exec(page.text);
      assert.doesNotMatch((await all.go(at(open))).text, new RegExp(password), 'once');
      return password;
    };
  const password = await given('Nouveau mot de passe du suivi');
  assert.match((await head.get('/etablissement/bcp/')).location, /connexion$/);
  const again = await login(server, 'etablissement', { login: open, password });
  assert.match((await again.get('/etablissement/bcp/')).location, /mot-de-passe$/, 'to be changed first');
  const pupils = await login(server, 'inscription-etablissement', { login: open, password: await given('Nouveau mot de passe d’inscription') });
  assert.equal((await pupils.get('/inscription-etablissement/bcp/')).status, 200);
  assert.equal(trail(open), 'password.reset etablissement\npassword.reset inscription-etablissement');
});

test('its registration service is closed and opened again, at the next request; not without what the school itself needs', async () => {
  const account = server.account('inscription-etablissement', 'open', 1),
    pupils = await login(server, 'inscription-etablissement', account),
    school = (page) => page.html.querySelectorAll('form').find((form) => form.querySelector('input[name=session]')?.getAttribute('value').startsWith('bcp'));
  const press = async (action) => {
    const jeton = school(await all.go(at(account.login)))
      .querySelector('input[name=jeton]')
      .getAttribute('value');
    return all.post(at(account.login), { jeton, session: 'bcp', action });
  };
  server.query(
    `UPDATE establishment_exam SET service_open = 1, european = 0 WHERE establishment = (SELECT id FROM establishment WHERE code = '${account.login}')`,
  );
  assert.match((await pupils.go('/inscription-etablissement/bcp/')).text, /Nouvelle inscription/);
  assert.equal((await press('fermer')).status, 303);
  assert.doesNotMatch((await pupils.go('/inscription-etablissement/bcp/')).text, /Nouvelle inscription/);
  assert.equal((await press('ouvrir')).status, 303);
  assert.match((await pupils.go('/inscription-etablissement/bcp/')).text, /Nouvelle inscription/);
  server.query(`UPDATE establishment_exam SET european = NULL WHERE establishment = (SELECT id FROM establishment WHERE code = '${account.login}')`);
  assert.match((await press('ouvrir')).text, /sections européennes : son service de bac pro ne peut pas être ouvert/);
  const jeton = (await all.go(at(fresh))).html.querySelector('input[name=jeton]').getAttribute('value');
  assert.match((await all.post(at(fresh), { jeton, session: 'cap', action: 'ouvrir' })).text, /pas encore de mot de passe d’inscription/);
  for (const session of ['bts-2031-01', 'xyz', '']) assert.equal((await all.post(at(fresh), { jeton, session, action: 'ouvrir' })).status, 404, session);
});

test('a manager of some exams: schools without them do not exist, their accounts are not his, their services of his exams are', async () => {
  const password = server.ctl(['manager', 'add', 'examens', '--exams', 'bcp']).stdout.trim(),
    some = await login(server, 'gestionnaire', { login: 'examens', password }),
    presents = (exam) =>
      server
        .query(
          `SELECT DISTINCT e.code FROM establishment e JOIN establishment_exam x ON x.establishment = e.id
           JOIN exam_session s ON s.id = x.exam_session WHERE s.exam = '${exam}' ORDER BY e.code`,
        )
        .split('\n');
  assert.deepEqual(codes(await some.go('/gestionnaire/etablissements')), presents('BCP'));
  const other = presents('BTS').find((code) => !presents('BCP').includes(code));
  assert.equal((await some.get(at(other))).status, 404);
  const page = await some.go(at(open)),
    jeton = page.html.querySelector('input[name=jeton]').getAttribute('value');
  assert.doesNotMatch(page.text, /Nouveau mot de passe/);
  for (const action of ['suivi', 'inscription', 'activer', 'desactiver']) assert.equal((await some.post(at(open), { jeton, action })).status, 403, action);
  assert.equal((await some.post(at(open), { jeton, session: 'cap', action: 'fermer' })).status, 404);
  assert.equal((await some.post(at(open), { jeton, session: 'bcp', action: 'fermer' })).status, 303);
  server.query(`UPDATE establishment_exam SET service_open = 1 WHERE establishment = (SELECT id FROM establishment WHERE code = '${open}')`);
});

test('an archived session is only read: its service is neither closed nor opened', async () => {
  const be = (state) => {
    server.query(`UPDATE exam_session SET state = '${state}' WHERE exam = 'MC5'`);
    server.ctl(['parameter', 'set', 'aide', `Session ${state}.`]); /* servers read what they keep anew */
  };
  be('archived');
  try {
    const page = await all.go(at(open)),
      jeton = page.html.querySelector('input[name=jeton]').getAttribute('value');
    assert.match(page.text, /Mention complémentaire de niveau 5 .*archivée/);
    for (const action of ['fermer', 'ouvrir']) assert.equal((await all.post(at(open), { jeton, session: 'mc5', action })).status, 403, action);
  } finally {
    be('open');
  }
});

test('a school that came in by a password that a manager gave has had its first access', async () => {
  const young = server.account('etablissement', 'fresh', 1).login,
    page = await all.press(await all.go(at(young)), 'Nouveau mot de passe du suivi'),
    [, password] = /Nouveau mot de passe du suivi : (\S+)/.exec(page.text),
    head = await login(server, 'etablissement', { login: young, password });
  assert.doesNotMatch((await all.go(at(young))).text, /Premier accès ✓/);
  await head.press(await head.go('/etablissement/mot-de-passe'), 'Valider', {
    'Mot de passe actuel': password,
    'Nouveau mot de passe': 'cinq-mots-de-passe-neufs',
    'Confirmation du nouveau mot de passe': 'cinq-mots-de-passe-neufs',
  });
  assert.match((await all.go(at(young))).text, /Premier accès ✓ \d\d\/\d\d\/\d{4}/);
});

test('who only reads sees it all and may press nothing', async () => {
  const page = await reader.go(at(open));
  assert.deepEqual(
    page.html.querySelectorAll('button').map((button) => button.text),
    ['Quitter'],
  );
  const jeton = page.html.querySelector('input[name=jeton]').getAttribute('value');
  assert.equal((await reader.post(at(open), { jeton, action: 'suivi' })).status, 403);
});
