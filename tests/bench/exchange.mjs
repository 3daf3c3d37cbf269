// SPDX-License-Identifier: Apache-2.0
//
// What loads and unloads cost, against the base's own tools on the same rows: pupils against .import or COPY into the
// same two tables with the same constraints, candidates against a dump of their rows. The product does more with each
// row: it reads a school's file, looks up what the base has, and notes what an undo needs.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

import { base, build, run, Server } from '../lib/server.mjs';

const rowsOf = (process.env.BENCH_ROWS ?? '20000,100000').split(',').map(Number);
const alphabet = 'ABCDEFGHJKLMNPRSTUVWXYZ';

/** A program's run: { seconds, cpu, memory in MB }. */
function measured(command, args, input) {
  const done = spawnSync('/usr/bin/time', ['-f', '%e %U %S %M', command, ...args], { encoding: 'utf8', input, maxBuffer: 1 << 30 });
  if (done.status !== 0) throw new Error(`${command} ${args.join(' ')}: ${done.stderr}`);
  const [seconds, user, system, memory] = done.stderr.trim().split('\n').at(-1).split(' ').map(Number);
  return { seconds, cpu: user + system, memory: memory / 1024 };
}

/** A file of a year's pupils in all of the schools, each with an INE and an address: school by school, as schools and
 * academies have them, or mixed. */
function pupils(server, count, mixed) {
  const schools = server.query('SELECT code FROM establishment ORDER BY code').split('\n'),
    mefs = server.query('SELECT mef FROM training_programme WHERE last_year = 1 ORDER BY mef LIMIT 40').split('\n'),
    file = path.join(server.state, `pupils-${count}.csv`),
    out = fs.openSync(file, 'w');
  fs.writeSync(out, 'uai;ine;nom_naissance;prenom_1;prenom_2;date_naissance;sexe;classe;mef;adresse_1;code_postal;commune;telephone_mobile;courriel\n');
  for (let i = 0; i < count; i++) {
    const letters = [...String(i).padStart(7, '0')].map((figure) => alphabet[figure]).join(''),
      ine = String(i).padStart(10, '0') + alphabet[i % 23],
      row = [
        schools[mixed ? i % schools.length : Math.floor((i * schools.length) / count)],
        ine,
        `NOM${letters}`,
        'Camille',
        'Marie',
        `${String(1 + (i % 28)).padStart(2, '0')}/05/2008`,
        1 + (i % 2),
        `T${i % 9}`,
      ];
    row.push(mefs[i % mefs.length], `${i % 200} rue des Acacias`, '33000', 'BORDEAUX', `06${String(i).padStart(8, '0')}`, `c.nom${i}@exemple.fr`);
    fs.writeSync(out, `${row.join(';')}\n`);
  }
  fs.closeSync(out);
  return file;
}

const psql = (server, ...args) => ['psql', ['-X', '-q', '-v', 'ON_ERROR_STOP=1', '-d', server.conninfo, ...args]];

/**
 * The rows of tables as files, in the order in which they came (their keys begin with INEs, which ascend), and the tables
 * empty: for the base's own way in. What .import can't give, a blob, it gets in hex, into a table that takes it so.
 */
function takeOut(server, tables) {
  const files = tables.map((table) => path.join(server.state, `${table}.csv`));
  for (const [i, table] of tables.entries())
    if (base === 'sqlite') {
      const columns = server.query(`SELECT group_concat(iif(type = 'BLOB', 'hex(' || name || ')', name)) FROM pragma_table_info('${table}')`);
      fs.writeFileSync(files[i], run('sqlite3', ['-csv', server.file, `SELECT ${columns} FROM ${table} ORDER BY key`]).stdout);
    } else run(...psql(server, '-c', `\\copy (SELECT * FROM ${table} ORDER BY key) TO '${files[i]}' CSV`));
  for (const table of [...tables].reverse()) {
    const made = base === 'sqlite' ? server.query(`SELECT group_concat(sql, ';') FROM sqlite_master WHERE tbl_name = '${table}' AND sql IS NOT NULL`) : '';
    server.query(made ? `DROP TABLE ${table}; ${made.replaceAll('BLOB', 'TEXT')}` : `DELETE FROM ${table}`);
  }
  return files;
}

/** The base's own way in, in one transaction. */
function bringIn(server, tables, files) {
  if (base === 'sqlite')
    return measured(
      'sqlite3',
      ['-bail', server.file],
      `PRAGMA foreign_keys = ON;\nBEGIN;\n${tables.map((table, i) => `.import --csv ${files[i]} ${table}\n`).join('')}COMMIT;\n`,
    );
  return measured(...psql(server, '-c', 'BEGIN', ...tables.flatMap((table, i) => ['-c', `\\copy ${table} FROM '${files[i]}' CSV`]), '-c', 'COMMIT'));
}

async function load(count, mixed) {
  const server = await Server.make({ establishments: 200, candidates: 0 }),
    tables = ['pupil', 'pupil_private'];
  try {
    const file = pupils(server, count, mixed),
      ours = measured(path.join(build, 'inscrinetctl'), ['-d', server.database, 'load', 'pupils', file]);
    const there = () => Number(server.query('SELECT count(*) FROM pupil'));
    if (there() !== count) throw new Error(`${there()} pupils of ${count}`);
    const theirs = bringIn(server, tables, takeOut(server, tables));
    if (there() !== count) throw new Error(`${there()} pupils of ${count} by the base's own way`);
    return { ours, theirs };
  } finally {
    await server.stop();
  }
}

/** Candidates with their units: from the base to files, against a dump of the rows that they are made of. */
async function unload(count) {
  const server = await Server.make({ establishments: 200, candidates: count });
  try {
    const ours = measured(path.join(build, 'inscrinetctl'), ['-d', server.database, 'unload', 'candidates', path.join(server.state, 'out')]);
    const query = 'SELECT * FROM registration ORDER BY exam, number',
      theirs =
        base === 'sqlite'
          ? measured('sqlite3', ['-csv', '-header', '-cmd', `.output ${path.join(server.state, 'dump.csv')}`, server.file, query])
          : measured(...psql(server, '-c', `\\copy (${query}) TO '${path.join(server.state, 'dump.csv')}' CSV HEADER`));
    return { ours, theirs };
  } finally {
    await server.stop();
  }
}

/** Loads and unloads of growing numbers of rows; ratios are the base's own time in ours: more is better. */
export async function exchange(table) {
  const own = base === 'sqlite' ? ['.import', 'sqlite3 -csv'] : ['COPY FROM', 'COPY TO'];
  for (const [what, of, aims, peer] of [
    ['load pupils, school by school', (count) => load(count, false), base === 'sqlite' ? '≥ 1.0' : '≥ 0.5', own[0]],
    ['load pupils, schools mixed', (count) => load(count, true), base === 'sqlite' ? '≥ 1.0' : '≥ 0.5', own[0]],
    ['unload candidates', unload, base === 'sqlite' ? '≥ 1.0' : '≥ 0.7', own[1]],
  ]) {
    const rows = [];
    for (const count of rowsOf) {
      const { ours, theirs } = await of(count);
      rows.push([count, ours.seconds.toFixed(1), ours.cpu.toFixed(1), ours.memory.toFixed(0), theirs.seconds.toFixed(1), theirs.cpu.toFixed(1)]);
      rows.at(-1).push(theirs.memory.toFixed(0), (theirs.seconds / ours.seconds).toFixed(2), aims);
    }
    table([`${what}, ${base}`, 's', 'CPU s', 'MB', `${peer}: s`, 'CPU s', 'MB', 'ratio', 'aim'], rows);
  }
}
