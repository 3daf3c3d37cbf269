// SPDX-License-Identifier: Apache-2.0
//
// A server whose clock the test moves: Server.start({ ...clock.options }), then clock.move(seconds).
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { build } from './server.mjs';

export class Clock {
  constructor() {
    this.folder = fs.mkdtempSync(path.join(os.tmpdir(), 'inscrinet-clock-'));
    fs.chmodSync(this.folder, 0o755);
    this.file = path.join(this.folder, 'moved');
    this.moved = 0;
    this.write('w');
  }

  write(flag) {
    const bytes = Buffer.alloc(8);
    new BigInt64Array(bytes.buffer, bytes.byteOffset, 1)[0] = BigInt(this.moved);
    fs.writeFileSync(this.file, bytes, { flag });
  }

  get options() {
    return { preload: [path.join(build, 'tests/moved_clock.so')], environment: { INSCRINET_TEST_CLOCK: this.file } };
  }

  /** Forward, or back. */
  move(seconds) {
    this.moved += seconds;
    this.write('r+');
  }

  end() {
    fs.rmSync(this.folder, { recursive: true, force: true });
  }
}
