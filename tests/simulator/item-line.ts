/** A product of Connect's answers. `quantity` is text there; other JSON values are for tests of faults. */
export type Product = { name: unknown; image?: string; quantity?: unknown; unit?: unknown };

/** A line of an order. `status` and `replacementStatus` are any JSON value, so that tests can use undocumented ones. */
export type ItemLine = {
  id: unknown;
  product: Product;
  status?: unknown;
  replacementStatus?: unknown;
  replacement?: Product;
  /** Fields that are removed from the line in the answer. */
  without?: string[];
  /** Further fields of the line. */
  extra?: Record<string, unknown>;
};

export type ItemChanges = Omit<Partial<ItemLine>, 'id'>;
