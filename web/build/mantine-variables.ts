import { DEFAULT_THEME, defaultCssVariablesResolver, mergeMantineTheme } from '@mantine/core';
import type { Plugin } from 'vite';
import { theme } from '../src/app/theme.ts';

const id = 'virtual:mantine-variables.css';

/** The theme's CSS variables as a style sheet: Mantine would write them into a <style> element, which the page's policy forbids. */
export function mantineVariables(): Plugin {
  return {
    name: 'hub-mantine-variables',
    resolveId: (source) => (source === id ? `\0${id}` : null),
    load(source) {
      if (source !== `\0${id}`) return null;
      const { variables, light, dark } = defaultCssVariablesResolver(mergeMantineTheme(DEFAULT_THEME, theme));
      return [
        block(':root', variables),
        block(":root[data-mantine-color-scheme='light']", light),
        block(":root[data-mantine-color-scheme='dark']", dark),
      ].join('\n');
    },
  };
}

const unusedColors = /^--mantine-color-(pink|grape|violet|indigo|blue|cyan|teal|green|lime|yellow|orange)-/;

function block(selector: string, variables: Record<string, string>): string {
  const lines = Object.entries(variables).filter(([name]) => !unusedColors.test(name));
  return `${selector} {\n${lines.map(([name, value]) => `  ${name}: ${value};`).join('\n')}\n}`;
}
