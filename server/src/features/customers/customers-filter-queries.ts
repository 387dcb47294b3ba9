import { parseQuery, type Query, type QueryTerm } from '@hub/contract/customer-query';
import { daysOf } from '@hub/contract/customer-query-dates';
import type { WordsField } from '@hub/contract/customer-query-fields';
import { CustomerStatus } from '@hub/contract/customer-statuses';
import { searchText } from '@hub/contract/search-text';
import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { TenantTx } from '../../platform/directory/directory.ts';
import { HubError } from '../../platform/hub-error.ts';

export type Condition = RawBuilder<SqlBool>;

/** What a filter means beyond its text. */
interface World {
  today: string;
  timeZone: string;
  tags: readonly { id: string; key: string }[];
  groups: readonly { id: string; key: string; filter: string | null }[];
}

interface Path {
  world: World;
  /** Groups within whose filter this stands. */
  within: readonly string[];
  /** What is left to be expanded, of the whole question. */
  budget: { terms: number };
}

// A group may name groups that name groups: so deep, and so many conditions in all.
const deepest = 10;
const mostTerms = 2000;

/**
 * The condition on `customer` that a filter means. It is true or false, never null. Every value is bound. PostgreSQL looks up an index
 * under row-level policies only by operators that leak nothing (=, <, any, is null on plain types); all else is asked of the rows found.
 */
export async function filterCondition(
  tx: TenantTx,
  query: Query,
  { today, timeZone }: { today: string; timeZone: string },
): Promise<Condition> {
  const needs = namedIn(query);
  const groups = needs.groups ? await findGroups(tx) : [];
  const tags = needs.tags || groups.some(({ filter }) => filter !== null) ? await findTags(tx) : [];
  return conditionOf(query, { world: { today, timeZone, tags, groups }, within: [], budget: { terms: mostTerms } });
}

async function findTags(tx: TenantTx): Promise<World['tags']> {
  const rows = await tx.selectFrom('tag').select(['id', 'name']).where('kind', '=', 'customer').execute();
  return rows.map(({ id, name }) => ({ id, key: searchText(name) }));
}

async function findGroups(tx: TenantTx): Promise<World['groups']> {
  const rows = await tx.selectFrom('customer_group').select(['id', 'name', 'filter']).execute();
  return rows.map(({ id, name, filter }) => ({ id, key: searchText(name), filter }));
}

function namedIn(query: Query): { tags: boolean; groups: boolean } {
  const terms = termsOf(query);
  return {
    tags: terms.some((term) => term.kind === 'text' || (term.kind === 'named' && term.field === 'tag')),
    groups: terms.some(
      (term) =>
        (term.kind === 'named' && term.field === 'group') || (term.kind === 'choice' && term.values.includes('groups')),
    ),
  };
}

function termsOf(query: Query): QueryTerm[] {
  if (query.kind === 'and' || query.kind === 'or') return query.parts.flatMap(termsOf);
  return query.kind === 'not' ? termsOf(query.part) : [query];
}

const always: Condition = sql`true`;
const never: Condition = sql`false`;

function conditionOf(query: Query, path: Path): Condition {
  switch (query.kind) {
    case 'and':
      return joined(query.parts, path, sql` and `, always);
    case 'or':
      return joined(query.parts, path, sql` or `, never);
    case 'not':
      return sql`not (${conditionOf(query.part, path)})`;
    default:
      path.budget.terms -= 1;
      if (path.budget.terms < 0) throw tooManyTerms();
      return termCondition(query, path);
  }
}

const tooManyTerms = (): HubError =>
  new HubError('filter_invalid', {
    at: 1,
    offset: 0,
    length: 0,
    problem: 'too_many_terms',
    limit: mostTerms,
    reason: `there are more than ${mostTerms} conditions, those of the groups included`,
  });

function joined(parts: readonly Query[], path: Path, word: RawBuilder<unknown>, ofNone: Condition): Condition {
  if (parts.length === 0) return ofNone;
  return sql`(${sql.join(
    parts.map((part) => conditionOf(part, path)),
    word,
  )})`;
}

