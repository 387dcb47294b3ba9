import { backupCommand } from './backup-command.ts';
import type { Command } from './command.ts';
import { doctorCommand } from './doctor-command.ts';
import { importCommand } from './import-command.ts';
import { migrateCommand } from './migrate-command.ts';
import { rollupsCommand } from './rollups-command.ts';
import { tokenCreateCommand } from './token-command.ts';
import { undoCommand } from './undo-command.ts';
import { usageCommand } from './usage-command.ts';
import { userAddCommand, userPasswordCommand } from './user-commands.ts';

/** What the operator can have done, through the socket of the running product or by a command of its own. */
export const commands = {
  import: importCommand,
  undo: undoCommand,
  usage: usageCommand,
  rollups: rollupsCommand,
  'user add': userAddCommand,
  'user password': userPasswordCommand,
  'token create': tokenCreateCommand,
  migrate: migrateCommand,
  backup: backupCommand,
  doctor: doctorCommand,
} as const satisfies Record<string, unknown>;

export type CommandName = keyof typeof commands;

export const isCommandName = (name: string): name is CommandName => Object.hasOwn(commands, name);

/** The entry of a name, its argument type unknown: run-command.ts parses before it runs. */
export const commandOf = (name: CommandName): Command => commands[name];
