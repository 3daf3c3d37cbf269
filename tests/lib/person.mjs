// SPDX-License-Identifier: Apache-2.0
//
// Someone who answers whatever a page of the wizard asks, each time in another way, and remembers what he typed, what is
// to be kept of it and in which words it is to be shown. What is kept and shown stands next to what is typed, by hand:
// nothing here asks the product how it would write it.

/** Numbers that look drawn and are the same in every run. */
export function draws(seed) {
  let state = Math.imul(seed ^ 0x9e3779b9, 2654435761) >>> 0;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** Cards: every one of a deck is dealt before one comes again. A deck is known by its name; what stands on its cards may change. */
export class Decks {
  constructor(seed) {
    this.seed = seed;
    this.decks = new Map();
  }

  deal(name, cards) {
    const key = `${name} ${cards.length}`,
      seed = [...key].reduce((sum, sign) => Math.imul(sum, 31) + sign.codePointAt(0), this.seed);
    const deck = this.decks.get(key) ?? { draw: draws(seed), left: [] };
    this.decks.set(key, deck);
    if (deck.left.length === 0) deck.left = cards.map((card, i) => i);
    return cards[deck.left.splice(deck.draw(deck.left.length), 1)[0]];
  }
}

const clean = (text) => text.replace(/\s+/g, ' ').trim();

/** The controls of a page in their order: { name, label, kind, required, choices: [{ value, words }] }. */
export function controlsOf(page) {
  const controls = new Map(),
    html = page.html,
    labels = new Map(html.querySelectorAll('main label').map((one) => [one.getAttribute('for'), clean(one.text)]));
  for (const input of html.querySelectorAll('main input, main select')) {
    const name = input.getAttribute('name'),
      type = input.getAttribute('type'),
      select = input.rawTagName === 'select';
    if (!name || ['jeton', 'action'].includes(name)) continue;
    const control = controls.get(name) ?? {
      name,
      kind: select ? 'select' : ['radio', 'checkbox'].includes(type) ? type : 'text',
      required: input.hasAttribute('required'),
      choices: [],
    };
    controls.set(name, control);
    if (type === 'radio') {
      control.label ??= clean(input.parentNode.parentNode.parentNode.querySelector('legend').text);
      control.choices.push({ value: input.getAttribute('value'), words: labels.get(input.getAttribute('id')) });
    } else {
      control.label = labels.get(input.getAttribute('id'));
      if (select)
        control.choices = input
          .querySelectorAll('option')
          .filter((one) => one.getAttribute('value') !== '')
          .map((one) => ({ value: one.getAttribute('value'), words: clean(one.text) }));
    }
  }
  return [...controls.values()];
}

/** [what is typed, what is kept, what is shown if that is something else]. */
const twice = (...texts) => texts.map((one) => [one, one]);
const texts = {
  classe: [
    ['', null],
    ['  TMELEC2 ', 'TMELEC2'],
    ['1\u00a0BTS', '1 BTS'],
  ],
  dernier_etablissement: [
    ['', null],
    ['951099d', '0951099D'],
    ['0951099 D', '0951099D'],
  ],
  nom_naissance: [
    ['Łukasz-N’Guyễn', 'Łukasz-N’Guyễn'],
    ['De\u0301sire\u0301e', 'Désirée'],
    ['  de   La\u00a0Tour ', 'de La Tour'],
    ["d'Aubigné", "d'Aubigné"],
    ['Weiß', 'Weiß'],
    ['Œuvrard', 'Œuvrard'],
    ['O', 'O'],
    ['LE GOFF--PÉRON', 'LE GOFF--PÉRON'],
    ['Şahin Ñuñez Åkesson', 'Şahin Ñuñez Åkesson'],
    ['Maʻafu', 'Maʻafu'],
    ...twice('Rakotoarimanana-Andriamampianina de Saint-Remy-en-Bouzemont et de la Roche-sur-Yon de Wąbrzeźno Ñan'),
  ],
  nom_usage: [
    ['', null],
    ['', null],
    ['Dubois-Étienne', 'Dubois-Étienne'],
    ['  L’Hôte ', 'L’Hôte'],
  ],
  prenom_1: [
    ['Éléonore', 'Éléonore'],
    ['ZOE\u0308', 'ZOË'],
    ['jean-françois', 'jean-françois'],
    ['Ælfric', 'Ælfric'],
    [' Marie  Lou ', 'Marie Lou'],
    ['Ÿves', 'Ÿves'],
    ['Þóra', 'Þóra'],
    ['Noé', 'Noé'],
    ...twice('Marie-Antoinette-Joséphine-Éléonore-Œdipine-Ŷsaül'),
  ],
  prenom_2: [
    ['', null],
    ['Œnone', 'Œnone'],
    ['Anne\u2011Lise', 'Anne\u2011Lise'],
    ['', null],
  ],
  prenom_3: [
    ['', null],
    ['Ĺudmila', 'Ĺudmila'],
    ['', null],
  ],
  commune_naissance: [
    ['Nœux-les-Mines', 'Nœux-les-Mines'],
    ['Paris  15', 'Paris 15'],
    ['L\u2019I\u0302le-d’Yeu', 'L’Île-d’Yeu'],
    ['São Tomé', 'São Tomé'],
    ...twice('Saint-Remy-en-Bouzemont-Saint-Genest-et-Isson', 'Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch'),
  ],
  complement_adresse: [
    ['', null],
    ['Bât. A, étage 3', 'Bât. A, étage 3'],
    ['Résidence «Les Œillets»', 'Résidence «Les Œillets»'],
  ],
  voie: [
    ['12 rue des Lilas', '12 rue des Lilas'],
    ['3  bis,  allée de l\u2019E\u0301glise', '3 bis, allée de l’Église'],
    ['Chemin du 8-Mai-1945 & du Port', 'Chemin du 8-Mai-1945 & du Port'],
    ...twice('<b>"{{voie}}"</b> &amp; \\\'%41\'', '1234, avenue du Général-Leclerc prolon'),
  ],
  lieu_dit: [
    ['', null],
    ['Le Bourg; BP 12', 'Le Bourg; BP 12'],
    ['', null],
  ],
  commune: twice('Lille', 'Saint-Dié-des-Vosges', 'Saint-Denis CEDEX 9', "'s-Hertogenbosch"),
  telephone_mobile: [
    ['06 39 98 12 34', '+33639981234', '06 39 98 12 34'],
    ['+33 (0)6.39.98.12.35', '+33639981235', '06 39 98 12 35'],
    ['0692123456', '+262692123456', '+262 692 12 34 56'],
    ['+32 470 12 34 56', '+32470123456'],
    ['0639 12 34 56', '+262639123456', '+262 639 12 34 56'],
    ['06 94.12.34.56', '+594694123456', '+594 694 12 34 56'],
    ['0690-12-34-56', '+590690123456', '+590 690 12 34 56'],
    ['', null],
  ],
  telephone_fixe: [
    ['', null],
    ['0033 3 20 12 34 56', '+33320123456', '03 20 12 34 56'],
    ['+687 12 34 56', '+687123456', '+687 12 34 56'],
    ['03/20/12/34/57', '+33320123457', '03 20 12 34 57'],
    ['05 08 41 12 34', '+508411234', '+508 41 12 34'],
    ['+689 40 12 34 56', '+68940123456', '+689 40 12 34 56'],
    ['+1-202-555-0123', '+12025550123'],
  ],
  ancien_numero: [
    ['', null],
    ['0512345', '0512345'],
    ['AB12', 'AB12'],
  ],
  profession: [
    ['', null],
    ['Aide-soignant(e)', 'Aide-soignant(e)'],
  ],
  diplome_intitule: [
    ['', null],
    ['DNB série professionnelle, 2022', 'DNB série professionnelle, 2022'],
  ],
  experience_mois: [
    ['36', '36'],
    ['0', '0'],
    ['060', '60'],
  ],
  employeur: [
    ['', null],
    ['Boulangerie « Au bon pain »', 'Boulangerie « Au bon pain »'],
  ],
  formation_heures: [
    ['400', '400'],
    ['0420', '420'],
  ],
  formation_organisme: [
    ['', null],
    ['GRETA 21', 'GRETA 21'],
  ],
  contrat_employeur: [
    ['', null],
    ['Garage Müller & fils', 'Garage Müller & fils'],
  ],
  pfmp_semaines: [
    ['22', '22'],
    ['0', '0'],
    ['07', '7'],
  ],
  parents: [
    ['', null],
    ['Anne Łukasz et Paul N’Guyễn', 'Anne Łukasz et Paul N’Guyễn'],
  ],
  responsable: twice('Anne Martin, mère', 'M. l’oncle Œdipe, tuteur', 'Madame Anne-Joséphine Rakotoarimanana, directrice de la MECS'),
  section_discipline: twice('Mathématiques', 'Histoire-géographie'),
  note: [
    ['12,5', '12,50'],
    ['10', '10,00'],
    ['19.75', '19,75'],
    ['20', '20,00'],
  ],
  origine: [
    ['', null],
    ['Cuisine', 'Cuisine'],
    ['', null],
  ],
  dispense: [
    ['Baccalauréat  général 2024', 'Baccalauréat général 2024'],
    ['BTS 2019', 'BTS 2019'],
    ['Diplo\u0302me étranger', 'Diplôme étranger'],
  ],
};

/** A line of whatever text, where nothing else is known of a question. */
export const LINE = 'Œuvre neuve';
const lines = (required) => [...(required ? [] : [['', null]]), ['  Œuvre  neuve ', LINE], ['L’autre', 'L’autre']];

const postal = {
  france: [
    ['59000', '59000'],
    ['21 000', '21000'],
    ['97400', '97400'],
    ['20200', '20200'],
  ],
  abroad: [
    ['SW1A 1AA', 'SW1A 1AA'],
    ['-', '-'],
    ['D-10115', 'D-10115'],
  ],
};

const FRANCE = '99100',
  two = (number) => String(number).padStart(2, '0');

/** A day in one of the ways that people type it. */
function day(decks, year, month, date) {
  const iso = `${year}-${two(month)}-${two(date)}`,
    french = `${two(date)}/${two(month)}/${year}`;
  return [
    decks.deal('a day', [
      french,
      `${date}/${month}/${year}`,
      `${two(date)}${two(month)}${year}`,
      `${date}.${month}.${year}`,
      ` ${two(date)} - ${two(month)} - ${year} `,
      iso,
    ]),
    iso,
    french,
  ];
}

/** A national number of each kind, its own for each person: BEA with its key, RNIE, SIFA, university. */
function ine(decks, ordinal) {
  const five = String(ordinal).padStart(5, '0'),
    digits = `20240${five}`,
    key = 'ABCDEFGHJKLMNPRSTUVWXYZ'[Number(digits) % 23];
  return decks.deal('INE', [
    ['', null],
    [`${digits}${key}`, `${digits}${key}`],
    [`${digits.slice(1)}ab`, `${digits.slice(1)}AB`],
    [` 2024 a ${five} c`, `2024A${five}C`],
    [`ab ${five} xyz1`, `AB${five}XYZ1`],
  ]);
}

export class Person {
  /** family, specialty: what he must choose; optionalMost: units beyond the compulsory ones. */
  constructor(decks, ordinal, { family, specialty, session, adult, optionalMost }) {
    Object.assign(this, { decks, ordinal, family, specialty, session, adult, optionalMost });
    this.typed = {};
    this.kept = {};
    this.words = {};
    this.controls = [];
  }

  /** One answer: { typed, kept, shown }. */
  answer(control) {
    const [prefix, unit] = control.name.split(/-(.*)/s);
    if (control.kind === 'text') {
      const [typed, kept, shown] = this.text(control, prefix, unit);
      return { typed, kept, shown: shown ?? kept ?? '—' };
    }
    if (control.kind === 'checkbox') {
      const kept = this.ticks(control.name, prefix) ? 'O' : null;
      return { typed: kept ?? '', kept, shown: kept ? 'OUI' : 'NON' };
    }
    const value = this.choose(control, prefix),
      choice = control.choices.find((one) => one.value === value);
    if (value !== '' && !choice) throw new Error(`${control.label}: no ${value} among ${control.choices.map((one) => one.value)}`);
    return { typed: value, kept: choice?.value ?? null, shown: choice?.words ?? '—' };
  }

  text({ name, required }, prefix, unit) {
    const { decks, session, ordinal } = this;
    if (name === 'date_naissance') return day(decks, session - (this.adult ? 24 : 17) - (ordinal % 5), 1 + (Math.floor(ordinal / 28) % 12), 1 + (ordinal % 28));
    if (name === 'ine') return ine(decks, ordinal);
    if (name === 'contrat_debut') return day(decks, session - 2, 9, 1);
    if (name === 'contrat_fin') return day(decks, session, 8, 31);
    if (name === 'positionnement') return decks.deal(name, [['', null], day(decks, session - 1, 10, 9)]);
    if (name === 'courriel')
      return decks.deal(name, [
        ['Prenom.Nom+bep@Example.ORG', 'Prenom.Nom+bep@example.org'],
        [' eleonore@example.org ', 'eleonore@example.org'],
        [`${'longue.'.repeat(11)}adresse@example.org`, `${'longue.'.repeat(11)}adresse@example.org`],
        ...(required ? [] : [['', null]]),
      ]);
    if (name === 'code_postal') return this.kept.pays === FRANCE ? decks.deal(name, postal.france) : decks.deal(`${name} abroad`, postal.abroad);
    if (['ancien_numero', 'ancienne_session'].includes(name) && this.kept.deja_candidat === 'N') return ['', null];
    if (name === 'ancienne_session')
      return decks.deal(name, [
        ['', null],
        [`${session - 1}`, `${session - 1}`],
        [`${session - 4}`, `${session - 4}`],
      ]);
    if (prefix === 'session')
      return decks.deal(
        `session ${this.kept[`justificatif-${unit}`]}`,
        (this.kept[`justificatif-${unit}`] === 'A' ? [1, 5, 12] : [1, 3, 5]).map((years) => [`${session - years}`, `${session - years}`]),
      );
    return decks.deal(prefix, texts[prefix] ?? lines(required));
  }

  ticks(name, prefix) {
    if (name === 'ine_inconnu') return !this.kept.ine;
    if (prefix === 'facultative' && Object.keys(this.kept).filter((one) => one.startsWith('facultative-')).length >= this.optionalMost) return false;
    return this.decks.deal(prefix, [true, false]);
  }

  choose(control, prefix) {
    const { name, choices } = control,
      values = choices.map((one) => one.value),
      any = (from) => this.decks.deal(`${prefix} ${from.join()}`, from);
    const taken = Object.entries(this.kept)
      .filter(([other]) => other.startsWith('langue-'))
      .map(([, value]) => value);
    if (name === 'categorie') return this.family;
    if (name === 'specialite') return this.specialty;
    if (['pays_naissance', 'pays', 'nationalite'].includes(name))
      return this.decks.deal(`${name}, where`, ['here', 'here', 'there']) === 'here'
        ? FRANCE
        : values[1 + draws(this.ordinal * 77 + name.length)(values.length - 1)];
    if (name === 'departement_naissance') return this.kept.pays_naissance === FRANCE ? values[draws(this.ordinal)(values.length)] : '';
    if (name === 'ancienne_academie' && this.kept.deja_candidat === 'N') return '';
    if (name === 'section_europeenne') return this.family === 'SCO' ? 'O' : 'N';
    if (prefix === 'etat') return this.state(control);
    if (prefix === 'choix' && this.kept[name.replace('choix', 'etat')] === 'B') return values.at(-1);
    if (prefix === 'langue' && this.kept.section_langue && !taken.length) return this.kept.section_langue;
    if (prefix === 'langue') return any(values.filter((one) => !taken.includes(one)));
    if (prefix === 'activite_2') return any(values.filter((one) => one !== this.kept[name.replace('_2', '')]));
    return any(control.required || values.length === 1 ? values : ['', ...values]);
  }

  /** At least one unit is presented: another one each time. Of what few are asked, every state is met soon. */
  state({ name, choices }) {
    const states = this.page.filter((one) => one.name.startsWith('etat-')),
      values = choices.map((one) => one.value);
    if (states[this.ordinal % states.length].name === name) return 'I';
    if (this.page.some((one) => one.name === name.replace('etat', 'choix'))) return this.decks.deal('etat of alternatives', values.slice(0, 2));
    if (values.includes('E')) return this.decks.deal('etat of who may decline', ['E', 'X', 'I']);
    return this.decks.deal(`etat ${values.join()}`, [...values, ...values.slice(1).map(() => 'I')]);
  }

  /** Answer a whole page, its country first, which decides about a postal code further up: the fields to send. */
  fill(page, fields) {
    this.page = controlsOf(page);
    this.controls.push(...this.page);
    for (const control of [...this.page].sort((one, other) => (other.name === 'pays') - (one.name === 'pays'))) {
      const { typed, kept, shown } = this.answer(control);
      if (typed === '' && ['radio', 'checkbox'].includes(control.kind)) fields.delete(control.name);
      else fields.set(control.name, typed);
      this.typed[control.name] = typed;
      if (kept !== null) this.kept[control.name] = kept;
      this.words[control.name] = shown;
    }
    return fields;
  }

  /** Whether the question of a control applies to him: what stands on a page in any case may not. */
  isAsked({ name }) {
    if (name === 'departement_naissance') return this.kept.pays_naissance === FRANCE;
    if (name === 'ine') return this.kept.ine_inconnu !== 'O';
    return !['ancien_numero', 'ancienne_session', 'ancienne_academie'].includes(name) || this.kept.deja_candidat !== 'N';
  }

  /** [label, words] of all that was asked, as the summary tells it. */
  told() {
    return this.controls
      .filter((control) => this.isAsked(control))
      .map(({ name, label }) => [/^(?!etat-|choix-|facultative-)\w+-/.test(name) ? `${label} (${name.replace(/^\w+-/, '')})` : label, this.words[name]]);
  }
}
