// SPDX-License-Identifier: Apache-2.0
//
// What the product costs, as ratios: each row measures the product and the least that any server would have to do, in
// turn, in the same run and on the same machine. Absolute numbers belong to the machine and the moment; a ratio, the
// median of the rounds' ratios, stays. Processor times are those of the server's processes alone (PostgreSQL's with
// them, where it is the base); the load generator's never count, though it runs on the same machine.
//
//   list          « tous les candidats » of a school of some 500 in a base of 25,000, against mod_bare.c
//   logins        a class of 30 that logs in at once, against 30 comparisons of its password (bench_hashes.c)
//   compressed    pages as mod_deflate sends them, against the same as they are
//   unchanged     the portal, asked for with its ETag, against httpd's own 304 of the style sheet
//   form          each page of the wizard, for a specialty with units, against a static file of its bytes, served in
//                 the way of httpd (mapped into memory, or read) that costs less on this machine
//   final         « Valider mon inscription » of a candidate with units and an address, against the raw transaction of
//                 bench_transaction.c; and its 99th percentile, against a server whose writers don't queue (no_queue.c)
//   printed       one candidate's confirmation as his school prints it, against PHP with TCPDF (peers/confirmation.php)
//   confirmation  the confirmation's page, against libharu drawing it plainly: bench_confirmation.c
//   exchange      loads of pupils against .import and COPY, unloads of candidates against dumps of their rows (exchange.mjs);
//                 BENCH_ROWS=20000,100000 in the environment says how many
//   siecle        a SIECLE export of 100 MB as rows, against libxml2's SAX2 reader that looks at nothing (bench_siecle.c)
import { spawn, spawnSync } from 'node:child_process';
import crypto from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { extend, optionOf, sessionOf } from '../lib/academy.mjs';
import { Browser } from '../lib/browser.mjs';
import { base, build, run, Server, until } from '../lib/server.mjs';
import { wire } from '../lib/wire.mjs';
import { individual, login, pupil, required, stepOf, walkOn } from '../lib/walk.mjs';

import { exchange } from './exchange.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const rounds = 5,
  seconds = 2,
  connections = 8;
const candidates = 25000,
  establishments = 51; // so that one open school has some 500 candidates of BCP
const tick = 1e6 / Number(spawnSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }).stdout);

// ---------------------------------------------------------------- measuring

/** wrk's rounds hold this process up: connections that the server has closed meanwhile are noticed afterwards. */
const breathe = () => new Promise((resolve) => setTimeout(resolve, 50));

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const times = Array.from({ length: rounds }, (_, i) => i);

/** Microseconds of processor that the processes below some have used, those that have ended included. */
function processorTime(roots) {
  const children = new Map(),
    used = new Map();
  for (const name of fs.readdirSync('/proc').filter((one) => /^\d+$/.test(one))) {
    let stat;
    try {
      stat = fs.readFileSync(`/proc/${name}/stat`, 'utf8');
    } catch {
      continue;
    }
    const fields = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    used.set(Number(name), (fields[11] + fields[12] + fields[13] + fields[14]) * tick);
    children.set(fields[1], [...(children.get(fields[1]) ?? []), Number(name)]);
  }
  const sum = (pid) => (used.get(pid) ?? 0) + (children.get(pid) ?? []).reduce((all, child) => all + sum(child), 0);
  return roots.reduce((all, pid) => all + sum(pid), 0);
}

/** One round of wrk: { requests, rate, seconds, p99 }; answers that are none are an error, unless they are expected. */
function load(address, { cookie, tag, compressed = false, script = [], duration = seconds, failing = false } = {}) {
  const args = [
    '-t1',
    '--latency',
    `-c${connections}`,
    `-d${duration}s`,
    ...(cookie ? ['-H', `Cookie: ${cookie}`] : []),
    ...(compressed ? ['-H', 'Accept-Encoding: gzip'] : []),
    ...(tag ? ['-H', `If-None-Match: ${tag}`] : []),
    ...(script.length ? ['-s', script[0]] : []),
    address,
    ...(script.length ? ['--', ...script.slice(1)] : []),
  ];
  const done = spawnSync('wrk', args, { encoding: 'utf8' });
  const said = /(\d+) requests in ([\d.]+)(ms|s|m),/.exec(done.stdout ?? '');
  if (!said || (!failing && /Non-2xx|Socket errors: connect [^0]/.test(done.stdout)))
    throw new Error(`wrk ${address}: ${done.error ?? ''}${done.stdout}${done.stderr}`);
  const [, p99, unit] = /^ +99% +([\d.]+)(us|ms|s) *$/m.exec(done.stdout),
    elapsed = Number(said[2]) * { ms: 0.001, s: 1, m: 60 }[said[3]];
  return { requests: Number(said[1]), seconds: elapsed, rate: Number(said[1]) / elapsed, p99: Number(p99) * { us: 0.001, ms: 1, s: 1000 }[unit] };
}

