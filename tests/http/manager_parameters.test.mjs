// SPDX-License-Identifier: Apache-2.0
//
// « Paramètres » of the service Gestionnaire: every row of the dictionary is shown, changed, refused and taken back by its
// page; for all, an exam or a session; nothing that somebody else has written meanwhile is lost.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';

import { Browser } from '../lib/browser.mjs';
import { Server, top } from '../lib/server.mjs';
import { login, loginManager } from '../lib/walk.mjs';

let server, all, department, reader, rows;
before(async () => {
  server = await Server.start({ candidates: 20 });
  [all, department, reader] = [await loginManager(server, 0), await loginManager(server, 1), await loginManager(server, 2)];
  rows = JSON.parse(server.ctl(['describe', 'parameters']).stdout);
});
after(async () => {
  await server?.stop();
});

const list = '/gestionnaire/parametres';
const at = (name, exam = '') => `${list}/valeur?nom=${name}${exam && `&examen=${exam}`}`;
const get = (name, ...exam) => server.ctl(['parameter', 'get', name, ...(exam.length ? ['--exam', ...exam] : [])], { status: null }).stdout.replace(/\n$/, '');
const set = (name, value, exam) => server.ctl(['parameter', 'set', name, value, ...(exam ? ['--exam', exam] : [])]);
const said = (name) => server.query(`SELECT exam || ' ' || exam_session || ' ' || value FROM parameter WHERE name = '${name}' ORDER BY exam, exam_session`);
const history = (name) =>
  server
    .query(
      `SELECT actor || ': ' || coalesce(before, '-') || ' > ' || coalesce(after, '-') FROM parameter_change
       WHERE name = '${name}' ORDER BY exam, exam_session, ordinal`,
    )
    .replace(/^(?!gestionnaire)[\w.-]+:/gm, 'ctl:');
const save = async (browser, name, exam, value) => browser.submit(await browser.go(at(name, exam)), 'Enregistrer', { Valeur: value });
/** A term of the page's facts: « Valeur en vigueur », « Valeur par défaut ». */
const fact = (page, term) =>
  page.html
    .querySelectorAll('dt')
    .find((one) => one.text === term)
    ?.parentNode.querySelector('dd')
    .text.replace(/\s+/g, ' ')
    .trim();

/* values that each takes and others, as the unit test of the dictionary has them */
function values() {
  const text = fs.readFileSync(path.join(top, 'tests/unit/test_parameters.c'), 'utf8').replace(/"\s*\n\s*"/g, ''),
    found = new Map();
  for (const [, name, right, wrong] of text.matchAll(/\{"(\w+)", PARAMETER_\w+,\s*"([^"]*)",\s*(?:NULL|"([^"]*)")\}/g))
    found.set(name, { right: right.split('¦').filter(Boolean), wrong: wrong?.split('¦') ?? [] });
  return found;
}

const chosen = ({ kind }) => ['yes-no', 'choice'].includes(kind);
const choices = { O: 'OUI', N: 'NON', off: 'Ne rien dire', avertir: 'Avertir le candidat', bloquer: 'Refuser l’inscription' };
/** A value as people type it in its control, or choose it. */
function typed(row, value) {
  if (chosen(row)) return choices[value] ?? value;
  if (row.kind === 'date') return value.split('-').reverse().join('/');
  return row.kind === 'list' ? value.replace(/\|/g, '\r\n') : value;
}
const exam = ({ scope }) => (scope === 'global' ? '' : 'cap');
const stored = (row) => get(row.name, ...(exam(row) ? ['cap'] : []));

/** What the page can't be given: blanks at the ends go, dates are read however they are written. */
const refusable = (row, value) => value.trim() === value && !(row.kind === 'date' && !/13/.test(value));

test('the page is made of the dictionary: every row stands under its heading, by its label, which is the h1 of its page', async () => {
  const page = await all.go((await all.go('/gestionnaire/')).link('Paramètres')),
    groups = { authority: 'L’académie', texts: 'Textes des pages', documents: 'Documents', rules: 'Règles', dates: 'Dates, délais et heures' };
  assert.equal(page.h1, 'Paramètres');
  assert.ok(rows.length > 30);
  for (const row of rows) {
    const link = page.html.querySelector(`[id="${row.name}"] dt a`);
    assert.ok(link, row.name);
    let section = link;
    while (section.rawTagName !== 'section') section = section.parentNode;
    assert.equal(section.querySelector('h2').text, groups[row.group], row.name);
    const label = row.label.replace(/\s+/g, ' ');
    assert.equal(link.text.replace(/\s+/g, ' '), label);
    assert.equal((await all.go(new URL(link.getAttribute('href').replace(/&amp;/g, '&'), server.url).href)).h1, label);
  }
});

