import { Readable } from 'node:stream';
import { productNames } from '@hub/contract/products';
import type { SubscriptionRow } from '@hub/contract/subscription-analytics';
import {
  type Section,
  sectionColumns,
  type SubscriptionColumn,
  subscriptionColumns,
} from '@hub/contract/subscription-metrics';
import { csvText } from '../../platform/csv/csv-text.ts';
import type { FileReply } from '../../platform/http/index.ts';
import { type Ctx, requirePermission } from '../access/index.ts';
import { sortLines } from './row-order.ts';
import { rowOf, type SectionQuestion, sectionTable } from './section-rows.ts';

type Cell = string | number | null;
interface CsvColumn {
  head: string;
  cell: (row: SubscriptionRow) => Cell;
}

const rowsAtOnce = 1000;
const sectionNames: Record<Section, string> = {
  recently_added: 'Recently added',
  expiring: 'Expiring soon',
  renewing: 'Renewing soon',
  low_assignment: 'Low license assignment',
  over_limit: 'License overages',
};

const usedFromWords = { feed: 'feed', call_legs: 'call legs' } as const;
const plain = (column: SubscriptionColumn, cell: CsvColumn['cell']): CsvColumn[] => [
  { head: subscriptionColumns[column].label, cell },
];

/** The table's columns as those of a file: the bar in its numbers, and the sparkline, which has the page's rows only, left out. */
const csvColumns: Record<SubscriptionColumn, CsvColumn[]> = {
  customer: plain('customer', (row) => row.customerName),
  reference: [
    ...plain('reference', (row) => row.reference),
    { head: 'Kind', cell: (row) => row.kind },
    { head: 'Product', cell: (row) => productNames[row.product] },
  ],
  daysSinceAdded: [
    { head: 'Added on', cell: (row) => row.addedOn },
    ...plain('daysSinceAdded', (row) => row.daysSinceAdded),
  ],
  daysUntilExpiration: [
    { head: 'Expires on', cell: (row) => row.endsOn },
    ...plain('daysUntilExpiration', (row) => row.daysUntilEnd),
  ],
  daysUntilRenewal: [
    { head: 'Renews on', cell: (row) => row.endsOn },
    ...plain('daysUntilRenewal', (row) => row.daysUntilEnd),
  ],
  monthsSinceAdded: plain('monthsSinceAdded', (row) => row.monthsSinceAdded),
  monthsRemaining: plain('monthsRemaining', (row) => row.monthsRemaining),
  autoRenews: plain('autoRenews', (row) => (row.autoRenews ? 'yes' : 'no')),
  total: plain('total', (row) => row.total),
  licenses: [
    { head: 'Used licenses', cell: (row) => row.used },
    { head: 'Use counted from', cell: (row) => (row.usedFrom === null ? null : usedFromWords[row.usedFrom]) },
    { head: 'Assigned licenses', cell: (row) => row.assigned },
    { head: 'Available licenses', cell: (row) => row.available },
    { head: 'Snapshot', cell: (row) => row.asOf },
  ],
  assignedShare: plain('assignedShare', (row) => row.assignedShare),
  usedShare: plain('usedShare', (row) => row.usedShare),
  weeklyAssignmentChange: plain('weeklyAssignmentChange', (row) => row.weeklyAssignmentChange),
  weeklyUsageChange: plain('weeklyUsageChange', (row) => row.weeklyUsageChange),
  lastThreeMonthsUsage: plain('lastThreeMonthsUsage', (row) => row.lastThreeMonthsUsage),
  usageWeeks: [],
  peerMedian: plain('peerMedian', (row) => row.peers?.median ?? null),
};

/** All rows of a section that match: UTF-8 with BOM, what is not known empty, shares with all their digits. */
export async function exportSubscriptionRows(
  ctx: Ctx,
  question: SectionQuestion,
  left?: AbortSignal,
): Promise<FileReply> {
  requirePermission(ctx, 'subscriptions.read');
  const { lines, ordering, answer, months } = await sectionTable(ctx, question, { isWhole: true, left });
  const sorted = sortLines(lines, ordering);
  // Shares stand beside the numbers that they are made of.
  const shown: SubscriptionColumn[] = [...new Set([...sectionColumns[question.section], 'licenses' as const])];
  const columns = shown.flatMap((column) => csvColumns[column]);
  function* pages(): Generator<string> {
    yield csvText([columns.map(({ head }) => head)], { bom: true });
    for (let at = 0; at < sorted.length; at += rowsAtOnce)
      yield csvText(
        sorted
          .slice(at, at + rowsAtOnce)
          .map((line) => rowOf(line, answer.day, months?.get(line.key)))
          .map((row) => columns.map(({ cell }) => cell(row))),
        { bom: false },
      );
  }
  return {
    fileName: `${sectionNames[question.section]}_${productNames[question.product]}_${question.region}_${answer.day}.csv`,
    mediaType: 'text/csv',
    body: Readable.from(pages()),
  };
}
