import { expect, test } from 'vitest';
import { z } from 'zod';
import { unknownKeys } from './unknown-keys.ts';

const Body = z
  .object({
    name: z.string().optional(),
    contact: z.object({ email: z.string() }).nullable().optional(),
    lines: z.array(z.object({ text: z.string() })).default([]),
    who: z.union([z.object({ ids: z.array(z.string()) }), z.object({ filter: z.string() })]).optional(),
    data: z.record(z.string(), z.string()).optional(),
  })
  .superRefine(() => undefined)
  .transform((body) => body);

test.each<[unknown, string[]]>([
  [{ name: 'x', contact: { email: 'a' }, lines: [{ text: 'b' }], who: { filter: 'c' }, data: { any: 'd' } }, []],
  [{ contact: null, who: { ids: ['a'] } }, []],
  [{ nam: 'x', contact: { email: 'a', phone: '1' } }, ['nam', 'contact.phone']],
  [{ lines: [{ text: 'a' }, { text: 'b', bold: true }] }, ['lines.1.bold']],
  [{ who: { filter: 'c', ids: 1 } }, ['who.ids']],
  [JSON.parse('{"__proto__": {"a": 1}, "constructor": 1}'), ['__proto__', 'constructor']],
  ['text', []],
])('%j has the unknown keys %j', (value, keys) => {
  expect(unknownKeys(Body, value)).toEqual(keys);
});
