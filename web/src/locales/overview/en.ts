/** What only the overview says. */
export const en = {
  'overview.needsAttention': 'Needs attention',
  'overview.entries':
    '{entries, plural, one {# entry} other {# entries}} at {customers, plural, one {# customer} other {# customers}}',
  'overview.all': 'Show all {count, number}',
  'overview.more': '{count, plural, one {and # more reason} other {and # more reasons}}',
  'overview.nothing': 'Nothing needs attention',
  'overview.nothing.hint':
    'No customer is suspended, over its licenses, about to expire, waiting for its order, or conspicuous in its calls or activity.',
};

export type OverviewMessageId = keyof typeof en;
