import { isTest, memberName, type Node, type Rule, treePath } from './rule.ts';

const clocks = new Set(['server/src/platform/clock.ts', 'web/src/lib/clock.ts']);
const judged = /^(contract|server|web)\//;
const sources = new Map([
  ['Date', new Set(['now'])],
  ['Math', new Set(['random'])],
]);

/** Time and chance come from the clock, so that a test, a picture and a demo can set them. */
export const clockOnly: Rule = {
  create(context) {
    const path = treePath(context);
    if (!judged.test(path) || clocks.has(path) || isTest(path)) return {};
    const report = (node: Node, what: string): void => {
      context.report({
        node,
        message: `${what}: take time and ids from the clock (ctx.clock, web/src/lib/clock.ts), so that tests can set them.`,
      });
    };
    return {
      NewExpression(node) {
        if (isGlobal(node.callee, 'Date') && node.arguments.length === 0) report(node, 'new Date()');
      },
      CallExpression(node) {
        if (isGlobal(node.callee, 'Date')) report(node, 'Date()');
      },
      // The member itself and not its call: `now: Date.now` hands the same clock on.
      MemberExpression(node) {
        const name = memberName(node);
        if (name === undefined) return;
        for (const [owner, members] of sources) {
          if (isGlobal(node.object, owner) && members.has(name)) report(node, `${owner}.${name}`);
        }
        if (isGlobal(node.object, 'Temporal') && name === 'Now') report(node, 'Temporal.Now');
      },
    };
  },
};

/** `Date`, `globalThis.Date`, `window.Date`. */
function isGlobal(node: Node, name: string): boolean {
  if (node.type === 'Identifier') return node.name === name;
  if (node.type !== 'MemberExpression' || node.object.type !== 'Identifier') return false;
  return ['globalThis', 'window', 'self'].includes(node.object.name) && memberName(node) === name;
}
