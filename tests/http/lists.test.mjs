// SPDX-License-Identifier: Apache-2.0
//
// « Liste des candidats pré-inscrits »: what each list holds and in which order, its pages, its search, its files, and
// the drafts apart. Names that are hard to sort stand as Node's own Intl.Collator('fr') puts them. What is searched for, on
// this list and on others, stays with the session: no address and no log says it.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';

import { sessionOf } from '../lib/academy.mjs';
import { Browser } from '../lib/browser.mjs';
import { Server, until } from '../lib/server.mjs';
import { loginHead, loginPupils, queryOf, register, searched } from '../lib/walk.mjs';
import { wire } from '../lib/wire.mjs';

const list = '/etablissement/bcp/candidats';
let server, head, school;

before(async () => {
  server = await Server.start({ candidates: 400, global: 'CustomLog "../logs/ordinary.log" "%h %l %u %t \\"%r\\" %>s %b \\"%{Referer}i\\""\n' });
  head = await loginHead(server);
  school = server.query(`SELECT id FROM establishment WHERE code = '${server.account('etablissement', 'open').login}'`);
});
after(async () => {
  await server?.stop();
});

const clean = (element) => element.text.replace(/\s+/g, ' ').trim();

/** The rows of a page: { number, name, born, specialty, form, state }, and its heads. */
function read(page) {
  assert.equal(page.status, 200, page.address);
  const table = page.html.querySelector('table');
  if (!table) return { heads: [], rows: [], groups: [] };
  const rows = [],
    groups = [];
  for (const line of table.querySelectorAll('tbody tr')) {
    if (/group/.test(line.getAttribute('class') ?? '')) {
      groups.push({ text: line.querySelectorAll('th, td').map(clean).join(' '), from: rows.length });
      continue;
    }
    const [number, name, born, specialty, form, state] = line.querySelectorAll('td, th').map(clean);
    rows.push({ number, name, born, specialty, form, state });
  }
  return { heads: table.querySelectorAll('thead th').map(clean), rows, groups };
}

/** Page after page, to the end. */
async function walk(address) {
  const all = [];
  for (let page = await head.get(address), turns = 0; ; turns++) {
    assert.ok(turns < 50, 'pages come to an end');
    all.push(page);
    const next = page.html.querySelectorAll('.pages a').find((a) => clean(a) === 'Page suivante');
    if (!next) return all;
    page = await head.get(new URL(next.getAttribute('href'), page.address).href);
  }
}

const count = (where) => Number(server.query(`SELECT count(*) FROM registration WHERE establishment = ${school} AND exam = 'BCP' AND ${where}`));
const touch = () => server.query(`UPDATE establishment_exam SET version = version + 1 WHERE establishment = ${school} AND exam_session = ${sessionOf('bcp')}`);

test("alphabetical by default: the contract's columns, valid and cancelled ones, counts of both", async () => {
  const page = await head.get(list),
    { heads, rows } = read(page);
  assert.equal(page.h1, 'Liste des candidats pré-inscrits');
  assert.deepEqual(heads, ['Numéro', 'Nom - prénom', 'Date de naissance', 'Spécialité', 'Forme de passage', 'État']);
  assert.equal(rows.length, count('1 = 1'));
  assert.ok(rows.length > 20);
  const valid = count("state = 'V'"),
    cancelled = count("state = 'A'");
  assert.match(page.text, new RegExp(`${rows.length} pré-inscriptions : ${valid} valides?, ${cancelled} annulées?\\.`));
  assert.equal(rows.filter((row) => row.state === '✓ Valide').length, valid);
  assert.equal(rows.filter((row) => row.state === '✗ Annulée').length, cancelled);
  for (const row of rows) {
    assert.match(row.number, /^\d+-\d+$/);
    assert.match(row.born, /^\d\d\/\d\d\/\d{4}$/);
    assert.match(row.specialty, /^\d{5} \S/);
    assert.match(row.form, /^(Globale|Progressive)$/);
    assert.equal(row.name, row.name.toUpperCase());
  }
  assert.deepEqual(read(await head.get(`${list}?liste=alphabetique`)).rows, rows);
});