/** Contenders in turn, each round in another order: for each the rounds' rates and processor times a request. */
function inTurn(contenders, roots, duration = seconds) {
  const measured = contenders.map(() => ({ rate: [], cpu: [] }));
  for (const one of contenders) load(one.address, { ...one, duration: 1 }); // connections and statements are made
  for (const round of times) {
    const order = contenders.map((_, i) => (i + round) % contenders.length);
    for (const i of order) {
      const before = processorTime(roots);
      const { rate, requests } = load(contenders[i].address, { ...contenders[i], duration });
      measured[i].rate.push(rate);
      measured[i].cpu.push((processorTime(roots) - before) / requests);
    }
  }
  return measured;
}

const ratio = (ours, theirs, what) => median(times.map((i) => ours[what][i] / theirs[what][i]));
const whole = (values) => String(Math.round(median(values)));

function table(columns, rows) {
  console.log(`| ${columns.join(' | ')} |`);
  console.log(`|${columns.map((_, i) => (i === 0 ? '---' : '--:')).join('|')}|`);
  for (const row of rows) console.log(`| ${row.join(' | ')} |`);
  console.log('');
}

// ---------------------------------------------------------------- the server and who is logged in

const phpSocket = (server) => path.join(server.state, 'php/socket');

const extra = (state) => `
AliasMatch "^/pair/(.*)" "${here}/peers/$1"
<Directory "${here}/peers">
    Require all granted
</Directory>
<Location "/pair/">
    SetHandler "proxy:unix:${phpSocket({ state })}|fcgi://pair"
</Location>
AliasMatch "^/fixe/(?:mapped|read)/(.*)" "${state}/fixed/$1"
<Directory "${state}/fixed">
    Require all granted
</Directory>
<Location "/fixe/">
    SetHandler None
</Location>
<Location "/fixe/read/">
    EnableMMAP Off
</Location>
<Location "/bare/list">
    SetHandler bare-list
</Location>
`;

const proxy = ['proxy', 'proxy_fcgi'].map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so\n`).join('');

async function startServer() {
  const server = await Server.make({ establishments, candidates });
  const bare = path.join(server.state, 'app/mod_bare.so');
  fs.copyFileSync(path.join(build, 'bench/mod_bare.so'), bare);
  fs.mkdirSync(path.join(server.state, 'fixed'));
  server.configure({ extra: extra(server.state), global: base === 'sqlite' ? `LoadModule bare_module "${bare}"\n${proxy}` : '' });
  await server.launch();
  return server;
}

/** The open school whose number of candidates is nearest to 500: { id, code, count }. */
function school(server) {
  const open = server.accounts.filter((one) => one.service === 'etablissement' && one.state === 'open').map((one) => `'${one.login}'`);
  const rows = server.query(`SELECT e.id, e.code, count(*) FROM registration r JOIN establishment e ON e.id = r.establishment
    WHERE r.exam = 'BCP' AND e.code IN (${open.join(', ')}) GROUP BY e.id, e.code ORDER BY abs(count(*) - 500), e.code LIMIT 1`);
  const [id, code, count] = rows.split('|');
  return { id, code, count };
}

const account = (server, service, code) => server.accounts.find((one) => one.service === service && one.login === code);
async function enter(server, service, code) {
  await breathe();
  return login(server, service, account(server, service, code));
}

// ---------------------------------------------------------------- list

async function list(server) {
  const of = school(server);
  const head = await enter(server, 'etablissement', of.code);
  const address = `${server.url}/etablissement/bcp/candidats?lignes=toutes`,
    bareAddress = `${server.url}/bare/list?${of.id}`;
  const [page, bare] = [await head.get(address), await head.get(bareAddress)];
  const rowsOf = (one) => one.body.match(/^<tr><td class="number">.*$/gm) ?? [];
  if (rowsOf(page).length !== Number(of.count)) throw new Error(`the list has ${rowsOf(page).length} rows, the school ${of.count}`);
  if (rowsOf(bare).join('') !== rowsOf(page).join('')) throw new Error(`the bare handler's rows are others: ${rowsOf(bare)[0]} instead of ${rowsOf(page)[0]}`);
  const [ours, theirs] = inTurn([{ address, cookie: head.cookie }, { address: bareAddress }], [server.process.pid]);
  table(
    ['a list', 'bytes', 'requests/s', 'CPU µs', 'bare handler: bytes', 'requests/s', 'CPU µs', 'CPU ratio', 'aim'],
    [
      [
        `${of.count} candidates of ${candidates}`,
        Buffer.byteLength(page.body),
        whole(ours.rate),
        whole(ours.cpu),
        Buffer.byteLength(bare.body),
        whole(theirs.rate),
        whole(theirs.cpu),
        ratio(ours, theirs, 'cpu').toFixed(2),
        '≤ 1.3',
      ],
    ],
  );
}

