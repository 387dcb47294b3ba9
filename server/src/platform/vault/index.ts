export { isKeyFileOpen, keyFileName, keyOf } from './key-file.ts';
export { openVault, readVault, type Sealed, type Vault, VaultFault, vaultOf } from './vault.ts';
