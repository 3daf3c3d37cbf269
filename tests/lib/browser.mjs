// SPDX-License-Identifier: Apache-2.0
//
// A browser of HTTP alone: cookies, redirects when asked, forms filled by the labels that people read.
import assert from 'node:assert/strict';
import { parse } from 'node-html-parser';

import { wire } from './wire.mjs';

/* the line end behind the tag is none of the text's */
const areaText = (area) => area.text.replace(/^\n/, '');
const entities = (text) => text.replace(/\s+/g, ' ').trim();

/** The Set-Cookie lines of an answer; Debian's own Node 18 has no getSetCookie. Ours hold no comma. */
export const setCookies = (headers) => headers.getSetCookie?.() ?? headers.get('set-cookie')?.split(/, (?=[\w-]+=)/) ?? [];

export class Page {
  constructor(answer, body, address) {
    this.status = answer.status;
    this.headers = answer.headers;
    this.address = address;
    this.body = body;
  }

  /** Parsed when it is looked at. */
  get html() {
    return (this.parsed ??= parse(this.body, { blockTextElements: { script: true, style: true } }));
  }

  get location() {
    return this.headers.get('location');
  }
  get h1() {
    return entities(this.html.querySelector('h1')?.text ?? '');
  }
  get title() {
    return entities(this.html.querySelector('title')?.text ?? '');
  }
  get text() {
    return entities((this.html.querySelector('main') ?? this.html).structuredText);
  }
  get errors() {
    return this.html.querySelectorAll('.summary-of-errors li').map((item) => entities(item.text));
  }

  links() {
    return this.html.querySelectorAll('main a').map((a) => entities(a.text));
  }

  link(text) {
    const found = this.html.querySelectorAll('a').find((a) => entities(a.text) === text);
    assert.ok(found, `no link « ${text} » in ${this.address}`);
    return new URL(found.getAttribute('href'), this.address).href;
  }

  /** The form that holds a button, with the button itself. */
  form(button) {
    const found = this.html.querySelectorAll('button').find((one) => entities(one.text) === button);
    assert.ok(found, `no button « ${button} » in ${this.address} (status ${this.status}):\n${this.text}`);
    let form = found;
    while (form && form.rawTagName !== 'form') form = form.parentNode;
    return { form, button: found };
  }

  /** What a browser would send of a form untouched. */
  fields(form) {
    const fields = [];
    for (const control of form.querySelectorAll('input, select, textarea')) {
      const name = control.getAttribute('name'),
        type = control.getAttribute('type');
      if (!name) continue;
      if (control.rawTagName === 'select') {
        const options = control.querySelectorAll('option');
        const chosen = options.find((option) => option.hasAttribute('selected')) ?? options[0];
        if (chosen) fields.push([name, chosen.getAttribute('value') ?? chosen.text]);
      } else if (control.rawTagName === 'textarea') fields.push([name, areaText(control).replace(/\n/g, '\r\n')]);
      else if (type === 'radio' || type === 'checkbox') {
        if (control.hasAttribute('checked')) fields.push([name, control.getAttribute('value') ?? 'on']);
      } else fields.push([name, control.getAttribute('value') ?? '']);
    }
    return fields;
  }

  /** The control of a label: its name and, for a choice, the value that stands for a text. */
  control(label, value) {
    const legend = this.html.querySelectorAll('legend').find((one) => entities(one.text) === label);
    if (legend) {
      for (const choice of legend.parentNode.querySelectorAll('label'))
        if (entities(choice.text) === value) {
          const input = this.html.querySelector(`#${choice.getAttribute('for')}`);
          return [input.getAttribute('name'), input.getAttribute('value')];
        }
      return [legend.parentNode.querySelector('input').getAttribute('name'), value];
    }
    const found = this.html.querySelectorAll('label').find((one) => entities(one.text) === label);
    assert.ok(found, `no label « ${label} » in ${this.address}:\n${this.text}`);
    const input = this.html.querySelector(`[id="${found.getAttribute('for')}"]`);
    if (input.rawTagName === 'select') {
      const option = input.querySelectorAll('option').find((one) => entities(one.text).includes(value));
      return [input.getAttribute('name'), option ? option.getAttribute('value') : value];
    }
    if (input.getAttribute('type') === 'checkbox') return [input.getAttribute('name'), value === true ? input.getAttribute('value') : value];
    return [input.getAttribute('name'), value];
  }

