// SPDX-License-Identifier: Apache-2.0
//
// Every question that anybody may be asked, in a candidature in which it is: empty, too long, of the wrong kind, out of
// its list, hostile. What is wrong is told next to its control and in the summary of errors, with everything else
// kept, and nothing of it reaches the draft; what isn't asked is refused and not kept. A row of the questionnaire that no
// candidature here meets fails.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { extend, specialtyOf, yearOf } from '../lib/academy.mjs';
import { Browser } from '../lib/browser.mjs';
import { controlsOf, LINE } from '../lib/person.mjs';
import { questionnaire, unitQuestions } from '../lib/product.mjs';
import { Server } from '../lib/server.mjs';
import { login } from '../lib/walk.mjs';
import { missing, unasked } from '../lib/words.mjs';

let server, session, account, candidatures;
const rows = questionnaire(),
  unitRows = unitQuestions(),
  tried = new Set();
const long = (count) => 'a'.repeat(count);
const hostile = '"><img src=x onerror=alert(1)><script>alert(1)</script>{{jeton}}'.repeat(2); /* longer than any line */

before(async () => {
  server = await Server.start({ establishments: 4, candidates: 0 });
  session = yearOf(server);
  account = server.account('inscription-etablissement', 'open');
  extend(server, account.login, { families: ['SCO', 'APP', 'FPC'], exams: ['bp'], specialties: ['45033608', '40025510', '50033616'] });
  const asked = rows
    .filter((row) => row.presence === 'parameter')
    .map((row) => row.name)
    .join(' ');
  for (const exam of ['bcp', 'bp', 'cap']) server.ctl(['parameter', 'set', 'questions', asked, '--exam', exam]);
  server.ctl(['parameter', 'set', 'centres', 'Dijon|Nevers', '--exam', 'bp']);
  const unit = (state) => ({
    etat: state,
    note: '12,5',
    justificatif: 'R',
    session: String(session - 1),
    academie: '06',
    origine: 'Cuisine',
    dispense: 'Baccalauréat général 2024',
    langue: 'ANG',
    activite: 'Danse',
    activite_2: 'Demi-fond',
  });
  const units = (states) =>
    Object.fromEntries(Object.entries(states).flatMap(([code, state]) => Object.entries(unit(state)).map(([name, value]) => [`${name}-${code}`, value])));
  const common = {
    dernier_etablissement: '0951099D',
    nom_naissance: 'Łukasz-N’Guyễn',
    nom_usage: 'Durand',
    prenom_1: 'Éléonore',
    prenom_2: 'Œnone',
    prenom_3: 'Ĺudmila',
    date_naissance: `07/07/${session - 17}`,
    pays_naissance: '99100',
    departement_naissance: '059',
    nationalite: '99100',
    ine: '0494004062M',
    voie: '12 rue des Lilas',
    code_postal: '59000',
    pays: '99100',
    telephone_mobile: '06 39 98 12 34',
    telephone_fixe: '03 20 12 34 56',
    courriel: 'eleonore@example.org',
    deja_candidat: 'O',
    ancien_numero: '0512345',
    ancienne_session: String(session - 1),
    ancienne_academie: '06',
    certification: 'N',
    experience_mois: '36',
    formation_heures: '400',
    contrat_debut: `01/09/${session - 2}`,
    contrat_fin: `31/08/${session}`,
    pfmp_semaines: '22',
    positionnement: `01/10/${session - 1}`,
    forme_passage: 'G',
    section_europeenne: 'O',
    benefice: 'O',
    section_langue: 'ANG',
    section_substitution: 'N',
  };
  candidatures = {
    'a pupil in section européenne': {
      service: 'inscription-etablissement',
      exam: 'bcp',
      given: {
        ...common,
        categorie: 'SCO',
        specialite: '40025510',
        ...units({ U11: 'B', U51: 'D', U4: 'I', U7: 'I' }),
        'facultative-UF1': 'O',
        'langue-UF1': 'ITA',
      },
    },
    'an apprentice born abroad': {
      service: 'inscription-etablissement',
      exam: 'cap',
      given: {
        ...common,
        categorie: 'APP',
        specialite: specialtyOf(server, 'cap', { units: false, school: account.login }),
        pays_naissance: '99131',
        departement_naissance: '',
        positionnement: undefined,
      },
    },
    'an individual at a distance, with alternatives': {
      service: 'inscription',
      exam: 'bp',
      given: {
        ...common,
        categorie: 'EADI',
        specialite: '45033608',
        date_naissance: `07/07/${session - 30}`,
        forme_passage: 'P',
        ...units({ U10: 'B', U60: 'D' }),
        'etat-U30A': 'I',
        'choix-U30A': 'U30B',
        'etat-U41': 'N',
      },
    },
    'an individual with EPS': {
      service: 'inscription',
      exam: 'bcp',
      given: { ...common, categorie: 'EXP', specialite: '40025510', date_naissance: `07/07/${session - 30}`, ...units({ U4: 'I', U7: 'I', U12: 'B' }) },
    },
  };
});
after(async () => {
  await server?.stop();
});

