import type { ChartMessageId } from './en.ts';

export const ko: Record<ChartMessageId, string> = {
  'chart.asTable': '표로 보기',
  'chart.download': '다운로드: {title}',
  'chart.legend': '계열',
  'chart.nothing': '데이터 없음',
  'chart.empty': '이 기간에는 데이터가 없습니다.',
  'chart.open': '아직 끝나지 않음',
  'chart.notSaved': '그림을 저장하지 못했습니다.',
  'chart.summary': '{name}: {from}({first}), {to}({last})',
  'chart.summary.nothing': '{name}: 데이터 없음',
};
