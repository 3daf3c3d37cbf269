// SPDX-License-Identifier: Apache-2.0
//
// Messages to candidates, from the transaction that writes them to the mailbox: what they say, when they come again, that none
// comes twice.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { after, afterEach, before, test } from 'node:test';

import { Browser } from '../lib/browser.mjs';
import { Server, top } from '../lib/server.mjs';
import { Sink, read } from '../lib/smtp.mjs';
import { answers, certify, fillStep, loginPupils, pupil, register, registerAlone, toSummary, walkOn } from '../lib/walk.mjs';

let server, sink;
before(async () => {
  server = await Server.start();
  sink = await Sink.start();
});
after(async () => {
  await server?.stop();
  await sink?.stop();
});
afterEach(() => {
  sink.behave = () => 'take';
  sink.messages.length = 0;
  server.query('DELETE FROM outbox');
});

const templates = path.join(top, 'htdocs/messages');
const options = () => ['mail', '--via', sink.url, '--from', 'examens@example.org', '--templates', templates];

/** inscrinetctl beside this process, which answers it as the mail server. */
function mail(args = options()) {
  return new Promise((resolve) => {
    const child = spawn(path.join(server.state, 'app/inscrinetctl'), ['-d', server.database, ...args]);
    let stdout = '',
      stderr = '';
    child.stdout.on('data', (data) => {
      stdout += data;
    });
    child.stderr.on('data', (data) => {
      stderr += data;
    });
    child.on('close', (status) => resolve({ status, stdout, stderr }));
  });
}

const with_address = (forename, address) => ({ identite: { 'Prénom 1': forename }, coordonnees: { 'Adresse électronique': address } });
const row = (columns) => server.query(`SELECT ${columns} FROM outbox ORDER BY id DESC LIMIT 1`).split('|');

test('a receipt with number, revision, time and recap; once', async () => {
  const pupils = await loginPupils(server);
  const done = await register(pupils, with_address('Zoé', 'zoe@example.org'));
  const [, number] = /(\d+)-0/.exec(done.text),
    [, code] = /Code personnel : (\S+)/.exec(done.text);
  const run = await mail();
  assert.deepEqual([run.status, run.stdout], [0, 'mail: 1 sent, 0 failed, 0 waiting\n'], run.stderr);
  const [message] = sink.messages;
  assert.deepEqual([message.from, message.to], ['examens@example.org', 'zoe@example.org']);
  assert.equal(message.subject, `Pré-inscription ${number}-0 enregistrée – Baccalauréat professionnel (BCP)`);
  assert.equal(message.headers['auto-submitted'], 'auto-generated');
  assert.match(message.headers['message-id'], /^<\S+@example\.org>$/);
  for (const said of [
    `sous le numéro ${number}-0`,
    `Code personnel : ${code}`,
    'Validée le',
    '(heure de Paris)',
    'Nom de naissance : Łukasz-N’Guyễn',
    'Prénom 1 : Zoé',
    'Date de naissance : 07/07/2008',
    'Commune de naissance : Nœux-les-Mines',
    'À remettre à votre établissement',
  ])
    assert.ok(message.text.includes(said), `${said} in ${message.text}`);
  assert.ok(!message.text.includes('aménagement'), 'the answer on handicap stays at home');
  assert.equal((await mail()).stdout, 'mail: 0 sent, 0 failed, 0 waiting\n');
  assert.equal(sink.messages.length, 1);
  assert.equal(row('recipient')[0], '', 'what was sent keeps no address');
});

test('without an address nothing is written', async () => {
  const pupils = await loginPupils(server);
  const summary = await toSummary(pupils, { identite: { 'Prénom 1': 'Sansadresse' }, coordonnees: { 'Adresse électronique': '' } });
  await pupils.press(summary, 'Valider mon inscription', certify);
  assert.equal(Number(server.query('SELECT count(*) FROM outbox')), 0);
});

/** Modify what has just been registered; its number. */
async function modify(pupils, done, changes) {
  const [, number] = /(\d+)-0/.exec(done.text),
    [, code] = /Code personnel : (\S+)/.exec(done.text);
  const page = await pupils.press(await pupils.go('/inscription-etablissement/bcp/modification'), 'Suite', {
    "Numéro d'inscription": number,
    'Date de naissance': '07/07/2008',
    'Code personnel': code,
  });
  const summary = await walkOn(pupils, page, changes);
  assert.equal((await pupils.press(summary, 'Valider mon inscription', certify)).h1, 'Inscription enregistrée');
  return number;
}