/** [value, what is told] of several values of which the same is told. */
const each = (text, ...values) => values.map((value) => [value, text]);
const line = (max) => [
  [long(max + 1), `Cette réponse est trop longue : ${max} caractères au plus. Abrégez-la.`],
  ['rue 中', 'Le signe « 中 » ne peut pas être imprimé : utilisez des lettres, accents compris, des chiffres et la ponctuation courante.'],
  ['-', 'Cette réponse ne contient ni lettre ni chiffre : complétez-la, par exemple 12 rue des Lilas.'],
];
const number = 'Indiquez un nombre entier plausible, sans autre signe, par exemple 36.';
const months = (most) => each(number, 'abc', '-1', '12,5', '1e2', String(most + 1), '9'.repeat(300));
const signs = (sign) =>
  `Le signe « ${sign} » ne peut pas figurer ici : utilisez des lettres, accents compris, des espaces, des traits d’union et des apostrophes.`;
const name = (most, tooLong) => [
  ['Dup0nt', 'Un nom ou un prénom ne contient pas de chiffre : écrivez-le en lettres, comme sur votre pièce d’identité.'],
  ['Dupont<', signs('<')],
  ['Dupont@', signs('@')],
  ['Dupont"', signs('"')],
  ['Наталья', signs('Н')],
  ['--', 'Un nom ou un prénom contient au moins une lettre : écrivez-le comme sur votre pièce d’identité.'],
  [long(most + 1), tooLong],
];
const familyName = name(100, 'Ce nom est trop long : 100 caractères au plus. Écrivez-en le début.');
const forename = name(50, 'Ce prénom est trop long : 50 caractères au plus. Écrivez les prénoms suivants dans « Prénom 2 » et « Prénom 3 ».');
const dates = [
  ...each('Cette date n’existe pas : vérifiez le jour et le mois, par exemple 07/07/2008.', '31/02/2008', '29/02/2007', '31/04/2008', '00/01/2008'),
  ['07/13/2008', 'Le mois doit être compris entre 1 et 12. Indiquez le jour, puis le mois, par exemple 07/07/2008.'],
  ...each('Indiquez l’année avec quatre chiffres, par exemple 07/07/2008.', '07/07/08', '070708'),
  ...each('Indiquez une date sous la forme JJ/MM/AAAA, par exemple 07/07/2008.', '7 juillet 2008', '07/07', "'; DROP TABLE draft; --", `1/1/${long(300)}`),
];
const phones = each(
  'Indiquez un numéro à 10 chiffres, par exemple 06 12 34 56 78 ; ' + 'hors de France, commencez par + et le code du pays, par exemple +32 470 12 34 56.',
  '12',
  '06 12 34 56 7',
  'appelez-moi',
  '+33 6 12 34 56 78 90',
  `06${'1'.repeat(300)}`,
);
const beside = (more, cases) => cases.map(([value, text]) => [value, text, more]);
const tick = (...values) => each('Cochez la case, ou laissez-la vide.', ...values);

