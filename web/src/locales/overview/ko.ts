import type { OverviewMessageId } from './en.ts';

export const ko: Record<OverviewMessageId, string> = {
  'overview.needsAttention': '조치 필요',
  'overview.entries': '고객 {customers, number}곳, 항목 {entries, number}개',
  'overview.all': '{count, number}개 모두 보기',
  'overview.more': '외 사유 {count, number}개',
  'overview.nothing': '조치가 필요한 항목이 없습니다',
  'overview.nothing.hint':
    '일시 중지되었거나, 라이선스를 초과했거나, 곧 만료되거나, 주문 설정을 기다리거나, 통화 또는 활동에서 눈에 띄는 고객이 없습니다.',
};
