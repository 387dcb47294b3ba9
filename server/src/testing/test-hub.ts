import { PartnerId, PersonId } from '@hub/contract/ids';
import type { Role } from '@hub/contract/permissions';
import { RegionCode } from '@hub/contract/regions';
import type { FastifyInstance } from 'fastify';
import type pg from 'pg';
import { pino } from 'pino';
import { afterAll } from 'vitest';
import { buildApp } from '../app.ts';
import { type Ctx, type CtxActor, type Installation, inTenant, type PublicCtx } from '../features/access/index.ts';
import type { AuditRow } from '../features/audit/index.ts';
import { createPartner, openSession } from '../features/sessions/index.ts';
import { newTrackingId, type RateLimits, sessionCookie } from '../platform/http/index.ts';
import type { Log } from '../platform/log.ts';
import { type Mail, openMail } from '../platform/mail/index.ts';
import { vaultOf } from '../platform/vault/index.ts';
import { testClient, type TestClient } from './test-client.ts';
import { type TestClock, testClock } from './test-clock.ts';
import { cloneDirectory, openTestStores, type TestStores } from './test-stores.ts';

export interface TestHubOptions {
  /** Where the clock starts; it moves by `clock.advance` only. */
  now?: string;
  regions?: readonly RegionCode[];
  /** A database that no other test has written to, for what concerns the whole installation. */
  isAlone?: boolean;
  /** Requests a minute; none by default. */
  limits?: RateLimits;
  /** Sends nothing by default. */
  mail?: Mail;
  metricsToken?: string;
}

export interface TestPartner {
  partnerId: PartnerId;
  name: string;
  admin: TestClient;
  readOnly: TestClient;
  /** The person behind `admin`. */
  adminId: PersonId;
  readOnlyId: PersonId;
}

export interface TestPerson {
  client: TestClient;
  personId: PersonId;
  email: string;
}

export interface TestHub {
  installation: Installation;
  app: FastifyInstance;
  clock: TestClock;
  /** What was logged at level info and above, one object a line. */
  logged: Record<string, unknown>[];
  /** A new partner with a person of each role, both signed in. */
  partner: (input?: { name?: string; homeRegion?: RegionCode }) => Promise<TestPartner>;
  /** Another person of a partner, signed in. */
  person: (partnerId: PartnerId, role: Role) => Promise<TestPerson>;
  /** A browser that is not signed in. */
  stranger: () => TestClient;
  /** A script that sends this access token and no cookie. */
  script: (token: string) => TestClient;
  ctx: (partnerId: PartnerId, actor?: CtxActor) => Ctx;
  publicCtx: () => PublicCtx;
  /** Oldest first, whatever the partner. */
  auditOf: (targetId: string) => Promise<AuditRow[]>;
  /** SQL as the owner of the tables, past row-level security. */
  asOwner: <Row extends pg.QueryResultRow>(sql: string, values?: unknown[]) => Promise<Row[]>;
  applicationConnection: pg.ClientConfig;
  /** The app on a loopback port; returns its address. */
  listen: () => Promise<string>;
  close: () => Promise<void>;
}

let stores: Promise<TestStores> | undefined;
const closers: (() => Promise<void>)[] = [];

afterAll(async () => {
  for (const close of closers.splice(0).reverse()) await close();
  await (await stores)?.close();
});

