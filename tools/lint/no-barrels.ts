import { type Rule, treePath } from './rule.ts';

// A feature's one door, and the door of a platform module of several files (it could be lifted out as a package).
const door = /^(server|web)\/src\/((features|platform)\/[^/]+|demo-data)\/index\.ts$/;

/** Re-exports hide where a thing lives and what imports it; only doors have them, and they name what they let through. */
export const noBarrels: Rule = {
  create(context) {
    const isDoor = door.test(treePath(context));
    return {
      ExportAllDeclaration(node) {
        context.report({
          node,
          message: 'export * hides what passes: name it, and only in the index.ts of a feature or platform module.',
        });
      },
      ExportNamedDeclaration(node) {
        if (isDoor || node.source === null) return;
        context.report({
          node,
          message: `Import from '${node.source.value}' where it is needed: only the index.ts of a feature or platform module re-exports.`,
        });
      },
    };
  },
};