test('a modification sends a receipt of its own; one that waited tells what it was about', async () => {
  const pupils = await loginPupils(server);
  const done = await register(pupils, with_address('Modeste', 'modeste@example.org'));
  const number = await modify(pupils, done, { Classe: 'TNOUVELLE' });
  assert.equal((await mail()).stdout, 'mail: 2 sent, 0 failed, 0 waiting\n');
  const of = (revision) => sink.messages.find((one) => one.subject.includes(`${number}-${revision} `));
  assert.match(of(0).text, /Classe : TMELEC2/);
  assert.match(of(1).text, /Classe : TNOUVELLE/);
  assert.match(of(1).text, /seule la confirmation portant le numéro \d+-1 est valable/);
});

test('a lost code goes to the address of the registration, and only there', async () => {
  const visitor = new Browser(server.url),
    flat = Object.assign({}, ...Object.values(pupil));
  delete flat['Catégorie du candidat'];
  let page = await visitor.press(await visitor.go('/inscription/cap/'), 'Nouvelle inscription');
  page = await walkOn(visitor, page, {
    ...flat,
    'Catégorie du candidat': 'Individuel',
    'Date de naissance': '01/02/1990',
    'Nom de naissance': 'Oublieux',
    'Adresse électronique': 'oubli@example.org',
  });
  page = await visitor.press(page, 'Valider mon inscription', certify);
  const [, number] = /(\d+)-0/.exec(page.text),
    [, code] = /Code personnel : (\S+)/.exec(page.text);
  await mail();
  sink.messages.length = 0;
  const ask = async (born) =>
    visitor.press(await visitor.go('/inscription/cap/code-oublie'), 'Suite', { "Numéro d'inscription": number, 'Date de naissance': born });
  const [right, wrong] = [await ask('01/02/1990'), await ask('02/02/1990')];
  assert.equal(right.text, wrong.text, 'the page says the same');
  assert.equal((await mail()).stdout, 'mail: 1 sent, 0 failed, 0 waiting\n');
  assert.equal(sink.messages[0].to, 'oubli@example.org');
  assert.ok(sink.messages[0].text.includes(`Code personnel : ${code}`));
});

/** Somebody who leaves his registration unfinished: the code of his draft. */
async function leave(pupils, address) {
  let page = await pupils.press(await pupils.go('/inscription-etablissement/bcp/'), 'Nouvelle inscription');
  for (const step of ['candidature', 'identite', 'naissance']) page = await fillStep(pupils, page, step, answers()[step]);
  page = await pupils.press(page, 'Enregistrer et quitter', { 'Adresse électronique': address });
  return /Code de reprise : (\S+)/.exec(page.text)[1];
}
const ends = (time) => server.ctl(['window', 'extend', 'bcp', 'inscription-etablissement', time]);
const due = () => server.query('UPDATE outbox SET next_try = 1 WHERE next_try IS NOT NULL');
/** One reminder that the mail server has put off. */
async function putOff() {
  ends('+6d');
  sink.behave = () => 'later';
  assert.equal((await mail()).stdout, 'mail: 0 sent, 1 failed, 1 waiting\n');
  sink.behave = () => 'take';
  due();
}

test('a reminder that waited is of its own draft, to its own address, or of none', async () => {
  const pupils = await loginPupils(server);
  await leave(pupils, 'partie@example.org');
  const gone = server.query("SELECT id FROM draft WHERE email = 'partie@example.org'");
  await putOff();
  server.query(`DELETE FROM draft WHERE id = ${gone}`);
  ends('+30d');
  await leave(pupils, 'arrivee@example.org');
  const come = server.query("SELECT id FROM draft WHERE email = 'arrivee@example.org'");
  assert.ok(Number(come) > Number(gone), 'its number is nobody else’s');
  ends('+6d');
  server.query(`UPDATE outbox SET draft = ${come} WHERE draft = ${gone}`); /* and if it were */
  server.query(`UPDATE draft SET reminded = 7 WHERE id = ${come}`);
  assert.equal((await mail()).stdout, 'mail: 0 sent, 0 failed, 0 waiting\n');
  assert.deepEqual(sink.messages, []);

  ends('+30d');
  const code = await leave(pupils, 'fautive@example.org');
  await putOff();
  const home = await pupils.go('/inscription-etablissement/bcp/reprise');
  const found = await pupils.press(home, 'Suite', { 'Code de reprise': code, 'Date de naissance': '07/07/2008' });
  const page = await pupils.go(found.address.replace('/candidature?', '/coordonnees?'));
  await pupils.press(page, 'Enregistrer et quitter', { 'Adresse électronique': 'juste@example.org' });
  assert.equal((await mail()).stdout, 'mail: 0 sent, 0 failed, 0 waiting\n', 'the address was corrected');
  assert.deepEqual(sink.messages, []);
  ends('+47h');
  await mail();
  assert.deepEqual(sink.messages.map((one) => one.to).sort(), ['arrivee@example.org', 'juste@example.org']);
  server.query("DELETE FROM draft WHERE email LIKE '%@example.org'");
  ends('+30d');
});

