// SPDX-License-Identifier: Apache-2.0
//
// What a page says of an answer that is wanted, or that isn't: by the question's name, written here by hand. Nothing of it
// is asked of the product, so that a sentence that is changed, or that stands with another question, is seen.

/** Where it must be answered and isn't, or with none of its choices; those of units by what stands before the unit. */
export const missing = {
  categorie: 'Choisissez votre catégorie de candidat dans la liste.',
  specialite: 'Choisissez votre spécialité dans la liste.',
  centre: 'Choisissez une des réponses proposées.',
  civilite: 'Choisissez votre civilité : M. ou Mme.',
  nom_naissance: 'Indiquez votre nom de naissance, comme sur votre pièce d’identité.',
  prenom_1: 'Indiquez votre premier prénom, comme sur votre pièce d’identité.',
  date_naissance: 'Indiquez votre date de naissance, par exemple 07/07/2008.',
  pays_naissance: 'Choisissez votre pays de naissance dans la liste.',
  departement_naissance: 'Choisissez votre département de naissance dans la liste.',
  commune_naissance: 'Indiquez votre commune de naissance ; à l’étranger, la ville.',
  nationalite: 'Choisissez votre nationalité dans la liste.',
  ine: 'Indiquez votre INE, ou cochez « Je ne connais pas mon INE ».',
  voie: 'Indiquez le numéro et la voie de votre adresse, par exemple 12 rue des Lilas.',
  code_postal: 'Indiquez votre code postal, par exemple 59000.',
  commune: 'Indiquez la commune de votre adresse.',
  pays: 'Choisissez le pays de votre adresse dans la liste.',
  courriel: 'Indiquez votre adresse électronique, par exemple prenom.nom@exemple.fr.',
  deja_candidat: 'Indiquez si OUI ou NON vous avez déjà été candidat à cet examen.',
  ancienne_academie: 'Choisissez une des réponses proposées.',
  amenagement: 'Indiquez si OUI ou NON vous demandez un aménagement d’épreuves.',
  certification: 'Indiquez si OUI ou NON ce diplôme est une certification intermédiaire de votre formation.',
  service_national: 'Choisissez une des réponses proposées.',
  diplome: 'Choisissez une des réponses proposées.',
  experience_mois: 'Indiquez un nombre entier plausible, sans autre signe, par exemple 36.',
  formation_heures: 'Indiquez un nombre entier plausible, sans autre signe, par exemple 36.',
  contrat_debut: 'Indiquez une date sous la forme JJ/MM/AAAA, par exemple 07/07/2008.',
  contrat_fin: 'Indiquez une date sous la forme JJ/MM/AAAA, par exemple 07/07/2008.',
  pfmp_semaines: 'Indiquez un nombre entier plausible, sans autre signe, par exemple 36.',
  responsable: 'Indiquez le nom et la qualité de votre responsable légal, par exemple Anne Martin, mère.',
  forme_passage: 'Choisissez une des formes de passage proposées.',
  section_europeenne: 'Indiquez si OUI ou NON vous vous présentez en section européenne.',
  benefice: 'Indiquez si OUI ou NON vous demandez à garder des notes ou des unités.',
  section_langue: 'Choisissez une langue dans la liste.',
  section_discipline: 'Indiquez la discipline enseignée dans la langue de la section, par exemple Mathématiques.',
  section_substitution: 'Indiquez si OUI ou NON l’évaluation de la section remplace l’épreuve facultative de langue.',
  etat: 'Choisissez un état dans la liste pour cette épreuve.',
  choix: 'Choisissez une des épreuves proposées.',
  langue: 'Choisissez une langue dans la liste.',
  activite: 'Choisissez une activité dans la liste.',
  activite_2: 'Choisissez une activité dans la liste.',
  note: 'Indiquez une note de 0 à 20, avec deux décimales au plus, par exemple 12,50.',
  justificatif: 'Choisissez le justificatif que vous joindrez.',
  session: 'Indiquez une année avec quatre chiffres, par exemple 2025.',
  academie: 'Choisissez une des réponses proposées.',
  dispense: 'Indiquez le diplôme qui ouvre droit à la dispense, par exemple Baccalauréat général 2024.',
};

/** Where it is answered though another answer says that it isn't asked. */
export const unasked = {
  departement_naissance:
    'Pour une naissance à l’étranger, laissez le département de naissance vide ; ' + 'pour une naissance en France, choisissez France comme pays de naissance.',
  ine: 'Vous avez indiqué un INE et coché « Je ne connais pas mon INE » : effacez l’un ou décochez l’autre.',
  ancien_numero: 'Vous indiquez ne pas avoir déjà été candidat : laissez cette réponse vide, ou répondez OUI à la question.',
  ancienne_session: 'Vous indiquez ne pas avoir déjà été candidat : laissez cette réponse vide, ou répondez OUI à la question.',
  ancienne_academie: 'Vous indiquez ne pas avoir déjà été candidat : laissez cette réponse vide, ou répondez OUI à la question.',
};