/** The same pages for a browser that takes them compressed. */
async function compressed(server) {
  const head = await enter(server, 'etablissement', school(server).code),
    rows = [];
  for (const [title, at, cookie] of [
    ['the portal', '/', ''],
    ['a list', '/etablissement/bcp/candidats', head.cookie],
    ['a whole list', '/etablissement/bcp/candidats?lignes=toutes', head.cookie],
  ]) {
    const address = server.url + at,
      size = async (encoding) => (await wire(address, { headers: { cookie, 'accept-encoding': encoding } })).body.length,
      sizes = [await size('identity'), await size('gzip')];
    if (sizes[1] > sizes[0] / 2) throw new Error(`${address} is not compressed: ${sizes}`);
    const [plain, packed] = inTurn(
      [
        { address, cookie },
        { address, cookie, compressed: true },
      ],
      [server.process.pid],
    );
    rows.push([title, sizes[0], whole(plain.cpu), sizes[1], whole(packed.cpu), ratio(packed, plain, 'cpu').toFixed(2)]);
  }
  table(['a page', 'bytes', 'CPU µs', 'compressed: bytes', 'CPU µs', 'CPU ratio'], rows);
}

async function unchanged(server) {
  const visitor = new Browser(server.url),
    portal = await visitor.get(`${server.url}/`),
    style = new URL(portal.html.querySelector('link[rel=stylesheet]').getAttribute('href'), server.url).href;
  const contenders = [];
  for (const one of [`${server.url}/`, style]) {
    // mod_deflate marks the tag of what it has compressed, and httpd then knows it no more
    const plain = { 'accept-encoding': 'identity' },
      tag = (await visitor.get(one, { headers: plain })).headers.get('etag');
    if ((await visitor.get(one, { headers: { ...plain, 'if-none-match': tag } })).status !== 304) throw new Error(`${one}: no 304`);
    contenders.push({ address: one, tag, cookie: '' });
  }
  const [ours, theirs] = inTurn(contenders, [server.process.pid]);
  table(
    ['an unchanged portal', 'requests/s', 'CPU µs', 'the style sheet: requests/s', 'CPU µs', 'CPU ratio', 'aim'],
    [['304', whole(ours.rate), whole(ours.cpu), whole(theirs.rate), whole(theirs.cpu), ratio(ours, theirs, 'cpu').toFixed(2), '≤ 3']],
  );
}

// ---------------------------------------------------------------- logins

const CLASS = 30;

/** A class that logs in at once: the seconds until all are in. */
async function classLogsIn(server, { login: code, password }) {
  const browsers = Array.from({ length: CLASS }, () => new Browser(server.url)),
    pages = [];
  for (const browser of browsers) pages.push(await browser.go('/inscription-etablissement/connexion'));
  const began = performance.now(),
    answers = await Promise.all(
      browsers.map((browser, i) => browser.submit(pages[i], 'Se connecter', { 'Code établissement': code, 'Mot de passe': password })),
    );
  const elapsed = (performance.now() - began) / 1000;
  if (answers.some(({ status }) => status !== 303)) throw new Error(`${answers.map(({ status }) => status)}`);
  return elapsed;
}

async function logins(server) {
  const of = account(server, 'inscription-etablissement', school(server).code),
    hashes = () => Number(run(path.join(build, 'bench/bench_hashes'), [of.password, CLASS, os.cpus().length].map(String)).stdout),
    [ours, theirs] = [[], []];
  await classLogsIn(server, of);
  for (const round of times)
    for (const i of round % 2 ? [1, 0] : [0, 1])
      if (i) theirs.push(hashes());
      else ours.push(await classLogsIn(server, of));
  table(
    ['a class of 30 logs in at once', 'ms', '30 comparisons of a password: ms', 'ratio', 'aim'],
    [
      [
        'all are in',
        whole(ours.map((one) => 1000 * one)),
        whole(theirs.map((one) => 1000 * one)),
        median(times.map((i) => ours[i] / theirs[i])).toFixed(2),
        '≤ 1.2',
      ],
    ],
  );
}

// ---------------------------------------------------------------- form

