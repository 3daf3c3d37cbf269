// SPDX-License-Identifier: Apache-2.0
//
// Forms as people use them: exact labels, `required` where an answer is wanted and nowhere else, errors that lead to
// their control, a whole step by keyboard alone, the skip link; and the list on paper.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, before, test } from 'node:test';

import { errorsFocused, launch, open } from '../lib/chromium.mjs';
import { Server } from '../lib/server.mjs';
import { answer, european, fillStep, heading, login, press } from '../lib/tour.mjs';
import { steps } from '../lib/walk.mjs';

let server, browser;
before(async () => {
  [server, browser] = await Promise.all([Server.start(), launch()]);
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

const must = true,
  may = false;
/** The questions of each step: label, kind of control, whether it must be answered. */
const questions = {
  candidature: [
    ['Catégorie du candidat', 'select', must],
    ['Spécialité', 'select', must],
    ['Classe', 'text', may],
  ],
  identite: [
    ['Civilité', 'radio', must],
    ['Nom de naissance', 'text', must],
    ["Nom d'usage", 'text', may],
    ['Prénom 1', 'text', must],
    ['Prénom 2', 'text', may],
    ['Prénom 3', 'text', may],
  ],
  naissance: [
    ['Date de naissance', 'text', must],
    ['Pays de naissance', 'select', must],
    ['Département de naissance', 'select', may],
    ['Commune de naissance', 'text', must],
    ['Nationalité', 'select', must],
    ['INE', 'text', may],
    ['Je ne connais pas mon INE', 'checkbox', may],
  ],
  coordonnees: [
    ['N° et voie', 'text', must],
    ['Code postal', 'text', must],
    ['Commune', 'text', must],
    ['Pays', 'select', must],
    ['Téléphone mobile', 'tel', may],
    ['Téléphone fixe', 'tel', may],
    ['Adresse électronique', 'email', may],
  ],
  situation: [
    ['Avez-vous déjà été candidat à cet examen ?', 'radio', must],
    ["Demande d'aménagement d'épreuves (handicap)", 'radio', must],
  ],
  passage: [
    ['Forme de passage', 'radio', must],
    [european, 'radio', must],
  ],
};

/** [label, kind, required, hint] of each control of the page's form. */
const readControls = () =>
  [...document.querySelectorAll('form .field')].map((field) => {
    const text = (element) => element?.textContent.replace(/\s+/g, ' ').replace(/’/g, "'").trim();
    const controls = [...field.querySelectorAll('input, select')];
    const hint =
      (field.matches('fieldset') ? field : controls[0])
        .getAttribute('aria-describedby')
        ?.split(' ')
        .map((id) => text(document.getElementById(id)))
        .join(' ') ?? '';
    return [
      text(field.querySelector('legend') ?? field.querySelector('label')),
      controls[0].tagName === 'SELECT' ? 'select' : controls[0].type,
      controls.every((control) => control.required),
      hint,
    ];
  });

const newPupil = async (options) => {
  const page = await open(browser, server, options);
  await login(page, 'inscription-etablissement', server.account('inscription-etablissement', 'open'));
  await page.goto('/inscription-etablissement/bcp/');
  await press(page, 'Nouvelle inscription');
  return page;
};

test('labels are exact; `required` is on what must be answered, the rest says « facultatif » or when it applies', async () => {
  const page = await newPupil();
  for (const step of steps) {
    const found = await page.evaluate(readControls);
    const known = new Set(questions[step].map(([label]) => label));
    assert.deepEqual(
      found.filter(([label]) => known.has(label)).map((one) => one.slice(0, 3)),
      questions[step],
      step,
    );
    for (const [label, , required, hint] of found) if (!required) assert.match(hint, /facultatif|[Ss]eulement|cochez la case/, `${label}: ${hint}`);
    await fillStep(page, step);
    await press(page, 'Suite');
  }
  await heading(page, 'Récapitulatif');
  assert.equal(await page.getByRole('checkbox').evaluate((box) => box.required), true);
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

test('nothing is chosen before an answer, except France, the nationality and what has one value only', async () => {
  const page = await newPupil();
  for (const step of steps) {
    const chosen = await page.evaluate(() =>
      [...document.querySelectorAll('form select, form fieldset')].map((group) =>
        group.matches('select')
          ? [group.labels[0].textContent, group.options.length, group.selectedOptions[0].textContent]
          : [group.querySelector('legend').textContent, group.querySelectorAll('input').length, group.querySelector(':checked')?.labels[0].textContent ?? ''],
      ),
    );
    for (const [label, count, shown] of chosen) {
      const wanted = /^Pays|^Nationalité/.test(label) ? /^Fran/ : count > 1 ? /^(Choisissez.*)?$/ : /./;
      assert.match(shown, wanted, label);
    }
    await fillStep(page, step);
    await press(page, 'Suite');
  }
  await page.context().close();
});

for (const javaScriptEnabled of [true, false])
  test(`the summary of errors has the focus, its links lead to the controls, JavaScript ${javaScriptEnabled ? 'on' : 'off'}`, async () => {
    const page = await newPupil({ javaScriptEnabled });
    await fillStep(page, 'candidature');
    await press(page, 'Suite');
    await answer(page, "Nom d'usage", 'Essai');
    await press(page, 'Suite');
    const focused = () => page.evaluate(() => document.activeElement.id);
    await errorsFocused(page);
    assert.equal(await focused(), 'erreurs');
    assert.match(await page.title(), /^Erreur\s: /);
    assert.equal(await page.getByLabel("Nom d'usage", { exact: true }).inputValue(), 'Essai');
    const links = page.getByRole('alert').getByRole('link');
    assert.equal(await links.count(), 3);
    for (const [i, name] of ['civilite', 'nom_naissance', 'prenom_1'].entries()) {
      const message = (await links.nth(i).textContent()).trim();
      await links.nth(i).click();
      assert.equal(await focused(), name);
      const described = await page.evaluate((id) => {
        const control = document.getElementById(id),
          group = control.closest('fieldset') ?? control;
        return group
          .getAttribute('aria-describedby')
          .trim()
          .split(' ')
          .map((one) => document.getElementById(one).textContent)
          .join(' ');
      }, name);
      assert.ok(described.replace(/\s+/g, ' ').includes(`Erreur : ${message.replace(/\s+/g, ' ')}`), described);
    }
    await page.context().close();
  });

test('the skip link is the first stop and leads past the header', async () => {
  const page = await open(browser, server);
  await page.goto('/etablissement/connexion');
  await page.keyboard.press('Tab');
  const skip = page.getByRole('link', { name: 'Aller au contenu', exact: true });
  assert.equal(await skip.evaluate((link) => link === document.activeElement), true);
  const box = await skip.boundingBox();
  assert.ok(box.x >= 0 && box.height >= 24, 'it is seen once it has the focus');
  await page.keyboard.press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'contenu');
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.closest('main') !== null), true);
  await page.context().close();
});

test('a step by keyboard alone, the focus always seen; Enter in a field is « Suite »', async () => {
  const page = await newPupil();
  await fillStep(page, 'candidature');
  await press(page, 'Suite');
  await page.getByRole('heading', { level: 1, name: 'Identité', exact: true }).waitFor();
  await page.waitForLoadState('load');
  const focus = () =>
    page.evaluate(() => {
      const element = document.activeElement,
        style = getComputedStyle(element);
      return { id: element.id, text: element.textContent.trim(), seen: style.outlineStyle === 'solid' && parseFloat(style.outlineWidth) >= 2 };
    });
  const tabTo = async (wanted) => {
    for (let i = 0; i < 30; i++) {
      await page.keyboard.press('Tab');
      await page.waitForFunction(() => document.activeElement !== document.body);
      const at = await focus();
      assert.ok(at.seen, `the focus is seen on ${at.id || at.text}`);
      if (at.id === wanted || at.text === wanted) return;
    }
    assert.fail(`no way to ${wanted}`);
  };
  const stops = [];
  await tabTo('civilite');
  await page.keyboard.press('ArrowDown');
  assert.equal(await page.getByLabel('Mme', { exact: true }).isChecked(), true);
  for (const [id, typed] of [
    ['nom_naissance', 'Clavier'],
    ['nom_usage', ''],
    ['prenom_1', 'Zoé'],
    ['prenom_2', ''],
    ['prenom_3', ''],
  ]) {
    await tabTo(id);
    await page.keyboard.type(typed);
  }
  for (const button of ['Suite', 'Retour', 'Enregistrer et quitter', 'Quitter']) {
    await page.keyboard.press('Tab');
    stops.push((await focus()).text);
    assert.equal(stops.at(-1), button);
  }
  await page.getByLabel('Prénom 3', { exact: true }).focus();
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/naissance\?/);
  await page.context().close();
});

