import type { ShellCopy } from '@/lib/order/copy/en-US/shell';

export const shellCopy: ShellCopy = {
  description: 'Vea cómo va su pedido.',
  tapToViewHint: 'Toque el botón para ver su pedido.',
  showOrder: 'Ver mi pedido',
  noScript:
    'Para mostrar su pedido, esta página necesita JavaScript. Actívelo o comuníquese con la tienda.',
  blockedFrame: 'Su pedido no se puede mostrar dentro de esta página.',
  openInNewTab: 'Abrir en una pestaña nueva',
  unknownPage: 'Página no encontrada',
  unknownPageHint: 'Abra el enlace del mensaje de texto que recibió para ver su pedido.',
  failed: {
    title: 'Ocurrió un problema en esta página',
    hint: 'Su pedido no se ve afectado.',
    reload: 'Volver a cargar',
  },
};
