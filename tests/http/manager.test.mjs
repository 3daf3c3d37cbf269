// SPDX-License-Identifier: Apache-2.0
//
// The service Gestionnaire: who gets in, who may do what, and the lock of the base.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { optionOf, specialtyOf } from '../lib/academy.mjs';
import { Browser } from '../lib/browser.mjs';
import { Server, base } from '../lib/server.mjs';
import { certify, login, loginHead, loginManager, loginPupils, pupil, walkOn } from '../lib/walk.mjs';

let server, all, department, reader;
before(async () => {
  server = await Server.start({ candidates: 60 });
  [all, department, reader] = [await loginManager(server, 0), await loginManager(server, 1), await loginManager(server, 2)];
});
after(async () => {
  await server?.stop();
});

const ctl = (...args) => server.ctl(args, { status: null });
const trail = (where) => server.query(`SELECT actor || ' ' || action || ' ' || coalesce(detail, '') FROM audit_entry WHERE ${where} ORDER BY id`);
const at = '/gestionnaire/verrouillage';

// ---------------------------------------------------------------- accounts

test('the demo has three: of the whole academy, of a single department, one who only reads', async () => {
  const accounts = server.accounts.filter((one) => one.service === 'gestionnaire');
  assert.deepEqual(
    accounts.map((one) => [one.login, one.exam, one.state]),
    [
      ['gestionnaire', '*', 'open'],
      ['gestionnaire-departement', '*', 'open'],
      ['gestionnaire-lecture', '*', 'open'],
    ],
  );
  assert.ok(accounts.every((one) => one.password.length >= 14));
  assert.equal(all.page.h1, 'Service Gestionnaire');
  assert.match((await department.go('/gestionnaire/')).text, /Vos départements : \d/);
  assert.match((await reader.go('/gestionnaire/')).text, /Votre compte consulte sans modifier/);
});

test('Identifiant and Mot de passe: whatever is wrong, one message; capitals are small ones', async () => {
  const { login: name, password } = server.account('gestionnaire', 'open');
  const tried = async (Identifiant, typed) => {
    const browser = new Browser(server.url);
    return browser.submit(await browser.go('/gestionnaire/connexion'), 'Se connecter', { Identifiant, 'Mot de passe': typed });
  };
  for (const [who, what] of [
    [name, `${password}x`],
    ['personne', password],
    ['é !', password],
    [server.account('etablissement', 'open').login, server.account('etablissement', 'open').password],
  ]) {
    const page = await tried(who, what);
    assert.equal(page.status, 422, who);
    assert.match(page.text, /Identifiant ou mot de passe incorrect\./);
  }
  const empty = await tried('', '');
  for (const text of ['Indiquez votre identifiant.', 'Indiquez votre mot de passe.']) assert.ok(empty.text.includes(text), text);
  assert.equal((await tried(name.toUpperCase(), password)).status, 303);
});

test("a school's login opens nothing here, and a manager's nothing there", async () => {
  const head = await loginHead(server);
  const [[name, value]] = [...head.cookies].filter(([one]) => /inscrinet-etablissement$/.test(one));
  head.cookies.set(name.replace('etablissement', 'gestionnaire'), value);
  assert.match((await head.get('/gestionnaire/')).location ?? '', /\/gestionnaire\/connexion$/);
  for (const service of ['etablissement', 'inscription-etablissement'])
    assert.match((await all.get(`/${service}/`)).location, new RegExp(`/${service}/connexion$`));
});

test('inscrinetctl manager: added, limited, listed, given another password, removed; each in the trail', async () => {
  const added = ctl('manager', 'add', 'Marie.Durand', '--name', 'Marie Durand', '--exams', 'bcp,cap', '--departments', '33,2a,974', '--no-identities');
  assert.equal(added.status, 0, added.stderr);
  const password = added.stdout.trim();
  assert.match(ctl('manager', 'list').stdout, /^marie\.durand\tMarie Durand\t\|BCP\|CAP\|\t\["033","02A","974"\]\tchanges\tno-identities$/m);
  const browser = await login(server, 'gestionnaire', { login: 'marie.durand', password });
  assert.equal(browser.page.h1, 'Service Gestionnaire');
  assert.match(browser.page.text, /Vos examens : BCP, CAP\./);
  assert.match(browser.page.text, /Vos départements : 033, 02A, 974\./);
  const other = ctl('manager', 'password', 'marie.durand').stdout.trim();
  assert.match((await browser.get('/gestionnaire/')).location, /connexion$/, 'another password ends her sessions');
  const again = await login(server, 'gestionnaire', { login: 'marie.durand', password: other });
  assert.equal(ctl('manager', 'remove', 'marie.durand').stdout, 'removed\n');
  assert.match((await again.get('/gestionnaire/')).location, /connexion$/);
  assert.equal(
    trail("actor <> 'demo' AND (action LIKE 'manager%' OR action = 'password.reset')").replace(/^\S+/gm, '*'),
    [
      '* manager.add marie.durand exams=|BCP|CAP| departments=["033","02A","974"] no-identities',
      '* password.reset marie.durand',
      '* manager.remove marie.durand',
    ].join('\n'),
  );
});

