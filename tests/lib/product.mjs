// SPDX-License-Identifier: Apache-2.0
//
// What the product says of itself in its sources, read from them: the messages and the questionnaire. A test that goes
// through one of these tables meets every row, also those that come later.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';

import { top } from './server.mjs';

const read = (file) => fs.readFileSync(path.join(top, file), 'utf8');

/** A C string literal, or several in a row, as the text that it is. */
const text = (literal) => [...literal.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map((match) => JSON.parse(`"${match[1]}"`)).join('');

const messages = new Map(
  [...read('lib/domain/messages.def').matchAll(/^MESSAGE\((\w+),\s*((?:"(?:[^"\\]|\\.)*"\s*)+)\)/gm)].map((match) => [match[1], text(match[2])]),
);

/** A message as a page shows it: blanks are one blank. */
export function message(name, ...values) {
  const found = messages.get(name);
  assert.ok(found !== undefined, `no message ${name} in messages.def`);
  return found
    .replace(/\{(\d)\}/g, (all, i) => values[i] ?? all)
    .replace(/\s+/g, ' ')
    .trim();
}

/** A table of questions in C: { name, label, step, kind, required, requiredIn, conditional, presence, services, exams, max, missing, unasked }. */
function questions(file, row) {
  const source = read(file);
  const numbers = Object.fromEntries(
    [...source.matchAll(/^ {4}(\w+) = (\d+)/gm), ...source.matchAll(/enum \{ (\w+) = (\d+) \}/g)].map((match) => [match[1], Number(match[2])]),
  );
  const paths = Object.fromEntries([...read('lib/domain/questionnaire.c').matchAll(/\[(STEP_\w+)\] = \{"([^"]+)"/g)].map((match) => [match[1], match[2]]));
  return [...source.matchAll(row)].map(([, body]) => {
    const member = (name) => new RegExp(`\\.${name} = ("[^"]*"|[^,{}]+)`).exec(body)?.[1];
    const max = member('max');
    return {
      name: text(member('name')),
      label: text(member('label')).replace(/\s+/g, ' '),
      step: paths[member('step')],
      kind: member('kind').slice(5).toLowerCase(),
      required: member('required') === '1',
      requiredIn: member('required_in') ?? null,
      conditional: member('conditional') ?? null,
      presence: member('presence') ?? null,
      services: member('services') ?? null,
      exams: member('exams') ?? null,
      max: max === undefined ? 0 : (numbers[max] ?? Number(max.replace(/\b[A-Z_]+\b/g, (one) => numbers[one]).replace(/^2 \* (\d+)$/, (all, one) => 2 * one))),
      missing: member('missing') ?? null,
      unasked: member('unasked') ?? null,
    };
  });
}

/** The rows of questionnaire.c. */
export const questionnaire = () => questions('lib/domain/questionnaire.c', /\[Q_\w+\] = \{([\s\S]*?)\},\n/g);

/** The rows of unit.c: name is the part before the unit, « note » of « note-U11 ». */
export const unitQuestions = () => questions('lib/domain/unit.c', /\[UNIT_\w+\] = \{([\s\S]*?)\},\n/g);
