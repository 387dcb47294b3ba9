import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { budgetInWords, type Figure, inWords, isMet } from './figures.ts';
import type { Machine } from './machine.ts';

/** One benchmark's run. */
export interface Section {
  name: string;
  command: string;
  began: Machine;
  ended: Machine;
  figures: readonly Figure[];
  /** Whether its size is the one that the budgets are about. */
  isJudged: boolean;
  isWritten: boolean;
}

const path = join(import.meta.dirname, 'RESULTS.md');

const head = `# Measured

Written by \`npm run bench\`; each section tells where and when it was measured. Read the ratios first: they hold on other machines.
`;

export const isMissed = ({ isJudged }: Section, { value, budget }: Figure): boolean =>
  isJudged && budget !== undefined && !isMet(value, budget);

function verdict(section: Section, { value, budget }: Figure): string {
  if (budget === undefined) return '';
  if (!section.isJudged) return 'not judged';
  return isMet(value, budget) ? 'met' : 'MISSED';
}

const cellsOf = (section: Section, figure: Figure): string[] => [
  figure.what,
  inWords(figure.value, figure.unit),
  figure.budget ? budgetInWords(figure.budget, figure.unit) : '',
  verdict(section, figure),
  figure.detail ?? '',
];

const titles = ['figure', 'value', 'budget', '', 'detail'];

/** For the terminal: columns side by side. */
export function printSection(section: Section): string {
  const rows = [titles, ...section.figures.map((figure) => cellsOf(section, figure))];
  const widths = titles.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map(
    (row) =>
      `  ${row
        .map((cell, column) => (column === titles.length - 1 ? cell : cell.padEnd(widths[column] ?? 0)))
        .join('  ')
        .trimEnd()}`,
  );
  return `\n${section.name} (load ${section.began.load.toFixed(1)} to ${section.ended.load.toFixed(1)} on ${section.began.cores} cores)\n${lines.join('\n')}\n`;
}

function sectionText(section: Section): string {
  const { name, command, began, ended, figures } = section;
  const rows = [titles, titles.map(() => '---'), ...figures.map((figure) => cellsOf(section, figure))];
  return `## ${name}

\`${command}\`, ${began.at} UTC. ${began.cores} cores (${began.model}), ${(began.memoryBytes / 1e9).toFixed(0)} GB memory, ${began.platform}; ${began.versions}.
Load average ${began.load.toFixed(1)} before, ${ended.load.toFixed(1)} after.

${rows.map((row) => `| ${row.join(' | ')} |`).join('\n')}
`;
}

/** Replaces the sections that were measured and keeps the others. */
export async function writeResults(sections: readonly Section[]): Promise<void> {
  if (sections.length === 0) return;
  const known = new Map<string, string>();
  const before = await readFile(path, 'utf8').catch(() => '');
  for (const part of before.split(/^(?=## )/m).slice(1))
    known.set(/^## (\S+)/.exec(part)?.[1] ?? '', `${part.trimEnd()}\n`);
  for (const section of sections) known.set(section.name, sectionText(section));
  await writeFile(path, [head, ...known.values()].join('\n'));
}
