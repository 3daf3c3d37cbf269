// SPDX-License-Identifier: Apache-2.0
//
// The ways in which code is changed. Each operator gives all that it could do to a file, in the order of the file:
// { at, length, by, what }: so many bytes from there on become others, and what to call it.
import { read } from './source.mjs';

const short = (text) => {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 60 ? `${line.slice(0, 57)}…` : line;
};

/** A sign with what stands beside it on its line. */
function around(text, { start, end }) {
  const before = text.slice(Math.max(text.lastIndexOf('\n', start) + 1, start - 28), start);
  const line = text.indexOf('\n', end);
  return `\`${short(`${before}${text.slice(start, Math.min(line, end + 28))}`)}\``;
}

/** Tokens inside functions, with their place. */
function* inFunctions(file) {
  for (const { body } of file.functions) for (let i = body + 1; i < file.tokens[body].partner; i++) yield [i, file.tokens[i]];
}

/** One sign for another, wherever it stands in a function. */
const signs = (others) =>
  function* (file) {
    for (const [, token] of inFunctions(file)) {
      const other = token.kind === 'sign' && others[token.text];
      if (other) yield { at: token.start, length: token.text.length, by: other, what: `${token.text} to ${other}: ${around(file.text, token)}` };
    }
  };

function* negatedConditions(file) {
  for (const [i, token] of inFunctions(file)) {
    if (token.text !== 'if' || token.kind !== 'word') continue;
    const [open, close] = [file.tokens[i + 1], file.tokens[file.tokens[i + 1].partner]];
    const condition = file.text.slice(open.end, close.start);
    yield { at: open.end, length: condition.length, by: `!(${condition})`, what: `negated: \`if (${short(condition)})\`` };
  }
}

/** What a function of a type might as well give. */
function constants(type) {
  if (type === 'void') return [''];
  if (type.endsWith('char *')) return ['NULL', '""'];
  if (type.endsWith('*')) return ['NULL'];
  if (type === 'int') return ['0', '1'];
  if (type === 'db_error_t') return ['DB_OK'];
  if (type === 'message_t') return ['MSG_OK'];
  if (type === 'apr_status_t') return ['APR_SUCCESS'];
  return [`(${type}){0}`];
}

function* returnedConstants(file) {
  for (const { name, type, body } of file.functions)
    for (const value of constants(type)) {
      const by = ` return ${value};`.replace(' ;', ';');
      yield { at: file.tokens[body].end, length: 0, by, what: `\`${name}\` does nothing but \`${by.trim()}\`` };
    }
}

/** Calls whose value nobody takes: statements that begin with a name, hold no assignment and end with a bracket. */
function* droppedCalls(file) {
  const { tokens } = file;
  const begins = (i) => {
    const before = tokens[i - 1];
    if ([';', '{', '}', ':'].includes(before.text) || ['else', 'do'].includes(before.text)) return true;
    return before.text === ')' && ['if', 'for', 'while'].includes(tokens[before.partner - 1].text);
  };
  for (const [i, token] of inFunctions(file)) {
    if (token.kind !== 'word' || !begins(i) || /^(return|if|for|while|switch|case|else|do|goto|break|continue|default|static|const)$/.test(token.text))
      continue;
    let end = i;
    while (end < tokens.length && tokens[end].text !== ';' && !/^([-+*/%&|^]?=|\+\+|--|\{|\})$/.test(tokens[end].text))
      end = ['(', '['].includes(tokens[end].text) ? tokens[end].partner + 1 : end + 1;
    if (tokens[end].text !== ';' || tokens[end - 1].text !== ')' || !['word'].includes(tokens[tokens[end - 1].partner - 1].kind)) continue;
    if (tokens.slice(i, end).some((one, j, all) => j > 0 && one.kind === 'word' && all[j - 1].kind === 'word')) continue; // a declaration
    const statement = file.text.slice(token.start, tokens[end - 1].end);
    yield { at: token.start, length: statement.length, by: '', what: `dropped: \`${short(statement)};\`` };
  }
}

function variants(text) {
  const value = Number(text.replace(/[uUlL]+$/, ''));
  const ending = /[uUlL]*$/.exec(text)[0];
  if (!Number.isSafeInteger(value)) return [];
  const others = value === 0 ? [1] : value === 1 ? [0, 2] : [value - 1, value + 1, value * 1000];
  return others.map((other) => `${other}${ending}`);
}