  /** The value of a label's control as the page shows it. */
  value(label) {
    const legend = this.html.querySelectorAll('legend').find((one) => entities(one.text) === label);
    if (legend) return legend.parentNode.querySelector('input[checked]')?.getAttribute('value') ?? null;
    const found = this.html.querySelectorAll('label').find((one) => entities(one.text) === label);
    assert.ok(found, `no label « ${label} »`);
    const input = this.html.querySelector(`[id="${found.getAttribute('for')}"]`);
    if (input.rawTagName === 'select') return input.querySelector('option[selected]')?.getAttribute('value') ?? null;
    if (input.getAttribute('type') === 'checkbox') return input.hasAttribute('checked');
    if (input.rawTagName === 'textarea') return areaText(input);
    return input.getAttribute('value') ?? '';
  }

  /** The message that stands next to a label's control. */
  error(label) {
    const found = [...this.html.querySelectorAll('label'), ...this.html.querySelectorAll('legend')].find((one) => entities(one.text) === label);
    let field = found;
    while (field && !/\bfield\b/.test(field.getAttribute?.('class') ?? '')) field = field.parentNode;
    return entities(field?.querySelector('.error')?.text ?? '').replace(/^Erreur : /, '');
  }
}

/* Kept connections may be closed just when they are taken again, several of them after a while: a browser then asks once more.
 * What must not be sent twice has a connection of its own. */
const patient = (target, options, left = 16) =>
  fetch(target, options).catch((error) => {
    if (left === 0 || !['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET'].includes(error.cause?.code)) throw error;
    return patient(target, options, left - 1);
  });

export class Browser {
  /** from: the address it comes from; host: the name it asks for; always: headers of every request. */
  constructor(url, { from, host, always = {} } = {}) {
    this.url = url;
    this.from = from;
    this.always = host ? { ...always, host } : always;
    this.cookies = new Map();
  }

  /** Its cookies as a header says them. */
  get cookie() {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  async request(address, { method = 'GET', body, headers = {}, follow = false } = {}) {
    const target = new URL(address, this.url).href;
    const answer = await (target.startsWith('https:') || this.from || this.always.host || method !== 'GET' ? wire : patient)(target, {
      method,
      body,
      redirect: 'manual',
      from: this.from,
      headers: {
        ...this.always,
        ...(this.cookies.size ? { cookie: this.cookie } : {}),
        ...headers,
      },
    });
    for (const line of answer.cookies ?? setCookies(answer.headers)) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line);
      if (/Max-Age=0\b/.test(line)) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    const type = answer.headers.get('content-type') ?? '';
    if (type.startsWith('application/pdf'))
      return { status: answer.status, headers: answer.headers, pdf: Buffer.isBuffer(answer.body) ? answer.body : Buffer.from(await answer.arrayBuffer()) };
    const page = new Page(answer, await answer.text(), target);
    if (follow && [303, 308].includes(page.status)) return this.request(new URL(page.location, target).href, { follow });
    return page;
  }

  get(address, options) {
    return this.request(address, options);
  }
  go(address) {
    return this.request(address, { follow: true });
  }

  /** Post fields as a browser does, redirects not followed. */
  post(address, fields, { headers = {}, ...options } = {}) {
    const body =
      Array.isArray(fields) || fields instanceof Map ? new URLSearchParams([...fields]) : typeof fields === 'object' ? new URLSearchParams(fields) : fields;
    return this.request(address, {
      method: 'POST',
      body: body.toString(),
      ...options,
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin', ...headers },
    });
  }

  /** What a form would send, filled by labels, and where to. filled: { label: value }. */
  prepare(page, button, filled = {}) {
    const { form, button: pressed } = page.form(button);
    const fields = new Map(page.fields(form));
    for (const [label, value] of Object.entries(filled)) {
      const [name, sent] = page.control(label, value);
      if (sent === false || sent === null) fields.delete(name);
      else fields.set(name, sent);
    }
    if (pressed.getAttribute('name')) fields.set(pressed.getAttribute('name'), pressed.getAttribute('value') ?? '');
    const action = pressed.getAttribute('formaction') ?? form.getAttribute('action') ?? '';
    return { action: new URL(action || page.address, page.address).href, fields };
  }

  /** Fill the form of a button by labels and press it. */
  submit(page, button, filled = {}, options = {}) {
    const { action, fields } = this.prepare(page, button, filled);
    return this.post(action, fields, options);
  }

  /** The same, and go where it leads. */
  async press(page, button, filled = {}) {
    const answer = await this.submit(page, button, filled);
    return answer.status === 303 ? this.go(new URL(answer.location, page.address).href) : answer;
  }
}

/** A browser that holds a cookie and nothing else. */
export function holder(url, name, value) {
  const browser = new Browser(url);
  browser.cookies.set(name, value);
  return browser;
}
