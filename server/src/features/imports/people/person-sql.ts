import { type Feed, isPeriodic, keyColumn } from '../feeds/feed.ts';
import { isBlank } from '../read-column.ts';
import { personColumnsOf } from './person-columns.ts';

// Parameters of what hashes: innerKey, outerKey, known, deciding (person-hash.ts).

/** As comparedText, in the engine. */
function compared(text: string): string {
  const plain = `replaceRegexpOne(lowerUTF8(trimBoth(${text})), '^(sips?|tel|mailto):', '')`;
  return `if(match(${plain}, '^[+(]?[0-9][0-9 ().+-]*$'), replaceRegexpOne(replaceRegexpAll(${plain}, '[^0-9]', ''), '^0+', ''), ${plain})`;
}

/** HMAC-SHA-256 in hex. */
const hashed = (text: string): string =>
  `hex(SHA256(concat(unhex({outerKey:String}), SHA256(concat(unhex({innerKey:String}), ${compared(text)})))))`;

/** By which values rows know the person, as they are written there: looked up, so that no statement holds any of them. */
export interface PersonValues {
  isKnown: (text: string) => string;
  /** Of those that alone tell whose a row is. */
  isDeciding: (text: string) => string;
}

/** The values of some rows that are the person's, and whether they decide. Each value is hashed once, however many rows have it. */
export function valuesIn(feed: Feed, from: string): string {
  const { own, named } = personColumnsOf(feed);
  const texts = [...new Set([...own, ...named])].map((name) => `toString(${name})`);
  return `SELECT value, has({deciding:Array(String)}, hash) AS decides
    FROM (SELECT value, ${hashed('value')} AS hash FROM (SELECT DISTINCT arrayJoin([${texts.join(', ')}]) AS value FROM ${from}))
    WHERE has({known:Array(String)}, hash)`;
}

/** In a table as valuesIn fills it. */
export const valuesOf = (table: string): PersonValues => ({
  isKnown: (text) => `${text} IN (SELECT value FROM ${table})`,
  isDeciding: (text) => `${text} IN (SELECT value FROM ${table} WHERE decides)`,
});

/** In the statement itself, which begins with it: found once, then compared. */
export const withValues = (feed: Feed, from: string): string =>
  `WITH (SELECT (groupUniqArray(value), groupUniqArrayIf(value, decides)) FROM (${valuesIn(feed, from)})) AS person_values`;
export const valuesWithin: PersonValues = {
  isKnown: (text) => `has(person_values.1, ${text})`,
  isDeciding: (text) => `has(person_values.2, ${text})`,
};

const isSet = (name: string): string =>
  name === 'user_uuid' ? `${name} != toUUID('00000000-0000-0000-0000-000000000000')` : `NOT ${isBlank(name)}`;

/** Whether a row is the person's. */
export function isOwn(feed: Feed, { isKnown, isDeciding }: PersonValues): string {
  const { certain, own } = personColumnsOf(feed);
  if (own.length === 0) return 'false';
  const isAny = (is: (text: string) => string): string => own.map((name) => is(`toString(${name})`)).join(' OR ');
  const isOfNobody = certain.length === 0 ? 'true' : `NOT (${certain.map(isSet).join(' OR ')})`;
  return `((${isAny(isDeciding)}) OR (${isOfNobody} AND (${isAny(isKnown)})))`;
}

export const isNamed = (column: string, { isKnown }: PersonValues): string => isKnown(`toString(${column})`);

/** The columns in which a row names the person, as an array of their names. */
function namedFields(feed: Feed, values: PersonValues): string {
  const { named } = personColumnsOf(feed);
  if (named.length === 0) return "CAST([], 'Array(String)')";
  return `arrayFilter(n -> n != '', [${named.map((name) => `if(${isNamed(name, values)}, '${name}', '')`).join(', ')}])`;
}

/** Rows that are the person's or name them: key, batch, is_own, fields and the days from and to. */
export function personRows(feed: Feed, from: string): string {
  const [first, last] = isPeriodic(feed) ? ['period_from', 'period_to'] : ['day', 'day'];
  return `(SELECT * FROM (${withValues(feed, from)} SELECT ${keyColumn(feed)} AS record_key, batch, ${first} AS first_day, ${last} AS last_day,
    ${isOwn(feed, valuesWithin)} AS is_own, ${namedFields(feed, valuesWithin)} AS fields FROM ${from}) WHERE is_own OR notEmpty(fields))`;
}

/** What stands between quotes, whose pairs nobody need know: a value may go on over several lines. Quotes within a value are doubled, or escaped in JSON. */
const quotedPieces = (text: string): string =>
  `if(position(${text}, '"') = 0, [], arrayMap(w -> replaceAll(w, '\\x01', '"'), splitByChar('"', replaceAll(replaceAll(${text}, '\\\\"', '\\x01'), '""', '\\x01'))))`;

/** A text as it was sent, whole, between its quotes and in the pieces between separators: one of them names the person. */
export const namesInPieces = (text: string): string =>
  `arrayExists(w -> has({known:Array(String)}, ${hashed('w')}), arrayConcat([${text}], ${quotedPieces(text)}, extractAll(${text}, '[^,;|"\\t\\r\\n]+')))`;
