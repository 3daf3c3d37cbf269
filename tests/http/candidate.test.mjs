// SPDX-License-Identifier: Apache-2.0
//
// « Dossier de candidature »: from the list to one candidate, his state and answers, what was done with his registration
// by whom, a new personal code. What is no candidate of the school's is a 404.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { sessionOf } from '../lib/academy.mjs';
import { Browser } from '../lib/browser.mjs';
import { Server } from '../lib/server.mjs';
import { certify, loginHead, loginPupils, queryOf, register, searched, toSummary, walkOn } from '../lib/walk.mjs';

const home = '/etablissement/bcp',
  give = 'Délivrer un nouveau code personnel';
let server,
  head,
  pupils,
  number,
  code,
  login,
  born = '07/07/2008';

before(async () => {
  server = await Server.start({ candidates: 200 });
  head = await loginHead(server);
  pupils = await loginPupils(server);
  login = server.account('etablissement', 'open').login;
  const done = await register(pupils);
  number = /(\d+)-0/.exec(done.text)[1];
  code = /Code personnel : (\S+)/.exec(done.text)[1];
});
after(async () => {
  await server?.stop();
});

const clean = (element) => element.text.replace(/\s+/g, ' ').trim();
const file = (of = number) => head.go(`${home}/candidat?numero=${of}`);
const facts = (page) =>
  Object.fromEntries(page.html.querySelectorAll('.answers div').map((line) => [clean(line.querySelector('dt')), clean(line.querySelector('dd'))]));
const history = (page) =>
  page.html.querySelectorAll('.calendar li').map((item) => {
    const [, what, at, who] = /^(.*?)(\d\d\/\d\d\/\d{4} \d\d:\d\d), (par le .*)$/.exec(clean(item.querySelector('p')));
    assert.ok(at);
    return [what.trim(), who, item.querySelectorAll('div div').map(clean).join('\n')];
  });
const row = (columns) => server.query(`SELECT ${columns} FROM registration WHERE exam = 'BCP' AND number = ${number}`);
const notice = (page) => page.html.querySelector('.note.done')?.text.replace(/\s+/g, ' ').trim() ?? '';
const prove = async (code_, page = 'reimpression') =>
  pupils.submit(await pupils.go(`/inscription-etablissement/bcp/${page}`), 'Suite', {
    "Numéro d'inscription": number,
    'Date de naissance': born,
    'Code personnel': code_,
  });
const toggle = async () => {
  const page = await head.go(`${home}/validation?numero=${number}`),
    { action, fields } = head.prepare(page, 'Valider');
  return head.post(action, [...fields, ['candidat', number]]);
};

test("the list and a search lead to the file by the candidate's name", async () => {
  const found = async (words) => queryOf(await searched(head, `${home}/candidats`, words));
  for (const list of ['', 'liste=specialites', 'liste=passage', await found(number), await found('lukasz')]) {
    const page = await head.go(`${home}/candidats?lignes=toutes&${list}`);
    const found = await head.go(page.link(row('listed_name')));
    assert.equal(found.h1, 'Dossier de candidature', list);
    assert.equal(clean(found.html.querySelector('.lead strong')), row('listed_name'));
  }
  const links = (await head.go(`${home}/candidats?lignes=toutes`)).html.querySelectorAll('tbody th a');
  assert.equal(
    links.length,
    Number(server.query(`SELECT count(*) FROM registration WHERE exam = 'BCP' AND establishment = (SELECT id FROM establishment WHERE code = '${login}')`)),
  );
});

test('state, answers and units, in the words of the questions', async () => {
  const page = await file(),
    told = facts(page);
  assert.equal(told['Numéro d’inscription'], `${number}-0`);
  assert.equal(told.État, '✓ Valide');
  assert.match(told['Inscription validée'], /^\d\d\/\d\d\/\d{4} \d\d:\d\d$/);
  assert.equal(told['Dernière modification'], undefined);
  assert.equal(told['Confirmation imprimée par l’établissement'], 'Pas encore');
  assert.equal(told['Confirmation signée rendue'], 'Pas encore');
  assert.equal(told['Catégorie du candidat'], 'Scolaire');
  assert.equal(told['Nom de naissance'], 'Łukasz-N’Guyễn');
  assert.equal(told['Forme de passage'], 'Globale');
  assert.equal(told.Classe, 'TMELEC2');
  assert.equal(told['Date de naissance'], '07/07/2008');
  assert.ok(page.html.querySelectorAll('h2').map(clean).includes('Épreuves'));
  assert.doesNotMatch(page.text, /handicap/, 'as on the confirmation');
  assert.deepEqual(history(page), [[`Inscription validée (${number}-0)`, 'par le candidat', '']]);
  assert.equal((await head.go(page.link('La confirmation en version accessible (page web)'))).h1, 'Confirmation d’inscription');
  assert.equal((await head.get(`${home}/candidat?numero=${number}-0`)).status, 200, 'the revision is ignored');
});

