import { createPlural } from '@/lib/order/copy/intl';
import type { ItemsCopy } from '@/lib/order/copy/en-US/items';

const plural = createPlural<'one' | 'many' | 'other'>('fr-CA');

export const itemCopy: ItemsCopy['itemCopy'] = {
  label: 'Articles',
  groups: {
    decide: 'Réponse attendue',
    replaced: 'Remplacés',
    refunded: 'Remboursés',
    found: 'Trouvés',
    to_shop: 'À trouver',
    other: 'Autres articles',
  },
  counted: {
    decide: (n) => `${n} à décider`,
    replaced: (n) =>
      plural(n, { one: 'remplacé', many: 'd’articles remplacés', other: 'remplacés' }),
    refunded: (n) =>
      plural(n, { one: 'remboursé', many: 'd’articles remboursés', other: 'remboursés' }),
    found: (n) => plural(n, { one: 'trouvé', many: 'd’articles trouvés', other: 'trouvés' }),
    to_shop: (n) => `${n} à trouver`,
    other: (n) => plural(n, { one: 'autre', many: 'd’autres articles', other: 'autres' }),
  },
  changed: {
    decide: (name) => `Remplacement pour ${name}\u00a0: votre réponse est attendue`,
    replaced: (name) => `Article remplacé\u00a0: ${name}`,
    refunded: (name) => `Article remboursé\u00a0: ${name}`,
    found: (name) => `Article trouvé\u00a0: ${name}`,
    to_shop: (name) => `Article encore à trouver\u00a0: ${name}`,
    other: (name) => `Article modifié\u00a0: ${name}`,
  },
  changedCount: (n) =>
    plural(n, {
      one: 'article a changé',
      many: 'd’articles ont changé',
      other: 'articles ont changé',
    }),
  updated: 'Modifié',
  insteadOf: 'au lieu de',
  offered: 'Proposé à la place\u00a0:',
};

export const decisionCopy: ItemsCopy['decisionCopy'] = {
  title: 'Accepter ce remplacement?',
  position: (n, of) => `${n} sur ${of}`,
  ordered: 'Article commandé',
  offered: 'Proposé à la place',
  notOffered: 'Autre chose',
  keep: 'Accepter',
  refund: 'Rembourser',
  undo: 'Annuler',
  next: 'Suivant',
  ok: 'OK',
  inThread: (name) => `Proposé à la place\u00a0: ${name}`,
  review: 'Voir',
  readOnly: 'Seule la personne qui a passé la commande peut décider.',
  chosen: { approve: 'Vous acceptez le remplacement.', refund: 'Vous aurez un remboursement.' },
  queued: 'Vous êtes hors ligne. Votre réponse partira au retour de la connexion.',
  sending: 'Envoi de votre réponse…',
  kept: 'Accepté. Votre acheteur a été avisé.',
  refunded: 'Remboursé. Votre acheteur a été avisé.',
  already: {
    kept: 'Déjà décidé\u00a0: l’article fait partie de votre commande.',
    refunded: 'Déjà décidé\u00a0: l’article est remboursé.',
    toShop: 'Aucune réponse n’est requise\u00a0: votre acheteur cherche de nouveau cet article.',
    open: 'La décision a déjà été prise.',
  },
  tooLate: {
    kept: 'Trop tard\u00a0: les achats sont payés et l’article fait partie de votre commande.',
    refunded: 'Trop tard\u00a0: les achats sont payés et l’article est remboursé.',
    toShop: 'Trop tard\u00a0: les achats sont payés.',
    open: 'Trop tard\u00a0: les achats sont payés.',
  },
  gone: 'Cet article ne fait plus partie de la commande.',
  failed: 'Votre réponse n’a pas été envoyée. Choisissez de nouveau.',
  unconfirmed:
    'Nous ne savons pas si votre réponse est arrivée. Choisissez de nouveau dans une minute ou écrivez à votre acheteur.',
  offerChanged: 'Votre acheteur propose maintenant autre chose. Choisissez de nouveau.',
  otherOffer:
    'Votre acheteur venait de changer sa proposition. Votre réponse s’applique à celle-ci.',
  slowDown: 'Trop de réponses à la fois. Choisissez de nouveau dans un instant.',
  linkOver: 'Ce lien ne fonctionne plus, donc votre réponse n’a pas été envoyée.',
  announce: {
    asked: (ordered, offered) =>
      `Votre réponse est attendue. ${ordered}\u00a0: accepter ${offered} à la place ou demander un remboursement?`,
    undoable: (text) => `${text} Vous pouvez annuler ce choix pendant cinq secondes.`,
  },
};