/** Integers, in functions, tables, enums and #define; how many elements an array is made for changes nothing. */
function* otherIntegers(file) {
  const { tokens } = file;
  const found = [];
  const isRoom = (i) => {
    for (let open = i - 1, depth = 0; open > 0 && i - open < 12; open--) {
      if (tokens[open].text === ')') depth++;
      if (tokens[open].text === '(' && depth-- === 0) return /^(apr_array_make|apr_hash_make)$/.test(tokens[open - 1].text);
    }
    return false;
  };
  tokens.forEach((token, i) => {
    if (token.kind === 'number' && !token.text.includes('.') && !isRoom(i)) found.push(token);
  });
  for (const { text, start } of file.directives) {
    const definition = /^#\s*define\s+\w+\s+(?=[^\s])/.exec(text);
    if (!definition || text.includes('\\\n')) continue;
    for (const number of text
      .slice(definition[0].length)
      .replace(/\/\*.*/, '')
      .matchAll(/(?<![\w."'\\])\d+[uUlL]*(?![\w."'])/g))
      found.push({ text: number[0], start: start + definition[0].length + number.index });
  }
  for (const { text, start } of found.sort((a, b) => a.start - b.start))
    for (const other of variants(text)) {
      const line = file.text.slice(file.text.lastIndexOf('\n', start) + 1, file.text.indexOf('\n', start));
      yield { at: start, length: text.length, by: other, what: `${text} to ${other}: \`${short(line)}\`` };
    }
}

/** What stands between commas in the braces of initialisers, where there is more than one: [start, end] of each. */
function* initialisers(file, isWanted) {
  const { tokens } = file;
  for (let i = 2; i < tokens.length; i++) {
    if (tokens[i].text !== '{' || tokens[i - 1].text !== '=' || tokens[i - 2].text !== ']' || !isWanted(tokens[tokens[i - 2].partner - 1])) continue;
    const parts = [];
    for (let from = i + 1, at = from; at <= tokens[i].partner; at++) {
      if (closing(tokens[at]) && at < tokens[i].partner) at = tokens[at].partner;
      else if (tokens[at].text === ',' || at === tokens[i].partner) {
        if (at > from) parts.push([tokens[from].start, tokens[at].text === ',' ? tokens[at].end : tokens[at].start]);
        from = at + 1;
      }
    }
    if (parts.length > 1) yield* parts;
  }
}

const dropped = (isWanted, what) =>
  function* (file) {
    for (const [start, end] of initialisers(file, isWanted)) {
      const text = short(file.text.slice(start, end).replace(/,$/, ''));
      yield { at: start, length: end - start, by: '', what: `${what} dropped: \`${text}\`` };
    }
  };

const isPlace = (token) => [',', '{'].includes(token.text); // « [EXAM_BTS] = { » stands in an array's braces

const closing = (token) => token.kind === 'sign' && ['(', '[', '{'].includes(token.text);

/** A message for the one before or after it in the catalogue. */
const otherMessages = (messages) =>
  function* (file) {
    for (const token of file.tokens) {
      const place = messages.indexOf(token.text);
      if (place < 0) continue;
      for (const other of [messages[place - 1], messages[place + 1]])
        if (other) yield { at: token.start, length: token.text.length, by: other, what: `${token.text} to ${other}` };
    }
  };

/** The operators by name. */
export const operators = (messages) => ({
  if: negatedConditions,
  relation: signs({ '<': '<=', '<=': '<', '>': '>=', '>=': '>', '==': '!=', '!=': '==' }),
  logic: signs({ '&&': '||', '||': '&&' }),
  return: returnedConstants,
  call: droppedCalls,
  integer: otherIntegers,
  row: dropped((token) => !isPlace(token), 'row'),
  member: dropped(isPlace, 'member'),
  message: otherMessages(messages),
});

/** All that the operators could do to a text, by operator. */
export function changesOf(text, macros, all) {
  const file = read(text, macros);
  return Object.fromEntries(Object.entries(all).map(([name, operator]) => [name, [...operator(file)]]));
}