function termCondition(term: QueryTerm, path: Path): Condition {
  switch (term.kind) {
    case 'text':
      return textCondition(term.text, path.world);
    case 'choice':
      return choiceCondition(term, path);
    case 'named':
      return anyOf(term.values.map((name) => (term.field === 'tag' ? tagged(name, path.world) : inGroup(name, path))));
    case 'words':
      return anyOf(term.values.map((value) => wordsCondition(term.field, value, term.isWhole)));
    case 'number': {
      const column = sql.ref(`customer.${term.field.replace('.', '_')}`);
      if (term.comparison === '=') return sql`(${column} is not null and ${column} = any(${term.values}::bigint[]))`;
      return sql`(${column} is not null and ${column} ${sql.raw(term.comparison)} ${term.values[0] ?? 0}::bigint)`;
    }
    case 'date':
      return dateCondition(term, path.world);
  }
}

function anyOf(conditions: readonly Condition[]): Condition {
  return conditions.length === 0 ? never : sql`(${sql.join(conditions, sql` or `)})`;
}

/** Wherever a customer has a text: in its own, and in the names of its tags. */
function textCondition(text: string, { tags }: World): Condition {
  const part = searchText(text);
  if (part === '') return always;
  const found = tags.filter(({ key }) => key.includes(part)).map(({ id }) => id);
  const inOwn: Condition = sql`customer.search_text like ${containing(part)}`;
  return found.length === 0 ? inOwn : sql`(${inOwn} or ${hasTag(found)})`;
}

/** `%`, `_` and `\` stand for themselves. */
const containing = (part: string): string => `%${part.replace(/[\\%_]/g, String.raw`\$&`)}%`;

const hasTag = (ids: readonly string[]): Condition =>
  sql`exists (select from customer_tag t where t.customer_id = customer.id and t.tag_id = any(${ids}::uuid[]))`;

function tagged(name: string | null, { tags }: World): Condition {
  if (name === null) return sql`not exists (select from customer_tag t where t.customer_id = customer.id)`;
  const ids = tags.filter(({ key }) => key === searchText(name)).map(({ id }) => id);
  return ids.length === 0 ? never : hasTag(ids);
}

/** A name that no group has (any more) means nobody; so does a group that leads back to itself. */
function inGroup(name: string | null, path: Path): Condition {
  const { groups } = path.world;
  if (name !== null)
    return anyOf(groups.filter(({ key }) => key === searchText(name)).map((group) => groupCondition(group, path)));
  return sql`not (${anyOf([
    sql`exists (select from customer_group_member m where m.customer_id = customer.id)`,
    ...groups.filter(({ filter }) => filter !== null).map((group) => groupCondition(group, path)),
  ])})`;
}

function groupCondition({ id, filter }: World['groups'][number], { world, within, budget }: Path): Condition {
  if (filter === null)
    return sql`exists (select from customer_group_member m where m.customer_id = customer.id and m.group_id = ${id}::uuid)`;
  if (within.includes(id) || within.length >= deepest) return never;
  const read = parseQuery(filter);
  return 'ok' in read ? conditionOf(read.ok, { world, within: [...within, id], budget }) : never;
}

const kinds: Record<string, string> = { partner: 'owned', external: 'external', own: 'own' };
const types: Record<string, Condition> = {
  subscription: sql`customer.has_subscription`,
  trial: sql`customer.has_trial`,
  both: sql`(customer.has_subscription and customer.has_trial)`,
  none: sql`not (customer.has_subscription or customer.has_trial)`,
};
const facts: Record<string, Condition> = {
  organization: sql`customer.org_uuid is not null`,
  linked: sql`customer.org_uuid is not null`,
  domain: sql`customer.domain is not null`,
  'external-id': sql`customer.external_id is not null`,
  contact: sql`(customer.contact_name <> '' or customer.contact_email <> '' or customer.contact_phone <> '')`,
  tags: sql`exists (select from customer_tag t where t.customer_id = customer.id)`,
  'sign-ins': sql`customer.has_sign_ins`,
  assignments: sql`customer.licenses_assigned is not null`,
  subscription: sql`customer.has_subscription`,
  trial: sql`customer.has_trial`,
  active: sql`(customer.has_subscription or customer.has_trial)`,
  renewing: sql`customer.renews_on is not null`,
};

