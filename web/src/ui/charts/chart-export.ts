import type { Bucket, Series } from './chart-data.ts';

/** What stands above the picture in a file: title, unit, region, week, policy. */
interface ChartFile {
  name: string;
  lines: readonly string[];
}

interface Chart {
  title: string;
  about: readonly string[];
  fileName: string;
  bucketHead: string;
  buckets: readonly Bucket[];
  series: readonly Series[];
}

/** Saves its numbers, or its picture where `body` has one. */
export async function saveChart(
  kind: 'csv' | 'png',
  { title, about, fileName, bucketHead, buckets, series }: Chart,
  body: HTMLElement | null,
): Promise<void> {
  const file = { name: fileName, lines: [title, about.join(' · ')] };
  if (kind === 'csv') saveCsv(file, csvOf(bucketHead, buckets, series));
  const svg = body?.querySelector<SVGSVGElement>('.chart-svg') ?? null;
  if (kind === 'png' && svg !== null) await savePng(file, svg);
}

/** A line for each bucket, a column for each series; what is not known is empty. */
export function csvOf(
  head: string,
  buckets: readonly Pick<Bucket, 'key'>[],
  series: readonly Pick<Series, 'name' | 'values'>[],
): string {
  const rows = [
    [head, ...series.map(({ name }) => name)],
    ...buckets.map(({ key }, index) => [key, ...series.map(({ values }) => String(values[index] ?? ''))]),
  ];
  return `\uFEFF${rows.map((row) => row.map(quoted).join(',')).join('\r\n')}\r\n`;
}

// A text that a spreadsheet would take for a formula stays a text.
function quoted(text: string): string {
  const safe = /^[=+@\t\r]|^-\D/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function saveCsv(file: ChartFile, csv: string): void {
  save(`${file.name}.csv`, URL.createObjectURL(new Blob([csv], { type: 'text/csv' })));
}

function save(name: string, address: string): void {
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  if (address.startsWith('blob:')) setTimeout(() => URL.revokeObjectURL(address), 60_000); // some browsers begin to save late
}

const scale = 2; // pixels of the picture to a CSS pixel
const margin = 24;
const lineHeight = 20;

/** The picture in light colours, whatever the theme, with its title above it. */
async function savePng(file: ChartFile, svg: SVGSVGElement): Promise<void> {
  const { width, height } = svg.viewBox.baseVal;
  const head = margin + lineHeight * file.lines.length;
  const whole = { width: width + 2 * margin, height: height + head + margin };
  const drawing = lightCopy(svg);
  drawing.setAttribute('x', String(margin));
  drawing.setAttribute('y', String(head));
  const titles = file.lines.map(
    (line, index) =>
      `<text x="${margin}" y="${margin + lineHeight * (index + 0.5)}" font-family="sans-serif" font-size="${index === 0 ? 15 : 12}" font-weight="${index === 0 ? 600 : 400}" fill="${index === 0 ? '#1a1d1e' : '#505456'}">${escaped(line)}</text>`,
  );
  const text = `<svg xmlns="http://www.w3.org/2000/svg" width="${whole.width * scale}" height="${whole.height * scale}" viewBox="0 0 ${whole.width} ${whole.height}"><rect width="100%" height="100%" fill="#ffffff"/>${titles.join('')}${new XMLSerializer().serializeToString(drawing)}</svg>`;
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = whole.width * scale;
  canvas.height = whole.height * scale;
  canvas.getContext('2d')?.drawImage(image, 0, 0);
  save(`${file.name}.png`, canvas.toDataURL('image/png'));
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

const drawn = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'font-size',
  'font-weight',
  'paint-order',
] as const;

/** A copy whose every part carries its colours as the light theme has them, as attributes. */
function lightCopy(svg: SVGSVGElement): SVGSVGElement {
  const stage = document.createElement('div');
  stage.setAttribute('aria-hidden', 'true');
  stage.style.cssText = 'position:absolute;visibility:hidden';
  for (const [name, value] of lightTokens()) stage.style.setProperty(name, value);
  const copy = svg.cloneNode(true) as SVGSVGElement; // a clone is of its original's kind
  stage.append(copy);
  document.body.append(stage);
  for (const part of copy.querySelectorAll('*')) {
    const style = getComputedStyle(part);
    for (const name of drawn) part.setAttribute(name, style.getPropertyValue(name));
    part.removeAttribute('tabindex');
  }
  copy.setAttribute('font-family', 'sans-serif');
  stage.remove();
  return copy;
}

/** The custom properties that the style sheets give the light theme. */
function lightTokens(): [string, string][] {
  const rules = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]);
  return rules
    .filter((rule): rule is CSSStyleRule => rule instanceof CSSStyleRule && rule.selectorText === ':root')
    .flatMap(({ style }) =>
      [...style]
        .filter((name) => name.startsWith('--'))
        .map((name): [string, string] => [name, style.getPropertyValue(name)]),
    );
}
