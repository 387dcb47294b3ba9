import type { AuditEvent } from '@hub/contract/audit';

type Json = AuditEvent['before'];

export interface Change {
  /** customer.name, scopes[2]; empty: the value itself. */
  field: string;
  /** Empty where there was nothing. */
  before: string;
  after: string;
  isChanged: boolean;
}

/** Before and after field by field, in the order in which they were written: first what changed. What is empty on both sides is left out. */
export function changesOf(earlier: Json, later: Json): Change[] {
  const was = fieldsOf(earlier);
  const is = fieldsOf(later);
  const hasBoth = earlier !== null && later !== null;
  const changes = [...new Set([...was.keys(), ...is.keys()])].map((field) => {
    const before = was.get(field) ?? '';
    const after = is.get(field) ?? '';
    return { field, before, after, isChanged: hasBoth && before !== after };
  });
  return changes.filter(hasValue).toSorted((a, b) => Number(b.isChanged) - Number(a.isChanged));
}

const hasValue = ({ before, after }: Change): boolean => before !== '' || after !== '';

function fieldsOf(value: Json, path = '', fields = new Map<string, string>()): Map<string, string> {
  if (value === null) {
    if (path !== '') fields.set(path, '');
  } else if (Array.isArray(value) && value.every((item) => typeof item !== 'object')) {
    fields.set(path, value.join(', '));
  } else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) fieldsOf(item, `${path}[${index + 1}]`, fields);
  } else if (typeof value === 'object') {
    for (const [name, item] of Object.entries(value)) fieldsOf(item, path === '' ? name : `${path}.${name}`, fields);
  } else {
    fields.set(path, String(value));
  }
  return fields;
}
