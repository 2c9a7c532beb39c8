import { createPlural, formatNumber } from '@/lib/order/copy/intl';
import type { OrderCopy } from '@/lib/order/copy/en-US/order-page';

const LOCALE = 'es-US';
const plural = createPlural<'one' | 'many' | 'other'>(LOCALE);

/** No line ends between a number and its unit. */
const keepTogether = (time: string) => time.replace(/ (?=\d|[ap]\.)/g, '\u00a0');

const isDate = (day: string) => /\d/.test(day);

const newMessages = (n: number) =>
  plural(n, { one: 'mensaje nuevo', many: 'de mensajes nuevos', other: 'mensajes nuevos' });

const cannotShow = 'No podemos mostrar su pedido en este momento';

export const copy: OrderCopy = {
  locale: LOCALE,
  direction: 'ltr',
  title: (store) => (store ? `Estado del pedido · ${store}` : 'Estado del pedido'),
  support: 'Contactar a la tienda',
  loading: 'Cargando su pedido…',
  retryNow: 'Reintentar ahora',
  retryIn: (seconds) =>
    `Nuevo intento en ${plural(seconds, { one: 'segundo', many: 'de segundos', other: 'segundos' })}`,
  retrying: 'Intentando de nuevo…',
  problems: {
    link_invalid: {
      title: 'Este enlace no funciona',
      message:
        'Puede estar incompleto. Ábralo otra vez desde el mensaje de texto que recibió o pida otro enlace a la tienda.',
    },
    link_expired: {
      title: 'Este enlace venció',
      message:
        'Para proteger su privacidad, los enlaces funcionan por un tiempo limitado. Pida uno nuevo a la tienda.',
    },
    order_not_found: {
      title: 'No encontramos este pedido',
      message: 'Es posible que se haya eliminado. La tienda puede darle más información.',
    },
    slow_down: {
      title: 'Un momento',
      message: 'Demasiadas solicitudes. La página lo intentará de nuevo en breve.',
    },
    upstream_invalid: {
      title: cannotShow,
      message: 'Recibimos una respuesta que no podemos leer. Lo estamos intentando de nuevo.',
    },
    upstream_unavailable: {
      title: cannotShow,
      message: 'El servicio de pedidos no responde. Su pedido no se ve afectado.',
    },
    upstream_timeout: {
      title: cannotShow,
      message: 'El servicio de pedidos está tardando demasiado. Su pedido no se ve afectado.',
    },
  },

  today: 'Hoy',
  yesterday: 'Ayer',
  yesterdayAt: (time) => `Ayer, ${time}`,
  justNow: 'hace un momento',
  tomorrow: 'Mañana',
  status: {
    label: 'Estado',
    headlines: {
      received: 'Recibimos su pedido',
      assigned: 'Una persona hará sus compras',
      shopping: 'Estamos haciendo sus compras',
      packing: 'Estamos empacando su pedido',
      prepared: 'Su pedido está empacado',
      collected: 'Su pedido está saliendo de la tienda',
      ready: 'Listo para recoger',
      handing_over: 'La tienda sabe que usted llegó',
      on_the_way: 'Su pedido va en camino',
      done: 'Entregado',
      cancelled: 'Su pedido fue cancelado',
    },
    namedHeadlines: {
      assigned: (name) => `${name} hará sus compras`,
      shopping: (name) => `${name} está haciendo sus compras`,
      packing: (name) => `${name} está empacando su pedido`,
      on_the_way: (name) => `${name} va en camino`,
    },
    pickedUp: 'Recogido',
    nothingYet: 'Recibimos su pedido',
    nothingYetHint: 'La primera novedad aparecerá aquí.',
    notShared: 'El avance no se puede mostrar en este momento.',
    latest: (update) => `Lo último: ${update}`,
    number: (number) => `Pedido ${number}`,
    progress: 'Avance',
    steps: {
      received: 'Recibido',
      shopping: 'Compras',
      packing: 'Empacado',
      prepared: 'Empacado',
      ready: 'Listo',
      on_the_way: 'En camino',
      done: 'Entregado',
    },
    stepDone: 'completado',
    stepNext: 'pendiente',
    checked: (age) => `verificado: ${age}`,
    checkAgain: 'Verificar de nuevo',
  },
  window: {
    arrives: (when) => `Llegada: ${when}`,
    pickup: (when) => `Para recoger: ${when}`,
    pickupUntil: (when) => `Recójalo a más tardar ${when}`,
    late: (when) => `Con retraso. Previsto: ${when}`,
    pickupEnded: (when) => `El horario para recoger terminó ${when}`,
    range: (day, hours) => `${day}, ${keepTogether(hours)}`,
    at: (day, time) =>
      `${isDate(day) ? 'el ' : ''}${day} a ${/^1:/.test(time) ? 'la' : 'las'} ${keepTogether(time)}`,
    messagesUntil: (when) => `Mensajes visibles hasta ${when} aprox.`,
  },
  sections: {
    label: 'Secciones',
    pickup: 'Recoger',
    chat: 'Chat',
    items: 'Artículos',
    updates: 'Novedades',
    count: newMessages,
    decide: (n) => `${formatNumber(n, LOCALE)} por decidir`,
  },
  waiting: {
    title: 'Lo que sigue: una persona se encargará de su pedido',
    hint: 'Recibirá un mensaje de texto cuando empiecen las compras. Entonces podrá escribir aquí.',
  },
  ending: {
    problem: '¿Algún problema con su pedido?',
    cancelled: '¿Preguntas sobre la cancelación?',
    photo: 'Foto de su entrega',
  },
  nothingShown: {
    title: 'Esta tienda no muestra los mensajes',
    message: 'Aquí tampoco se muestran las novedades. La tienda puede decirle cómo va su pedido.',
  },
  updates: {
    label: 'Novedades',
    none: 'Aún no hay novedades.',
    sentBy: (media) => `Enviada por ${media}`,
    photo: (time) => `Foto de la novedad, ${time}`,
    media: {
      sms: 'mensaje de texto',
      push: 'notificación',
      email: 'correo electrónico',
      call: 'llamada telefónica',
      in_app_message: 'mensaje en la aplicación',
    },
    otherMedium: 'otro medio',
  },
  chat: {
    label: 'Mensajes',
    labelWith: (name) => `Mensajes con ${name}`,
    thread: 'Conversación',
    newFromHere: 'Nuevo',
    you: 'Usted',
    someone: 'Su comprador',
    handover: (name) => `${name} ahora se encarga de su pedido`,
    showEarlier: (n) => `Mostrar mensajes anteriores (${formatNumber(n, LOCALE)})`,
    showMore: 'Mostrar todo el mensaje',
    newMessages,
    unreadable: (n) =>
      plural(n, {
        one: 'mensaje no se puede mostrar aquí.',
        many: 'de mensajes no se pueden mostrar aquí.',
        other: 'mensajes no se pueden mostrar aquí.',
      }),
    seen: 'Visto',
    seenAt: (time) => `Visto el ${time}`,
    photoFrom: (name, time) => `Foto de ${name}, ${time}`,
    photoByYou: (time) => `Foto enviada por usted, ${time}`,
    openPhoto: (photo) => `Abrir: ${photo}`,
    photoFailed: 'No se pudo cargar la foto',
    photoWithheld: 'Esta foto no se puede mostrar aquí',
    photoUnsupported: 'El formato de esta foto no se puede mostrar aquí',
    photoRetry: 'Cargar de nuevo',
    photoInNewTab: 'Abrir la foto',
    zoomIn: 'Ampliar',
    zoomOut: 'Reducir',
    close: 'Cerrar',
    noMessagesYet: 'Aún no hay mensajes',
    noMessagesYetHint: 'Los mensajes entre usted y su comprador aparecerán aquí.',
    yourShopper: 'su comprador',
    mayNotAnswer: (name) => `${name} podría no responder mientras conduce.`,
    expired: 'Este chat ya no está disponible',
    expiredHint:
      'Para proteger su privacidad, los mensajes se eliminan 24\u00a0horas después de la entrega o la cancelación de un pedido. Las novedades de su pedido siguen aquí.',
    unavailableHint:
      'Esta tienda no muestra los mensajes con los compradores. Las novedades llegan por mensaje de texto.',
    sharedHint:
      'Este enlace muestra cómo va el pedido. Los mensajes son solo para la persona que hizo el pedido.',
    readOnly: 'Usted está siguiendo este pedido. Solo la persona que lo hizo puede responder.',
  },
  composer: {
    label: 'Mensaje a su comprador',
    labelWith: (name) => `Mensaje a ${name}`,
    placeholder: 'Escriba un mensaje',
    placeholderWith: (name) => `Escríbale a ${name}`,
    offline: 'No tiene conexión. Los mensajes se enviarán cuando vuelva la conexión.',
    behind: 'Hay demoras. Los mensajes pueden tardar más.',
    send: 'Enviar',
    left: (n) =>
      plural(n, {
        one: 'carácter disponible',
        many: 'de caracteres disponibles',
        other: 'caracteres disponibles',
      }),
    over: (n) =>
      plural(n, {
        one: 'carácter de más',
        many: 'de caracteres de más',
        other: 'caracteres de más',
      }),
    tooLong: 'El mensaje es demasiado largo',
    quickRepliesLabel: 'Respuestas rápidas',
    quickReplies: [
      'Sí, está bien',
      'No, prefiero el reembolso',
      'Lo que a usted le parezca mejor',
      'Llámeme, por favor',
      '¡Gracias!',
    ],
    closed:
      'Este chat no acepta mensajes en este momento. Puede responder al mensaje de texto de su comprador.',
  },
  delivery: {
    queued: 'Pendiente de envío',
    sending: 'Enviando…',
    sent: 'Enviado',
    failed: 'No enviado.',
    tooMany: 'No enviado: demasiados mensajes a la vez.',
    unconfirmed: 'Sin confirmar: es posible que haya llegado.',
    tryAgain: 'Intentar de nuevo',
    sendAgain: 'Enviar de nuevo',
    remove: 'Borrar',
  },
  connection: {
    offline: 'No tiene conexión.',
    reconnecting: 'Reconectando',
  },
  announce: {
    message: (name, body) => `${name}: ${body}`,
    withPhoto: (message) => `${message} (con una foto)`,
    photo: (name) => `${name} envió una foto`,
    messages: newMessages,
    update: (body) => `Novedad: ${body}`,
    updates: (n) => plural(n, { one: 'novedad', many: 'de novedades', other: 'novedades' }),
    expired: 'Se eliminaron los mensajes de este pedido.',
    late: 'Su pedido está retrasado',
    sent: 'Mensaje enviado',
    failed: 'Mensaje no enviado',
    unconfirmed: 'Envío sin confirmar',
  },
};
