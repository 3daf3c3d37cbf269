// SPDX-License-Identifier: Apache-2.0
//
// A private httpd for the tests: the real module, the real configuration of conf/private-httpd, a base of its own
// (SQLite, or a database of the tests' private PostgreSQL cluster). Nothing of the system's httpd is touched.
import { spawn, spawnSync } from 'node:child_process';
import crypto from 'node:crypto';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { Console, Ended } from './console.mjs';
import { wire } from './wire.mjs';

export const top = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
export const build = path.resolve(top, process.env.BUILD ?? 'build');
export const base = process.env.INSCRINET_TEST_BASE ?? 'sqlite';
/** Servers speak HTTP/2 over TLS. */
export const secure = process.env.INSCRINET_TEST_TLS === '1';

const asRoot = process.getuid() === 0;
const user = 'www-data';

/** For spawn: started by root, servers and their tools run as the server's user. */
const [, uid, gid] = asRoot ? new RegExp(`^${user}:[^:]*:(\\d+):(\\d+):`, 'm').exec(fs.readFileSync('/etc/passwd', 'utf8')) : [];
export const asServer = asRoot ? { uid: Number(uid), gid: Number(gid) } : {};

/* Debian's psql is a script that looks for this one, which takes five times as long. */
const clients = '/usr/lib/postgresql';
const newest = fs.existsSync(clients) ? fs.readdirSync(clients).sort((a, b) => b - a)[0] : undefined;
const psql = newest ? `${clients}/${newest}/bin/psql` : 'psql';

/** Run a command as the server's user; throws unless it ends with the status that is wanted. */
export function run(command, args, { status = 0, input, env } = {}) {
  const done = spawnSync(command, args, { ...asServer, input, encoding: 'utf8', env: { ...process.env, ...env }, maxBuffer: 1 << 28 });
  if (done.error) throw done.error;
  if (status !== null && done.status !== status) throw new Error(`${command} ${args.join(' ')}: status ${done.status}\n${done.stdout}\n${done.stderr}`);
  return done;
}

const isFree = (port) =>
  new Promise((resolve) => {
    const probe = net
      .createServer()
      .on('error', () => resolve(false))
      .listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });

let ports = 0;

/**
 * A port for a server to listen on: below those that the system gives away by itself, and beginning where no other file
 * of tests does that runs beside, so that nobody takes it before the server does.
 */
export async function freePort() {
  for (;;) {
    const port = 12000 + ((process.pid * 20 + ports++) % 20000);
    if (await isFree(port)) return port;
  }
}

