// SPDX-License-Identifier: Apache-2.0
//
// A server whose base fails when it is told to: Server.start({ ...fault.options }), then fault.order(...).
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { base, build, until } from './server.mjs';

/* What SQLite says, and the status that follows: the file is damaged, the disk can't be read. PostgreSQL's says nothing. */
export const faults =
  base === 'sqlite'
    ? [
        { code: 11, status: 500 },
        { code: 10, status: 503 },
      ]
    : [{ code: 0, status: 500 }];

const AFTER = 0,
  CODE = 8,
  FAILED = 16,
  STILL = 1016,
  AT = 1024,
  SIZE = 1088,
  STANDS = -1n;

export class Fault {
  constructor() {
    this.folder = fs.mkdtempSync(path.join(os.tmpdir(), 'inscrinet-fault-'));
    fs.chmodSync(this.folder, 0o755);
    this.file = path.join(this.folder, 'order');
    fs.writeFileSync(this.file, Buffer.alloc(SIZE));
    fs.chmodSync(this.file, 0o666);
  }

  get options() {
    return { preload: [path.join(build, 'tests/failing_base.so')], environment: { INSCRINET_TEST_FAULT: this.file } };
  }

  /** Which step fails from now on, of all statements, on SQLite of all their rows; 0: none. */
  order(after, { code } = faults[0]) {
    const bytes = Buffer.alloc(SIZE);
    bytes.writeBigInt64LE(BigInt(code), CODE);
    bytes.writeBigInt64LE(BigInt(after), AFTER);
    fs.writeFileSync(this.file, bytes, { flag: 'r+' });
  }

  /**
   * The nth statement from now on whose text (SQLite) or name (PostgreSQL) holds what is given stands still: reached() waits
   * until it does, goOn() lets it go.
   */
  stillAt(holds, nth) {
    const bytes = Buffer.alloc(SIZE);
    bytes.writeBigInt64LE(BigInt(nth), STILL);
    bytes.write(holds, AT);
    fs.writeFileSync(this.file, bytes, { flag: 'r+' });
    return {
      reached: () => until(`${holds} to stand still`, () => fs.readFileSync(this.file).readBigInt64LE(STILL) === STANDS),
      goOn: () => this.order(0),
    };
  }

  /** How many steps something takes. */
  async steps(something) {
    const many = 1e9;
    this.order(many);
    await something();
    const left = Number(fs.readFileSync(this.file).readBigInt64LE(AFTER));
    this.order(0);
    return many - left;
  }

  /** The statement that has failed, or ''. */
  failed() {
    const bytes = fs.readFileSync(this.file).subarray(FAILED);
    return bytes.subarray(0, bytes.indexOf(0)).toString();
  }

  end() {
    fs.rmSync(this.folder, { recursive: true, force: true });
  }
}
