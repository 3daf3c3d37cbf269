// SPDX-License-Identifier: Apache-2.0
//
// HTTP/2 over TLS, for a browser of HTTP alone: what is asked for by GET shares a connection, as browsers do; what must not be
// sent twice has one of its own.
import http2 from 'node:http2';

const shared = new Map();

function connect(origin, from) {
  return new Promise((resolve, reject) => {
    const session = http2.connect(origin, { rejectUnauthorized: false, localAddress: from });
    session.once('connect', () => resolve(session)).once('error', reject);
    session.on('error', () => {}); // it is told to whoever asks on it
  });
}

async function sharedConnection(origin, from) {
  const key = `${origin} ${from}`;
  let session = await shared.get(key);
  if (!session || session.closed || session.destroyed) {
    shared.set(key, connect(origin, from));
    session = await shared.get(key);
    session.unref();
  }
  return session;
}

function ask(session, { target, method, headers, body, timeout }) {
  return new Promise((resolve, reject) => {
    const { host, ...others } = headers,
      lower = Object.fromEntries(Object.entries(others).map(([name, value]) => [name.toLowerCase(), value])),
      stream = session.request({
        ':method': method,
        ':path': target.pathname + target.search,
        ':authority': host ?? target.host,
        ...(body !== undefined ? { 'content-length': Buffer.byteLength(body) } : {}),
        ...lower,
      }),
      parts = [];
    let status, cookies;
    const all = new Headers();
    stream.setTimeout(timeout, () => stream.destroy(new Error(`no answer within ${timeout} ms`)));
    stream.on('response', (given) => {
      status = given[':status'];
      cookies = given['set-cookie'] ?? [];
      for (const [name, value] of Object.entries(given)) if (!name.startsWith(':')) for (const one of [value].flat()) all.append(name, one);
    });
    stream.on('data', (part) => parts.push(part)).on('error', reject);
    stream.on('close', () => {
      if (status === undefined || stream.rstCode !== 0) return reject(new Error(`${target}: broken off, ${stream.rstCode}`));
      const bytes = Buffer.concat(parts);
      resolve({ status, headers: all, cookies, body: bytes, text: () => bytes.toString('utf8') });
    });
    stream.end(body);
  });
}

/** The answer as wire gives it. */
export async function overHttp2(url, { method = 'GET', headers = {}, body, from, timeout = 60000 } = {}) {
  const target = new URL(url),
    request = { target, method, headers, body, timeout };
  if (method === 'GET') {
    try {
      return await ask(await sharedConnection(target.origin, from), request);
    } catch {
      shared.delete(`${target.origin} ${from}`); // it was closed just when it was taken again
      return ask(await sharedConnection(target.origin, from), request);
    }
  }
  const session = await connect(target.origin, from);
  try {
    return await ask(session, request);
  } finally {
    session.close();
  }
}
