import { readFileSync } from 'node:fs';
import { CallingUsageMeasure, callingUsageMeasures, type Feed } from '@hub/contract/calling-usage';
import { metricFormulas } from '@hub/contract/metric-formulas';
import { type Dimension, isOfWholeDays, MetricKey, metricOf } from '@hub/contract/metrics';
import {
  type SubscriptionMetricKey,
  subscriptionColumns,
  subscriptionMetricOf,
  subscriptionMetrics,
} from '@hub/contract/subscription-metrics';

const feedWords: Record<Feed | 'licenses' | 'contracts', string> = {
  call_history: 'call history',
  media_quality: 'media quality',
  call_queue_stats: 'call queue statistics',
  licenses: 'license snapshots, or else what the directory has of today',
  contracts: 'subscriptions and trials',
};

const toldWords: Record<Dimension | 'region' | 'line', string> = {
  customer: 'customer',
  location: 'location',
  endpointType: 'endpoint type',
  user: 'user',
  queue: 'queue',
  region: 'region',
  line: 'line',
};

interface Section {
  label: string;
  /** What is said of it below its name. */
  facts: string[];
  formula: string;
}

const known = <Key extends string>(keys: readonly Key[], key: string): Key | undefined =>
  keys.find((each) => each === key);

const about = (key: string, unit: string, feed: keyof typeof feedWords): string[] => [
  `Key \`${key}\``,
  unit,
  `of ${feedWords[feed]}`,
];

/** A number of calling: a column of the usage report, a metric of engagement, or both under one key. */
function callingSection(measure: CallingUsageMeasure | undefined, metric: MetricKey | undefined): Section | undefined {
  const inReport = measure === undefined ? undefined : callingUsageMeasures[measure];
  const inEngagement = metric === undefined ? undefined : metricOf(metric);
  const key = metric ?? measure;
  const either = inReport ?? inEngagement;
  if (key === undefined || either === undefined) return undefined;
  const told = (inEngagement?.by ?? []).map((dimension) => toldWords[dimension]);
  return {
    label: either.label,
    facts: [
      ...about(key, either.unit, either.feed),
      ...(inReport === undefined ? [] : ['a column of the usage report, by customer and location']),
      ...(told.length === 0 ? [] : [`told by ${told.join(', ')}`]),
      ...(metric !== undefined && told.length === 0 ? ['told of the whole scope only'] : []),
      ...(inReport === undefined || inEngagement === undefined || inReport.label === inEngagement.label
        ? []
        : [`in engagement *${inEngagement.label}*`]),
      ...(inEngagement?.isJudged === true ? ['by the quality policy'] : []),
      ...(metric !== undefined && isOfWholeDays(metric) ? ['whole UTC days only'] : []),
    ],
    formula: metricFormulas[key],
  };
}

function subscriptionSection(key: SubscriptionMetricKey): Section {
  const { label, unit, feed, by, formula } = subscriptionMetricOf(key);
  const told = by.map((each) => toldWords[each]).join(', ');
  return { label, facts: [...about(key, unit, feed), `told by ${told}`], formula: `${formula}.` };
}

const subscriptionKeys = Object.keys(subscriptionMetrics) as SubscriptionMetricKey[];
const catalog = [...new Set<string>([...CallingUsageMeasure.options, ...MetricKey.options, ...subscriptionKeys])];

function sectionOf(key: string): string {
  const ofSubscriptions = known(subscriptionKeys, key);
  const section =
    ofSubscriptions === undefined
      ? callingSection(known(CallingUsageMeasure.options, key), known(MetricKey.options, key))
      : subscriptionSection(ofSubscriptions);
  if (section === undefined) throw new Error(`tools/docs/metrics-template.md names ${key}, which no catalog has.`);
  const anchor = key.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  return `<a id="${anchor}"></a>\n\n### ${section.label}\n\n${section.facts.join(' · ')}\n\n${section.formula}\n`;
}

const columns = (): string =>
  [
    '| Column | Unit | What it is |',
    '|---|---|---|',
    ...Object.values(subscriptionColumns).map(({ label, unit, formula }) => `| ${label} | ${unit} | ${formula} |`),
  ].join('\n');

/** docs/metrics.md: the prose of the template, and in it every number of the catalogs, each once. */
export function metricsDocument(
  template = readFileSync(new URL('metrics-template.md', import.meta.url), 'utf8'),
): string {
  const placed = [...template.matchAll(/^@metric (\w+)$/gm)].map(([, key = '']) => key);
  const missing = catalog.filter((key) => placed.filter((each) => each === key).length !== 1);
  if (missing.length > 0)
    throw new Error(`tools/docs/metrics-template.md must have each number once; look at ${missing.join(', ')}.`);
  return template
    .replaceAll(/^@metric (\w+)$/gm, (_, key: string) => sectionOf(key))
    .replace(/^@columns$/m, columns)
    .replaceAll(/\n{3,}/g, '\n\n');
}
