// Copy of the pickup: the arrival, the instructions and the customer's vehicle. The page loads it after its first view.

import type { PickupKind, Vehicle } from '@/lib/order/pickup';

const colors: Record<NonNullable<Vehicle['color']>, string> = {
  black: 'Black',
  blue: 'Blue',
  brown: 'Brown',
  gray: 'Gray',
  green: 'Green',
  yellow: 'Yellow',
  orange: 'Orange',
  red: 'Red',
  silver: 'Silver',
  white: 'White',
};

const kinds: Record<NonNullable<Vehicle['kind']>, string> = {
  hatchback: 'Hatchback',
  minivan: 'Minivan',
  sedan: 'Sedan',
  suv: 'SUV',
  truck: 'Truck',
  other: 'Other',
};

/** Names of the kinds within a sentence. */
const nouns: Record<NonNullable<Vehicle['kind']>, string> = {
  hatchback: 'hatchback',
  minivan: 'minivan',
  sedan: 'sedan',
  suv: 'SUV',
  truck: 'truck',
  other: 'car',
};

const nextSteps: Record<PickupKind, string> = {
  curbside: 'Stay in your car unless an update asks you inside.',
  locker: 'Go to the lockers to collect your order.',
  in_store: 'Go inside to the pickup desk.',
};

export const pickupCopy = {
  arrival: {
    button: 'I have arrived',
    sending: 'Telling the store…',
    result: 'The store knows you are here.',
    nextSteps,
    /** The next step if the instructions are of several kinds. */
    followInstructions: 'Follow the steps under “How to pick up”.',
    /** The next step if there are no instructions. */
    waitForUpdates: 'The next update will appear on this page.',
    failures: {
      not_ready: 'Your order is not ready yet. Please try again in a few minutes.',
      offline: 'You are offline, so the store may not know yet that you are here.',
      unconfirmed:
        'We could not confirm that the store knows you are here. Try again in a minute, or contact the store.',
      unavailable:
        'We could not tell the store that you are here. Try again, or contact the store.',
      invalid: 'We could not tell the store that you are here. Try again, or contact the store.',
      slow_down: 'Too many attempts. Wait a minute and try again, or contact the store.',
      refused: 'This link cannot tell the store that you are here. Please contact the store.',
    },
  },
  instructions: {
    section: 'Pickup',
    title: 'How to pick up',
    none: 'No instructions from the store yet.',
    kinds: { curbside: 'Curbside', locker: 'Locker', in_store: 'In store' } satisfies Record<
      PickupKind,
      string
    >,
    /** Describes a picture without a description of its own. */
    photo: 'picture of the pickup place',
  },
  vehicle: {
    title: 'Your car',
    hint: 'It helps the store find you.',
    add: 'Add your car',
    change: 'Change',
    changeLabel: 'Change your car',
    model: 'Make and model',
    kind: 'Type',
    color: 'Color',
    plate: 'License plate',
    choose: 'Choose',
    colors,
    kinds,
    withColor: (color: NonNullable<Vehicle['color']>, kind: Vehicle['kind']) =>
      `${colors[color]} ${nouns[kind ?? 'other']}`,
    unnamed: 'Car',
    save: 'Save',
    saving: 'Saving…',
    cancel: 'Cancel',
    saved: 'Your car is saved.',
    kept: 'Your car is saved. Fields that you left empty keep their earlier value.',
    empty: 'Fill in at least one field.',
    failures: {
      not_ready: 'Your car cannot be saved for this order.',
      offline: 'You are offline, so your car may not be saved. Save it again when you are back.',
      unconfirmed: 'We could not confirm that your car was saved. You can save it again.',
      unavailable: 'Your car could not be saved. Please try again.',
      invalid: 'The store does not accept these details. Please check them.',
      slow_down: 'Too many attempts. Wait a minute, then save again.',
      refused: 'This link cannot change the order, so your car was not saved.',
    },
  },
};

export type PickupCopy = typeof pickupCopy;
