import type { CustomersMessageId } from './en.ts';

/** Bulgarian. A message that is missing here does not pass the type check. */
export const bg: Record<CustomersMessageId, string> = {
  'status.why': 'Защо този статус?',
  'status.suspended': 'Временно спрян',
  'status.license_overage': 'Превишени лицензи',
  'status.expired': 'Изтекъл',
  'status.expires_soon': 'Изтича скоро',
  'status.ready_for_order_setup': 'Готов за настройка на поръчката',
  'status.no_recent_activity': 'Без скорошна активност',
  'status.trial': 'Пробен период',
  'status.subscription': 'Абонамент',
  'status.since': 'От {date}',
  'status.sinceFuture': 'От {date}',
  'status.none': 'Няма статус',
  'brief.payment': '{days, plural, =0 {неплатено от днес} one {неплатено от # ден} other {неплатено от # дни}}',
  'brief.over': '+{over, number}',
  'brief.ended': '{days, plural, =0 {днес} one {преди # ден} other {преди # дни}}',
  'brief.left': '{days, plural, =0 {изтича днес} one {остава # ден} other {остават # дни}}',
  'brief.trialLeft':
    '{days, plural, =0 {пробен период, изтича днес} one {пробен период, остава # ден} other {пробен период, остават # дни}}',
  'brief.setup': '{orders, plural, one {# поръчка} other {# поръчки}}',
  'brief.inactive': '{days, plural, one {от # ден} other {от # дни}}',
  'brief.neverSignedIn': 'няма влизания',
  'brief.renews':
    '{days, plural, =0 {подновява се днес} one {подновява се след # ден} other {подновява се след # дни}}',
  'why.past_due':
    '{days, plural, =0 {Плащането по {reference} е просрочено от днес} one {Плащането по {reference} е просрочено от # ден} other {Плащането по {reference} е просрочено от # дни}}',
  'why.payment_suspended':
    '{days, plural, =0 {{reference} е временно спрян от днес заради просрочено плащане} one {{reference} е временно спрян от # ден заради просрочено плащане} other {{reference} е временно спрян от # дни заради просрочено плащане}}',
  'why.over':
    '{over, plural, one {# лиценз} other {# лиценза}} над закупените за {product} по {reference} {days, plural, =0 {от днес} one {от # ден} other {от # дни}}',
  'why.ended':
    '{kind, select, trial {Пробният период} other {Абонаментът}} {reference} {days, plural, =0 {изтече днес} one {изтече преди # ден} other {изтече преди # дни}}',
  'why.ends':
    '{kind, select, trial {Пробният период} other {Абонаментът}} {reference} {days, plural, =0 {изтича днес} one {изтича след # ден} other {изтича след # дни}}',
  'why.setup.pending_setup':
    '{reference} очаква настройка {days, plural, =0 {от днес} one {от # ден} other {от # дни}}',
  'why.setup.provisioning':
    'Доставчикът настройва {reference} {days, plural, =0 {от днес} one {от # ден} other {от # дни}}',
  'why.setup.updating': 'Доставчикът променя {reference} {days, plural, =0 {от днес} one {от # ден} other {от # дни}}',
  'why.setup.pending_rpl_review':
    '{reference} очаква преглед от доставчика {days, plural, =0 {от днес} one {от # ден} other {от # дни}}',
  'why.inactive':
    '{days, plural, one {Никой администратор на клиента не е влизал от # ден} other {Никой администратор на клиента не е влизал от # дни}}',
  'why.neverSignedIn': 'Никой администратор на клиента не е влизал досега',
  'why.active': '{kind, select, trial {Пробният период} other {Абонаментът}} {reference} е активен',
  'why.activeUntil': '{kind, select, trial {Пробният период} other {Абонаментът}} {reference} е до {date}',
  'why.renews':
    '{reference} {days, plural, =0 {се подновява днес} one {се подновява след # ден} other {се подновява след # дни}}',
  'next.suspended': 'Проверка на плащането',
  'next.license_overage': 'Сравняване на лицензите',
  'next.expired': 'Преглед на изтеклото',
  'next.expires_soon': 'Подновяване или удължаване',
  'next.ready_for_order_setup': 'Към поръчката',
  'next.no_recent_activity': 'Свързване с клиента',
  'next.trial': 'Към пробния период',
  'next.subscription': 'Към абонамента',
  'tags.further': '{count, plural, one {Още # етикет: {names}} other {Още # етикета: {names}}}',
};
