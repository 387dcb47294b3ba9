export { readCallingPolicy, setCallingPolicy } from './calling-policy-queries.ts';
export { callingPolicyRoutes } from './routes.ts';
