import { join } from 'node:path';
import type { OwnerConnection } from '../../platform/directory/ensure-database.ts';
import { isKeyFileOpen, keyFileName, type Vault, VaultFault } from '../../platform/vault/index.ts';
import { readHashKeys, readSecrets } from './doctor-queries.ts';
import { type Finding, fail, ok, warn } from './finding.ts';

/** Whether the key that is here opens what is kept of connectors. Tells nothing of what is inside. Also whether deleted people are recognized. */
export async function checkVault(
  { filesDir, owner }: { filesDir: string; owner: OwnerConnection },
  vault: Vault,
): Promise<Finding[]> {
  const secrets = await readSecrets(owner).catch(() => undefined); // a directory that does not answer is told of already
  if (secrets === undefined) return [];
  const findings: Finding[] = [];
  const path = join(filesDir, keyFileName);
  if (await isKeyFileOpen(filesDir))
    findings.push(warn(`Others may read the key of the connectors’ tokens: chmod 600 ${path}.`));
  const faults = secrets.map(({ partnerId, connectorId, keyId, sealed }) =>
    faultOf(() => vault.open({ keyId, sealed }, [partnerId, connectorId])),
  );
  const missing = faults.filter((fault) => fault === 'key_missing').length;
  const damaged = faults.filter((fault) => fault === 'not_for_this').length;
  if (missing > 0)
    findings.push(
      fail(
        `The tokens of ${missing} connectors were sealed with a key that is not here: set HUB_SECRET_KEY as it was, bring back ${path}, or enter the tokens again.`,
      ),
    );
  if (damaged > 0)
    findings.push(
      fail(`The tokens of ${damaged} connectors do not open with their key, so they were changed: enter them again.`),
    );
  const hashKeys = await readHashKeys(owner).catch(() => []);
  if (hashKeys.some((keyId) => !vault.holds(keyId)))
    findings.push(
      fail(
        `What deleted people are recognized by was hashed with a key that is not here, so imports of their organizations fail: set HUB_SECRET_KEY as it was, or bring back ${path}.`,
      ),
    );
  if (findings.length > 0 || secrets.length === 0) return findings;
  return [ok(`The key opens the tokens of all connectors (${secrets.length}).`)];
}

function faultOf(open: () => unknown): VaultFault['kind'] | undefined {
  try {
    open();
    return undefined;
  } catch (error) {
    if (error instanceof VaultFault) return error.kind;
    throw error;
  }
}
