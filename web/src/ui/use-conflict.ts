import { useState } from 'react';
import type { FieldValues, UseFormReturn } from 'react-hook-form';
import { ApiError } from '../lib/api.ts';

/** A field of a form as it is compared and told: what belongs together is one. */
export interface ConflictField<V> {
  label: string;
  names: readonly (keyof V & string)[];
  text: (values: V) => string;
}

export interface Conflict<V> {
  mine: V;
  theirs: V;
  fields: readonly ConflictField<V>[];
}

interface Seen<V> {
  values: V;
  version: number;
}

export function isChangedMeanwhile(error: unknown): boolean {
  return error instanceof ApiError && error.problem?.code === 'changed_meanwhile';
}

/**
 * Two people change the same thing: the second is told which fields the first has changed, and to what. Fields that the second left
 * alone take the new value; where both typed, what the second typed stays until they choose.
 */
export function useConflict<V extends FieldValues>(
  form: UseFormReturn<V>,
  opened: Seen<V>,
  fields: readonly ConflictField<V>[],
) {
  const [seen, setSeen] = useState(opened);
  const [conflict, setConflict] = useState<Conflict<V> | null>(null);
  const set = (field: ConflictField<V>, from: V) => {
    for (const name of field.names) setValueOf(form, name, from[name]);
  };
  return {
    /** The version that the next attempt says it has seen. */
    version: seen.version,
    conflict,
    set,
    meet: (theirs: Seen<V>) => {
      const mine = form.getValues();
      const changed = fields.filter((field) => !isSame(field, theirs.values, seen.values));
      for (const field of changed) if (isSame(field, mine, seen.values)) set(field, theirs.values);
      setConflict({ mine, theirs: theirs.values, fields: changed });
      setSeen(theirs);
    },
  };
}

export function isSame<V>({ names }: ConflictField<V>, left: V, right: V): boolean {
  return names.every((name) => JSON.stringify(left[name]) === JSON.stringify(right[name]));
}

/** The name comes from the form's own values, and so does the value. */
function setValueOf<V extends FieldValues>(form: UseFormReturn<V>, name: keyof V & string, value: unknown): void {
  form.setValue(name as Parameters<typeof form.setValue>[0], value as never, {
    shouldDirty: true,
    shouldValidate: true,
  });
}
