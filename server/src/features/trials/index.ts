export { trialRoutes } from './routes.ts';
export { startTrial } from './start-trial.ts';
