import { z } from 'zod';
import { StatusWindows } from './customer-statuses.ts';
import { endpoint } from './endpoint.ts';

/** An IANA zone that this machine knows. */
export const TimeZone = z.string().max(60).refine(isTimeZone, 'It is no time zone, such as Europe/Sofia.');

function isTimeZone(name: string): boolean {
  if (/^[+-]/.test(name)) return false; // an offset is no zone: it knows no summer
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** What decides statuses beside the facts: the windows, and the zone whose calendar says which day it is. */
export const StatusPolicy = StatusWindows.extend({ timeZone: TimeZone });
export type StatusPolicy = z.infer<typeof StatusPolicy>;

export const getStatusPolicy = endpoint({
  method: 'GET',
  path: '/api/status-policy',
  permission: 'customers.read',
  summary: 'The partner’s windows and time zone for statuses.',
  reply: StatusPolicy,
  errors: [],
});

export const changeStatusPolicy = endpoint({
  method: 'PUT',
  path: '/api/status-policy',
  permission: 'partner.write',
  summary: 'Changes the windows and the time zone. Every customer’s statuses follow within moments.',
  body: StatusPolicy,
  reply: StatusPolicy,
  errors: [],
});
