import { Button } from '@mantine/core';
import type { Feed } from '@hub/contract/calling-usage';
import { useText } from '../../lib/i18n.ts';
import { useIsPhone } from '../../lib/media.ts';
import { Glyph } from '../../ui/glyph.tsx';
import { measureName, measuresOf } from './measure-words.ts';

/** Says why columns are empty: their feed was not imported. An empty cell is no zero. On a phone the columns are folded away. */
export function MissingFeeds({
  missing,
  hidden = [],
  onHide,
}: {
  missing: readonly Feed[];
  hidden?: readonly string[];
  /** Absent where no column can be hidden. */
  onHide?: (keys: string[]) => void;
}) {
  const { t, f } = useText();
  const isPhone = useIsPhone();
  const shown = missing
    .map((feed) => ({ feed, keys: measuresOf(feed).filter((key) => !hidden.includes(key)) }))
    .filter(({ keys }) => keys.length > 0);
  if (shown.length === 0) return null;
  const sentences = (
    <ul className="missing">
      {shown.map(({ feed, keys }) => (
        <li key={feed}>
          <Glyph name="dotted" />
          <span className="grow">
            {t(`usage.missing.${feed}`, {
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
  const feeds = f.list(shown.map(({ feed }) => t(`usage.feed.${feed}`)));
  return (
    <details className="missing-folded">
      <summary>{t('usage.missing', { feeds })}</summary>
      {sentences}
    </details>
  );
}
