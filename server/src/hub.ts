import { resolve } from 'node:path';
import { CalendarDate, OrgUuid } from '@hub/contract/ids';
import { Permission, Role } from '@hub/contract/permissions';
import { RegionCode } from '@hub/contract/regions';
import { tokenMaximumDays } from '@hub/contract/tokens';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { askPassword } from './operator/ask-password.ts';
import { execute } from './operator/execute.ts';
import { exitCodes } from './operator/exit-codes.ts';
import { Refusal } from './operator/refusal.ts';
import { sentenceOf } from './operator/sentence-of.ts';
import { outliveReaders } from './operator/terminal.ts';

const invocation = 'npm run hub --';

/** npm changes to the repository's folder; paths are meant from where the person stands. */
const fromHere = (path: string): string => resolve(process.env['INIT_CWD'] ?? process.cwd(), path);

const program = new Command('hub')
  .description(
    'Partner Hub on the command line. Commands act as the operator of the installation, through the running Partner Hub where one runs.',
  )
  .configureHelp({ showGlobalOptions: false })
  .exitOverride()
  .showHelpAfterError(`(${invocation} --help tells more)`);

const region = (words: string): Option => new Option('--region <region>', words).choices(RegionCode.options);
const partner = (): Option =>
  new Option('--partner <name>', 'the partner to act for; needed where there is more than one');

function verb(parent: Command, name: string, description: string, example: string): Command {
  return parent
    .command(name)
    .description(description)
    .exitOverride()
    .addHelpText('after', `\nExample:\n  ${invocation} ${example}`);
}

verb(program, 'start', 'Starts Partner Hub in this terminal, as npm start does.', 'start').action(async () => {
  await import('./main.ts');
});

verb(
  program,
  'web',
  'Serves the page alone; needs DATABASE_URL, the URL of every region, and HUB_FILES.',
  'web',
).action(async () => {
  await import('./main.ts');
});

verb(program, 'worker', 'Runs imports alone, as many workers as wanted; needs the same as web.', 'worker').action(
  async () => {
    await import('./main.ts');
  },
);

verb(program, 'migrate', 'Brings both stores to the newest schema; starting does the same.', 'migrate').action(
  async () => {
    process.exitCode = await execute({ command: 'migrate', args: {} });
  },
);

interface ImportOptions {
  region: RegionCode;
  org?: string;
  from?: string;
  to?: string;
  partner?: string;
  wait: boolean;
}

verb(
  program,
  'import',
  'Imports files of call records, statistics and inventories, and follows each until it has ended.',
  'import queues.csv --region eu --org 5a3f1c9e-0d4b-4c1a-9b57-2f6d8e7a1b03 --from 2026-11-01 --to 2026-11-30',
)
  .argument(
    '<files...>',
    'reports of Webex Calling as CSV, detailed call history also as JSON; plain or packed as gzip or ZIP',
  )
  .addOption(region('the region whose customers the files are about').makeOptionMandatory())
  .option('--org <id>', 'the organization that the files are of, for reports that do not name it', organization)
  .option('--from <date>', 'the first day that they are of, for reports that do not name it', calendarDate)
  .option('--to <date>', 'the last day, counted too; without it the same as --from', calendarDate)
  .addOption(partner())
  .option('--no-wait', 'return as soon as the files are safe in the spool')
  .action(async (files: string[], options: ImportOptions) => {
    process.exitCode = await execute({
      command: 'import',
      args: {
        files: files.map(fromHere),
        region: options.region,
        orgUuid: options.org,
        from: options.from,
        to: options.to,
        partner: options.partner,
        waits: options.wait,
      },
      interrupted:
        'Interrupted. What was queued is imported all the same: now where Partner Hub runs, otherwise at its next start.',
    });
  });

