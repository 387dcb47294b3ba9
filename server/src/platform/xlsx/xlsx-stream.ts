import { type ZipEntry, zipStream } from './zip-stream.ts';

export interface XlsxColumn {
  title: string;
  kind: 'text' | 'number' | 'date' | 'instant';
  /** In characters. */
  width: number;
}

/** Texts, numbers, calendar dates (YYYY-MM-DD) and instants (ISO, UTC) as their column says; null is an empty cell. */
export type XlsxRow = readonly (string | number | null)[];

/** A workbook of one sheet as it comes into being: the header stays in sight and can be filtered by, dates and numbers are such. */
export function xlsxStream(
  sheet: { name: string; columns: readonly XlsxColumn[] },
  pages: AsyncIterable<readonly XlsxRow[]>,
): AsyncGenerator<Buffer> {
  const part = (name: string, text: string): ZipEntry => ({ name, content: [`${declaration}${text}`] });
  return zipStream([
    part('[Content_Types].xml', contentTypes),
    part('_rels/.rels', packageParts),
    part(
      'xl/workbook.xml',
      `<workbook xmlns="${main}" xmlns:r="${office}/relationships"><sheets><sheet name="${xmlText(sheet.name)}" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    ),
    part('xl/_rels/workbook.xml.rels', workbookParts),
    part('xl/styles.xml', styles),
    { name: 'xl/worksheets/sheet1.xml', content: sheetText(sheet.columns, pages) },
  ]);
}

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006';
const packaged = 'http://schemas.openxmlformats.org/package/2006';
const kindOf = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

const contentTypes = `<Types xmlns="${packaged}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${kindOf}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${kindOf}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${kindOf}.styles+xml"/></Types>`;
const packageParts = `<Relationships xmlns="${packaged}/relationships"><Relationship Id="rId1" Type="${office}/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`;
const workbookParts = `<Relationships xmlns="${packaged}/relationships"><Relationship Id="rId1" Type="${office}/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${office}/relationships/styles" Target="styles.xml"/></Relationships>`;
/** 0 plain, 1 header, 2 date, 3 date with time, 4 whole number. */
const styles = `<styleSheet xmlns="${main}"><numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/><numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd\\ hh:mm"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="5"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/><xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="3" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs></styleSheet>`;

async function* sheetText(
  columns: readonly XlsxColumn[],
  pages: AsyncIterable<readonly XlsxRow[]>,
): AsyncGenerator<string> {
  const widths = columns.map(
    ({ width }, at) => `<col min="${at + 1}" max="${at + 1}" width="${width}" customWidth="1"/>`,
  );
  yield `${declaration}<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${widths.join('')}</cols><sheetData><row>${columns.map(({ title }) => textCell(title, ' s="1"')).join('')}</row>`;
  let rows = 1;
  for await (const page of pages) {
    rows += page.length;
    yield page.map((row) => `<row>${row.map((value, at) => cellText(value, columns[at])).join('')}</row>`).join('');
  }
  yield `</sheetData><autoFilter ref="A1:${letters(columns.length)}${rows}"/></worksheet>`;
}

/** A column by its number from 1: A, B, … Z, AA. */
const letters = (column: number): string =>
  column === 0 ? '' : `${letters(Math.floor((column - 1) / 26))}${String.fromCharCode(65 + ((column - 1) % 26))}`;

const dayMilliseconds = 86_400_000;
const firstDay = Date.UTC(1899, 11, 30); // day 0 of spreadsheets

function cellText(value: string | number | null, column: XlsxColumn | undefined): string {
  if (value === null || value === '') return '<c/>';
  if (typeof value === 'number') return `<c s="4"><v>${value}</v></c>`;
  if (column?.kind === 'date' || column?.kind === 'instant') {
    const day = (Date.parse(value) - firstDay) / dayMilliseconds;
    if (Number.isFinite(day)) return `<c s="${column.kind === 'date' ? 2 : 3}"><v>${day}</v></c>`;
  }
  return textCell(value, '');
}

const longestCell = 32_767; // a spreadsheet takes no more

/** As text a formula is never run. */
const textCell = (text: string, style: string): string =>
  `<c t="inlineStr"${style}><is><t xml:space="preserve">${xmlText(text.slice(0, longestCell))}</t></is></c>`;

/** Without what XML cannot hold: control characters, half surrogate pairs, U+FFFE and U+FFFF. */
function xmlText(text: string): string {
  const marks: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
  return text
    .toWellFormed()
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
    .replace(/[&<>"]/g, (mark) => marks[mark] ?? '');
}
