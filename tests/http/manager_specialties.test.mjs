// SPDX-License-Identifier: Apache-2.0
//
// « Spécialités » of the Gestionnaire: what there is of an exam, and a label or a validity that is changed.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { specialtyOf, yearOf } from '../lib/academy.mjs';
import { Browser } from '../lib/browser.mjs';
import { Server } from '../lib/server.mjs';
import { loginManager } from '../lib/walk.mjs';

let server, all, reader, code, school;
before(async () => {
  server = await Server.start({ candidates: 20 });
  [all, reader] = [await loginManager(server), await loginManager(server, 2)];
  school = server.account('etablissement', 'open').login;
  code = specialtyOf(server, 'bcp', { units: true, school });
});
after(async () => {
  await server?.stop();
});

const at = () => `/gestionnaire/specialites/${code}`;
const cells = (page) => page.html.querySelectorAll('tbody tr').map((row) => row.querySelectorAll('td, th').map((cell) => cell.text.trim()));
const row = () => server.query(`SELECT label, first_session, last_session FROM specialty WHERE code = '${code}'`);
const save = async (fields) => all.submit(await all.go(at()), 'Enregistrer', fields);

test('an exam at a time, in the order of labels, with its sessions, units and schools', async () => {
  const page = await all.go('/gestionnaire/specialites?examen=bcp'),
    rows = cells(page);
  assert.equal(rows.length, Number(server.query("SELECT count(*) FROM specialty WHERE exam = 'BCP'")));
  const one = rows.find(([five]) => five === code.slice(3));
  assert.equal(one[3], server.query(`SELECT count(*) FROM exam_unit WHERE specialty = '${code}'`));
  assert.equal(one[4], server.query(`SELECT count(DISTINCT establishment) FROM establishment_offer WHERE specialty = '${code}'`));
  assert.equal(cells(await all.go('/gestionnaire/specialites')).length, Number(server.query("SELECT count(*) FROM specialty WHERE exam = 'BTS'")));
  for (const exam of ['xyz', 'BCP', '']) assert.ok([404, 200].includes((await all.get(`/gestionnaire/specialites?examen=${exam}`)).status), exam);
  assert.equal((await all.get('/gestionnaire/specialites?examen=xyz')).status, 404);
});

test('a manager of other exams finds none of it', async () => {
  server.query("UPDATE manager SET exams = '|CAP|' WHERE account = (SELECT id FROM account WHERE login = 'gestionnaire-lecture')");
  try {
    assert.equal((await reader.get(at())).status, 404);
    assert.equal((await reader.get('/gestionnaire/specialites?examen=bcp')).status, 404);
    assert.equal(cells(await reader.go('/gestionnaire/specialites')).length, Number(server.query("SELECT count(*) FROM specialty WHERE exam = 'CAP'")));
  } finally {
    server.query("UPDATE manager SET exams = NULL WHERE account = (SELECT id FROM account WHERE login = 'gestionnaire-lecture')");
  }
  for (const other of ['00000000', 'x']) assert.equal((await all.get(`/gestionnaire/specialites/${other}`)).status, 404, other);
});

test('label and validity: candidates see them at the next request, in their place; the trail says what was', async () => {
  const offered = async () => {
    const alone = new Browser(server.url),
      page = await alone.press(await alone.go('/inscription/bcp/'), 'Nouvelle inscription');
    return page.html.querySelectorAll('#specialite option').map((option) => option.text.trim());
  };
  const before = row();
  const done = await all.press(await all.go(at()), 'Enregistrer', { Intitulé: 'AAA MÉTIER NOUVEAU' });
  assert.equal(done.h1, 'AAA MÉTIER NOUVEAU');
  assert.match(done.text, /La spécialité est modifiée : « AAA MÉTIER NOUVEAU »/);
  assert.ok((await offered()).includes(`${code.slice(3)} AAA MÉTIER NOUVEAU`));
  assert.equal(cells(await all.go('/gestionnaire/specialites?examen=bcp'))[0][1], 'AAA MÉTIER NOUVEAU', 'sorted anew');
  const last = yearOf(server) - 1;
  await all.press(await all.go(at()), 'Enregistrer', { 'Dernière session': String(last) });
  assert.ok(!(await offered()).some((text) => text.startsWith(code.slice(3))), 'no longer examined');
  assert.match(
    server.query("SELECT detail FROM audit_entry WHERE action = 'specialty.set' ORDER BY id DESC LIMIT 1"),
    new RegExp(`^${code} (\\d+)-0 -> \\1-${last}$`),
  );
  await all.press(await all.go(at()), 'Enregistrer', { Intitulé: before.split('|')[0], 'Dernière session': '' });
  assert.equal(row(), before);
});

test('what is wrong is told and stays; two at once: the second sees the first one’s, then replaces it', async () => {
  const before = row();
  for (const [fields, words] of [
    [{ Intitulé: '' }, /Indiquez un intitulé/],
    [{ Intitulé: 'x'.repeat(201) }, /Indiquez un intitulé/],
    [{ 'Première session': '27' }, /Indiquez une année/],
    [{ 'Dernière session': '2027-06' }, /Indiquez une année/],
    [{ 'Première session': '2028', 'Dernière session': '2027' }, /La dernière session vient avant la première/],
  ]) {
    const page = await save(fields);
    assert.equal(page.status, 422, JSON.stringify(fields));
    assert.match(page.text, words);
    const [label, value] = Object.entries(fields)[0];
    assert.equal(
      page.html
        .querySelector(`#${{ Intitulé: 'libelle', 'Première session': 'premiere_session', 'Dernière session': 'derniere_session' }[label]}`)
        .getAttribute('value'),
      value,
    );
  }
  assert.equal(row(), before);
  const second = await loginManager(server),
    stale = await second.go(at());
  await all.press(await all.go(at()), 'Enregistrer', { Intitulé: 'LE PREMIER' });
  const told = await second.submit(stale, 'Enregistrer', { Intitulé: 'LE SECOND' });
  assert.equal(told.status, 422);
  assert.match(told.text, /Quelqu’un d’autre vient de modifier cette spécialité : « LE PREMIER »/);
  assert.equal((await second.submit(told, 'Enregistrer')).status, 303);
  assert.match(row(), /^LE SECOND/);
});

test('who only reads has no form, and may post none', async () => {
  const page = await reader.go(at());
  assert.equal(page.html.querySelector('#libelle'), null);
  const jeton = page.html.querySelector('input[name=jeton]').getAttribute('value');
  assert.equal((await reader.post(at(), { jeton, libelle: 'x' })).status, 403);
});
