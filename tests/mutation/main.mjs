// SPDX-License-Identifier: Apache-2.0
//
// Draws changes, makes each, runs tests until one fails, and tells of those that none noticed.
import crypto from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { Changes } from './draw.mjs';
import { attempt, endAll, likeness, mayNotice, stages, trialsOf, usual } from './trials.mjs';
import { Cluster, Workshop } from './workshop.mjs';

const top = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

const help = `tests/mutation/run [options]
  --count N       changes to draw (20); a run of the same seed goes on where it stopped
  --seed TEXT     what they are drawn by (1)
  --minutes N     begin no other change after so many minutes
  --only N        this one change, again, whatever was found before
  --in FOLDERS    of these folders or files only, with commas between them: lib/domain,lib/text
  --by OPERATORS  by these operators only: if,relation,logic,return,call,integer,row,member,message
  --every         all changes there are, instead of drawing
  --stages NAMES  of tests (${usual.join()}); there are also ${stages.filter((stage) => !usual.includes(stage)).join()}
  --without NAMES run all but these tests: test_demo,browser.test.mjs
  --once          believe a file of http tests that fails, without running it again
  --to FILE       where results are kept (build/mutation/results.jsonl)
  --anew          forget the results of another seed or of other code
  --work FOLDER   where the copy of the tree is, and stays (a folder of the temporary ones)
  --list          tell what would be drawn, and change nothing
  --table         tell what was found so far
`;

const { values: options } = parseArgs({
  options: {
    ...Object.fromEntries(['count', 'seed', 'minutes', 'only', 'in', 'by', 'stages', 'without', 'to', 'work'].map((name) => [name, { type: 'string' }])),
    ...Object.fromEntries(['every', 'once', 'anew', 'list', 'table', 'help'].map((name) => [name, { type: 'boolean' }])),
  },
});

const wantedStages = options.stages?.split(',') ?? usual;
const unwanted = options.without?.split(',') ?? [];
const seed = options.seed ?? '1';
const resultsFile = path.resolve(options.to ?? path.join(top, 'build/mutation/results.jsonl'));
const workFolder =
  options.work ?? path.join(os.tmpdir(), `inscrinet-mutation-${process.getuid()}-${crypto.createHash('sha256').update(top).digest('hex').slice(0, 8)}`);

/* ---------------------------------------------------------------- results */