test('a receipt that waited goes to no address that the candidate has corrected since', async () => {
  const pupils = await loginPupils(server);
  const done = await register(pupils, with_address('Correcte', 'faute@example.org'));
  const number = await modify(pupils, done, { 'Adresse électronique': 'correcte@example.org' });
  assert.equal((await mail()).stdout, 'mail: 1 sent, 0 failed, 0 waiting\n');
  assert.deepEqual([sink.messages[0].to, sink.messages[0].subject.includes(`${number}-1 `)], ['correcte@example.org', true]);
});

test('reminders a week and two days before the end, each once', async () => {
  const code = await leave(await loginPupils(server), 'tard@example.org');
  assert.equal((await mail()).stdout, 'mail: 0 sent, 0 failed, 0 waiting\n', 'the end is far');
  ends('+6d');
  assert.equal((await mail()).stdout, 'mail: 1 sent, 0 failed, 0 waiting\n');
  assert.equal((await mail()).stdout, 'mail: 0 sent, 0 failed, 0 waiting\n');
  ends('+47h');
  assert.equal((await mail()).stdout, 'mail: 1 sent, 0 failed, 0 waiting\n');
  assert.equal((await mail()).stdout, 'mail: 0 sent, 0 failed, 0 waiting\n');
  assert.equal(sink.messages.length, 2);
  for (const message of sink.messages) {
    assert.match(message.subject, /^Inscription non validée : clôture le \d\d\/\d\d\/\d{4} \d\d:\d\d/);
    assert.ok(message.text.includes(`Code de reprise : ${code}`) && message.text.includes('vous n’êtes pas inscrit'));
  }
});

test('what is refused comes again after five minutes, half an hour, 2, 8 and 24 hours, then is given up', async () => {
  await register(await loginPupils(server), with_address('Refus', 'refus@example.org'));
  sink.behave = () => 'refuse';
  for (const minutes of [5, 30, 120, 480, 1440]) {
    const before = Math.floor(Date.now() / 1000),
      run = await mail();
    assert.equal(run.status, 1);
    assert.match(run.stderr, /^inscrinetctl: message \d+: .*\(SMTP 550\)$/m);
    assert.ok(!run.stderr.includes('refus@example.org'), 'no address in a log');
    assert.equal(run.stdout, 'mail: 0 sent, 1 failed, 1 waiting\n');
    const waits = Number(row('next_try')[0]) - before;
    assert.ok(waits >= minutes * 60 - 1 && waits <= minutes * 60 + 30, `${waits} seconds`);
    assert.equal((await mail()).stdout, 'mail: 0 sent, 0 failed, 1 waiting\n', 'not before its time');
    server.query('UPDATE outbox SET next_try = 1 WHERE next_try IS NOT NULL');
  }
  await mail();
  assert.deepEqual(row('next_try, recipient, sent'), ['', '', ''], 'given up, without an address');
});

test('a server that puts off or hangs up: it comes again and is taken', async () => {
  await register(await loginPupils(server), with_address('Patience', 'patience@example.org'));
  for (const how of ['later', 'hang up']) {
    sink.behave = () => how;
    assert.equal((await mail()).status, 1, how);
    server.query('UPDATE outbox SET next_try = 1 WHERE next_try IS NOT NULL');
  }
  sink.behave = () => 'take';
  assert.equal((await mail()).stdout, 'mail: 1 sent, 0 failed, 0 waiting\n');
});

