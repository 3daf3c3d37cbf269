// SPDX-License-Identifier: Apache-2.0
//
// Two sessions of one exam, open side by side: the demo's BP of spring, the main one, and of autumn. A candidate registers
// in both and is a double in neither; each page, list, count, paper and change keeps to its own: every row of the table of
// addresses is walked with what is the other session's.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, before, test } from 'node:test';

import { extend, sessionOf, specialtyOf } from '../lib/academy.mjs';
import { Browser } from '../lib/browser.mjs';
import { absentOf, addresses, attempt, name, objectsOf, populate, read, secrets, snapshot } from '../lib/objects.mjs';
import { Server } from '../lib/server.mjs';
import { loginHead, loginPupils, registerAlone } from '../lib/walk.mjs';

const rows = await Server.routes(),
  at = {},
  objects = objectsOf(at),
  services = { head: 'etablissement', pupils: 'inscription-etablissement', alone: 'inscription' };
let server, head, pupils, spring, autumn, school;

/* an apprentice of this exam is asked for his contract */
const apprentice = {
  'Catégorie du candidat': 'Apprenti',
  Employeur: 'Boulangerie Dupont',
  'Date de naissance': '07/07/2008',
};

const count = (where) => Number(server.query(`SELECT count(*) FROM registration WHERE ${where}`));
const dated = (which) => {
  const [year, month] = server.query(`SELECT year, month FROM exam_session WHERE exam = 'BP' AND main = ${which}`).split('|');
  return `bp-${year}-${month.padStart(2, '0')}`;
};

before(async () => {
  server = await Server.start({ candidates: 60 });
  spring = 'bp';
  autumn = dated(0);
  server.ctl(['parameter', 'set', 'modification_par_etablissement', 'O']);
  school = server.account('etablissement', 'open').login;
  const specialty = specialtyOf(server, 'bp', { units: false });
  extend(server, school, { exams: [spring, autumn], specialties: [specialty], families: ['SCO', 'APP', 'FPC', 'IND'] });
  head = await loginHead(server);
  pupils = await loginPupils(server);
  at.mine = await populate(head, pupils, spring, specialty, apprentice);
  at.theirs = { ...(await populate(head, pupils, autumn, specialty, apprentice)), school, delegate: `${school}.NEMO` };
});
after(async () => {
  await server?.stop();
});

test('each service leads to both sessions, the further one by its name', async () => {
  for (const [browser, service] of [
    [head, services.head],
    [pupils, services.pupils],
    [new Browser(server.url), services.alone],
  ]) {
    const home = await browser.go(`/${service}/`),
      links = home.links().filter((text) => /^Brevet professionnel \(BP\)/.test(text));
    assert.equal(links.length, 2, service);
    assert.equal(links[0], 'Brevet professionnel (BP)');
    assert.match(links[1], /^Brevet professionnel \(BP\) – session d’?e? ?automne \d{4}$/);
    assert.equal(new URL(home.link(links[0])).pathname, `/${service}/${spring}/`);
    assert.equal(new URL(home.link(links[1])).pathname, `/${service}/${autumn}/`);
    for (const [exam, h1] of [
      [spring, links[0]],
      [autumn, links[1]],
    ])
      assert.equal((await browser.go(`/${service}/${exam}/`)).h1, h1, `${service}/${exam}`);
  }
});