test('section européenne: only where it is managed, only those who asked for it', async () => {
  const { rows } = read(await head.get(`${list}?liste=europeenne`));
  assert.equal(rows.length, count('european = 1'));
  assert.ok(rows.length > 0 && rows.length < count('1 = 1'));
  const order = read(await head.get(list)).rows.map((row) => row.number);
  assert.deepEqual(
    rows.map((row) => row.number),
    order.filter((number) => rows.some((row) => row.number === number)),
  );
  server.query(`UPDATE establishment_exam SET european = 0, version = version + 1 WHERE establishment = ${school} AND exam_session = ${sessionOf('bcp')}`);
  assert.equal((await head.get(`${list}?liste=europeenne`)).status, 404);
  assert.ok(!(await head.get(list)).links().includes('Section européenne'));
  server.query(`UPDATE establishment_exam SET european = 1, version = version + 1 WHERE establishment = ${school} AND exam_session = ${sessionOf('bcp')}`);
  assert.equal((await head.get('/etablissement/cap/candidats?liste=europeenne')).status, 404, 'BCP only');
});

test('one specialty: a choice first, then its candidates', async () => {
  const choice = await head.get(`${list}?liste=specialite`);
  assert.equal(choice.html.querySelector('table'), null);
  const options = choice.html.querySelectorAll('#specialite option').filter((option) => option.getAttribute('value'));
  assert.ok(options.length > 1);
  let seen = 0;
  for (const option of options) {
    const code = option.getAttribute('value'),
      page = await head.get(`${list}?liste=specialite&specialite=${code}`),
      { rows } = read(page);
    assert.equal(rows.length, count(`specialty = '${code}'`), code);
    assert.ok(rows.every((row) => row.specialty === clean(option)));
    assert.equal(page.html.querySelector('#specialite option[selected]').getAttribute('value'), code);
    seen += rows.length;
  }
  assert.equal(seen, count('1 = 1'));
  for (const bad of ['x', '00000000', '40025214 ', "' OR 1=1 --"])
    assert.equal((await head.get(`${list}?liste=specialite&specialite=${encodeURIComponent(bad)}`)).status, 404, bad);
  assert.equal(read(await head.get(`${list}?liste=specialite&specialite=`)).rows.length, 0, 'an empty value counts as absent');
});

test('all specialties: a group each, counted, in the order of names; by forme de passage as well', async () => {
  const order = read(await head.get(list)).rows.map((row) => row.number);
  for (const [kind, key] of [
    ['specialites', (row) => row.specialty],
    ['passage', (row) => `${row.specialty} – ${row.form}`],
  ]) {
    server.query(`UPDATE registration SET form = CASE WHEN number % 3 = 0 THEN 'P' ELSE 'G' END WHERE establishment = ${school} AND exam = 'BCP'`);
    touch();
    const { rows, groups } = read(await head.get(`${list}?liste=${kind}`));
    assert.equal(rows.length, order.length);
    assert.ok(groups.length > 1);
    for (const [i, group] of groups.entries()) {
      const of = rows.slice(group.from, groups[i + 1]?.from ?? rows.length),
        valid = of.filter((row) => row.state === '✓ Valide').length;
      assert.equal(new Set(of.map(key)).size, 1, group.text);
      assert.equal(group.text, `${key(of[0])} valides : ${valid}, annulées : ${of.length - valid}`);
      assert.deepEqual(
        of.map((row) => row.number),
        order.filter((number) => of.some((row) => row.number === number)),
        'in the order of names',
      );
    }
    const labels = groups.map((group) => group.text.replace(/^\d{5} /, '').replace(/ – .*$| valides : .*$/, ''));
    assert.deepEqual(labels, [...labels].sort(new Intl.Collator('fr').compare));
  }
});

