// SPDX-License-Identifier: Apache-2.0
//
// The schools' guide of the service Établissement, followed section by section and in its words, by whoever has nothing
// but it and a browser: roles, labels and what can be read. Its five candidates are those of its own screen.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, before, describe, test } from 'node:test';

import { extend, optionOf } from '../lib/academy.mjs';
import { Browser } from '../lib/browser.mjs';
import { desktop, launch, open, phone } from '../lib/chromium.mjs';
import { Server } from '../lib/server.mjs';
import { answer, changePassword, chosenPassword, european, follow, heading, login, press, pupilsPassword } from '../lib/tour.mjs';
import { certify, login as enter, pupil, walkOn } from '../lib/walk.mjs';

const question = 'Gérez-vous des sections européennes ?',
  later = 'une autre phrase longue et calme';
/* by name; the second of them asks for the section européenne, the third is an adult in training who may spread his units
 * over several sessions, the fifth prepares another specialty */
const candidates = [
  ['Edosh', 'Damien', '07/07/1984'],
  ['Ehuwkrx', 'Yannick', '13/08/1985'],
  ['Gdrxgdo', 'Anthony', '02/02/1984'],
  ['Nrclqh', 'André', '13/10/1984'],
  ['Oh Srhf', 'Clément', '27/03/1985'],
];
const listed = ([name, forename]) => `${name} - ${forename}`.toLocaleUpperCase('fr');
const functions = [
  "Fermer / ouvrir le service d'inscription",
  'Section européenne',
  "Changer le mot de passe pour le service d'inscription",
  'Changer le mot de passe pour le suivi',
  'Liste des candidats pré-inscrits',
  "Validation / Annulation d'une pré-inscription",
  'Impression de confirmations',
];

let server, browser;
before(async () => {
  [server, browser] = await Promise.all([Server.start({ establishments: 12, candidates: 0 }), launch()]);
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

const clean = (text) => text.replace(/\s+/g, ' ').trim();
const rowOf = (page, candidate) => page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: listed(candidate), exact: true }) });
const cells = async (row) => (await row.locator('td, th').allTextContents()).map(clean);
/** The candidates of a list, in its order. */
const shown = async (page) => (await page.getByRole('rowheader').allTextContents()).map(clean).filter((text) => candidates.map(listed).includes(text));
const names = (...which) => which.map((i) => listed(candidates[i]));
const reads = (page, text) => page.getByRole('main').getByText(text).first().waitFor();
/** From anywhere below an exam to its menu, then by one of its links. */
async function choose(page, link) {
  await page
    .getByRole('navigation', { name: 'Fil d’Ariane', exact: true })
    .getByRole('link', { name: /\(BCP\)$/ })
    .click();
  await heading(page, 'Service Établissement');
  await follow(page, link);
}

/** The guide's candidates register from their school. */
async function register(account, specialties) {
  const numbers = [];
  for (const [i, [name, forename, born]] of candidates.entries()) {
    const pupils = await enter(server, 'inscription-etablissement', { login: account.login, password: pupilsPassword });
    const given = {
      ...Object.assign({}, ...Object.values(pupil)),
      Spécialité: optionOf(specialties[i === 4 ? 1 : 0]),
      'Nom de naissance': name,
      'Prénom 1': forename,
      'Prénom 2': '',
      'Date de naissance': born,
      INE: '',
      'Je ne connais pas mon INE': true,
      'Catégorie du candidat': i === 2 ? 'Formation professionnelle continue' : 'Scolaire',
      'Forme de passage': i === 2 ? 'Progressive' : 'Globale',
      [european]: i === 1 ? 'OUI' : 'NON',
      'Discipline non linguistique': 'Mathématiques',
    };
    const summary = await walkOn(pupils, await pupils.press(await pupils.go('/inscription-etablissement/bcp/'), 'Nouvelle inscription'), given);
    const done = await pupils.press(summary, 'Valider mon inscription', certify);
    numbers.push(/Numéro d.inscription : (\d+-0)/.exec(done.text)?.[1] ?? assert.fail(`${name}: ${done.errors}`));
  }
  return numbers;
}

/** Two specialties of a school, by their labels, that need no units. */
const specialtiesOf = (account) =>
  server
    .query(
      `SELECT s.code FROM establishment_offer o JOIN establishment e ON e.id = o.establishment JOIN specialty s ON s.code = o.specialty
       WHERE e.code = '${account.login}' AND s.exam = 'BCP' AND s.code NOT IN (SELECT specialty FROM exam_unit) ORDER BY s.label LIMIT 2`,
    )
    .split('\n');

