import type { ChartMessageId } from './en.ts';

export const bg: Record<ChartMessageId, string> = {
  'chart.asTable': 'Показване като таблица',
  'chart.download': 'Изтегляне: {title}',
  'chart.legend': 'Серии',
  'chart.nothing': 'няма данни',
  'chart.empty': 'За това време няма данни.',
  'chart.open': 'още не е приключила',
  'chart.notSaved': 'Изображението не можа да бъде записано.',
  'chart.summary': '{name}: {from} ({first}), {to} ({last})',
  'chart.summary.nothing': '{name}: няма данни',
};
