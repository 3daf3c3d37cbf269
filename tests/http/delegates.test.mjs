// SPDX-License-Identifier: Apache-2.0
//
// Delegates: accounts CODE.NAME that a head makes, with all rights or all but passwords; a first password that is shown
// once and opens nothing but the page that replaces it; sessions that end at once when it is taken back.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { Browser } from '../lib/browser.mjs';
import { Server } from '../lib/server.mjs';
import { addDelegate, choosePassword, login, loginHead, searched, shownPassword } from '../lib/walk.mjs';

const at = '/etablissement/delegues',
  chosen = 'une phrase longue et calme';
let server, head, code;

before(async () => {
  server = await Server.start();
  head = await loginHead(server);
  code = server.account('etablissement', 'open').login;
});
after(async () => {
  await server?.stop();
});

const account = (name, password) => ({ login: `${code}.${name}`, password });
const enter = (one) => login(server, 'etablissement', one);
const audit = (action) => server.query(`SELECT actor || ' ' || detail FROM audit_entry WHERE action = '${action}' ORDER BY id DESC LIMIT 1`);

const add = (name, rights, browser = head) => addDelegate(browser, name, rights);
const choose = (browser, first, wanted = chosen) => choosePassword(browser, first, wanted);

test('a delegate is added: login and first password, shown once and never kept by the browser', async () => {
  const empty = await head.go(at);
  assert.equal(empty.h1, 'Délégués');
  assert.match(empty.text, /n’a pas encore de délégué/);
  const refused = await head.submit(empty, 'Ajouter');
  assert.equal(refused.status, 422);
  assert.deepEqual(refused.errors, ['Indiquez le nom du délégué.', 'Choisissez ce que le délégué peut faire.']);
  const { page, password: first } = await add('Hélène D’Aboville', 'Tout sauf les mots de passe');
  assert.ok(first, page.text);
  assert.match(page.text, new RegExp(`Compte ${code}\\.HELENE-D-ABOVILLE créé\\. Mot de passe provisoire : ${first}`));
  assert.equal(page.headers.get('cache-control'), 'no-store');
  assert.equal(audit('delegate.add'), `${code} ${code}.HELENE-D-ABOVILLE`);
  const again = await head.go(at);
  assert.ok(!again.body.includes(first));
  assert.match(again.text, /Tout sauf les mots de passe .*HELENE-D-ABOVILLE Jamais connecté mot de passe provisoire/);
  assert.equal(server.query(`SELECT count(*) FROM account WHERE password LIKE '%${first}%'`), '0');
  const twice = await head.submit(await head.go(at), 'Ajouter', { 'Nom du délégué': 'helene d aboville', Droits: 'Tout' });
  assert.equal(twice.status, 422);
  assert.deepEqual(twice.errors, ['Votre établissement a déjà un délégué de ce nom : choisissez-en un autre, par exemple avec le prénom.']);
  for (const bad of ['x', '-', '…', 'a'.repeat(31)])
    assert.equal((await head.submit(await head.go(at), 'Ajouter', { 'Nom du délégué': bad, Droits: 'Tout' })).status, 422, bad);

  const young = await enter(account('Hélène D’Aboville', first));
  assert.equal(young.page.h1, 'Changer le mot de passe pour le suivi');
  for (const page of ['bcp/', 'bcp/candidats', 'delegues', 'mot-de-passe-inscription'])
    assert.match((await young.get(`/etablissement/${page}`)).location, /\/mot-de-passe$/, page);
  assert.equal(
    (
      await young.submit(young.page, 'Valider', {
        'Mot de passe actuel': `${code}.HELENE-D-ABOVILLE`,
        'Nouveau mot de passe': chosen,
        'Confirmation du nouveau mot de passe': chosen,
      })
    ).status,
    422,
    'a login is no password',
  );
  const inside = await choose(young, first);
  assert.equal(inside.h1, 'Service Établissement', inside.text);
  assert.equal(server.query(`SELECT actor FROM audit_entry WHERE action = 'password.change' ORDER BY id DESC LIMIT 1`), `${code}.HELENE-D-ABOVILLE`);
  assert.ok(
    (await enter(account('helene-d-aboville', first))).page.errors.includes('Code établissement ou mot de passe incorrect.'),
    'the first password is over',
  );
});

