import { type RegionCode, regionLabels } from '@hub/contract/regions';
import { useQuery } from '@tanstack/react-query';
import { useText } from '../../lib/i18n.ts';
import { Glyph, type GlyphName } from '../../ui/glyph.tsx';
import { headerQuery } from './queries.ts';
import type { ReconciliationSearch } from './search.ts';

/** What the numbers leave out: who is silent, what is billed of a period that is over, and whose assignment is not known. */
export function HeaderNotes({ region, search }: { region: RegionCode | 'all'; search: ReconciliationSearch }) {
  const { t, f } = useText();
  const { data, isPlaceholderData } = useQuery(headerQuery(region, search));
  if (data === undefined || isPlaceholderData) return null;
  const { lines, ofEndedPeriods, withoutAssigned } = data;
  const silent = data.regions.filter(({ hasAnswered }) => !hasAnswered).map((one) => regionLabels[one.region]);
  const notes: [GlyphName, string][] = [];
  if (silent.length > 0) notes.push(['late', t('region.silent', { regions: f.list(silent) })]);
  if (ofEndedPeriods > 0) notes.push(['late', t('reconciliation.note.ended', { count: ofEndedPeriods, all: lines })]);
  if (withoutAssigned > 0)
    notes.push(['dotted', t('reconciliation.note.withoutAssigned', { count: withoutAssigned, all: lines })]);
  if (notes.length === 0) return null;
  return (
    <ul className="answer-notes">
      {notes.map(([glyph, text]) => (
        <li key={text}>
          <Glyph name={glyph} />
          {text}
        </li>
      ))}
    </ul>
  );
}