/** The specialty of an exam that has most units. */
const richest = (server, exam) =>
  server.query(`SELECT s.code FROM exam_unit u JOIN specialty s ON s.code = u.specialty
  WHERE s.exam = '${exam.toUpperCase()}' AND u.status <> 'invented' GROUP BY s.code ORDER BY count(*) DESC, s.code LIMIT 1`);

/** What somebody of a public exam sends for a page: each unit kept but the first one, optional ones taken, the rest as little as may be. */
function answersTo(browser, page, specialty) {
  const given = { ...individual };
  delete given['Catégorie du candidat']; // each exam has its own: the first one
  const shown = [...page.html.querySelectorAll('main label'), ...page.html.querySelectorAll('main legend')].map((one) => one.text.replace(/\s+/g, ' ').trim());
  const labels = Object.fromEntries(Object.entries(given).filter(([label]) => shown.includes(label)));
  const { action, fields } = browser.prepare(page, 'Suite', labels);
  for (const [name, value] of Object.entries(required(page, labels))) if (!fields.get(name)) fields.set(name, value);
  if (fields.has('specialite')) fields.set('specialite', specialty);
  const states = [...fields.keys()].filter((name) => name.startsWith('etat-'));
  for (const name of states.slice(1))
    if (page.html.querySelector(`[name="${name}"] option[value="B"], input[name="${name}"][value="B"]`)) fields.set(name, 'B');
  for (const control of page.html.querySelectorAll('input[name^="facultative-"]')) fields.set(control.getAttribute('name'), 'O');
  for (const control of page.html.querySelectorAll('main select[required]'))
    if (!fields.get(control.getAttribute('name'))) fields.set(control.getAttribute('name'), control.querySelectorAll('option').at(-1).getAttribute('value'));
  for (const control of page.html.querySelectorAll('input[name^="note-"]')) fields.set(control.getAttribute('name'), '12,5');
  for (const control of page.html.querySelectorAll('input[name^="session-"]')) fields.set(control.getAttribute('name'), String(new Date().getFullYear() - 1));
  return { action, fields };
}

/** From the first step to the summary, each page seen: { step: [address, bytes] }. */
async function walkThrough(server, exam) {
  const browser = new Browser(server.url),
    specialty = richest(server, exam),
    seen = {};
  await breathe();
  let page = await browser.press(await browser.go(`/inscription/${exam}/`), 'Nouvelle inscription');
  for (let i = 0; i < 12 && page.h1 !== 'Récapitulatif'; i++) {
    const { action, fields } = answersTo(browser, page, specialty);
    seen[stepOf(page)] = page.address;
    const answer = await browser.post(action, fields);
    if (answer.status !== 303) throw new Error(`${page.address}: ${answer.errors}`);
    page = await browser.go(new URL(answer.location, page.address).href);
  }
  return { browser, seen: { ...seen, recapitulatif: page.address } };
}

/** A page of the wizard against a static file of its bytes. */
async function formRow(server, browser, title, address, name) {
  await breathe();
  const page = await browser.get(address),
    bytes = Buffer.byteLength(page.body),
    file = `${name}.html`;
  if (page.status !== 200 || !page.html.querySelector('main form')) throw new Error(`${address}: ${page.status}`);
  fs.writeFileSync(path.join(server.state, 'fixed', file), page.body);
  const [ours, ...files] = inTurn(
    [{ address, cookie: browser.cookie }, ...['mapped', 'read'].map((way) => ({ address: `${server.url}/fixe/${way}/${file}` }))],
    [server.process.pid],
    1,
  );
  const theirs = files.reduce((one, other) => (median(one.cpu) <= median(other.cpu) ? one : other));
  return [title, bytes, whole(ours.rate), whole(ours.cpu), whole(theirs.rate), whole(theirs.cpu), ratio(ours, theirs, 'cpu').toFixed(2), '≤ 2'];
}

async function form(server) {
  const rows = [];
  for (const [exam, wanted] of [
    ['bcp', null],
    ['cap', ['candidature']],
  ]) {
    const { browser, seen } = await walkThrough(server, exam);
    for (const step of wanted ?? Object.keys(seen)) rows.push(await formRow(server, browser, `${exam.toUpperCase()} ${step}`, seen[step], `${exam}-${step}`));
  }
  table(['a form', 'bytes', 'requests/s', 'CPU µs', 'static file: requests/s', 'CPU µs', 'CPU ratio', 'aim'], rows);
}

// ---------------------------------------------------------------- final

