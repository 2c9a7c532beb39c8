import { expect, test } from 'vitest';
import { parseOrderMessages } from '@/lib/server/connect/schema';
import { composeBody, edit } from '@/tests/support/connect-answer';
import { CONNECT_FIELDS, type FieldFaults } from '@/lib/server/observability/vocabulary';

// The documented response with each single field damaged, and with each pair of fields.

/** Every field of the documented response, with the part of the order that is lost without it. */
const documentedFields = {
  chat_messages: 'all',
  lifecycle_messages: 'all',
  metadata: 'all',
  'metadata.customer': 'nothing',
  'metadata.customer.id': 'nothing',
  'metadata.customer.display_name': 'nothing',
  'metadata.customer.avatar_url': 'nothing',
  'metadata.current_shopper': 'nothing',
  'metadata.current_shopper.id': 'nothing',
  'metadata.current_shopper.display_name': 'nothing',
  'metadata.current_shopper.avatar_url': 'nothing',
  'metadata.shoppers': 'nothing',
  'metadata.shoppers.0': 'nothing',
  'metadata.shoppers.0.id': 'nothing',
  'metadata.shoppers.0.display_name': 'nothing',
  'metadata.shoppers.0.avatar_url': 'nothing',
  'metadata.is_expired': 'nothing',
  'chat_messages.0': 'a message',
  'chat_messages.0.id': 'nothing',
  'chat_messages.0.order_id': 'nothing',
  'chat_messages.0.created_at': 'a message',
  'chat_messages.0.recipient_id': 'nothing',
  'chat_messages.0.recipient_type': 'nothing',
  'chat_messages.0.sender_id': 'nothing',
  'chat_messages.0.sender_type': 'nothing',
  'chat_messages.0.read': 'nothing',
  'chat_messages.0.read_at': 'nothing',
  'chat_messages.0.image': 'nothing',
  'chat_messages.1.body': 'a message',
  'lifecycle_messages.0': 'a notice',
  'lifecycle_messages.0.notification_id': 'nothing',
  'lifecycle_messages.0.medium': 'nothing',
  'lifecycle_messages.0.created_at': 'nothing',
  'lifecycle_messages.0.sent_at': 'nothing',
  'lifecycle_messages.0.delivered_at': 'nothing',
  'lifecycle_messages.0.body': 'a notice',
  'lifecycle_messages.0.image': 'nothing',
} as const;
type DocumentedField = keyof typeof documentedFields;
const paths = Object.keys(documentedFields) as DocumentedField[];
// The order does not need these fields, so no value of them is a fault.
const UNREAD = /order_id|recipient_|sent_at|delivered_at|customer\.id$/;
const OPTIONAL = /avatar_url|image|read_at|current_shopper$/;

type Damage = { name: string; apply: (parent: object, field: string) => void };
const damages: Damage[] = [
  { name: 'removed', apply: Reflect.deleteProperty },
  ...[null, 1.5, { x: 1 }, [], 'nonsense that is no id, no time and no kind', false].map(
    (value) => ({
      name: JSON.stringify(value),
      apply: (parent: object, field: string) => void Reflect.set(parent, field, value),
    }),
  ),
];

const isList = (path: string) => /^(?:chat|lifecycle)_messages$|shoppers$/.test(path);

/** Whether the damage leaves a valid value in the field. */
function fits(path: string, { name }: Damage): boolean {
  if (isList(path)) return name === '[]';
  if (/display_name|body|medium|avatar_url|image|sender_type$/.test(path))
    return name.startsWith('"');
  return /read$|is_expired$/.test(path) && name === 'false';
}

function damage(body: unknown, path: string, { apply }: Damage): unknown {
  // An earlier damage may have removed the parent.
  try {
    return edit(body, path, apply);
  } catch {
    return body;
  }
}

function isLost(path: DocumentedField, how: Damage): boolean {
  if (documentedFields[path] !== 'all' || fits(path, how)) return false;
  return path === 'metadata' ? how.name !== '{"x":1}' : how.name !== 'null';
}

const single = paths.flatMap((path) => damages.map((how) => [path, how] as const));

test.each(single.map(([path, how]) => [path, how.name, how] as const))(
  'with %s %s, the rest of the order is parsed, and the field is counted by name',
  (path, _, how) => {
    const faults: FieldFaults = new Map();
    const parsed = parseOrderMessages(damage(composeBody(), path, how), faults);
    const field = path.replace(/\.\d/g, '');
    const isOptionalMissing = OPTIONAL.test(path) && /removed|null/.test(how.name);
    const isRemovedRow = /\.0$/.test(path) && how.name === 'removed';
    const isFault = !UNREAD.test(path) && !isOptionalMissing && !fits(path, how);
    const isEmptyRow =
      /\.0$|metadata$|customer$|current_shopper$/.test(path) && how.name === '{"x":1}';
    if (isFault && !isEmptyRow && !isRemovedRow) expect([...faults.keys()]).toEqual([field]);
    if (!isFault) expect(faults.size).toBe(0);
    for (const name of faults.keys()) expect(CONNECT_FIELDS).toContain(name);
    if (isLost(path, how)) return expect(parsed).toBeUndefined();
    const lost = documentedFields[path];
    const isDropped = isFault && documentedFields[path] !== 'all';
    const emptied = (list: string) => path === list && /null|\[\]/.test(how.name);
    expect(parsed?.chatMessages).toHaveLength(
      emptied('chat_messages') ? 0 : isDropped && lost === 'a message' ? 1 : 2,
    );
    expect(parsed?.lifecycleMessages).toHaveLength(
      emptied('lifecycle_messages') ? 0 : isDropped && lost === 'a notice' ? 1 : 2,
    );
  },
);

test('with any two fields damaged, the rest of the order is parsed', () => {
  for (const [path, how] of single)
    for (const [other, otherHow] of single) {
      if (other === path || isLost(path, how) || isLost(other, otherHow)) continue;
      const faults: FieldFaults = new Map();
      const parsed = parseOrderMessages(
        damage(damage(composeBody(), path, how), other, otherHow),
        faults,
      );
      if (!parsed) throw new Error(`${path} ${how.name}, ${other} ${otherHow.name}`);
    }
}, 120_000);
