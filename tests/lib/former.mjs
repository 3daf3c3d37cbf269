// SPDX-License-Identifier: Apache-2.0
//
// A base of a former version (tests/fixtures/README.md) in the place of a server's own.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

import { base, run, top } from './server.mjs';

const file = (name) => path.join(top, 'tests/fixtures', name);

/** What is known of it besides its rows. */
export const former = (version) => JSON.parse(fs.readFileSync(file(`base-${version}.json`), 'utf8'));

/** Directives with which a server lives a minute after the base was made: its sessions are young. */
export const then = ({ now }) => `InscrinetTestMode On\nInscrinetClockOffset ${now + 60 - Math.floor(Date.now() / 1000)}\n`;

const sql = (version) => fs.readFileSync(file(`base-${version}.sql`), 'utf8');

/* x'…' is a string of bits in PostgreSQL */
const blobs = (line) => line.replace(/X'([0-9a-f]*)'|'(?:[^']|'')*'/g, (text, hex) => (text[0] === 'X' ? `'\\x${hex}'` : text));

function ofPgsql(version) {
  const rows = sql(version)
    .split('\n')
    .filter((line) => line.startsWith('INSERT INTO '))
    .map(blobs);
  const identities = `DO $$ DECLARE one record; BEGIN
    FOR one IN SELECT table_name AS name, column_name AS id FROM information_schema.columns WHERE table_schema = 'public' AND is_identity = 'YES' LOOP
      EXECUTE format('SELECT setval(pg_get_serial_sequence(%1$L, %2$L), coalesce(max(%2$I), 0) + 1, false) FROM %1$I', one.name, one.id);
    END LOOP; END $$;`;
  return ['SET client_min_messages = warning; DROP SCHEMA public CASCADE; CREATE SCHEMA public;', fs.readFileSync(file(`base-${version}.pgsql.sql`), 'utf8')]
    .concat(['SET session_replication_role = replica;', ...rows, identities])
    .join('\n');
}

/* The dump within one transaction, in which servers see the former base or this one. */
function ofSqlite(server, version) {
  const drops = Object.keys(tablesOf(server)).map((table) => `DROP TABLE ${table};`);
  const lines = sql(version)
    .split('\n')
    .filter((line) => !/^(PRAGMA|BEGIN|COMMIT)\b/.test(line));
  return ['.bail on', '.timeout 5000', 'PRAGMA foreign_keys = OFF;', 'BEGIN IMMEDIATE;', ...drops, ...lines, 'COMMIT;'].join('\n');
}

/** Put it in the place of what is in the server's base. */
export function putBack(server, version) {
  if (base === 'sqlite') {
    run('sqlite3', [server.file], { input: ofSqlite(server, version) });
    return;
  }
  const argv = ['-X', '-q', '-v', 'ON_ERROR_STOP=1', '--single-transaction', '-d', server.conninfo];
  const done = spawnSync('psql', argv, { input: ofPgsql(version), encoding: 'utf8' });
  if (done.status !== 0) throw new Error(done.stderr);
}

/** Its tables with their columns, as they are now. */
export function tablesOf(server) {
  const rows = server.query(
    base === 'pgsql'
      ? "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1, ordinal_position"
      : "SELECT t.name, c.name FROM sqlite_schema t, pragma_table_info(t.name) c WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite%' ORDER BY 1, c.cid",
  );
  const tables = {};
  for (const [table, column] of rows
    .split('\n')
    .filter(Boolean)
    .map((line) => line.split('|')))
    (tables[table] ??= []).push(column);
  return tables;
}
