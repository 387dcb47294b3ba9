import { clockOnly } from './clock-only.ts';
import { noBarrels } from './no-barrels.ts';
import { sqlInItsPlace } from './sql-in-its-place.ts';
import { verbAsks, verbAudits } from './verbs.ts';

/** The rules of this house as a plugin of oxlint. */
export default {
  meta: { name: 'hub' },
  rules: {
    'verb-asks': verbAsks,
    'verb-audits': verbAudits,
    'clock-only': clockOnly,
    'sql-in-its-place': sqlInItsPlace,
    'no-barrels': noBarrels,
  },
};