/** What is wrong with each question: [value, what is told, other fields of its page]. */
function wrongAnswers() {
  const years = [
    ...each('Indiquez une année avec quatre chiffres, par exemple 2025.', '25', '20O5', '20255'),
    [String(session), 'Cette session n’a pas encore eu lieu : indiquez l’année d’une session passée.'],
  ];
  const valid = `Le bénéfice de notes n’est valable que pour une note d’au moins 10/20 obtenue depuis la session ${session - 5}.`;
  return {
    categorie: [
      ['VAE', missing.categorie, 'inscription-etablissement'],
      ['SCO', missing.categorie, 'inscription'],
    ],
    specialite: each('Cette spécialité n’est pas proposée par votre établissement : choisissez-en une dans la liste.', 'ZZ', specialtyOf(server, 'bts')),
    dernier_etablissement: each(
      'Le code UAI doit comporter 7 chiffres et une lettre ; la lettre de contrôle est incorrecte.',
      '0951099A',
      '951',
      '09510990D',
      long(300),
    ),
    nom_naissance: familyName,
    nom_usage: [...familyName, ["lukasz n'guyen", 'Le nom d’usage est le même que le nom de naissance : laissez-le vide.']],
    prenom_1: forename,
    prenom_2: forename,
    prenom_3: forename,
    date_naissance: [
      ...dates,
      ...each(
        'Cette date de naissance n’est pas possible : un candidat a entre 13 et 99 ans le 31 décembre de l’année de l’examen. ' + 'Vérifiez l’année.',
        '01/01/1900',
        `01/01/${session - 7}`,
      ),
    ],
    departement_naissance: [
      ['059', unasked.departement_naissance, { pays_naissance: '99109' }],
      ['099', missing.departement_naissance],
    ],
    ine: [
      [
        '0494004062A',
        'La lettre finale de cet INE ne correspond pas à ses chiffres. ' +
          'Vérifiez chaque caractère sur votre relevé de notes, ou cochez « Je ne connais pas mon INE ».',
      ],
      ...each('L’INE comporte 11 caractères. Vérifiez-le sur votre relevé de notes ou auprès de votre établissement.', '049400406', long(12)),
      [
        '0494004062é',
        'L’INE ne comporte que des chiffres et des lettres sans accent, par exemple 123456789AB. ' +
          'Vérifiez-le sur votre relevé de notes ou auprès de votre établissement.',
      ],
      ['O494OO4O62M', 'Dans cet INE, remplacez la lettre O par le chiffre 0 et la lettre I par le chiffre 1 là où il faut des chiffres.'],
      ['0494004062M', unasked.ine, { ine_inconnu: 'O' }],
    ],
    ine_inconnu: beside({ ine: '' }, tick('X', 'on')),
    sportif: tick('N', 'OUI'),
    code_postal: [
      ...each(
        'Indiquez un code postal de 5 chiffres, par exemple 59000 ; si vous habitez à l’étranger, choisissez d’abord le pays.',
        '5900',
        'ABCDE',
        '00100',
        '590000',
      ),
      ['12345678901', 'Indiquez un code postal de 10 caractères au plus, en lettres et en chiffres, ou un tiret s’il n’y en a pas.', { pays: '99109' }],
    ],
    telephone_mobile: phones,
    telephone_fixe: phones,
    courriel: [
      ...each('Cette adresse électronique n’est pas complète : indiquez-la sous la forme prenom.nom@exemple.fr.', 'eleonore', 'eleonore@', 'a@b@c.fr', 'a@b'),
      ...each(
        'Une adresse électronique ne contient ni espace, ni accent, ni virgule : indiquez-la sous la forme prenom.nom@exemple.fr.',
        'éléonore@example.org',
        'a b@example.org',
      ),
      [`${long(100)}@example.org`, 'Cette adresse électronique est trop longue : 100 caractères au plus. Indiquez-en une autre.'],
    ],
    ancien_numero: [
      ...each(
        'Le numéro de candidat ne comporte que des chiffres et des lettres. ' + 'Vérifiez-le sur votre relevé de notes, ou laissez cette réponse vide.',
        '12-34',
        "1' OR 1=1",
      ),
      [long(13), 'Cette réponse est trop longue : 12 caractères au plus. Abrégez-la.'],
      ['123', unasked.ancien_numero, { deja_candidat: 'N', ancienne_session: '', ancienne_academie: '' }],
    ],
    ancienne_session: [...years, ['2020', unasked.ancienne_session, { deja_candidat: 'N', ancien_numero: '', ancienne_academie: '' }]],
    ancienne_academie: [['06', unasked.ancienne_academie, { deja_candidat: 'N', ancien_numero: '', ancienne_session: '' }]],
    experience_mois: months(720),
    formation_heures: months(9999),
    pfmp_semaines: months(60),
    contrat_debut: dates,
    contrat_fin: [
      ...dates,
      ...each('Le contrat d’apprentissage se termine avant de commencer : vérifiez les deux dates.', `31/08/${session - 2}`, `01/09/${session - 2}`),
    ],
    positionnement: dates,
    forme_passage: [['P', missing.forme_passage, 'inscription-etablissement']],
    etat: [
      ['X', missing.etat, { not: 'U7' }],
      ['A', missing.etat],
    ],
    facultative: tick('N', 'on'),
    choix: [['U10', missing.choix]],
    note: [
      ...each('Indiquez une note de 0 à 20, avec deux décimales au plus, par exemple 12,50.', '21', '20,01', '-1', '12,345', 'douze', '1e1', long(300)),
      ...each(valid, '9,99', '0'),
    ],
    session: [...years, [String(session - 6), `${valid} Une session plus ancienne ne vaut qu’avec une attestation de bloc de compétences.`]],
  };
}

