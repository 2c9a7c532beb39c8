import { createPlural } from '@/lib/order/copy/intl';
import type { ItemsCopy } from '@/lib/order/copy/en-US/items';

const plural = createPlural<'one' | 'many' | 'other'>('es-US');

export const itemCopy: ItemsCopy['itemCopy'] = {
  label: 'Artículos',
  groups: {
    decide: 'Esperan su respuesta',
    replaced: 'Reemplazados',
    refunded: 'Reembolsados',
    found: 'Encontrados',
    to_shop: 'Por comprar',
    other: 'Otros artículos',
  },
  counted: {
    decide: (n) => `${n} por decidir`,
    replaced: (n) =>
      plural(n, { one: 'reemplazado', many: 'de reemplazados', other: 'reemplazados' }),
    refunded: (n) =>
      plural(n, { one: 'reembolsado', many: 'de reembolsados', other: 'reembolsados' }),
    found: (n) => plural(n, { one: 'encontrado', many: 'de encontrados', other: 'encontrados' }),
    to_shop: (n) => `${n} por comprar`,
    other: (n) => plural(n, { one: 'otro', many: 'de otros', other: 'otros' }),
  },
  changed: {
    decide: (name) => `Reemplazo para ${name}: se necesita su respuesta`,
    replaced: (name) => `Artículo reemplazado: ${name}`,
    refunded: (name) => `Artículo reembolsado: ${name}`,
    found: (name) => `Artículo encontrado: ${name}`,
    to_shop: (name) => `Artículo aún por comprar: ${name}`,
    other: (name) => `Artículo modificado: ${name}`,
  },
  changedCount: (n) =>
    plural(n, {
      one: 'artículo cambió',
      many: 'de artículos cambiaron',
      other: 'artículos cambiaron',
    }),
  updated: 'Actualizado',
  insteadOf: 'en lugar de',
  offered: 'Le ofrecen en su lugar:',
};

export const decisionCopy: ItemsCopy['decisionCopy'] = {
  title: '¿Aceptar este reemplazo?',
  position: (n, of) => `${n} de ${of}`,
  ordered: 'Usted pidió',
  offered: 'Le ofrecen en su lugar',
  notOffered: 'Otro artículo',
  keep: 'Aceptar',
  refund: 'Reembolso',
  undo: 'Deshacer',
  next: 'Siguiente',
  ok: 'OK',
  inThread: (name) => `Le ofrecen en su lugar: ${name}`,
  review: 'Ver',
  readOnly: 'Solo la persona que hizo el pedido puede decidir.',
  chosen: { approve: 'Usted acepta el reemplazo.', refund: 'Usted recibirá un reembolso.' },
  queued: 'No tiene conexión. Su respuesta se enviará cuando vuelva la conexión.',
  sending: 'Enviando su respuesta…',
  kept: 'Aceptado. Su comprador ya lo sabe.',
  refunded: 'Reembolsado. Su comprador ya lo sabe.',
  already: {
    kept: 'Ya se decidió: el artículo queda en su pedido.',
    refunded: 'Ya se decidió: se reembolsará el artículo.',
    toShop: 'No hace falta responder: su comprador está buscando este artículo otra vez.',
    open: 'Esto ya se decidió.',
  },
  tooLate: {
    kept: 'Ya es tarde: la compra se pagó y el artículo queda en su pedido.',
    refunded: 'Ya es tarde: la compra se pagó y se reembolsará el artículo.',
    toShop: 'Ya es tarde: la compra se pagó.',
    open: 'Ya es tarde: la compra se pagó.',
  },
  gone: 'Este artículo ya no forma parte del pedido.',
  failed: 'Su respuesta no se envió. Elija de nuevo.',
  unconfirmed:
    'No sabemos si su respuesta llegó. Elija de nuevo en un minuto o escríbale a su comprador.',
  offerChanged: 'Su comprador ahora le ofrece otro artículo. Elija de nuevo.',
  otherOffer: 'Su comprador acababa de cambiar la propuesta. Su respuesta se aplicó a esta.',
  slowDown: 'Demasiadas respuestas a la vez. Elija de nuevo en un momento.',
  linkOver: 'Este enlace ya no funciona, así que su respuesta no se envió.',
  announce: {
    asked: (ordered, offered) =>
      `Se necesita su respuesta. ${ordered}: ¿aceptar ${offered} en su lugar o pedir un reembolso?`,
    undoable: (text) => `${text} Puede deshacerlo durante cinco segundos.`,
  },
};
