export { changeTrial } from './change-trial.ts';
export { removeTrial } from './remove-trial.ts';
export { judgeRemovals, judgeTrials, removeTrials, startTrials, type TrialVerdict } from './many-trials.ts';
export { refusePastTrial } from './refuse-past-trial.ts';
export { trialRoutes } from './routes.ts';
export { startTrial } from './start-trial.ts';