/** The whole product on real stores. Tests of one file share the stores; each mints its own partner, so rows never mix. */
export async function testHub({
  now = '2026-12-01T10:00:00.000Z',
  regions = RegionCode.options,
  isAlone = false,
  limits = { perCaller: 1_000_000, perAddress: 1_000_000 },
  mail = openMail({ smtpUrl: undefined, from: undefined, publicUrl: undefined }, pino({ level: 'silent' })),
  metricsToken,
}: TestHubOptions = {}): Promise<TestHub> {
  const shared = await (stores ??= openTestStores());
  const clone = isAlone ? await cloneDirectory() : shared;
  const { directory, owner, applicationConnection } = clone;
  const clock = testClock(now);
  const { log, logged } = collectingLog();
  const installation: Installation = {
    clock,
    log,
    directory,
    stores: new Map([...shared.regional].filter(([region]) => regions.includes(region))),
    mail,
    dataDir: shared.dataDir,
    vault: vaultOf([Buffer.alloc(32, 7)]),
    outbound: { allowsLoopbackHttp: true, networks: [] },
  };
  const app = await buildApp(installation, { limits, ...(metricsToken === undefined ? {} : { metricsToken }) });
  const publicCtx = (): PublicCtx => ({ ...installation, trackingId: newTrackingId() });
  let address: Promise<string> | undefined;
  const listen = (): Promise<string> => (address ??= app.listen({ host: '127.0.0.1', port: 0 }));
  const stranger = (credentials = {}): TestClient => testClient({ app, listen, credentials });

  async function asOwner<Row extends pg.QueryResultRow>(sql: string, values: unknown[] = []): Promise<Row[]> {
    return (await owner.query<Row>(sql, values)).rows;
  }

  async function close(): Promise<void> {
    await app.close();
    if (isAlone) await clone.close();
  }
  closers.push(close);

  return {
    installation,
    app,
    clock,
    logged,
    publicCtx,
    asOwner,
    applicationConnection,
    listen,
    close,
    stranger: () => stranger(),
    script: (bearer) => stranger({ bearer }),
    async person(partnerId, role) {
      const { credentials, ...person } = await mintPerson(publicCtx(), asOwner, partnerId, role);
      return { ...person, client: stranger(credentials) };
    },
    ctx: (partnerId, actor = { kind: 'operator', partnerId }) => ({ ...publicCtx(), actor }),
    auditOf: (targetId) =>
      asOwner<AuditRow>('select * from audit_event where target_id = $1 order by at, id', [targetId]),
    async partner(input = {}) {
      const made = await mintPartner(publicCtx(), asOwner, input);
      return {
        partnerId: made.partnerId,
        name: made.name,
        admin: stranger(made.admin.credentials),
        readOnly: stranger(made.readOnly.credentials),
        adminId: made.admin.personId,
        readOnlyId: made.readOnly.personId,
      };
    },
  };
}

let minted = 0;

async function mintPartner(
  ctx: PublicCtx,
  asOwner: TestHub['asOwner'],
  input: { name?: string; homeRegion?: RegionCode },
) {
  minted += 1;
  const [firstRegion = 'us'] = ctx.stores.keys();
  const { name = `Partner ${minted}`, homeRegion = firstRegion } = input;
  const partnerId = PartnerId.parse(ctx.clock.id());
  const tenantCtx: Ctx = { ...ctx, actor: { kind: 'system', partnerId } };
  await inTenant(tenantCtx, (tx) => createPartner(tx, ctx, { id: partnerId, name, homeRegion }));
  return {
    partnerId,
    name,
    admin: await mintPerson(ctx, asOwner, partnerId, 'partner_full'),
    readOnly: await mintPerson(ctx, asOwner, partnerId, 'partner_read_only'),
  };
}

const firstNames: Record<Role, string> = {
  partner_full: 'Ada',
  partner_admin: 'Pia',
  partner_read_only: 'Rea',
  help_desk_basic: 'Bo',
  help_desk_advanced: 'Hana',
};

async function mintPerson(ctx: PublicCtx, asOwner: TestHub['asOwner'], partnerId: PartnerId, role: Role) {
  const personId = PersonId.parse(ctx.clock.id());
  const email = `${role}-${personId}@example.com`;
  await asOwner('insert into person (id, email, name, created_at) values ($1, $2, $3, $4)', [
    personId,
    email,
    `${firstNames[role]} ${minted}`,
    ctx.clock.now(),
  ]);
  await asOwner('insert into membership (person_id, partner_id, role, created_at) values ($1, $2, $3, $4)', [
    personId,
    partnerId,
    role,
    ctx.clock.now(),
  ]);
  return inTenant({ ...ctx, actor: { kind: 'system', partnerId } }, async (tx) => {
    const visitor = { address: '127.0.0.1', userAgent: 'test' };
    const { token, actor } = await openSession(tx, ctx, { personId, partnerId, role, visitor });
    const { csrf_token: csrfToken } = await tx
      .selectFrom('session')
      .select('csrf_token')
      .where('id', '=', actor.sessionId)
      .executeTakeFirstOrThrow();
    return { personId, email, credentials: { cookie: `${sessionCookie}=${token}`, csrfToken } };
  });
}

function collectingLog(): { log: Log; logged: Record<string, unknown>[] } {
  const logged: Record<string, unknown>[] = [];
  const write = (line: string): void => {
    logged.push(JSON.parse(line) as Record<string, unknown>);
  };
  return { log: pino({ level: 'info', base: null }, { write }), logged };
}
