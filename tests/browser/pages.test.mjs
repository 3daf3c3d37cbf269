// SPDX-License-Identifier: Apache-2.0
//
// What holds for every page in every state (plain, refused with errors, empty, long, missing), in a light and a dark
// scheme, on a desk and on small phones: axe finds nothing, nothing scrolls sideways but a table in its own region,
// every target can be hit, titles and buttons follow one rule, nothing is said on the console.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { gzipSync } from 'node:zlib';

import { axe, axeOfViews, desktop, errorsFocused, launch, narrowest, open, phone } from '../lib/chromium.mjs';
import { Server, top } from '../lib/server.mjs';
import { prepare, tour, tourServer } from '../lib/tour.mjs';

let server, browser, schools;
before(async () => {
  [server, browser] = await Promise.all([Server.start(tourServer), launch()]);
  schools = prepare(server);
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

/** Everything that a page shows of itself, read in one go. */
const read = () => {
  const text = (element) => element.textContent.replace(/\s+/g, ' ').trim();
  const all = (selector) => [...document.querySelectorAll(selector)];
  const name = (element) => `${element.tagName.toLowerCase()} ${element.id || text(element) || element.name}`;
  const visible = (element) => element.checkVisibility() && element.getBoundingClientRect().right > 0;
  const tooSmall = (element) => [...element.getClientRects()].every(({ width, height }) => width < 24 || height < 24);
  return {
    title: document.title.replace(/\s+/g, ' '),
    h1: all('h1').map(text),
    errors: all('.summary-of-errors li').map(text),
    focused: document.activeElement.id,
    leave: all('button').filter((button) => text(button) === 'Quitter').length,
    first: text(document.querySelector('a, button, input:not([type=hidden], [hidden]), select, [tabindex]')),
    validating: all('form:not([novalidate])').length,
    limited: all('[maxlength]').map(name),
    inline: all('script:not([src]), style, [style], [onclick], img').map(name),
    repeated: all('[id]')
      .map((element) => element.id)
      .filter((id, i, ids) => ids.indexOf(id) !== i),
    dangling: all('[aria-describedby], [aria-labelledby]')
      .flatMap((element) => `${element.getAttribute('aria-describedby') ?? ''} ${element.getAttribute('aria-labelledby') ?? ''}`.split(' '))
      .filter((id) => id && !document.getElementById(id)),
    strayLinks: all('.summary-of-errors a')
      .map((a) => a.hash.slice(1))
      .filter((id) => !document.getElementById(id)?.matches('input, select')),
    small: all('a, button, input:not([type=hidden]), select').filter(visible).filter(tooSmall).map(name),
    wide: document.scrollingElement.scrollWidth > innerWidth ? `${document.scrollingElement.scrollWidth} px` : '',
    outside: all('main *, header *, footer *')
      .filter((element) => !element.closest('.scroll, .hidden, .steps') && visible(element) && element.getBoundingClientRect().right > innerWidth + 0.5)
      .map(name),
    size: new TextEncoder().encode(document.documentElement.outerHTML.replace(/<(option|tr)\b[\s\S]*?<\/\1>/g, '')).length,
  };
};

/** What stands out once a word that is wider than the screen stands in each text; the texts are put back. */
const stretch = () => {
  const word = 'Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch'.repeat(Math.ceil(innerWidth / 300)),
    fixed = (element) => element.closest('select, .scroll, .hidden, .steps') || getComputedStyle(element).whiteSpace === 'nowrap';
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT),
    former = new Map();
  while (texts.nextNode()) if (texts.currentNode.data.trim() && !fixed(texts.currentNode.parentElement)) former.set(texts.currentNode, texts.currentNode.data);
  for (const [node, text] of former) node.data = `${text} ${word}`;
  const out = [...former.keys()]
    .filter((node) => node.parentElement.checkVisibility() && node.parentElement.getBoundingClientRect().right > innerWidth + 0.5)
    .map((node) => `${node.parentElement.tagName.toLowerCase()} ${former.get(node).trim()}`);
  const wide = document.scrollingElement.scrollWidth > innerWidth ? [`${document.scrollingElement.scrollWidth} px`] : [];
  for (const [node, text] of former) node.data = text;
  return { count: former.size, out: [...wide, ...out] };
};

const views = [
  ['light', desktop],
  ['dark', phone],
  ['light', narrowest],
];

test('every page, light and dark, on a desk and on small phones', async () => {
  const wrong = [],
    titles = new Map();
  let pages = 0;
  const say = (name, what, found) => {
    if (found.length) wrong.push(`${name}: ${what}: ${JSON.stringify(found)}`);
  };
  const check = (name, what, holds) => {
    if (!holds) wrong.push(`${name}: ${what}`);
  };
  /** What doesn't depend on who looks at it how. */
  const content = (name, page, seen) => {
    check(name, `one h1: ${seen.h1}`, seen.h1.length === 1);
    check(name, `the title says the site: ${seen.title}`, seen.title.endsWith('Inscription aux examens professionnels'));
    check(name, `« Erreur : » begins the title after errors and only then: ${seen.title}`, seen.title.startsWith('Erreur : ') === seen.errors.length > 0);
    /* where papers are scanned one after the other the field keeps the focus, and the summary is read out all the same */
    const focus = name.startsWith('retours') ? 'confirmation' : 'erreurs';
    check(name, `after errors ${focus} has the focus, not ${seen.focused}`, seen.errors.length === 0 || seen.focused === focus);
    const title = seen.title.replace(/^Erreur : /, ''),
      { pathname } = new URL(page.url());
    check(name, `the title is of one page: ${title} of ${pathname} and ${titles.get(title)}`, [undefined, pathname].includes(titles.get(title)));
    titles.set(title, pathname);
    check(name, `one « Quitter », not ${seen.leave}`, seen.leave <= 1);
    check(name, `the skip link comes first, not ${seen.first}`, seen.first === 'Aller au contenu');
    check(name, 'every form leaves the checks to us (novalidate)', seen.validating === 0);
    say(name, 'maxlength', seen.limited);
    say(name, 'inline script, style or image', seen.inline);
    say(name, 'id twice', seen.repeated);
    say(name, 'refers to no element', seen.dangling);
    say(name, 'an error leads to no control', seen.strayLinks);
    check(name, `10 KB at most, rows and choices apart, not ${seen.size}`, seen.size <= 10240);
  };
  const layout = async (name, page, seen) => {
    say(name, 'less than 24 px', seen.small);
    say(name, 'scrolls sideways', seen.wide);
    say(name, 'stands out', seen.outside);
    const stretched = await page.evaluate(stretch);
    check(name, 'texts to stretch', stretched.count > 5);
    say(name, 'stands out with a long word', stretched.out);
  };
  const look = async (name, page) => {
    pages++;
    await errorsFocused(page);
    const eyes = await axe(page);
    for (const [colorScheme, viewport] of views) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize(viewport);
      const seen = await page.evaluate(read),
        view = `${name}, ${colorScheme}, ${viewport.width} px`,
        first = viewport === desktop;
      if (first) content(name, page, seen);
      if (viewport !== narrowest) say(view, 'axe', await eyes.look(first ? undefined : axeOfViews));
      await layout(view, page, seen);
    }
    await eyes.end();
    say(name, 'console', page.complaints.splice(0));
  };
  await tour(server, schools, () => open(browser, server), look);
  assert.ok(pages >= 90, `${pages} pages`);
  assert.deepEqual(wrong, []);
});

test('in forced colours and with the spacing of text that a reader sets, nothing is lost', async () => {
  const page = await open(browser, server, { forcedColors: 'active', viewport: narrowest });
  await page.goto('/etablissement/connexion');
  await page.getByRole('button', { name: 'Se connecter', exact: true }).click();
  await page.evaluate(() => {
    for (const element of document.querySelectorAll('body, body *'))
      Object.assign(element.style, { lineHeight: '1.5', letterSpacing: '.12em', wordSpacing: '.16em' });
  });
  const seen = await page.evaluate(read);
  assert.equal(seen.wide, '');
  assert.deepEqual(seen.outside, []);
  assert.equal(await page.getByRole('button', { name: 'Se connecter', exact: true }).evaluate((button) => getComputedStyle(button).borderTopStyle), 'solid');
  await page.context().close();
});

test('the sheet stays small', () => {
  assert.ok(gzipSync(fs.readFileSync(path.join(top, 'htdocs/assets/inscrinet.css'))).length <= 4.5 * 1024, 'on its way, once a year');
});
