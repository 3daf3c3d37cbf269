// SPDX-License-Identifier: Apache-2.0
//
// An individual in a real browser, by the roles and labels that he reads: from the service's home to the confirmation,
// stopping on the way and coming back by code and date of birth, correcting a block of the summary; then a modification,
// and the confirmation printed again. With and without JavaScript, on a desk and on a phone, under the page's own CSP.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, before, test } from 'node:test';

import { optionOf, specialtyOf } from '../lib/academy.mjs';
import { desktop, errorsFocused, launch, open, phone } from '../lib/chromium.mjs';
import { times } from '../lib/long.mjs';
import { Server } from '../lib/server.mjs';
import { answer, certificate, follow, heading, press } from '../lib/tour.mjs';

let server, browser, specialty;
before(async () => {
  [server, browser] = await Promise.all([Server.start({ establishments: 4 }), launch()]);
  specialty = optionOf(specialtyOf(server, 'cap', { units: true }));
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

const exam = "Certificat d'aptitude professionnelle (CAP)",
  closes = /Clôture des inscriptions le .+ à \d+ h \d\d \(heure de Paris\)/;
const clean = (text) => text.replace(/\s+/g, ' ').trim();
const main = async (page) => clean(await page.getByRole('main').innerText());
const fill = async (page, given) => {
  for (const [label, value] of Object.entries(given)) await answer(page, label, value);
};
const step = (page, name, i) => Promise.all([heading(page, name), page.getByText(`Étape ${i} sur 9`, { exact: true }).waitFor()]);

/** Each answer of the summary, by its question. */
const summary = (page) =>
  page
    .locator('main dl > div')
    .evaluateAll((rows) => Object.fromEntries(rows.map((row) => ['dt', 'dd'].map((one) => row.querySelector(one).textContent.replace(/\s+/g, ' ').trim()))));
/** The link « Modifier » of a block, named by its heading. */
const modify = (page, block) =>
  page
    .locator('section')
    .filter({ has: page.getByRole('heading', { level: 2, name: block, exact: true }) })
    .getByRole('link', { name: 'Modifier', exact: true })
    .click();

/** The service's home and the exam's: what is open until when, and on what conditions. */
async function arrive(page) {
  await page.goto('/');
  await follow(page, 'Service Inscription Grand Public');
  await heading(page, 'Service Inscription Grand Public');
  assert.match(await main(page), /Candidats? individuels?/i);
  const item = page.getByRole('listitem').filter({ has: page.getByRole('link', { name: exam, exact: true }) });
  assert.match(clean(await item.innerText()), /✓ Ouvert jusqu.au .+ à \d+ h \d\d \(heure de Paris\)/);
  await follow(page, exam);
  await heading(page, exam);
  const told = await main(page);
  assert.match(told, closes);
  for (const condition of [
    /18 ans au 31 décembre \d{4}/,
    /CNED .* n.est pas une inscription à l.examen/,
    /Si vous êtes élève, apprenti ou stagiaire, inscrivez-vous depuis votre établissement/,
  ])
    assert.match(told, condition);
  for (const name of ['Reprendre une inscription', 'Modifier une inscription', 'Réimprimer la confirmation'])
    assert.equal(await page.getByRole('main').getByRole('link', { name, exact: true }).count(), 1, name);
}

/** An empty step: the summary of errors has the focus and leads to the first control. */
async function assertErrorsLead(page, label, wanted) {
  await press(page, 'Suite');
  const errors = page.getByRole('alert');
  await errors.waitFor();
  await errorsFocused(page);
  assert.equal(await errors.evaluate((element) => element === document.activeElement), true, 'the focus is on what is wrong');
  assert.match(clean(await page.title()), /^Erreur : /);
  await errors.getByRole('link').first().click();
  const control = page.getByLabel(label, { exact: true });
  assert.equal(await control.evaluate((element) => element === document.activeElement), true, `${label} has the focus`);
  assert.equal(await control.getAttribute('aria-invalid'), 'true');
  assert.match(
    await control.evaluate((element) =>
      element
        .getAttribute('aria-describedby')
        .trim()
        .split(/\s+/)
        .map((id) => document.getElementById(id).textContent)
        .join(' '),
    ),
    wanted,
  );
}

/** As far as « Coordonnées », where he stops: the code. */
async function firstPart(page, forename) {
  await press(page, 'Nouvelle inscription');
  await heading(page, 'Candidature');
  await assertErrorsLead(page, 'Catégorie du candidat', /Choisissez votre catégorie/);
  await fill(page, { 'Catégorie du candidat': 'Individuel (candidat libre)', Spécialité: specialty });
  await press(page, 'Suite');
  await step(page, 'Identité', 2);
  await fill(page, { Civilité: 'Mme', 'Nom de naissance': 'Łukasz-N’Guyễn', 'Prénom 1': forename, 'Prénom 2': 'Œnone' });
  await press(page, 'Suite');
  await step(page, 'Naissance', 3);
  await fill(page, {
    'Date de naissance': '7/7/2012',
    'Département de naissance': '059',
    'Commune de naissance': 'Nœux-les-Mines',
    'Je ne connais pas mon INE': true,
  });
  await press(page, 'Suite');
  await page
    .getByRole('alert')
    .getByText(/18 ans au 31 décembre/)
    .waitFor();
  await fill(page, { 'Date de naissance': '7.7.1990' });
  await press(page, 'Suite');
  await step(page, 'Coordonnées', 4);
  await fill(page, { 'N° et voie': '12 rue des Lilas', 'Code postal': '5900' });
  await press(page, 'Enregistrer et quitter');
  await heading(page, 'Inscription conservée');
  const told = await main(page);
  assert.match(told, /Inscription non validée/);
  assert.match(told, closes);
  return /Code de reprise : ([A-Z0-9]{4}-[A-Z0-9]{4})/.exec(told)[1];
}

async function resume(page, code) {
  await page.goto('/inscription/cap/');
  await follow(page, 'Reprendre une inscription');
  await heading(page, 'Reprendre une inscription');
  await fill(page, { 'Code de reprise': code, 'Date de naissance': '08/07/1990' });
  await press(page, 'Suite');
  await page.getByRole('alert').getByText('Code de reprise ou date de naissance incorrect.').first().waitFor();
  assert.equal(await page.getByLabel('Code de reprise', { exact: true }).inputValue(), code, 'typed once is enough');
  await fill(page, { 'Date de naissance': '07/07/1990' });
  await press(page, 'Suite');
  await step(page, 'Candidature', 1);
  for (let i = 2; i <= 4; i++)
    await Promise.all([page.waitForURL(/candidature\/(identite|naissance|coordonnees)\?/), press(page, 'Suite')]).then(() =>
      page.getByText(`Étape ${i} sur 9`, { exact: true }).waitFor(),
    );
  await heading(page, 'Coordonnées');
  assert.deepEqual(
    [await page.getByLabel('N° et voie', { exact: true }).inputValue(), await page.getByLabel('Code postal', { exact: true }).inputValue()],
    ['12 rue des Lilas', '5900'],
    'as it was typed',
  );
  await fill(page, { 'Code postal': '59000', Commune: 'Lille', 'Téléphone mobile': '06 39 98 12 34', 'Adresse électronique': 'eleonore@example.org' });
  await press(page, 'Suite');
}

/** Situation, forme de passage, the units one by one, the EPS activity. */
async function secondPart(page) {
  await step(page, 'Situation', 5);
  await fill(page, { 'Avez-vous déjà été candidat à cet examen ?': 'NON', "Demande d'aménagement d'épreuves (handicap)": 'NON' });
  await press(page, 'Suite');
  await step(page, 'Modalités de passage', 6);
  await answer(page, 'Forme de passage', 'Globale');
  await press(page, 'Suite');
  await step(page, 'Épreuves', 7);
  const eps = page.getByLabel(/^UG3 Éducation physique et sportive$/);
  assert.equal(await eps.evaluate((select) => select.selectedOptions[0].textContent.trim()), 'Inscrit', 'presented unless something else is said');
  assert.equal(await page.getByLabel(/^UF1 Langue vivante$/).isChecked(), false, "nobody is registered for what he didn't choose");
  await page.getByLabel(/^UF2 Mobilité$/).check();
  await press(page, 'Suite');
  await step(page, 'Choix et justificatifs', 8);
  await assertErrorsLead(page, "Activité d'EPS", /Choisissez une activité/);
  await answer(page, "Activité d'EPS", 'Danse');
  await press(page, 'Suite');
  await step(page, 'Récapitulatif', 9);
}

/** « Modifier » of a block, there and back; then the last click, first without the certificate. */
async function correctAndValidate(page, forename) {
  let said = await summary(page);
  for (const [question, wanted] of [
    ['Catégorie du candidat', 'Individuel (candidat libre)'],
    ['Civilité', 'Mme'],
    ['Prénom 1', forename],
    ['Date de naissance', '07/07/1990'],
    ['Commune', 'Lille'],
    ['Forme de passage', 'Globale'],
    ['UG3 Éducation physique et sportive', 'Inscrit'],
    ['UF2 Mobilité', 'OUI'],
    ["Activité d'EPS (UG3)", 'Danse'],
  ])
    assert.equal(said[question], wanted, question);
  await modify(page, 'Coordonnées');
  await heading(page, 'Coordonnées');
  await answer(page, 'Commune', 'Roubaix');
  await press(page, 'Suite');
  await heading(page, 'Récapitulatif');
  await modify(page, 'Choix et justificatifs');
  await heading(page, 'Choix et justificatifs');
  await answer(page, "Activité d'EPS", 'Tennis de table');
  await press(page, 'Retour');
  await heading(page, 'Récapitulatif');
  said = await summary(page);
  assert.deepEqual([said.Commune, said["Activité d'EPS (UG3)"]], ['Roubaix', 'Tennis de table']);
  assert.match(await main(page), /Inscription non validée/);
  await press(page, 'Valider mon inscription');
  await page.getByRole('alert').getByText('Cochez la case pour certifier').waitFor();
  await page.getByLabel(certificate, { exact: true }).check();
  await press(page, 'Valider mon inscription');
  await heading(page, 'Inscription enregistrée');
  const text = await main(page);
  return { number: /Numéro d.inscription : (\d+)-0/.exec(text)[1], code: /Code personnel : ([A-Z0-9]{4}-[A-Z0-9]{4})/.exec(text)[1] };
}

/** The confirmation as a PDF and as a page: the same things. */
async function assertConfirmation(page, wanted) {
  const pdf = await page.context().request.get(await page.getByRole('link', { name: 'Imprimer la confirmation', exact: true }).getAttribute('href'));
  assert.equal(pdf.status(), 200);
  assert.equal(pdf.headers()['content-type'], 'application/pdf');
  const printed = clean(execFileSync('pdftotext', ['-layout', '-', '-'], { input: await pdf.body(), encoding: 'utf8' }));
  await follow(page, 'La confirmation en version accessible (page web)');
  await heading(page, 'Confirmation d’inscription');
  const shown = await main(page);
  for (const one of wanted) for (const text of [printed, shown]) assert.ok(text.toLowerCase().includes(one.toLowerCase()), `${one} in ${text}`);
  await page.goBack();
}

async function prove(page, link, { number, code }) {
  await page.goto('/inscription/cap/');
  await follow(page, link);
  await heading(page, link);
  await fill(page, { "Numéro d'inscription": `${number}-0`, 'Date de naissance': '07071990', 'Code personnel': code.toLowerCase() });
  await press(page, 'Suite');
}

/** From the first step to the last, changing one answer. */
async function modification(page, known) {
  await prove(page, 'Modifier une inscription', known);
  await heading(page, 'Candidature');
  assert.match(await main(page), new RegExp(`Vous modifiez l.inscription ${known.number}-0`));
  for (let i = 1; i <= 8; i++) {
    await page.getByText(`Étape ${i} sur 9`, { exact: true }).waitFor();
    if (i === 4) {
      assert.equal(await page.getByLabel('Commune', { exact: true }).inputValue(), 'Roubaix');
      await answer(page, 'Commune', 'Tourcoing');
    }
    await press(page, 'Suite');
  }
  await step(page, 'Récapitulatif', 9);
  await page.getByLabel(certificate, { exact: true }).check();
  await press(page, 'Valider mon inscription');
  await heading(page, 'Inscription enregistrée');
  const text = await main(page);
  assert.match(text, new RegExp(`Numéro d.inscription : ${known.number}-1`));
  assert.match(text, new RegExp(`seule la confirmation portant le numéro ${known.number}-1 est valable`));
  assert.ok(text.includes(known.code), 'the same code');
}

let count = 0;
// with scripts on a phone, without them at a desk; in check-long all four
for (const javaScriptEnabled of [true, false])
  for (const [size, viewport] of Object.entries({ desktop, phone }).filter(([one]) => times > 1 || (one === 'phone') === javaScriptEnabled))
    test(`an individual, JavaScript ${javaScriptEnabled ? 'on' : 'off'}, ${size}`, async () => {
      const forename = `Éléonore${'abcd'[count++]}`,
        windows = [];
      const visit = async () => {
        windows.push(await open(browser, server, { javaScriptEnabled, viewport }));
        return windows.at(-1);
      };
      let page = await visit();
      await arrive(page);
      const resumeCode = await firstPart(page, forename);
      page = await visit(); /* another day, perhaps another machine */
      await resume(page, resumeCode);
      await secondPart(page);
      const known = await correctAndValidate(page, forename);
      await assertConfirmation(page, [`${known.number}-0`, known.code, forename, '07/07/1990', 'Roubaix', 'Tennis de table', 'Mobilité']);
      await press(page, 'Quitter');
      await heading(page, 'Service Inscription Grand Public');
      await page.goto(`/inscription/cap/enregistree?numero=${known.number}`);
      await heading(page, exam);

      page = await visit();
      await modification(page, known);
      await assertConfirmation(page, [`${known.number}-1`, known.code, 'Tourcoing']);
      page = await visit();
      await prove(page, 'Réimprimer la confirmation', { ...known, code: 'ABCD-2345' });
      await page.getByRole('alert').getByText('Numéro d’inscription, date de naissance ou code personnel incorrect.').first().waitFor();
      await prove(page, 'Réimprimer la confirmation', known);
      await heading(page, 'Inscription enregistrée');
      await assertConfirmation(page, [`${known.number}-1`, 'Tourcoing']);
      for (const one of windows) {
        assert.deepEqual(one.complaints, []);
        await one.context().close();
      }
    });