test('inscrinetctl manager: what it refuses', () => {
  const refused = (words, ...args) => {
    const done = ctl('manager', ...args);
    assert.equal(done.status, 1, `${args}: ${done.stdout}`);
    assert.match(done.stderr, words);
    assert.equal(done.stdout, '');
  };
  refused(/gestionnaire: there is a manager of this login already/, 'add', 'gestionnaire');
  refused(/personne: no such manager/, 'password', 'personne');
  refused(/personne: no such manager/, 'remove', 'personne');
  refused(/é: a login is/, 'add', 'é');
  refused(/--exams: some of/, 'add', 'une', '--exams', 'bcp,xyz');
  refused(/--departments: at most 30 codes/, 'add', 'une', '--departments', '33,9Z9');
  refused(/--name: a line/, 'add', 'une', '--name', 'x'.repeat(61));
  for (const typed of ['court', 'contient-une-personne'])
    assert.equal(
      server.ctl(['manager', 'add', 'une', '--stdin'], { input: `${typed === 'court' ? typed : 'gestionnaire-une'}\n`, status: null }).status,
      1,
      typed,
    );
  for (const args of [[], ['add'], ['list', 'x'], ['x', 'y'], ['add', 'a', 'b']]) assert.equal(ctl('manager', ...args).status, 2, `${args}`);
  assert.doesNotMatch(ctl('manager', 'list').stdout, /^une\t/m);
});

test('his own password: fourteen characters, not his login, the present one asked; his other sessions end', async () => {
  const password = ctl('manager', 'add', 'paul').stdout.trim(),
    one = await login(server, 'gestionnaire', { login: 'paul', password }),
    other = await login(server, 'gestionnaire', { login: 'paul', password });
  const change = async (now, wanted, again = wanted) =>
    one.submit(await one.go('/gestionnaire/mot-de-passe'), 'Valider', {
      'Mot de passe actuel': now,
      'Nouveau mot de passe': wanted,
      'Confirmation du nouveau mot de passe': again,
    });
  assert.equal((await one.go('/gestionnaire/mot-de-passe')).h1, 'Changer le mot de passe');
  for (const [typed, words] of [
    [['faux', 'une phrase assez longue'], /mot de passe actuel/i],
    [[password, 'treize signes'], /14 caractères/],
    [[password, 'paul et une phrase'], /identifiant|code/i],
    [[password, 'une phrase assez longue', 'une autre phrase longue'], /Confirmation|identiques|même/i],
    [[password, password], /ancien|actuel|précédent/i],
  ]) {
    const page = await change(...typed);
    assert.equal(page.status, 422, `${typed}`);
    assert.match(page.text, words);
  }
  const tokenOf = (browser) => [...browser.cookies].find(([name]) => /inscrinet-gestionnaire$/.test(name))[1],
    token = tokenOf(one);
  assert.equal((await change(password, 'une phrase assez longue')).status, 303);
  assert.notEqual(tokenOf(one), token);
  assert.equal((await one.go('/gestionnaire/')).h1, 'Service Gestionnaire');
  assert.match((await other.get('/gestionnaire/')).location, /connexion$/);
});

// ---------------------------------------------------------------- who may do what

test('roles by rows: a POST that needs more than the manager has is 403, and changes nothing', async () => {
  const rows = (await Server.routes()).filter(
    (row) => row.service === 'gestionnaire' && row.post && row.get && row.needs !== 'nothing' && !/EXAM/.test(row.path),
  );
  assert.ok(rows.length > 1);
  const may = { nothing: [1, 1, 1], change: [1, 1, 0], academy: [1, 0, 0] };
  for (const row of rows)
    for (const [i, browser] of [all, department, reader].entries()) {
      if (row.needs === 'whole' && i === 1) continue;
      const jeton = (await browser.go('/gestionnaire/mot-de-passe')).html.querySelector('input[name=jeton]').getAttribute('value'),
        page = await browser.post(`/gestionnaire/${row.path}`, { jeton, action: 'retour' });
      assert.equal(page.status === 403, !may[row.changes][i], `${row.path} ${i}: ${page.status}`);
    }
});

// ---------------------------------------------------------------- the lock

