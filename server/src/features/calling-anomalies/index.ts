export { callingAnomalyRoutes } from './routes.ts';
export { watchesAnomalies } from './watch-anomalies.ts';