test('two who send at once send each message once', async () => {
  const pupils = await loginPupils(server);
  const names = ['Un', 'Deux', 'Trois', 'Quatre', 'Cinq', 'Six'];
  for (const name of names) await register(pupils, with_address(`Ensemble ${name}`, `${name.toLowerCase()}@example.org`));
  const runs = await Promise.all([mail(), mail(), mail()]);
  assert.deepEqual(
    runs.map((run) => run.status),
    [0, 0, 0],
    runs.map((run) => run.stderr).join(),
  );
  assert.deepEqual(sink.messages.map((one) => one.to).sort(), names.map((name) => `${name.toLowerCase()}@example.org`).sort());
});

test('sendmail: the program gets the message, and the address as one word', async () => {
  await register(await loginPupils(server), with_address('Programme', "o'neil+bac@example.org"));
  const program = path.join(server.state, 'runtime/sendmail'),
    kept = path.join(server.state, 'runtime/sent');
  fs.writeFileSync(program, `#!/bin/sh\nprintf '%s\\n' "$@" > ${kept}.words\ncat > ${kept}\n`, { mode: 0o755 });
  const run = await mail(['mail', '--via', `sendmail:${program}`, '--from', 'examens@example.org', '--templates', templates]);
  assert.equal(run.stdout, 'mail: 1 sent, 0 failed, 0 waiting\n', run.stderr);
  assert.deepEqual(fs.readFileSync(`${kept}.words`, 'utf8').trim().split('\n'), ['-i', '-f', 'examens@example.org', '--', "o'neil+bac@example.org"]);
  const message = read('', '', fs.readFileSync(kept, 'utf8').split('\r\n'));
  assert.equal(message.headers.to, "<o'neil+bac@example.org>");
  assert.match(message.text, /Prénom 1 : Programme/);
  fs.writeFileSync(program, '#!/bin/sh\nexit 75\n', { mode: 0o755 });
  await register(await loginPupils(server), with_address('Échec', 'echec@example.org'));
  assert.match(
    (await mail(['mail', '--via', `sendmail:${program}`, '--from', 'examens@example.org', '--templates', templates])).stdout,
    /0 sent, 1 failed, 1 waiting/,
  );
});

test('settings: parameters stand for the options; without them one clear line', async () => {
  const bare = ['mail', '--templates', templates];
  let run = await mail(bare);
  assert.equal(run.status, 1);
  assert.match(run.stderr, /^inscrinetctl: how are messages sent\?/);
  server.ctl(['parameter', 'set', 'courriel_serveur', sink.url]);
  run = await mail(bare);
  assert.match(run.stderr, /^inscrinetctl: who sends\?/);
  server.ctl(['parameter', 'set', 'courriel_expediteur', 'dec@example.org']);
  server.ctl(['parameter', 'set', 'adresse_site', 'https://examens.example.org/']);
  await register(await loginPupils(server), with_address('Réglage', 'reglage@example.org'));
  assert.equal((await mail(bare)).status, 0);
  assert.equal(sink.messages[0].from, 'dec@example.org');
  assert.match(sink.messages[0].text, /https:\/\/examens\.example\.org\//);
  assert.equal((await mail([...bare, '--via', 'http://127.0.0.1/'])).status, 1);
});

test('page, message and document say where the signed confirmation goes in the same words', async () => {
  const pupils = await loginPupils(server),
    alone = new Browser(server.url);
  for (const [browser, done, sentence] of [
    [pupils, await register(pupils, with_address('Zachée', 'zoe@example.org')), 'À remettre à votre établissement'],
    [alone, await registerAlone(alone, 'cap', { 'Adresse électronique': 'zoe@example.org' }), 'À envoyer'],
  ]) {
    await mail();
    const said = new RegExp(`${sentence}.*`).exec(sink.messages.map(({ text }) => text).join('\n'))[0].trim();
    const page = await browser.go(done.link('La confirmation en version accessible (page web)')),
      pdf = await browser.go(done.link('Imprimer la confirmation'));
    const drawn = spawnSync('pdftotext', ['-', '-'], { input: pdf.pdf }).stdout.toString();
    for (const text of [done.text, page.text, drawn]) assert.ok(text.replace(/\s+/g, ' ').includes(said.replace(/\s+/g, ' ')), `${said} in ${text}`);
  }
});
