import type { PickupCopy } from '@/lib/order/copy/en-US/pickup';

const colors = {
  black: 'Noir',
  blue: 'Bleu',
  brown: 'Brun',
  gray: 'Gris',
  green: 'Vert',
  yellow: 'Jaune',
  orange: 'Orange',
  red: 'Rouge',
  silver: 'Argent',
  white: 'Blanc',
};

/** The adjectives behind a feminine noun. All kinds but "VUS" are feminine. */
const feminine: typeof colors = {
  ...{ black: 'noire', blue: 'bleue', brown: 'brune', gray: 'grise', green: 'verte' },
  ...{ yellow: 'jaune', orange: 'orange', red: 'rouge', silver: 'argent', white: 'blanche' },
};

const nouns = {
  hatchback: 'Voiture à hayon',
  minivan: 'Fourgonnette',
  sedan: 'Berline',
  suv: 'VUS',
  truck: 'Camionnette',
  other: 'Voiture',
};

const cannotReport = 'Nous n’avons pas pu aviser le magasin que vous êtes là.';

export const pickupCopy: PickupCopy = {
  arrival: {
    button: 'Je suis sur place',
    sending: 'Nous avisons le magasin…',
    result: 'Le magasin sait que vous êtes là.',
    nextSteps: {
      curbside: 'Restez dans votre voiture, sauf si une mise à jour vous invite à entrer.',
      locker: 'Allez aux casiers pour récupérer votre commande.',
      in_store: 'Entrez et présentez-vous au comptoir de cueillette.',
    },
    followInstructions: 'Suivez les étapes sous «\u00a0Comment récupérer votre commande\u00a0».',
    waitForUpdates: 'La prochaine mise à jour s’affichera sur cette page.',
    failures: {
      not_ready: 'Votre commande n’est pas encore prête. Réessayez dans quelques minutes.',
      offline:
        'Vous êtes hors ligne, donc le magasin ne sait peut-être pas encore que vous êtes là.',
      unconfirmed:
        'Nous ne pouvons pas confirmer que le magasin sait que vous êtes là. Réessayez dans une minute ou contactez le magasin.',
      unavailable: `${cannotReport} Réessayez ou contactez le magasin.`,
      invalid: `${cannotReport} Réessayez ou contactez le magasin.`,
      slow_down: 'Trop d’essais. Attendez une minute et réessayez, ou contactez le magasin.',
      refused: 'Ce lien ne permet pas d’aviser le magasin que vous êtes là. Contactez le magasin.',
    },
  },
  instructions: {
    section: 'Cueillette',
    title: 'Comment récupérer votre commande',
    none: 'Le magasin n’a pas encore donné d’instructions.',
    kinds: { curbside: 'À l’auto', locker: 'Casier', in_store: 'En magasin' },
    photo: 'photo du lieu de cueillette',
  },
  vehicle: {
    title: 'Votre voiture',
    hint: 'Ces renseignements aident le magasin à vous trouver.',
    add: 'Ajouter votre voiture',
    change: 'Modifier',
    changeLabel: 'Modifier les renseignements sur votre voiture',
    model: 'Marque et modèle',
    kind: 'Type',
    color: 'Couleur',
    plate: 'Plaque d’immatriculation',
    choose: 'Choisir',
    colors,
    kinds: { ...nouns, other: 'Autre' },
    withColor: (color, kind = 'other') =>
      `${nouns[kind]} ${kind === 'suv' ? colors[color].toLowerCase() : feminine[color]}`,
    unnamed: 'Voiture',
    save: 'Enregistrer',
    saving: 'Enregistrement…',
    cancel: 'Annuler',
    saved: 'Votre voiture est enregistrée.',
    kept: 'Votre voiture est enregistrée. Les champs laissés vides gardent leur valeur précédente.',
    empty: 'Remplissez au moins un champ.',
    failures: {
      not_ready: 'Votre voiture ne peut pas être enregistrée pour cette commande.',
      offline:
        'Vous êtes hors ligne, donc votre voiture n’est peut-être pas enregistrée. Enregistrez-la de nouveau au retour de la connexion.',
      unconfirmed:
        'Nous ne pouvons pas confirmer l’enregistrement de votre voiture. Vous pouvez l’enregistrer de nouveau.',
      unavailable: 'Votre voiture n’a pas pu être enregistrée. Réessayez.',
      invalid: 'Le magasin n’accepte pas ces renseignements. Vérifiez-les.',
      slow_down: 'Trop d’essais. Attendez une minute, puis enregistrez de nouveau.',
      refused:
        'Ce lien ne permet pas de modifier la commande, donc votre voiture n’a pas été enregistrée.',
    },
  },
};