test('« Imprimer la confirmation » prints this one, and notes it', async () => {
  const answer = await head.submit(await file(), 'Imprimer la confirmation');
  assert.equal(answer.status, 303);
  assert.ok(answer.location.endsWith(`${home}/confirmations.pdf?numero=${number}`));
  assert.ok((await head.get(answer.location)).pdf);
  assert.equal(row('printed_revision'), '0');
  assert.match(facts(await file())['Confirmation imprimée par l’établissement'], /^\d\d\/\d\d\/\d{4} \d\d:\d\d$/);
});

test('what the candidate modifies is told question by question; what was printed and handed in is out of date', async () => {
  await head.submit(await head.go(`${home}/retours`), 'Enregistrer le retour', { 'Numéro de la confirmation': `${number}-0` });
  assert.match(facts(await file())['Confirmation signée rendue'], /^\d\d\/\d\d\/\d{4} \d\d:\d\d$/);
  const wizard = await pupils.go((await prove(code, 'modification')).location);
  const summary = await walkOn(pupils, wizard, {
    Commune: 'Roubaix',
    'Code postal': '59100',
    'Téléphone fixe': '03 20 12 34 56',
    'Téléphone mobile': '',
    'Date de naissance': '8/7/2008',
    "Demande d'aménagement d'épreuves (handicap)": 'OUI',
  });
  assert.match((await pupils.press(summary, 'Valider mon inscription', certify)).text, new RegExp(`${number}-1`));
  born = '08/07/2008';
  const page = await file(),
    told = facts(page),
    [last, second] = history(page);
  assert.equal(told['Numéro d’inscription'], `${number}-1`);
  assert.match(told['Dernière modification'], /^\d\d\/\d\d\/\d{4}/);
  for (const paper of ['Confirmation imprimée par l’établissement', 'Confirmation signée rendue'])
    assert.match(told[paper], new RegExp(`périmée : elle portait le numéro ${number}-0$`));
  assert.deepEqual(last.slice(0, 2), [`Inscription modifiée (${number}-1)`, 'par le candidat']);
  for (const change of [
    'Date de naissance : 07/07/2008 → 08/07/2008',
    'Code postal : 59000 → 59100',
    'Commune : LILLE → ROUBAIX',
    'Téléphone mobile : 06 39 98 12 34 → vide',
    'Téléphone fixe : vide → 03 20 12 34 56',
  ])
    assert.ok(last[2].toLowerCase().includes(change.toLowerCase()), `${change} in ${last[2]}`);
  assert.ok(last[2].split('\n').includes("Demande d'aménagement d'épreuves (handicap)"), 'that it changed, not what it says');
  assert.doesNotMatch(last[2], /Nom de naissance|Prénom|Classe/);
  assert.deepEqual(second, [`Confirmation rendue (${number}-0)`, `par le compte ${login}`, '']);
});

