// SPDX-License-Identifier: Apache-2.0
//
// The whole walk in a real browser, by the roles and labels that people read: a head activates a fresh school, answers
// the question of the sections européennes, chooses the pupils' password, opens the service; a pupil fills in the
// wizard, reads the summary, validates, prints; the head finds the candidate in the list. With and without JavaScript,
// on a desk and on a phone, under the page's own CSP.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { desktop, launch, open, phone } from '../lib/chromium.mjs';
import { times } from '../lib/long.mjs';
import { Server } from '../lib/server.mjs';
import { answer, certificate, changePassword, chosenPassword, european, follow, heading, login, press, pupilsPassword, toSummary } from '../lib/tour.mjs';

let server, browser;
before(async () => {
  [server, browser] = await Promise.all([Server.start({ establishments: 12 }), launch()]);
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

/** Fresh schools that present the BCP. */
const fresh = (which) => server.account('etablissement', 'fresh', [0, 3, 4, 5][which]);

async function activate(page, account) {
  await login(page, 'etablissement', account);
  await heading(page, 'Changer le mot de passe pour le suivi');
  await changePassword(page, account.password, chosenPassword);
  await page.goto('/etablissement/bcp/');
  await heading(page, 'Service Établissement');

  await follow(page, 'Section européenne');
  await heading(page, 'Section européenne');
  for (const choice of ['OUI', 'NON']) assert.equal(await page.getByRole('radio', { name: choice, exact: true }).isChecked(), false);
  await press(page, 'Suite');
  await page.getByRole('alert').getByText('Vous devez indiquer si OUI ou NON vous gérez des sections européennes.').waitFor();
  await answer(page, 'Gérez-vous des sections européennes ?', 'OUI');
  await press(page, 'Suite');
  await heading(page, 'Service Établissement');

  await follow(page, "Changer le mot de passe pour le service d'inscription");
  await heading(page, "Changer le mot de passe pour le service d'inscription");
  await changePassword(page, chosenPassword, pupilsPassword);
  await page.goto('/etablissement/bcp/');
  await follow(page, "Fermer / ouvrir le service d'inscription");
  await press(page, 'Ouvrir le service');
  await heading(page, 'Service Établissement');
  await page.getByText('✓ Ouvert', { exact: true }).waitFor();
}

async function register(page, code) {
  await login(page, 'inscription-etablissement', { login: code, password: pupilsPassword });
  await heading(page, 'Service Inscription Établissement');
  await follow(page, 'Baccalauréat professionnel (BCP)');
  await heading(page, 'Baccalauréat professionnel (BCP)');
  const seen = [];
  await toSummary(page, { passage: { [european]: 'OUI' } }, async (name) => {
    seen.push((await page.getByText(/^Étape \d sur 7$/).textContent()).trim());
    assert.equal(await page.getByText('Inscription non validée').count(), 1, name);
  });
  assert.deepEqual(
    seen,
    [1, 2, 3, 4, 5, 6].map((step) => `Étape ${step} sur 7`),
  );

  await heading(page, 'Choix et justificatifs');
  await answer(page, 'Langue de la section européenne', 'Anglais');
  await answer(page, 'Discipline non linguistique', 'Histoire-géographie');
  await answer(page, "Substituer l'évaluation spécifique à l'épreuve facultative de langue ?", 'NON');
  await press(page, 'Suite');
  await heading(page, 'Récapitulatif');
  assert.equal(await page.getByText('Inscription non validée').count(), 1);
  assert.equal(await page.getByRole('link', { name: 'Modifier', exact: true }).count(), 7);
  for (const [question, said] of [
    ['Catégorie du candidat', 'Scolaire'],
    ['Civilité', 'Mme'],
    ['Nom de naissance', 'Łukasz-N’Guyễn'],
    ['Date de naissance', '07/07/2008'],
    ['INE', '0494004062M'],
    ['Forme de passage', 'Globale'],
    [european, 'OUI'],
  ]) {
    const row = page.locator('dl > div').filter({ has: page.locator('dt').getByText(question, { exact: true }) });
    assert.equal((await row.locator('dd').textContent()).trim(), said, question);
  }
  await page.getByLabel(certificate, { exact: true }).check();
  await press(page, 'Valider mon inscription');
  await heading(page, 'Inscription enregistrée');
  const text = (await page.getByRole('main').innerText()).replace(/\s+/g, ' ');
  assert.match(text, /Code personnel : [A-Z0-9]{4}-[A-Z0-9]{4}/);
  const [, number] = /Numéro d.inscription : (\d+-0)/.exec(text);

  const pdf = await page.context().request.get(await page.getByRole('link', { name: 'Imprimer la confirmation', exact: true }).getAttribute('href'));
  assert.equal(pdf.status(), 200);
  assert.equal(pdf.headers()['content-type'], 'application/pdf');
  assert.equal((await pdf.body()).subarray(0, 5).toString(), '%PDF-');
  await follow(page, 'Nouvelle inscription');
  return number;
}

let count = 0;
// with scripts on a phone, without them at a desk; in check-long all four
for (const javaScriptEnabled of [true, false])
  for (const [size, viewport] of Object.entries({ desktop, phone }).filter(([one]) => times > 1 || (one === 'phone') === javaScriptEnabled))
    test(`from a fresh school to the list, JavaScript ${javaScriptEnabled ? 'on' : 'off'}, ${size}`, async () => {
      const account = fresh(count++);
      const head = await open(browser, server, { javaScriptEnabled, viewport });
      await activate(head, account);
      const pupil = await open(browser, server, { javaScriptEnabled, viewport });
      const number = await register(pupil, account.login);

      await follow(head, 'Liste des candidats pré-inscrits');
      await heading(head, 'Liste des candidats pré-inscrits');
      const row = head.getByRole('row').filter({ has: head.getByRole('cell', { name: number, exact: true }) });
      assert.deepEqual(
        (await row.locator('td, th').allTextContents()).filter((text, i) => i !== 3),
        [number, 'ŁUKASZ-N’GUYỄN - ÉLÉONORE ŒNONE', '07/07/2008', 'Globale', '✓ Valide'],
      );
      await press(head, 'Quitter');
      await heading(head, 'Connexion');
      assert.deepEqual([...head.complaints, ...pupil.complaints], []);
      await Promise.all([head.context().close(), pupil.context().close()]);
    });