for (const [what, walk] of Object.entries({
  'a right value is saved, and read back by the page and by the command': async (row, page, { right }) => {
    const value = right.filter((one) => !one.startsWith('sendmail:')).at(-1);
    assert.equal((await all.submit(page, 'Enregistrer', { Valeur: typed(row, value) })).status, 303, row.name);
    assert.equal(stored(row), value, row.name);
    const saved = await all.go(at(row.name, exam(row)));
    assert.equal(saved.value('Valeur'), chosen(row) ? value : typed(row, value).replace(/\r/g, ''), row.name);
    assert.ok(saved.text.includes('Historique'), row.name);
  },
  'a wrong one is refused with the reason, changes nothing, and stays': async (row, page, { wrong }) => {
    const before = said(row.name),
      long = chosen(row) ? [] : ['x'.repeat(row.max + 1)];
    for (const value of [...wrong.filter((one) => refusable(row, one)), ...long]) {
      const { action, fields } = all.prepare(page, 'Enregistrer');
      const refused = await all.post(action, fields.set('valeur', value));
      assert.equal(refused.status, 422, `${row.name} « ${value} »`);
      assert.match(refused.error('Valeur'), value.length > row.max ? /trop longue/ : /ne convient pas|date|mois/i, row.name);
      if (!chosen(row)) assert.equal(refused.value('Valeur'), value, row.name);
    }
    assert.equal(said(row.name), before, row.name);
  },
  'the default comes back': async (row, page) => {
    if (!page.html.querySelector('button[value=defaut]')) return;
    const back = await all.press(page, 'Rétablir la valeur par défaut');
    assert.ok(back.text.includes(`Valeur par défaut rétablie : ${row.label.replace(/\u00a0/g, ' ')}.`), `${row.name}: ${back.text.slice(0, 200)}`);
    assert.ok(!back.html.querySelector('button[value=defaut]'), row.name);
    if (exam(row)) assert.doesNotMatch(said(row.name), /^CAP /m, row.name);
  },
}))
  test(`every row: ${what}`, async () => {
    const tried = values();
    for (const row of rows) {
      assert.ok(tried.has(row.name), `${row.name}: the unit test knows it`);
      await walk(row, await all.go(at(row.name, exam(row))), tried.get(row.name));
    }
    assert.match(server.ctl(['check']).stdout, /^base: ok/);
  });

// ---------------------------------------------------------------- of whom

const sessionOfBp = () => server.query("SELECT id FROM exam_session WHERE exam = 'BP' AND main = 1");
const dated = () =>
  server.query("SELECT 'bp-' || year || '-' || CASE WHEN month < 10 THEN '0' ELSE '' END || month FROM exam_session WHERE exam = 'BP' AND main = 1");

test('what is said of a session comes before what is said of its exam, and that before what is said of all; each page says whose it is', async () => {
  const name = 'age_min_individuel',
    holds = async (of) => fact(await all.go(at(name, of)), 'Valeur en vigueur');
  set(name, '18');
  assert.equal(await holds(dated()), '18 Tous les examens');
  assert.equal((await save(all, name, 'bp', '19')).status, 303);
  assert.equal(await holds(dated()), '19 Brevet professionnel (BP)');
  assert.equal((await save(all, name, dated(), '20')).status, 303);
  assert.match(await holds(dated()), /^20 BP – session de printemps \d{4}$/);
  assert.equal(await holds(''), '18 Tous les examens');
  assert.equal(said(name), ['  0 18', 'BP 0 19', `BP ${sessionOfBp()} 20`].join('\n').trim());
  const page = await all.go(list);
  assert.match(page.html.querySelector(`[id=${name}]`).text.replace(/\s+/g, ' '), /18 Tous les examens 19 Brevet professionnel \(BP\) 20 BP – session/);
  assert.equal(get(name, dated()), '20');
  await all.press(await all.go(at(name, dated())), 'Rétablir la valeur par défaut');
  assert.equal(await holds(dated()), '19 Brevet professionnel (BP)');
  await all.press(await all.go(at(name, 'bp')), 'Rétablir la valeur par défaut');
  assert.equal(await holds(dated()), '18 Tous les examens');
});