for (const [variant, { which, ...options }] of Object.entries({
  'JavaScript activé, ordinateur': { which: 0, javaScriptEnabled: true, viewport: desktop },
  'JavaScript désactivé, téléphone': { which: 3, javaScriptEnabled: false, viewport: phone },
}))
  describe(`Guide suivi établissement, ${variant}`, () => {
    let page, account, specialties, numbers;
    before(async () => {
      account = server.account('etablissement', 'fresh', which);
      specialties = specialtiesOf(account);
      assert.equal(specialties.length, 2);
      extend(server, account.login, { families: ['SCO', 'FPC'] });
      page = await open(browser, server, options);
    });
    after(async () => {
      await page?.context().close();
    });

    test('2. Le service Établissement (Suivi)', async () => {
      await page.goto('/');
      await follow(page, 'Service Établissement');
      await heading(page, 'Connexion');
      assert.equal(account.password, account.login, 'par défaut, le mot de passe est identique au code établissement');
      await page.getByLabel('Code établissement', { exact: true }).fill(account.login);
      await page.getByLabel('Mot de passe', { exact: true }).fill(account.login);
      await press(page, 'Se connecter');
      await heading(page, 'Changer le mot de passe pour le suivi');
      await page.goto('/etablissement/bcp/');
      await heading(page, 'Changer le mot de passe pour le suivi');
      await changePassword(page, account.login, account.login);
      await page.getByRole('alert').waitFor();
      await changePassword(page, account.login, chosenPassword);
      await heading(page, 'Service Établissement');
      await follow(page, 'Baccalauréat professionnel (BCP)');
      await heading(page, 'Service Établissement');
      const menu = page.getByRole('navigation', { name: 'Fonctions du service', exact: true });
      assert.deepEqual((await menu.getByRole('link').allTextContents()).map(clean).slice(0, functions.length), functions);
      for (const name of functions) {
        const page2 = await page.context().newPage();
        await page2.goto(await menu.getByRole('link', { name, exact: true }).evaluate((link) => link.href));
        await heading(
          page2,
          {
            "Validation / Annulation d'une pré-inscription": "Validation/Annulation d'une candidature",
            'Impression de confirmations': 'Choix de la spécialité',
          }[name] ?? name,
        );
        await page2.close();
      }
    });

    test('Particularité des BCP : Section européenne au baccalauréat professionnel', async () => {
      await choose(page, "Fermer / ouvrir le service d'inscription");
      await press(page, 'Ouvrir le service');
      await page.getByRole('alert').getByText('sections européennes').waitFor();
      await choose(page, 'Section européenne');
      const group = page.getByRole('group', { name: question, exact: true }),
        radios = ['OUI', 'NON'].map((name) => group.getByRole('radio', { name, exact: true }));
      for (const radio of radios) assert.equal(await radio.isChecked(), false, 'pas de choix par défaut');
      await press(page, 'Suite');
      await page.getByRole('alert').getByText('Vous devez indiquer si OUI ou NON vous gérez des sections européennes.', { exact: true }).waitFor();
      for (const [text, says] of [
        ['Si vous répondez OUI', /« ?Vous présentez-vous en section européenne \? ?» sera posée aux candidats scolaires/],
        ['Si vous répondez NON', /ne sera jamais posée aux candidats de votre établissement/],
      ])
        assert.match(clean(await page.getByRole('paragraph').filter({ hasText: text }).textContent()), says);
      await answer(page, question, 'OUI');
      await press(page, 'Retour');
      await heading(page, 'Service Établissement');
      await follow(page, 'Section européenne');
      assert.equal(await radios[0].isChecked(), false, '« Retour » ne retient rien');
      await answer(page, question, 'NON');
      await press(page, 'Suite');
      await heading(page, 'Service Établissement');
      await follow(page, 'Section européenne');
      assert.equal(await radios[1].isChecked(), true);
      await answer(page, question, 'OUI');
      await press(page, 'Suite');
      await follow(page, 'Section européenne');
      assert.equal(await radios[0].isChecked(), true);
      await press(page, 'Quitter');
      await heading(page, 'Connexion');
      await login(page, 'etablissement', { ...account, password: chosenPassword });
      await follow(page, 'Baccalauréat professionnel (BCP)');
    });

    /* before 2.1: whoever hasn't changed it can't open the service */
    test("2.2. Changer le mot de passe pour le service d'inscription", async () => {
      await choose(page, "Fermer / ouvrir le service d'inscription");
      await press(page, 'Ouvrir le service');
      await page.getByRole('alert').getByText('mot de passe du service d’inscription').waitFor();
      await choose(page, "Changer le mot de passe pour le service d'inscription");
      await changePassword(page, chosenPassword, account.login);
      await page.getByRole('alert').waitFor();
      await changePassword(page, chosenPassword, pupilsPassword);
      await heading(page, 'Service Établissement');
      await follow(page, 'Baccalauréat professionnel (BCP)');
    });

    test("2.1. Fermer / ouvrir le service d'inscription", async () => {
      const pupils = await open(browser, server, options);
      await login(pupils, 'inscription-etablissement', { login: account.login, password: account.login });
      await pupils.getByRole('alert').getByText('Code établissement ou mot de passe incorrect.').waitFor();
      await login(pupils, 'inscription-etablissement', { login: account.login, password: pupilsPassword });
      for (const button of ['Ouvrir le service', 'Fermer le service', 'Ouvrir le service']) {
        await choose(page, "Fermer / ouvrir le service d'inscription");
        await press(page, button);
        await heading(page, 'Service Établissement');
        const opened = button.startsWith('Ouvrir');
        await reads(page, opened ? '✓ Ouvert' : '✗ Fermé');
        await pupils.goto('/inscription-etablissement/bcp/');
        await heading(pupils, 'Baccalauréat professionnel (BCP)');
        assert.equal(await pupils.getByRole('button', { name: 'Nouvelle inscription', exact: true }).count(), opened ? 1 : 0);
      }
      assert.deepEqual(pupils.complaints, []);
      await pupils.context().close();
    });

    test('2.3. Changer le mot de passe pour le suivi', async () => {
      await choose(page, 'Changer le mot de passe pour le suivi');
      await changePassword(page, pupilsPassword, later);
      await page.getByRole('alert').waitFor();
      await changePassword(page, chosenPassword, pupilsPassword);
      await page.getByRole('alert').waitFor();
      await changePassword(page, chosenPassword, later);
      await heading(page, 'Service Établissement');
      const old = new Browser(server.url),
        refused = await enter(server, 'etablissement', { login: account.login, password: chosenPassword }, old);
      assert.deepEqual(refused.page.errors, ['Code établissement ou mot de passe incorrect.']);
      await follow(page, 'Baccalauréat professionnel (BCP)');
    });

    test('2.4. Liste des candidats pré-inscrits', async () => {
      numbers = await register(account, specialties);
      await choose(page, 'Liste des candidats pré-inscrits');
      assert.deepEqual(await shown(page), names(0, 1, 2, 3, 4), 'par ordre alphabétique des candidats');
      for (const [i, candidate] of candidates.entries()) {
        const [number, name, born, , form, state] = await cells(rowOf(page, candidate));
        assert.deepEqual([number, name, born, form, state], [numbers[i], listed(candidate), candidate[2], i === 2 ? 'Progressive' : 'Globale', '✓ Valide']);
      }
      const lists = page.getByRole('navigation', { name: 'Listes', exact: true });
      await follow(lists, 'Section européenne');
      await reads(page, 'Candidats pré-inscrits en section européenne');
      assert.deepEqual(await shown(page), names(1));
      await follow(lists, 'Une spécialité');
      await page.getByLabel('Spécialité', { exact: true }).waitFor();
      for (const [i, specialty] of specialties.entries()) {
        await answer(page, 'Spécialité', optionOf(specialty));
        await press(page, 'Afficher');
        await page.waitForURL(new RegExp(`specialite=${specialty}`));
        assert.deepEqual(await shown(page), i === 0 ? names(0, 1, 2, 3) : names(4), 'pour une spécialité donnée');
      }
      await follow(lists, 'Toutes les spécialités');
      await reads(page, 'Candidats pré-inscrits, par spécialité');
      const groups = async () =>
        (await page.getByRole('row').filter({ hasText: 'valides' }).allTextContents())
          .map(clean)
          .map((text) => text.replace(/ ?valides : (\d+), annulées : (\d+)/, ' $1/$2'));
      assert.deepEqual(
        (await groups()).map((text) => text.slice(0, 6) + text.slice(-3)),
        [`${specialties[0].slice(3)} 4/0`, `${specialties[1].slice(3)} 1/0`],
      );
      assert.deepEqual(await shown(page), names(0, 1, 2, 3, 4));
      await follow(lists, 'Par forme de passage');
      await reads(page, 'Candidats pré-inscrits, par spécialité et forme de passage');
      assert.deepEqual(
        (await groups()).map((text) => [text.slice(0, 5), / – (\w+) /.exec(text)[1], text.slice(-3)].join(' ')),
        [`${specialties[0].slice(3)} Globale 3/0`, `${specialties[0].slice(3)} Progressive 1/0`, `${specialties[1].slice(3)} Globale 1/0`],
      );
      assert.deepEqual(await shown(page), names(0, 1, 3, 2, 4));
      await follow(page, 'Retour');
      await heading(page, 'Service Établissement');
    });

    test("2.5. Validation / Annulation d'une pré-inscription", async () => {
      await choose(page, "Validation / Annulation d'une pré-inscription");
      await heading(page, "Validation/Annulation d'une candidature");
      assert.deepEqual(await shown(page), names(0, 1, 2, 3, 4));
      assert.deepEqual(
        (await page.getByRole('columnheader').allTextContents())
          .map(clean)
          .map((text) => text.replace('’', "'"))
          .slice(2),
        ["Numéro d'inscription", 'Nom - prénom', 'Date de naissance'],
      );
      const stateOf = async (i) => (await cells(rowOf(page, candidates[i])))[0];
      const tick = async (...which) => {
        for (const i of which) await page.getByRole('checkbox', { name: listed(candidates[i]), exact: true }).check();
        await press(page, 'Valider');
        await page.getByRole('status').filter({ hasText: candidates[which[0]][0].toUpperCase() }).waitFor();
      };
      for (const [i, candidate] of candidates.entries())
        assert.deepEqual(await cells(rowOf(page, candidate)), ['✓ Valide', '', numbers[i], listed(candidate), candidate[2]]);
      await press(page, 'Valider');
      await page.getByRole('alert').waitFor();
      await tick(1);
      await reads(page, '1 candidature annulée.');
      assert.equal(await stateOf(1), '✗ Annulée');
      assert.equal(await page.getByRole('checkbox', { name: listed(candidates[1]), exact: true }).isChecked(), false);
      await tick(1);
      await reads(page, '1 candidature rétablie.');
      assert.equal(await stateOf(1), '✓ Valide', 'cochez à nouveau pour réactiver');
      await tick(1, 3);
      await reads(page, '2 candidatures annulées.');
      await press(page, 'Défaire ces changements');
      await reads(page, '2 candidatures rétablies.');
      assert.deepEqual(await Promise.all([1, 3].map(stateOf)), ['✓ Valide', '✓ Valide']);
      await tick(1);
      await press(page, 'Retour');
      await heading(page, 'Service Établissement');
      await follow(page, 'Liste des candidats pré-inscrits');
      assert.equal((await cells(rowOf(page, candidates[1]))).at(-1), '✗ Annulée', 'elle reste dans la liste');
    });

    test('2.6. Impression de confirmations', async () => {
      await choose(page, 'Impression de confirmations');
      await heading(page, 'Choix de la spécialité');
      await press(page, 'Imprimer');
      await page.getByRole('alert').waitFor();
      assert.deepEqual(page.complaints, []);
      /* what Chromium does with a PDF (shows it, or keeps it) is its own business, in a tab of its own: the same request is made once more */
      const tab = await page.context().newPage();
      await tab.goto(page.url());
      await answer(tab, 'Liste des spécialités', optionOf(specialties[0]));
      const led = tab.waitForEvent('request', (request) => /confirmations\.pdf/.test(request.url()));
      await press(tab, 'Imprimer');
      const address = (await led).url();
      await tab.close();
      assert.match(address, new RegExp(`/etablissement/bcp/confirmations\\.pdf\\?specialite=${specialties[0]}$`));
      const document = await page.context().request.get(address);
      assert.equal(document.status(), 200);
      assert.equal(document.headers()['content-type'], 'application/pdf');
      const text = execFileSync('pdftotext', ['-layout', '-', '-'], { input: await document.body(), encoding: 'utf8' });
      const found = candidates
        .map(([name], i) => [i, text.indexOf(name.toUpperCase())])
        .filter(([, at]) => at >= 0)
        .sort((one, other) => one[1] - other[1]);
      assert.deepEqual(
        found.map(([i]) => i),
        [0, 2, 3],
        'les candidats valides de la spécialité, par ordre alphabétique',
      );
      await press(page, 'Retour');
      await heading(page, 'Service Établissement');
    });

    test('Quitter', async () => {
      await press(page, 'Quitter');
      await heading(page, 'Connexion');
      for (const address of ['/etablissement/bcp/', '/etablissement/bcp/candidats']) {
        await page.goto(address);
        await heading(page, 'Connexion');
      }
      await page.goBack();
      assert.equal(await page.getByRole('rowheader').count(), 0);
      assert.deepEqual(page.complaints, []);
    });
  });
