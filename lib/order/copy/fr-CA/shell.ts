import type { ShellCopy } from '@/lib/order/copy/en-US/shell';

export const shellCopy: ShellCopy = {
  description: 'Voyez où en est votre commande.',
  tapToViewHint: 'Touchez le bouton pour voir votre commande.',
  showOrder: 'Afficher ma commande',
  noScript:
    'Pour afficher votre commande, cette page a besoin de JavaScript. Activez-le ou contactez le magasin.',
  blockedFrame: 'Votre commande ne peut pas être affichée dans cette page.',
  openInNewTab: 'Ouvrir dans un nouvel onglet',
  unknownPage: 'Page introuvable',
  unknownPageHint: 'Ouvrez le lien reçu par texto pour voir votre commande.',
  failed: {
    title: 'Un problème est survenu sur cette page',
    hint: 'Votre commande elle-même n’est pas touchée.',
    reload: 'Recharger',
  },
};
