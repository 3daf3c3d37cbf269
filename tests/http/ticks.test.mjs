// SPDX-License-Identifier: Apache-2.0
//
// Ticks that aren't validated, on every page with rows to tick. Another page of the list, the other list, a search: buttons of
// the form that holds the ticks, which ask before ticks are left behind. A session that ends meanwhile keeps them a day, for
// its account's next login and nobody else. Wherever they come back: a row that has changed is not ticked, and is named;
// nothing is done before it is validated.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { sessionOf } from '../lib/academy.mjs';
import { Browser } from '../lib/browser.mjs';
import { Server } from '../lib/server.mjs';
import { addDelegate, choosePassword, login, loginHead, searched, tryLogin } from '../lib/walk.mjs';

let server, head, school, numbers;
const account = (which = 0) => server.account('etablissement', 'open', which);

const columns =
  'exam, exam_session, revision, service, specialty, category, state, listed_name, birth_date, form, european, ine, ' +
  'code, identity, sort_key, search_name, answers, created, changed';
const touch = () => server.query(`UPDATE establishment_exam SET version = version + 1 WHERE establishment = ${school}`);

before(async () => {
  server = await Server.start({ candidates: 200 });
  head = await loginHead(server);
  school = server.query(`SELECT id FROM establishment WHERE code = '${account().login}'`);
  server.query(`UPDATE registration SET state = 'V' WHERE exam = 'BCP'`);
  /* more than two pages, of people who come after all others */
  server.query(
    `INSERT INTO registration (number, establishment, ${columns})
     WITH RECURSIVE seq(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM seq WHERE i < 420)
     SELECT 20000 + i, ${school}, ${columns} FROM
       (SELECT * FROM registration WHERE exam = 'BCP' AND establishment = ${school} ORDER BY sort_key DESC LIMIT 1) one, seq`,
  );
  touch();
  numbers = server
    .query(`SELECT number FROM registration WHERE exam = 'BCP' AND number < 20000 AND establishment = ${school} ORDER BY sort_key, number`)
    .split('\n');
});
after(async () => {
  await server?.stop();
});

const clean = (text) => text.replace(/\s+/g, ' ').trim();
const column = (name, number) => server.query(`SELECT ${name} FROM registration WHERE exam = 'BCP' AND number = ${number}`);
const shownAs = (number) => `${number}-${column('revision', number)} ${column('listed_name', number)}`;
const boxes = (page) => page.html.querySelectorAll('tbody input[type=checkbox]');
const valueOf = (page, number) => {
  const box = boxes(page).find((one) => one.getAttribute('id') === `c${number}`);
  assert.ok(box, `${number} stands on the page`);
  return box.getAttribute('value');
};
const ticked = (page) =>
  boxes(page)
    .filter((box) => box.hasAttribute('checked'))
    .map((box) => box.getAttribute('id').slice(1))
    .sort();
const question = (page) => page.html.querySelector('#question');
const notes = (page) => page.html.querySelectorAll('.note').map((note) => clean(note.text));
const said = (page, pattern) => notes(page).some((note) => pattern.test(note));
const where = (location) => new URL(location, server.url).pathname + new URL(location, server.url).search;
const pass = (seconds) => server.query(`UPDATE session SET seen = seen - ${seconds}`);
const kept = () => Number(server.query('SELECT count(*) FROM kept_ticks'));

/** What a browser sends of the form that holds a button, with some rows ticked. */
function form(page, button, ticks = [], changes = {}) {
  const { form: found, button: pressed } = page.form(button),
    fields = page.fields(found).filter(([name]) => !(name in changes));
  if (pressed.getAttribute('name')) fields.push([pressed.getAttribute('name'), pressed.getAttribute('value')]);
  return {
    action: pressed.getAttribute('formaction') ?? page.address,
    fields: [...fields, ...Object.entries(changes), ...ticks.map((number) => ['candidat', valueOf(page, number)])],
  };
}
async function press(page, button, ticks, changes, browser = head) {
  const { action, fields } = form(page, button, ticks, changes),
    answer = await browser.post(action, fields);
  answer.address = new URL(action, page.address).href;
  return answer;
}