test('rights: all but passwords, or all', async () => {
  const less = await enter(account('HELENE-D-ABOVILLE', chosen));
  const menu = await less.go('/etablissement/bcp/');
  assert.match(menu.html.querySelector('header').text, /HELENE-D-ABOVILLE/);
  const links = menu.html.querySelectorAll('.menu a').map((a) => a.text);
  assert.ok(links.includes('Liste des candidats pré-inscrits') && links.includes('Changer le mot de passe pour le suivi'));
  assert.ok(!links.includes('Délégués') && !links.includes("Changer le mot de passe pour le service d'inscription"));
  for (const page of ['candidats', 'validation', 'retours']) assert.equal((await searched(less, `/etablissement/bcp/${page}`, 'a')).status, 200, page);
  const token = menu.html.querySelector('input[name=jeton]').getAttribute('value');
  for (const page of ['delegues', 'mot-de-passe-inscription', 'fiches-connexion']) {
    assert.equal((await less.get(`/etablissement/${page}`)).status, 403, page);
    assert.equal(
      (
        await less.post(`/etablissement/${page}`, {
          jeton: token,
          nom: 'Pierre',
          droits: 'tout',
          actuel: chosen,
          nouveau: 'tout autre chose 1',
          confirmation: 'tout autre chose 1',
        })
      ).status,
      403,
      page,
    );
  }
  assert.match((await less.press(await less.go('/etablissement/bcp/service-inscription'), 'Fermer le service')).text, /✗ Fermé/);
  assert.match((await less.go('/etablissement/bcp/service-inscription')).text, new RegExp(`par ${code}\\.HELENE-D-ABOVILLE, depuis`));

  const { password: first } = await add('Jules Verne', 'Tout');
  const jules = await enter(account('jules verne', first));
  await choose(jules, first, 'vingt mille lieues sous les mers');
  const { page, password: made } = await add('Nemo', 'Tout', jules);
  assert.ok(made, page.text);
  assert.equal(audit('delegate.add'), `${code}.JULES-VERNE ${code}.NEMO`);
  const changed = await jules.press(await jules.go('/etablissement/mot-de-passe-inscription'), 'Valider', {
    'Mot de passe actuel': 'vingt mille lieues sous les mers',
    'Nouveau mot de passe': 'le nautilus est en plongee',
    'Confirmation du nouveau mot de passe': 'le nautilus est en plongee',
  });
  assert.ok(changed.text.includes('Le mot de passe du service d’inscription est changé. Donnez le nouveau à vos élèves.'));
  await head.press(await head.go('/etablissement/bcp/service-inscription'), 'Ouvrir le service');
});

test("a delegate's own change of password leaves the head's and the school's activation alone", async () => {
  const before = server.query(`SELECT password || epoch FROM account WHERE service = 'etablissement' AND login = '${code}'`),
    activated = server.query(`SELECT activated FROM establishment WHERE code = '${code}'`);
  const jules = await enter(account('JULES-VERNE', 'vingt mille lieues sous les mers')),
    elsewhere = await enter(account('JULES-VERNE', 'vingt mille lieues sous les mers'));
  jules.page = await jules.go('/etablissement/mot-de-passe');
  await choose(jules, 'vingt mille lieues sous les mers', 'cinq semaines en ballon dirigeable');
  assert.equal((await jules.get('/etablissement/bcp/')).status, 200);
  assert.match((await elsewhere.get('/etablissement/bcp/')).location, /\/connexion$/, 'his other sessions end');
  assert.equal(server.query(`SELECT password || epoch FROM account WHERE service = 'etablissement' AND login = '${code}'`), before);
  assert.equal(server.query(`SELECT activated FROM establishment WHERE code = '${code}'`), activated);
});

