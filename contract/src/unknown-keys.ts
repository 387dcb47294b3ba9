import { z } from 'zod';

/**
 * The paths of what a request holds and its schema does not name, such as "assign" or "contact.phon". Parsing would drop it without a word, and
 * whoever mistyped it would believe that it was done.
 */
export function unknownKeys(schema: z.core.$ZodType, value: unknown, path = ''): string[] {
  const inner = unwrapped(schema);
  if (inner instanceof z.ZodArray && Array.isArray(value))
    return value.flatMap((item, index) => unknownKeys(inner.element, item, `${path}${index}.`));
  if (inner instanceof z.ZodUnion) {
    const fitting = inner.options.find((option) => z.safeParse(option, value).success);
    return fitting === undefined ? [] : unknownKeys(fitting, value, path);
  }
  if (!(inner instanceof z.ZodObject) || typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  const shape: Record<string, z.core.$ZodType> = inner.shape;
  return Object.entries(value).flatMap(([key, part]) => {
    const known = Object.hasOwn(shape, key) ? shape[key] : undefined;
    return known === undefined ? [`${path}${key}`] : unknownKeys(known, part, `${path}${key}.`);
  });
}

/** Without what says only whether it may be missing, and before what is made of it. */
function unwrapped(schema: z.core.$ZodType): z.core.$ZodType {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault)
    return unwrapped(schema.unwrap());
  if (schema instanceof z.ZodPipe) return unwrapped(schema.in);
  return schema;
}
