// SPDX-License-Identifier: Apache-2.0
//
// Another program that keeps something of a server's base for itself, until it is told to let it go.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';

import { asServer, base } from './server.mjs';

/** statements: what it holds by an open transaction. Gives { release() }, which takes it back unless it is told to COMMIT. */
export async function hold(server, statements) {
  const [command, args, quit] = base === 'pgsql' ? ['psql', ['-X', '-q', '-t', '-A', '-d', server.conninfo], '\\q\n'] : ['sqlite3', [server.file], '.quit\n'];
  const other = spawn(command, args, { ...asServer, stdio: ['pipe', 'pipe', 'pipe'] });
  const ended = new Promise((resolve) => other.on('exit', resolve));
  let said = '',
    wrong = '';
  other.stderr.on('data', (part) => (wrong += part));
  const held = new Promise((resolve) => other.stdout.on('data', (part) => (said += part).includes('held') && resolve(true)));
  other.stdin.write(`${statements};\nSELECT 'held';\n`);
  assert.ok(await Promise.race([held, ended.then(() => false)]), wrong);
  assert.equal(wrong, '');
  return {
    release: async (end = 'ROLLBACK') => {
      other.stdin.end(`${end};\n${quit}`);
      await ended;
    },
  };
}
