// SPDX-License-Identifier: Apache-2.0
//
// The product's own tables, as its command tells them. A test that goes through one of them meets every row, also those
// that come later. What a page is to say of a row is in words.mjs: there the product isn't asked.
import { spawnSync } from 'node:child_process';
import path from 'node:path';

import { build } from './server.mjs';

/** A table of `inscrinetctl describe`. */
export function describe(table) {
  const done = spawnSync(path.join(build, 'inscrinetctl'), ['describe', table], { encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`inscrinetctl describe ${table}: ${done.error ?? done.stderr}`);
  return JSON.parse(done.stdout);
}

/** The questions: { name, label, hint, step, kind, exams, services, required, required_in, conditional, presence, numeric, max, … }. */
export const questionnaire = () => describe('questions');

/** Those of units: name is the part before the unit, « note » of « note-U11 ». */
export const unitQuestions = () => describe('units');
