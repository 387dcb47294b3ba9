import { quoted } from './inline-parameters.ts';

/** Settings of one statement: written into its SQL for the embedded engine, sent beside it to a server. */
export type Settings = Readonly<Record<string, string | number>>;

/** As they stand behind SETTINGS. */
export const settingsText = (settings: Settings): string =>
  Object.entries(settings)
    .map(([name, value]) => `${name} = ${typeof value === 'number' ? value : quoted(value)}`)
    .join(', ');