/** What stands on a page: its controls' names. */
const controls = (page) => [
  ...new Set(
    page.html
      .querySelectorAll('main input[name], main select[name]')
      .map((one) => one.getAttribute('name'))
      .filter((one) => !['jeton', 'action'].includes(one)),
  ),
];
const rowOf = (control) => {
  const [prefix, unit] = control.split(/-(.*)/);
  return unit === undefined ? rows.find((row) => row.name === control) : unitRows.find((row) => row.name === prefix);
};
const errorOf = (page, control) =>
  page.html
    .querySelector(`[id="${control}-erreur"]`)
    ?.text.replace(/\s+/g, ' ')
    .trim()
    .replace(/^Erreur : /, '') ?? '';
/** What is right for a control of which nothing else is said here: its first choice, or a line. */
const plainAnswer = (page, control) => controlsOf(page).find((one) => one.name === control).choices[0]?.value ?? LINE;
const answersOf = () => server.query('SELECT answers FROM draft ORDER BY id DESC LIMIT 1');

/** The wrong answers of a control, whatever it is, as [value, what is told, other fields]. */
function casesOf(control, right, wrong, candidature, required) {
  const row = rowOf(control),
    cases = [];
  if (row.conditional && candidature.given[control] === '') return beside({}, each(unasked[row.name], '059', 'ZZ'));
  for (const [value, text, more] of wrong[row.name] ?? []) {
    if (typeof more === 'string' ? more !== candidature.service : more?.not && more.not === control.split('-')[1]) continue;
    cases.push([value, text, typeof more === 'object' && !more.not ? more : {}]);
  }
  if (row.max > 0 && row.kind === 'text')
    cases.push(
      ...line(row.max)
        .filter(([value]) => row.name !== 'ancien_numero' || value.length > 12)
        .map(([value, text]) => [value, text, {}]),
    );
  if (['select', 'radio'].includes(row.kind) && row.name !== 'specialite')
    cases.push(...beside({}, each(missing[row.name], 'ZZ', '"><b>', long(3000), `${right}\u0301`.normalize('NFC'))));
  if (required || row.conditional === 'required') cases.push(...beside({}, each(missing[row.name], '', '   ', '\u00a0', null)));
  assert.ok(cases.length > 0, `this test knows what is wrong with ${row.name}`);
  return cases;
}

function assertTold(page, control, text, what) {
  assert.equal(page.status, 422, what);
  assert.equal(errorOf(page, control), text, what);
  assert.ok(page.html.querySelector(`.summary-of-errors a[href="#${control}"]`), `${what}: the summary leads to it`);
  assert.ok(page.html.querySelector(`[id="${control}"]`), `${what}: and it is there`);
  assert.match(page.title, /^Erreur : /);
  assert.equal(page.html.querySelectorAll('script:not([defer]), b, img').length, 0, `${what}: no element of the candidate's`);
}

