import type { PickupCopy } from '@/lib/order/copy/en-US/pickup';

const colors = {
  black: 'Negro',
  blue: 'Azul',
  brown: 'Café',
  gray: 'Gris',
  green: 'Verde',
  yellow: 'Amarillo',
  orange: 'Naranja',
  red: 'Rojo',
  silver: 'Plateado',
  white: 'Blanco',
};

/** The nouns of the kinds; all but "camioneta" and "minivan" are masculine. */
const nouns = {
  hatchback: 'Hatchback',
  minivan: 'Minivan',
  sedan: 'Sedán',
  suv: 'SUV',
  truck: 'Camioneta',
  other: 'Auto',
};

const cannotReport = 'No pudimos avisarle a la tienda que usted llegó.';

function toAdjective(color: keyof typeof colors, kind: keyof typeof nouns): string {
  const adjective = colors[color].toLowerCase();
  return kind === 'truck' || kind === 'minivan' ? adjective.replace(/o$/, 'a') : adjective;
}

export const pickupCopy: PickupCopy = {
  arrival: {
    button: 'Ya llegué',
    sending: 'Avisando a la tienda…',
    result: 'La tienda sabe que usted llegó.',
    nextSteps: {
      curbside: 'Quédese en su auto, a menos que la tienda le pida entrar.',
      locker: 'Vaya a los casilleros para recoger su pedido.',
      in_store: 'Entre y vaya al mostrador de pedidos.',
    },
    followInstructions: 'Siga los pasos de “Cómo recoger su pedido”.',
    waitForUpdates: 'La próxima novedad aparecerá en esta página.',
    failures: {
      not_ready: 'Su pedido aún no está listo. Intente de nuevo en unos minutos.',
      offline: 'No tiene conexión, así que es posible que la tienda aún no sepa que usted llegó.',
      unconfirmed:
        'No pudimos confirmar que la tienda sepa que usted llegó. Intente de nuevo en un minuto o comuníquese con la tienda.',
      unavailable: `${cannotReport} Intente de nuevo o comuníquese con la tienda.`,
      invalid: `${cannotReport} Intente de nuevo o comuníquese con la tienda.`,
      slow_down:
        'Demasiados intentos. Espere un minuto e intente de nuevo, o comuníquese con la tienda.',
      refused:
        'Con este enlace no se le puede avisar a la tienda que usted llegó. Comuníquese con la tienda.',
    },
  },
  instructions: {
    section: 'Recoger',
    title: 'Cómo recoger su pedido',
    none: 'La tienda aún no ha dado instrucciones.',
    kinds: { curbside: 'En el auto', locker: 'Casillero', in_store: 'En la tienda' },
    photo: 'foto del lugar donde se recoge el pedido',
  },
  vehicle: {
    title: 'Su auto',
    hint: 'Ayuda a la tienda a encontrarle.',
    add: 'Agregar su auto',
    change: 'Editar',
    changeLabel: 'Editar los datos de su auto',
    model: 'Marca y modelo',
    kind: 'Tipo',
    color: 'Color',
    plate: 'Número de placa',
    choose: 'Elegir',
    colors,
    kinds: { ...nouns, other: 'Otro' },
    withColor: (color, kind = 'other') => `${nouns[kind]} ${toAdjective(color, kind)}`,
    unnamed: 'Auto',
    save: 'Guardar',
    saving: 'Guardando…',
    cancel: 'Cancelar',
    saved: 'Los datos de su auto se guardaron.',
    kept: 'Los datos de su auto se guardaron. Los campos que dejó vacíos conservan su valor anterior.',
    empty: 'Llene al menos un campo.',
    failures: {
      not_ready: 'Los datos de su auto no se pueden guardar para este pedido.',
      offline:
        'No tiene conexión, así que es posible que los datos de su auto no se hayan guardado. Guárdelos otra vez cuando vuelva la conexión.',
      unconfirmed:
        'No pudimos confirmar que los datos de su auto se hayan guardado. Puede guardarlos otra vez.',
      unavailable: 'Los datos de su auto no se pudieron guardar. Intente de nuevo.',
      invalid: 'La tienda no acepta estos datos. Revíselos.',
      slow_down: 'Demasiados intentos. Espere un minuto y guarde de nuevo.',
      refused:
        'Con este enlace no se puede cambiar el pedido, así que los datos de su auto no se guardaron.',
    },
  },
};