test('a search by parts of a name, bare or with accents, in any order; by number with or without its revision', async () => {
  await register(await loginPupils(server), {
    identite: { 'Nom de naissance': 'De L’Hôtel-Çelik', 'Prénom 1': 'Œnone-Zoé', 'Prénom 3': 'Ulysse', "Nom d'usage": 'Martin' },
  });
  const find = async (text) => read(await searched(head, list, text)).rows.map((row) => row.name);
  for (const text of [
    'celik',
    'ÇELIK',
    'hotel',
    'l’hôtel',
    "L'HOTEL",
    'delhotel',
    'oenone',
    'œnone zoe',
    'zoé celik',
    'CELIK de',
    '  çelik  ',
    'ulysse',
    'martin oenone',
    'de l hotel celik oenone',
  ])
    assert.ok((await find(text)).includes('DE L’HÔTEL-ÇELIK - ŒNONE-ZOÉ ŒNONE'), text);
  for (const text of ['celik xyz', '----', '%', '_', "' OR '1'='1", '999999', '12345-6-7', 'a b c d e f g', 'çelik nul'])
    assert.deepEqual(await find(text), [], text);
  const first = read(await head.get(list)).rows[3],
    number = first.number.split('-')[0];
  for (const text of [number, `${number}-0`, `${number}-7`, ` ${number} `]) assert.deepEqual(await find(text), [first.name], text);
  const other = server.query(`SELECT min(number) FROM registration WHERE exam = 'BCP' AND establishment <> ${school}`);
  assert.deepEqual(await find(other), [], "another school's number");
  const [two] = server
      .query(`SELECT listed_name FROM registration WHERE establishment = ${school} AND exam = 'BCP' AND listed_name LIKE '% - % %' LIMIT 1`)
      .split('\n'),
    words = two.split(' - ');
  const typed = await searched(head, list, `${words[0]} ${words[1]}`);
  assert.ok(
    read(typed).rows.some((row) => row.name === two),
    `${two}: as a browser's form sends it, with + for spaces`,
  );
  assert.ok((await head.get(new URL(typed.link('Fichier CSV'), typed.address).href)).body.includes(two));
  const page = await searched(head, list, '<b>"zzq');
  assert.ok(page.body.includes('&lt;b&gt;&quot;zzq') && !page.body.includes('<b>"zzq'));
  assert.equal(page.html.querySelector('#recherche').getAttribute('value'), '<b>"zzq');
  assert.match(page.text, /Aucun candidat ne correspond à « <b>"zzq »/);
});

const names = ['candidats', 'validation', 'retours'].map((name) => `/etablissement/bcp/${name}`);
const label = 'Nom ou numéro';

test("a search is posted, and leads to the page of an ordinal of the session's; any other one is a 404", async () => {
  const other = await loginHead(server),
    stranger = await loginHead(server, 1);
  for (const at of names) {
    const page = await head.go(at),
      answer = await head.submit(page, 'Rechercher', { [label]: '  Çelik   Œnone ' });
    assert.equal(answer.status, 303, at);
    const [, query] = /\?(liste=\w+&recherche=\d+)$/.exec(answer.location);
    const found = await head.get(answer.location);
    assert.equal(found.status, 200, at);
    assert.equal(found.value(label), 'Çelik Œnone', 'the words are shown again');
    assert.match(found.text, /1 candidat trouvé pour « Çelik Œnone »|DE L’HÔTEL-ÇELIK/);
    const [ordinal] = /\d+$/.exec(query);
    for (const where of names.flatMap((name) => (name === names[1] ? [name] : [name, `${name}.csv`, `${name}.pdf`]))) {
      assert.equal((await head.get(`${where}?recherche=${ordinal}`)).status, 200, `${where}: the same search`);
      assert.equal((await other.get(`${where}?recherche=${ordinal}`)).status, 404, `${where}: another session of the same school`);
      assert.equal((await stranger.get(`${where}?recherche=${ordinal}`)).status, 404, `${where}: another school`);
      for (const bad of [Number(ordinal) + 1, '0', '-1', 'celik', '%C3%87elik', '%ff', '9'.repeat(30)])
        assert.equal((await head.get(`${where}?recherche=${bad}`)).status, 404, `${where} ${bad}`);
    }
    const again = await head.submit(found, 'Rechercher', { [label]: ' ' });
    assert.equal(again.status, 303);
    assert.match(again.location, new RegExp(`${at}\\?${query.split('&')[0]}$`), 'nothing typed leads back to the list');
    assert.equal((await head.go(again.location)).value(label), '');
  }
  const mine = await searched(stranger, list, 'martin');
  assert.equal((await searched(other, list, 'celik')).address, mine.address, 'each session counts for itself');
  assert.equal((await stranger.get(mine.address)).value(label), 'martin');
});

test('the list that is searched comes back without the search', async () => {
  for (const kind of ['europeenne', 'specialites', 'passage']) {
    const found = await searched(head, `${list}?liste=${kind}&lignes=toutes`, 'celik'),
      back = await head.submit(found, 'Rechercher', { [label]: '' });
    assert.match(found.address, new RegExp(`liste=${kind}&recherche=\\d+$`));
    assert.match(back.location, new RegExp(`candidats\\?liste=${kind}$`));
  }
  assert.deepEqual(read(await searched(head, `${list}?liste=passage`, 'celik')).groups, [], 'found ones stand in one order');
});

test('a search of more than 200 characters is a 422 next to its field, which keeps it, and the list', async () => {
  const long = 'Çelik '.repeat(34).slice(0, 201);
  for (const at of names) {
    const page = await searched(head, at, 'celik'),
      refused = await head.submit(page, 'Rechercher', { [label]: long });
    assert.equal(refused.status, 422);
    assert.deepEqual(refused.errors, ['Cette recherche est trop longue : 200 caractères au plus. Abrégez-la.']);
    assert.equal(refused.error(label), refused.errors[0]);
    assert.equal(refused.value(label), long);
    assert.ok(refused.html.querySelector(refused.html.querySelector('.summary-of-errors a').getAttribute('href')));
    assert.deepEqual(
      refused.html.querySelectorAll('tbody tr').map((row) => row.text),
      page.html.querySelectorAll('tbody tr').map((row) => row.text),
      'what was found before',
    );
    const taken = await head.submit(refused, 'Rechercher', { [label]: long.slice(0, 200) });
    assert.equal(taken.status, 303);
    assert.equal((await head.go(taken.location)).status, 200);
    for (const bytes of ['%ff', '%C3%28', 'a%00', '%0A']) {
      const { action, fields } = head.prepare(page, 'Rechercher');
      fields.delete('recherche');
      const unreadable = await head.post(action, `${new URLSearchParams([...fields])}&recherche=${bytes}`);
      assert.equal(unreadable.status, 422, bytes);
      assert.equal(unreadable.error(label), 'Cette réponse contient des caractères illisibles. Saisissez-la à nouveau.');
    }
  }
});

test('searching changes nothing of what the lock protects: it passes it', async () => {
  const state = () => ['registration', 'establishment_exam', 'state_change', 'audit_entry'].map((table) => server.query(`SELECT count(*) FROM ${table}`));
  server.ctl(['lock', '--reason', 'Édition']);
  try {
    const before = state();
    for (const at of names) {
      const found = await searched(head, at, 'celik');
      assert.equal(found.status, 200);
      assert.equal(found.value(label), 'celik');
      assert.match(found.text, /Motif : Édition/);
    }
    assert.deepEqual(state(), before);
  } finally {
    server.ctl(['unlock']);
  }
});

test('a session keeps a hundred searches, the latest', async () => {
  const one = await loginHead(server),
    at = async (words) => (await searched(one, list, words)).address;
  const first = await at('premier'),
    session = server.query("SELECT session FROM session_search WHERE words = 'premier'");
  server.query(`INSERT INTO session_search (session, ordinal, words)
    WITH RECURSIVE seq(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM seq WHERE i < 100) SELECT ${session}, i, 'encore' FROM seq`);
  server.query(`UPDATE session SET next_ordinal = 101 WHERE id = ${session}`);
  assert.equal((await one.get(first)).status, 200);
  const last = await at('dernier');
  assert.match(last, /recherche=101$/);
  assert.equal((await one.get(first)).status, 404, 'the oldest is forgotten');
  for (const kept of [2, 100, 101]) assert.equal((await one.get(`${list}?recherche=${kept}`)).status, 200);
  assert.equal(server.query(`SELECT count(*) FROM session_search WHERE session = ${session}`), '100');
  await one.submit(await one.go(list), 'Quitter');
  assert.equal(server.query(`SELECT count(*) FROM session_search WHERE session = ${session}`), '0', 'they go with it');
});

test('pages of 200 that go on where the last one ended, back and forth, whatever is registered meanwhile', async () => {
  server.query(`UPDATE registration SET establishment = ${school} WHERE exam = 'BCP'`);
  const [specialty] = server
    .query(`SELECT specialty FROM registration WHERE establishment = ${school} AND exam = 'BCP' GROUP BY specialty ORDER BY count(*) DESC, specialty LIMIT 1`)
    .split('\n');
  const columns =
    'exam, exam_session, revision, service, establishment, specialty, category, state, listed_name, birth_date, form, european, ine, ' +
    'code, identity, sort_key, search_name, answers, created, changed';
  for (let i = 1; i <= 9; i++)
    server.query(
      `INSERT INTO registration (number, ${columns}) SELECT number + ${i * 10000}, ${columns} FROM registration WHERE exam = 'BCP' AND number < 10000`,
    );
  touch();
  const total = count('1 = 1');
  assert.ok(total > 500, String(total));
  const whole = read(await head.get(`${list}?lignes=toutes`)).rows;
  assert.equal(whole.length, total);
  const found = queryOf(await searched(head, list, 'a'));
  for (const query of ['', 'liste=europeenne', `liste=specialite&specialite=${specialty}`, 'liste=specialites', 'liste=passage', found]) {
    const pages = await walk(`${list}?${query}`),
      all = read(await head.get(`${list}?${query}&lignes=toutes`)).rows;
    const rows = pages.flatMap((page) => read(page).rows);
    assert.deepEqual(
      rows.map((row) => row.number),
      all.map((row) => row.number),
      query,
    );
    assert.equal(new Set(rows.map((row) => row.number)).size, rows.length, query);
    pages.forEach((page, i) => {
      assert.equal(read(page).rows.length, Math.min(200, all.length - i * 200), query);
      if (all.length > 200)
        assert.ok(page.text.includes(`${i * 200 + 1} à ${Math.min(all.length, i * 200 + 200)} sur ${all.length}`), `${query} ${i}: ${page.text.slice(0, 900)}`);
    });
    for (let i = pages.length - 1; i > 0; i--) {
      const back = await head.get(pages[i].link('Page précédente'));
      assert.deepEqual(
        read(back).rows.map((row) => row.number),
        read(pages[i - 1]).rows.map((row) => row.number),
        `${query}, back from ${i}`,
      );
    }
    assert.ok(!pages[0].links().includes('Page précédente') && !pages.at(-1).links().includes('Page suivante'));
  }
  const second = (await head.get(list)).link('Page suivante');
  const before = read(await head.get(second)).rows.map((row) => row.number);
  await register(await loginPupils(server), { identite: { 'Nom de naissance': 'Aaaa', 'Prénom 1': 'Premier' } });
  assert.deepEqual(
    read(await head.get(second)).rows.map((row) => row.number),
    before,
    'a new first candidate moves nobody',
  );
});

test("a page after a number that isn't the school's, or not of that list, is a 404", async () => {
  const [number] = read(await head.get(list)).rows.map((row) => row.number.split('-')[0]);
  server.query(`UPDATE registration SET establishment = (SELECT min(id) FROM establishment WHERE id <> ${school}) WHERE exam = 'BCP' AND number = ${number}`);
  touch();
  for (const query of [`apres=${number}`, 'apres=777777', `liste=passage&apres=${number}`, `lignes=toutes&apres=${number}`])
    assert.equal((await head.get(`${list}?${query}`)).status, 404, query);
  const cap = server.query(
    `SELECT min(number) FROM registration r WHERE exam = 'CAP' AND establishment = ${school}
       AND NOT EXISTS (SELECT 1 FROM registration o WHERE o.exam = 'BCP' AND o.number = r.number)`,
  );
  if (cap) assert.equal((await head.get(`${list}?apres=${cap}`)).status, 404, "another exam's number");
});

test("the same lists as CSV: UTF-8, semicolons, the contract's columns, whole, nothing that a spreadsheet would run", async () => {
  const victim = read(await head.get(list)).rows[5].number.split('-')[0];
  server.query(`UPDATE registration SET listed_name = '=HYPERLINK("http://x";"y")' WHERE exam = 'BCP' AND number = ${victim}`);
  touch();
  const raw = await wire(`${server.url}${list}.csv`, { headers: { cookie: head.cookie } });
  assert.equal(raw.status, 200);
  assert.equal(raw.headers.get('content-type'), 'text/csv; charset=utf-8');
  assert.equal(raw.headers.get('cache-control'), 'no-store');
  assert.match(raw.headers.get('content-disposition'), /^attachment; filename="[\w-]+\.csv"$/);
  assert.equal(raw.headers.get('x-content-type-options'), 'nosniff');
  const lines = raw.body.toString('utf8').split('\n');
  assert.equal(lines[0], 'Numéro;Nom - prénom;Date de naissance;Spécialité;Forme de passage;Motif;État');
  assert.equal(lines.at(-1), '');
  const shown = read(await head.get(`${list}?lignes=toutes`)).rows;
  assert.equal(lines.length - 2, shown.length);
  shown.forEach((row, i) => {
    if (row.number.startsWith(`${victim}-`))
      assert.equal(lines[i + 1].slice(row.number.length), `;"'=HYPERLINK(""http://x"";""y"")";${row.born};${row.specialty};${row.form};;${row.state.slice(2)}`);
    else assert.equal(lines[i + 1].replaceAll('"', ''), [row.number, row.name, row.born, row.specialty, row.form, '', row.state.slice(2)].join(';'));
  });
  for (const query of ['liste=europeenne', 'liste=specialites', 'liste=passage', queryOf(await searched(head, list, 'a'))]) {
    const got = (await head.get(`${list}.csv?${query}`)).body
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.split(';')[0]);
    assert.deepEqual(
      got,
      read(await head.get(`${list}?${query}&lignes=toutes`)).rows.map((row) => row.number),
      query,
    );
  }
  assert.equal((await head.get(`${list}.csv?${queryOf(await searched(head, list, 'nulleparttrouve'))}`)).body.trim().split('\n').length, 1);
  for (const query of ['liste=specialite', 'liste=x', 'specialite=x&liste=specialite', 'pour=x'])
    assert.equal((await head.get(`${list}.csv?${query}`)).status, 404, query);
  const excel = (await wire(`${server.url}${list}.csv?pour=excel`, { headers: { cookie: head.cookie } })).body;
  assert.deepEqual([...excel.subarray(0, 3)], [0xef, 0xbb, 0xbf]);
});

