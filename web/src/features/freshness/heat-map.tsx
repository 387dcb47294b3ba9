import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { addDays } from '../../lib/calendar.ts';
import { useText } from '../../lib/i18n.ts';
import { weekdayName } from './cadence-words.ts';
import type { CalendarDay, CalendarWeek } from './calendar-weeks.ts';
import { useDayName } from './use-day-name.ts';

const steps: Record<string, number> = {
  ArrowUp: -1,
  ArrowDown: 1,
  ArrowLeft: -7,
  ArrowRight: 7,
  PageUp: -28,
  PageDown: 28,
};

/** A year of weeks, a column each. One stop for the Tab key; arrow keys move from day to day, Home and End to the first and the last. */
export function HeatMap({ name, weeks, from, to }: { name: string; weeks: CalendarWeek[]; from: string; to: string }) {
  const { t, f } = useText();
  const dayName = useDayName();
  const scroller = useRef<HTMLDivElement>(null);
  const [current, setCurrent] = useState(to);
  const at = current < from || current > to ? to : current;
  const shown = weeks.flatMap(({ days }) => days).find((day) => day?.day === at);
  useEffect(() => {
    if (scroller.current !== null) scroller.current.scrollLeft = scroller.current.scrollWidth; // the newest days are asked for most
  }, [name]);
  const move = (event: KeyboardEvent<HTMLElement>) => {
    const next = nextDay(event.key, at, { from, to });
    if (next === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    setCurrent(next);
    scroller.current?.querySelector<HTMLElement>(`[data-day="${next}"]`)?.focus();
  };
  return (
    <>
      <div className="heat-scroller" ref={scroller}>
        <table
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role -- a table that arrow keys move in is a grid
          role="grid"
          aria-label={name}
          className="heat-map"
          onKeyDown={move}
        >
          <thead aria-hidden="true">
            <tr>
              {/* oxlint-disable-next-line jsx-a11y/control-has-associated-label -- a corner without a word, hidden with its row */}
              <td />
              {weeks.map((week, index) => (
                <td key={week.monday} className="heat-month">
                  {startsMonth(week, weeks[index - 1]) ? <span>{f.monthName(monthOf(week))}</span> : null}
                </td>
              ))}
            </tr>
          </thead>
          <tbody>
            {[1, 2, 3, 4, 5, 6, 7].map((weekday) => (
              <tr key={weekday}>
                <th scope="row">{weekdayName(weekday, f)}</th>
                {weeks.map(({ monday, days }) => (
                  <HeatDay
                    key={monday}
                    day={days[weekday - 1]}
                    name={dayName}
                    isCurrent={days[weekday - 1]?.day === at}
                    onChoose={setCurrent}
                  />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="heat-told num">
        <span className="strong">{shown === undefined ? '' : dayName(shown)}</span>{' '}
        <span className="help">{t('fresh.calendar.hint')}</span>
      </p>
    </>
  );
}

function HeatDay({
  day,
  name,
  isCurrent,
  onChoose,
}: {
  day: CalendarDay | undefined;
  name: (day: CalendarDay) => string;
  isCurrent: boolean;
  onChoose: (day: string) => void;
}) {
  if (day === undefined) return <td aria-hidden="true" />;
  return (
    <td
      aria-label={name(day)}
      title={name(day)}
      aria-selected={isCurrent}
      className="heat-day"
      data-day={day.day}
      data-level={day.level}
      data-missing={day.isMissing || undefined}
      tabIndex={isCurrent ? 0 : -1}
      onFocus={() => onChoose(day.day)}
      onClick={() => onChoose(day.day)}
    />
  );
}

function nextDay(key: string, at: string, { from, to }: { from: string; to: string }): string | undefined {
  if (key === 'Home') return from;
  if (key === 'End') return to;
  const step = steps[key];
  if (step === undefined) return undefined;
  const next = addDays(at, step);
  return next < from ? from : next > to ? to : next;
}

const monthOf = ({ monday }: CalendarWeek): string => addDays(monday, 6).slice(0, 7);

/** The name of a month stands over the first week that ends in it, if the one before left room. */
const startsMonth = (week: CalendarWeek, before: CalendarWeek | undefined): boolean =>
  before !== undefined && monthOf(week) !== monthOf(before);
