export { exportCallingUsage } from './export-calling-usage.ts';
export { getCallingUsage } from './get-calling-usage.ts';
export { callingUsageRoutes } from './routes.ts';