/** Run a script on the server's base. */
function script(server, text) {
  if (base === 'sqlite') return run('sqlite3', ['-bail', '-cmd', '.timeout 5000', server.file], { input: text }).stdout;
  const done = spawnSync('psql', ['-X', '-q', '-v', 'ON_ERROR_STOP=1', '-d', server.conninfo], { input: text, encoding: 'utf8', maxBuffer: 1 << 28 });
  if (done.status !== 0) throw new Error(done.stderr);
  return done.stdout;
}

/** Letters that tell one candidate from another: names have no figures. */
const letters = (number) => [...String(number).padStart(7, '0')].map((figure) => 'BCDFGHJKLM'[figure]).join('');

/** A national number that is nobody else's: ten figures and the letter of their rest. */
const ine = (number) => `${String(number).padStart(10, '0')}${'ABCDEFGHJKLMNPRSTUVWXYZ'[number % 23]}`;

/** What a form's field says of its secret: a salt, and what the secret makes of it. */
function seal(secret) {
  const salt = crypto.randomBytes(8).toString('hex');
  return salt + crypto.createHmac('sha256', secret).update(salt).digest('hex');
}

/** What is registered, again and again: sessions of one school, and drafts that are right but for their name. */
class Drafts {
  static async make(server) {
    const drafts = new Drafts();
    drafts.server = server;
    drafts.school = school(server);
    const specialty = richest(server, 'bcp');
    extend(server, drafts.school.code, { specialties: [specialty] });
    const walker = await enter(server, 'inscription-etablissement', drafts.school.code);
    const first = await walker.press(await walker.go('/inscription-etablissement/bcp/'), 'Nouvelle inscription');
    const summary = await walkOn(walker, first, { ...Object.assign({}, ...Object.values(pupil)), Spécialité: optionOf(specialty) });
    if (!summary.text.includes('Nœux-les-Mines')) throw new Error(`no summary: ${summary.text}`);
    drafts.answers = JSON.parse(server.query('SELECT answers FROM draft ORDER BY id DESC LIMIT 1'));
    if (!drafts.answers.courriel || !Object.keys(drafts.answers).some((name) => name.startsWith('etat-'))) throw new Error('neither units nor an address');
    drafts.sessions = [];
    while (drafts.sessions.length < connections) drafts.sessions.push(await drafts.open());
    drafts.next = 1000;
    return drafts;
  }

  /** { id, seal, cookie } of a session of its own. */
  async open() {
    const browser = await enter(this.server, 'inscription-etablissement', this.school.code);
    const token = browser.cookies.get('inscrinet-inscription-etablissement');
    const digest = crypto.createHash('sha256').update(token).digest('hex');
    const bytes = base === 'sqlite' ? `x'${digest}'` : `'\\x${digest}'::bytea`;
    const [id, csrf] = this.server.query(`SELECT id, csrf FROM session WHERE token = ${bytes}`).split('|');
    return { id, seal: seal(csrf), cookie: browser.cookie };
  }

  /** Some more of them in each session: { items: [session, ordinal, draft][], first, last: ordinals }. */
  add(each) {
    const first = this.next,
      last = first + each - 1,
      now = Math.floor(Date.now() / 1000),
      items = [],
      text = ['BEGIN;'];
    const firstDraft = Number(this.server.query('SELECT coalesce(max(id), 0) FROM draft')) + 100000;
    let draft = firstDraft;
    for (let ordinal = first; ordinal <= last; ordinal++)
      for (const session of this.sessions) {
        const answers = JSON.stringify({ ...this.answers, prenom_1: `Z${letters(draft)}`, ine: ine(draft) }).replaceAll("'", "''");
        text.push(
          `INSERT INTO draft (id, code, exam, exam_session, service, establishment, answers, birth_date, created, changed)
             VALUES (${draft}, 'B${draft}', 'BCP', ${sessionOf('bcp')}, 'inscription-etablissement', ${this.school.id}, '${answers}',
               '2008-07-07', ${now}, ${now});`,
          `INSERT INTO session_item (session, ordinal, exam, exam_session, draft) VALUES (${session.id}, ${ordinal}, 'BCP', ${sessionOf('bcp')}, ${draft});`,
        );
        items.push([session.id, ordinal, draft++]);
      }
    script(this.server, [...text, 'COMMIT;'].join('\n'));
    this.next = last + 1;
    return { items, first, last };
  }

  registered() {
    return Number(this.server.query("SELECT next FROM number_counter WHERE exam = 'BCP'"));
  }
}