verb(program, 'undo', 'Takes an import back as a whole: its rows go, and what they replaced counts again.', 'undo B-12')
  .argument('<import>', 'the number of the import, such as B-12', batchNumber)
  .option('--dry-run', 'only tell how many rows would go and come back', false)
  .addOption(partner())
  .action(async (number: number, options: { dryRun: boolean; partner?: string }) => {
    process.exitCode = await execute({
      command: 'undo',
      args: { number, partner: options.partner, looksOnly: options.dryRun },
    });
  });

verb(
  program,
  'rollups',
  'Compares what is added up by day with the call records and media rows themselves, for every region.',
  'rollups --rebuild',
)
  .option('--rebuild', 'build them anew first; imports wait meanwhile', false)
  .addOption(partner())
  .action(async (args: { rebuild: boolean; partner?: string }) => {
    process.exitCode = await execute({ command: 'rollups', args });
  });

interface UsageOptions {
  region: RegionCode;
  from: string;
  to: string;
  out?: string;
  partner?: string;
}

verb(
  program,
  'usage',
  'Writes the calling usage table as CSV.',
  'usage --region eu --from 2026-10-01 --to 2026-10-31 --out usage.csv',
)
  .addOption(region('the region to ask').makeOptionMandatory())
  .requiredOption('--from <date>', 'first UTC day, such as 2026-10-01', calendarDate)
  .requiredOption('--to <date>', 'last UTC day, counted too', calendarDate)
  .option('--out <file>', 'the file to write; without it the table goes to standard output')
  .addOption(partner())
  .action(async ({ out, ...args }: UsageOptions) => {
    process.exitCode = await execute({
      command: 'usage',
      args,
      out: out === undefined ? undefined : fromHere(out),
      sendsData: true,
    });
  });

const user = program.command('user').description('Administrators: add one, or set a password.').exitOverride();
const passwordOnStdin = (): Option =>
  new Option('--password-stdin', 'read the password from standard input instead of asking').default(false);

interface UserAddOptions {
  email: string;
  name: string;
  role: Role;
  partner?: string;
  partnerName?: string;
  region?: RegionCode;
  passwordStdin: boolean;
}

verb(
  user,
  'add',
  'Adds an administrator and asks for the password.',
  'user add --email ada@example.com --name "Ada Byron" --role partner_full',
)
  .requiredOption('--email <email>', 'the e-mail to sign in with')
  .requiredOption('--name <name>', 'the name as the page shows it')
  .addOption(new Option('--role <role>', 'what the person may do').choices(Role.options).makeOptionMandatory())
  .addOption(partner())
  .option('--partner-name <name>', 'create this partner; the first, or a further one')
  .addOption(region('with --partner-name: the home region of the new partner'))
  .addOption(passwordOnStdin())
  .action(async ({ passwordStdin, ...args }: UserAddOptions) => {
    const password = await askPassword({ fromStdin: passwordStdin });
    process.exitCode = await execute({ command: 'user add', args: { ...args, password } });
  });

interface UserPasswordOptions {
  email: string;
  passwordStdin: boolean;
}

verb(user, 'password', 'Sets a person’s password and ends all their sessions.', 'user password --email ada@example.com')
  .requiredOption('--email <email>', 'whose password it is')
  .addOption(passwordOnStdin())
  .action(async ({ email, passwordStdin }: UserPasswordOptions) => {
    const password = await askPassword({ fromStdin: passwordStdin });
    process.exitCode = await execute({ command: 'user password', args: { email, password } });
  });

const token = program.command('token').description('Access tokens for scripts: make one.').exitOverride();

interface TokenCreateOptions {
  email: string;
  name: string;
  scopes: Permission[];
  days: number;
  partner?: string;
}

