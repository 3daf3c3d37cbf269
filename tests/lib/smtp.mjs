// SPDX-License-Identifier: Apache-2.0
//
// A server that takes mail: the SMTP that a client needs, on 127.0.0.1, able to refuse, to put off, to hang up.
import net from 'node:net';

/** Messages that came: { from, to, headers, subject, text }. `behave({ to })` may give 'refuse', 'later' or 'hang up'. */
export class Sink {
  static async start() {
    const sink = new Sink();
    sink.messages = [];
    sink.connections = 0;
    sink.behave = () => 'take';
    sink.server = net.createServer((socket) => sink.serve(socket));
    await new Promise((resolve) => sink.server.listen(0, '127.0.0.1', resolve));
    sink.url = `smtp://127.0.0.1:${sink.server.address().port}`;
    return sink;
  }

  serve(socket) {
    this.connections++;
    let buffer = '',
      data = null,
      from = '',
      to = '';
    const say = (line) => socket.write(`${line}\r\n`);
    say('220 sink');
    socket.on('error', () => {});
    socket.on('data', (bytes) => {
      buffer += bytes.toString('latin1');
      for (let end; (end = buffer.indexOf('\r\n')) >= 0; ) {
        const line = buffer.slice(0, end);
        buffer = buffer.slice(end + 2);
        if (data !== null) {
          if (line !== '.') {
            data.push(line.startsWith('..') ? line.slice(1) : line);
            continue;
          }
          this.messages.push(read(from, to, data));
          data = null;
          say('250 taken');
        } else if (/^EHLO|^HELO/i.test(line)) say('250 sink');
        else if (/^MAIL FROM:<(.*?)>/i.test(line)) {
          from = /<(.*?)>/.exec(line)[1];
          say('250 ok');
        } else if (/^RCPT TO:<(.*?)>/i.test(line)) {
          to = /<(.*?)>/.exec(line)[1];
          const how = this.behave({ to });
          if (how === 'hang up') return socket.destroy();
          say(how === 'refuse' ? '550 no such mailbox' : how === 'later' ? '451 come back' : '250 ok');
        } else if (/^DATA/i.test(line)) {
          data = [];
          say('354 go on');
        } else if (/^QUIT/i.test(line)) {
          say('221 bye');
          socket.end();
        } else say('250 ok');
      }
    });
  }

  stop() {
    return new Promise((resolve) => this.server.close(resolve));
  }
}

/** A message as a reader decodes it. */
export function read(from, to, lines) {
  const blank = lines.indexOf(''),
    headers = {};
  for (const line of lines
    .slice(0, blank)
    .join('\r\n')
    .replace(/\r\n[ \t]/g, ' ')
    .split('\r\n')) {
    const [, name, value] = /^([\w-]+): (.*)$/.exec(line);
    headers[name.toLowerCase()] = value;
  }
  const subject = headers.subject
    .replace(/\?= =\?UTF-8\?B\?/g, '?==?UTF-8?B?')
    .replace(/=\?UTF-8\?B\?(.*?)\?=/g, (_, word) => Buffer.from(word, 'base64').toString('latin1'));
  return {
    from,
    to,
    headers,
    subject: Buffer.from(subject, 'latin1').toString('utf8'),
    text: Buffer.from(lines.slice(blank + 1).join(''), 'base64').toString('utf8'),
  };
}