test('of whom a parameter can be said: one of the authority of no exam, one of exams of each alone; what is named wrong is a 404', async () => {
  assert.ok(!(await all.go(at('academie'))).html.querySelector('select[name=examen], details'), 'a short value stands there as it is');
  assert.ok((await all.go(at('engagement'))).html.querySelector('details'));
  const page = await all.go(at('max_facultatives'));
  assert.ok(!page.html.querySelector('[name=valeur]') && page.html.querySelector('select[name=examen]'));
  assert.match(
    (await all.go(list)).html.querySelector('[id=max_facultatives]').text.replace(/\s+/g, ' '),
    /2 par défaut 4 par défaut, Brevet de technicien supérieur/,
  );
  const jeton = page.html.querySelector('input[name=jeton]').getAttribute('value');
  assert.equal((await all.post(at('max_facultatives'), { jeton, valeur: '3', action: 'enregistrer' })).status, 404);
  for (const query of [
    '',
    '?nom=',
    '?nom=autre',
    '?nom=academie&examen=bcp',
    '?nom=nomenclature',
    '?nom=langues&examen=xyz',
    '?nom=langues&examen=bcp-1999-01',
  ])
    assert.equal((await all.get(`${list}/valeur${query}`)).status, 404, query);
  assert.equal((await all.get(`${at('langues')}&examen=`)).status, 200);
});

test('an archived session changes no more, one in preparation is set at leisure', async () => {
  const name = 'texte_accueil',
    autumn = server.query("SELECT 'bp-' || year || '-' || CASE WHEN month < 10 THEN '0' ELSE '' END || month FROM exam_session WHERE exam = 'BP' AND main = 0"),
    state = (value) => {
      server.query(`UPDATE exam_session SET state = '${value}' WHERE exam = 'BP' AND main = 0`);
      server.query("UPDATE parameter SET value = CAST(value AS INTEGER) + 1 WHERE name = 'nomenclature'");
    };
  state('archived');
  const page = await all.go(at(name, autumn));
  assert.match(page.text, /Cette session est archivée/);
  const refused = await all.submit(page, 'Enregistrer', { Valeur: 'Bonjour' });
  assert.equal(refused.status, 403);
  assert.equal(refused.value('Valeur'), 'Bonjour');
  state('preparation');
  assert.equal((await save(all, name, autumn, 'Bonjour')).status, 303);
  state('open');
  assert.match((await all.go(`/inscription/${autumn}/`)).text, /Bonjour/);
});

// ---------------------------------------------------------------- texts

test('« Aperçu » shows the text as it will stand, and saves nothing; hostile markup is text', async () => {
  const before = said('aide'),
    hostile = '<script>alert(1)</script> <b>gras</b> {{title}} &amp; "x"',
    page = await all.submit(await all.go(at('aide')), 'Aperçu', { Valeur: `Premier.\r\n\r\n\r\n${hostile}\r\nsuite` });
  assert.equal(page.status, 200);
  const shown = page.html.querySelector('.previewed');
  assert.equal(shown.querySelector('h3').text, 'Aide et contact');
  assert.equal(shown.querySelectorAll('p').length, 2);
  assert.equal(shown.querySelectorAll('p *, script').length, 0);
  assert.ok(shown.innerHTML.includes('&lt;script&gt;alert(1)') && shown.innerHTML.includes('{{title}} &amp;amp;'));
  assert.equal(said('aide'), before);
  assert.equal(page.value('Valeur').split('\n')[0], 'Premier.');
  assert.equal((await all.submit(page, 'Enregistrer')).status, 303);
  assert.equal(get('aide'), `Premier.\n\n${hostile}\nsuite`);
  const portal = await new Browser(server.url).go('/aide');
  assert.equal(portal.html.querySelectorAll('main script, main b').length, 0);
  assert.ok(portal.body.includes('&lt;script&gt;alert(1)'));
  const long = await all.submit(page, 'Aperçu', { Valeur: 'x'.repeat(20001) });
  assert.equal(long.status, 422);
  assert.ok(!long.html.querySelector('.previewed'));
  assert.ok(!(await all.go(at('academie'))).body.includes('Aperçu'));
});