test("what isn't validated stands apart: its name as far as it is known, when it was last changed, and that it is no registration", async () => {
  const pupils = await loginPupils(server, 1),
    second = await loginHead(server, 1);
  const page = await pupils.press(await pupils.go('/inscription-etablissement/bcp/'), 'Nouvelle inscription');
  assert.match((await second.get('/etablissement/bcp/saisies')).text, /Aucune saisie n’est en attente/, 'a draft without any answer is none');
  let step = await pupils.press(page, 'Suite', {
    'Catégorie du candidat': 'Scolaire',
    Spécialité: page.html.querySelector('#specialite option[value]:not([value=""])').text.trim(),
  });
  step = await pupils.press(step, 'Enregistrer et quitter', { 'Nom de naissance': 'Brouillon', 'Prénom 1': 'Élise' });
  const drafts = await second.go('/etablissement/bcp/saisies');
  assert.equal(drafts.h1, 'Saisies non validées');
  assert.match(drafts.text, /ne sont pas inscrits/);
  assert.match(drafts.text, /1 saisie non validée/);
  assert.match(drafts.text, /\d\d\/\d\d\/\d{4} \d\d:\d\d BROUILLON - ÉLISE/);
  assert.doesNotMatch((await second.get(list)).text, /BROUILLON/);
  assert.doesNotMatch((await head.get('/etablissement/bcp/saisies')).text, /BROUILLON/, "another school's");
});

