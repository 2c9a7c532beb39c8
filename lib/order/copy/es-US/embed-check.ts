import type { CheckCopy } from '@/lib/order/copy/en-US/embed-check';

export const checkCopy: CheckCopy = {
  title: 'Verificación de la integración',
  intro: 'Diagnóstico para desarrolladores. No muestra datos de pedidos.',
  verdicts: { ok: 'OK', note: 'Nota', problem: 'Problema' },
  frame: {
    subject: 'Marco',
    framed: 'Esta página está en un marco y los scripts funcionan en él.',
    notFramed:
      'Esta página no está en un marco. Ponga <order-status check></order-status> donde debe ir el pedido.',
  },
  origin: {
    subject: 'Origen del sitio anfitrión',
    unknown: 'Este navegador no informa qué sitio contiene el marco. Con embed.js se sabría.',
    allowed: (origins) => `${origins}: permitido por EMBED_ORIGINS.`,
    missing: (origins) =>
      `Falta en EMBED_ORIGINS: ${origins}. Los pedidos no se mostrarán aquí hasta que se agregue cada origen.`,
  },
  handshake: {
    subject: 'Conexión con embed.js',
    none: 'Aún no hay mensajes. Un <iframe> simple también funciona, con su propia altura y sin eventos.',
    done: (origin, theme, locale) => `Versión 1 con ${origin}: tema ${theme}, idioma ${locale}.`,
    customersLocale: 'del cliente',
  },
  height: {
    subject: 'Altura',
    auto: 'auto: el marco sigue su contenido.',
    fixed: 'fixed: la conversación se desplaza dentro del marco.',
    own: 'fijada por su página: la conversación se desplaza dentro de ella.',
  },
  server: {
    subject: 'Servidor',
    asking: 'Esperando una respuesta…',
    answers: 'Responde desde el marco.',
    silent: 'No responde desde el marco.',
  },
  storage: {
    subject: 'Almacenamiento',
    available: 'Disponible, y no se usa.',
    blocked: 'Bloqueado por el navegador. No es necesario.',
  },
  cookies: {
    subject: 'Cookies',
    available: 'Disponibles, y no se usan.',
    blocked: 'Bloqueadas por el navegador. No son necesarias.',
  },
  violations: {
    subject: 'Infracciones de la política en el marco',
    none: 'Ninguna. Las de su propia página están en la consola de esta.',
  },
  size: {
    subject: 'Tamaño',
    pixels: (width, height) => `${width} × ${height} píxeles CSS.`,
  },
};