/* Each page with rows to tick: its button that does what is ticked, how that is seen, how a row changes meanwhile and back. */
const pages = {
  validation: {
    at: '/etablissement/bcp/validation',
    list: 'liste=alphabetique',
    button: 'Valider',
    all: 'Tous les candidats',
    done: (number) => column('state', number) === 'A',
    change: (number, as) => server.query(`UPDATE registration SET state = '${as}' WHERE exam = 'BCP' AND number = ${number}`),
    other: 'A',
    shown: 'V',
  },
  retours: {
    at: '/etablissement/bcp/retours',
    list: 'liste=manquantes',
    button: 'Noter comme rendues',
    all: 'Toutes les confirmations',
    done: (number) => column('returned_revision', number) !== '',
    change: (number, as) => server.query(`UPDATE registration SET revision = ${as} WHERE exam = 'BCP' AND number = ${number}`),
    other: 1,
    shown: 0,
  },
};
const undo = () => {
  server.query(`UPDATE registration SET state = 'V', revision = 0, returned_revision = NULL, returned = NULL WHERE exam = 'BCP' AND establishment = ${school}`);
  touch();
};

/* a manager's stands in manager_office.test.mjs; the few whom a school must speak to are on one page, in files.test.mjs */
test('the pages with rows to tick are these', async () => {
  assert.deepEqual(
    (await Server.routes())
      .filter((row) => row.service === 'etablissement' && row.fields.includes('candidat+'))
      .map(({ path, kept: isKept }) => [path, isKept]),
    [...Object.keys(pages).map((name) => [`EXAM/${name}`, true]), ['EXAM/dossiers', true]],
  );
});

