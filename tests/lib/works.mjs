// SPDX-License-Identifier: Apache-2.0
//
// What a worker has done, as if it had: an unload with its files, for tests that only look at its pages.
import fs from 'node:fs';
import path from 'node:path';

/** Gives what its addresses ask for: travail=TOKEN. */
export function doneUnload(server, token = 'essai') {
  const folder = path.join(server.state, 'base/travaux');
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
  for (const end of ['csv', 'zip']) fs.writeFileSync(path.join(folder, `${token}.${end}`), 'PK');
  server.give();
  server.query(`INSERT INTO work (token, place, kind, what, since, actor, asked, state, attempts)
    VALUES ('${token}', 'ici', 'unload', '', 0, 'gestionnaire', 0, 'done', 1)`);
  return `travail=${token}`;
}