test("names that are hard to sort stand as Intl.Collator('fr') puts « NOM PRÉNOM1 PRÉNOM2 », on screen and in the file", async () => {
  const families = [
    'D’Aboville',
    "D'Aboville",
    'Dabadie',
    'D’abord',
    'L’Hôte',
    "L'Hôte",
    'Lhôte',
    'Lhote',
    'Lacaze',
    'O’Brien',
    "O'Brien",
    'OBrien',
    'Obadia',
    'Łukasz',
    'Çelik',
    'De La Tour',
    'de la Tour',
    'DE LA TOUR',
    'Delatour',
    'De Latour',
    'Lukacs',
    'Celik',
    'Cêlik',
    'Celika',
    'Delà',
    'De l’Isle',
    'Delisle',
    'De Lisle',
    'Dé',
    'De',
    'Éluard',
    'Eluard',
    'Elu',
    'Œuvrard',
    'Oeuvrard',
    'OEUVRARD',
    'Oger',
    'Odin',
    'Æbischer',
    'Aebischer',
    'Aeby',
    'Abel',
    'Ångström',
    'Angström',
    'Angot',
    'Ørsted',
    'Orsted',
    'Orsay',
    'Šimić',
    'Simic',
    'Simon',
    'Straße',
    'Strasse',
    'Strass',
    'Mac Donald',
    'MacDonald',
    'Mac-Donald',
    'Macdonald',
    'Nguyễn',
    'Nguyen',
    'Nguyên',
    'N’Guyen',
    'N’Diaye',
    'Ndiaye',
    'N’Dong',
    'Ğül',
    'Gul',
    'Güllü',
    'Saint-Exupéry',
    'Saint Exupéry',
    'Saintexupery',
    'Ÿvetot',
    'Yvetot',
    'Đorđević',
    'Dordevic',
    'Þór',
    'Thor',
    'Muñoz',
    'Munoz',
    'Munozza',
    'Núñez',
    'Nunez',
    'Akın',
    'Akin',
    'Dupont-Durand',
    'Dupont Durand',
    'Dupont',
    'Dupontel',
    'El Hassan',
    'Elhassan',
    'El-Hassan',
    'Côté',
    'Cote',
    'Coté',
    'Côte',
    'Coter',
  ];
  /* one name, other forenames: the first, then the second, decide; so does a name of which another is the beginning */
  const people = [
    ...families.map((family, i) => [family, `Zoé${'bcdfghjklm'[i % 10]}`, '']),
    ...[
      ['Anne', 'Zita'],
      ['Anne', 'Yves'],
      ['Anne', ''],
      ['Anne-Zita', ''],
      ['Annette', ''],
      ['Élie', ''],
      ['Elie', 'Abel'],
      ['Eliette', ''],
    ].map((given) => ['Martin', ...given]),
    ['Martin Anne', 'Bob', ''],
    ['Martin-Petit', 'Abel', ''],
    ['Akın', 'Abel', ''],
    ['Akin', 'Bob', ''],
  ];
  assert.ok(new Set(people.map((one) => one.join(' '))).size >= 100);
  assert.equal(new Intl.Collator('fr').resolvedOptions().locale, 'fr', 'Node knows French');
  const pupils = await loginPupils(server, 1),
    second = await loginHead(server, 1);
  const id = server.query(`SELECT id FROM establishment WHERE code = '${server.account('etablissement', 'open', 1).login}'`);
  server.query(`DELETE FROM registration WHERE establishment = ${id}`);
  for (const [i, [name, first, other]] of people.entries()) {
    /* dates of birth without a meaning for the order, so that nobody is a twin */
    const done = await register(pupils, {
      identite: { 'Nom de naissance': name, 'Prénom 1': first, 'Prénom 2': other },
      naissance: { 'Date de naissance': `${String(1 + (i % 28)).padStart(2, '0')}/0${1 + (i % 9)}/2008` },
    });
    assert.equal(done.h1, 'Inscription enregistrée', `${name}: ${done.errors}`);
  }
  const collator = new Intl.Collator('fr'),
    capitals = (text) => text.trim().toLocaleUpperCase('fr');
  /* one apostrophe is as good as the other: so it is for a Node with CLDR 48, for an older one it is said here */
  const plain = (text) => text.replaceAll('’', "'"),
    compare = (one, other) => collator.compare(plain(one), plain(other)) || collator.compare(one, other);
  /* whom the collation finds equal stand in the order of their numbers */
  const wanted = people
    .map(([name, first, other]) => ({ sorted: capitals(`${name} ${first} ${other}`), shown: capitals(`${name} - ${first} ${other}`) }))
    .sort((one, next) => compare(one.sorted, next.sorted))
    .map((one) => one.shown);
  assert.deepEqual(
    read(await second.get(list)).rows.map((row) => row.name),
    wanted,
  );
  assert.deepEqual(
    (await second.get(`${list}.csv`)).body
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.split(';')[1].replaceAll('"', '')),
    wanted,
  );
});