for (const [name, one] of Object.entries(pages)) {
  const ours = (query = '') => head.get(`${one.at}?${one.list}${query}`);

  // -------------------------------------------------------------- buttons to another page

  test(`${name}: with nothing ticked every button leads on: pages, the whole list, a search, all of them`, async () => {
    const first = await ours();
    const next = await press(first, 'Page suivante');
    assert.equal(next.status, 303);
    const [, after] = /apres=(\d+)$/.exec(next.location);
    assert.equal(where(next.location), `${one.at}?${one.list}&apres=${after}`);
    const second = await head.go(next.location),
      third = await head.go((await press(second, 'Page suivante')).location);
    assert.ok(boxes(second).length === 200 && boxes(third).length > 0);
    assert.equal(where((await press(third, 'Page précédente')).location), where(next.location));
    assert.equal(where((await press(second, 'Page précédente')).location), `${one.at}?${one.list}`);
    assert.equal(where((await press(second, 'Tout afficher')).location), `${one.at}?${one.list}&lignes=toutes`);
    const whole = await ours('&lignes=toutes');
    assert.ok(boxes(whole).length > 420);
    assert.equal(where((await press(whole, 'Afficher par pages')).location), `${one.at}?${one.list}`);
    const found = await press(second, 'Rechercher', [], { recherche: ` ${numbers[0]} ` });
    assert.match(where(found.location), new RegExp(`^${one.at}\\?${one.list}&recherche=\\d+$`));
    const page = await head.go(found.location);
    assert.deepEqual([boxes(page).length, page.value('Nom ou numéro')], [1, numbers[0]]);
    assert.equal(where((await press(page, one.all)).location), `${one.at}?${one.list}`);
    assert.equal(where((await press(page, 'Rechercher', [], { recherche: '' })).location), `${one.at}?${one.list}`, 'nothing is searched for');
    assert.deepEqual(
      first.links().filter((text) => /Page|afficher|Tous|Toutes|Confirmations /.test(text)),
      [],
      'no link leads past the ticks',
    );
  });

  test(`${name}: a search comes first in the form: it is what the Enter key presses`, async () => {
    for (const page of [await ours(), await searched(head, one.at, 'zzzz')]) {
      const { form: holder } = page.form('Rechercher');
      assert.equal(clean(holder.querySelector('button').text), 'Rechercher');
    }
  });

  test(`${name}: with ticks set it is asked first; going on leaves them behind, and does nothing`, async () => {
    const first = await ours();
    for (const [count, words, more] of [
      [1, '1 case cochée n’est pas validée', 'elle sera oubliée'],
      [3, '3 cases cochées ne sont pas validées', 'elles seront oubliées'],
    ])
      for (const [button, wanted, changes] of [
        ['Page suivante', /&apres=\d+$/],
        ['Tout afficher', /&lignes=toutes$/],
        ['Rechercher', /&recherche=\d+$/, { recherche: 'le ma' }],
      ]) {
        const ticks = numbers.slice(0, count),
          asked = await press(first, button, ticks, changes);
        assert.equal(asked.status, 422, button);
        assert.equal(clean(question(asked).querySelector('h2').text), words);
        assert.match(clean(question(asked).text), new RegExp(more));
        assert.deepEqual(asked.errors, [], 'nothing is wrong');
        assert.deepEqual(ticked(asked), [...ticks].sort());
        assert.deepEqual(
          asked.html.querySelectorAll('[autofocus]').map((element) => element.getAttribute('id')),
          ['question'],
        );
        assert.equal(question(asked).querySelector('a').getAttribute('href'), '#liste');
        assert.equal(clean(question(asked).querySelector('a').text), 'Rester sur cette page');
        assert.ok(asked.html.querySelector('form#liste'));
        if (changes) assert.equal(asked.value('Nom ou numéro'), changes.recherche);
        const gone = await press(asked, 'Continuer sans valider');
        assert.equal(gone.status, 303);
        assert.match(gone.location, wanted);
        assert.ok(where(gone.location).startsWith(`${one.at}?${one.list}`));
        const there = await head.go(gone.location);
        assert.deepEqual(ticked(there), []);
        if (changes) assert.equal(there.value('Nom ou numéro'), changes.recherche);
        assert.deepEqual(ticked(await ours()), [], 'nor where they were');
      }
    assert.ok(!numbers.some(one.done));
  });

  test(`${name}: whoever stays validates what is still ticked`, async () => {
    const ticks = numbers.slice(0, 2),
      asked = await press(await ours(), 'Page suivante', ticks),
      done = await press(asked, one.button);
    assert.equal(done.status, 303);
    assert.deepEqual(numbers.slice(0, 4).map(one.done), [true, true, false, false]);
    undo();
  });

  test(`${name}: a row that has changed since it was shown is not ticked in the question's page, and is named; so is one that is gone`, async () => {
    const first = await ours(),
      [same, changed, gone] = numbers;
    one.change(changed, one.other);
    server.query(`UPDATE registration SET establishment = NULL WHERE exam = 'BCP' AND number = ${gone}`);
    touch();
    try {
      const asked = await press(first, 'Page suivante', [same, changed, gone]);
      assert.deepEqual(ticked(asked), [same]);
      assert.ok(
        notes(asked).includes(`Cases décochées, car ces lignes ont changé ou ne sont plus sur cette page : ${shownAs(changed)} ${gone}`),
        notes(asked).join('\n'),
      );
      assert.ok(!asked.body.includes(column('listed_name', gone)), 'of somebody who is no more the school’s the number alone');
    } finally {
      server.query(`UPDATE registration SET establishment = ${school} WHERE exam = 'BCP' AND number = ${gone}`);
      undo();
    }
  });

  test(`${name}: a box that is sent twice is one; what has gone to another page, or another session of the exam, is told`, async () => {
    const first = await ours(),
      last = boxes(first).at(-1).getAttribute('id').slice(1);
    assert.match(clean(question(await press(first, 'Page suivante', [numbers[0], numbers[0]])).text), /^1 case cochée n’est pas validée/);
    const least = `(SELECT sort_key FROM registration WHERE establishment = ${school} ORDER BY sort_key LIMIT 1)`;
    server.query(`UPDATE registration SET sort_key = ${least} WHERE number > 20418`);
    server.query(`UPDATE registration SET exam_session = (SELECT id FROM exam_session WHERE main = 0) WHERE exam = 'BCP' AND number = ${numbers[1]}`);
    touch();
    try {
      const asked = await press(first, 'Page suivante', [numbers[1], last]);
      assert.deepEqual(ticked(asked), []);
      const told = notes(asked).find((note) => note.startsWith('Cases décochées'));
      assert.ok(told.endsWith(` : ${numbers[1]} ${shownAs(last)}`), told);
    } finally {
      server.query(`UPDATE registration SET sort_key = (SELECT sort_key FROM registration WHERE exam = 'BCP' AND number = 20418) WHERE number > 20418`);
      server.query(`UPDATE registration SET exam_session = ${sessionOf('bcp')} WHERE exam = 'BCP' AND number = ${numbers[1]}`);
      touch();
    }
  });

  test(`${name}: a button that isn't there, a search that is too long: 422, the ticks stay`, async () => {
    const first = await ours(),
      [number] = numbers;
    for (const [changes, text] of [
      [{ vers: 'ailleurs' }, 'L’envoi contient une réponse que cette page ne propose pas. Rechargez la page et recommencez.'],
      [{ vers: '//exemple.fr/' }, 'L’envoi contient une réponse que cette page ne propose pas. Rechargez la page et recommencez.'],
      [{ vers: '0' }, 'L’envoi contient une réponse que cette page ne propose pas. Rechargez la page et recommencez.'],
      [{ action: 'chercher', recherche: 'a'.repeat(201) }, 'Cette recherche est trop longue : 200 caractères au plus. Abrégez-la.'],
    ]) {
      const { fields } = form(first, one.button, [number]),
        refused = await head.post(first.address, [...fields.filter(([field]) => !(field in changes)), ...Object.entries(changes)]);
      assert.equal(refused.status, 422, JSON.stringify(changes));
      assert.deepEqual(refused.errors, [text]);
      assert.deepEqual(ticked(refused), [number]);
      assert.equal(refused.error('Nom ou numéro'), changes.recherche ? text : '');
    }
    assert.ok(!one.done(number));
  });

  test(`${name}: a row that has changed is refused, and its page doesn't tick it as it is now: the same button once more does nothing`, async () => {
    const [number] = numbers,
      first = await ours();
    one.change(number, one.other);
    touch();
    try {
      const refused = await press(first, one.button, [number]);
      assert.equal(refused.status, 422);
      assert.deepEqual(ticked(refused), []);
      assert.ok(
        notes(refused).includes(`Case décochée, car cette ligne a changé ou n’est plus sur cette page : ${shownAs(number)}`),
        notes(refused).join('\n'),
      );
      assert.equal((await press(refused, one.button)).status, 422);
      assert.deepEqual([column('state', number), column('returned_revision', number)], [name === 'validation' ? one.other : 'V', '']);
    } finally {
      undo();
    }
  });

  test(`${name}: while the base is locked, and in an archived session, the buttons lead on, and ask`, async () => {
    const first = await ours();
    const both = async () => {
      assert.equal((await press(first, 'Page suivante')).status, 303);
      assert.ok(question(await press(first, 'Page suivante', [numbers[0]])));
      assert.notEqual((await press(first, one.button, [numbers[0]])).status, 303);
    };
    server.ctl(['lock', '--reason', 'Déchargement']);
    try {
      await both();
    } finally {
      server.ctl(['unlock']);
    }
    server.query(`UPDATE exam_session SET state = 'archived' WHERE id = ${sessionOf('bcp')}`);
    server.query("UPDATE parameter SET value = CAST(value AS INTEGER) + 1 WHERE name = 'nomenclature'");
    try {
      await both();
    } finally {
      server.query(`UPDATE exam_session SET state = 'open' WHERE id = ${sessionOf('bcp')}`);
      server.query("UPDATE parameter SET value = CAST(value AS INTEGER) + 1 WHERE name = 'nomenclature'");
    }
    assert.ok(!one.done(numbers[0]));
  });

  // -------------------------------------------------------------- a session that has ended

  /** Somebody's browser whose session has ended, on a page of his; and what he then sends. */
  const asleep = async (query = '', who = account(), seconds = 3600) => {
    const browser = await login(server, 'etablissement', who),
      page = query.includes('=K') ? await searched(browser, one.at, 'a') : await browser.get(`${one.at}?${one.list}${query}`);
    pass(seconds);
    head = await loginHead(server);
    return { browser, page };
  };
  const isSentToLogin = (answer) => {
    assert.equal(answer.status, 303);
    assert.equal(where(answer.location), '/etablissement/connexion');
  };

  test(`${name}: ticks of a session that has ended come back after the login, once, with their page; nothing is done before they are validated`, async () => {
    for (const [query, button] of [
      ['', one.button],
      ['&lignes=toutes', one.button],
      ['&recherche=K', one.button],
      ['', 'Page suivante'],
      ['', 'Rechercher'],
    ]) {
      const { browser, page } = await asleep(query),
        ticks = boxes(page)
          .slice(1, 4)
          .map((box) => box.getAttribute('id').slice(1));
      isSentToLogin(await press(page, button, ticks, {}, browser));
      const door = await browser.go('/etablissement/connexion');
      assert.ok(said(door, /^Votre session a expiré ; vos cases cochées ont été conservées\. Connectez-vous pour les retrouver\.$/), door.text);
      assert.ok(!ticks.some((number) => door.body.includes(column('listed_name', number))));
      const back = (await login(server, 'etablissement', account(), browser)).page;
      assert.equal(where(back.address).replace(/recherche=\d+/, 'recherche=K'), `${one.at}?${one.list}${query}&coches=gardees`);
      assert.equal(back.value('Nom ou numéro'), query.includes('=K') ? 'a' : '');
      assert.deepEqual(ticked(back), [...ticks].sort());
      assert.ok(
        said(back, /^Votre session a expiré ; 3 cases cochées ont été conservées\. Rien n’a encore été validé : vérifiez-les, puis validez\.$/),
        back.text,
      );
      assert.ok(!ticks.some(one.done), 'nothing is done by itself');
      assert.deepEqual(ticked(await browser.get(back.address)), [], 'once');
      assert.equal(kept(), 0);
      const done = await press(back, one.button, [], {}, browser);
      assert.equal(done.status, 303, done.text);
      assert.ok(ticks.every(one.done));
      undo();
    }
  });

  test(`${name}: of what was kept, rows that have changed are not ticked and named; one alone in good French`, async () => {
    for (const [ticks, words] of [
      [numbers.slice(0, 1), /; 1 case cochée a été conservée\. Rien n’a encore été validé : vérifiez-la, puis validez\./],
      [numbers.slice(0, 3), /; 3 cases cochées ont été conservées\./],
    ]) {
      const { browser, page } = await asleep(),
        changed = ticks.at(-1);
      await press(page, one.button, ticks, {}, browser);
      one.change(changed, one.other);
      const back = (await login(server, 'etablissement', account(), browser)).page;
      assert.ok(said(back, words), notes(back).join('\n'));
      assert.deepEqual(ticked(back), ticks.slice(0, -1).sort());
      assert.ok(notes(back).includes(`Case décochée, car cette ligne a changé ou n’est plus sur cette page : ${shownAs(changed)}`), notes(back).join('\n'));
      undo();
    }
  });

  test(`${name}: only that account's next login finds them: not another school, not a delegate; who comes and goes beside forgets nothing`, async () => {
    const { browser, page } = await asleep(),
      [number] = numbers;
    await press(page, one.button, [number], {}, browser);
    for (const who of [account(1), await delegate()]) {
      const other = await login(server, 'etablissement', who);
      assert.doesNotMatch(other.page.address, /coches/);
      const asked = await other.get(`${one.at}?${one.list}&coches=gardees`);
      assert.deepEqual([ticked(asked), said(asked, /expiré/)], [[], false]);
    }
    const colleague = await head.go('/etablissement/bcp/');
    assert.deepEqual(ticked(await head.get(`${one.at}?${one.list}&coches=gardees`)), [], 'who has not logged in since');
    isSentToLogin(await head.submit(colleague, 'Quitter'));
    assert.equal(kept(), 1);
    assert.deepEqual(ticked((head = await loginHead(server)).page), [number], 'by another browser too');
  });

  test(`${name}: whoever else logs in at that browser, « Quitter », a new password, a day: forgotten`, async () => {
    const quit = async (browser, page) => isSentToLogin(await press(page, 'Quitter', [numbers[0]], {}, browser));
    const ways = {
      'another school': async (browser) => login(server, 'etablissement', account(1), browser),
      'a delegate': async (browser) => login(server, 'etablissement', await delegate(), browser),
      '« Quitter » of the page that came too late': quit,
      '« Quitter » of the next session': async () => {
        const { password, login: code } = account(),
          next = new Browser(server.url);
        assert.match((await tryLogin(next, code, password)).location, /coches=gardees$/); /* whose page he doesn't wait for */
        isSentToLogin(await next.submit(await next.go('/etablissement/bcp/'), 'Quitter'));
      },
      'a new password': async () => server.query(`UPDATE account SET epoch = epoch + 1 WHERE id = (SELECT account FROM kept_ticks)`),
      'a day': async () => server.query('UPDATE kept_ticks SET at = at - 86401'),
    };
    for (const [way, forget] of Object.entries(ways)) {
      const { browser, page } = await asleep();
      isSentToLogin(await press(page, one.button, [numbers[0]], {}, browser));
      assert.equal(kept(), 1, way);
      await forget(browser, page);
      const back = await loginHead(server);
      assert.doesNotMatch(back.page.address, /coches/, way);
      assert.deepEqual(ticked(await back.get(`${one.at}?${one.list}&coches=gardees`)), [], way);
      server.query('DELETE FROM kept_ticks');
    }
    head = await loginHead(server);
  });

  test(`${name}: refused without its token; « Retour » keeps nothing; what holds no tick leads back and says that it wasn't done`, async () => {
    const { browser, page } = await asleep();
    const { fields } = form(page, one.button, [numbers[0]]);
    for (const jeton of ['', 'x', head.page.html.querySelector('input[name=jeton]').getAttribute('value')]) {
      const refused = await browser.post(page.address, [...fields.filter(([field]) => field !== 'jeton'), ['jeton', jeton]]);
      assert.deepEqual([refused.status, kept()], [403, 0]);
      assert.ok(!refused.body.includes(column('listed_name', numbers[0])), 'whose session has ended sees nobody');
    }
    isSentToLogin(await press(page, 'Retour', [numbers[0]], {}, browser));
    assert.equal(kept(), 0);
    assert.equal((await browser.post(`${one.at}?apres=x`, fields)).status, 404);
    isSentToLogin(await press(page, one.button, [], {}, browser));
    const back = (await login(server, 'etablissement', account(), browser)).page;
    assert.equal(where(back.address), `${one.at}?${one.list}&coches=gardees`);
    assert.ok(said(back, /^Votre session a expiré ; votre dernier envoi n’a pas été pris en compte\. Recommencez-le ici\.$/), back.text);
  });

  test(`${name}: what another tab then sends without a tick takes none away`, async () => {
    const { browser, page } = await asleep(),
      ticks = numbers.slice(0, 2);
    isSentToLogin(await press(page, one.button, ticks, {}, browser));
    isSentToLogin(await press(page, 'Page suivante', [], {}, browser));
    const back = (await login(server, 'etablissement', account(), browser)).page;
    assert.deepEqual(ticked(back), [...ticks].sort());
    assert.equal(kept(), 0);
  });

  test(`${name}: kept while the base is locked; the last page alone; only a GET takes it, of its own page and session`, async () => {
    const { browser, page } = await asleep();
    server.ctl(['lock', '--reason', 'Déchargement']);
    try {
      isSentToLogin(await press(page, one.button, numbers.slice(0, 3), {}, browser));
    } finally {
      server.ctl(['unlock']);
    }
    isSentToLogin(await press(page, one.button, numbers.slice(1, 2), {}, browser));
    assert.equal(kept(), 1);
    assert.match((await tryLogin((head = new Browser(server.url)), account().login, account().password)).location, /coches=gardees$/);
    for (const at of [Object.values(pages).find((other) => other !== one).at, one.at.replace('bcp', 'cap')])
      assert.deepEqual(ticked(await head.get(`${at}?coches=gardees`)), [], at);
    assert.equal((await head.request(`${one.at}?${one.list}&coches=gardees`, { method: 'HEAD' })).status, 200);
    assert.equal((await head.get(`${one.at}?coches=x`)).status, 404);
    assert.equal(kept(), 1);
    assert.deepEqual(ticked(await head.get(`${one.at}?${one.list}&coches=gardees`)), numbers.slice(1, 2));
    assert.equal(kept(), 0);
  });
}

