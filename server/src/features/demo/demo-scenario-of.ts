import { type DemoScenario, demoScenario } from '../../demo-data/index.ts';

// With the day on which the partner was created, the key of everything invented: the same at every start of an installation.
const seed = 'partner-hub';

export const demoScenarioOf = (createdAt: Date): DemoScenario =>
  demoScenario('busy-reseller', seed, { madeOn: createdAt.toISOString().slice(0, 10) });
