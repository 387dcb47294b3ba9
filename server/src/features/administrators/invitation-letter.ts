import type { Language } from '@hub/contract/sessions';
import type { Letter } from '../../platform/mail/index.ts';

export interface LetterFacts {
  to: string;
  partnerName: string;
  invitedBy: string | null;
  link: string;
  /** A UTC instant. */
  expiresAt: string;
}

type Words = (facts: LetterFacts & { day: string }) => { subject: string; lines: string[] };

const words: Record<Language, Words> = {
  en: ({ partnerName, invitedBy, link, day }) => ({
    subject: `Invitation to the Partner Hub of ${partnerName}`,
    lines: [
      `${invitedBy ?? partnerName} invites you as an administrator of ${partnerName} in Partner Hub.`,
      `Open this link to join. It works once, until ${day}:`,
      link,
      'If you did not expect this, you need not do anything.',
    ],
  }),
  bg: ({ partnerName, invitedBy, link, day }) => ({
    subject: `Покана за Partner Hub на ${partnerName}`,
    lines: [
      `${invitedBy ?? partnerName} Ви кани за администратор на ${partnerName} в Partner Hub.`,
      `Отворете тази връзка, за да се присъедините. Тя работи веднъж, до ${day}:`,
      link,
      'Ако не очаквате тази покана, не е нужно да правите нищо.',
    ],
  }),
  ko: ({ partnerName, invitedBy, link, day }) => ({
    subject: `${partnerName}의 Partner Hub 초대`,
    lines: [
      `${invitedBy ?? partnerName} 님이 귀하를 Partner Hub에서 ${partnerName}의 관리자로 초대합니다.`,
      `이 링크를 열어 참여하십시오. ${day}까지 한 번만 사용할 수 있습니다.`,
      link,
      '예상하지 못한 초대라면 아무것도 하지 않으셔도 됩니다.',
    ],
  }),
};

/** In the language of whoever invites: nothing is known yet of the invited person's. */
export function invitationLetter(facts: LetterFacts, language: Language): Letter {
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' }).format(
    new Date(facts.expiresAt),
  );
  const { subject, lines } = words[language]({ ...facts, day: `${day} UTC` });
  return { to: facts.to, subject, text: `${lines.join('\n\n')}\n` };
}
