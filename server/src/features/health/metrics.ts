import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Installation } from '../access/index.ts';
import { connectorMetrics } from './connector-metrics.ts';
import { countImports } from './health-queries.ts';
import { readReadiness } from './readiness.ts';

/** What Prometheus reads. Labels are routes, states and region codes, and ids of connectors and organizations; never a partner, a person or a name. */
export interface Metrics {
  observeAnswer(answer: { method: string; route: string; status: number; seconds: number }): void;
  text(): Promise<string>;
  contentType: string;
}

export function openMetrics(installation: Installation): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const answers = new Counter({
    name: 'hub_http_answers_total',
    help: 'Answered HTTP requests.',
    labelNames: ['method', 'route', 'status'],
    registers,
  });
  const seconds = new Histogram({
    name: 'hub_http_answer_seconds',
    help: 'From a request’s arrival to the end of its answer.',
    labelNames: ['method', 'route'],
    buckets: [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 60],
    registers,
  });
  const up = new Gauge({
    name: 'hub_store_up',
    help: '1 where the store answers; store is directory or a region.',
    labelNames: ['store'],
    registers,
  });
  const imports = new Gauge({
    name: 'hub_imports',
    help: 'Imports by region and state: queued and running now, the rest since the installation began.',
    labelNames: ['region', 'state'],
    registers,
  });
  const connectors = connectorMetrics(registry);
  return {
    contentType: registry.contentType,
    observeAnswer({ method, route, status, seconds: took }) {
      answers.inc({ method, route, status: String(status) });
      seconds.observe({ method, route }, took);
    },
    async text() {
      const { directory, regions } = await readReadiness(installation);
      up.set({ store: 'directory' }, directory === 'up' ? 1 : 0);
      for (const [region, state] of Object.entries(regions)) up.set({ store: region }, state === 'up' ? 1 : 0);
      imports.reset();
      connectors.reset();
      if (directory === 'up') {
        for (const { region, state, count } of await countImports(installation.directory))
          imports.set({ region, state }, count);
        await connectors.read(installation);
      }
      return registry.metrics();
    },
  };
}
