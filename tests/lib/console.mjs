// SPDX-License-Identifier: Apache-2.0
//
// A shell of a base, sqlite3 or psql, that stays: to be started anew for each look at the base took a fifth of the tests'
// time. Asked synchronously, over pipes with names; whatever it says on standard error is an error.
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const END = '--- end ---';

/** The shell ended before it had answered. */
export class Ended extends Error {}

export class Console {
  /** say: the shell's own command that prints a text; owner: uid and gid, or nothing. */
  constructor(command, args, say, owner) {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'console-')),
      [asked, told, wrong] = ['asked', 'told', 'wrong'].map((name) => path.join(folder, name));
    spawnSync('mkfifo', [asked, told, wrong]);
    // opened for both ways, an end waits for nobody; the shell's own end is given to it, so that its death is the pipe's end
    const both = [asked, told, wrong].map((fifo) => fs.openSync(fifo, fs.constants.O_RDWR)),
      stdio = [fs.openSync(asked, 'r'), fs.openSync(told, 'w'), fs.openSync(wrong, 'w')];
    this.input = fs.openSync(asked, 'w');
    this.output = fs.openSync(told, 'r');
    this.errors = fs.openSync(wrong, fs.constants.O_RDONLY | fs.constants.O_NONBLOCK);
    this.shell = spawn(command, args, { ...owner, stdio });
    this.shell.on('error', () => {});
    this.shell.unref();
    for (const end of [...both, ...stdio]) fs.closeSync(end);
    fs.rmSync(folder, { recursive: true });
    this.say = say;
  }

  /** What a text of SQL gives. */
  ask(text) {
    const bytes = Buffer.alloc(1 << 16);
    let told = '';
    try {
      fs.writeSync(this.input, `${text}\n;\n${this.say} '${END}'\n`);
    } catch (error) {
      throw error.code === 'EPIPE' ? new Ended('the shell of the base has ended') : error;
    }
    while (!told.endsWith(`${END}\n`)) {
      const count = fs.readSync(this.output, bytes);
      if (count === 0) throw new Ended('the shell of the base has ended');
      told += bytes.toString('latin1', 0, count);
    }
    const wrong = this.complaint();
    if (/connection to the server was lost|server closed the connection|terminating connection/.test(wrong)) throw new Ended(wrong);
    if (wrong) throw new Error(wrong);
    return Buffer.from(told.slice(0, -END.length - 1), 'latin1')
      .toString('utf8')
      .trim();
  }

  complaint() {
    const bytes = Buffer.alloc(1 << 16);
    try {
      return bytes.toString('utf8', 0, fs.readSync(this.errors, bytes)).trim();
    } catch (error) {
      if (error.code === 'EAGAIN') return '';
      throw error;
    }
  }

  close() {
    this.shell.kill('SIGKILL');
    for (const end of [this.input, this.output, this.errors]) fs.closeSync(end);
  }
}
