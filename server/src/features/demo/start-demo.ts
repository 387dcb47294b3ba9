import { newTrackingId } from '../../platform/http/index.ts';
import type { Ctx, Installation } from '../access/index.ts';
import { addDemoAdministrators, createDemoPartner } from './create-demo-partner.ts';
import { type DemoPartner, findDemoPartners, hasPartner } from './demo-queries.ts';
import { readDemoPassword } from './demo-password.ts';
import { demoScenarioOf } from './demo-scenario-of.ts';
import { fillDemo, finishLoading } from './fill-demo.ts';
import { removeDemo } from './remove-demo.ts';

export interface Demo {
  /** How to enter, where there is a demo. */
  signIn: { email: string; password: string } | undefined;
  isLoading: boolean;
  /** Resolves when this start's work on the demo has ended, whether it was done or failed. */
  done: Promise<void>;
  stop(): Promise<void>;
}

interface DemoOptions {
  /** HUB_DEMO: load it into an empty installation, and keep it up to yesterday. */
  isWanted: boolean;
  wakeImports: () => void;
}

/**
 * At every start: loads the demo into an empty installation, brings one that is there up to yesterday, and ends what a crash interrupted.
 * Returns when one can sign in; the call records follow as imports.
 */
export async function startDemo(installation: Installation, options: DemoOptions): Promise<Demo> {
  const publicCtx = { ...installation, trackingId: newTrackingId() };
  const partners = await findDemoPartners(installation.directory);
  if (partners.length === 0 && options.isWanted && !(await hasPartner(installation.directory))) {
    partners.push(await createDemoPartner(publicCtx));
  }
  const shown = partners.find(({ demoState }) => demoState !== 'removing');
  if (shown?.demoState === 'loading') await addDemoAdministrators(publicCtx, shown, demoScenarioOf(shown.createdAt));

  const stopping = new AbortController();
  const done = Promise.all(partners.map((partner) => tend(publicCtx, partner, options, stopping.signal))).then(
    () => undefined,
  );
  return {
    signIn: shown && (await signInOf(installation.dataDir, shown)),
    isLoading: shown?.demoState === 'loading',
    done,
    async stop() {
      stopping.abort();
      await done;
    },
  };
}

/** Never throws: the product works without its demo. */
async function tend(
  publicCtx: Omit<Ctx, 'actor'>,
  partner: DemoPartner,
  { isWanted, wakeImports }: DemoOptions,
  signal: AbortSignal,
): Promise<void> {
  const ctx: Ctx = { ...publicCtx, actor: { kind: 'system', partnerId: partner.id } };
  try {
    if (partner.demoState === 'removing') return await removeDemo(ctx);
    if (partner.demoState === 'loaded' && !isWanted) return;
    await fillDemo(ctx, demoScenarioOf(partner.createdAt), { signal, wakeImports });
    await finishLoading(ctx, signal);
  } catch (error) {
    if (!signal.aborted)
      ctx.log.error(
        { err: error, trackingId: ctx.trackingId },
        'the demo could not be completed; the next start tries again',
      );
  }
}

async function signInOf(dataDir: string, partner: DemoPartner): Promise<Demo['signIn']> {
  const first = demoScenarioOf(partner.createdAt).administrators.find(({ role }) => role === 'partner_full');
  const password = await readDemoPassword(dataDir);
  return first === undefined || password === undefined ? undefined : { email: first.email, password };
}