verb(
  token,
  'create',
  'Makes an access token that acts as an administrator, and shows it once.',
  'token create --email ada@example.com --scopes calling_usage.read --days 90',
)
  .requiredOption('--email <email>', 'the administrator in whose name the token acts')
  .addOption(
    new Option('--scopes <scopes>', `what it may do, separated by commas: ${Permission.options.join(', ')}`)
      .argParser(scopeList)
      .makeOptionMandatory(),
  )
  .requiredOption('--days <days>', `how long it is valid, ${tokenMaximumDays} at most`, validDays)
  .option('--name <name>', 'what it is for', 'made on the command line')
  .addOption(partner())
  .action(async (args: TokenCreateOptions) => {
    process.exitCode = await execute({ command: 'token create', args });
  });

verb(
  program,
  'backup',
  'Writes everything into a new folder; Partner Hub may run meanwhile.',
  'backup --out /backups/hub-2026-11-22',
)
  .requiredOption('--out <folder>', 'a folder that does not exist yet')
  .action(async ({ out }: { out: string }) => {
    process.exitCode = await execute({ command: 'backup', args: { folder: fromHere(out) } });
  });

verb(
  program,
  'restore',
  'Fills an empty data folder (HUB_DATA_DIR) from a backup.',
  'restore --from /backups/hub-2026-11-22',
)
  .requiredOption('--from <folder>', 'the folder that backup wrote')
  .action(async ({ from }: { from: string }) => {
    const { restore } = await import('./operator/restore.ts');
    process.exitCode = await restore(fromHere(from));
  });

verb(program, 'doctor', 'Examines the installation and says what to do where something is wrong.', 'doctor')
  .option('--repair', 'rebuild what can be rebuilt from what is stored, and remove leftovers', false)
  .action(async ({ repair }: { repair: boolean }) => {
    const { diagnose } = await import('./operator/diagnose.ts');
    process.exitCode = await diagnose({ repairs: repair });
  });

verb(
  program,
  'cluster-schema',
  'Prints the regional tables for a ClickHouse cluster: replicated, and sharded by organization.',
  'cluster-schema --cluster hub --region eu > eu.sql',
)
  .requiredOption('--cluster <name>', 'the cluster as the servers name it (system.clusters)')
  .option('--database <name>', 'the database to create; by default hub_ and the region')
  .addOption(region('whose tables they are').makeOptionMandatory())
  .action(async (options: { cluster: string; database?: string; region: RegionCode }) => {
    const { clusterSchema } = await import('./platform/regional-store/cluster-schema.ts');
    process.stdout.write(await clusterSchema({ ...options, database: options.database ?? `hub_${options.region}` }));
  });

function calendarDate(value: string): string {
  if (!CalendarDate.safeParse(value).success)
    throw new InvalidArgumentError('Write a day of the calendar as 2026-10-01.');
  return value;
}

function batchNumber(value: string): number {
  const digits = /^(?:b-)?(\d{1,9})$/i.exec(value)?.[1] ?? '0';
  if (Number(digits) < 1) throw new InvalidArgumentError('Write the number of an import, such as B-12.');
  return Number(digits);
}

function organization(value: string): string {
  if (!OrgUuid.safeParse(value).success)
    throw new InvalidArgumentError('Write the organization’s ID, such as 5a3f1c9e-0d4b-4c1a-9b57-2f6d8e7a1b03.');
  return value;
}

function validDays(value: string): number {
  const days = /^\d{1,6}$/.test(value) ? Number(value) : 0;
  if (days < 1 || days > tokenMaximumDays)
    throw new InvalidArgumentError(`Write a whole number from 1 to ${tokenMaximumDays}.`);
  return days;
}

function scopeList(value: string): Permission[] {
  const read = Permission.array().safeParse(value.split(',').map((scope) => scope.trim()));
  if (!read.success) throw new InvalidArgumentError(`Choose from: ${Permission.options.join(', ')}.`);
  return read.data;
}

outliveReaders();
try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? exitCodes.fine : exitCodes.usage;
  } else {
    process.stderr.write(`${sentenceOf(error)}\n`);
    process.exitCode = error instanceof Refusal && error.isUsage ? exitCodes.usage : exitCodes.failed;
  }
}
