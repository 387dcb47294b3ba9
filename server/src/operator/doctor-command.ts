import { z } from 'zod';
import { checkStores, checkVault, type Finding, repairStores } from '../features/doctor/index.ts';
import { command } from './command.ts';
import type { Outcome, Teller } from './protocol.ts';

const marks: Record<Finding['state'], string> = { ok: 'ok  ', warn: 'WARN', fail: 'FAIL' };

/** What only an open hub can tell; the rest of the doctor runs in the command itself. */
export const doctorCommand = command({
  args: z.object({ repairs: z.boolean().default(false) }),
  runsImports: false,
  async run({ hub, tell }, { repairs }) {
    if (repairs && tellFindings(await repairStores(hub.stores), tell) === 'failed') return 'failed';
    const findings = [...(await checkStores(hub.stores)), ...(await checkVault(hub.stores, hub.installation.vault))];
    return tellFindings(findings, tell);
  },
});

export function tellFindings(findings: readonly Finding[], tell: Teller): Outcome {
  for (const { state, sentence } of findings) tell.line(`${marks[state]}  ${sentence}`);
  return findings.some((finding) => finding.state === 'fail') ? 'failed' : 'fine';
}
