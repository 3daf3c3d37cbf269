// SPDX-License-Identifier: Apache-2.0
//
// The copy of the tree that is changed, and what is built of it. One build serves all changes: of a changed file the
// object is made anew and put back afterwards. Unit tests are linked once, with the library as a shared object: only
// that is linked for each change.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const asRoot = process.getuid() === 0;

/** What only warns is a change as good as any other; less optimisation builds sooner. */
const makeArguments = ['--no-print-directory', '-j2', 'WARNINGS=-w', 'optimize=-O1'];

export class Workshop {
  constructor(top, folder) {
    this.source = top;
    this.folder = folder;
    this.top = path.join(folder, 'tree');
    this.build = path.join(this.top, 'build');
    this.commandTests = new Set(); // those that are linked with the command
    this.copy();
  }

  /** Brings the copy up to date: what is the same keeps its time, so that nothing of it is built again. */
  copy() {
    const { stdout } = spawnSync('git', ['ls-files', '-coz', '--exclude-standard'], { cwd: this.source, encoding: 'utf8', maxBuffer: 1 << 26 });
    const files = stdout.split('\0').filter((file) => file && fs.existsSync(path.join(this.source, file)));
    const list = path.join(this.folder, 'files');
    const former = fs.existsSync(list) ? fs.readFileSync(list, 'utf8').split('\n') : [];
    for (const file of former.filter((one) => one && !files.includes(one))) fs.rmSync(path.join(this.top, file), { force: true });
    for (const file of files) {
      const [from, to] = [path.join(this.source, file), path.join(this.top, file)];
      fs.mkdirSync(path.dirname(to), { recursive: true });
      if (fs.existsSync(to) && fs.readFileSync(from).equals(fs.readFileSync(to))) continue;
      fs.copyFileSync(from, to);
      fs.chmodSync(to, fs.statSync(from).mode);
    }
    fs.writeFileSync(list, files.join('\n'));
    const modules = path.join(this.top, 'tests/node_modules');
    if (!fs.existsSync(modules)) fs.symlinkSync(path.join(this.source, 'tests/node_modules'), modules);
  }

  make(...targets) {
    return spawnSync('make', [...makeArguments, ...targets], { cwd: this.top, encoding: 'utf8', maxBuffer: 1 << 26, env: { ...process.env, BUILD: 'build' } });
  }

  makeOrThrow(...targets) {
    const made = this.make(...targets);
    if (made.status !== 0) throw new Error(`make ${targets.join(' ')}\n${made.stdout}\n${made.stderr}`.slice(-4000));
  }

  /** All that tests need, from the unchanged tree. */
  prepare() {
    this.makeOrThrow('all', 'build/tests/confirmation_sample_plain', 'build/tests/mod_inscrinet_plain.so');
    this.units = fs
      .readdirSync(path.join(this.top, 'tests/unit'))
      .filter((name) => /^test_\w+\.c$/.test(name))
      .map((name) => name.slice(0, -2))
      .sort();
    fs.mkdirSync(path.join(this.build, 'shared'), { recursive: true });
    this.linkLibrary();
    this.linkCommand();
    this.newest = this.newestOf(['tests/unit', 'tests/pdf', 'lib']);
    for (const unit of this.units) this.linkUnit(`tests/unit/${unit}.c`, `build/tests/${unit}`);
    this.linkUnit('tests/pdf/confirmation_sample.c', 'build/tests/confirmation_sample');
  }

  /** When what tests are made of was changed last: their sources, and headers. */
  newestOf(folders) {
    const times = folders.flatMap((folder) =>
      fs
        .readdirSync(path.join(this.top, folder), { recursive: true })
        .filter((name) => name.endsWith('.h') || (folder.startsWith('tests') && name.endsWith('.c')))
        .map((name) => fs.statSync(path.join(this.top, folder, name)).mtimeMs),
    );
    return Math.max(...times);
  }

  shell(command) {
    const done = spawnSync('sh', ['-c', command], { cwd: this.top, encoding: 'utf8', maxBuffer: 1 << 26 });
    if (done.status !== 0) throw new Error(`${command}\n${done.stderr}`.slice(-4000));
  }

  /** The library whole, and of the command what its tests are linked with. */
  linkLibrary() {
    this.shell('gcc -shared -o build/shared/libwhole.so -Wl,--whole-archive build/libinscrinet.a -Wl,--no-whole-archive');
  }

  linkCommand() {
    this.shell('gcc -shared -o build/shared/libcommand.so $(ls build/obj/inscrinetctl/*.o | grep -v /main.o)');
  }

