import type { RenewalStage } from '@hub/contract/renewal-rules';

export interface DemoWork {
  stage: RenewalStage;
  /** Place among the administrators who may own a renewal; null: nobody. */
  owner: number | null;
  note: string;
  noticeDays: number;
}

/** What is written down of renewals, one after another in the order of their IDs; undefined: nothing yet. */
export const demoWork: readonly (DemoWork | undefined)[] = [
  { stage: 'contacted', owner: 0, note: 'Asks for a quote by the end of the month.', noticeDays: 30 },
  undefined,
  { stage: 'quoted', owner: 1, note: 'Three years at −5 %; waits for their finance.', noticeDays: 30 },
  { stage: 'agreed', owner: 0, note: 'Renews as it is, and adds Meetings.', noticeDays: 60 },
  undefined,
  { stage: 'not_started', owner: 1, note: 'Their IT lead is away until Monday.', noticeDays: 30 },
  { stage: 'contacted', owner: null, note: '', noticeDays: 45 },
  { stage: 'lost', owner: 0, note: 'Moves to the group contract of their parent company.', noticeDays: 30 },
];
