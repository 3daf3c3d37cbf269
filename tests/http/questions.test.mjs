// SPDX-License-Identifier: Apache-2.0
//
// Every question that anybody may be asked, in a candidature in which it is: empty, too long, of the wrong kind, out of
// its list, hostile. What is wrong is told next to its control and in the summary of errors, with everything else
// kept, and nothing of it reaches the draft; what isn't asked is refused and not kept. A row of the questionnaire that no
// candidature here meets fails.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { extend, specialtyOf } from '../lib/academy.mjs';
import { Browser } from '../lib/browser.mjs';
import { message, questionnaire, unitQuestions } from '../lib/product.mjs';
import { Server } from '../lib/server.mjs';
import { login } from '../lib/walk.mjs';

let server, session, account, candidatures;
const rows = questionnaire(),
  unitRows = unitQuestions(),
  tried = new Set();
const long = (count) => 'a'.repeat(count);
const hostile = '"><img src=x onerror=alert(1)><script>alert(1)</script>{{jeton}}'.repeat(2); /* longer than any line */

before(async () => {
  server = await Server.start({ establishments: 4, candidates: 0 });
  session = Number(server.query("SELECT value FROM parameter WHERE name = 'session'"));
  account = server.account('inscription-etablissement', 'open');
  extend(server, account.login, { families: ['SCO', 'APP', 'FPC'], exams: ['bp'], specialties: ['45033608', '40025510', '50033616'] });
  const asked = rows
    .filter((row) => row.presence === 'BY_PARAMETER')
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
    classe: 'TMELEC2',
    dernier_etablissement: '0951099D',
    centre: 'Dijon',
    civilite: 'F',
    nom_naissance: 'Łukasz-N’Guyễn',
    nom_usage: 'Durand',
    prenom_1: 'Éléonore',
    prenom_2: 'Œnone',
    prenom_3: 'Ĺudmila',
    date_naissance: `07/07/${session - 17}`,
    pays_naissance: '99100',
    departement_naissance: '059',
    commune_naissance: 'Nœux-les-Mines',
    nationalite: '99100',
    ine: '0494004062M',
    complement_adresse: 'Bât. A',
    voie: '12 rue des Lilas',
    lieu_dit: 'Le Bourg',
    code_postal: '59000',
    commune: 'Lille',
    pays: '99100',
    telephone_mobile: '06 39 98 12 34',
    telephone_fixe: '03 20 12 34 56',
    courriel: 'eleonore@example.org',
    deja_candidat: 'O',
    ancien_numero: '0512345',
    ancienne_session: String(session - 1),
    ancienne_academie: '06',
    amenagement: 'N',
    certification: 'N',
    service_national: 'REC',
    profession: 'Élève',
    diplome: 'DNB',
    diplome_intitule: 'DNB 2022',
    experience_mois: '36',
    employeur: 'Boulangerie',
    formation_heures: '400',
    formation_organisme: 'GRETA',
    contrat_debut: `01/09/${session - 2}`,
    contrat_fin: `31/08/${session}`,
    contrat_employeur: 'Garage',
    pfmp_semaines: '22',
    positionnement: `01/10/${session - 1}`,
    parents: 'Anne et Paul',
    responsable: 'Anne Martin, mère',
    forme_passage: 'G',
    section_europeenne: 'O',
    benefice: 'O',
    section_langue: 'ANG',
    section_discipline: 'Mathématiques',
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

const choices = (name) => [
  ['ZZ', message(name)],
  ['"><b>', message(name)],
];
const line = (max) => [
  [long(max + 1), message('MSG_LINE_LONG', String(max))],
  ['rue 中', message('MSG_LINE_SIGN', '', '中')],
  ['-', message('MSG_LINE_EMPTY')],
];
const months = (most) => ['abc', '-1', '12,5', '1e2', String(most + 1), '9'.repeat(300)].map((value) => [value, message('MSG_NUMBER_SHAPE')]);
const name = (digits, tooLong) => [
  ['Dup0nt', message('MSG_NAME_DIGIT')],
  ['Dupont<', message('MSG_NAME_SIGN', '', '<')],
  ['Dupont@', message('MSG_NAME_SIGN', '', '@')],
  ['Наталья', message('MSG_NAME_SIGN', '', 'Н')],
  ['--', message('MSG_NAME_LETTERS')],
  [long(digits + 1), message(tooLong)],
];
const dates = [
  ['31/02/2008', 'MSG_DATE_UNREAL'],
  ['29/02/2007', 'MSG_DATE_UNREAL'],
  ['31/04/2008', 'MSG_DATE_UNREAL'],
  ['00/01/2008', 'MSG_DATE_UNREAL'],
  ['07/13/2008', 'MSG_DATE_MONTH'],
  ['07/07/08', 'MSG_DATE_YEAR'],
  ['070708', 'MSG_DATE_YEAR'],
  ['7 juillet 2008', 'MSG_DATE_SHAPE'],
  ['07/07', 'MSG_DATE_SHAPE'],
  ["'; DROP TABLE draft; --", 'MSG_DATE_SHAPE'],
  [`1/1/${long(300)}`, 'MSG_DATE_SHAPE'],
].map(([value, wanted]) => [value, message(wanted)]);
const phones = ['12', '06 12 34 56 7', 'appelez-moi', '+33 6 12 34 56 78 90', `06${'1'.repeat(300)}`].map((value) => [value, message('MSG_PHONE_SHAPE')]);

/** What is wrong with each question: [value, message, other fields of its page]. */
function wrongAnswers() {
  const other = specialtyOf(server, 'bts'),
    years = [
      ['25', message('MSG_YEAR_SHAPE')],
      ['20O5', message('MSG_YEAR_SHAPE')],
      ['20255', message('MSG_YEAR_SHAPE')],
      [String(session), message('MSG_SESSION_FUTURE')],
    ];
  return {
    categorie: [
      ['VAE', message('MSG_CATEGORY_MISSING'), 'inscription-etablissement'],
      ['SCO', message('MSG_CATEGORY_MISSING'), 'inscription'],
    ],
    specialite: [
      ['ZZ', message('MSG_SPECIALTY_NOT_OFFERED')],
      [other, message('MSG_SPECIALTY_NOT_OFFERED')],
    ],
    dernier_etablissement: ['0951099A', '951', '09510990D', long(300)].map((value) => [value, message('MSG_UAI_WRONG')]),
    nom_naissance: name(100, 'MSG_NAME_LONG'),
    nom_usage: [...name(100, 'MSG_NAME_LONG'), ["lukasz n'guyen", message('MSG_USUAL_NAME_SAME')]],
    prenom_1: name(50, 'MSG_FORENAME_LONG'),
    prenom_2: name(50, 'MSG_FORENAME_LONG'),
    prenom_3: name(50, 'MSG_FORENAME_LONG'),
    date_naissance: [...dates, ['01/01/1900', message('MSG_BIRTH_DATE_AGE')], [`01/01/${session - 7}`, message('MSG_BIRTH_DATE_AGE')]],
    departement_naissance: [
      ['059', message('MSG_BIRTH_DEPARTMENT_ABROAD'), { pays_naissance: '99109' }],
      ['099', message('MSG_BIRTH_DEPARTMENT_MISSING')],
    ],
    ine: [
      ['0494004062A', message('MSG_INE_KEY')],
      ['049400406', message('MSG_INE_LENGTH')],
      [long(12), message('MSG_INE_LENGTH')],
      ['0494004062é', message('MSG_INE_SHAPE')],
      ['O494OO4O62M', message('MSG_INE_LOOK_ALIKES')],
      ['0494004062M', message('MSG_INE_BOTH'), { ine_inconnu: 'O' }],
    ],
    ine_inconnu: [
      ['X', message('MSG_TICK_WRONG'), { ine: '' }],
      ['on', message('MSG_TICK_WRONG'), { ine: '' }],
    ],
    sportif: [
      ['N', message('MSG_TICK_WRONG')],
      ['OUI', message('MSG_TICK_WRONG')],
    ],
    code_postal: [
      ['5900', 'MSG_POSTAL_CODE_FRENCH'],
      ['ABCDE', 'MSG_POSTAL_CODE_FRENCH'],
      ['00100', 'MSG_POSTAL_CODE_FRENCH'],
      ['590000', 'MSG_POSTAL_CODE_FRENCH'],
      ['12345678901', 'MSG_POSTAL_CODE_FOREIGN', { pays: '99109' }],
    ].map(([value, wanted, more]) => [value, message(wanted), more]),
    telephone_mobile: phones,
    telephone_fixe: phones,
    courriel: [
      ['eleonore', 'MSG_EMAIL_SHAPE'],
      ['eleonore@', 'MSG_EMAIL_SHAPE'],
      ['a@b@c.fr', 'MSG_EMAIL_SHAPE'],
      ['a@b', 'MSG_EMAIL_SHAPE'],
      ['éléonore@example.org', 'MSG_EMAIL_SIGN'],
      ['a b@example.org', 'MSG_EMAIL_SIGN'],
      [`${long(100)}@example.org`, 'MSG_EMAIL_LONG'],
    ].map(([value, wanted]) => [value, message(wanted)]),
    ancien_numero: [
      ['12-34', message('MSG_CANDIDATE_NUMBER_SHAPE')],
      ["1' OR 1=1", message('MSG_CANDIDATE_NUMBER_SHAPE')],
      [long(13), message('MSG_LINE_LONG', '12')],
      ['123', message('MSG_SAT_BEFORE_UNASKED'), { deja_candidat: 'N', ancienne_session: '', ancienne_academie: '' }],
    ],
    ancienne_session: [...years, ['2020', message('MSG_SAT_BEFORE_UNASKED'), { deja_candidat: 'N', ancien_numero: '', ancienne_academie: '' }]],
    ancienne_academie: [['06', message('MSG_SAT_BEFORE_UNASKED'), { deja_candidat: 'N', ancien_numero: '', ancienne_session: '' }]],
    experience_mois: months(720),
    formation_heures: months(9999),
    pfmp_semaines: months(60),
    contrat_debut: dates,
    contrat_fin: [...dates, ...['31/08', '01/09'].map((day) => [`${day}/${session - 2}`, message('MSG_CONTRACT_DATES')])],
    positionnement: dates,
    forme_passage: [['P', message('MSG_FORM_MISSING'), 'inscription-etablissement']],
    etat: [
      ['X', message('MSG_UNIT_STATE_MISSING'), { not: 'U7' }],
      ['A', message('MSG_UNIT_STATE_MISSING')],
    ],
    facultative: [
      ['N', message('MSG_TICK_WRONG')],
      ['on', message('MSG_TICK_WRONG')],
    ],
    choix: [['U10', message('MSG_UNIT_CHOICE_MISSING')]],
    note: [
      ['21', 'MSG_MARK_SHAPE'],
      ['20,01', 'MSG_MARK_SHAPE'],
      ['-1', 'MSG_MARK_SHAPE'],
      ['12,345', 'MSG_MARK_SHAPE'],
      ['douze', 'MSG_MARK_SHAPE'],
      ['1e1', 'MSG_MARK_SHAPE'],
      [long(300), 'MSG_MARK_SHAPE'],
      ['9,99', 'MSG_KEPT_MARK'],
      ['0', 'MSG_KEPT_MARK'],
    ].map(([value, wanted]) => [value, message(wanted, '10', String(session - 5))]),
    session: [...years, [String(session - 6), message('MSG_KEPT_SESSION', '10', String(session - 5))]],
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
const answersOf = () => server.query('SELECT answers FROM draft ORDER BY id DESC LIMIT 1');

/** The wrong answers of a control, whatever it is, as [value, message, other fields]. */
function casesOf(control, wrong, candidature, required) {
  const row = rowOf(control),
    cases = [];
  if (row.conditional && candidature.given[control] === '')
    return [
      ['059', message(row.unasked), {}],
      ['ZZ', message(row.unasked), {}],
    ];
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
    cases.push(
      ...choices(row.missing).map(([value, text]) => [value, text, {}]),
      [long(3000), message(row.missing), {}],
      [`${candidature.given[control]}\u0301`.normalize('NFC'), message(row.missing), {}],
    );
  if (required || row.conditional === 'CONDITIONAL') cases.push(...['', '   ', '\u00a0', null].map((value) => [value, message(row.missing), {}]));
  assert.ok(cases.length > 0, `this test knows what is wrong with ${row.name}`);
  return cases;
}

function assertTold(page, control, text, what) {
  assert.equal(page.status, 422, what);
  assert.equal(errorOf(page, control), text, what);
  assert.ok(page.html.querySelector(`.summary-of-errors a[href="#${control}"]`), `${what}: the summary leads to it`);
  assert.ok(page.html.querySelector(`[id="${control}"]`), `${what}: and it is there`);
  assert.match(page.title, /^Erreur : /);
  assert.equal(page.html.querySelectorAll('script, b, img').length, 0, `${what}: no element of the candidate's`);
}

/** Try everything wrong with one control of a page whose right fields are known. */
async function tryControl(browser, action, right, control, page, wrong, candidature) {
  const row = rowOf(control),
    isText = !['select', 'radio', 'checkbox'].includes(row.kind);
  const required = row.required || (row.requiredIn === 'PUBLIC' && candidature.service === 'inscription');
  assert.equal(page.html.querySelector(`[name="${control}"]`).hasAttribute('required'), required, `${control}: required`);
  assert.equal(page.html.querySelector(`[name="${control}"]`).hasAttribute('maxlength'), false, control);
  const key = control.includes('-') ? `${row.name}-` : row.name,
    cases = casesOf(control, wrong, candidature, required);
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
  const marked = await browser.post(action, new Map([...right, [control, hostile]]));
  assert.equal(marked.status, 422, `${control}: marks`);
  assertTold(marked, control, errorOf(marked, control), `${control}: marks`);
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
    assert.ok(refused.errors.includes(message('MSG_FIELD_UNKNOWN')), `${stranger}: ${refused.errors}`);
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
        else if (!right.get(control)) assert.fail(`${who} has an answer to ${control}`);
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