test('who is searched for stands in no address and in no log, whatever is done with what was found', async () => {
  const words = 'zzyxquetzal',
    trail = [];
  server.query(
    `UPDATE registration SET search_name = search_name || '|ZZYXQUETZAL', state = 'V', returned_revision = NULL
     WHERE exam = 'BCP' AND establishment = ${school} AND number < 40000`,
  );
  touch();
  /* a browser that says where it comes from */
  const note = async (method, asked) => {
    const page = await asked;
    trail.push([method, page.address ?? trail.asked]);
    if (page.address) head.always = { referer: page.address };
    return page;
  };
  const go = (address) => {
    trail.asked = address;
    return note('GET', head.get(address));
  };
  const post = async (page, button, filled, more = []) => {
    const { action, fields } = head.prepare(page, button, filled),
      answer = await note('POST', head.post(action, [...fields, ...more]));
    assert.equal(answer.status, 303, `${button}: ${answer.errors}`);
    return go(answer.location);
  };
  const box = (page) => [['candidat', page.html.querySelector('tbody input').getAttribute('value')]];
  for (const at of names) {
    const turn = (page, where) => (at === names[0] ? go(page.link(where)) : post(page, where, {})); /* where rows are ticked, by a button */
    const found = await post(await go(at), 'Rechercher', { [label]: words }),
      query = queryOf(found),
      next = await turn(found, 'Page suivante'),
      all = await turn(found, 'Tout afficher');
    for (const page of [found, next, all]) {
      assert.ok(new URL(page.address).search.includes(query), page.address);
      assert.equal(page.value(label), words);
    }
    assert.ok(all.html.querySelectorAll('tbody tr').length > 200);
    if (at !== names[1]) {
      const csv = await go(next.link('Fichier CSV')),
        pdf = await go(next.link('Imprimer la liste (PDF)'));
      assert.equal(csv.body.trim().split('\n').length - 1, all.html.querySelectorAll('tbody tr').length);
      assert.ok(pdf.pdf && csv.address.includes(query));
      await go(next.link('Fichier pour Excel'));
    }
    const done = at === names[0] ? [] : [await post(next, at === names[1] ? 'Valider' : 'Noter comme rendues', {}, box(next))];
    for (const page of done) assert.ok(page.address.includes(query) && page.value(label) === words, page.address);
    if (at === names[1]) await post(done[0], 'Défaire ces changements', {});
    const { action, fields } = head.prepare(all, 'Rechercher', { [label]: words.repeat(20) });
    assert.equal((await note('POST', head.post(action, fields))).status, 422);
  }
  head.always = {};
  const log = () => fs.readFileSync(path.join(server.state, 'logs/ordinary.log'), 'utf8');
  for (const [method, address] of trail) {
    const { pathname, search } = new URL(address, server.url);
    await until(`${pathname}${search} in the log`, () => log().includes(`"${method} ${pathname}${search} HTTP`));
  }
  assert.ok(trail.length > 25 && log().includes(`"${server.url}${list}?liste=alphabetique&recherche=`), 'with what it was asked, and from where');
  for (const text of [log(), server.accessLog(), server.errorLog(), server.query('SELECT * FROM audit_entry')]) assert.doesNotMatch(text, /quetzal/i);
});

test('a stranger gets no list', async () => {
  for (const at of ['candidats', 'candidats.csv', 'saisies'])
    assert.match((await new Browser(server.url).get(`/etablissement/bcp/${at}`)).location, /\/connexion$/);
});
