import type { CheckCopy } from '@/lib/order/copy/en-US/embed-check';

export const checkCopy: CheckCopy = {
  title: 'Vérification de l’intégration',
  intro: 'Diagnostic pour les développeurs. Aucune donnée de commande n’est affichée.',
  verdicts: { ok: 'OK', note: 'Note', problem: 'Problème' },
  frame: {
    subject: 'Cadre',
    framed: 'Cette page est dans un cadre, et les scripts y fonctionnent.',
    notFramed:
      'Cette page n’est pas dans un cadre. Mettez <order-status check></order-status> à l’endroit prévu pour la commande.',
  },
  origin: {
    subject: 'Origine du site hôte',
    unknown:
      'Ce navigateur n’indique pas quel site contient le cadre. Avec embed.js, on le saurait.',
    allowed: (origins) => `${origins}\u00a0: permis par EMBED_ORIGINS.`,
    missing: (origins) =>
      `Absent d’EMBED_ORIGINS\u00a0: ${origins}. Les commandes ne s’afficheront pas ici tant que chaque origine n’est pas ajoutée.`,
  },
  handshake: {
    subject: 'Liaison avec embed.js',
    none: 'Aucun message pour le moment. Un simple <iframe> fonctionne aussi, avec sa propre hauteur et sans événements.',
    done: (origin, theme, locale) =>
      `Version 1 avec ${origin}\u00a0: thème ${theme}, langue ${locale}.`,
    customersLocale: 'du client',
  },
  height: {
    subject: 'Hauteur',
    auto: 'auto\u00a0: le cadre suit son contenu.',
    fixed: 'fixed\u00a0: le fil des messages défile dans le cadre.',
    own: 'fixée par votre page\u00a0: le fil des messages y défile.',
  },
  server: {
    subject: 'Serveur',
    asking: 'En attente d’une réponse…',
    answers: 'Il répond à partir du cadre.',
    silent: 'Il ne répond pas à partir du cadre.',
  },
  storage: {
    subject: 'Stockage',
    available: 'Accessible, mais non utilisé.',
    blocked: 'Bloqué par le navigateur. Il n’est pas nécessaire.',
  },
  cookies: {
    subject: 'Témoins',
    available: 'Accessibles, mais non utilisés.',
    blocked: 'Bloqués par le navigateur. Ils ne sont pas nécessaires.',
  },
  violations: {
    subject: 'Violations de la politique dans le cadre',
    none: 'Aucune. Celles de votre propre page sont dans sa console.',
  },
  size: {
    subject: 'Taille',
    pixels: (width, height) => `${width} × ${height} pixels CSS.`,
  },
};
