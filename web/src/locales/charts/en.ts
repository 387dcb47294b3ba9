/** What charts say, whatever they show. */
export const en = {
  'chart.asTable': 'View as table',
  'chart.download': 'Download: {title}',
  'chart.legend': 'Series',
  'chart.nothing': 'no data',
  'chart.empty': 'Nothing is known of this time.',
  'chart.open': 'not over yet',
  'chart.notSaved': 'The picture could not be saved.',
  'chart.summary': '{name}: {from} ({first}), {to} ({last})',
  'chart.summary.nothing': '{name}: no data',
};

export type ChartMessageId = keyof typeof en;