/** A delegate of the school, who has chosen his password. */
let secretary;
async function delegate() {
  if (secretary) return secretary;
  const { password: first } = await addDelegate(head, 'Secrétariat', 'Tout'),
    chosen = 'une phrase longue et calme',
    code = `${account().login}.SECRETARIAT`,
    young = await login(server, 'etablissement', { login: code, password: first });
  await choosePassword(young, first, chosen);
  return (secretary = { login: code, password: chosen });
}

test('retours: the other list is a button too, and keeps the search', async () => {
  const page = await searched(head, '/etablissement/bcp/retours', 'a'),
    [, ordinal] = /recherche=(\d+)/.exec(page.address),
    list = (name) => `/etablissement/bcp/retours?liste=${name}&recherche=${ordinal}`;
  const other = await press(await head.get(`${page.address}&lignes=toutes`), 'Confirmations rendues');
  assert.equal(where(other.location), list('rendues'));
  assert.equal(where((await press(await head.go(other.location), 'Confirmations manquantes')).location), list('manquantes'));
  const asked = await press(await head.get('/etablissement/bcp/retours'), 'Confirmations rendues', numbers.slice(0, 2));
  assert.equal(clean(question(asked).querySelector('h2').text), '2 cases cochées ne sont pas validées');
  assert.match((await press(asked, 'Continuer sans valider')).location, /liste=rendues$/);
});

