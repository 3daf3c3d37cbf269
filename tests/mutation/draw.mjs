// SPDX-License-Identifier: Apache-2.0
//
// Which change is number N: drawn by a seed, folder after folder, so that each room gets its share, whatever it weighs;
// in a room each operator is as likely as any other. The same seed and the same code give the same changes everywhere.
import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

import { changesOf, operators } from './operators.mjs';
import { functionMacros, lineOf } from './source.mjs';

const roots = ['lib', 'mod_inscrinet', 'inscrinetctl'];

/** Small, and the same everywhere: mulberry32, begun with a digest of what it is for. */
function randomOf(...words) {
  let state = crypto.createHash('sha256').update(words.join('/')).digest().readUInt32LE(0);
  return (most) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296) * most);
  };
}

function filesUnder(top, folder) {
  return fs.readdirSync(path.join(top, folder), { withFileTypes: true }).flatMap((entry) => {
    const file = path.posix.join(folder, entry.name);
    return entry.isDirectory() ? filesUnder(top, file) : [file];
  });
}

/** All changes of a tree: by folder, file, operator; digest says whether it is still the same code. */
export class Changes {
  constructor(top, { folders, names }) {
    const files = roots.flatMap((root) => filesUnder(top, root)).sort();
    const text = (file) => fs.readFileSync(path.join(top, file), 'utf8');
    const code = files.filter((file) => /\.(c|h|def)$/.test(file));
    const macros = functionMacros(code.map(text));
    const messages = [...text('lib/domain/messages.def').matchAll(/^MESSAGE\((\w+),/gm)].map((match) => match[1]);
    const all = Object.fromEntries(Object.entries(operators(messages)).filter(([name]) => !names || names.includes(name)));
    this.digest = crypto
      .createHash('sha256')
      .update(code.map((file) => `${file}\n${text(file)}`).join('\0'))
      .digest('hex')
      .slice(0, 16);
    this.rooms = new Map();
    for (const file of files.filter((one) => one.endsWith('.c'))) {
      const room = path.posix.dirname(file);
      if (folders && !folders.some((folder) => file === folder || file.startsWith(`${folder}/`))) continue;
      if (!this.rooms.has(room)) this.rooms.set(room, Object.fromEntries(Object.keys(all).map((name) => [name, []])));
      for (const [name, changes] of Object.entries(changesOf(text(file), macros, all)))
        this.rooms.get(room)[name].push(...changes.map((change) => ({ ...change, file, line: lineOf(text(file), change.at), operator: name })));
    }
    for (const [room, changes] of this.rooms) if (Object.values(changes).every((some) => some.length === 0)) this.rooms.delete(room);
    if (this.rooms.size === 0) throw new Error('there is nothing to change in these folders');
  }

  /** The change of a number, from 1; attempt counts those before it that could not be compiled. */
  drawn(seed, number, attempt) {
    const rooms = [...this.rooms.keys()];
    const round = randomOf(seed, 'round', Math.floor((number - 1) / rooms.length));
    for (let i = rooms.length - 1; i > 0; i--) {
      const other = round(i + 1);
      [rooms[i], rooms[other]] = [rooms[other], rooms[i]];
    }
    const room = this.rooms.get(rooms[(number - 1) % rooms.length]);
    const below = randomOf(seed, number, attempt);
    const names = Object.keys(room).filter((name) => room[name].length > 0);
    const changes = room[names[below(names.length)]];
    return changes[below(changes.length)];
  }

  /** All of them, one after the other. */
  every() {
    return [...this.rooms.values()].flatMap((room) => Object.values(room).flat()).sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.at - b.at));
  }
}
