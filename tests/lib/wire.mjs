// SPDX-License-Identifier: Apache-2.0
//
// HTTP where fetch says too little: a chosen address to come from, a Host of one's own, a connection that is kept,
// a path sent as it is written. Without an agent each
// request has a connection of its own.
import http from 'node:http';

import { overHttp2 } from './h2.mjs';

/* A kept connection may be closed just when it is taken again: a browser then asks once more. */
const lostWhileIdle = (request, error, method) => request.reusedSocket && error.code === 'ECONNRESET' && method === 'GET';

/** { status, headers (Headers), body (Buffer), text() } of one request; rejects when the connection breaks. */
export function wire(url, options = {}) {
  const { method = 'GET', path, headers = {}, body, from, agent = false, timeout = 60000 } = options;
  const target = new URL(url);
  if (target.protocol === 'https:') return overHttp2(url, options);
  return new Promise((resolve, reject) => {
    const request = http.request(
      {
        host: target.hostname,
        port: target.port,
        path: path ?? target.pathname + target.search,
        method,
        agent,
        timeout,
        localAddress: from,
        headers: { ...(body !== undefined ? { 'content-length': Buffer.byteLength(body) } : {}), ...headers },
      },
      (answer) => {
        const parts = [];
        answer
          .on('data', (part) => parts.push(part))
          .on('error', reject)
          .on('aborted', () => reject(new Error('aborted')))
          .on('end', () => {
            const all = new Headers(),
              bytes = Buffer.concat(parts),
              cookies = [];
            for (let i = 0; i < answer.rawHeaders.length; i += 2) {
              all.append(answer.rawHeaders[i], answer.rawHeaders[i + 1]);
              if (answer.rawHeaders[i].toLowerCase() === 'set-cookie') cookies.push(answer.rawHeaders[i + 1]);
            }
            resolve({ status: answer.statusCode, headers: all, cookies, body: bytes, text: () => bytes.toString('utf8') });
          });
      },
    );
    request
      .on('error', (error) => (lostWhileIdle(request, error, method) ? resolve(wire(url, options)) : reject(error)))
      .on('timeout', () => request.destroy(new Error(`no answer within ${timeout} ms`)));
    request.end(body);
  });
}
