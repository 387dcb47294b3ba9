import { type Feed, isPeriodic, keyColumn } from '../feeds/feed.ts';
import { isBlank } from '../read-column.ts';
import { personColumnsOf } from './person-columns.ts';

// Parameters of all that follows: innerKey, outerKey, known, deciding (person-hash.ts).

/** As comparedText, in the engine. */
function compared(text: string): string {
  const plain = `replaceRegexpOne(lowerUTF8(trimBoth(${text})), '^(sips?|tel|mailto):', '')`;
  return `if(match(${plain}, '^[+(]?[0-9][0-9 ().+-]*$'), replaceRegexpOne(replaceRegexpAll(${plain}, '[^0-9]', ''), '^0+', ''), ${plain})`;
}

/** HMAC-SHA-256 in hex. */
const hashed = (text: string): string =>
  `hex(SHA256(concat(unhex({outerKey:String}), SHA256(concat(unhex({innerKey:String}), ${compared(text)})))))`;

const texts = (columns: readonly string[]): string => `[${columns.map((name) => `toString(${name})`).join(', ')}]`;
const hashesOf = (columns: readonly string[]): string =>
  columns.length === 0 ? "CAST([], 'Array(String)')" : `arrayMap(v -> ${hashed('v')}, ${texts(columns)})`;

const isSet = (name: string): string =>
  name === 'user_uuid' ? `${name} != toUUID('00000000-0000-0000-0000-000000000000')` : `NOT ${isBlank(name)}`;

/** Whether a row is the person's. */
export function isOwn(feed: Feed): string {
  const { certain, own } = personColumnsOf(feed);
  if (own.length === 0) return 'false';
  const hashes = hashesOf(own);
  const isOfNobody = certain.length === 0 ? 'true' : `NOT (${certain.map(isSet).join(' OR ')})`;
  return `(hasAny(${hashes}, {deciding:Array(String)}) OR (${isOfNobody} AND hasAny(${hashes}, {known:Array(String)})))`;
}

export const isNamed = (column: string): string => `has({known:Array(String)}, ${hashed(`toString(${column})`)})`;

/** The columns in which a row names the person, as an array of their names. */
export function namedFields(feed: Feed): string {
  const { named } = personColumnsOf(feed);
  if (named.length === 0) return "CAST([], 'Array(String)')";
  return `arrayFilter((n, h) -> has({known:Array(String)}, h), [${named.map((name) => `'${name}'`).join(', ')}], ${hashesOf(named)})`;
}

/** Rows that are the person's or name them: key, batch, is_own, fields and the days from and to. */
export function personRows(feed: Feed, from: string): string {
  const [first, last] = isPeriodic(feed) ? ['period_from', 'period_to'] : ['day', 'day'];
  return `(SELECT * FROM (SELECT ${keyColumn(feed)} AS record_key, batch, ${first} AS first_day, ${last} AS last_day,
    ${isOwn(feed)} AS is_own, ${namedFields(feed)} AS fields FROM ${from}) WHERE is_own OR notEmpty(fields))`;
}

/** A text as it was sent, whole and in the pieces between separators: one of them names the person. */
export const namesInPieces = (text: string): string =>
  `arrayExists(w -> has({known:Array(String)}, ${hashed('w')}), arrayPushBack(extractAll(${text}, '[^,;|"\\t\\r\\n]+'), ${text}))`;
