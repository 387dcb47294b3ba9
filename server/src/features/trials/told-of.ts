import type { Trial } from '@hub/contract/trials';
import type { StoredTrial } from './trials-queries.ts';

/** What the contract names, without the days that only statuses tell. */
export const toldOf = ({ lines, ...terms }: StoredTrial): Trial => ({
  ...terms,
  lines: lines.map(({ product, ordered, assigned }) => ({ product, ordered, assigned })),
});
