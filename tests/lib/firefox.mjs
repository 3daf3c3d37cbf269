// SPDX-License-Identifier: Apache-2.0
//
// Debian's Firefox for the tests, without its windows, by the WebDriver BiDi that it speaks at its own debugging port. The
// windows are those of lib/window.mjs.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import WebSocket from 'ws';

/** Where it listens, once it says so. */
const listening = (firefox) =>
  new Promise((resolve, reject) => {
    let said = '';
    firefox.stderr.on('data', (data) => {
      said += data;
      const found = /WebDriver BiDi listening on (ws:\/\/\S+)/.exec(said);
      if (found) resolve(found[1]);
    });
    firefox.on('error', reject);
    firefox.on('exit', () => reject(new Error(`Firefox ended: ${said}`)));
  });

async function connect(address) {
  const socket = new WebSocket(address),
    waiting = new Map();
  let last = 0;
  await new Promise((resolve, reject) => socket.on('open', resolve).on('error', reject));
  socket.on('message', (data) => {
    const { id, result, error, message } = JSON.parse(data);
    const { resolve, reject } = waiting.get(id) ?? {};
    waiting.delete(id);
    if (error) reject?.(new Error(`${error}: ${message}`));
    else resolve?.(result);
  });
  const send = (method, params = {}) =>
    new Promise((resolve, reject) => {
      waiting.set(++last, { resolve, reject });
      socket.send(JSON.stringify({ id: last, method, params }));
    });
  return { send, close: () => socket.close() };
}

/** A window in a context of cookies of its own. */
async function open({ send }) {
  const { userContext } = await send('browser.createUserContext'),
    { context } = await send('browsingContext.create', { type: 'tab', userContext });
  return {
    adopt: async (cookies, url) => {
      for (const [name, value] of cookies)
        await send('storage.setCookie', {
          cookie: { name, value: { type: 'string', value }, domain: new URL(url).hostname, path: '/', httpOnly: true, sameSite: 'lax' },
          partition: { type: 'storageKey', userContext },
        });
    },
    goto: (url) => send('browsingContext.navigate', { context, url, wait: 'none' }),
    evaluate: async (expression) => {
      const { result, exceptionDetails } = await send('script.evaluate', { expression, target: { context }, awaitPromise: false });
      if (exceptionDetails) throw new Error(exceptionDetails.text);
      return result.value;
    },
    reload: () => send('browsingContext.reload', { context, wait: 'none' }),
    back: () =>
      send('browsingContext.traverseHistory', { context, delta: -1 }).catch((error) => {
        if (!/no such history entry/.test(error.message)) throw error;
        return false;
      }),
    close: () => send('browser.removeUserContext', { userContext }),
  };
}

export async function launch() {
  const home = fs.mkdtempSync(path.join(os.tmpdir(), 'inscrinet-firefox-'));
  const firefox = spawn(process.env.FIREFOX ?? 'firefox-esr', ['--headless', '--no-remote', '--profile', home, '--remote-debugging-port', '0', 'about:blank'], {
    env: { ...process.env, HOME: home, MOZ_CRASHREPORTER_DISABLE: '1' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ended = new Promise((resolve) => firefox.on('exit', resolve));
  const browser = await connect(`${await listening(firefox)}/session`);
  await browser.send('session.new', { capabilities: {} });
  return {
    open: () => open(browser),
    close: async () => {
      browser.close();
      firefox.kill('SIGTERM');
      await ended;
      fs.rmSync(home, { recursive: true, force: true });
    },
  };
}
