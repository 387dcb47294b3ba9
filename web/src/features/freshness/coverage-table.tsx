import { useState } from 'react';
import { useText } from '../../lib/i18n.ts';
import { weekdayName } from './cadence-words.ts';
import type { CalendarWeek } from './calendar-weeks.ts';

/** The calendar as a table of numbers, the newest week first: what the colours say, in words. */
export function CoverageTable({ name, weeks }: { name: string; weeks: readonly CalendarWeek[] }) {
  const { t, f } = useText();
  const [isOpen, setIsOpen] = useState(false);
  return (
    <details onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary>{t('fresh.asTable')}</summary>
      {isOpen ? (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, and so it must be reached by keys
        <section className="coverage-scroller" tabIndex={0} aria-label={name}>
          <table className="coverage-table num">
            <caption className="unseen">{name}</caption>
            <thead>
              <tr>
                <th scope="col">{t('fresh.asTable.week')}</th>
                {[1, 2, 3, 4, 5, 6, 7].map((weekday) => (
                  <th key={weekday} scope="col">
                    {weekdayName(weekday, f)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {weeks.toReversed().map(({ monday, days }) => (
                <tr key={monday}>
                  <th scope="row">{f.date(monday)}</th>
                  {days.map((day, at) => (
                    <td key={at + 1}>
                      {day === undefined ? '' : day.isMissing ? t('fresh.asTable.missing') : f.number(day.records)}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      ) : null}
    </details>
  );
}