test('cancelled: said, nothing to print, no code; reactivated: both are in the history', async () => {
  await toggle();
  const page = await file();
  assert.equal(facts(page).État, '✗ Annulée');
  assert.deepEqual(history(page)[0], ['Candidature annulée', `par le compte ${login}`, '']);
  assert.deepEqual(page.html.querySelectorAll('button').map(clean), ['Autoriser un homonyme', 'Quitter']);
  const asked = await head.go(`${home}/nouveau-code?numero=${number}`);
  assert.match(asked.text, /Cette candidature est annulée : son code personnel ne sert à rien/);
  const token = asked.html.querySelector('input[name=jeton]').getAttribute('value'),
    ancien = asked.html.querySelector('input[name=ancien]').getAttribute('value');
  const refused = await head.post(asked.address, { jeton: token, ancien });
  assert.equal(refused.status, 422);
  assert.deepEqual(refused.errors, ['Cette candidature est annulée : son code personnel ne sert à rien tant qu’elle n’est pas réactivée.']);
  const back = await head.go(page.link('Réactiver cette candidature'));
  assert.equal(back.h1, "Validation/Annulation d'une candidature");
  assert.match(back.text, new RegExp(`1 candidat trouvé pour « ${number} »`));
  assert.deepEqual(
    back.html.querySelectorAll('tbody input').map((box) => box.getAttribute('value')),
    [number],
  );
  assert.ok((await head.press(back, 'Tous les candidats')).html.querySelectorAll('tbody input').length > 1);
  assert.match((await head.submit(back, 'Rechercher', { 'Nom ou numéro': 'lukasz' })).location, /validation\?liste=alphabetique&recherche=\d+$/);
  assert.equal((await head.get(`${back.address}&${queryOf(await searched(head, `${home}/validation`, 'lukasz'))}`)).status, 404, 'both at once');
  assert.match((await toggle()).location, new RegExp(`numero=${number}&changement=`), 'and back to the same page');
  assert.deepEqual(history(await file())[0], ['Candidature réactivée', `par le compte ${login}`, '']);
});

test('a new code: what it does is said first; then it is shown once, and the old one is dead', async () => {
  const asked = await head.go((await file()).link(give));
  assert.equal(asked.h1, give);
  assert.match(asked.text, /L’ancien code cesse de fonctionner aussitôt/);
  assert.match(asked.text, /eleonore@example\.org/);
  assert.equal(row('code'), code.replace('-', ''), 'a GET changes nothing');
  const answer = await head.submit(asked, 'Délivrer le nouveau code');
  assert.equal(answer.status, 303);
  const again = await head.submit(asked, 'Délivrer le nouveau code');
  assert.equal(again.status, 303, 'the second click of a double one');
  const page = await head.go(answer.location),
    made = / : ([0-9A-Z]{4}-[0-9A-Z]{4})\. /.exec(notice(page))?.[1];
  assert.equal(
    notice(page),
    `Nouveau code personnel de ${row('listed_name')} : ${made}. Notez-le et remettez-le au candidat : ` +
      'il ne sera plus affiché ici. L’ancien ne fonctionne plus.',
  );
  assert.equal(page.headers.get('cache-control'), 'no-store');
  assert.equal(row('code'), made.replace('-', ''));
  assert.notEqual(made, code);
  assert.equal(notice(await file()), '', 'shown once');
  assert.ok(!(await file()).body.includes(made));
  assert.deepEqual(history(page)[0], ['Nouveau code personnel délivré', `par le compte ${login}`, '']);
  assert.equal(server.query(`SELECT count(*) FROM audit_entry WHERE action = 'code.new' AND number = ${number} AND actor = '${login}'`), '1');
  assert.equal(server.query(`SELECT count(*) FROM outbox WHERE kind = 'code' AND number = ${number}`), '1');
  assert.equal((await prove(code)).status, 422);
  assert.equal((await prove(made)).status, 303);
  const late = await head.submit(asked, 'Délivrer le nouveau code');
  assert.equal(late.status, 422, 'a page from before the last code');
  assert.deepEqual(late.errors, [
    'Un nouveau code a été délivré à ce candidat depuis l’affichage de cette page : ' +
      'l’historique de son dossier dit par qui. Pour le remplacer encore, recommencez.',
  ]);
  assert.equal(row('code'), made.replace('-', ''));
});

test('a delegate may, and the history says his name', async () => {
  server.query(`INSERT INTO account (service, login, establishment, password, password_changed, rights, created_by)
    SELECT service, '${login}.MARIE', establishment, password, 1, 'no-passwords', login FROM account WHERE service = 'etablissement' AND login = '${login}'`);
  const marie = new Browser(server.url);
  await marie.press(await marie.go('/etablissement/connexion'), 'Se connecter', {
    'Code établissement': `${login}.MARIE`,
    'Mot de passe': server.account('etablissement', 'open').password,
  });
  const done = await marie.press(await marie.go(`${home}/nouveau-code?numero=${number}`), 'Délivrer le nouveau code');
  assert.deepEqual(history(done)[0], ['Nouveau code personnel délivré', `par le compte ${login}.MARIE`, '']);
});