  /** As make would, but for the library: a dry run of make tells how. */
  linkUnit(source, program) {
    const shared = path.join(this.build, 'shared', path.basename(program));
    const { stdout } = spawnSync('make', ['-n', ...makeArguments, '-W', source, program], {
      cwd: this.top,
      encoding: 'utf8',
      env: { ...process.env, BUILD: 'build' },
    });
    const command = stdout
      .split('\n')
      .join(' ')
      .replace(/\\ /g, ' ')
      .replace(/.*?(gcc|clang|cc) -std/s, '$1 -std');
    const withCommand = command.includes('build/obj/inscrinetctl/');
    if (withCommand) this.commandTests.add(path.basename(program));
    if (fs.existsSync(shared) && fs.statSync(shared).mtimeMs > this.newest) return;
    this.shell(
      command
        .replace(/build\/obj\/inscrinetctl\/\w+\.o\s*/g, '')
        .replace(/ -MMD -MP /, ' ')
        .replace(`-o ${program}`, `-o build/shared/${path.basename(program)}`)
        .replace(
          /build\/libinscrinet\.a/g,
          `${withCommand ? '-lcommand ' : ''}-lwhole -Wl,--allow-shlib-undefined -Lbuild/shared -Wl,-rpath,${this.build}/shared`,
        ),
    );
  }

  objectOf(file) {
    return path.join(this.build, 'obj', file.replace(/\.c$/, '.o'));
  }

  /** Makes a change and what is built of it at once. 0 where it can't be compiled; put back by restore. */
  apply(change) {
    const file = path.join(this.top, change.file);
    const object = this.objectOf(change.file);
    this.changed = { file, object, text: fs.readFileSync(file, 'utf8'), times: fs.statSync(file), built: fs.readFileSync(object) };
    const { text } = this.changed;
    fs.writeFileSync(file, text.slice(0, change.at) + change.by + text.slice(change.at + change.length));
    fs.rmSync(object); // its time may be that of the text, as clocks of files go by steps
    if (this.make(path.relative(this.top, object)).status !== 0) return 0;
    this.link(change.file);
    return 1;
  }

  /** What the file is part of; and what a change before it was part of, which is in there still. */
  link(file) {
    const stale = [this.former, file].filter(Boolean);
    if (stale.some((one) => one.startsWith('lib/'))) {
      this.makeOrThrow('build/libinscrinet.a');
      this.linkLibrary();
    }
    if (stale.some((one) => one.startsWith('inscrinetctl/'))) this.linkCommand();
    this.former = file;
  }

  /** The object goes back with the text: nothing is compiled for it. */
  restore() {
    if (!this.changed) return;
    const { file, object, text, times, built } = this.changed;
    fs.writeFileSync(file, text);
    fs.utimesSync(file, times.atime, times.mtime);
    fs.writeFileSync(object, built);
    this.changed = undefined;
  }
}

/** A PostgreSQL of the run's own, as tests/run has one. */
export class Cluster {
  constructor() {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'mutant-pg-'));
    const versions = fs.readdirSync('/usr/lib/postgresql').sort((a, b) => Number(a) - Number(b));
    const programs = `/usr/lib/postgresql/${versions.at(-1)}/bin`;
    const as = asRoot ? 'setpriv --reuid=www-data --regid=www-data --init-groups -- ' : '';
    this.folder = folder;
    if (asRoot) spawnSync('chown', ['www-data', folder]);
    this.control = path.join(folder, 'control');
    const options = `-k ${folder} -c listen_addresses= -c fsync=off -c max_connections=200`;
    fs.writeFileSync(this.control, `#!/bin/sh\nexec ${as}${programs}/pg_ctl -D ${folder}/data -w -l ${folder}/log -o "${options}" "$@" >/dev/null\n`, {
      mode: 0o755,
    });
    this.must('sh', '-c', `${as}${programs}/initdb -D ${folder}/data -U tester -A trust -E UTF8 --locale=C.UTF-8 >/dev/null`);
    this.must(this.control, 'start');
    this.must('sh', '-c', `${as}${programs}/createdb -h ${folder} -U tester tester`);
    this.environment = { INSCRINET_TEST_PGSQL: `host=${folder} user=tester`, INSCRINET_TEST_PGSQL_RESTART: `${this.control} -m immediate restart >/dev/null` };
  }

  must(...command) {
    const done = spawnSync(command[0], command.slice(1), { encoding: 'utf8', stdio: ['ignore', 'ignore', 'pipe'] });
    if (done.status !== 0) throw new Error(`${command.join(' ')}\n${done.stderr}`);
  }

  /** A change may have ended the server: then it starts again. */
  revive() {
    if (spawnSync(this.control, ['status'], { stdio: 'ignore' }).status !== 0) this.must(this.control, 'start');
  }

  stop() {
    spawnSync(this.control, ['-m', 'immediate', 'stop'], { stdio: 'ignore' });
    fs.rmSync(this.folder, { recursive: true, force: true });
  }
}
