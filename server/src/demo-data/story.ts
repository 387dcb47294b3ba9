import type { DemoStory } from './demo-scenario.ts';

export interface StoryDay {
  /** Factor on the customer's ordinary calls. */
  volume: number;
  /** Share of the calls that fail on top of those that nobody takes. */
  failureShare: number;
}

/** Whole weeks since nine weeks before madeOn; stays at 0 before that. */
const weeksIn = (daysSinceMade: number): number => Math.max(0, Math.floor((daysSinceMade + 63) / 7));

/** Where a story stands so many days after madeOn (negative: before). */
export function storyOn(story: DemoStory, daysSinceMade: number): StoryDay {
  const ordinary: StoryDay = { volume: 1, failureShare: 0 };
  switch (story) {
    case 'silent':
      return { volume: 0, failureShare: 0 };
    case 'stopped':
      return daysSinceMade >= -21 ? { volume: 0, failureShare: 0 } : ordinary;
    case 'falling':
      return { volume: Math.max(0.02, 0.8 ** weeksIn(daysSinceMade)), failureShare: 0 };
    case 'growing':
      return { volume: Math.min(2.5, 0.7 + 0.1 * weeksIn(daysSinceMade)), failureShare: 0 };
    case 'bad-week':
      return daysSinceMade >= -14 && daysSinceMade < -7 ? { volume: 0.6, failureShare: 0.5 } : ordinary;
    case 'steady':
    case 'contact-center':
      return ordinary;
  }
}
