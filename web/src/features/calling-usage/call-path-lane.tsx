import { type LaneStep, mostLanes } from './call-path-lanes.ts';

const laneWidth = 14;
const head = 14; // where the time of the step stands
const xOf = (lane: number): number => 7 + lane * laneWidth;

/** The step's part of the drawing. Decoration: the list says all of it in words. */
export function Lane({ lanes, at }: { lanes: readonly LaneStep[]; at: number }) {
  const step = lanes[at];
  if (step === undefined) return null;
  const width = laneWidth * Math.min(mostLanes, Math.max(...lanes.map(({ lane }) => lane)) + 1);
  return (
    <div className="lane" style={{ width }} aria-hidden="true">
      <svg>
        {step.above.map((lane) => (
          <line key={`above ${lane}`} x1={xOf(lane)} y1="0" x2={xOf(lane)} y2={head} />
        ))}
        {step.below.map((lane) => (
          <line key={`below ${lane}`} x1={xOf(lane)} y1={head} x2={xOf(lane)} y2="100%" />
        ))}
        {step.from === null ? null : <line x1={xOf(step.from)} y1={head} x2={xOf(step.lane)} y2={head} />}
        <circle cx={xOf(step.lane)} cy={head} r="4.5" />
      </svg>
    </div>
  );
}
