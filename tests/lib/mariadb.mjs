// SPDX-License-Identifier: Apache-2.0
//
// A private MariaDB for the tests, as another's base: on a socket only, in a folder of its own, ended by its process id.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

import { asServer, run, until } from './server.mjs';

export class MariaDB {
  /** folder: it may be written to by the server's user. */
  static async start(folder) {
    const base = new MariaDB();
    base.socket = path.join(folder, 'socket');
    const common = ['--no-defaults', `--datadir=${path.join(folder, 'data')}`, '--innodb-log-file-size=8M', '--innodb-buffer-pool-size=16M'];
    run('/usr/bin/mariadb-install-db', [...common, '--auth-root-authentication-method=normal', '--skip-test-db']);
    base.process = spawn('/usr/sbin/mariadbd', [...common, `--socket=${base.socket}`, '--skip-networking', '--innodb-flush-log-at-trx-commit=0'], {
      ...asServer,
      stdio: ['ignore', 'ignore', fs.openSync(path.join(folder, 'log'), 'w')],
    });
    await until('MariaDB', () => {
      if (base.process.exitCode !== null) throw new Error(fs.readFileSync(path.join(folder, 'log'), 'utf8'));
      return base.ask('SELECT 1').status === 0;
    });
    base.sql('CREATE DATABASE etranger CHARACTER SET utf8mb4');
    return base;
  }

  ask(text, ...more) {
    return run('/usr/bin/mariadb', ['--no-defaults', '-S', this.socket, '-u', 'root', '--default-character-set=utf8mb4', '-N', '-B', '-e', text, ...more], {
      status: null,
    });
  }

  sql(text, database = 'mysql') {
    const done = this.ask(text, database);
    if (done.status !== 0) throw new Error(done.stderr);
    return done.stdout.trim();
  }

  async stop() {
    if (this.process.exitCode !== null) return;
    const ended = new Promise((resolve) => this.process.once('exit', resolve));
    this.process.kill('SIGTERM');
    await ended;
  }
}
