import { expect, test as base, type Page } from '@playwright/test';
import { administrator, enter, reader } from './hub-client.ts';

interface Options {
  /** Who is signed in before the journey begins. */
  person: 'nobody' | 'administrator' | 'reader';
  /** Messages on the browser's console that belong to the journey. */
  expectedNoise: RegExp | null;
}

/** A page whose console stays clean: no errors, no violations of the page's policy, no script that throws. */
export const test = base.extend<Options>({
  person: ['nobody', { option: true }],
  expectedNoise: [null, { option: true }],
  page: async ({ page, person, expectedNoise }, journey) => {
    const noise = watchNoise(page);
    if (person !== 'nobody') await enter(page.request, person === 'reader' ? reader : administrator);
    await journey(page);
    expect(noise.filter((text) => expectedNoise?.test(text) !== true)).toEqual([]);
  },
});

export function watchNoise(page: Page): string[] {
  const noise: string[] = [];
  page.on('pageerror', (error) => noise.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.text().includes('Content Security Policy')) noise.push(message.text());
  });
  return noise;
}

/** What the browser says when a request is refused. */
export const refusedRequests = /Failed to load resource/;
