import type { InvalidReason } from '@hub/contract/errors';
import type { z } from 'zod';
import { HubError } from '../hub-error.ts';

type Issue = z.core.$ZodIssue;

/** All that the contract's schema says against a part of the request, in English for programs; of the first field also what the page needs for words of its own. */
export function invalidRequest(part: string, error: z.ZodError, given: unknown): HubError {
  const issues = error.issues
    .map((issue) => `${[part, ...issue.path.map(String)].join('.')}: ${issue.message}`)
    .join('; ');
  const [first] = error.issues;
  return new HubError('invalid_request', { issues, ...(first === undefined ? {} : factsOf(first, given)) });
}

/** The same for one field that a rule of ours refuses. */
export const refusedField = (part: string, field: string, why: InvalidReason, issue: string): HubError =>
  new HubError('invalid_request', { issues: `${part}.${field}: ${issue}`, field, why });

function factsOf(issue: Issue, given: unknown): { field: string; why: InvalidReason; limit?: number } | object {
  const field = issue.path.map(String).join('.');
  // The whole body or query is wrong: no field is to be named.
  if (field === '') return {};
  const reason = reasonOf(issue, valueAt(given, issue.path));
  return { field, ...reason };
}

function reasonOf(issue: Issue, value: unknown): { why: InvalidReason; limit?: number } {
  if (value === undefined || value === null) return { why: 'missing' };
  if (issue.code === 'too_big') return { why: 'above', limit: Number(issue.maximum) };
  if (issue.code === 'too_small')
    return isBlank(value) ? { why: 'missing' } : { why: 'below', limit: Number(issue.minimum) };
  return { why: issue.code === 'invalid_value' ? 'not_listed' : 'unreadable' };
}

/** Texts are trimmed before they are measured. */
const isBlank = (value: unknown): boolean => typeof value === 'string' && value.trim() === '';

function valueAt(given: unknown, path: Issue['path']): unknown {
  return path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
    given,
  );
}
