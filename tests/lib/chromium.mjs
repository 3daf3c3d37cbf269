// SPDX-License-Identifier: Apache-2.0
//
// A real browser for the tests: Debian's Chromium without its windows, which take half of its time. It is watched for what
// a page must never do (a word of the CSP, an error, a request that fails or leaves our server); axe looks from a world of
// its own, so that the page keeps its CSP.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';

const axeSource = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** The rules whose answer changes with colours and sizes. */
export const axeOfViews = ['color-contrast', 'target-size', 'scrollable-region-focusable', 'link-in-text-block'];
const axeTags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

export const desktop = { width: 1280, height: 900 };
export const phone = { width: 360, height: 740 };
export const narrowest = { width: 320, height: 640 };

const options = {
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium-headless-shell',
  headless: true,
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
};
export const launch = () => chromium.launch(options);

/** A window as lib/window.mjs has them: what Playwright doesn't know of, Chromium is asked itself. */
async function openWindow(browser) {
  const context = await browser.newContext(),
    cdp = await context.newCDPSession(await context.newPage());
  return {
    adopt: (cookies, url) =>
      context.addCookies([...cookies].map(([name, value]) => ({ name, value, domain: new URL(url).hostname, path: '/', httpOnly: true, sameSite: 'Lax' }))),
    goto: (url) => cdp.send('Page.navigate', { url }),
    evaluate: async (expression) => {
      const { result, exceptionDetails } = await cdp.send('Runtime.evaluate', { expression, returnByValue: true });
      if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
      return result.value;
    },
    reload: () => cdp.send('Page.reload'),
    back: async () => {
      const { currentIndex, entries } = await cdp.send('Page.getNavigationHistory'),
        before = entries[currentIndex - 1];
      if (!before || before.url === 'about:blank') return false;
      return cdp.send('Page.navigateToHistoryEntry', { entryId: before.id });
    },
    close: () => context.close(),
  };
}

/**
 * The whole Chromium, which keeps the pages that were left, for Back: its headless shell doesn't, and Playwright would forbid
 * it.
 */
export async function launchWhole() {
  const browser = await chromium.launch({
    ...options,
    executablePath: process.env.CHROMIUM_WHOLE ?? '/usr/bin/chromium',
    ignoreDefaultArgs: ['--disable-back-forward-cache'],
    args: [...options.args, '--headless=new'],
  });
  return { open: () => openWindow(browser), close: () => browser.close() };
}

/** A window of its own, with nobody logged in. page.complaints gathers what went wrong in it. */
export async function open(browser, server, { viewport = desktop, ...options } = {}) {
  const context = await browser.newContext({ baseURL: server.url, viewport, locale: 'fr-FR', ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(15000);
  page.complaints = [];
  page.on('console', (message) => {
    if (!['error', 'warning'].includes(message.type())) return;
    // a page that is refused (422, 404) is said on the console as well: that one is wanted
    if (!/^Failed to load resource: the server responded with a status of 4\d\d/.test(message.text())) page.complaints.push(message.text());
  });
  page.on('pageerror', (error) => page.complaints.push(String(error)));
  page.on('requestfailed', (request) => {
    // communes that nobody waits for any more, because one types on or leaves
    if (!/\/communes\?.*/.test(request.url()) || request.failure()?.errorText !== 'net::ERR_ABORTED')
      page.complaints.push(`${request.url()} ${request.failure()?.errorText}`);
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(server.url) && !request.url().startsWith('data:')) page.complaints.push(`leaves the server: ${request.url()}`);
  });
  return page;
}

/** Chromium gives an `autofocus` its focus with the first frame that it draws: wait for that frame, not longer. */
export async function errorsFocused(page) {
  if (await page.locator('.summary-of-errors').count())
    await page
      .locator('[autofocus]:focus')
      .waitFor({ timeout: 3000 })
      .catch(() => {});
}

/**
 * Rows of a table that are made as two before them: those two speak for them, and a long list would take axe seconds. In
 * the page.
 */
const likeOthers = () => {
  const seen = new Map();
  return [...document.querySelectorAll('tbody tr')].filter((row) => {
    const shape = row.outerHTML.replace(/>[^<]+/g, '>').replace(/ (?!class=)([\w-]+)="[^"]*"/g, ' $1');
    seen.set(shape, (seen.get(shape) ?? 0) + 1);
    return seen.get(shape) > 2;
  });
};

/**
 * axe in the document that a page shows: look(rules) tells what it finds wrong as that stands, by all of its rules or by
 * some, one line for each node; end() when it has been asked enough. It is read in once, which takes longer than to look.
 */
export async function axe(page) {
  const cdp = await page.context().newCDPSession(page),
    { frameTree } = await cdp.send('Page.getFrameTree'),
    { executionContextId } = await cdp.send('Page.createIsolatedWorld', { frameId: frameTree.frame.id, worldName: 'axe' });
  const evaluate = async (expression) => {
    const { result, exceptionDetails } = await cdp.send('Runtime.evaluate', {
      expression,
      contextId: executionContextId,
      awaitPromise: true,
      returnByValue: true,
    });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  };
  await evaluate(`${axeSource}; 0`);
  const look = async (rules) => {
    const runOnly = rules ? { type: 'rule', values: rules } : axeTags,
      options = { runOnly, resultTypes: ['violations', 'incomplete'], selectors: false, preload: false };
    const found = await evaluate(`axe.run({ include: document, exclude: (${likeOthers})() }, ${JSON.stringify(options)}).then((all) => ({
      passes: all.passes.length,
      wrong: [...all.violations, ...all.incomplete.filter((rule) => rule.id !== 'color-contrast' || !document.querySelector('.scroll'))]
        .flatMap((rule) => rule.nodes.map((node) =>
          rule.id + ': ' + node.html + ' ' + node.any.concat(node.all, node.none).map((check) => check.message).join('; '))),
    }))`);
    assert.ok(found.passes > (rules ? 0 : 10), `axe looked at the page: ${found.passes} rules`);
    return found.wrong;
  };
  return { look, end: () => cdp.detach() };
}