test('twenty thousand signs of four bytes pass through the form', async () => {
  const text = '😀'.repeat(20000);
  assert.equal((await save(all, 'aide', '', text)).status, 303);
  assert.equal(get('aide'), text);
});

test('in effect at the next request', async () => {
  for (let i = 0; i < 3; i++) {
    await save(all, 'academie', '', `Académie numéro ${i}`);
    await save(all, 'texte_accueil', 'cap', `Bienvenue ${i}`);
    assert.ok((await new Browser(server.url).go('/inscription/cap/')).body.includes(`Bienvenue ${i}`));
    assert.ok((await new Browser(server.url).go('/')).body.includes(`Académie numéro ${i}`));
  }
});

test('what is still to be filled in stands on top of the page, and configtest warns of it', async () => {
  set('mentions_legales', 'Éditeur. [À compléter : adresse.]');
  set('contact', '[À compléter]', 'bcp');
  set('retour_adresse', '');
  for (const name of ['accessibilite', 'donnees_personnelles']) set(name, 'Un texte.');
  const page = await all.go(list),
    told = page.html.querySelectorAll('.warning li').map((one) => one.text.replace(/\s+/g, ' ').trim());
  assert.deepEqual(told, ['Service à contacter, Baccalauréat professionnel (BCP)', 'Page « Mentions légales »', 'Adresse de retour de la confirmation']);
  assert.match(server.configtest().stderr, /INS016: parameters still to be filled in: contact, mentions_legales, retour_adresse; set them/);
  set('mentions_legales', 'Éditeur.');
  set('contact', 'DEC', 'bcp');
  set('retour_adresse', 'Rectorat');
  assert.ok(!(await all.go(list)).html.querySelector('.warning'));
  assert.doesNotMatch(server.configtest().stderr, /INS016/);
});

// ---------------------------------------------------------------- history

test('each change is kept, whoever makes it; each former value can be had again', async () => {
  const name = 'division';
  server.query(`DELETE FROM parameter_change WHERE name = '${name}'`);
  set(name, 'Un');
  await save(all, name, '', 'Deux');
  set(name, 'Deux');
  await save(all, name, '', 'Deux');
  set(name, 'Trois', 'bp');
  const first = history(name).split('\n')[0];
  assert.match(history(name), /^ctl: .* > Un\ngestionnaire: Un > Deux\nctl: - > Trois$/);
  const page = await all.go(at(name)),
    back = page.html.querySelectorAll('button[name=revenir]');
  assert.deepEqual(
    back.map((one) => one.getAttribute('value')),
    ['2', '1'],
    'the last change first; what changes nothing is none',
  );
  for (const [ordinal, value] of [
    ['2', 'Un'],
    ['1', /^ctl: (.*) > Un$/.exec(first)[1]],
  ]) {
    const now = await all.go(at(name)),
      { action, fields } = all.prepare(now, 'Enregistrer');
    fields.delete('action');
    assert.equal((await all.post(action, fields.set('revenir', ordinal))).status, 303);
    assert.equal(get(name), value);
  }
  assert.equal(history(name).split('\n').length, 5);
  const { action, fields } = all.prepare(await all.go(at(name)), 'Enregistrer');
  for (const ordinal of ['99', 'x', '']) assert.equal((await all.post(action, fields.set('revenir', ordinal))).status, 422, ordinal);
  const bp = await all.go(at(name, 'bp'));
  await all.post(all.prepare(bp, 'Enregistrer').action, all.prepare(bp, 'Enregistrer').fields.set('revenir', '1'));
  assert.equal(get(name, 'bp'), get(name), 'nothing was said of it before');
  assert.match(
    server.query("SELECT actor || ' ' || action || ' ' || detail FROM audit_entry WHERE detail LIKE 'division%' ORDER BY id"),
    /gestionnaire parameter.set division\n[^]*gestionnaire parameter.reset division bp$/,
  );
});

test('the command writes what a manager may not: a program of the server', async () => {
  set('courriel_serveur', 'sendmail:/usr/sbin/sendmail');
  set('courriel_serveur', 'smtp://127.0.0.1:25');
  const page = await all.go(at('courriel_serveur')),
    refused = await all.submit(page, 'Enregistrer', { Valeur: 'sendmail:/bin/sh' });
  assert.equal(refused.status, 422);
  assert.match(refused.error('Valeur'), /programme du serveur/);
  const { action, fields } = all.prepare(page, 'Enregistrer'),
    last = page.html.querySelector('button[name=revenir]').getAttribute('value');
  assert.equal((await all.post(action, fields.set('revenir', last))).status, 422, 'nor can he go back to one');
  assert.equal(get('courriel_serveur'), 'smtp://127.0.0.1:25');
});

