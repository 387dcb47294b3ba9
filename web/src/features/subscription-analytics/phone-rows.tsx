import { Button } from '@mantine/core';
import type { Section } from '@hub/contract/subscription-metrics';
import { useState } from 'react';
import { sumsText, type Words } from './row-columns.tsx';
import type { Item } from './row-items.ts';
import { RowLines } from './row-lines.tsx';

const step = 10; // five tables share a small window

/** The rows of a section on a phone, some at a time: the next section is not far. */
export function PhoneRows({
  section,
  name,
  items,
  words,
  hasMore,
  isBusy,
  onMore,
}: {
  section: Section;
  name: string;
  items: readonly Item[];
  words: Words;
  hasMore: boolean;
  isBusy: boolean;
  onMore: () => void;
}) {
  const { t } = words;
  const [count, setCount] = useState(step);
  const showMore = () => {
    setCount(count + step);
    if (count + 2 * step > items.length) onMore();
  };
  return (
    <>
      <ul className="analytics-list" aria-label={name}>
        {items.slice(0, count).map((item) =>
          item.is === 'group' ? (
            <li key={item.key} className="group-line">
              <span className="strong wrap">{item.name}</span>
              <span className="num quiet">{sumsText(item.sums, t)}</span>
            </li>
          ) : (
            <RowLines key={item.key} section={section} row={item.row} words={words} />
          ),
        )}
      </ul>
      {hasMore || items.length > count ? (
        <div className="more">
          <Button variant="subtle" loading={isBusy} onClick={showMore}>
            {t('action.showMore')}
          </Button>
        </div>
      ) : null}
    </>
  );
}