test("another school's candidate, an individual, no number: 404, and nothing is changed", async () => {
  const school = `(SELECT id FROM establishment WHERE code = '${login}')`;
  const others = [
    server.query(`SELECT min(number) FROM registration WHERE exam = 'BCP' AND establishment <> ${school}`),
    '999999',
    '0',
    '-1',
    'x',
    '11x',
    '',
    '99999999999999999999',
  ];
  const alone = server.query(`SELECT min(number) FROM registration WHERE exam = 'BCP' AND establishment IS NULL`);
  const token = (await head.go(`${home}/nouveau-code?numero=${number}`)).html.querySelector('input[name=jeton]').getAttribute('value');
  const codes = () => server.query('SELECT code FROM registration ORDER BY exam, number');
  const known = codes();
  for (const other of [...others, ...(alone ? [alone] : [])]) {
    for (const page of ['candidat', 'nouveau-code', 'confirmation', 'confirmations.pdf']) {
      const answer = await head.get(`${home}/${page}?numero=${encodeURIComponent(other)}`);
      assert.equal(answer.status, 404, `${page} ${other}`);
      assert.equal(answer.html.querySelectorAll('h1').length, 1, `${page} ${other}: answered once`);
    }
    assert.equal((await head.post(`${home}/nouveau-code?numero=${encodeURIComponent(other)}`, { jeton: token, ancien: 'x' })).status, 404, other);
  }
  for (const page of ['candidat', 'nouveau-code']) {
    assert.equal((await head.get(`${home}/${page}`)).status, 404, page);
    assert.equal((await head.get(`/etablissement/bts/${page}?numero=${number}`)).status, 404, "an exam that the school doesn't present");
  }
  const cap = server.query(`SELECT count(*) FROM registration WHERE exam = 'CAP' AND number = ${number} AND establishment = ${school}`);
  assert.equal((await head.get(`/etablissement/cap/candidat?numero=${number}`)).status, cap === '1' ? 200 : 404);
  assert.equal(codes(), known);
});

test('a locked base: the file is read, no code is given: 503', async () => {
  const asked = await head.go(`${home}/nouveau-code?numero=${number}`),
    present = row('code');
  server.query('UPDATE base_lock SET locked = 1');
  assert.equal((await head.get(`${home}/candidat?numero=${number}`)).status, 200);
  const refused = await head.submit(asked, 'Délivrer le nouveau code');
  assert.equal(refused.status, 503);
  assert.ok(refused.headers.get('retry-after'));
  assert.equal(refused.h1, give);
  assert.equal((await head.submit(await file(), 'Imprimer la confirmation')).status, 303);
  server.query('UPDATE base_lock SET locked = 0');
  assert.equal(row('code'), present);
});

// ---------------------------------------------------------------- homonyms

test('a homonym is refused until the school allows one; both files then say whom they look like; nobody elsewhere is named', async () => {
  const twin = { identite: { 'Nom de naissance': 'Jumeau', 'Prénom 1': 'Camille' }, naissance: { INE: '', 'Je ne connais pas mon INE': true } };
  const numberOf = (page) => /Numéro d.inscription : (\d+)-0/.exec(page.text)[1];
  const first = numberOf(await register(await loginPupils(server), twin)),
    at = `${home}/candidat?numero=${first}`;
  const pupils = await loginPupils(server),
    summary = await toSummary(pupils, twin);
  assert.equal((await pupils.submit(summary, 'Valider mon inscription', certify)).status, 422);
  const allowed = await head.press(await head.go(at), 'Autoriser un homonyme');
  assert.ok(allowed.text.includes('Un homonyme de ce candidat peut maintenant s’inscrire.'));
  const second = numberOf(await pupils.press(summary, 'Valider mon inscription', certify));
  for (const [own, other] of [
    [first, second],
    [second, first],
  ])
    assert.ok(
      (await head.go(`${home}/candidat?numero=${own}`)).text.includes(
        `Ressemble à ${other}-0 JUMEAU - CAMILLE ŒNONE : même nom, même prénom, même date de naissance`,
      ),
      `${own} looks like ${other}`,
    );
  for (const [reason, words] of Object.entries({ ine: 'même INE', swapped: 'même date de naissance, nom et prénom intervertis' })) {
    server.query(`UPDATE registration_double SET reason = '${reason}' WHERE exam = 'BCP' AND number = ${second} AND other = ${first}`);
    assert.ok((await head.go(at)).text.includes(`JUMEAU - CAMILLE ŒNONE : ${words}`), reason);
  }
  const refused = await head.press(await head.go(at), 'Ne plus autoriser d’homonyme');
  assert.deepEqual(
    history(refused)
      .slice(0, 2)
      .map(([what]) => what),
    ['Homonyme de nouveau refusé', 'Homonyme autorisé'],
  );
  assert.equal(server.query(`SELECT homonym_allowed FROM registration WHERE exam = 'BCP' AND number = ${first}`), '0');

  const elsewhere = numberOf(await register(await loginPupils(server, 1), twin));
  const told = await head.go(at),
    theirs = await (await loginHead(server, 1)).go(`${home}/candidat?numero=${elsewhere}`);
  assert.ok(told.text.includes('Ressemble à une autre inscription à cet examen, hors de votre établissement'), told.text);
  assert.ok(!told.text.includes(`${elsewhere}-0`) && !theirs.text.includes(`${first}-0`));
});