/** Wait until a condition holds; it is asked again, never slept on blindly, and fails after a deadline. */
export async function until(what, condition, milliseconds = 20000) {
  const deadline = Date.now() + milliseconds;
  for (;;) {
    const value = await condition();
    if (value) return value;
    if (Date.now() > deadline) throw new Error(`waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

let databases = 0;

const cluster = () => {
  const admin = process.env.INSCRINET_TEST_PGSQL;
  if (!admin) throw new Error("INSCRINET_TEST_PGSQL: the conninfo of the tests' cluster");
  return admin;
};

function inCluster(text, database) {
  const done = spawnSync(psql, ['-X', '-q', '-t', '-A', '-d', `${cluster()} dbname=${database}`, '-c', text], { encoding: 'utf8', maxBuffer: 1 << 28 });
  if (done.status !== 0) throw new Error(done.stderr);
  return done.stdout.trim();
}

/**
 * A demo of a size, made once for all files of a run: in the folder that INSCRINET_TEST_DEMOS names, on PostgreSQL as a
 * database to copy. Without that folder none is kept. own: one whose passwords and secrets no other base has.
 */
class Demo {
  constructor(establishments, candidates, own) {
    Object.assign(this, { establishments, candidates, name: `demo_${establishments}_${candidates}` });
    const folder = process.env.INSCRINET_TEST_DEMOS,
      home = base === 'pgsql' ? crypto.createHash('sha256').update(cluster()).digest('hex').slice(0, 16) : base;
    if (folder && !own) this.folder = path.join(folder, `${home}-${this.name}`);
  }

  made() {
    return this.folder !== undefined && fs.existsSync(this.folder);
  }

  give(file, accounts) {
    if (file) fs.copyFileSync(path.join(this.folder, 'base'), file);
    fs.copyFileSync(path.join(this.folder, 'accounts'), accounts);
  }

  /** Who comes first, keeps his: the folder appears whole, after the database that it belongs to. */
  keep(of, accounts) {
    if (!this.folder) return;
    const mine = fs.mkdtempSync(`${this.folder}-`);
    fs.copyFileSync(accounts, path.join(mine, 'accounts'));
    try {
      if (base === 'pgsql') inCluster(`CREATE DATABASE ${this.name} TEMPLATE ${of}`, 'postgres');
      else fs.copyFileSync(of, path.join(mine, 'base'));
      fs.renameSync(mine, this.folder);
    } catch {
      fs.rmSync(mine, { recursive: true });
    }
  }
}

export class Server {
  static async make(options = {}) {
    const server = new Server();
    server.state = fs.mkdtempSync(path.join(os.tmpdir(), 'inscrinet-test-'));
    server.health = options.health ?? '/sante';
    server.port = await freePort();
    server.url = `${secure ? 'https' : 'http'}://127.0.0.1:${server.port}`;
    server.stage();
    server.makeBase(options);
    server.configure(options);
    return server;
  }

  /** Made, configured and answering. */
  static async start(options = {}) {
    const server = await Server.make(options);
    await server.launch();
    return server;
  }

  stage() {
    for (const folder of ['app/templates', 'app/fonts', 'app/assets', 'logs', 'runtime', 'base'])
      fs.mkdirSync(path.join(this.state, folder), { recursive: true });
    const copy = (from, to) => fs.copyFileSync(from, path.join(this.state, 'app', to));
    copy(path.join(build, 'mod_inscrinet.so'), 'mod_inscrinet.so');
    copy(path.join(build, 'inscrinetctl'), 'inscrinetctl');
    fs.chmodSync(path.join(this.state, 'app/inscrinetctl'), 0o755);
    for (const [from, to] of [
      [path.join(top, 'htdocs/templates'), 'templates'],
      [path.join(build, 'fonts'), 'fonts'],
      [path.join(build, 'assets'), 'assets'],
    ])
      for (const name of fs.readdirSync(from)) copy(path.join(from, name), path.join(to, name));
    this.give();
  }

  give() {
    if (asRoot) spawnSync('chown', ['-R', `${user}:${user}`, this.state]);
  }

  makeBase({ establishments = 6, candidates = 60, empty = false, own = false } = {}) {
    const demo = empty ? undefined : new Demo(establishments, candidates, own);
    if (base === 'pgsql') {
      const name = `t${process.pid}_${++databases}`;
      this.sql = (text, database = 'postgres') => inCluster(text, database);
      this.sql(`CREATE DATABASE ${name}${demo?.made() ? ` TEMPLATE ${demo.name}` : ''}`);
      this.conninfo = `${cluster()} dbname=${name}`;
      this.database = `pgsql:${this.conninfo}`;
      this.query = (text) => this.ask(text) ?? this.sql(text, name);
    } else {
      this.file = path.join(this.state, 'base/inscrinet.sqlite');
      this.database = `sqlite3:${this.file}`;
      this.query = (text) => this.ask(text) ?? run('sqlite3', ['-cmd', '.timeout 5000', this.file, text]).stdout.trim();
    }
    if (demo) this.fill(demo);
  }

  /** The demo, from one that was made before where there is one. */
  fill(demo) {
    const accounts = path.join(this.state, 'base/accounts.tsv'),
      { establishments, candidates } = demo;
    if (demo.made()) {
      demo.give(this.file, accounts);
      this.give();
    } else {
      this.ctl(['demo', '--establishments', establishments, '--candidates', candidates, '--accounts', accounts]);
      demo.keep(this.file ?? this.conninfo.split('dbname=')[1], accounts);
    }
    this.accounts = fs
      .readFileSync(accounts, 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => Object.fromEntries(line.split('\t').map((value, i) => [['service', 'exam', 'login', 'password', 'state'][i], value])));
  }

  /** While the server runs, a shell of its base stays; undefined: there is none, or not for this. */
  ask(text) {
    const inode = this.file && fs.statSync(this.file, { throwIfNoEntry: false })?.ino;
    if (this.console && this.console.inode !== inode) this.hangUp();
    if (!this.process || this.process.exitCode !== null || this.process.signalCode !== null || text.length > 32000) return undefined;
    this.console ??= Object.assign(
      this.file
        ? new Console('sqlite3', ['-batch', '-cmd', '.timeout 5000', this.file], '.print', asServer)
        : new Console(psql, ['-X', '-q', '-t', '-A', '-d', this.conninfo], '\\echo', {}),
      { inode },
    );
    try {
      return this.console.ask(text);
    } catch (error) {
      this.hangUp();
      if (error instanceof Ended) return undefined;
      throw error;
    }
  }

  hangUp() {
    this.console?.close();
    this.console = undefined;
  }

  ctl(args, options) {
    return run(path.join(this.state, 'app/inscrinetctl'), ['-d', this.database, ...args.map(String)], options);
  }

  /** The first account of a service in a state. */
  account(service, state, which = 0) {
    return this.accounts.filter((one) => one.service === service && one.state === state)[which];
  }

  /** A certificate of its own, and what httpd needs to be told for it: { extra, global }. */
  tls(extra = '', global = '') {
    const [key, certificate] = ['key', 'certificate'].map((name) => path.join(this.state, `runtime/${name}.pem`)),
      modules = '/usr/lib/apache2/modules';
    if (!fs.existsSync(key))
      run('openssl', [
        'req',
        '-x509',
        '-newkey',
        'ec',
        '-pkeyopt',
        'ec_paramgen_curve:P-256',
        '-nodes',
        '-days',
        '2',
        '-subj',
        '/CN=127.0.0.1',
        '-keyout',
        key,
        '-out',
        certificate,
      ]);
    const load = ['socache_shmcb', 'ssl', 'http2']
      .map((name) => `<IfModule !${name}_module>\nLoadModule ${name}_module ${modules}/mod_${name}.so\n</IfModule>\n`)
      .join('');
    return {
      global: `${load}Protocols h2 http/1.1\nSSLRandomSeed startup builtin\n${global}`,
      extra: `SSLEngine on\nSSLCertificateFile "${certificate}"\nSSLCertificateKeyFile "${key}"\n${extra}`,
    };
  }

  configure({ extra, global: outside, preload = [], environment = {} } = {}) {
    if (secure) ({ extra, global: outside } = this.tls(extra, outside));
    this.preload = [process.env.INSCRINET_TEST_PRELOAD, ...preload].filter(Boolean).join(':');
    this.surroundings = environment;
    const env = {
      ...process.env,
      INSCRINET_LISTEN: '127.0.0.1',
      INSCRINET_PORT: String(this.port),
      INSCRINET_STATE: this.state,
      INSCRINET_BASE: this.database,
    };
    if (extra !== undefined) {
      env.INSCRINET_EXTRA = path.join(this.state, 'runtime/extra.conf');
      fs.writeFileSync(env.INSCRINET_EXTRA, extra);
    }
    if (outside !== undefined) {
      env.INSCRINET_GLOBAL = path.join(this.state, 'runtime/global.conf');
      fs.writeFileSync(env.INSCRINET_GLOBAL, outside);
    }
    const made = spawnSync('sh', [path.join(top, 'conf/private-httpd')], { env, encoding: 'utf8' });
    if (made.status !== 0) throw new Error(made.stderr);
    this.conf = path.join(this.state, 'runtime/httpd.conf');
    fs.writeFileSync(this.conf, made.stdout);
    this.give();
  }

  /** apachectl configtest: { status, stderr }. */
  configtest() {
    return run('apache2', ['-f', this.conf, '-t'], { status: null, env: this.environment() });
  }

  /**
   * The table of addresses, as the module itself tells it: { service, path, needs, get, post, kept, controls, fields, flags, changes },
   * service by the names of InscrinetMount.
   */
  static async routes() {
    const server = await Server.make({ candidates: 0, establishments: 4 });
    try {
      return server.dumpRoutes();
    } finally {
      await server.stop();
    }
  }

  dumpRoutes() {
    const done = run('apache2', ['-f', this.conf, '-t', '-D', 'DUMP_INSCRINET_ROUTES'], { env: this.environment() });
    const words = (text) => text.split(' ').filter(Boolean);
    return done.stdout
      .split('\n')
      .filter((line) => line && !line.startsWith('mount\t'))
      .map((line) => line.split('\t'))
      .map(([, service, path, needs, methods, fields, hidden, flags, changes]) => ({
        service,
        path,
        needs,
        get: words(methods).includes('GET'),
        post: words(methods).includes('POST'),
        kept: words(flags).includes('kept'),
        controls: words(fields),
        fields: words(`${fields} ${hidden}`),
        flags: words(flags),
        changes,
      }));
  }

  environment() {
    const env = { PATH: `${process.env.PATH}:/usr/sbin:/sbin`, ...this.surroundings };
    if (this.preload) env.LD_PRELOAD = this.preload;
    if (process.env.INSCRINET_TEST_PRELOAD) {
      env.ASAN_OPTIONS = `detect_leaks=0:log_path=${this.state}/logs/asan`;
      env.UBSAN_OPTIONS = `print_stacktrace=1:log_path=${this.state}/logs/ubsan`;
    }
    return env;
  }

  /** Until it answers; sick: whatever its health says of the base. */
  async launch({ sick = false } = {}) {
    const env = { ...process.env, ...this.environment() };
    this.process = spawn('apache2', ['-f', this.conf, '-DFOREGROUND'], { ...asServer, env, stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    this.process.stderr.on('data', (data) => {
      said += data;
    });
    this.exited = new Promise((resolve) => this.process.on('exit', resolve));
    let ended = false;
    this.exited.then(() => {
      ended = true;
    });
    await until(
      'the server',
      async () => {
        if (ended) throw new Error(`httpd ended: ${said}\n${this.errorLog()}`);
        return wire(this.url + this.health).then(
          ({ status }) => status === 200 || sick,
          () => false,
        );
      },
      60000,
    );
  }

  errorLog() {
    const file = path.join(this.state, 'logs/error.log');
    return fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : '';
  }

  accessLog() {
    return fs.readFileSync(path.join(this.state, 'logs/access.log'), 'utf8');
  }

  /** The processes that serve requests. */
  children() {
    return this.processes('apache2');
  }

  /** The worker that waits; what it does is done by a child of it. */
  worker() {
    return this.processes('inscrinetctl')[0];
  }

  /** Those of a name, and of a parent. */
  processes(name, parent = this.process.pid) {
    const done = spawnSync('pgrep', ['-P', String(parent), '-x', name], { encoding: 'utf8' });
    return done.stdout.trim().split('\n').filter(Boolean).map(Number);
  }

  async stop() {
    this.hangUp();
    if (this.process && this.process.exitCode === null) {
      this.process.kill('SIGTERM');
      await until('httpd to end', () => this.process.exitCode !== null || this.process.signalCode !== null, 30000).catch((error) => {
        for (const one of [...this.children(), this.process.pid]) process.kill(one, 'SIGKILL');
        throw error;
      });
    }
    const found = fs.readdirSync(path.join(this.state, 'logs')).filter((name) => /^(asan|ubsan)/.test(name));
    const report = found.map((name) => fs.readFileSync(path.join(this.state, 'logs', name), 'utf8')).join('\n');
    if (!process.env.INSCRINET_TEST_KEEP) fs.rmSync(this.state, { recursive: true, force: true });
    if (report) throw new Error(`the sanitizers found:\n${report}`);
  }
}
