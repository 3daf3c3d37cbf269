// SPDX-License-Identifier: Apache-2.0
//
// A window of any browser as a reader knows it: what is shown, a button that is pressed, Back. Below it is what each browser
// gives (lib/chromium.mjs, lib/firefox.mjs): adopt(cookies, url), goto(url), evaluate(expression), reload(), back() (false: there is nothing before), close().
import { until } from './server.mjs';

/* a page that is left takes its mark with it, and shows it again with Back */
let marks = 0;

export class Window {
  constructor(given, url) {
    this.given = given;
    this.url = url;
  }

  /** Who is logged in in a browser of HTTP alone goes on here. */
  adopt(browser) {
    return this.given.adopt(browser.cookies, this.url);
  }

  /** Do what leads to another document, and wait until that is there. false: how says that it leads nowhere. */
  async leave(what, how) {
    const mark = ++marks;
    await this.given.evaluate(`window.leftBy = ${mark}`);
    if ((await how()) === false) return false;
    /* a browser's own page, that there is nothing to show, is never complete in Firefox */
    const complete = `(document.readyState === 'complete' || document.documentURI.startsWith('about:'))`,
      another = `window.leftBy !== ${mark} && ${complete}`;
    /* between two documents there is nobody to ask */
    return until(what, () => this.given.evaluate(another).catch(() => false));
  }

  goto(address) {
    return this.leave(address, () => this.given.goto(new URL(address, this.url).href));
  }

  press(button) {
    const name = JSON.stringify(button);
    return this.leave(`« ${button} »`, () =>
      this.given.evaluate(`{
        const found = [...document.querySelectorAll('button, main a')].find((one) => one.textContent.trim() === ${name});
        if (!found) throw new Error('no button ' + ${name} + ' in ' + location.href + ': ' + document.body.innerText);
        found.click();
      }`),
    );
  }

  /** false: there is nothing before. */
  back() {
    return this.leave('Back', () => this.given.back());
  }

  /** Type into the control of a name. */
  type(name, value) {
    return this.given.evaluate(`document.querySelector('[name=${name}]').value = ${JSON.stringify(value)}`);
  }

  /** All that is shown, what stands in controls too; what kind of document it is. */
  async shown() {
    const value = await this.given.evaluate(`JSON.stringify({
      address: location.href,
      kind: document.contentType,
      text: [document.body?.innerText ?? '', ...[...document.querySelectorAll('input, select')].map((one) => one.value)].join('\\n'),
    })`);
    return JSON.parse(value);
  }

  close() {
    return this.given.close();
  }
}
