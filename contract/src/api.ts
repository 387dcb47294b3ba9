import * as administrators from './administrators.ts';
import * as audit from './audit.ts';
import * as bulkJobs from './bulk-jobs.ts';
import * as callPath from './call-path.ts';
import * as callingAnomalies from './calling-anomalies.ts';
import * as callingPolicy from './calling-policy.ts';
import * as callingUsage from './calling-usage.ts';
import * as connectors from './connectors.ts';
import * as customerGroups from './customer-groups.ts';
import * as customerTags from './customer-tags.ts';
import * as customers from './customers.ts';
import * as deletions from './deletions.ts';
import * as demo from './demo.ts';
import type { Endpoint } from './endpoint.ts';
import * as freshness from './freshness.ts';
import * as healthScore from './health-score.ts';
import * as importMappings from './import-mappings.ts';
import * as importUploads from './import-uploads.ts';
import * as imports from './imports.ts';
import * as lowAssignment from './low-assignment.ts';
import * as reconciliation from './reconciliation.ts';
import * as recordImports from './record-imports.ts';
import * as regionStates from './region-states.ts';
import * as renewals from './renewals.ts';
import * as retention from './retention.ts';
import * as savedViews from './saved-views.ts';
import * as sessions from './sessions.ts';
import * as statusPolicy from './status-policy.ts';
import * as metrics from './metrics.ts';
import * as orders from './orders.ts';
import * as subscriptionAnalytics from './subscription-analytics.ts';
import * as subscriptions from './subscriptions.ts';
import * as tokens from './tokens.ts';
import * as trials from './trials.ts';

function isEndpoint(value: unknown): value is Endpoint {
  return typeof value === 'object' && value !== null && 'method' in value && 'path' in value;
}

/** Every endpoint of the product by its name: what the sweep, the OpenAPI document and the completeness check walk through. */
export const allEndpoints: Readonly<Record<string, Endpoint>> = Object.fromEntries(
  [
    sessions,
    regionStates,
    administrators,
    tokens,
    audit,
    customers,
    customerTags,
    customerGroups,
    savedViews,
    bulkJobs,
    statusPolicy,
    subscriptions,
    orders,
    trials,
    recordImports,
    imports,
    connectors,
    importUploads,
    importMappings,
    callingUsage,
    callPath,
    callingPolicy,
    callingAnomalies,
    metrics,
    subscriptionAnalytics,
    renewals,
    lowAssignment,
    reconciliation,
    healthScore,
    freshness,
    retention,
    deletions,
    demo,
  ].flatMap((feature) =>
    Object.entries(feature as Record<string, unknown>).filter((pair): pair is [string, Endpoint] =>
      isEndpoint(pair[1]),
    ),
  ),
);
