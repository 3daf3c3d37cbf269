// SPDX-License-Identifier: Apache-2.0
//
// C as far as mutations need it: tokens, what stands between brackets, functions and what they return.

const pattern = new RegExp(
  [
    /(?<blank>\s+|\/\*[\s\S]*?\*\/|\/\/[^\n]*)/,
    /(?<text>(?:u8|[uUL])?"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)+')/,
    /(?<number>(?:0[xX][0-9a-fA-F]+|\d+\.\d*(?:[eE][-+]?\d+)?|\d+)[uUlLfF]*)/,
    /(?<word>[A-Za-z_]\w*)/,
    /(?<sign>->|\+\+|--|<<=|>>=|<<|>>|<=|>=|==|!=|&&|\|\||[-+*\/%&|^]=|\.\.\.|[^\s\w])/,
  ]
    .map((one) => one.source)
    .join('|'),
  'y',
);

/** Tokens of a C text without blanks, comments and directives: { kind, text, start, end }. */
function tokensOf(text, directives) {
  const tokens = [];
  for (let at = 0; at < text.length; ) {
    if (text[at] === '#' && /(^|\n)[ \t]*$/.test(text.slice(Math.max(0, at - 80), at))) {
      const directive = /(?:[^\\\n]|\\[\s\S])*/y;
      directive.lastIndex = at;
      const line = directive.exec(text)[0];
      directives.push({ text: line, start: at });
      at += line.length;
      continue;
    }
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match.groups.blank === undefined) {
      const kind = Object.keys(match.groups).find((name) => match.groups[name] !== undefined);
      tokens.push({ kind, text: match[0], start: at, end: at + match[0].length });
    }
    at = pattern.lastIndex;
  }
  return tokens;
}

const closing = { '(': ')', '[': ']', '{': '}' };

/** Gives each bracket its partner's place; a text whose brackets don't match has none of it. */
function pair(tokens) {
  const open = [];
  tokens.forEach((token, i) => {
    if (token.kind !== 'sign') return;
    if (closing[token.text]) open.push(i);
    else if (Object.values(closing).includes(token.text)) {
      const other = open.pop();
      token.partner = other;
      tokens[other].partner = i;
    }
  });
}

/** Functions are what stands in braces after a bracket, outside all others: { name, type, body: place of its brace }. */
function functionsOf(tokens, macros) {
  const functions = [];
  let from = 0;
  for (let i = 0; i < tokens.length; i++) {
    const { text } = tokens[i];
    if (text === ';') from = i + 1;
    if (text !== '{') continue;
    if (tokens[i - 1]?.text === ')') {
      const name = tokens[i - 1].partner - 1;
      const type = tokens.slice(from, name).map((token) => token.text);
      const macro = macros.get(tokens[name].text);
      functions.push({ name: macro ? tokens[name + 2].text : tokens[name].text, type: typeOf(macro ?? type), body: i });
    }
    i = tokens[i].partner;
    from = i + 1;
  }
  return functions;
}

const typeOf = (words) => words.filter((word) => !['static', 'inline', 'const'].includes(word)).join(' ');

/** Macros that begin a function, by name: ASKED(name) is « int name(…) ». */
export function functionMacros(texts) {
  const macros = new Map();
  for (const text of texts)
    for (const [, name, type] of text.matchAll(/^#define (\w+)\(name\)\s+(?:\\\n\s*)?([^\n\\()]*?)\s*\bname\(/gm))
      macros.set(name, type.replace('*', ' *').split(/\s+/));
  return macros;
}

/** A C text with its tokens, functions and directives. */
export function read(text, macros) {
  const directives = [];
  const tokens = tokensOf(text, directives);
  pair(tokens);
  return { text, tokens, directives, functions: functionsOf(tokens, macros) };
}

export const lineOf = (text, at) => text.slice(0, at).split('\n').length;
