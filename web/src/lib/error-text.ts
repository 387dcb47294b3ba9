import type { Problem } from '@hub/contract/errors';
import { Product, productNames } from '@hub/contract/products';
import { type RegionCode, regionLabels } from '@hub/contract/regions';
import { ApiError } from './api.ts';
import type { Format } from './format.ts';
import type { Translate, Values } from './i18n.ts';

const regionNames = new Set(['region', 'customerRegion']);
const byteNames: Partial<Record<Problem['code'], readonly string[]>> = {
  import_too_large: ['bytes', 'limit'],
  import_disk_full: ['needed', 'free'],
  import_interrupted: ['bytes'],
  import_archive_too_large: ['limit'],
  idempotency_key_reused: ['bytes'],
  upload_past_end: ['bytes'],
  upload_incomplete: ['offset', 'bytes'],
};

/** A refusal in the person's language, from its code and data. */
export function problemText(problem: Pick<Problem, 'code' | 'data'>, t: Translate, f: Format): string {
  const bytes = byteNames[problem.code] ?? [];
  // A select without its argument would say nothing.
  const values: Values = problem.code === 'invalid_request' ? { why: 'none' } : {};
  for (const [name, value] of Object.entries(problem.data)) {
    if (bytes.includes(name)) values[name] = f.bytes(Number(value));
    else if (regionNames.has(name)) values[name] = regionLabel(String(value));
    else if (name === 'product') values[name] = productName(String(value));
    else values[name] = value;
  }
  return t(`error.${problem.code}`, values);
}

/** Whatever was thrown, as a sentence. */
export function errorText(error: unknown, t: Translate, f: Format): string {
  if (!(error instanceof ApiError)) return t('error.internal');
  if (error.problem !== null) return problemText(error.problem, t, f);
  return error.status === 0 ? t('error.offline') : t('error.notHub', { status: error.status });
}

export function trackingIdOf(error: unknown): string | null {
  return error instanceof ApiError ? (error.problem?.trackingId ?? null) : null;
}

function regionLabel(value: string): string {
  return value in regionLabels ? regionLabels[value as RegionCode] : value;
}

function productName(value: string): string {
  const product = Product.safeParse(value).data;
  return product === undefined ? value : productNames[product];
}
