import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** No violations, and no contrast that axe could not judge: text in the background's own colour is listed there only. */
export async function expectAccessible(page: Page, where: string, part = 'html'): Promise<void> {
  await expectNothing(new AxeBuilder({ page }).include(part).withTags(rules), where);
}

/** Where rows and tabs scroll inside, part of them is always cut, and axe cannot judge that part. */
export async function expectNoViolations(page: Page, where: string): Promise<void> {
  await expectNothing(new AxeBuilder({ page }).withTags(rules), where, false);
}

/** Of the above, what colours decide. */
export async function expectContrast(page: Page, where: string, part = 'html'): Promise<void> {
  await expectNothing(new AxeBuilder({ page }).include(part).withRules('color-contrast'), where);
}

async function expectNothing(axe: AxeBuilder, where: string, isAllJudged = true): Promise<void> {
  // There are no frames: without them axe needs no second page for each look.
  const { violations, incomplete } = await axe.setLegacyMode().analyze();
  const unjudged = isAllJudged ? incomplete.filter(({ id }) => id === 'color-contrast') : [];
  const found = [...violations, ...unjudged].flatMap(({ id, nodes }) =>
    nodes.map((node) => {
      const words = node.failureSummary ?? [...node.any, ...node.all].map(({ message }) => message).join(' ');
      return `${id}: ${node.target.join(' ')}\n    ${node.html.slice(0, 200)}\n    ${words}`;
    }),
  );
  expect.soft(found, where).toEqual([]);
}
