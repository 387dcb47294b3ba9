import { type CallExpression, type Context, isTest, memberName, type Node, type Rule, treePath } from './rule.ts';

// DDL, roles and database names cannot be parameters; platform builds them from its own constants.
const mayBuildSql = /-queries\.ts$|^server\/src\/platform\//;
const builders = new Set(['selectFrom', 'insertInto', 'updateTable', 'deleteFrom', 'mergeInto']);
const runners = new Set(['query', 'command', 'exec', 'ask', 'run', 'load', 'unload', 'insert']);
const sqlProperties = new Set(['query', 'insert', 'select', 'text']);
const sqlWord =
  /\b(select|insert|update|delete|alter|create|drop|truncate|optimize|attach|detach|exchange|rename|with|where|from)\b/i;

/** SQL is written in *-queries.ts, and values reach it as parameters: text that is glued together elsewhere can be broken out of. */
export const sqlInItsPlace: Rule = {
  create(context) {
    const path = treePath(context);
    if (!path.startsWith('server/src/') || mayBuildSql.test(path) || isTest(path)) return {};
    return {
      CallExpression(node) {
        const name = memberName(node.callee) ?? (node.callee.type === 'Identifier' ? node.callee.name : undefined);
        if (name === undefined) return;
        if (builders.has(name) && node.callee.type === 'MemberExpression') {
          context.report({ node: node.callee.property, message: `.${name}() belongs in the feature's *-queries.ts.` });
        }
        if (!runners.has(name)) return;
        for (const text of sqlTexts(node)) {
          const built = builtText(context, text);
          if (built === undefined || !sqlWord.test(built)) continue;
          context.report({
            node: text,
            message: `SQL for ${name}() is glued together: write it in *-queries.ts with named parameters ({from:Date}).`,
          });
        }
      },
    };
  },
};

/** The arguments that carry SQL: the first one, or its property of that name. */
function sqlTexts(call: CallExpression): Node[] {
  const first = call.arguments[0];
  if (first === undefined) return [];
  if (first.type !== 'ObjectExpression') return [first];
  return first.properties.flatMap((property) => {
    if (property.type !== 'Property' || property.key.type !== 'Identifier') return [];
    return sqlProperties.has(property.key.name) ? [property.value] : [];
  });
}

/** The fixed parts of a text that is put together at run time; undefined where the text is fixed or out of sight. */
function builtText(context: Context, node: Node): string | undefined {
  if (node.type === 'TemplateLiteral') {
    return node.expressions.length === 0 ? undefined : node.quasis.map((quasi) => quasi.value.raw).join(' ');
  }
  if (node.type === 'BinaryExpression' && node.operator === '+') {
    return isFixed(node) ? undefined : context.sourceCode.getText(node);
  }
  if (node.type === 'Identifier') {
    const init = initialOf(context, node);
    return init === undefined || init.type === 'Identifier' ? undefined : builtText(context, init);
  }
  return undefined;
}

function isFixed(node: Node): boolean {
  if (node.type === 'BinaryExpression') return isFixed(node.left) && isFixed(node.right);
  return node.type === 'Literal' || (node.type === 'TemplateLiteral' && node.expressions.length === 0);
}

/** What a local `const`, `let` or `var` starts with. */
function initialOf(context: Context, node: Node & { type: 'Identifier' }): Node | undefined {
  for (
    let scope: ReturnType<typeof context.sourceCode.getScope> | null = context.sourceCode.getScope(node);
    scope;
    scope = scope.upper
  ) {
    const definition = scope.set.get(node.name)?.defs[0];
    if (definition)
      return definition.node.type === 'VariableDeclarator' ? (definition.node.init ?? undefined) : undefined;
  }
  return undefined;
}