function choiceCondition({ field, values }: QueryTerm & { kind: 'choice' }, path: Path): Condition {
  switch (field) {
    case 'status':
      return statusCondition(values);
    case 'product': {
      const named = values.filter((value) => value !== 'none');
      return anyOf([
        ...(named.length > 0 ? [sql<SqlBool>`customer.products && ${named}::text[]`] : []),
        ...(named.length < values.length ? [sql<SqlBool>`customer.products = '{}'`] : []),
      ]);
    }
    case 'region':
    case 'country':
      return sql`customer.${sql.ref(field)} = any(${values}::text[])`;
    case 'managed':
      return sql`customer.kind = any(${values.map((value) => kinds[value])}::text[])`;
    case 'id':
      return sql`customer.id = any(${values}::uuid[])`;
    case 'type':
      return anyOf(values.map((value) => types[value] ?? never));
    case 'has':
    case 'is':
      return anyOf(
        values.map((value) => (value === 'groups' ? sql`not (${inGroup(null, path)})` : (facts[value] ?? never))),
      );
  }
}

/** `none`: behind the last rank. A customer has no status above its rank: that narrows the order by urgency before anything is looked up. */
function statusCondition(values: readonly string[]): Condition {
  const named = CustomerStatus.options.filter((status) => values.includes(status));
  const lowest = CustomerStatus.options.findLastIndex((status) => values.includes(status));
  const some: Condition = sql`(customer.status_rank <= ${lowest}::int
    and exists (select from customer_status s where s.customer_id = customer.id and s.status = any(${named}::text[])))`;
  const none: Condition = sql`customer.status_rank = ${CustomerStatus.options.length}::int`;
  if (named.length === 0) return none;
  return values.includes('none') ? sql`(${some} or ${none})` : some;
}

/** Of A to Z only: what other letters are in lower case depends on the database. */
export const lowerAscii = (text: string): string => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
const lowered = (column: string): RawBuilder<string> => sql`lower(${sql.ref(column)} collate "C")`;

function wordsCondition(field: WordsField, value: string, isWhole: boolean): Condition {
  switch (field) {
    case 'name': {
      const part = searchText(value);
      return isWhole ? sql`customer.name_key = ${part}` : sql`customer.name_key like ${containing(part)}`;
    }
    case 'domain':
      return sql`(customer.domain is not null and ${matches(lowered('customer.domain'), value, isWhole)})`;
    case 'external':
      return sql`(customer.external_id is not null and ${matches(lowered('customer.external_id'), value, isWhole)})`;
    case 'org':
      return sql`(customer.org_uuid is not null and ${matches(sql`customer.org_uuid::text`, value, isWhole)})`;
    case 'subscription': {
      const part = searchText(value);
      // Told apart by its searched text first, which is there; the references lie in another table.
      return sql`(customer.search_text like ${containing(part)} and (
        exists (select from subscription c where c.customer_id = customer.id and ${matches(lowered('c.reference'), value, isWhole)})
        or exists (select from trial c where c.customer_id = customer.id and ${matches(lowered('c.reference'), value, isWhole)})))`;
    }
  }
}

const matches = (column: RawBuilder<string>, value: string, isWhole: boolean): Condition =>
  isWhole ? sql`${column} = ${lowerAscii(value)}` : sql`${column} like ${containing(lowerAscii(value))}`;

const dateColumns = { ends: 'ends_on', renews: 'renews_on', 'signed-in': 'last_sign_in_on' } as const;

function dateCondition(term: QueryTerm & { kind: 'date' }, { today, timeZone }: World): Condition {
  const days = daysOf(term, today);
  if (term.field === 'created') {
    // Days are those of the partner's zone.
    const begin = (day: string, plus: number) =>
      sql`((${day}::date + ${plus}::int)::timestamp at time zone ${timeZone})`;
    const parts: Condition[] = [];
    if (days?.from !== undefined) parts.push(sql`customer.created_at >= ${begin(days.from, 0)}`);
    if (days?.to !== undefined) parts.push(sql`customer.created_at < ${begin(days.to, 1)}`);
    return sql`(${sql.join(parts.length > 0 ? parts : [always], sql` and `)})`;
  }
  const column = sql.ref(`customer.${dateColumns[term.field]}`);
  const isKnown: Condition = term.field === 'signed-in' ? sql`customer.has_sign_ins` : always;
  if (days === undefined) return sql`(${isKnown} and ${column} is null)`;
  const parts: Condition[] = [isKnown, sql`${column} is not null`];
  if (days.from !== undefined) parts.push(sql`${column} >= ${days.from}::date`);
  if (days.to !== undefined) parts.push(sql`${column} <= ${days.to}::date`);
  return sql`(${sql.join(parts, sql` and `)})`;
}
