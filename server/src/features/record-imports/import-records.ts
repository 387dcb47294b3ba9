import type { Readable } from 'node:stream';
import { visible } from '@hub/contract/given-names';
import type { ReplyOf } from '@hub/contract/endpoint';
import type { importRecords as endpoint, RejectedRecord } from '@hub/contract/record-imports';
import type { TenantTx } from '../../platform/directory/directory.ts';
import { type Ctx, holdActor, inTenant, requirePermission } from '../access/index.ts';
import { audit } from '../audit/index.ts';
import { findDeletedOrganizations, releaseLinked } from '../imports/index.ts';
import { dateIn, refreshCustomers } from '../statuses/index.ts';
import { enterRecords } from './enter-records.ts';
import type { Entered } from './entered.ts';
import { readFile, type ReadFile } from './read-file.ts';
import { receiveRecords } from './receive-records.ts';
import { columnsOfKind } from '@hub/contract/record-columns';
import { awaitTurn, isCollision, readTimeZone } from './record-import-queries.ts';
import type { Fault } from './row-reading.ts';
import { takeSeat } from './seats.ts';

export interface RecordsUpload {
  fileName: string;
  isTrial: boolean;
  body: Readable;
  /** As announced. */
  bytes: number | undefined;
}

type Outcome = ReplyOf<typeof endpoint>;

const mostRejections = 1000;
const mostIgnored = 100;
const valueCharacters = 100; // enough to find the cell again
const customersAtOnce = 2000; // as many as one refreshing holds in memory
const attempts = 3;

/** Reads a file of records; docs/records.md tells what it may hold. Good rows enter in one transaction, which a trial takes back. */
export async function importRecords(ctx: Ctx, { fileName, isTrial, body, bytes }: RecordsUpload): Promise<Outcome> {
  requirePermission(ctx, 'subscriptions.write');
  const seat = await takeSeat();
  try {
    const name = visible(fileName) || 'file';
    const text = await receiveRecords(body, { fileName: name, bytes });
    const timeZone = await inTenant(ctx, (tx) => readTimeZone(tx, ctx.actor.partnerId));
    const file = await readFile(text, name, (at) => dateIn(timeZone, at));
    if (file.kind === 'customers' || file.kind === 'sign_ins') requirePermission(ctx, 'customers.write');
    const today = dateIn(timeZone, ctx.clock.now());
    const { outcome, linked } = await withPatience(() => enterFile(ctx, { file, name, isTrial, today }));
    await releaseLinked(ctx, linked);
    return outcome;
  } finally {
    seat.leave();
  }
}

interface FileToEnter {
  file: ReadFile;
  name: string;
  isTrial: boolean;
  today: string;
}

async function enterFile(
  ctx: Ctx,
  { file, name, isTrial, today }: FileToEnter,
): Promise<{ outcome: Outcome; linked: Entered['linked'] }> {
  requirePermission(ctx, 'subscriptions.write');
  const enter = async (tx: TenantTx): Promise<{ outcome: Outcome; linked: Entered['linked'] }> => {
    // An upload takes long: whoever sent it may have been removed meanwhile.
    await holdActor(tx, ctx.actor);
    await awaitTurn(tx, ctx.actor.partnerId);
    const entered = await enterRecords(tx, ctx, { ...file, incomplete: new Set(file.incomplete) }, today);
    const deleted = await findDeletedOrganizations(
      tx,
      entered.linked.map(({ orgUuid }) => orgUuid),
    );
    const outcome = { ...outcomeOf(file, entered, isTrial), deletedBefore: deleted.size };
    if (isTrial) throw new TakenBack(outcome);
    const touched = entered.touched.toSorted();
    for (let at = 0; at < touched.length; at += customersAtOnce)
      await refreshCustomers(tx, ctx, touched.slice(at, at + customersAtOnce));
    const { kind, read, created, changed, unchanged, rejected } = outcome;
    await audit(tx, ctx, {
      action: 'record_imports.import',
      target: { kind: 'record_import', id: ctx.clock.id() },
      after: { kind, fileName: name, read, created, changed, unchanged, rejected },
    });
    return { outcome, linked: entered.linked };
  };
  try {
    return await inTenant(ctx, enter);
  } catch (thrown) {
    if (thrown instanceof TakenBack) return { outcome: thrown.outcome, linked: [] };
    throw thrown;
  }
}

/** Ends the transaction of a trial without a trace. */
class TakenBack extends Error {
  readonly outcome: Outcome;

  constructor(outcome: Outcome) {
    super('a trial of an import of records');
    this.outcome = outcome;
  }
}

/** Somebody else may write the same in the same moment: judged anew, the rows tell it. */
async function withPatience<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt === attempts || !isCollision(error)) throw error;
    }
  }
}

function outcomeOf(
  file: ReadFile,
  { created, changed, unchanged, faults }: Entered,
  isTrial: boolean,
): Omit<Outcome, 'deletedBefore'> {
  const { kind, read, recognized } = file;
  const all = [...file.faults, ...faults].toSorted((a, b) => a.line - b.line);
  const ignored = recognized.header.filter((name, place) => name !== '' && recognized.columns[place] === undefined);
  return {
    kind,
    isTrial,
    ignoredColumns: ignored.slice(0, mostIgnored).map(shortened),
    read,
    created,
    changed,
    unchanged,
    rejected: all.length,
    rejections: all.slice(0, mostRejections).map((fault) => rejectedOf(fault, file)),
  };
}

function rejectedOf(
  { line, column, value, reason, hint }: Fault,
  { kind, recognized: { header, columns } }: ReadFile,
): RejectedRecord {
  const place = column === undefined ? -1 : columns.indexOf(column);
  const title = columnsOfKind[kind].find((known) => known.column === column)?.title ?? '';
  return { line, column: header[place] ?? title, value: shortened(value), reason, hint: shortened(hint) };
}

/** By whole characters: half of a pair is no text. */
const shortened = (text: string): string =>
  text.length <= valueCharacters ? text : `${text.slice(0, valueCharacters - 1).replace(/[\ud800-\udbff]$/, '')}…`;