test('printed, a list is its title and its whole table: nothing of what one clicks', async () => {
  const page = await open(browser, server);
  await login(page, 'etablissement', server.account('etablissement', 'open'));
  await page.goto('/etablissement/bcp/candidats');
  const clicked = ['button', '.button', 'main form', 'nav', '.tabs', '.trail', '.links a', 'footer'],
    names = await page.locator('tbody th').allTextContents();
  assert.ok(names.length > 1);
  for (const one of clicked) assert.equal(await page.locator(one).first().isVisible(), true, `${one}, on the screen`);
  await page.emulateMedia({ media: 'print' });
  for (const one of [...clicked, '.skip'])
    for (const found of await page.locator(one).all()) assert.equal(await found.isVisible(), false, `${one}: ${await found.textContent()}`);
  const pdf = await page.pdf({ format: 'A4' }),
    bare = (text) => text.normalize('NFC').replace(/\s+/g, ''),
    paper = bare(execFileSync('pdftotext', ['-raw', '-', '-'], { input: pdf, encoding: 'utf8' }));
  for (const words of ['Liste des candidats pré-inscrits', 'Baccalauréat professionnel (BCP)', 'Nom - prénom', ...names])
    assert.ok(paper.includes(bare(words)), `${words} is on paper`);
  for (const words of ['Saisies non validées', 'Fichier CSV']) assert.ok(!paper.includes(bare(words)), `${words} isn't`);
  await page.context().close();
});