test('only the button that applies; locked with reason and expected end, told on every page and by the command; unlocked by the command, too', async () => {
  const page = await all.go(at);
  assert.equal(page.h1, 'Verrouillage de la base');
  const buttons = (one) => one.html.querySelectorAll('button').map((button) => button.text);
  assert.ok(buttons(page).includes('Verrouiller la base') && !buttons(page).includes('Déverrouiller la base'));
  assert.doesNotMatch((await department.go(at)).text, /Motif/);
  for (const [fields, words] of [
    [{ Motif: '' }, /Indiquez le motif/],
    [{ Motif: 'x'.repeat(121) }, /120 caractères/],
    [{ Motif: 'Transfert', 'Fin prévue': '14/11/2026' }, /JJ\/MM\/AAAA HH:MM/],
    [{ Motif: 'Transfert', 'Fin prévue': '14/11/2020 17:00' }, /déjà passée/],
    [{ Motif: 'Transfert', 'Fin prévue': '31/02/2099 17:00' }, /n’existe pas/],
  ]) {
    const wrong = await all.submit(await all.go(at), 'Verrouiller la base', fields);
    assert.equal(wrong.status, 422, JSON.stringify(fields));
    assert.match(wrong.text, words);
    assert.equal(wrong.html.querySelector('#motif').getAttribute('value') ?? '', fields.Motif, 'what was typed stays');
  }
  const year = new Date().getFullYear() + 1,
    locked = await all.press(page, 'Verrouiller la base', { Motif: 'Transfert des candidatures', 'Fin prévue': `14/11/${year} 17h30` });
  assert.match(locked.text, /La base est ✗ verrouillée depuis le .*, par gestionnaire/);
  assert.ok(buttons(locked).includes('Déverrouiller la base') && !buttons(locked).includes('Verrouiller la base'));
  for (const address of ['/', '/inscription/', '/gestionnaire/'])
    assert.match((await all.go(address)).text, new RegExp(`Motif : Transfert des candidatures\\. Fin prévue : .*14 novembre ${year} à 17.h.30`), address);
  assert.equal(JSON.parse(ctl('status', '--json').stdout).lock.reason, 'Transfert des candidatures');
  assert.equal(JSON.parse((await new Browser(server.url).get('/sante')).body).locked, true);
  assert.equal(ctl('unlock').status, 0);
  assert.ok(buttons(await all.go(at)).includes('Verrouiller la base'));
  const back = await all.press(await all.go(at), 'Verrouiller la base', { Motif: 'Encore' });
  await all.press(back, 'Déverrouiller la base');
  assert.match(
    trail("action LIKE 'base.%' AND actor = 'gestionnaire'"),
    /^gestionnaire base.lock Transfert des candidatures\ngestionnaire base.lock Encore\ngestionnaire base.unlock Encore$/,
  );
});

test('two managers at once: the second is told, and the first one’s words stay', async () => {
  const second = await loginManager(server),
    [mine, his] = [await all.go(at), await second.go(at)];
  await all.press(mine, 'Verrouiller la base', { Motif: 'Le premier' });
  const late = await second.press(his, 'Verrouiller la base', { Motif: 'Le second' });
  assert.match(late.text, /Quelqu’un d’autre venait de verrouiller la base\./);
  assert.match(late.text, /Motif : Le premier/);
  const open = await all.go(at);
  await second.press(await second.go(at), 'Déverrouiller la base');
  assert.match((await all.press(open, 'Déverrouiller la base')).text, /Quelqu’un d’autre venait de déverrouiller la base\./);
});

test('sixteen register while the base is locked and unlocked: acknowledged is stored, and nothing is written while it is locked', async () => {
  const count = () => Number(server.query("SELECT count(*) FROM registration WHERE exam = 'BCP'")),
    before = count(),
    specialty = optionOf(specialtyOf(server, 'bcp', { units: false, school: server.account('etablissement', 'open').login })),
    ready = [],
    done = [];
  for (let i = 0; i < 16; i++) {
    const browser = await loginPupils(server),
      first = await browser.press(await browser.go('/inscription-etablissement/bcp/'), 'Nouvelle inscription'),
      given = { ...Object.assign({}, ...Object.values(pupil)), 'Nom de naissance': `Verrou ${'abcdefghijklmnop'[i]}`, Spécialité: specialty };
    ready.push([browser, await walkOn(browser, first, given)]);
  }
  const work = ready.map(async ([browser, summary]) => {
    let page = await browser.press(summary, 'Valider mon inscription', certify);
    while (page.status === 503) page = await browser.press(await browser.go(summary.address), 'Valider mon inscription', certify);
    done.push(/Numéro d.inscription : (\d+)-0/.exec(page.text)[1]);
  });
  for (let i = 0; i < 20; i++) {
    const page = await all.press(await all.go(at), 'Verrouiller la base', { Motif: `Tour ${i}` });
    assert.match(page.text, /verrouillée depuis/);
    const held = count();
    await all.go('/gestionnaire/');
    assert.equal(count(), held, `round ${i}: nothing is written while it is locked`);
    await all.press(await all.go(at), 'Déverrouiller la base');
  }
  await Promise.all(work);
  assert.equal(done.length, 16);
  assert.equal(count() - before, new Set(done).size, `${base}: acknowledged is stored`);
});