test('retours: a paper that was scanned too late is told not to be noted', async () => {
  const browser = await loginHead(server),
    page = await browser.get('/etablissement/bcp/retours');
  pass(3600);
  head = await loginHead(server);
  const answer = await browser.submit(page, 'Enregistrer le retour', { 'Numéro de la confirmation': `${numbers[0]}-0` });
  assert.equal(where(answer.location), '/etablissement/connexion');
  const back = (await login(server, 'etablissement', account(), browser)).page;
  assert.equal(back.h1, 'Retour des confirmations');
  assert.ok(said(back, /votre dernier envoi n’a pas été pris en compte/));
  assert.equal(column('returned_revision', numbers[0]), '');
});

test('validation: states that nobody has signed are neither asked about nor kept', async () => {
  const forged = (fields) => fields.map(([field, value]) => [field, field === 'etats' ? value.replace(/V/, 'A') : value]);
  const first = await head.get(pages.validation.at),
    { action, fields } = form(first, 'Page suivante', [numbers[0]]),
    refused = await head.post(action, forged(fields));
  assert.equal(refused.status, 422);
  assert.match(refused.errors[0], /^Cette page était trop ancienne/);
  const browser = await loginHead(server),
    page = await browser.get(pages.validation.at);
  pass(3600);
  head = await loginHead(server);
  const late = form(page, 'Valider', [numbers[0]]);
  assert.equal((await browser.post(late.action, forged(late.fields))).status, 303);
  assert.equal(kept(), 0);
});

test('whoever comes back to a session that has ended, with nothing kept, is told why he must log in', async () => {
  const browser = await loginHead(server);
  pass(3600);
  assert.ok(said(await browser.go('/etablissement/bcp/validation'), /^Votre session a expiré\. Connectez-vous à nouveau\.$/));
  assert.ok(!said(await new Browser(server.url).go('/etablissement/bcp/validation'), /expiré/));
  head = await loginHead(server);
});
