export { judgeRemovals, judgeTrials, removeTrials, startTrials, type TrialVerdict } from './many-trials.ts';
export { trialRoutes } from './routes.ts';
export { startTrial } from './start-trial.ts';
