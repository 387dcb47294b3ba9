import {
  CallFeature,
  CallingUsageMeasure,
  type CallingUsageRow,
  callingUsageMeasures,
  type Feed,
  type LegMeasure,
  type MeasureCells,
} from '@hub/contract/calling-usage';
import type { Format } from '../../lib/format.ts';
import type { Translate } from '../../lib/i18n.ts';

export const measureKeys = Object.keys(callingUsageMeasures) as CallingUsageMeasure[];

/** The columns that stay empty while a feed is missing, by that feed. */
export function measuresOf(feed: Feed): CallingUsageMeasure[] {
  return measureKeys.filter((key) => callingUsageMeasures[key].feed === feed);
}

export function measureName(key: CallingUsageMeasure, t: Translate): string {
  return t(`usage.measure.${key}`);
}

/** What the legs of a page are behind; null of numbers that the report and the features do not have. */
export function legMeasureName(key: LegMeasure | undefined, t: Translate): string | null {
  const [measure, feature] = [CallingUsageMeasure.safeParse(key).data, CallFeature.safeParse(key).data];
  if (measure !== undefined) return measureName(measure, t);
  return feature === undefined ? null : t(`legs.feature.${feature}`);
}

/** The unit of the head; counts have none, the name says what is counted. */
export function measureUnit(key: CallingUsageMeasure, t: Translate): string | undefined {
  const { unit } = callingUsageMeasures[key];
  return unit === 'count' || isNamed(unit, measureName(key, t)) ? undefined : t(`unit.${unit}`);
}

// "Call minutes" says its unit in every language.
const isNamed = (unit: string, name: string): boolean => unit === 'minutes' && /minutes|минути|분/i.test(name);

/** An empty cell is empty: the feed has nothing for this customer. Zero is 0. */
export function cellText(cells: MeasureCells, key: CallingUsageMeasure, f: Format): string {
  const value = cells[key];
  return value === null ? '' : f.number(value);
}

export function rowKey(row: CallingUsageRow): string {
  return `${row.customerId} ${row.location}`;
}
