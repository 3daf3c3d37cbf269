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
  server.query(`INSERT INTO work (token, ordinal, place, kind, what, since, actor, asked, state, attempts)
    VALUES ('${token}', (SELECT coalesce(max(ordinal), 0) + 1 FROM work), 'ici', 'unload', '', 0, 'gestionnaire', 0, 'done', 1)`);
  return `travail=${token}`;
}

/** A preview with a row of each sort, as a load would have told it. */
export function donePreview(server, token = 'apercu') {
  const result = JSON.stringify({
    nouveaux: 1,
    modifies: 1,
    refuses: 1,
    lignes: 3,
    empreinte: 'x',
    remarques: ['Colonnes ignorées : telephone.'],
    refus: [[3, 4, '', 'uai', null, '5900006Q', 'Le code UAI doit comporter 7 chiffres et une lettre.']],
    changements: [
      [1, 2, '5900001V LYCÉE ESSAI', 'denomination', 'AVANT', 'APRÈS', null],
      [0, 3, '5900003X LYCÉE NOUVEAU', null, null, null, null],
    ],
  });
  server.query(`INSERT INTO work (token, ordinal, place, kind, what, since, actor, asked, file, sha256, state, attempts, result)
    VALUES ('${token}', (SELECT coalesce(max(ordinal), 0) + 1 FROM work), 'ici',
      'preview', 'establishments', 0, 'gestionnaire', 0, 'lycées.csv', '${'ab'.repeat(32)}', 'done', 1, '${result}')`);
  return `travail=${token}`;
}
