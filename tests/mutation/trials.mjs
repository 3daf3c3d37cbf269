// SPDX-License-Identifier: Apache-2.0
//
// Tests, one program or file at a time, from the cheapest to the dearest, each with a limit of time: what hangs has
// noticed. What a test leaves running is ended by its id: it is known by a mark in its environment.
import { spawn } from 'node:child_process';
import crypto from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/**
 * Tests that need only some of the code come first. lint is none of them: it looks at the form of the sources, which
 * every change spoils; a change must be noticed by what the product does.
 */
export const usual = ['unit', 'template', 'pdf', 'http'];
export const stages = [...usual, 'pgsql', 'fault', 'browser'];

/** What a change of a file can be noticed by: the module is in no unit test, the command only in some. */
const concerns = {
  unit: (file, workshop, name) => file.startsWith('lib/') || (file.startsWith('inscrinetctl/') && workshop.commandTests.has(name)),
  template: (file) => file.startsWith('lib/') || file.startsWith('inscrinetctl/'),
  pdf: (file) => file.startsWith('lib/'),
};

export function trialsOf(workshop, stage) {
  const { top, build } = workshop;
  if (stage === 'unit') return workshop.units.map((name) => ({ stage, name, command: [path.join(build, 'shared', name)], cwd: top }));
  const folder = stage === 'pgsql' ? 'http' : stage;
  return fs
    .readdirSync(path.join(top, 'tests', folder))
    .filter((name) => name.endsWith('.test.mjs'))
    .map((name) => ({ stage, name, command: [process.execPath, '--test', '--test-reporter=tap', `${folder}/${name}`], cwd: path.join(top, 'tests') }));
}

export const mayNotice = (workshop, trial, file) => concerns[trial.stage]?.(file, workshop, trial.name) ?? true;

/** Words that a file of tests and a changed file have in common. */
export function likeness(trial, file) {
  const words = new Set(file.replace(/\.c$/, '').split(/[/_]/));
  return trial.name
    .replace(/^test_|\.test\.mjs$|\.c$/g, '')
    .split(/[_-]/)
    .filter((word) => [...words].some((one) => one.replace(/s$/, '') === word.replace(/s$/, ''))).length;
}

function endMarked(mark) {
  for (const pid of fs.readdirSync('/proc').filter((name) => /^\d+$/.test(name)))
    try {
      if (!fs.readFileSync(`/proc/${pid}/environ`).includes(mark) || fs.readFileSync(`/proc/${pid}/comm`, 'utf8') === 'postgres\n') continue;
      process.kill(Number(pid), 'SIGKILL');
    } catch {
      // it has ended meanwhile
    }
}

/** The first test that failed, by name. */
function failureOf(output) {
  const unit = /^\[ +FAILED +\] (\w+)$/m.exec(output)?.[1];
  const names = [...output.matchAll(/^( *)not ok \d+ - (.*)$/gm)].sort((a, b) => b[1].length - a[1].length);
  return unit ?? names[0]?.[2];
}

const running = new Set();

/** No test is left behind when the run is interrupted. */
export function endAll() {
  for (const end of running) end();
}

/** { passed, why, seconds }; ended, where abort ended it before it could tell. */
export function attempt(trial, { environment, limit, signal }) {
  return new Promise((resolve) => {
    const id = crypto.randomBytes(8).toString('hex');
    const temporary = fs.mkdtempSync(path.join(os.tmpdir(), 'mutant-'));
    fs.chmodSync(temporary, 0o755);
    const started = Date.now();
    const [command, ...args] = trial.command;
    const env = { ...process.env, ...environment, TMPDIR: temporary, INSCRINET_MUTATION: id };
    const child = spawn(command, args, { cwd: trial.cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    let hangs = false;
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output = (output + data).slice(-400000)));
    const end = () => {
      try {
        process.kill(-child.pid, 'SIGKILL');
      } catch {
        // it has ended
      }
      endMarked(`INSCRINET_MUTATION=${id}`);
      fs.rmSync(temporary, { recursive: true, force: true });
    };
    const timer = setTimeout(() => {
      hangs = true;
      end();
    }, limit * 1000);
    running.add(end);
    signal?.addEventListener('abort', end, { once: true });
    child.on('close', (status, by) => {
      clearTimeout(timer);
      end();
      running.delete(end);
      signal?.removeEventListener('abort', end);
      const why = hangs ? 'hangs' : (failureOf(output) ?? (by ? `ends by ${by}` : `status ${status}`));
      resolve({ passed: status === 0, hangs, ended: signal?.aborted ?? false, why, output, seconds: (Date.now() - started) / 1000 });
    });
  });
}
