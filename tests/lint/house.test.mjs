// SPDX-License-Identifier: Apache-2.0
//
// The rules of the house (docs/architecture.md), checked on the tree itself: which way includes go, what lives
// where, sizes, what every file and every directive must have.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const top = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const build = path.resolve(top, process.env.BUILD ?? 'build');
const read = (file) => fs.readFileSync(path.join(top, file), 'utf8');

function files(folder, pattern = /./) {
  const found = [];
  for (const entry of fs.readdirSync(path.join(top, folder), { withFileTypes: true })) {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!['node_modules', 'build', 'var', '.git'].includes(entry.name)) found.push(...files(file, pattern));
    } else if (pattern.test(entry.name)) found.push(file);
  }
  return found;
}

const sources = () => ['lib', 'mod_inscrinet', 'inscrinetctl'].flatMap((folder) => files(folder, /\.[ch]$/));
const withoutComments = (text) => text.replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ' ')).replace(/\/\/.*$/gm, '');
const withoutTexts = (text) => withoutComments(text).replace(/"(?:[^"\\\n]|\\.)*"/g, '""');
const includes = (file) => [...read(file).matchAll(/^#include [<"]([^>"]+)[>"]/gm)].map((match) => match[1]);

test('every file says its licence in its first lines', () => {
  const bare = ['lib', 'mod_inscrinet', 'inscrinetctl', 'sql', 'conf', 'tests', 'htdocs/assets', '.ci']
    .flatMap((folder) => files(folder))
    .filter((file) => !/(\.(md|json|csv|tsv|ttf|png|txt)|\/expected)$/.test(file))
    .filter((file) => !read(file).slice(0, 300).includes('SPDX-License-Identifier: Apache-2.0') && !/inscrinet\.load$/.test(file));
  assert.deepEqual(bare, []);
});

test('lib knows nothing of httpd', () => {
  const wrong = files('lib', /\.[ch]$/).filter((file) =>
    includes(file).some((name) => /^(httpd|http_|ap_|mod_|util_)/.test(path.basename(name)) || name.includes('mod_inscrinet')),
  );
  assert.deepEqual(wrong, []);
});

test('libinscrinet.a needs no symbol of httpd', () => {
  const library = path.join(build, 'libinscrinet.a');
  const { stdout } = spawnSync('nm', ['-u', library], { encoding: 'utf8', maxBuffer: 1 << 26 });
  assert.ok(stdout.length > 0, `${library} is built`);
  assert.deepEqual(
    [
      ...new Set(
        stdout
          .split('\n')
          .map((line) => line.trim())
          .filter((line) => /^U ap_/.test(line)),
      ),
    ],
    [],
  );
});

test('libharu makes the documents: pages, operators, dictionaries, streams, cross-reference and file', () => {
  const { stdout } = spawnSync('nm', ['-D', '--undefined-only', path.join(build, 'mod_inscrinet.so')], { encoding: 'utf8' });
  const used = [...new Set(stdout.match(/\bHPDF_\w+/g))];
  assert.ok(used.length >= 25, used.join(' '));
  for (const name of [
    'HPDF_AddPage',
    'HPDF_Page_SetSize',
    'HPDF_Page_SetLineWidth',
    'HPDF_Page_MoveTo',
    'HPDF_Page_LineTo',
    'HPDF_Page_Stroke',
    'HPDF_Page_Rectangle',
    'HPDF_Page_SetGrayFill',
    'HPDF_Page_Concat',
    'HPDF_Dict_New',
    'HPDF_Dict_Add',
    'HPDF_Array_Add',
    'HPDF_Stream_Write',
    'HPDF_Obj_WriteValue',
    'HPDF_Xref_Add',
    'HPDF_Xref_WriteToStream',
    'HPDF_LoadTTFontFromFile',
    'HPDF_TTFontDef_GetCharWidth',
    'HPDF_TTFontDef_SaveFontData',
  ])
    assert.ok(used.includes(name), name);
});

test('inside lib, arrows go to domain and text', () => {
  const allowed = {
    domain: ['domain', 'text'],
    text: ['text'],
    store: ['store', 'domain', 'text'],
    document: ['document', 'domain', 'text'],
    template: ['template', 'text'],
    exchange: ['exchange', 'store', 'domain', 'text'],
  };
  const wrong = [];
  for (const file of files('lib', /\.[ch]$/)) {
    const room = file.split(path.sep)[1];
    for (const name of includes(file)) {
      const other = /^(?:\.\.\/)(\w+)\//.exec(name)?.[1];
      if (other && !allowed[room].includes(other)) wrong.push(`${file}: ${name}`);
    }
  }
  assert.deepEqual(wrong, []);
});

test('the domain is pure: no clock, no base, no file', () => {
  const wrong = files('lib/domain', /\.[ch]$/).filter((file) => /\b(apr_time_now|time\(|fopen|apr_file_|sql_|db_\w+\()/.test(withoutTexts(read(file))));
  assert.deepEqual(wrong, []);
});

test('foreign libraries stay in their rooms', () => {
  const rooms = [
    [/\bHPDF_/, /^lib\/document\/haru/],
    [/\bQRcode/, /^lib\/document\/qr/],
    [/\bdeflate[A-Z(]/, /^lib\/document\/(haru_streams|compressor)\./],
    [/\bdbi_/, /^lib\/exchange\/foreign/],
    [/\bini_/, /^lib\/exchange\/foreign_config/],
    [/\bsqlite3_/, /^lib\/store\/db_sqlite/],
    [/\bPQ[a-z]+[A-Z(]/, /^lib\/store\/db_pgsql/],
    [/\bcsv_(init|parse|fini)/, /^(lib\/store\/seed|lib\/exchange\/|lib\/text\/csv)/],
    [/\bcrypt_(r|gensalt)/, /^lib\/text\/password/],
    [/\bxml[A-Z]\w+\(/, /^lib\/exchange\/siecle_xml/],
    [/\bzip_[a-z]+/, /^lib\/exchange\/(siecle_bytes|folder_zip)/],
  ];
  const wrong = [];
  for (const file of sources())
    for (const [symbol, room] of rooms) if (symbol.test(withoutTexts(read(file))) && !room.test(file)) wrong.push(`${file}: ${symbol}`);
  assert.deepEqual(wrong, []);
});

test('SQL lives in sql/; the adaptors ask their base for its own tables', () => {
  const wrong = sources()
    .filter((file) => !/^lib\/store\/db_(sqlite|pgsql)/.test(file))
    .filter((file) => /"[^"\n]*\b(SELECT\b[^"]*\bFROM|INSERT INTO|UPDATE \w+ SET|DELETE FROM|CREATE TABLE)\b/.test(withoutComments(read(file))));
  assert.deepEqual(wrong, []);
});

test('bases of others are only asked what was proved with their drivers', () => {
  const proved = {
    pgsql: /\{name\}::text|count\(\*\)::text|pg_client_encoding\(\)::text/g,
    mysql: /CAST\((\{name\}|count\(\*\)|@@\w+|e\.transactions) AS CHAR\)|coalesce\(\{schema\}, database\(\)\)/g,
    sqlite3: /\{name\}\|\|''|count\(\*\)\|\|''/g,
    freetds: /CAST\((\{name\} AS NVARCHAR\(4000\)|count\(\*\) AS NVARCHAR\(20\))\)/g,
  };
  const templates = [...read('sql/foreign.sql').matchAll(/^-- (\w+)\.(\w+)(?: -> \S+)?\n([^;]+);$/gm)];
  assert.ok(templates.length > 50);
  for (const [, driver, name, text] of templates) {
    const left = text.replace(proved[driver], '?').replace('({columns})', '');
    assert.doesNotMatch(left, /[(|]|::/, `${driver}.${name}: ${text}`);
    if (['probe', 'first', 'next'].includes(name)) assert.match(left, /^SELECT (TOP 2000 )?\{columns\} FROM \{table\} /, `${driver}.${name}: ${text}`);
    if (name === 'column') assert.equal(left, '?', `${driver}.${name}: ${text}`);
  }
});

test('only the store names statements', () => {
  const wrong = sources().filter((file) => !file.startsWith('lib/store/') && /\bsql_\w+\(/.test(withoutTexts(read(file))));
  assert.deepEqual(wrong, []);
});

test('HTML lives in htdocs/templates', () => {
  const wrong = sources().filter(
    (file) => /"[^"\n]*<\/?(p|div|a|html|span|form|table|li|strong)\b[^"\n]*"/.test(withoutComments(read(file))) && !file.startsWith('lib/template/'),
  );
  assert.deepEqual(wrong, []);
});

test('nothing unescaped leaves a template but what the list allows', () => {
  const allowed = [];
  const found = files('htdocs/templates').flatMap((file) => [...read(file).matchAll(/\{\{(\{|&)[^}]*\}\}/g)].map((match) => `${file}: ${match[0]}`));
  assert.deepEqual(found, allowed);
});

test('a form whose rows can move keeps no tick over a reload', () => {
  const wrong = files('htdocs/templates').flatMap((file) =>
    [...read(file).matchAll(/<form\b([^>]*)>([^]*?)<\/form>/g)]
      .filter(([, attributes, body]) => /<tr>[^]*?<(input|button|select)\b[^]*?<\/tr>/.test(body) && !/\bautocomplete="off"/.test(attributes))
      .map(([form]) => `${file}: ${form.slice(0, 60)}`),
  );
  assert.deepEqual(wrong, []);
});

test('where rows are ticked, what leads to another page of their list is a button of their form', () => {
  const ticked = files('htdocs/templates').filter((file) => /<tr>[^]*?type="checkbox"[^]*?<\/tr>/.test(read(file)));
  assert.ok(ticked.length > 1);
  assert.deepEqual(
    ticked.filter((file) => /<form[^>]*method="get"|<a [^>]*href="\?|\{\{> pages\}\}/.test(read(file))),
    [],
  );
});

test('what is written as it is comes from one place, which takes it from a template', () => {
  const found = sources().filter((file) => !file.startsWith('lib/template/') && /\b(?:model|row)_rendered\(/.test(withoutTexts(read(file))));
  assert.deepEqual(found, ['mod_inscrinet/registration/choices.c']);
});

test('templates have no inline style or script', () => {
  assert.deepEqual(
    files('htdocs/templates').filter((file) =>
      /<script|<style|\sstyle=|\son\w+=|javascript:/i.test(read(file).replace('<script src="{{script}}" defer></script>', '')),
    ),
    [],
  );
});

test('rooms stay small: screens 400 lines, the module record 150, others 500', () => {
  const wrong = sources().filter((file) => {
    const lines = read(file).split('\n').length - 1;
    const most = file === 'mod_inscrinet/mod_inscrinet.c' ? 150 : /^mod_inscrinet\/\w+\//.test(file) ? 400 : 500;
    return lines > most;
  });
  assert.deepEqual(wrong, []);
});

test('every log number is unique', () => {
  const numbers = files('mod_inscrinet', /\.c$/).flatMap((file) => [...read(file).matchAll(/"(INS\d{3}):/g)].map((match) => match[1]));
  assert.ok(numbers.length > 20);
  assert.deepEqual(
    numbers.filter((one, i) => numbers.indexOf(one) !== i),
    [],
  );
});

test('every directive has a default, a merge and a documented line', () => {
  const text = read('mod_inscrinet/directives.c'),
    documentation = read('docs/directives.md');
  const names = [...text.matchAll(/AP_INIT_\w+\("(\w+)"/g)].map((match) => match[1]);
  assert.ok(names.length >= 9);
  assert.deepEqual(
    names.filter((name) => !documentation.includes(`## ${name}`)),
    [],
  );
  /* what httpd.conf says stands before what startup makes of it */
  const [said] = /typedef struct config_t \{([\s\S]*?)\} config_t;/.exec(withoutComments(read('mod_inscrinet/config.h')))[1].split('const template_set_t');
  const members = said
    .split(';')
    .map((line) => line.trim())
    .filter(Boolean)
    .flatMap((line) => line.replace(/^(const )?\w+ /, '').split(','))
    .map((name) => name.replace(/[*\s]|\[.*/g, ''));
  assert.ok(members.length >= 10, `${members}`);
  for (const member of members) {
    assert.match(text, new RegExp(`INHERIT\\(${member},|merged->${member}\\[`), `${member} is merged`);
    if (!['driver', 'parameters'].includes(member))
      assert.match(text, new RegExp(`DEFAULT\\(${member},|config->${member}\\[i\\] = `), `${member} has a default`);
  }
});

test('every message is used', () => {
  const all = sources()
    .filter((file) => !file.endsWith('messages.def'))
    .map(read)
    .join('\n');
  const messages = [...read('lib/domain/messages.def').matchAll(/^MESSAGE\((\w+),/gm)].map((match) => match[1]);
  assert.deepEqual(
    messages.filter((name) => !new RegExp(`\\b${name}\\b`).test(all)),
    [],
  );
});

test('every template is rendered, or a part of one that is', () => {
  const all = sources().map(read).join('\n'),
    read_of = (name) => read(`htdocs/templates/${name}.mustache`);
  const rendered = [...all.matchAll(/\b(?:answer_render|stream_page)\(page, "(\w+)"/g), ...all.matchAll(/\btemplate_find\([^;]*?, "(\w+)"\)/g)].map(
    (match) => match[1],
  );
  const reached = new Set(),
    visit = (name) => {
      if (reached.has(name)) return;
      reached.add(name);
      for (const [, part] of read_of(name).matchAll(/\{\{[>]\s*([\w-]+)\s*\}\}/g)) visit(part);
    };
  rendered.forEach(visit);
  const templates = files('htdocs/templates').map((file) => path.basename(file, '.mustache'));
  assert.ok(rendered.length > 25);
  assert.deepEqual(
    templates.filter((name) => !reached.has(name)),
    [],
  );
  assert.deepEqual(
    rendered.filter((name) => !templates.includes(name)),
    [],
  );
});

test('spaces of French typography are no-break in the messages, the questionnaire and the parameters', () => {
  const texts = ['lib/domain/messages.def', 'lib/domain/questionnaire.c', 'lib/domain/parameter.c'].flatMap((file) =>
    [...withoutComments(read(file)).matchAll(/"(?:[^"\\\n]|\\.)*"/g)].map((match) => match[0]),
  );
  assert.ok(texts.length > 100);
  assert.deepEqual(
    texts.filter((text) => / [;:?!»]|« /.test(text)),
    [],
  );
});

test('every statement is used', () => {
  const c = files('lib/store', /\.c$/).map(read).join('\n');
  const names = files('sql', /^(queries|transfer)\.sql$/).flatMap((file) => [...read(file).matchAll(/^-- (\w+)\(/gm)].map((match) => match[1]));
  assert.deepEqual(
    [...new Set(names)].filter((name) => !c.includes(`sql_${name}(`) && !c.includes(`&sql_${name}_statement`)),
    [],
  );
});

test('the tree tells nothing of the machines it was made on', () => {
  const { stdout } = spawnSync('git', ['ls-files'], { cwd: top, encoding: 'utf8' });
  const wrong = stdout
    .split('\n')
    .filter((file) => file && !/\.(png|ttf)$/.test(file) && fs.existsSync(path.join(top, file)))
    .filter((file) => /\/(home|work|root|farm)\/\w|registry\.npmjs|deb\.debian\.org/.test(read(file)) && !file.startsWith('tests/lint/'));
  assert.deepEqual(wrong, []);
});

test("C is in the house's format", () => {
  const all = [...sources(), ...files('tests', /\.[ch]$/)].filter((file) => !file.endsWith('.def'));
  const { stderr } = spawnSync('clang-format', ['--dry-run', '--style=file', ...all], { cwd: top, encoding: 'utf8', maxBuffer: 1 << 26 });
  assert.deepEqual([...new Set([...stderr.matchAll(/^([^:\n]+):\d+/gm)].map((match) => match[1]))], []);
});

test("the tests are in prettier's format", () => {
  const prettier = path.join(top, 'tests/node_modules/prettier/bin/prettier.cjs');
  const options = { cwd: path.join(top, 'tests'), encoding: 'utf8' };
  const { stdout, stderr } = spawnSync(process.execPath, [prettier, '--list-different', '**/*.mjs'], options);
  assert.equal(stderr, '');
  assert.deepEqual(stdout.split('\n').filter(Boolean), []);
});

test('no line of the tests is longer than 160 signs', () => {
  const all = files('tests', /\.(mjs|[ch])$/);
  assert.ok(all.length > 50);
  const long = (file) =>
    read(file)
      .split('\n')
      .flatMap((line, i) => ([...line].length > 160 ? [`${file}:${i + 1}`] : []));
  assert.deepEqual(all.flatMap(long), []);
});

test('C is clean under clang too', () => {
  const flags = [
    '-std=gnu11',
    '-fsyntax-only',
    '-Wall',
    '-Wextra',
    '-Wshadow',
    '-Wstrict-prototypes',
    '-Wformat=2',
    '-Werror',
    '-D_GNU_SOURCE',
    '-DINSCRINET_VERSION="lint"',
    `-I${build}/gen`,
    '-Ilib',
    '-Ilib/store',
    '-Imod_inscrinet',
    '-Iinscrinetctl',
    '-Iseeds',
    '-isystem',
    '/usr/include/apr-1.0',
    '-isystem',
    '/usr/include/apache2',
    '-isystem',
    '/usr/include/postgresql',
    '-isystem',
    '/usr/include/libxml2',
  ];
  /* one process for all files: the command that the driver would run for each */
  const sourceFiles = sources().filter((file) => file.endsWith('.c')),
    driver = spawnSync('clang', ['-###', ...flags, sourceFiles[0]], { cwd: top, encoding: 'utf8' })
      .stderr.trim()
      .split('\n')
      .at(-1),
    [command, ...given] = [...driver.matchAll(/"((?:\\.|[^"\\])*)"/g)].map(([, word]) => word.replace(/\\(.)/g, '$1'));
  assert.equal(given.at(-1), sourceFiles[0]);
  const { status, stderr } = spawnSync(command, [...given.slice(0, -1), ...sourceFiles], { cwd: top, encoding: 'utf8' });
  assert.equal(status, 0, stderr);
});

// ---------------------------------------------------------------- rooms

const objects = () => path.resolve(top, process.env.BUILD ?? 'build', 'obj');

/** Who calls whom: for each object file of the build those that define what it needs. */
function calls() {
  const definedIn = new Map(),
    needs = new Map();
  const names = sources()
    .filter((one) => one.endsWith('.c'))
    .map((file) => file.replace(/\.c$/, ''));
  for (const name of names) assert.ok(fs.existsSync(path.join(objects(), `${name}.o`)), `${name}.o is built`);
  const { stdout } = spawnSync('nm', ['-A', ...names.map((name) => `${name}.o`)], { cwd: objects(), encoding: 'utf8', maxBuffer: 1 << 28 });
  for (const name of names) needs.set(name, new Set());
  for (const line of stdout.split('\n')) {
    const [, name, type, symbol] = /^(\S+)\.o:[0-9a-f ]*([A-Za-z]) (\w+)$/.exec(line) ?? [];
    if (type === 'U') needs.get(name).add(symbol);
    else if (type && 'TDRBV'.includes(type)) definedIn.set(symbol, name);
  }
  definedIn.delete('inscrinet_module'); /* the module's record, which every log line of it names */
  const arrows = new Map(
    [...needs].map(([name, symbols]) => [name, new Set([...symbols].map((one) => definedIn.get(one)).filter((one) => one && one !== name))]),
  );
  arrows.set('mod_inscrinet/routes', new Set()); /* data: it names every page and calls none */
  return arrows;
}

/** The strongly connected components of a graph that have more than one node (Tarjan). */
function circles(arrows) {
  const found = [],
    index = new Map(),
    low = new Map(),
    stack = [];
  const visit = (node) => {
    index.set(node, index.size).get(node);
    low.set(node, index.get(node));
    stack.push(node);
    for (const next of arrows.get(node) ?? []) {
      if (!index.has(next)) visit(next);
      if (stack.includes(next)) low.set(node, Math.min(low.get(node), low.get(next)));
    }
    if (low.get(node) !== index.get(node)) return;
    const circle = stack.splice(stack.indexOf(node)).sort();
    if (circle.length > 1) found.push(circle);
  };
  for (const node of arrows.keys()) if (!index.has(node)) visit(node);
  return found;
}

test('no circle among files, but within one object of several files that share a private header', () => {
  assert.deepEqual(circles(new Map(Object.entries({ a: new Set(['b']), b: new Set(['c']), c: new Set(['a']), d: new Set(['a']) }))), [['a', 'b', 'c']]);
  const objectsOfSeveral = [/^lib\/document\/haru/, /^lib\/template\//, /^inscrinetctl\/demo/];
  assert.deepEqual(
    circles(calls()).filter((circle) => !objectsOfSeveral.some((one) => circle.every((file) => one.test(file)))),
    [],
  );
});

test('headers of the module and of lib stay below 14 KB', () => {
  const wrong = ['lib', 'mod_inscrinet'].flatMap((folder) => files(folder, /\.h$/)).filter((file) => fs.statSync(path.join(top, file)).size > 14 * 1024);
  assert.deepEqual(wrong, []);
});

test('what a file of the module exports, its own header declares, or the table of addresses', () => {
  const table = read('mod_inscrinet/routes.def');
  const wrong = [];
  for (const file of files('mod_inscrinet', /\.c$/)) {
    const header = path.join(path.dirname(file), `${path.basename(file, '.c')}.h`),
      declared = fs.existsSync(path.join(top, header)) ? read(header) : '';
    for (const [, name] of read(file).matchAll(/^(?!static\b|typedef\b|extern\b)[a-z_][\w ]*[ *]+(\w+)\([^;{]*\)\n\{/gm))
      if (!new RegExp(`\\b${name}\\(`).test(declared) && !new RegExp(`\\b${name.replace(/_(get|post|keep|turn)$/, '')}\\b`).test(table))
        wrong.push(`${file}: ${name}`);
  }
  assert.deepEqual(wrong, []);
});

const families = () => ['establishment', 'registration', 'portal', 'lists', 'manager', 'file'].flatMap((folder) => files(`mod_inscrinet/${folder}`, /\.[ch]$/));

test('a page function knows httpd only through the rooms around it', () => {
  const wrong = [...families(), 'mod_inscrinet/school.c', 'mod_inscrinet/field.c', 'mod_inscrinet/confirmation.c'].filter(
    (file) =>
      includes(file).some((name) => /^(httpd|http_|ap_|mod_|util_)/.test(path.basename(name))) || /page->r\b|\bHTTP_[A-Z]/.test(withoutTexts(read(file))),
  );
  assert.deepEqual(wrong, []);
});

test("a page changes nothing beside the base's lock but sessions, throttle and trail", () => {
  const beside = [
    'portal/login',
    ...['journal', 'lock', 'password'].map((name) => `manager/${name}`),
    ...['asking', 'work'].map((name) => `manager/${name}`) /* what is asked of the worker, who takes the lock */,
    ...['pupils', 'pupils_load'].map((name) => `establishment/${name}`) /* a trial, rolled back; the file that waits in a session */,
    'establishment/slips',
    'lists/search',
    'lists/ticks',
    ...['items', 'lost_code', 'resume'].map((name) => `registration/${name}`),
  ];
  const itself = ['registration/summary']; /* which holds the lock with the draft */
  const found = families().filter((file) => /\bconnection_begin\(/.test(withoutTexts(read(file))));
  assert.deepEqual(found.sort(), [...beside, ...itself].map((name) => `mod_inscrinet/${name}.c`).sort());
});

test('what may be done at an address stands in its row: nobody compares page functions', () => {
  const wrong = files('mod_inscrinet', /\.[ch]$/).filter((file) =>
    /(?:->|\.)(?:get|post|keep|turn)\s*[!=]=(?!\s*NULL\b)|\w+_(?:get|post)\s*[!=]=\s*\w+->/.test(withoutTexts(read(file))),
  );
  assert.deepEqual(wrong, []);
});

test('an error is the one that happened: nobody but the connection and the store makes one up', () => {
  const wrong = files('mod_inscrinet', /\.c$/).filter(
    (file) => !/^mod_inscrinet\/connection\.c$/.test(file) && /\bDB_(LOST|BUSY|REFUSED)\b/.test(withoutTexts(read(file))),
  );
  assert.deepEqual(wrong, []);
});

test('every act that the trail may name has its words', () => {
  const known = new Set([...read('lib/domain/act.c').matchAll(/\{"([a-z_.]+)",/g)].map(([, code]) => code)),
    named = sources()
      .filter((file) => /\.c$/.test(file))
      .flatMap((file) => [...withoutComments(read(file)).matchAll(/(?:_audit\(|\baudit\(|\.action = |\bend\(|\bdone\(|\bcommit\()[^;]*/g)])
      .flatMap(([call]) => [...call.matchAll(/"([a-z_]+\.[a-z_]+)"/g)].map(([, code]) => code));
  assert.ok(named.length > 30);
  assert.deepEqual(
    named.filter((code) => !known.has(code)),
    [],
  );
});

test('only one place makes an actor, and asks a session who it is of', () => {
  const wrong = files('mod_inscrinet', /\.c$/).filter(
    (file) =>
      !['mod_inscrinet/actor.c', 'mod_inscrinet/session.c'].includes(file) &&
      /session->(login|rights|establishment|establishment_code|establishment_name|quarantined)\b/.test(withoutTexts(read(file))),
  );
  assert.deepEqual(wrong, []);
});

test('a scope that holds everybody is made in two places: of who runs the command, of a manager of all departments', () => {
  const named = sources().filter((file) => /\bSCOPE_ALL\b/.test(withoutComments(read(file))));
  assert.deepEqual(named.sort(), ['inscrinetctl/ctl.c', 'lib/domain/actor.h', 'lib/store/db.c', 'mod_inscrinet/actor.c']);
});

test('functions are no longer than forty lines', () => {
  const wrong = [];
  for (const file of sources().filter((one) => one.endsWith('.c'))) {
    let begun = 0;
    read(file)
      .split('\n')
      .forEach((line, i) => {
        if (line === '{') begun = i + 1;
        if (line === '}' && begun) {
          if (i - begun > 40) wrong.push(`${file}:${begun} ${i - begun} lines`);
          begun = 0;
        }
      });
  }
  assert.deepEqual(wrong, []);
});
