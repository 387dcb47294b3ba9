export { findCallingSums } from './calling-sums-queries.ts';
export { callingAnomalyRoutes } from './routes.ts';
export { watchesAnomalies } from './watch-anomalies.ts';
