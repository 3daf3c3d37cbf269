// SPDX-License-Identifier: Apache-2.0
//
// « Journal » of the Gestionnaire: who sees it, what is found in it, that an altered past is told.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { Server, base } from '../lib/server.mjs';
import { login, loginHead, loginManager } from '../lib/walk.mjs';

let server, all, code;
before(async () => {
  server = await Server.start({ candidates: 200 });
  all = await loginManager(server);
  code = server.account('etablissement', 'open').login;
  await loginHead(server);
  server.ctl(['parameter', 'set', 'aide', 'Un texte.']);
  server.ctl(['lock', '--reason', 'Transfert']);
  server.ctl(['unlock']);
});
after(async () => {
  await server?.stop();
});

const at = '/gestionnaire/journal';
const texts = (element, selector) => element.querySelectorAll(selector).map((one) => one.text.trim());
const rows = (page) => page.html.querySelectorAll('[aria-labelledby=ecritures] tbody tr').map((row) => texts(row, 'td, th'));
const search = async (fields) => all.press(await all.go(at), 'Rechercher', fields);
const nothing = base === 'pgsql' ? "'\\x00'" : "x'00'";
const line = ({ at, actor }) =>
  server.query(
    `INSERT INTO audit_entry (at, service, actor, action, digest)
     VALUES (${at}, 'inscrinetctl', '${actor}', 'base.purge', ${nothing})`,
  );

test('the last entries first, in words; pages by key, up to the first entry, each once', async () => {
  const page = await all.go(at);
  assert.equal(page.h1, 'Journal');
  assert.deepEqual(
    rows(page)
      .slice(0, 3)
      .map(([, , act, , detail]) => [act, detail]),
    [
      ['Base déverrouillée', ''],
      ['Base verrouillée', 'Transfert'],
      ['Paramètre changé', rows(page)[2][4]],
    ],
  );
  let seen = rows(page).length,
    further = page;
  while (further.html.querySelectorAll('a').some((link) => link.text === 'Écritures précédentes')) {
    further = await all.go(further.link('Écritures précédentes'));
    seen += rows(further).length;
  }
  assert.equal(seen, Number(server.query('SELECT count(*) FROM audit_entry')));
});

test('by who, by school, by registration, by act, by days; what is wrong is told and stays', async () => {
  const who = await search({ Qui: 'gestionnaire' });
  assert.match(who.address, /journal\?qui=gestionnaire$/);
  assert.deepEqual([...new Set(rows(who).map(([, actor]) => actor.split(' ')[0]))], ['gestionnaire']);
  const school = await search({ Objet: code.toLowerCase(), Acte: 'Connexion' });
  assert.match(school.address, new RegExp(`objet=${code}&acte=login$`));
  assert.ok(rows(school).length > 0 && rows(school).every(([, , act, about]) => act === 'Connexion' && about === code));
  const number = server.query("SELECT min(number) FROM registration WHERE exam = 'BCP'");
  server.query(
    `INSERT INTO audit_entry (at, service, actor, action, exam, number, digest)
     VALUES (1700000000, 'etablissement', 'quelqu-un', 'code.new', 'BCP', ${number}, ${nothing})`,
  );
  const one = await search({ Objet: `bcp ${number}-0` });
  assert.deepEqual(
    rows(one).map(([, actor, act, about]) => [actor, act, about]),
    [['quelqu-un', 'Code personnel remplacé', `BCP ${number}`]],
  );
  for (const [fields, words, id] of [
    [{ Objet: 'nulle part' }, /Indiquez un code UAI, ou l’examen et le numéro/, 'objet'],
    [{ Objet: '11' }, /Indiquez un code UAI, ou l’examen et le numéro/, 'objet'],
    [{ Du: '31/02/2026' }, /date/i, 'du'],
    [{ Du: '02/01/2026', Au: '01/01/2026' }, /Le dernier jour vient avant le premier/, 'au'],
    [{ Qui: 'x'.repeat(61) }, /60 caractères/, 'qui'],
  ]) {
    const wrong = await all.submit(await all.go(at), 'Rechercher', fields);
    assert.equal(wrong.status, 422, JSON.stringify(fields));
    assert.match(wrong.text, words);
    assert.equal(wrong.html.querySelector(`#${id}`).getAttribute('value'), Object.values(fields).at(-1));
  }
  assert.match((await search({ Qui: 'personne' })).text, /Aucune écriture ne répond à cette recherche/);
  for (const query of ['du=hier', 'du=31/12/2026', 'objet=xyz', 'objet=bcp-0', 'objet=xyz-1', 'avant=-1', 'avant=x'])
    assert.equal((await all.get(`${at}?${query}`)).status, 404, query);
});

