// SPDX-License-Identifier: Apache-2.0
//
// The template engine against mustache.js: the same template and data must give the same bytes. First the
// table of cases.mjs, then each page of the product, with data made up from its own names.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import Mustache from 'mustache';
import { times } from '../lib/long.mjs';
import { cases } from './cases.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const command = process.env.INSCRINETCTL ?? resolve(here, '../..', process.env.BUILD ?? 'build', 'inscrinetctl');
const pages = join(here, '../../htdocs/templates');
const scratch = mkdtempSync(join(tmpdir(), 'templates-'));
after(() => rmSync(scratch, { recursive: true, force: true }));

function run(...args) {
  return new Promise((done) => {
    execFile(command, ['template', ...args], { maxBuffer: 1 << 26 }, (error, stdout, stderr) => done({ status: error ? error.code : 0, stdout, stderr }));
  });
}

// The files of a case in a folder of their own, and the page that the command makes of them.
let folders = 0;
async function render(template, data, partials = {}) {
  const folder = join(scratch, String(folders++));
  const file = join(folder, 'page');
  mkdirSync(folder);
  writeFileSync(file, template);
  writeFileSync(`${file}.json`, typeof data === 'string' ? data : JSON.stringify(data));
  for (const [name, text] of Object.entries(partials)) writeFileSync(join(folder, `${name}.mustache`), text);
  return run('render', file, `${file}.json`, '--partials', folder);
}

// What mustache.js gives, as the bytes of a file read again: half a surrogate pair has none of its own.
const reference = (...args) => Buffer.from(Mustache.render(...args)).toString();

async function compare([template, data, partials = {}]) {
  const { status, stdout, stderr } = await render(template, data, partials);
  const shown = JSON.stringify([template, data, partials]).slice(0, 500);
  assert.equal(stderr, '', shown);
  assert.equal(status, 0, shown);
  assert.equal(stdout, reference(template, JSON.parse(JSON.stringify(data)), partials), shown);
}

// A few commands at a time.
async function forAll(items, check) {
  const waiting = [...items];
  const worker = async () => {
    while (waiting.length > 0) await check(waiting.pop());
  };
  await Promise.all(cpus().slice(0, 8).map(worker));
}

describe('the table of cases', () => {
  test('has at least 200 different ones', () => {
    assert.ok(new Set(cases.map((one) => JSON.stringify(one))).size >= 200);
  });
  /* every second one in each run, all of them in check-long */
  const inTurn = cases.filter((_, i) => times > 1 || i % 2 === 0);
  test(`${inTurn.length} pages are those of mustache.js`, () => forAll(inTurn, compare));
});

describe('what is wrong is said in one line', () => {
  const wrong = [
    ['a\n{{#x}}', {}, {}, /page:2: unclosed section "x"$/],
    ['{{/x}}', {}, {}, /page:1: unopened section "x"$/],
    ['\n\n{{x', {}, {}, /page:3: unclosed tag$/],
    ['{{}}', {}, {}, /page:1: a tag without a name$/],
    ['\n{{>nowhere}}', {}, {}, /page:2: unknown partial "nowhere"$/],
    ['{{>p}}', {}, { p: '\n{{/a}}' }, /p\.mustache:2: unopened section "a"$/],
    ['{{>p}}', {}, { p: '\n{{>p}}' }, /p\.mustache:2: endless recursion of the partial "p"$/],
    ['{{>p}}', { t: true }, { p: '{{#t}}{{>p}}{{/t}}' }, /page: sections and partials go more than 1000 levels deep$/],
    ['', '{"a": }', {}, /page\.json:1: /],
    ['', '\n[1]', {}, /page\.json:1: an object \{ … \} is expected$/],
    ['', '', {}, /page\.json:1: /],
  ];
  for (const [template, data, partials, message] of wrong) {
    test(JSON.stringify([template, data, partials]), async () => {
      const { status, stdout, stderr } = await render(template, data, partials);
      assert.equal(status, 1);
      assert.equal(stdout, '');
      assert.match(stderr.trimEnd(), message);
      assert.equal(stderr.split('\n').length, 2);
    });
  }
  test('a file that is not there', async () => {
    const { status, stderr } = await run('render', join(scratch, 'no'), join(scratch, 'no.json'));
    assert.equal(status, 1);
    assert.match(stderr, /^inscrinetctl: .*no:1: cannot be read: .*\n$/);
  });
  test('wrong usage', async () => {
    for (const args of [[], ['check'], ['render', 'x'], ['check', 'a', 'b'], ['render', 'a', 'b', '--partials'], ['other', 'x']]) {
      const { status, stderr } = await run(...args);
      assert.equal(status, 2, args.join(' '));
      assert.match(stderr, /^usage: /);
    }
  });
});

