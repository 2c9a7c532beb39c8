import { createPlural, formatNumber } from '@/lib/order/copy/intl';
import type { OrderCopy } from '@/lib/order/copy/en-US/order-page';

const LOCALE = 'fr-CA';
const plural = createPlural<'one' | 'many' | 'other'>(LOCALE);

/** No line ends between a number and its unit. */
const keepTogether = (time: string) => time.replace(/ (?=\d|h)/g, '\u00a0');

const isDate = (day: string) => /\d/.test(day);

const newMessages = (n: number) =>
  plural(n, {
    one: 'nouveau message',
    many: 'de nouveaux messages',
    other: 'nouveaux messages',
  });

const cannotShow = 'Impossible d’afficher votre commande pour le moment';

export const copy: OrderCopy = {
  locale: LOCALE,
  direction: 'ltr',
  title: (store) => (store ? `Suivi de la commande · ${store}` : 'Suivi de la commande'),
  support: 'Contacter le magasin',
  loading: 'Chargement de votre commande…',
  retryNow: 'Réessayer maintenant',
  retryIn: (seconds) =>
    `Nouvel essai dans ${plural(seconds, { one: 'seconde', many: 'de secondes', other: 'secondes' })}`,
  retrying: 'Nouvel essai…',
  problems: {
    link_invalid: {
      title: 'Ce lien ne fonctionne pas',
      message:
        'Il est peut-être incomplet. Ouvrez-le de nouveau à partir du texto reçu ou demandez-en un autre au magasin.',
    },
    link_expired: {
      title: 'Ce lien a expiré',
      message:
        'Pour protéger vos renseignements personnels, les liens fonctionnent pendant un temps limité. Demandez-en un nouveau au magasin.',
    },
    order_not_found: {
      title: 'Commande introuvable',
      message: 'Elle a peut-être été supprimée. Le magasin peut vous renseigner.',
    },
    slow_down: {
      title: 'Un instant',
      message: 'Trop de demandes à la fois. La page réessaiera sous peu.',
    },
    upstream_invalid: {
      title: cannotShow,
      message: 'Nous avons reçu une réponse illisible. Nous réessayons.',
    },
    upstream_unavailable: {
      title: cannotShow,
      message:
        'Le service des commandes ne répond pas. Votre commande elle-même n’est pas touchée.',
    },
    upstream_timeout: {
      title: cannotShow,
      message:
        'Le service des commandes met trop de temps à répondre. Votre commande elle-même n’est pas touchée.',
    },
  },

  today: 'Aujourd’hui',
  yesterday: 'Hier',
  yesterdayAt: (time) => `Hier, ${time}`,
  justNow: 'à l’instant',
  tomorrow: 'Demain',
  status: {
    label: 'État',
    headlines: {
      received: 'Nous avons reçu votre commande',
      assigned: 'Une personne fera vos achats',
      shopping: 'Vos achats sont en cours',
      packing: 'Votre commande est en cours d’emballage',
      prepared: 'Votre commande est emballée',
      collected: 'Votre commande quitte le magasin',
      ready: 'Prête pour la cueillette',
      handing_over: 'Le magasin sait que vous êtes là',
      on_the_way: 'Votre commande est en route',
      done: 'Livrée',
      cancelled: 'Votre commande a été annulée',
    },
    namedHeadlines: {
      assigned: (name) => `${name} fera vos achats`,
      shopping: (name) => `${name} fait vos achats`,
      packing: (name) => `${name} emballe votre commande`,
      on_the_way: (name) => `${name} est en route`,
    },
    pickedUp: 'Récupérée',
    nothingYet: 'Nous avons reçu votre commande',
    nothingYetHint: 'La première mise à jour s’affichera ici.',
    notShared: 'L’avancement ne peut pas être affiché pour le moment.',
    latest: (update) => `Dernière nouvelle\u00a0: ${update}`,
    number: (number) => `Commande ${number}`,
    progress: 'Avancement',
    steps: {
      received: 'Reçue',
      shopping: 'Achats',
      packing: 'Emballée',
      prepared: 'Emballée',
      ready: 'Prête',
      on_the_way: 'En route',
      done: 'Livrée',
    },
    stepDone: 'étape terminée',
    stepNext: 'étape à venir',
    checked: (age) => `vérification\u00a0: ${age}`,
    checkAgain: 'Vérifier de nouveau',
  },
  window: {
    arrives: (when) => `Arrivée prévue\u00a0: ${when}`,
    pickup: (when) => `Cueillette\u00a0: ${when}`,
    pickupUntil: (when) => `À récupérer au plus tard ${when}`,
    late: (when) => `En retard, prévue ${when}`,
    pickupEnded: (when) => `La période de cueillette a pris fin ${when}`,
    range: (day, hours) => `${day}, ${keepTogether(hours)}`,
    at: (day, time) => `${isDate(day) ? 'le ' : ''}${day} à ${keepTogether(time)}`,
    messagesUntil: (when) => `Messages visibles jusqu’à ${when} env.`,
  },
  sections: {
    label: 'Sections',
    pickup: 'Cueillette',
    chat: 'Messages',
    items: 'Articles',
    updates: 'Suivi',
    count: newMessages,
    decide: (n) => `${formatNumber(n, LOCALE)} à décider`,
  },
  waiting: {
    title: 'Prochaine étape\u00a0: une personne prendra votre commande en charge',
    hint: 'Vous recevrez un texto au début des achats. Vous pourrez alors écrire ici.',
  },
  ending: {
    problem: 'Un problème avec votre commande?',
    cancelled: 'Des questions sur l’annulation?',
    photo: 'Photo de votre livraison',
  },
  nothingShown: {
    title: 'Ce magasin n’affiche pas les messages',
    message:
      'Les mises à jour ne sont pas affichées ici non plus. Le magasin peut vous dire où en est votre commande.',
  },
  updates: {
    label: 'Mises à jour',
    none: 'Aucune mise à jour pour le moment.',
    sentBy: (media) => `Envoyée par ${media}`,
    photo: (time) => `Photo de la mise à jour de ${time}`,
    media: {
      sms: 'texto',
      push: 'notification',
      email: 'courriel',
      call: 'téléphone',
      in_app_message: 'message dans l’application',
    },
    otherMedium: 'un autre moyen',
  },
  chat: {
    label: 'Messages',
    labelWith: (name) => `Messages avec ${name}`,
    thread: 'Fil des messages',
    newFromHere: 'Nouveau',
    you: 'Vous',
    someone: 'Votre acheteur',
    handover: (name) => `${name} s’occupe maintenant de votre commande`,
    showEarlier: (n) => `Afficher les messages précédents (${formatNumber(n, LOCALE)})`,
    showMore: 'Afficher tout le message',
    newMessages,
    unreadable: (n) =>
      plural(n, {
        one: 'message ne peut pas être affiché ici.',
        many: 'de messages ne peuvent pas être affichés ici.',
        other: 'messages ne peuvent pas être affichés ici.',
      }),
    seen: 'Vu',
    seenAt: (time) => `Vu le ${time}`,
    photoFrom: (name, time) => `Photo envoyée par ${name}, ${time}`,
    photoByYou: (time) => `Photo envoyée par vous, ${time}`,
    openPhoto: (photo) => `Ouvrir\u00a0: ${photo}`,
    photoFailed: 'La photo n’a pas pu être chargée',
    photoWithheld: 'Cette photo ne peut pas être affichée ici',
    photoUnsupported: 'Le format de cette photo ne peut pas être affiché ici',
    photoRetry: 'Recharger',
    photoInNewTab: 'Ouvrir la photo',
    zoomIn: 'Agrandir',
    zoomOut: 'Réduire',
    close: 'Fermer',
    noMessagesYet: 'Aucun message pour le moment',
    noMessagesYetHint: 'Vos messages avec votre acheteur s’afficheront ici.',
    yourShopper: 'votre acheteur',
    mayNotAnswer: (name) => `${name} pourrait ne pas répondre en conduisant.`,
    expired: 'Cette conversation n’est plus disponible',
    expiredHint:
      'Pour protéger vos renseignements personnels, les messages sont supprimés 24\u00a0heures après la livraison ou l’annulation d’une commande. Les mises à jour de votre commande sont toujours ici.',
    unavailableHint:
      'Ce magasin n’affiche pas les messages échangés avec les acheteurs. Les mises à jour arrivent par texto.',
    sharedHint:
      'Ce lien montre où en est la commande. Les messages sont réservés à la personne qui l’a passée.',
    readOnly: 'Vous suivez cette commande. Seule la personne qui l’a passée peut répondre.',
  },
  composer: {
    label: 'Message à votre acheteur',
    labelWith: (name) => `Message à ${name}`,
    placeholder: 'Écrire un message',
    placeholderWith: (name) => `Écrire à ${name}`,
    offline: 'Vous êtes hors ligne. Les messages partiront au retour de la connexion.',
    behind: 'Il y a des retards. Les messages peuvent tarder.',
    send: 'Envoyer',
    left: (n) =>
      plural(n, {
        one: 'caractère restant',
        many: 'de caractères restants',
        other: 'caractères restants',
      }),
    over: (n) =>
      plural(n, {
        one: 'caractère de trop',
        many: 'de caractères de trop',
        other: 'caractères de trop',
      }),
    tooLong: 'Le message est trop long',
    quickRepliesLabel: 'Réponses rapides',
    quickReplies: [
      'Oui, ça me convient',
      'Non, un remboursement, svp',
      'Faites pour le mieux',
      'Appelez-moi, svp',
      'Merci!',
    ],
    closed:
      'Cette conversation n’accepte pas de messages pour le moment. Vous pouvez répondre au texto de votre acheteur.',
  },
  delivery: {
    queued: 'En attente d’envoi',
    sending: 'Envoi…',
    sent: 'Envoyé',
    failed: 'Non envoyé.',
    tooMany: 'Non envoyé\u00a0: trop de messages à la fois.',
    unconfirmed: 'Non confirmé\u00a0: il est peut-être arrivé.',
    tryAgain: 'Réessayer',
    sendAgain: 'Renvoyer',
    remove: 'Supprimer',
  },
  connection: {
    offline: 'Vous êtes hors ligne.',
    reconnecting: 'Reconnexion en cours',
  },
  announce: {
    message: (name, body) => `${name}\u00a0: ${body}`,
    withPhoto: (message) => `${message} (avec une photo)`,
    photo: (name) => `${name} a envoyé une photo`,
    messages: newMessages,
    update: (body) => `Mise à jour\u00a0: ${body}`,
    updates: (n) =>
      plural(n, {
        one: 'nouvelle mise à jour',
        many: 'de nouvelles mises à jour',
        other: 'nouvelles mises à jour',
      }),
    expired: 'Les messages de cette commande ont été supprimés.',
    late: 'Votre commande est en retard',
    sent: 'Message envoyé',
    failed: 'Message non envoyé',
    unconfirmed: 'Envoi non confirmé',
  },
};
