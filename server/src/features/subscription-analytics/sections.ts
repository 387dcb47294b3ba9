import { type Section, sectionDays } from '@hub/contract/subscription-metrics';
import { type Line, overOf } from './lines.ts';

const isWithin = (days: number | null): boolean => days !== null && days >= 0 && days <= sectionDays;

/** What ends, or what renews by itself, within the window; both ends count. */
export const isExpiring = ({ contract, daysUntilEnd }: Pick<Line, 'contract' | 'daysUntilEnd'>): boolean =>
  !contract.autoRenews && isWithin(daysUntilEnd);
export const isRenewing = ({ contract, daysUntilEnd }: Pick<Line, 'contract' | 'daysUntilEnd'>): boolean =>
  contract.autoRenews && isWithin(daysUntilEnd);
export const isLow = ({ judgment }: Pick<Line, 'judgment'>): boolean => judgment?.isLow === true;
export const isOver = (line: Line): boolean => (overOf(line) ?? 0) > 0;

/** Whether a line is a row of a section. */
export const isIn: Record<Section, (line: Line) => boolean> = {
  recently_added: ({ daysSinceAdded }) => isWithin(daysSinceAdded),
  expiring: isExpiring,
  renewing: isRenewing,
  low_assignment: isLow,
  over_limit: isOver,
};