test('days are those of the authority: from midnight to midnight there', async () => {
  const midnight = Math.floor(Date.UTC(2026, 6, 13, 22) / 1000); /* 14 July in Paris */
  server.query('DELETE FROM audit_entry WHERE at < 1750000000');
  server.query('UPDATE audit_entry SET id = id + 100000');
  for (const [i, instant] of [midnight - 1, midnight, midnight + 86399, midnight + 86400].entries()) {
    line({ at: instant, actor: `jour-${i}` });
    server.query(`UPDATE audit_entry SET id = ${i + 1} WHERE actor = 'jour-${i}'`);
  }
  assert.deepEqual(
    rows(await search({ Du: '14/7/2026', Au: '14/7/2026' })).map(([, actor]) => actor),
    ['jour-2', 'jour-1'],
  );
  assert.deepEqual(rows(await search({ Du: '15/07/2026', Au: '16/07/2026' })).length, 1);
});

test('the file has the whole search, a line each, and stays out of the way of spreadsheets', async () => {
  const file = await all.get(`${at}.csv?qui=gestionnaire`);
  assert.equal(file.headers.get('content-type'), 'text/csv; charset=utf-8');
  const lines = file.body.trim().split('\n');
  assert.match(lines[0], /^Écriture;Date;Service;Qui;Adresse;Acte;Examen;Numéro;Établissement;Détail$/);
  assert.equal(lines.length - 1, Number(server.query("SELECT count(*) FROM audit_entry WHERE actor = 'gestionnaire'")));
  assert.equal((await all.get(`${at}.csv?pour=autre`)).status, 404);
});

test('managers whom something limits see nothing of it; who reads all, does', async () => {
  const [department, reader] = [await loginManager(server, 1), await loginManager(server, 2)];
  for (const address of [at, `${at}.csv`]) assert.equal((await department.get(address)).status, 403, address);
  assert.doesNotMatch((await department.go('/gestionnaire/')).text, /Journal/);
  assert.equal((await reader.go(at)).h1, 'Journal');
});

test('who sees no identities reads no reason that was written about a candidate, and no address', async () => {
  const password = server.ctl(['manager', 'add', 'chiffres', '--no-identities']).stdout.trim(),
    blind = await login(server, 'gestionnaire', { login: 'chiffres', password });
  server.query(
    `INSERT INTO audit_entry (at, service, actor, address, action, exam, number, detail, digest)
     VALUES (1800000000, 'gestionnaire', 'un-gestionnaire', '127.9.9.9', 'registration.cancel', 'BCP', 1, 'Un motif', ${nothing})`,
  );
  for (const [browser, seen] of [
    [all, true],
    [blind, false],
  ])
    for (const address of [`${at}?qui=un-gestionnaire`, `${at}.csv?qui=un-gestionnaire`]) {
      const body = (await browser.get(address)).body;
      assert.equal(body.includes('Un motif') && body.includes('127.9.9.9'), seen, address);
    }
});

test('sealed and whole it says so; an entry that was altered is told, with its seal', async () => {
  const other = await Server.start({ candidates: 0 });
  try {
    const browser = await loginManager(other);
    other.ctl(['check']);
    const page = await browser.go(at),
      head = page.html.querySelector('[aria-labelledby=sceaux] code').text;
    assert.equal(head, other.query(`SELECT ${base === 'pgsql' ? "encode(hash, 'hex')" : 'lower(hex(hash))'} FROM audit_seal ORDER BY id DESC LIMIT 1`));
    assert.match((await browser.press(page, 'Vérifier le journal')).text, /Journal vérifié : \d+ écritures scellées, aucune n’a été modifiée ni retirée\./);
    other.query("UPDATE audit_entry SET actor = 'un-autre' WHERE id = 1");
    assert.match((await browser.press(await browser.go(at), 'Vérifier le journal')).text, /Le journal a été altéré : le sceau n° 1 /);
  } finally {
    await other.stop();
  }
});