const modify = 'Modifier cette inscription',
  allow = (value) => server.ctl(['parameter', 'set', 'modification_par_etablissement', value]);
const drafts = () => server.query(`SELECT count(*) FROM draft WHERE number = ${number} AND service = 'etablissement'`);

test('the school modifies only where the authority lets it', async () => {
  const page = await file(),
    token = page.html.querySelector('input[name=jeton]').getAttribute('value');
  assert.ok(!page.html.querySelectorAll('button').map(clean).includes(modify));
  const refused = await head.post(page.address, { jeton: token, action: 'modifier' });
  assert.equal(refused.status, 422);
  assert.deepEqual(refused.errors, [
    'L’académie n’ouvre pas aux établissements la modification des inscriptions : le candidat modifie la sienne avec son code personnel.',
  ]);
  assert.equal(drafts(), '0');
});

test('allowed, it goes through the wizard in its own name; the candidate gets the receipt, his code stays', async () => {
  allow('O');
  const present = row('code'),
    first = await head.press(await file(), modify);
  assert.match(first.address, /\/etablissement\/bcp\/candidature\/candidature\?dossier=\d+$/);
  assert.equal(first.headers.get('cache-control'), 'no-store');
  assert.deepEqual(first.html.querySelectorAll('main button').map(clean), ['Suite', 'Retour', 'Abandonner la modification']);
  assert.equal(first.value('Classe'), 'TMELEC2');
  server.query(`UPDATE establishment_exam SET service_open = 0 WHERE exam_session = ${sessionOf('bcp')}`); /* closed to the pupils */
  const summary = await walkOn(head, first, { Classe: 'TMELEC3', 'Prénom 2': '' });
  const done = await head.press(summary, 'Valider la modification', certify);
  server.query(`UPDATE establishment_exam SET service_open = 1 WHERE exam_session = ${sessionOf('bcp')}`);
  assert.equal(done.h1, 'Dossier de candidature');
  assert.equal(notice(done), `Modification enregistrée : seule la confirmation portant le numéro ${number}-2 est valable.`);
  assert.deepEqual(history(done)[0], [`Inscription modifiée (${number}-2)`, `par le compte ${login}`, 'Classe : TMELEC2 → TMELEC3\nPrénom 2 : Œnone → vide']);
  assert.equal(row('code'), present);
  assert.equal(drafts(), '0');
  assert.equal(server.query(`SELECT count(*) FROM outbox WHERE kind = 'receipt' AND number = ${number} AND revision = 2`), '1');
  assert.equal(
    server.query(`SELECT actor || ' ' || service FROM audit_entry WHERE action = 'registration.modify' AND number = ${number} ORDER BY id DESC LIMIT 1`),
    `${login} etablissement`,
  );
  assert.match(
    (await head.submit(summary, 'Valider la modification', certify)).location,
    new RegExp(`candidat\\?numero=${number}$`),
    'a second click is no second revision',
  );
  assert.equal(row('revision'), '2');
});

