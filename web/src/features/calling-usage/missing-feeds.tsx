import { Button } from '@mantine/core';
import type { Feed } from '@hub/contract/calling-usage';
import { useText } from '../../lib/i18n.ts';
import { useIsPhone } from '../../lib/media.ts';
import { Glyph } from '../../ui/glyph.tsx';
import { measureName, measuresOf } from './measure-words.ts';

/** Says why columns are empty: their feed was not imported, or they are not computed from it yet. An empty cell is no zero. On a phone the columns are folded away. */
export function MissingFeeds({
  missing,
  unused,
  hidden = [],
  onHide,
}: {
  missing: readonly Feed[];
  unused: readonly Feed[];
  hidden?: readonly string[];
  /** Absent where no column can be hidden. */
  onHide?: (keys: string[]) => void;
}) {
  const { t, f } = useText();
  const isPhone = useIsPhone();
  const shown = [
    ...missing.map((feed) => ({ feed, why: 'missing' as const })),
    ...unused.map((feed) => ({ feed, why: 'unused' as const })),
  ]
    .map((entry) => ({ ...entry, keys: measuresOf(entry.feed).filter((key) => !hidden.includes(key)) }))
    .filter(({ keys }) => keys.length > 0);
  if (shown.length === 0) return null;
  const sentences = (
    <ul className="missing">
      {shown.map(({ feed, why, keys }) => (
        <li key={feed}>
          <Glyph name="dotted" />
          <span className="grow">
            {t(`usage.${why}.${feed}`, {
              columns: f.list(keys.map((key) => t('common.quoted', { name: measureName(key, t) }))),
            })}
          </span>
          {onHide === undefined ? null : (
            <Button variant="subtle" onClick={() => onHide(keys)}>
              {t('usage.missing.hide')}
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
  if (!isPhone) return sentences;
  const summaries = (['missing', 'unused'] as const).flatMap((why) => {
    const feeds = shown.filter((entry) => entry.why === why).map(({ feed }) => t(`usage.feed.${feed}`));
    return feeds.length === 0 ? [] : [t(`usage.${why}`, { feeds: f.list(feeds) })];
  });
  return (
    <details className="missing-folded">
      <summary>{summaries.join('. ')}</summary>
      {sentences}
    </details>
  );
}