const cell = (text) => text.replace(/\|/g, '\\|').replace(/`([^`]*)\\\|([^`]*)`/g, '`$1\\|$2`');

function told(result) {
  const where = `${result.change.file}:${result.change.line}`;
  const by = result.killed ? `${result.killed.stage}: ${result.killed.name}, ${result.killed.why}` : '**survived**';
  return `| ${result.number} | ${where} | ${cell(result.change.what)} | ${cell(by)} |`;
}

function table(results) {
  const survived = results.filter((result) => !result.killed).length;
  const skipped = results.reduce((sum, result) => sum + result.skipped, 0);
  return [
    '| n° | where | what was changed | noticed by |',
    '| ---: | --- | --- | --- |',
    ...results.sort((a, b) => a.number - b.number).map(told),
    '',
    `${results.length} changes: ${results.length - survived} noticed, ${survived} survived; ${skipped} drawn before them could not be compiled.`,
  ].join('\n');
}

/** Results of the same draw of the same code: the first line of the file says of which. */
function readResults(identity) {
  if (!fs.existsSync(resultsFile)) return [];
  const [first, ...lines] = fs
    .readFileSync(resultsFile, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
  if (JSON.stringify(first) === JSON.stringify(identity)) return lines;
  if (!options.anew) throw new Error(`${resultsFile} is of another draw or of other code: --anew forgets it, --to gives another file`);
  fs.rmSync(resultsFile);
  return [];
}

function keep(identity, result) {
  fs.mkdirSync(path.dirname(resultsFile), { recursive: true });
  if (!fs.existsSync(resultsFile)) fs.writeFileSync(resultsFile, `${JSON.stringify(identity)}\n`);
  fs.appendFileSync(resultsFile, `${JSON.stringify(result)}\n`);
}

/* ---------------------------------------------------------------- one change against the tests */

class Bench {
  constructor(workshop, results) {
    this.workshop = workshop;
    this.results = results;
    this.durationsFile = path.join(workFolder, 'durations.json');
    this.durations = fs.existsSync(this.durationsFile) ? JSON.parse(fs.readFileSync(this.durationsFile, 'utf8')) : {};
  }

  environment(stage) {
    const base = stage === 'pgsql' ? 'pgsql' : 'sqlite';
    return {
      ...this.cluster.environment,
      BUILD: 'build',
      INSCRINET_TEST_BASE: base,
      INSCRINET_TEST_FONTS: path.join(this.workshop.build, 'fonts'),
      INSCRINET_PDF_SAMPLE: path.join(this.workshop.build, 'shared/confirmation_sample'),
      INSCRINETCTL: path.join(this.workshop.build, 'inscrinetctl'),
    };
  }

  trials(stage) {
    return trialsOf(this.workshop, stage).filter((trial) => !unwanted.includes(trial.name));
  }

  usually(trial) {
    return this.durations[`${trial.stage}/${trial.name}`] ?? 60;
  }

  run(trial, signal) {
    return attempt(trial, { environment: this.environment(trial.stage), limit: 60 + 6 * this.usually(trial), signal });
  }

  /** All tests on the unchanged tree, where it isn't known yet how long they take: one that fails there tells nothing. */
  async measure() {
    this.unreliable = new Set();
    for (const stage of wantedStages)
      for (const trial of this.trials(stage)) {
        const name = `${stage}/${trial.name}`;
        if (this.durations[name] !== undefined) continue;
        const result = await this.run(trial);
        process.stderr.write(`unchanged, ${name}: ${result.passed ? `${result.seconds.toFixed(1)} s` : `FAILS: ${result.why}`}\n`);
        if (result.passed) this.durations[name] = result.seconds;
        else this.unreliable.add(name);
        fs.writeFileSync(this.durationsFile, JSON.stringify(this.durations, null, 1));
      }
  }

  /** How often this file of tests noticed changes in the same folder. */
  luck(trial, file) {
    const folder = path.dirname(file);
    return this.results.filter(({ killed, change }) => killed?.name === trial.name && path.dirname(change.file) === folder).length;
  }

  /** Of a stage: what noticed changes near by or is called alike first, then the quickest. */
  ordered(stage, file) {
    const rank = (trial) => 10 * likeness(trial, file) + this.luck(trial, file) - this.usually(trial) / 20;
    return this.trials(stage)
      .filter((trial) => mayNotice(this.workshop, trial, file) && !this.unreliable.has(`${stage}/${trial.name}`))
      .sort((a, b) => rank(b) - rank(a));
  }

  prepareStage(stage, file) {
    if (stage === 'unit') return;
    if (stage === 'pdf' && file.startsWith('lib/document/')) this.workshop.makeOrThrow('build/tests/confirmation_sample_plain');
    else this.workshop.makeOrThrow('all');
  }

  /** A file of http tests may fail because the machine is slow: then it passes the second time. */
  async fails(trial, signal) {
    const first = await this.run(trial, signal);
    if (first.passed || first.ended) return null;
    if (first.hangs || options.once || trial.stage === 'unit') return first;
    const second = await this.run(trial, signal);
    return second.passed || second.ended ? null : second;
  }

  /** The tests of a stage, some at once, until one fails. */
  async stage(stage, file) {
    const waiting = this.ordered(stage, file);
    const stop = new AbortController();
    let killed = null;
    const next = async () => {
      for (let trial = waiting.shift(); trial && !killed; trial = waiting.shift()) {
        const failure = await this.fails(trial, stop.signal);
        if (!failure || killed) continue;
        killed = { stage, name: trial.name, why: failure.why };
        stop.abort();
      }
    };
    await Promise.all(Array.from({ length: ['http', 'pgsql'].includes(stage) ? 2 : 1 }, next));
    return killed;
  }

  async killer(file) {
    for (const stage of stages.filter((one) => wantedStages.includes(one))) {
      this.prepareStage(stage, file);
      const killed = await this.stage(stage, file);
      this.cluster.revive();
      if (killed) return killed;
    }
    return null;
  }
}

/* ---------------------------------------------------------------- the run */

/** The change of a number that can be compiled, applied; skipped counts those that could not. */
function applied(workshop, candidates) {
  let skipped = 0;
  for (const change of candidates) {
    if (workshop.apply(change)) return { change, skipped };
    workshop.restore();
    skipped++;
  }
  return { change: null, skipped };
}

function* attempts(changes, number) {
  if (options.every) yield changes.every()[number - 1];
  else for (let i = 0; i < 50; i++) yield changes.drawn(seed, number, i);
}

async function test(bench, changes, number) {
  const { workshop } = bench;
  const started = Date.now();
  const { change, skipped } = applied(workshop, attempts(changes, number));
  try {
    if (!change) return { number, skipped, change: null };
    const killed = await bench.killer(change.file);
    const { file, line, what, operator } = change;
    return { number, skipped, change: { file, line, what, operator }, killed, seconds: Math.round((Date.now() - started) / 1000) };
  } finally {
    workshop.restore();
  }
}

/** One run at a time in a folder: two would change each other's copy. */
function take(folder) {
  const lock = path.join(folder, 'pid');
  const pid = fs.existsSync(lock) ? fs.readFileSync(lock, 'utf8') : '';
  if (pid && fs.existsSync(`/proc/${pid}`)) throw new Error(`process ${pid} is at work in ${folder}: --work gives another folder`);
  fs.writeFileSync(lock, String(process.pid));
}

async function run(changes, identity, numbers, results) {
  fs.mkdirSync(workFolder, { recursive: true, mode: 0o755 });
  take(workFolder);
  const workshop = new Workshop(top, workFolder);
  const bench = new Bench(workshop, results);
  const until = Date.now() + Number(options.minutes ?? 1e6) * 60000;
  const stop = (status) => {
    endAll();
    workshop.restore();
    bench.cluster?.stop();
    process.exit(status);
  };
  process.on('SIGINT', () => stop(130));
  process.on('SIGTERM', () => stop(143));
  workshop.prepare();
  bench.cluster = new Cluster();
  try {
    await bench.measure();
    for (const number of numbers) {
      if (Date.now() > until) break;
      const result = await test(bench, changes, number);
      if (!result.change) continue;
      process.stderr.write(`${told(result)} ${result.seconds} s\n`);
      if (options.only) continue;
      keep(identity, result);
      results.push(result);
    }
  } finally {
    bench.cluster.stop();
  }
}

async function main() {
  if (options.help) return process.stdout.write(help);
  const changes = new Changes(top, { folders: options.in?.split(','), names: options.by?.split(',') });
  const identity = { seed: options.every ? null : seed, in: options.in ?? null, by: options.by ?? null, stages: wantedStages.join(), code: changes.digest };
  const count = options.every ? changes.every().length : Number(options.count ?? 20);
  const numbers = options.only ? [Number(options.only)] : Array.from({ length: count }, (_, i) => i + 1);
  if (options.list) {
    for (const number of numbers) {
      const { file, line, what } = attempts(changes, number).next().value;
      process.stdout.write(`${number} ${file}:${line} ${what}\n`);
    }
    return undefined;
  }
  const results = options.only ? [] : readResults(identity);
  const done = new Set(results.map((result) => result.number));
  if (!options.table)
    await run(
      changes,
      identity,
      numbers.filter((number) => !done.has(number)),
      results,
    );
  return options.only ? undefined : process.stdout.write(`${table(results)}\n`);
}

await main();