test('given up, or from the first step back: the file, and nothing has changed', async () => {
  const first = await head.press(await file(), modify);
  await head.press(first, 'Suite', { Classe: 'TCOMMENCE' });
  const again = await head.press(await file(), modify);
  assert.equal(again.address, first.address, 'what was begun goes on');
  assert.equal(again.value('Classe'), 'TCOMMENCE');
  assert.equal(drafts(), '1');
  assert.doesNotMatch((await head.go(`${home}/saisies`)).text, new RegExp(`modifie l’inscription n° ${number}`), "no pupil's");
  const left = await head.press(first, 'Abandonner la modification', { Classe: 'AUTRE' });
  assert.equal(left.h1, 'Dossier de candidature');
  assert.equal(drafts(), '0');
  assert.equal((await head.get(first.address)).status, 404);
  assert.equal((await head.press(await head.press(await file(), modify), 'Retour')).h1, 'Dossier de candidature');
  assert.equal(row('revision'), '2');
});

test('two tabs, two candidates: neither forgets the other', async () => {
  const other = server.query(
    `SELECT min(number) FROM registration WHERE exam = 'BCP' AND state = 'V' AND number <> ${number}
       AND establishment = (SELECT id FROM establishment WHERE code = '${login}')`,
  );
  const one = await head.press(await file(), modify),
    two = await head.press(await file(other), modify);
  assert.equal((await head.get(one.address)).status, 200);
  assert.equal((await head.get(two.address)).status, 200);
  assert.notEqual(one.value('Classe'), two.value('Classe'));
  const stranger = await loginHead(server, 1);
  assert.equal((await stranger.get(one.address)).status, 404);
});

test('what the candidate, or a colleague, has done meanwhile stops it', async () => {
  const begin = async () => walkOn(head, await head.press(await file(), modify), { Classe: 'TARD' });
  const summary = await begin();
  server.query(`UPDATE registration SET revision = 3 WHERE exam = 'BCP' AND number = ${number}`);
  const late = await head.press(summary, 'Valider la modification', certify);
  assert.equal(late.status, 422);
  assert.deepEqual(late.errors, ['Cette inscription a été modifiée entre-temps, par le candidat ou par un autre compte : recommencez depuis son dossier.']);
  const again = await begin();
  await toggle();
  const cancelled = await head.press(again, 'Valider la modification', certify);
  assert.equal(cancelled.status, 422);
  assert.deepEqual(cancelled.errors, ['Cette candidature est annulée : réactivez-la avant de la modifier.']);
  await toggle();
  const third = await begin();
  allow('N');
  const taken = await head.press(third, 'Valider la modification', certify);
  assert.equal(taken.status, 422);
  assert.deepEqual(taken.errors, [
    'L’académie n’ouvre pas aux établissements la modification des inscriptions : le candidat modifie la sienne avec son code personnel.',
  ]);
  allow('O');
  server.query('UPDATE base_lock SET locked = 1');
  assert.equal((await head.submit(third, 'Valider la modification', certify)).status, 503);
  server.query('UPDATE base_lock SET locked = 0');
  assert.equal(row('revision'), '3');
});

test('a session that ends keeps what was typed: the next login leads back to it', async () => {
  const first = await head.press(await file(), modify);
  server.query("UPDATE session SET ends = 1 WHERE service = 'etablissement'");
  const asked = await head.submit(first, 'Suite', { Classe: 'TGARDE' });
  assert.match(asked.location, /\/connexion$/);
  const account = server.account('etablissement', 'open');
  const back = await head.press(await head.go('/etablissement/connexion'), 'Se connecter', {
    'Code établissement': account.login,
    'Mot de passe': account.password,
  });
  assert.match(back.address, /\/etablissement\/bcp\/candidature\/candidature\?dossier=\d+$/);
  assert.equal(back.value('Classe'), 'TGARDE');
});

test('the register is closed: the paper is corrected by hand', async () => {
  server.query(`UPDATE registration_window SET closes = opens + 60 WHERE exam_session = ${sessionOf('bcp')} AND opens + 60 < closes`);
  const refused = await head.press(await file(), modify);
  assert.equal(refused.status, 422);
  assert.match(refused.errors[0], /corrections se portent à l’encre rouge/);
  assert.equal(refused.h1, 'Dossier de candidature');
});
