import { Language } from '@hub/contract/sessions';
import { expect, test } from 'vitest';
import { problemText } from './error-text.ts';
import { formatFor } from './format.ts';
import { speak, translate } from './i18n.ts';

const issues = 'body.name: Too big: expected string to have <=200 characters';

test.each(Language.options)(
  'a request that is not valid is told in words of %s, never in those of the validator',
  async (language) => {
    await speak(language);
    const f = formatFor(language);
    const telling = (why: string, facts: Record<string, number> = {}): string =>
      problemText({ code: 'invalid_request', data: { issues, field: 'name', why, ...facts } }, translate, f);
    const plain = ['missing', 'unreadable', 'not_listed', 'unknown', 'future'].map((why) => telling(why));
    const sizes = ['above', 'below'].map((why) => telling(why, { limit: 1200 }));
    for (const text of sizes) expect(text).toContain(f.number(1200));
    for (const text of [...plain, ...sizes]) expect(text).toContain('name');
    const bare = problemText({ code: 'invalid_request', data: { issues } }, translate, f);
    const all = [...plain, ...sizes, bare];
    expect(new Set(sizes).size).toBe(2);
    expect(bare).not.toContain('name');
    for (const text of all) expect(text).not.toMatch(/expected|body|undefined|[{}]/);
  },
);
