import type { OverviewMessageId } from './en.ts';

export const bg: Record<OverviewMessageId, string> = {
  'overview.needsAttention': 'Изисква внимание',
  'overview.entries':
    '{entries, plural, one {# запис} other {# записа}} при {customers, plural, one {# клиент} other {# клиенти}}',
  'overview.all': 'Показване на всички {count, number}',
  'overview.more': '{count, plural, one {и още # причина} other {и още # причини}}',
  'overview.nothing': 'Нищо не изисква внимание',
  'overview.nothing.hint':
    'Няма клиент, който е спрян, надвишава лицензите си, скоро изтича, чака поръчката си или прави впечатление с повикванията или активността си.',
};