test('a new password, and taking the account back: sessions end at once', async () => {
  const jules = await enter(account('JULES-VERNE', 'cinq semaines en ballon dirigeable'));
  let page = await head.go(at);
  const press = (name, value) => head.post(at, { jeton: page.html.querySelector('input[name=jeton]').getAttribute('value'), [name]: value });
  assert.equal((await press('reinitialiser', `${code}.JULES-VERNE`)).status, 303);
  page = await head.go(at);
  const first = shownPassword(page);
  assert.ok(first);
  assert.match((await jules.get('/etablissement/bcp/')).location, /\/connexion$/);
  assert.ok((await enter(account('JULES-VERNE', 'cinq semaines en ballon dirigeable'))).page.errors.length);
  const back = await enter(account('JULES-VERNE', first));
  assert.equal(back.page.h1, 'Changer le mot de passe pour le suivi');
  assert.equal((await press('retirer', `${code}.JULES-VERNE`)).status, 303);
  assert.match((await back.get('/etablissement/mot-de-passe')).location, /\/connexion$/);
  assert.ok((await enter(account('JULES-VERNE', first))).page.errors.includes('Code établissement ou mot de passe incorrect.'));
  assert.match((await head.go(at)).text, /Le compte .*JULES-VERNE est retiré/);
  assert.doesNotMatch((await head.go(at)).text, /JULES-VERNE/);
  for (const name of ['reinitialiser', 'retirer']) {
    assert.equal((await press(name, `${code}.PERSONNE`)).status, 404);
    assert.equal((await press(name, code)).status, 403, "not one's own, nor the head's");
    assert.equal((await press(name, server.account('etablissement', 'open', 1).login)).status, 404);
  }
});

test("the head's account is no delegate's to take, another school's delegates don't exist", async () => {
  const stranger = await loginHead(server, 1),
    page = await stranger.go(at),
    token = page.html.querySelector('input[name=jeton]').getAttribute('value');
  assert.doesNotMatch(page.text, /NEMO|HELENE/);
  for (const name of ['reinitialiser', 'retirer']) assert.equal((await stranger.post(at, { jeton: token, [name]: `${code}.NEMO` })).status, 404, name);
  assert.equal(server.query(`SELECT count(*) FROM account WHERE login = '${code}.NEMO'`), '1');
  const pupils = new Browser(server.url);
  const refused = await pupils.submit(await pupils.go('/inscription-etablissement/connexion'), 'Se connecter', {
    'Code établissement': `${code}.NEMO`,
    'Mot de passe': chosen,
  });
  assert.equal(refused.status, 422, "no login of the pupils' service");
  const { password: first } = await add('Passe-Partout', 'Tout');
  const one = await enter(account('Passe-Partout', first));
  await choose(one, first, 'le tour du monde en 80 jours');
  const mine = await one.go(at);
  for (const name of ['reinitialiser', 'retirer'])
    assert.equal((await one.post(at, { jeton: mine.html.querySelector('input[name=jeton]').getAttribute('value'), [name]: code })).status, 404, name);
  assert.match(mine.text, /PASSE-PARTOUT .*vous-même/);
});

test('twenty at most; nothing while the base is locked', async () => {
  server.query('UPDATE base_lock SET locked = 1');
  assert.equal((await head.submit(await head.go(at), 'Ajouter', { 'Nom du délégué': 'Sous Verrou', Droits: 'Tout' })).status, 503);
  server.query('UPDATE base_lock SET locked = 0');
  const id = server.query(`SELECT id FROM establishment WHERE code = '${code}'`);
  for (let i = 0; i < 20; i++)
    server.query(
      `INSERT INTO account (service, login, establishment, password, rights, temporary) VALUES ('etablissement', '${code}.N${i}', ${id}, 'x', 'all', 1)`,
    );
  const many = await head.submit(await head.go(at), 'Ajouter', { 'Nom du délégué': 'Un De Trop', Droits: 'Tout' });
  assert.equal(many.status, 422);
  assert.deepEqual(many.errors, ['Votre établissement a déjà 20 délégués : retirez-en un avant d’en ajouter un autre.']);
});

test("who chooses a school's first password owns it: another who is on that page at the same time does not", async () => {
  const fresh = server.account('etablissement', 'fresh'),
    [first, second] = [await enter(fresh), await enter(fresh)];
  await choose(first, fresh.password, 'le premier arrive est servi');
  const late = await second.submit(second.page, 'Valider', {
    'Mot de passe actuel': fresh.password,
    'Nouveau mot de passe': 'le second arrive est refuse',
    'Confirmation du nouveau mot de passe': 'le second arrive est refuse',
  });
  assert.equal(late.status, 303);
  assert.match(late.location, /\/connexion$/);
  assert.equal((await first.get('/etablissement/bcp/')).status, 200);
});
