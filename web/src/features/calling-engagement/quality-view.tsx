import { AnswerNotes } from './answer-notes.tsx';
import { EndpointTable } from './endpoint-table.tsx';
import { QualityTrend } from './quality-block.tsx';
import { Rows } from './rows.tsx';
import { useFigures } from './use-figures.ts';
import type { ViewProps } from './view-props.ts';
import { wantedOf } from './wanted.ts';

export function QualityView({ scope, period, search, go }: ViewProps) {
  const { figures, isOld } = useFigures(scope, period, wantedOf('quality', scope));
  return (
    <>
      {figures === undefined ? null : <AnswerNotes scope={scope} answer={figures.present} />}
      <div className="two-charts" data-old={isOld || undefined}>
        <div className="chart-half">
          <QualityTrend scope={scope} period={period} search={search} go={go} />
        </div>
        <div className="chart-half">
          <EndpointTable scope={scope} period={period} />
        </div>
      </div>
      <Rows view="quality" scope={scope} period={period} search={search} go={go} />
    </>
  );
}