// ---------------------------------------------------------------- two at once

test('who comes second is shown both values, keeps his, and may then replace the other', async () => {
  const other = await loginManager(server),
    [mine, his] = [await all.go(at('division')), await other.go(at('division'))];
  assert.equal((await all.submit(mine, 'Enregistrer', { Valeur: 'La mienne' })).status, 303);
  const told = await other.submit(his, 'Enregistrer', { Valeur: 'La sienne' });
  assert.equal(told.status, 422);
  assert.match(told.error('Valeur'), /modifiée entre-temps/);
  assert.equal(told.value('Valeur'), 'La sienne');
  assert.match(fact(told, 'Valeur en vigueur'), /^La mienne/);
  assert.equal(get('division'), 'La mienne');
  const wrong = await other.submit(told, 'Enregistrer', { Valeur: 'x'.repeat(201) });
  assert.equal(wrong.status, 422);
  assert.equal((await other.submit(wrong, 'Enregistrer', { Valeur: 'La sienne' })).status, 303);
  assert.equal(get('division'), 'La sienne');
  set('division', 'De la commande');
  const late = await all.submit(await other.submit(wrong, 'Enregistrer', { Valeur: 'x'.repeat(201) }), 'Enregistrer', { Valeur: 'En retard' });
  assert.equal(late.status, 403, "another session's token");
  assert.equal((await other.submit(wrong, 'Enregistrer', { Valeur: 'En retard' })).status, 422, 'a refusal in between renews no seal');
  assert.equal(get('division'), 'De la commande');
});

test('of eight who save at the same moment one is told that it is done', async () => {
  const pages = [];
  for (let i = 0; i < 8; i++) {
    const browser = await loginManager(server);
    pages.push([browser, await browser.go(at('division'))]);
  }
  const done = await Promise.all(pages.map(([browser, page], i) => browser.submit(page, 'Enregistrer', { Valeur: `Au même moment ${i}` })));
  assert.deepEqual(done.map((one) => one.status).sort(), [303, ...Array(7).fill(422)]);
  assert.equal(get('division'), `Au même moment ${done.findIndex((one) => one.status === 303)}`);
});

// ---------------------------------------------------------------- who may, and when

test('who may only read sees it all and no form; an exam that is not his is not there', async () => {
  for (const browser of [department, reader]) {
    const page = await browser.go(at('division'));
    assert.equal(page.status, 200);
    assert.ok(!page.html.querySelector('[name=valeur], [name=revenir]'));
    assert.match(page.text, /Votre compte ne permet pas de modifier les paramètres/);
    assert.match(page.text, /Historique/);
    const jeton = page.html.querySelector('input[name=jeton]').getAttribute('value');
    assert.equal((await browser.post(at('division'), { jeton, valeur: 'x', action: 'enregistrer' })).status, 403);
  }
  const password = server.ctl(['manager', 'add', 'bcp-seul', '--exams', 'bcp']).stdout.trim(),
    browser = await login(server, 'gestionnaire', { login: 'bcp-seul', password });
  set('texte_accueil', 'Pour le CAP seul', 'cap');
  assert.ok(!(await browser.go(list)).body.includes('Pour le CAP seul'));
  assert.equal((await browser.get(at('texte_accueil', 'cap'))).status, 404);
  assert.equal((await browser.get(at('texte_accueil', 'bcp'))).status, 200);
});

test('a locked base: 503 with the reason, and what was typed; nothing has changed', async () => {
  const page = await all.go(at('aide')),
    before = said('aide');
  server.ctl(['lock', '--reason', 'Transfert']);
  try {
    const told = await all.submit(page, 'Enregistrer', { Valeur: 'Ligne un\r\nLigne deux' });
    assert.equal(told.status, 503);
    assert.match(told.text, /Transfert/);
    assert.equal(told.value('Valeur').replace(/\r/g, ''), 'Ligne un\nLigne deux');
    assert.equal(said('aide'), before);
  } finally {
    server.ctl(['unlock']);
  }
});
