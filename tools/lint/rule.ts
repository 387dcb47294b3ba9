import type { RuleTester } from 'oxlint/plugins-dev';

// oxlint does not export the types of its plugin API by name; its tester carries them.
type Given = Parameters<RuleTester['run']>[1];
export type Rule = Exclude<Given, { createOnce: unknown }>;
export type Context = Parameters<Rule['create']>[0];
type Visitor = ReturnType<Rule['create']>;
export type CallExpression = Parameters<NonNullable<Visitor['CallExpression']>>[0];
export type Expression = CallExpression['callee'];
export type Node = CallExpression['parent'];

/** The file's path from the root of the tree, with slashes. */
export function treePath(context: Context): string {
  const path = context.physicalFilename.replaceAll('\\', '/');
  const root = context.cwd.replaceAll('\\', '/');
  return path.startsWith(`${root}/`) ? path.slice(root.length + 1) : path;
}

/** Test code: it sets its own clock, reads rows as it likes, and carries no verbs. */
export function isTest(path: string): boolean {
  return /\.test\.tsx?$/.test(path) || /^(server|web)\/src\/testing\//.test(path);
}

/** `name` of `object.name` and `object['name']`. */
export function memberName(node: Expression): string | undefined {
  if (node.type !== 'MemberExpression') return undefined;
  if (!node.computed && node.property.type === 'Identifier') return node.property.name;
  return node.property.type === 'Literal' && typeof node.property.value === 'string' ? node.property.value : undefined;
}
