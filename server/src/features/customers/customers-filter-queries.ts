import { AnomalyKind } from '@hub/contract/calling-anomaly';
import { parseQuery, type Query, type QueryTerm } from '@hub/contract/customer-query';
import { daysOf } from '@hub/contract/customer-query-dates';
import type { WordsField } from '@hub/contract/customer-query-fields';
import { CustomerStatus } from '@hub/contract/customer-statuses';
import { searchText } from '@hub/contract/search-text';
import type { TagKind } from '@hub/contract/customer-tags';
import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { TenantTx } from '../../platform/directory/directory.ts';
import { HubError } from '../../platform/hub-error.ts';

export type Condition = RawBuilder<SqlBool>;

/** Of a customer or of one of its subscriptions. */
interface TagKnown {
  id: string;
  kind: TagKind;
  key: string;
}

/** What a filter means beyond its text. */
interface World {
  today: string;
  timeZone: string;
  tags: readonly TagKnown[];
  groups: readonly { id: string; key: string; filter: string | null }[];
  /** Who has a text or a status, where few have it. */
  holders: ReadonlyMap<string, readonly string[]>;
  /** Whether a text of the asker's own finds references of contracts. */
  findsReferences: boolean;
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
export async function findCondition(
  tx: TenantTx,
  query: Query,
  { today, timeZone, findsReferences }: Pick<World, 'today' | 'timeZone' | 'findsReferences'>,
): Promise<Condition> {
  const needs = namedIn(query);
  const groups = needs.groups ? await findGroups(tx) : [];
  const tags = needs.tags || groups.some(({ filter }) => filter !== null) ? await findTags(tx) : [];
  const holders = await findHolders(tx, query);
  return conditionOf(query, {
    world: { today, timeZone, tags, groups, holders, findsReferences },
    within: [],
    budget: { terms: mostTerms },
  });
}

async function findTags(tx: TenantTx): Promise<World['tags']> {
  const rows = await tx.selectFrom('tag').select(['id', 'kind', 'name']).execute();
  return rows.map(({ id, kind, name }) => ({ id, kind, key: searchText(name) }));
}

async function findGroups(tx: TenantTx): Promise<World['groups']> {
  const rows = await tx.selectFrom('customer_group').select(['id', 'name', 'filter']).execute();
  return rows.map(({ id, name, filter }) => ({ id, key: searchText(name), filter }));
}

// More than so many are met soon enough by a walk along the order of the list; fewer are looked up one by one. A text is looked up among
// more: what it costs to read without an index is every text of the partner.
const fewHolders = 2000;
const fewTextHolders = 10_000;
// An index of three letters at a time knows nothing of two.
const shortestLookedUp = 3;
const mostLookedUp = 10;

async function findHolders(tx: TenantTx, query: Query): Promise<World['holders']> {
  const texts = termsOf(query).flatMap((term) => (term.kind === 'text' ? [searchText(term.text)] : []));
  const parts = [...new Set(texts)].filter((part) => part.length >= shortestLookedUp).slice(0, mostLookedUp);
  const holders = new Map<string, readonly string[]>();
  for (const part of parts) {
    const { rows } = await sql<{ id: string }>`
      select find_by_text as id from tenant.find_by_text(${containing(part)}, ${fewTextHolders + 1})`.execute(tx);
    if (rows.length <= fewTextHolders) holders.set(part, idsOf(rows));
  }
  for (const statuses of termsOf(query).flatMap(statusesIn)) {
    const { rows } = await sql<{ id: string }>`
      select distinct customer_id as id from customer_status where status = any(${statuses}::text[]) limit ${fewHolders + 1}`.execute(
      tx,
    );
    if (rows.length <= fewHolders) holders.set(keyOf(statuses), idsOf(rows));
  }
  return holders;
}

const idsOf = (rows: readonly { id: string }[]): string[] => rows.map(({ id }) => id);
/** No searched text holds a line break. */
const keyOf = (statuses: readonly string[]): string => `\n${statuses.join()}`;

function statusesIn(term: QueryTerm): string[][] {
  if (term.kind !== 'choice' || term.field !== 'status') return [];
  const named = CustomerStatus.options.filter((status) => term.values.includes(status));
  return named.length === 0 ? [] : [named];
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
  if (query.kind === 'and') return joined(query.parts, path, sql` and `, always);
  if (query.kind === 'or') return joined(query.parts, path, sql` or `, never);
  if (query.kind === 'not') return sql`not (${conditionOf(query.part, path)})`;
  path.budget.terms -= 1;
  if (path.budget.terms < 0) throw tooManyTerms();
  return termCondition(query, path);
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
      return textCondition(term.text, path);
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

/** Wherever a customer has a text: in its own, and in the names of its tags and those of its subscriptions. */
function textCondition(text: string, { world: { tags, holders, findsReferences }, within }: Path): Condition {
  const part = searchText(text);
  if (part === '') return always;
  const found = tags.filter(({ key }) => key.includes(part));
  const known = holders.get(part);
  const inOwn: Condition = known
    ? sql`customer.id = any(${known}::uuid[])`
    : commonly(sql`customer.search_text like ${containing(part)}`);
  // Whom a group's filter finds is in it, whoever asks. References stand behind an empty line.
  const told: Condition =
    findsReferences || within.length > 0
      ? inOwn
      : sql`(${inOwn} and split_part(customer.search_text, E'\\n\\n', 1) like ${containing(part)})`;
  return found.length === 0 ? told : sql`(${told} or ${hasTag(found)})`;
}

/**
 * As a case the planner takes a condition for one that every second row meets, and walks along the order of the list until the page is
 * full. Of a bare `like` under a row-level policy it may not look at the statistics, takes it for rare, and reads and sorts everybody.
 */
const commonly = (condition: Condition): Condition => sql`case when ${condition} then true else false end`;

/** `%`, `_` and `\` stand for themselves. */
const containing = (part: string): string => `%${part.replace(/[\\%_]/g, String.raw`\$&`)}%`;

/** Itself, or a subscription of its. Each list is asked only where tags of it are meant. */
function hasTag(tags: readonly TagKnown[]): Condition {
  const ids = (kind: TagKind): string[] => tags.filter((tag) => tag.kind === kind).map(({ id }) => id);
  const [own, ofSubscriptions] = [ids('customer'), ids('subscription')];
  return anyOf([
    ...(own.length > 0
      ? [
          sql<SqlBool>`exists (select from customer_tag t where t.customer_id = customer.id and t.tag_id = any(${own}::uuid[]))`,
        ]
      : []),
    ...(ofSubscriptions.length > 0
      ? [
          sql<SqlBool>`exists (select from subscription_tag t where t.customer_id = customer.id and t.tag_id = any(${ofSubscriptions}::uuid[]))`,
        ]
      : []),
  ]);
}

const isTagged: Condition = sql`(exists (select from customer_tag t where t.customer_id = customer.id)
  or exists (select from subscription_tag t where t.customer_id = customer.id))`;

function tagged(name: string | null, { tags }: World): Condition {
  if (name === null) return sql`not ${isTagged}`;
  return hasTag(tags.filter(({ key }) => key === searchText(name)));
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
  tags: isTagged,
  'sign-ins': sql`customer.has_sign_ins`,
  assignments: sql`customer.licenses_assigned is not null`,
  subscription: sql`customer.has_subscription`,
  trial: sql`customer.has_trial`,
  'setup-errors': sql`customer.failed_setup is not null`,
  active: sql`(customer.has_subscription or customer.has_trial)`,
  renewing: sql`customer.renews_on is not null`,
};

function choiceCondition({ field, values }: QueryTerm & { kind: 'choice' }, path: Path): Condition {
  switch (field) {
    case 'status':
      return statusCondition(values, path.world);
    case 'anomaly':
      return anomalyCondition(values);
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

const setupRank = CustomerStatus.options.indexOf('ready_for_order_setup');
const hasNoStatus: Condition = sql`(customer.status_rank = ${CustomerStatus.options.length}::int
  or (customer.status_rank = ${setupRank}::int and customer.failed_setup is not null
    and not exists (select from customer_status s where s.customer_id = customer.id)))`;

/**
 * Who has a rank has its status, but for that of an order setup, which a failed one has too; the other statuses are a set to look into, not
 * a join, which the planner would take for rarer than it is.
 */
function statusCondition(values: readonly string[], { holders }: World): Condition {
  const named = CustomerStatus.options.filter((status) => values.includes(status));
  const none = values.includes('none') ? [hasNoStatus] : [];
  if (named.length === 0) return anyOf(none);
  const known = holders.get(keyOf(named));
  if (known) return anyOf([sql`customer.id = any(${known}::uuid[])`, ...none]);
  const ranks = named.map((status) => CustomerStatus.options.indexOf(status)).filter((rank) => rank !== setupRank);
  return anyOf([
    sql`customer.status_rank = any(${ranks}::int[])`,
    ...none,
    sql`customer.id in (select s.customer_id from customer_status s where s.status = any(${named}::text[]))`,
  ]);
}

const hasAnomaly = (kinds: readonly string[]): Condition =>
  sql`customer.id in (select a.customer_id from calling_anomaly a where a.kind = any(${kinds}::text[]))`;

function anomalyCondition(values: readonly string[]): Condition {
  const named = AnomalyKind.options.filter((kind) => values.includes(kind));
  return anyOf([
    ...(named.length > 0 ? [hasAnomaly(named)] : []),
    ...(values.includes('none') ? [sql<SqlBool>`not (${hasAnomaly(AnomalyKind.options)})`] : []),
  ]);
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
