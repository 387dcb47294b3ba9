export { changeTrial } from './change-trial.ts';
export { removeTrial } from './remove-trial.ts';
export { trialRoutes } from './routes.ts';
export { startTrial } from './start-trial.ts';
