export { checkMachine } from './check-machine.ts';
export { checkVault } from './check-vault.ts';
export { checkStores } from './check-stores.ts';
export type { Finding } from './finding.ts';
export { repairStores } from './repair-stores.ts';
