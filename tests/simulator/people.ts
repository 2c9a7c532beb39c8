export type Person = { id: number; name: string; avatar: string };

export const demoUserId = 'demo-customer';
export const customer: Person = { id: 8, name: 'John', avatar: 'john' };

export const shoppers = {
  zelma: { id: 55_655_345, name: 'Zelma', avatar: 'zelma' },
  amida: { id: 55_655_912, name: 'Amida', avatar: 'amida' },
  rosalind: { id: 55_656_204, name: 'Rosalind', avatar: 'rosalind' },
} satisfies Record<string, Person>;

export type ShopperKey = keyof typeof shoppers;

/** Fictitious telephone numbers in every notice by text message. They must never be sent to a browser. */
export const phoneNumbers = { customer: '+14155550142', sender: '+14155550199' };
