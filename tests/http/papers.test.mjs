// SPDX-License-Identifier: Apache-2.0
//
// What a school prints beside confirmations: its lists, the bordereau that goes with the signed papers, whom to remind,
// slips to log in with. Documents are read by qpdf, and by poppler as a screen reader would walk through them.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { after, before, test } from 'node:test';

import { sessionOf } from '../lib/academy.mjs';
import { Server, base, until } from '../lib/server.mjs';
import { loginHead, loginPupils, queryOf, searched } from '../lib/walk.mjs';
import { wire } from '../lib/wire.mjs';

const at = '/etablissement/bcp';
const HEADS = ['Numéro', 'Nom - prénom', 'Date de naissance', 'Spécialité', 'Forme de passage', 'État'];
let server, head, account, school;

const idOf = (login) => server.query(`SELECT id FROM establishment WHERE code = '${login}'`);

before(async () => {
  server = await Server.start({ candidates: 900 });
  account = server.account('etablissement', 'open');
  head = await loginHead(server);
  school = idOf(account.login);
  server.query(`UPDATE registration SET form = 'P' WHERE exam = 'BCP' AND number % 4 = 0`);
  /* the demo's draws, which go by the day, may leave a specialty without a cancelled one */
  server.query(`UPDATE registration SET state = 'A' WHERE exam = 'BCP' AND number IN
    (SELECT max(number) FROM registration WHERE establishment = ${school} AND exam = 'BCP' GROUP BY specialty)`);
  touch();
});
after(async () => {
  await server?.stop();
});

const touch = () => server.query(`UPDATE establishment_exam SET version = version + 1 WHERE exam_session = ${sessionOf('bcp')}`);
const count = (where) => Number(server.query(`SELECT count(*) FROM registration WHERE establishment = ${school} AND exam = 'BCP' AND ${where}`));
const specialties = (where = '1 = 1') =>
  server
    .query(
      `SELECT s.code, s.code5 || ' ' || s.label FROM specialty s
       WHERE EXISTS (SELECT 1 FROM registration r WHERE r.specialty = s.code AND r.establishment = ${school} AND r.exam = 'BCP' AND ${where})
       ORDER BY s.label`,
    )
    .split('\n')
    .map((line) => line.split('|'));
const bare = (text) => text.replace(/\s/g, '');

function tool(pdf, program, args) {
  const file = path.join(server.state, 'runtime/paper.pdf');
  fs.writeFileSync(file, pdf);
  return execFileSync(
    program,
    args.map((one) => (one === 'FILE' ? file : one)),
    { encoding: 'utf8', stdio: 'pipe', maxBuffer: 1 << 28 },
  );
}

/** In the order in which it is read: [['H1', text], ['P', text], ['TR', [cell, …]], …]. A wrapped cell is one text. */
function structure(pdf) {
  const found = [];
  let row;
  for (const line of tool(pdf, 'pdfinfo', ['-struct-text', 'FILE']).replaceAll('\u00a0', ' ').split('\n')) {
    const text = /^ *"(.*)"$/.exec(line)?.[1],
      type = /^ *(H1|H2|P|TR|TH|TD|Part)\b/.exec(line)?.[1];
    if (type === 'TR') found.push(['TR', (row = [])]);
    else if (type === 'TH' || type === 'TD') row.push('');
    else if (type) {
      found.push([type, '']);
      row = null;
    }
    if (text !== undefined && row) row[row.length - 1] += text;
    else if (text !== undefined) found.at(-1)[1] += text;
  }
  return found;
}

/** A document that is whole and must not be kept: { read, heads, rows, headings, lines, name, sheets, pdf }. */
async function paper(address, from = head) {
  const answer = await from.get(address);
  assert.equal(answer.status, 200, address);
  assert.equal(answer.headers.get('content-type'), 'application/pdf', address);
  assert.equal(answer.headers.get('cache-control'), 'no-store', address);
  return { ...open(answer.pdf), name: /inline; filename="(.*)"/.exec(answer.headers.get('content-disposition'))[1] };
}

