import type { BulkAct } from '@hub/contract/bulk-jobs';
import type { ReactNode } from 'react';
import type { BulkKind } from './bulk-words.ts';

/** What a form of the bulk dialog is given: it tells the act, and draws the dialog's buttons below its fields. */
export interface BulkFormProps {
  kind: BulkKind;
  onAct: (act: BulkAct) => void;
  actions: (submit: string) => ReactNode;
}
