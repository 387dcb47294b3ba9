import { type CallExpression, isTest, memberName, type Node, type Rule, treePath } from './rule.ts';

const judged = /^server\/src\/features\//;
const exempt = /-queries\.ts$|\/routes\.ts$/;
// What opens a partner's data: rows of the directory, facts of a region.
const doors = ['inTenant', 'inPartnerTransaction', 'regionalScope'];
const builderWrites = new Set(['insertInto', 'updateTable', 'deleteFrom', 'mergeInto']);
// Told from the other side: a query is a write unless its name says that it reads, so that a new word for writing cannot slip by.
const reads =
  /^(get|find|list|count|sum|has|is|exists|read|select|search|page|lookup|lock|query|explain|to|from)([A-Z0-9]|$)|[a-z]Of$/;

interface Declared {
  node: Node;
  name: string;
  isExported: boolean;
  /** Functions it calls or hands on, by the name they have where they come from. */
  uses: Set<string>;
  /** Queries it calls that change something. */
  writes: Set<string>;
}

// What a person does to their own account needs no permission: it is enough to ask who acts.
const own = /^server\/src\/features\/(sessions|tokens)\//;
const askers = ['requirePermission'];
const askersOfOwn = [...askers, 'requirePerson', 'requireSession'];

/**
 * An exported function of a feature that opens a partner's data asks for a permission. What it does through functions of
 * its own file counts as done by itself.
 */
export const verbAsks: Rule = verbRule(({ name, uses }, path) =>
  (own.test(path) ? askersOfOwn : askers).some((asker) => uses.has(asker))
    ? undefined
    : `${name} opens the partner's data and never calls requirePermission().`,
);

/** An exported function of a feature that writes to a partner's data audits it. A rule of its own: one may be excused without the other. */
export const verbAudits: Rule = verbRule(({ name, uses, writes }) =>
  writes.size === 0 || uses.has('audit')
    ? undefined
    : `${name} writes (${[...writes].join(', ')}) and never calls audit() in the same transaction.`,
);

type Verb = Pick<Declared, 'name' | 'uses' | 'writes'>;

function verbRule(fault: (verb: Verb, path: string) => string | undefined): Rule {
  const create: Rule['create'] = (context) => {
    const path = treePath(context);
    if (!judged.test(path) || exempt.test(path) || isTest(path)) return {};
    const imports = new Map<string, { name: string; isQuery: boolean }>();
    const namespaces = new Set<string>();
    const declared = new Map<string, Declared>();
    const exportedLater = new Set<string>();
    const calls: { owner: string; node: Node; isCallee: boolean }[] = [];

    const declare = (node: Node, name: string, isExported: boolean): void => {
      declared.set(name, { node, name, isExported, uses: new Set(), writes: new Set() });
    };

    const noteUse = (owner: Declared, node: Node, isCallee: boolean): void => {
      if (node.type === 'Identifier') {
        const imported = imports.get(node.name);
        owner.uses.add(imported?.name ?? node.name);
        if (isCallee && imported?.isQuery && !reads.test(imported.name)) owner.writes.add(imported.name);
      } else if (isCallee && node.type === 'MemberExpression') {
        const name = memberName(node);
        if (name === undefined) return;
        if (builderWrites.has(name)) owner.writes.add(name);
        if (node.object.type === 'Identifier' && namespaces.has(node.object.name)) {
          owner.uses.add(name);
          if (!reads.test(name)) owner.writes.add(name);
        }
      }
    };

    return {
      Program(program) {
        for (const statement of program.body) {
          const isExported = statement.type === 'ExportNamedDeclaration';
          const declaration = isExported ? statement.declaration : statement;
          if (declaration?.type === 'FunctionDeclaration' || declaration?.type === 'ClassDeclaration') {
            if (declaration.id) declare(declaration.id, declaration.id.name, isExported);
          } else if (declaration?.type === 'VariableDeclaration') {
            for (const { id } of declaration.declarations) {
              if (id.type === 'Identifier') declare(id, id.name, isExported);
            }
          }
        }
      },
      ImportDeclaration(node) {
        const isQuery = node.source.value.endsWith('-queries.ts');
        for (const specifier of node.specifiers) {
          if (specifier.type === 'ImportNamespaceSpecifier' && isQuery) namespaces.add(specifier.local.name);
          if (specifier.type !== 'ImportSpecifier') continue;
          const name = specifier.imported.type === 'Identifier' ? specifier.imported.name : specifier.local.name;
          imports.set(specifier.local.name, { name, isQuery });
        }
      },
      ExportSpecifier(node) {
        if (node.local.type === 'Identifier') exportedLater.add(node.local.name);
      },
      CallExpression(node) {
        const owner = ownerOf(node);
        if (owner === undefined) return;
        calls.push({ owner, node: node.callee, isCallee: true });
        for (const argument of node.arguments) calls.push({ owner, node: argument, isCallee: false });
      },
      // At the end, so that an import below its use counts too.
      'Program:exit'() {
        for (const { owner, node, isCallee } of calls) {
          const declaration = declared.get(owner);
          if (declaration) noteUse(declaration, node, isCallee);
        }
        for (const verb of declared.values()) {
          if (doors.includes(verb.name) || !(verb.isExported || exportedLater.has(verb.name))) continue;
          const reached = reachedFrom(verb, declared);
          if (!doors.some((door) => reached.uses.has(door))) continue;
          const message = fault({ name: verb.name, ...reached }, path);
          if (message !== undefined) context.report({ node: verb.node, message });
        }
      },
    };
  };
  return { create };
}

/** The name of the top-level declaration in which a call stands. */
function ownerOf(call: CallExpression): string | undefined {
  let name: string | undefined;
  for (let node: Node | null = call; node !== null && node.type !== 'Program'; node = node.parent) {
    if (node.type === 'VariableDeclarator') name = node.id.type === 'Identifier' ? node.id.name : undefined;
    if (node.type === 'FunctionDeclaration' || node.type === 'ClassDeclaration') name = node.id?.name;
  }
  return name;
}

function reachedFrom(
  start: Declared,
  declared: ReadonlyMap<string, Declared>,
): { uses: Set<string>; writes: Set<string> } {
  const uses = new Set<string>();
  const writes = new Set<string>();
  const pending = [start];
  const seen = new Set<Declared>();
  for (let next = pending.pop(); next; next = pending.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    for (const write of next.writes) writes.add(write);
    for (const use of next.uses) {
      uses.add(use);
      const local = declared.get(use);
      if (local) pending.push(local);
    }
  }
  return { uses, writes };
}