function open(pdf) {
  assert.doesNotMatch(tool(pdf, 'qpdf', ['--check', 'FILE']), /WARNING|ERROR/);
  const read = structure(pdf),
    all = read.filter(([type]) => type === 'TR').map(([, cells]) => cells);
  const texts = (type) => read.filter(([one]) => one === type).map(([, text]) => text);
  return {
    pdf,
    read,
    heads: all[0],
    rows: all.filter(([number]) => /^\d+-\d+$/.test(number)),
    title: texts('H1')[0],
    headings: texts('H2'),
    lines: texts('P'),
    sheets: tool(pdf, 'pdftotext', ['-layout', 'FILE', '-']).replaceAll('\u00a0', ' ').split('\f').slice(0, -1),
  };
}

/** A row of the file without its reason, which no paper has. */
const onPaper = (row) => row.toSpliced(-2, 1);

/** The lines of a file for spreadsheets, without its heads. */
async function csv(address) {
  const answer = await head.get(address);
  assert.equal(answer.status, 200, address);
  return answer.body
    .trim()
    .split(/\r?\n/)
    .slice(1)
    .map((line) => [...line.matchAll(/(?:^|;)("(?:[^"]|"")*"|[^;]*)/g)].map(([, cell]) => cell.replace(/^"(.*)"$/, '$1').replaceAll('""', '"')));
}

const counted = (rows) => {
  const cancelled = rows.filter((row) => row[5] === 'Annulée').length,
    valid = rows.length - cancelled,
    s = (n) => (n > 1 ? 's' : '');
  return `${rows.length} pré-inscription${s(rows.length)} (${valid} valide${s(valid)}, ${cancelled} annulée${s(cancelled)})`;
};

/** Rows with the heading above them: [[heading, rows, the line below], …]. */
function groups(read) {
  const found = [];
  for (const [type, what] of read) {
    if (type === 'H2') found.push([what, [], null]);
    else if (type === 'TR' && /^\d+-\d+$/.test(what[0])) found.at(-1)[1].push(what);
    else if (type === 'P' && found.length && found.at(-1)[2] === null) found.at(-1)[2] = what;
  }
  return found;
}

test('each list holds on paper what its file holds, in the same order; its head says of what and of when', async () => {
  const [[specialty]] = specialties();
  /* whatever the demo of this day has made, one of this specialty is cancelled */
  server.query(
    `UPDATE registration SET state = 'A' WHERE exam = 'BCP' AND number =
     (SELECT min(number) FROM registration WHERE exam = 'BCP' AND establishment = ${school} AND specialty = '${specialty}')`,
  );
  server.query(`UPDATE establishment_exam SET version = version + 1 WHERE establishment = ${school} AND exam_session = ${sessionOf('bcp')}`);
  const found = queryOf(await searched(head, `${at}/candidats`, 'a'));
  for (const [query, title] of [
    ['', 'Candidats pré-inscrits, par ordre alphabétique'],
    ['liste=alphabetique', 'Candidats pré-inscrits, par ordre alphabétique'],
    ['liste=europeenne', 'Candidats pré-inscrits en section européenne'],
    [`liste=specialite&specialite=${specialty}`, 'Candidats pré-inscrits pour une spécialité'],
    ['liste=specialites', 'Candidats pré-inscrits, par spécialité'],
    ['liste=passage', 'Candidats pré-inscrits, par spécialité et forme de passage'],
    [found, 'Candidats pré-inscrits, par ordre alphabétique'],
    [`liste=europeenne&${found}`, 'Candidats pré-inscrits en section européenne'],
    ['lignes=toutes', 'Candidats pré-inscrits, par ordre alphabétique'],
  ]) {
    const { heads, rows, title: h1, lines, name, sheets } = await paper(`${at}/candidats.pdf?${query}`),
      wanted = (await csv(`${at}/candidats.csv?${query}`)).map(onPaper);
    assert.equal(h1, title, query);
    assert.equal(name, 'candidats-bcp.pdf');
    assert.deepEqual(heads, HEADS, query);
    assert.ok(wanted.length > 5, query);
    assert.ok(wanted.some((row) => row[5] === 'Annulée') || /recherche|europeenne/.test(query), query);
    const inGroups = /specialite/.test(query) || /passage/.test(query);
    assert.deepEqual(
      rows.map((row) => row.map(bare)),
      wanted.map((row) => row.map((cell, i) => bare(inGroups && i === 3 ? cell.slice(0, 5) : cell))),
      query,
    );
    assert.equal(lines.at(-1), `Total : ${counted(wanted)}`, query);
    const schoolName = server.query(`SELECT code || ' ' || name || ', ' || town FROM establishment WHERE id = ${school}`);
    assert.deepEqual(
      lines.slice(0, 5).map((line) => line.replace(/(Établi le).*\(heure de Paris\)/, '$1')),
      ['Académie de démonstration', 'Division des examens et concours', 'Baccalauréat professionnel (BCP), session de juin 2027', schoolName, 'Établi le'],
      query,
    );
    assert.equal(lines.includes('Recherche : « a »'), /recherche/.test(query), query);
    for (const [i, sheet] of sheets.entries()) assert.match(sheet, new RegExp(`${title}.*${account.login}.*Page ${i + 1}/${sheets.length}`), query);
  }
});

test('a specialty begins a page and is added up; so is each forme de passage below it', async () => {
  for (const [list, wanted] of [
    ['specialites', specialties().map(([code, label]) => [label, code, null])],
    [
      'passage',
      specialties().flatMap(([code, label]) =>
        [
          ['Globale', 'G'],
          ['Progressive', 'P'],
        ]
          .filter(([, form]) => count(`specialty = '${code}' AND form = '${form}'`) > 0)
          .map(([word, form]) => [`${label} – ${word}`, code, form]),
      ),
    ],
  ]) {
    const { read, sheets } = await paper(`${at}/candidats.pdf?liste=${list}`),
      found = groups(read);
    assert.deepEqual(
      found.map(([heading]) => bare(heading)),
      wanted.map(([heading]) => bare(heading)),
      list,
    );
    assert.ok(found.length > 2);
    for (const [i, [heading, rows, below]] of found.entries()) {
      assert.equal(rows.length, count(`specialty = '${wanted[i][1]}'${wanted[i][2] ? ` AND form = '${wanted[i][2]}'` : ''}`), heading);
      assert.equal(below, `Sous-total : ${counted(rows)}`, heading);
    }
    /* the first rows of two specialties never stand on one sheet; those of a specialty's forms may */
    for (const sheet of sheets)
      assert.ok(
        new Set(found.filter(([, rows]) => sheet.includes(` ${rows[0][0]} `) || sheet.includes(`\n${rows[0][0]} `)).map(([heading]) => heading.slice(0, 5)))
          .size <= 1,
        sheet,
      );
    assert.ok(sheets.length >= specialties().length);
  }
});

test("what the address gets wrong is a 404, as on the page; another school's specialty too", async () => {
  const other = server.query(
    `SELECT s.code FROM specialty s WHERE s.exam = 'BCP'
     AND NOT EXISTS (SELECT 1 FROM establishment_offer o WHERE o.specialty = s.code AND o.establishment = ${school})
     AND NOT EXISTS (SELECT 1 FROM registration r WHERE r.specialty = s.code AND r.establishment = ${school}) LIMIT 1`,
  );
  assert.match(other, /^\d{8}$/);
  for (const query of [
    'liste=inconnue',
    'liste=Passage',
    'liste=specialite',
    'liste=specialite&specialite=',
    'liste=specialite&specialite=99999999',
    `liste=specialite&specialite=${other}`,
    'lignes=10',
    'apres=x',
    'recherche=a',
    'recherche=999999',
  ])
    assert.equal((await head.get(`${at}/candidats.pdf?${query}`)).status, 404, query);
  for (const query of ['specialite=99999999', `specialite=${other}`, 'specialite=%27'])
    assert.equal((await head.get(`${at}/bordereau.pdf?${query}`)).status, 404, query);
  for (const query of ['liste=alphabetique', 'liste=Rendues', 'apres=-1', 'recherche=a'])
    assert.equal((await head.get(`${at}/retours.pdf?${query}`)).status, 404, query);
  server.query(`UPDATE establishment_exam SET european = 0 WHERE establishment = ${school} AND exam_session = ${sessionOf('bcp')}`);
  touch();
  assert.equal((await head.get(`${at}/candidats.pdf?liste=europeenne`)).status, 404);
  server.query(`UPDATE establishment_exam SET european = 1 WHERE establishment = ${school} AND exam_session = ${sessionOf('bcp')}`);
  touch();
  for (const name of ['candidats', 'bordereau', 'retours']) assert.equal((await head.get(`/etablissement/bts/${name}.pdf`)).status, 404, name);
});

const isSeal = (line) => line.startsWith('Journal de l’académie scellé le ');

test("a bordereau: each specialty's valid candidates to tick off, all of them added up, room to sign", async () => {
  server.ctl(['parameter', 'set', 'retour_confirmation', '2027-01-15']);
  server.ctl(['parameter', 'set', 'retour_adresse', 'Rectorat, DEC 4, Lille']);
  server.ctl(['parameter', 'set', 'division', 'DEC 4']);
  const valid = specialties("r.state = 'V'"),
    { read, title, lines, heads, rows, sheets, name, headings } = await paper(`${at}/bordereau.pdf`);
  assert.equal(title, 'Bordereau d’envoi des confirmations');
  assert.equal(name, 'bordereau-bcp.pdf');
  assert.deepEqual(heads, ['Numéro', 'Nom - prénom', 'Date de naissance', 'Confirmation jointe']);
  for (const line of ['DEC 4', 'Confirmations à rendre au plus tard le 15/01/2027', 'À adresser à : Rectorat, DEC 4, Lille'])
    assert.ok(lines.includes(line), line);
  assert.deepEqual(headings.map(bare), [...valid.map(([, label]) => bare(label)), 'Récapitulatif']);
  const states = new Map((await csv(`${at}/candidats.csv?liste=specialites`)).map((row) => [row[0], row.at(-1)]));
  assert.deepEqual(
    rows.map((row) => row[0]),
    [...states].filter(([, state]) => state === 'Valide').map(([number]) => number),
  );
  assert.ok(
    rows.every((row) => row.length === 4 && row[3] === ''),
    'a box, no text',
  );
  for (const [i, [heading, of, below]] of groups(read).slice(0, -1).entries()) {
    assert.equal(of.length, count(`state = 'V' AND specialty = '${valid[i][0]}'`), heading);
    assert.match(below, new RegExp(`^${of.length} confirmations? attendues?, jointes : `));
  }
  const sums = read.filter(([type, cells]) => type === 'TR' && cells.length === 3).map(([, cells]) => cells);
  assert.deepEqual(sums[0], ['Spécialité', 'Confirmations attendues', 'Confirmations jointes']);
  assert.deepEqual(
    sums.slice(1).map(([label, number]) => [bare(label), Number(number)]),
    valid.map(([code, label]) => [bare(label), count(`state = 'V' AND specialty = '${code}'`)]),
  );
  assert.deepEqual(
    lines
      .filter((line) => !isSeal(line))
      .slice(-4)
      .map((line) => line.replace(/…+/, '…')),
    [`Total : ${rows.length} confirmations attendues, jointes : …`, 'Fait à', 'le', 'Signature et cachet du chef d’établissement'],
  );
  assert.ok(sheets.length > valid.length, 'a page for each specialty, and one to sign');
  const hash = server.query(`SELECT ${base === 'pgsql' ? "encode(hash, 'hex')" : 'lower(hex(hash))'} FROM audit_seal ORDER BY id DESC LIMIT 1`);
  assert.match(hash, /^[0-9a-f]{64}$/);
  const sealed = lines.find(isSeal);
  assert.match(sealed.replace(/\s/g, ''), new RegExp(`empreinte:${hash}$`), 'whoever signs it proves what the trail was');
  assert.match(sheets.at(-1), /Signature et cachet/);
});

test('a bordereau of one specialty is signed below its candidates', async () => {
  const [[code, label]] = specialties("r.state = 'V'"),
    { headings, rows, lines } = await paper(`${at}/bordereau.pdf?specialite=${code}`);
  assert.deepEqual(headings.map(bare), [bare(label)]);
  assert.equal(rows.length, count(`state = 'V' AND specialty = '${code}'`));
  assert.match(lines.filter((line) => !isSeal(line)).at(-4), /confirmations? attendues?/);
  assert.equal(lines.at(-1), 'Signature et cachet du chef d’établissement');
});

test('confirmations that are missing, and those handed in: the lists of the page, on paper', async () => {
  const some = server
    .query(`SELECT number FROM registration WHERE establishment = ${school} AND exam = 'BCP' AND state = 'V' ORDER BY number LIMIT 4`)
    .split('\n');
  server.query(`UPDATE registration SET returned = changed, returned_revision = revision WHERE exam = 'BCP' AND number IN (${some.join(',')})`);
  touch();
  for (const [query, title, word, last] of [
    ['', 'Confirmations manquantes, par ordre alphabétique', 'manquante', 'Rendue'],
    [`liste=manquantes&${queryOf(await searched(head, `${at}/retours`, 'a'))}`, 'Confirmations manquantes, par ordre alphabétique', 'manquante', 'Rendue'],
    ['liste=rendues', 'Confirmations rendues, par ordre alphabétique', 'rendue', 'Forme de passage'],
  ]) {
    const { title: h1, heads, rows, lines, name } = await paper(`${at}/retours.pdf?${query}`),
      wanted = await csv(`${at}/retours.csv?${query}`);
    assert.equal(h1, title);
    assert.equal(name, `confirmations-${word}s-bcp.pdf`);
    assert.deepEqual(heads, [...HEADS.slice(0, 4), last]);
    assert.deepEqual(
      rows.map((row) => row.slice(0, 4).map(bare)),
      wanted.map((row) => row.slice(0, 4).map(bare)),
      query,
    );
    assert.equal(lines.at(-1), `Total : ${wanted.length} confirmation${wanted.length > 1 ? 's' : ''} ${word}${wanted.length > 1 ? 's' : ''}`);
    assert.equal(lines.includes('Confirmations à rendre au plus tard le 15/01/2027'), word === 'manquante');
  }
  assert.equal((await paper(`${at}/retours.pdf?liste=rendues`)).rows.length, 4);
  assert.equal((await paper(`${at}/retours.pdf`)).rows.length, count("state = 'V'") - 4);
});

test('an empty list says why it is empty', async () => {
  const nobody = 'Aucun candidat ne correspond à cette recherche.';
  for (const words of ['zzzzqqqq', '7777777', '+']) {
    const query = queryOf(await searched(head, `${at}/candidats`, words));
    const { rows, lines } = await paper(`${at}/candidats.pdf?${query}`);
    assert.deepEqual([rows.length, lines.at(-1)], [0, nobody], query);
    assert.equal((await paper(`${at}/retours.pdf?${query}`)).lines.at(-1), nobody, query);
  }
  const empty = await Server.start({ candidates: 0, establishments: 4 });
  try {
    const alone = await loginHead(empty);
    for (const [address, sentence] of [
      ['candidats.pdf', 'Aucun candidat pré-inscrit pour ce choix.'],
      ['candidats.pdf?liste=passage', 'Aucun candidat pré-inscrit pour ce choix.'],
      ['bordereau.pdf', 'Aucun candidat valide : il n’y a pas de confirmation à envoyer.'],
      ['retours.pdf', 'Aucune confirmation n’est attendue pour l’instant.'],
      ['retours.pdf?liste=rendues', 'Aucune confirmation n’a encore été rendue.'],
    ]) {
      const { lines, rows } = await paper(`${at}/${address}`, alone);
      assert.deepEqual([lines.at(-1), rows.length], [sentence, 0], address);
    }
  } finally {
    await empty.stop();
  }
});

test('in test mode a paper is a specimen, on each sheet and for those who listen', async () => {
  const rehearsal = await Server.start({ candidates: 200, establishments: 4, extra: 'InscrinetTestMode On\n' });
  try {
    const actor = await loginHead(rehearsal),
      { pdf, sheets, lines } = await paper(`${at}/candidats.pdf?liste=specialites`, actor);
    assert.ok(sheets.length > 1);
    /* the letters across a sheet are higher than any other */
    const marks = tool(pdf, 'pdftotext', ['-bbox', 'FILE', '-'])
      .split('<page ')
      .slice(1)
      .map((sheet) =>
        [...sheet.matchAll(/yMin="([\d.]+)" xMax="[\d.]+" yMax="([\d.]+)">(.*?)</g)].filter(([, top, bottom]) => bottom - top > 40).map(([, , , word]) => word),
      );
    assert.deepEqual(
      marks.map((letters) => letters.join('').split('').sort().join('')),
      sheets.map(() => [...'SPÉCIMEN'].sort().join('')),
    );
    assert.ok(lines.includes('Spécimen : document d’essai, sans valeur.'));
    const { password } = rehearsal.account('inscription-etablissement', 'open'),
      slip = open((await ask(password, '1', actor)).pdf);
    assert.ok(slip.lines.some((line) => line.startsWith('SPÉCIMEN – ')));
  } finally {
    await rehearsal.stop();
  }
});

test('the pages lead to their papers', async () => {
  const [[code]] = specialties(),
    found = queryOf(await searched(head, `${at}/candidats`, 'é a'));
  for (const [page, link, wanted] of [
    ['candidats?liste=passage', 'Imprimer la liste (PDF)', 'candidats.pdf?liste=passage'],
    [`candidats?liste=specialite&specialite=${code}`, 'Bordereau d’envoi (PDF)', `bordereau.pdf?specialite=${code}`],
    [`candidats?${found}`, 'Imprimer la liste (PDF)', `candidats.pdf?liste=alphabetique&${found}`],
    ['retours?liste=rendues', 'Imprimer la liste (PDF)', 'retours.pdf?liste=rendues'],
    ['confirmations', 'Bordereau d’envoi des confirmations (PDF)', 'bordereau.pdf'],
  ]) {
    const href = (await head.get(`${at}/${page}`)).link(link);
    assert.equal(new URL(href, `${server.url}${at}/`).href.toLowerCase(), `${server.url}${at}/${wanted}`, page);
    await paper(new URL(href, `${server.url}${at}/`).href);
  }
  assert.ok((await head.get(`${at}/`)).link('Fiches de connexion').endsWith('/etablissement/fiches-connexion'));
});

/* ---------------------------------------------------------------- slips */

const slips = '/etablissement/fiches-connexion',
  passwordLabel = "Mot de passe du service d'inscription";
const ask = async (password, number, from = head) => from.submit(await from.go(slips), 'Imprimer', { [passwordLabel]: password, 'Nombre de fiches': number });

test('slips say where and with what pupils log in, as many as were asked for', async () => {
  const { password } = server.account('inscription-etablissement', 'open'),
    answer = await ask(password, '23');
  assert.equal(answer.status, 200);
  assert.equal(answer.headers.get('cache-control'), 'no-store');
  const { read, sheets } = open(answer.pdf),
    facts = read.filter(([type, text]) => type === 'P' && /^(Adresse du service|Code établissement|Mot de passe) /.test(text)).map(([, text]) => text);
  assert.equal(sheets.length, 3);
  assert.equal(read.filter(([type]) => type === 'Part').length, 23);
  assert.equal(facts.length, 69);
  for (let i = 0; i < 69; i += 3)
    assert.deepEqual(facts.slice(i, i + 3), [
      `Adresse du service ${server.url}/inscription-etablissement/`,
      `Code établissement ${account.login}`,
      `Mot de passe ${password}`,
    ]);
  assert.match(read.at(-1)[1], /^Ouvert pour .*BCP.* jusqu’au .* \(heure de Paris\)$/);
  assert.match(server.query("SELECT detail FROM audit_entry WHERE action = 'slips.print'"), /^23$/);
  assert.equal(server.query(`SELECT count(*) FROM audit_entry WHERE detail LIKE '%${password}%'`), '0');
  /* what a slip says does let them in */
  assert.equal((await loginPupils(server)).page.h1, 'Service Inscription Établissement');
});

test("a slip names the site's public address, and windows that differ", async () => {
  const { password } = server.account('inscription-etablissement', 'open');
  server.ctl(['parameter', 'set', 'adresse_site', 'https://inscri.exemple.fr/']);
  server.query(`UPDATE registration_window SET closes = closes + 864000 WHERE exam_session = ${sessionOf('cap')}`);
  const { read } = open((await ask(password, '1')).pdf);
  assert.ok(read.some(([type, text]) => type === 'P' && text === 'Adresse du service https://inscri.exemple.fr/inscription-etablissement/'));
  assert.match(read.at(-1)[1], /BCP.* jusqu’au \d\d\/\d\d\/\d{4} \d\d:\d\d.*CAP jusqu’au \d\d\//);
});

test("slips are refused without the pupils' password or a number of them; what was typed stays, but for the password", async () => {
  const { password } = server.account('inscription-etablissement', 'open');
  for (const [typed, number, errors] of [
    ['', '', 2],
    ['', '5', 1],
    [password, '', 1],
    [password, '0', 1],
    [password, '501', 1],
    [password, 'dix', 1],
    [password, '-1', 1],
    [password, '1.5', 1],
    ['pas le bon mot de passe', '5', 1],
  ]) {
    const page = await ask(typed, number);
    assert.equal(page.status, 422, `${typed} ${number}`);
    assert.equal(page.errors.length, errors, `${typed} ${number}`);
    assert.equal(page.value('Nombre de fiches'), number);
    assert.equal(page.value(passwordLabel), '');
  }
  assert.equal((await ask(password, '500')).status, 200);
  server.ctl(['lock', '--reason', 'chargement']);
  try {
    assert.equal((await ask(password, '1')).status, 200, 'a locked base still prints');
  } finally {
    server.ctl(['unlock']);
  }
});

test('whoever tries passwords waits; a school that never chose one is told so', async () => {
  const { password } = server.account('inscription-etablissement', 'open', 1),
    other = await loginHead(server, 1);
  for (let i = 0; i < 5; i++) assert.equal((await ask(`faux numéro ${i}`, '1', other)).status, 422, String(i));
  const late = await ask(password, '1', other);
  assert.equal(late.status, 429);
  assert.ok(Number(late.headers.get('retry-after')) > 0);
  assert.equal(late.pdf, undefined);
  assert.equal(server.query("SELECT count(*) FROM audit_entry WHERE action = 'proof.failed'"), '6');
  server.query('DELETE FROM throttle');
  assert.equal((await ask(password, '1', other)).status, 200);
  server.query(`UPDATE account SET password = NULL WHERE service = 'inscription-etablissement' AND login = '${account.login}'`);
  const told = await head.get(slips);
  assert.match(told.text, /n’a pas encore été changé/);
  assert.equal((await ask('un mot de passe', '1')).status, 422);
});

/* ---------------------------------------------------------------- long ones */

/** Thousands of rows for the school of a server with one connection and small buffers. */
async function longServer() {
  const long = await Server.start({
    candidates: 400,
    extra: 'DBDMax 1\nDBDMin 1\nDBDKeep 1\n',
    global: 'StartServers 1\nServerLimit 1\nMaxRequestWorkers 16\nSendBufferSize 4096\n',
  });
  const of = `(SELECT id FROM establishment WHERE code = '${long.account('etablissement', 'open').login}')`;
  const columns =
    'exam, exam_session, revision, service, establishment, specialty, category, state, listed_name, birth_date, form, european, ine, ' +
    'code, identity, sort_key, search_name, answers, created, changed';
  long.query(`UPDATE registration SET establishment = ${of} WHERE exam = 'BCP'`);
  for (let i = 0; i < 5; i++)
    long.query(`INSERT INTO registration (number, ${columns}) SELECT number + ${10000 * 2 ** i}, ${columns} FROM registration WHERE exam = 'BCP'`);
  long.query(`UPDATE establishment_exam SET version = version + 1 WHERE exam_session = ${sessionOf('bcp')}`);
  return long;
}

/** A browser that stops reading after the first bytes: { first(), rest() }. */
function slow(long, browser, address) {
  const socket = net.connect(long.port, '127.0.0.1'),
    parts = [];
  const cookie = browser.cookie;
  const ended = new Promise((resolve) => socket.on('close', resolve)),
    begun = new Promise((resolve) => socket.once('data', resolve));
  socket
    .on('data', (part) => {
      if (parts.push(part) === 1) socket.pause();
    })
    .on('error', () => {});
  socket.write(`GET ${address} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: ${cookie}\r\nConnection: close\r\n\r\n`);
  return {
    first: () => begun,
    rest: async () => {
      socket.resume();
      await ended;
      return Buffer.concat(parts);
    },
  };
}

/** The body of a chunked answer, and whether its last chunk came. */
function unchunk(answer) {
  let at = answer.indexOf('\r\n\r\n') + 4;
  for (const parts = []; ; ) {
    const end = answer.indexOf('\r\n', at),
      size = end < 0 ? NaN : parseInt(answer.subarray(at, end), 16);
    if (Number.isNaN(size) || end + 2 + size > answer.length) return { whole: false, body: Buffer.concat(parts) };
    if (size === 0) return { whole: true, body: Buffer.concat(parts) };
    parts.push(answer.subarray(end + 2, end + 2 + size));
    at = end + 2 + size + 2;
  }
}

test('a slow browser takes thousands of rows, and no connection to the base meanwhile; what fails in the middle breaks off', async () => {
  const long = await longServer();
  try {
    const browser = await loginHead(long),
      rows = Number(long.query("SELECT count(*) FROM registration WHERE exam = 'BCP'"));
    assert.ok(rows > 3000, String(rows));
    const wanted = (await browser.get(`${at}/candidats.csv?liste=specialites`)).body
      .trim()
      .split(/\r?\n/)
      .slice(1)
      .map((line) => line.split(';')[0]);
    const one = slow(long, browser, `${at}/candidats.pdf?liste=specialites`);
    assert.match((await one.first()).toString('latin1'), /^HTTP\/1.1 200 /);
    assert.equal(
      (
        await wire(`${long.url}${at}/candidats`, {
          headers: { cookie: browser.cookie },
          timeout: 10000,
        })
      ).status,
      200,
      'the only connection is free',
    );
    const { whole, body } = unchunk(await one.rest());
    assert.ok(whole);
    const file = path.join(server.state, 'runtime/long.pdf');
    fs.writeFileSync(file, body);
    execFileSync('qpdf', ['--check', file], { stdio: 'pipe' });
    const numbers = execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8', maxBuffer: 1 << 28 })
      .match(/^ *\d+-\d+ /gm)
      .map((number) => number.trim());
    assert.equal(wanted.length, rows);
    assert.deepEqual(numbers, wanted);

    for (const list of ['candidats.pdf', 'candidats.csv', 'candidats?lignes=toutes', 'retours.csv', 'retours?lignes=toutes']) {
      const broken = slow(long, browser, `${at}/${list}`),
        told = () => long.errorLog().split('INS042').length,
        before = told();
      assert.match((await broken.first()).toString('latin1'), /^HTTP\/1.1 200 /, list);
      long.query('ALTER TABLE registration RENAME TO registration_elsewhere');
      const half = unchunk(await broken.rest());
      assert.equal(half.whole, false, list);
      assert.ok(half.body.length > 0, list);
      await until('the log says why', () => told() === before + 1);
      long.query('ALTER TABLE registration_elsewhere RENAME TO registration');
    }
    long.query('ALTER TABLE registration RENAME TO registration_elsewhere');
    const none = await browser.get(`${at}/bordereau.pdf`);
    assert.equal(none.status, 500, 'nothing has left yet: a page says so, and whose fault it is');
    assert.equal(none.headers.get('content-disposition'), null);
  } finally {
    await long.stop();
  }
});