/** Try everything wrong with one control of a page whose right fields are known. */
async function tryControl(browser, action, right, control, page, wrong, candidature) {
  const row = rowOf(control),
    isText = !['select', 'radio', 'checkbox'].includes(row.kind);
  const required = row.required || row.required_in.includes(candidature.service);
  assert.equal(page.html.querySelector(`[name="${control}"]`).hasAttribute('required'), required, `${control}: required`);
  assert.equal(page.html.querySelector(`[name="${control}"]`).hasAttribute('maxlength'), false, control);
  const key = control.includes('-') ? `${row.name}-` : row.name,
    cases = casesOf(control, right.get(control), wrong, candidature, required);
  for (const [value, text, more] of tried.has(key) ? [cases[0], cases.at(-1)] : cases) {
    const sent = new Map([...right, ...Object.entries(more)]),
      what = `${control} = ${value?.slice(0, 60)} ${JSON.stringify(more)}`;
    if (value === null) sent.delete(control);
    else sent.set(control, value);
    const refused = await browser.post(action, sent);
    assertTold(refused, control, text, what);
    const back = new Map(refused.fields(refused.form('Suite').form));
    for (const [name, typed] of sent)
      if (!['jeton', 'action', control].includes(name) && typed !== '') assert.equal(back.get(name), typed, `${what}: ${name} is kept`);
    if (isText && value) assert.equal(back.get(control), value, `${what}: the wrong value itself is there to be mended`);
  }
  const marked = await browser.post(action, new Map([...right, [control, hostile]])),
    told = errorOf(marked, control);
  assert.ok(
    cases.some(([, text]) => text === told),
    `${control}: marks are told in the words of one of its own faults, not: ${told}`,
  );
  assertTold(marked, control, told, `${control}: marks`);
  if (isText) assert.equal(new Map(marked.fields(marked.form('Suite').form)).get(control), hostile, `${control}: marks come back as they were typed`);
  tried.add(key);
}

/** Questions of the same step that this candidate isn't asked, and some of other steps. */
async function tryStrangers(browser, action, right, shown, step) {
  const others = [...rows.filter((row) => row.step === step && !shown.includes(row.name)), ...rows.filter((row) => row.step !== step).slice(0, 2)].map(
    (row) => row.name,
  );
  const units = ['epreuves', 'choix'].includes(step)
    ? unitRows.flatMap((row) => ['U2', 'U10', 'UF1', 'UZ'].map((unit) => `${row.name}-${unit}`)).filter((one) => !shown.includes(one))
    : ['etat-U11', 'note-U2'];
  for (const stranger of [...others, ...units]) {
    const refused = await browser.post(action, new Map([...right, [stranger, 'O']]));
    assert.equal(refused.status, 422, `${stranger} isn't asked on ${step}`);
    assert.ok(
      refused.errors.includes('L’envoi contient une réponse à une question qui ne vous est pas posée. Rechargez la page et recommencez.'),
      `${stranger}: ${refused.errors}`,
    );
    assert.equal(refused.html.querySelector(`.summary-of-errors a[href="#${stranger}"]`), null, 'what stands nowhere is no link');
  }
}

for (const who of ['a pupil in section européenne', 'an apprentice born abroad', 'an individual at a distance, with alternatives', 'an individual with EPS'])
  test(`${who}: each question empty, too long, wrong, out of its list, hostile, and those that aren't asked`, async () => {
    const candidature = candidatures[who],
      wrong = wrongAnswers(),
      { service, exam, given } = candidature;
    const browser = service === 'inscription' ? new Browser(server.url) : await login(server, service, account);
    let page = await browser.press(await browser.go(`/${service}/${exam}/`), 'Nouvelle inscription');
    for (let i = 0; i < 9 && page.h1 !== 'Récapitulatif'; i++) {
      const step = /candidature\/(\w+)/.exec(page.address)[1],
        shown = controls(page),
        { action, fields } = browser.prepare(page, 'Suite');
      const right = new Map(fields),
        kept = answersOf();
      for (const control of shown) {
        const row = rowOf(control);
        assert.ok(row, `${control} is a row of a table`);
        assert.equal(row.step, step, control);
        if (given[control] !== undefined) right.set(control, given[control]);
        else if (row.kind === 'checkbox') right.delete(control);
        else if (!right.get(control)) right.set(control, plainAnswer(page, control));
      }
      for (const control of shown) await tryControl(browser, action, right, control, page, wrong, candidature);
      await tryStrangers(browser, action, right, shown, step);
      assert.equal(answersOf(), kept, `${step}: nothing of all this is in the draft`);
      const next = await browser.post(action, right);
      assert.equal(next.status, 303, `${step}: what is right passes: ${next.errors}`);
      page = await browser.go(new URL(next.location, page.address).href);
      const saved = JSON.parse(answersOf());
      for (const control of shown) assert.equal(saved[control] !== undefined, Boolean(right.get(control)), `${control} is kept where it was answered`);
    }
    assert.equal(page.h1, 'Récapitulatif');
  });

test('no question was left out', () => {
  assert.deepEqual(
    rows.filter((row) => !tried.has(row.name)).map((row) => row.name),
    [],
  );
  assert.deepEqual(
    unitRows.filter((row) => !tried.has(`${row.name}-`)).map((row) => row.name),
    [],
  );
});