/** A round of POSTs: how many were registered a second, and processor time for each. */
function post(drafts, each, roots, { url = drafts.server.url, failing = false } = {}) {
  const { server } = drafts,
    { first, last, items } = drafts.add(each);
  const file = path.join(server.state, 'sessions');
  fs.writeFileSync(file, drafts.sessions.map((one) => `${one.cookie.replaceAll('; ', ';')} ${one.seal}\n`).join(''));
  const before = drafts.registered(),
    used = processorTime(roots);
  const { seconds: elapsed, requests, p99 } = load(url, { script: [path.join(here, 'final.lua'), file, first, last], failing });
  const cpu = processorTime(roots) - used,
    done = drafts.registered() - before;
  if (!failing && done < 0.95 * Math.min(requests, items.length))
    throw new Error(`${requests} POSTs, ${items.length} drafts, ${done} registrations\n${server.errorLog().slice(-2000)}`);
  return { rate: done / elapsed, cpu: cpu / done, p99, enough: done < items.length };
}

/** The same server on the same base, without the writers' queue. */
async function withoutQueue(server) {
  const other = await Server.make({ empty: true }),
    library = path.join(other.state, 'app/no_queue.so');
  fs.copyFileSync(path.join(build, 'bench/no_queue.so'), library);
  other.database = server.database;
  other.configure({ global: `ThreadsPerChild 1\nThreadLimit 1\nServerLimit 32\nStartServers ${2 * connections}\nMaxRequestWorkers ${2 * connections}\n` });
  other.environment = () => ({ ...server.environment(), LD_PRELOAD: library });
  await other.launch();
  return other;
}

/** The 99th percentile of the POST in milliseconds, with the queue and without. */
async function queue(server, drafts) {
  const other = await withoutQueue(server),
    counts = [{ count: 500 }, { count: 500 }],
    p99 = [[], []],
    rates = [[], []];
  try {
    for (const round of times)
      for (const i of round % 2 ? [1, 0] : [0, 1]) {
        const done = enough((...given) => post(...given, i ? { url: other.url, failing: true } : {}), drafts, counts[i], [
          server.process.pid,
          other.process.pid,
        ]);
        p99[i].push(done.p99);
        rates[i].push(done.rate);
      }
  } finally {
    await other.stop();
  }
  table(
    ['a registration, 8 clients', 'p99 ms', 'POSTs/s', 'without our queue: p99 ms', 'POSTs/s', 'p99 ratio', 'aim'],
    [
      [
        'SQLite',
        median(p99[0]).toFixed(1),
        whole(rates[0]),
        median(p99[1]).toFixed(1),
        whole(rates[1]),
        median(times.map((i) => p99[0][i] / p99[1][i])).toFixed(2),
        '≤ 0.33',
      ],
    ],
  );
}

/** A round of raw transactions on the same rows. */
function transact(drafts, each, roots) {
  const { server } = drafts,
    { items } = drafts.add(each);
  const answers = JSON.stringify(drafts.answers);
  const [specialty, category] = server.query("SELECT specialty, category FROM registration WHERE exam = 'BCP' ORDER BY number DESC LIMIT 1").split('|');
  const used = processorTime(roots);
  const session = server.query(`SELECT id FROM exam_session WHERE exam = 'BCP' AND main = 1`),
    done = run(path.join(server.state, 'app/bench_transaction'), [server.database, seconds, connections, drafts.school.id, session, specialty, category], {
      input: `${answers}\n${items.map((one) => one.join(' ')).join('\n')}\n`,
    });
  const [count, elapsed, own] = done.stdout.trim().split(' ').map(Number);
  const outside = base === 'pgsql' ? processorTime(roots) - used : 0;
  return { rate: count / elapsed, cpu: (own * 1e6 + outside) / count, enough: count < items.length };
}

/** Again with more drafts, where they ran out before the round's end. */
function enough(round, drafts, each, roots) {
  for (;;) {
    const done = round(drafts, each.count, roots);
    each.count = Math.ceil((done.rate * seconds * 1.5) / connections) + 100;
    if (done.enough) return done;
  }
}

async function final(server) {
  const drafts = await Drafts.make(server);
  const roots = [server.process.pid, ...(process.env.BENCH_CLUSTER_PID ? [Number(process.env.BENCH_CLUSTER_PID)] : [])];
  const program = path.join(server.state, 'app/bench_transaction');
  fs.copyFileSync(path.join(build, 'bench/bench_transaction'), program);
  fs.chmodSync(program, 0o755);
  const contenders = [
      [post, { count: 500 }],
      [transact, { count: 1000 }],
    ],
    measured = contenders.map(() => ({ rate: [], cpu: [] }));
  for (const round of times)
    for (const i of round % 2 ? [1, 0] : [0, 1]) {
      const { rate, cpu } = enough(contenders[i][0], drafts, contenders[i][1], roots);
      measured[i].rate.push(rate);
      measured[i].cpu.push(cpu);
    }
  const [ours, theirs] = measured;
  table(
    ['a registration, durable', 'POSTs/s', 'CPU µs', 'raw transactions/s', 'CPU µs', 'rate ratio', 'aim'],
    [
      [
        base === 'sqlite' ? 'SQLite' : 'PostgreSQL',
        whole(ours.rate),
        whole(ours.cpu),
        whole(theirs.rate),
        whole(theirs.cpu),
        ratio(ours, theirs, 'rate').toFixed(2),
        '≥ 0.5',
      ],
    ],
  );
  if (base === 'sqlite') await queue(server, drafts);
}

