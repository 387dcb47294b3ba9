import { column, day, type Feed, type FeedColumn, location, organization } from './feed.ts';

/** Talk, hold, handle and wait times stand as Time or as Mins, in total and per call. */
const times = (...of: readonly ('hold' | 'talk' | 'handle' | 'wait' | 'abandoned')[]): FeedColumn[] =>
  of.flatMap((what) => {
    const word = `${what[0]?.toUpperCase()}${what.slice(1)}`;
    return [
      column(`total_${what}_seconds`, `Total ${word} Time`, 'seconds', [`Total ${word}`]),
      column(`average_${what}_seconds`, `Avg ${word} Time`, 'seconds', [
        `Avg ${word}`,
        `Average ${word} Time`,
        `Average ${word}`,
      ]),
    ];
  });

const phone = column('phone_number', 'Phone No', 'text', ['Phone NO.', 'Phone number', 'Phone', 'Ph.No.', 'Ph.No']);
const extension = column('extension', 'Extension', 'text', ['Extn.', 'Extn', 'Ext.']);
const callQueue = column('call_queue', 'Call Queue', 'required_word', ['Call queue name', 'Queue', 'Queue name']);

/** One object of one organization in one period. What changes of it in a later report replaces what was. */
const statistics = (of: Pick<Feed, 'code' | 'table' | 'columns' | 'needed'> & { object: readonly string[] }): Feed => ({
  code: of.code,
  table: of.table,
  held: `held_${of.table}`,
  columns: [day, organization, location, ...of.columns],
  needed: of.needed,
  key: {
    of: [['org_uuid'], ['period_from'], ['period_to'], ['location'], ...of.object.map((name) => [name])],
  },
  laterBy: 'import',
  time: 'period_from',
});

/** DOMAIN 6.7. Handle is talk and hold; queues without calls are not in the report. */
export const callQueueStats = statistics({
  code: 'webex_call_queue_stats',
  table: 'call_queue_stat',
  columns: [
    callQueue,
    phone,
    extension,
    ...times('hold', 'talk', 'handle', 'wait', 'abandoned'),
    column('answered_calls', 'Answered Calls', 'count', ['Calls Answered', 'Total Answered Calls']),
    column('answered_percent', '% Answered Calls', 'percent', ['% Calls Answered', '% Answered']),
    column('abandoned_calls', 'Abandoned Calls', 'count', ['Calls Abandoned', 'Total Abandoned Calls']),
    column('abandoned_percent', '% Abandoned Calls', 'percent', ['% Calls Abandoned', '% Abandoned']),
    column('total_calls', 'Total Calls', 'count', ['Calls']),
    column('overflowed_calls', 'Calls Overflowed', 'count', ['Overflowed Calls']),
    column('timed_out_calls', 'Calls Timed Out', 'count', ['Timed Out Calls', 'Calls Timeout']),
    column('transferred_calls', 'Calls Transferred', 'count', ['Transferred Calls']),
    column('average_agents_assigned', 'Avg No. of Agents Assigned', 'number', ['Average No. of Agents Assigned']),
    column('average_agents_handling', 'Avg No. of Agents Handling Calls', 'number', [
      'Average No. of Agents Handling Calls',
    ]),
  ],
  needed: [['call_queue'], ['total_calls'], ['abandoned_calls']],
  object: ['call_queue'],
});

export const callQueueAgentStats = statistics({
  code: 'webex_call_queue_agent_stats',
  table: 'call_queue_agent_stat',
  columns: [
    column('agent', 'Agent name', 'required_word', ['Agent', 'Agent/Workspace name', 'Agent or workspace name']),
    callQueue,
    column('answered_calls', 'Total answered calls', 'count', ['Answered calls', 'Calls answered']),
    column('bounced_calls', 'Bounced calls', 'count', ['Total bounced calls', 'Calls bounced']),
    column('presented_calls', 'Total presented calls', 'count', ['Presented calls', 'Calls presented']),
    ...times('talk', 'hold', 'handle'),
  ],
  needed: [['agent'], ['call_queue'], ['answered_calls', 'presented_calls']],
  object: ['agent', 'call_queue'],
});

export const autoAttendantStats = statistics({
  code: 'webex_auto_attendant_stats',
  table: 'auto_attendant_stat',
  columns: [
    column('auto_attendant', 'Auto Attendant', 'required_word', ['Auto Attendant name']),
    column('phone_number', 'Ph.No./Extn.', 'text', ['Ph.No./Extn', 'Phone No', 'Phone number', 'Phone NO.']),
    column('total_calls', 'Total Calls', 'count', ['Calls']),
    column('answered_calls', 'Answered', 'count', ['Answered Calls', 'Calls Answered']),
    column('unanswered_calls', 'Unanswered', 'count', ['Unanswered Calls', 'Calls Unanswered']),
    column('busy_calls', 'Busy', 'count', ['Busy Calls']),
    column('other_calls', 'Others', 'count', ['Other', 'Other Calls']),
    column('answered_percent', '% Answered', 'percent', ['% Answered Calls', '% Calls Answered']),
    column('total_seconds', 'Total Duration', 'seconds', ['Total Call Duration']),
    column('total_talk_seconds', 'Total AA Talktime', 'seconds', ['Total AA Talk Time', 'Total Talk Time']),
  ],
  needed: [['auto_attendant'], ['total_calls']],
  object: ['auto_attendant'],
});

export const huntGroupStats = statistics({
  code: 'webex_hunt_group_stats',
  table: 'hunt_group_stat',
  columns: [
    column('hunt_group', 'Hunt Group', 'required_word', ['Hunt Group name']),
    phone,
    extension,
    ...times('talk', 'handle', 'wait', 'abandoned'),
    column('answered_calls', 'Calls Answered', 'count', ['Answered Calls']),
    column('answered_percent', '% Calls Answered', 'percent', ['% Answered Calls', '% Answered']),
    column('abandoned_calls', 'Calls Abandoned', 'count', ['Abandoned Calls']),
    column('abandoned_percent', '% Calls Abandoned', 'percent', ['% Abandoned Calls', '% Abandoned']),
    column('average_agents_handling', 'Avg No. of Agents Handling Calls', 'number', [
      'Average No. of Agents Handling Calls',
    ]),
  ],
  needed: [['hunt_group'], ['answered_calls', 'abandoned_calls']],
  object: ['hunt_group'],
});