describe('check', () => {
  test('counts the templates of a folder', async () => {
    const folder = join(scratch, 'good');
    mkdirSync(folder);
    writeFileSync(join(folder, 'a.mustache'), '{{>b}}');
    writeFileSync(join(folder, 'b.mustache'), '');
    assert.deepEqual(await run('check', folder), { status: 0, stdout: '2 templates\n', stderr: '' });
  });
  test('tells the first wrong one', async () => {
    const folder = join(scratch, 'bad');
    mkdirSync(folder);
    writeFileSync(join(folder, 'b.mustache'), '\n{{#x}}');
    writeFileSync(join(folder, 'c.mustache'), '{{');
    const { status, stderr } = await run('check', folder);
    assert.equal(status, 1);
    assert.equal(stderr, `inscrinetctl: ${join(folder, 'b.mustache')}:2: unclosed section "x"\n`);
  });
});

// --- The product's own pages ---

const sources = Object.fromEntries(
  readdirSync(pages)
    .filter((name) => name.endsWith('.mustache'))
    .sort()
    .map((name) => [name.slice(0, -'.mustache'.length), readFileSync(join(pages, name), 'utf8')]),
);

// Set a.b.c in an object; what is already there as another kind is left.
function put(object, path, value) {
  const names = path.split('.');
  const last = names.pop();
  for (const name of names) {
    object[name] ??= {};
    if (typeof object[name] !== 'object' || Array.isArray(object[name])) return;
    object = object[name];
  }
  object[last] ??= value;
}

// Data for all that a template asks for. section makes the value of a section out of its inner objects' maker.
function imagine(tokens, section, seen = []) {
  const data = {};
  const walk = (list, into, partials) => {
    for (const [type, name, , , inner] of list) {
      if (name === '.') continue;
      if (type === '#') {
        const own = (variant) => {
          const object = {};
          walk(inner, object, partials);
          return Object.keys(object).length > 0 ? { ...object, variant } : `élément <${variant}>`;
        };
        put(into, name, section(own));
        // Names inside may be those of an outer object, where the section is but a flag.
        walk(inner, into, partials);
      } else if (type === '^') {
        walk(inner, into, partials);
      } else if (type === 'name' || type === '&') {
        put(into, name, `${name} <é> & "l’été"`);
      } else if (type === '>' && !partials.includes(name) && name in sources) {
        walk(Mustache.parse(sources[name]), into, [...partials, name]);
      }
    }
  };
  walk(tokens, data, seen);
  return data;
}

const variants = {
  'lists of two': (own) => [own(1), own(2)],
  objects: (own) => own(1),
  'true flags': () => true,
  'false flags': () => false,
  'empty lists': () => [],
};

describe('the pages of the product', () => {
  for (const [page, source] of Object.entries(sources)) {
    test(page, async () => {
      const file = join(pages, `${page}.mustache`);
      const all = Object.entries(variants).map(([title, section]) => [title, imagine(Mustache.parse(source), section, [page])]);
      await forAll([...all, ['nothing', {}]], async ([title, data]) => {
        const json = join(scratch, `${page}-${title}.json`);
        writeFileSync(json, JSON.stringify(data));
        const { status, stdout, stderr } = await run('render', file, json, '--partials', pages);
        assert.equal(stderr, '', title);
        assert.equal(status, 0, title);
        assert.equal(stdout, reference(source, data, sources), title);
      });
    });
  }
});