/** The same on a private cluster, durable, of an ordinary user, on a socket in a folder of its own. */
function onPostgres(row) {
  const bin =
    fs.existsSync('/usr/lib/postgresql') &&
    fs
      .readdirSync('/usr/lib/postgresql')
      .sort((a, b) => b - a)
      .map((version) => `/usr/lib/postgresql/${version}/bin`)
      .find((folder) => fs.existsSync(`${folder}/initdb`));
  if (!bin) return console.log('PostgreSQL is not installed: its row is left out.\n');
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'inscrinet-bench-'));
  fs.chmodSync(folder, 0o755);
  if (process.getuid() === 0) spawnSync('chown', ['www-data', folder]);
  const control = [`-D${folder}/data`, '-w', '-l', `${folder}/log`];
  try {
    run(`${bin}/initdb`, ['-D', `${folder}/data`, '-U', 'bench', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8']);
    run(`${bin}/pg_ctl`, [...control, '-o', `-k ${folder} -c listen_addresses= -c max_connections=100`, 'start']);
    const pid = fs.readFileSync(`${folder}/data/postmaster.pid`, 'utf8').split('\n')[0];
    const done = spawnSync(process.execPath, [fileURLToPath(import.meta.url), row], {
      stdio: 'inherit',
      env: { ...process.env, INSCRINET_TEST_BASE: 'pgsql', INSCRINET_TEST_PGSQL: `host=${folder} user=bench`, BENCH_CLUSTER_PID: pid },
    });
    if (done.status !== 0) process.exitCode = 1;
  } finally {
    run(`${bin}/pg_ctl`, [...control, '-m', 'immediate', 'stop'], { status: null });
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

// ---------------------------------------------------------------- printed

/** What the PHP application reads of itself: the labels of questions by step, and a text. */
function labels(server) {
  const quoted = (text) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`,
    steps = {};
  for (const { name, label, step } of JSON.parse(server.ctl(['describe', 'questions']).stdout))
    (steps[step] ??= []).push(`${quoted(name)} => ${quoted(label)}`);
  const written = Object.entries(steps).map(([step, rows]) => `${quoted(step)} => [${rows.join(', ')}]`);
  return `<?php return ['steps' => [${written.join(', ')}], 'engagement' => 'Je certifie l’exactitude des renseignements portés sur cette confirmation.'];`;
}

/** php-fpm with processes that stay, as in production; its own configuration, in the server's folder. */
async function startPhp(server) {
  const folder = path.join(server.state, 'php'),
    program = fs.readdirSync('/usr/sbin').find((name) => /^php-fpm\d/.test(name));
  fs.mkdirSync(folder);
  fs.chmodSync(folder, 0o777);
  fs.writeFileSync(path.join(folder, 'labels.php'), labels(server));
  const lines = [
    '[global]',
    `error_log = ${folder}/log`,
    'daemonize = no',
    '[peer]',
    ...(process.getuid() === 0 ? ['user = www-data', 'group = www-data'] : []),
    `listen = ${phpSocket(server)}`,
    'listen.mode = 0666',
    'pm = static',
    `pm.max_children = ${connections}`,
    `env[PEER_BASE] = ${server.file}`,
    `env[PEER_LABELS] = ${folder}/labels.php`,
    'php_admin_value[opcache.enable] = 1',
  ];
  fs.writeFileSync(path.join(folder, 'fpm.conf'), `${lines.join('\n')}\n`);
  const php = spawn(path.join('/usr/sbin', program), ['-F', '-y', path.join(folder, 'fpm.conf')], { stdio: 'ignore' });
  await until('PHP listens', () => fs.existsSync(phpSocket(server)));
  return php;
}

async function printed(server) {
  const of = school(server),
    head = await enter(server, 'etablissement', of.code),
    token = crypto.randomBytes(32).toString('hex'),
    now = Math.floor(Date.now() / 1000);
  server.query(`INSERT INTO session (token, service, account, epoch, csrf, created, seen, ends)
    SELECT x'${token}', 'etablissement', id, 0, '', ${now}, ${now}, ${now + 36000} FROM account WHERE service = 'etablissement' AND login = '${of.code}'`);
  const number = server.query(`SELECT min(r.number) FROM registration r WHERE r.exam = 'BCP' AND r.state = 'V' AND r.establishment = ${of.id}
    AND r.specialty IN (SELECT specialty FROM exam_unit)`);
  const php = await startPhp(server);
  try {
    const ours = { address: `${server.url}/etablissement/bcp/confirmations.pdf?numero=${number}`, cookie: head.cookie },
      theirs = { address: `${server.url}/pair/confirmation.php?numero=${number}`, cookie: `peer=${token}` },
      entire = { ...theirs, address: `${theirs.address}&entieres` },
      sizes = [];
    for (const { address, cookie } of [ours, theirs, entire]) {
      const answer = await wire(address, { headers: { cookie } });
      if (answer.status !== 200 || !answer.body.subarray(0, 5).equals(Buffer.from('%PDF-')))
        throw new Error(`${address}: ${answer.status} ${answer.body.subarray(0, 400)}`);
      sizes.push(answer.body.length);
    }
    const [us, parts, all] = inTurn([ours, theirs, entire], [server.process.pid, php.pid]);
    table(
      ['one confirmation over HTTP', 'bytes', 'requests/s', 'CPU µs', 'TCPDF: bytes', 'requests/s', 'CPU µs', 'CPU ratio', 'aim'],
      [
        ['TCPDF with the letters used', parts, sizes[1], '≤ 0.04'],
        ['TCPDF with whole fonts', all, sizes[2], ''],
      ].map(([title, them, size, aim]) => [
        title,
        sizes[0],
        whole(us.rate),
        whole(us.cpu),
        size,
        whole(them.rate),
        whole(them.cpu),
        ratio(us, them, 'cpu').toFixed(3),
        aim,
      ]),
    );
  } finally {
    const ended = new Promise((resolve) => php.on('exit', resolve));
    php.kill();
    await ended;
  }
}

// ---------------------------------------------------------------- confirmation

function confirmation() {
  const done = spawnSync(path.join(build, 'bench/bench_confirmation'), [path.join(build, 'fonts'), '300'], { encoding: 'utf8' });
  if (done.status !== 0) throw new Error(done.stderr);
  console.log(done.stdout);
}

// ---------------------------------------------------------------- siecle

/** Both processes begin with nothing: their memory is that of the reading. */
function siecle() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'siecle-')),
    file = path.join(folder, 'eleves.xml'),
    program = path.join(build, 'bench/bench_siecle'),
    pupils = 58500,
    [ours, theirs] = [[], []];
  const told = (...args) => {
    const done = spawnSync(program, args, { encoding: 'utf8' });
    if (done.status !== 0) throw new Error(`${args}: ${done.stderr}`);
    return done.stdout;
  };
  const read = (how) => {
    const [rows, cpu, memory] = told(how, file).split(' ').map(Number);
    if (rows !== pupils) throw new Error(`${how}: ${rows} rows`);
    return { cpu, memory: memory / 1024 };
  };
  try {
    told('make', file, String(pupils));
    for (const round of times)
      for (const i of round % 2 ? [1, 0] : [0, 1])
        if (i) theirs.push(read('sax'));
        else ours.push(read('rows'));
    table(
      ['a SIECLE export', 'MB', 'pupils', 'rows: CPU s', 'MB of memory', "libxml2's SAX2 alone: CPU s", 'ratio', 'aim'],
      [
        [
          'read as rows',
          whole([fs.statSync(file).size / 1e6]),
          pupils,
          median(ours.map((one) => one.cpu)).toFixed(2),
          whole(ours.map((one) => one.memory)),
          median(theirs.map((one) => one.cpu)).toFixed(2),
          median(times.map((i) => ours[i].cpu / theirs[i].cpu)).toFixed(2),
          '≤ 1.5, < 40 MB',
        ],
      ],
    );
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

const wanted = process.argv.slice(2);
const wants = (name) => wanted.length === 0 || wanted.includes(name);
const served = [
  ['list', list],
  ['compressed', compressed],
  ['logins', logins],
  ['unchanged', unchanged],
  ['form', form],
  ['final', final],
  ['printed', printed],
].filter(([name]) => wants(name));
if (served.length > 0) {
  const server = await startServer();
  try {
    for (const [, row] of served) await row(server);
  } finally {
    await server.stop();
  }
}
if (wants('exchange')) await exchange(table);
if (base === 'sqlite') for (const row of ['final', 'exchange']) if (wants(row)) onPostgres(row);
if (wants('confirmation')) confirmation();
if (wants('siecle')) siecle();
