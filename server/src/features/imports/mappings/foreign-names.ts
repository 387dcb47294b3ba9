import { plainWord } from './foreign-words.ts';

/** How other systems call the columns of a call record, language by language; the likeliest first. */
const names: Record<string, readonly string[]> = {
  start_time: [
    'calldate,start,starttime,call start,start date,date/time,datetime,date,time,timestamp,begin',
    'datum/uhrzeit,datum uhrzeit,datum und uhrzeit,anrufdatum,datum,startzeit,beginn,anrufbeginn,zeitpunkt,zeit',
    'дата и час,дата/час,дата,начало,начален час,време',
    '통화 일시,통화일시,일시,날짜,시작 시간,시작시간,시작 시각,통화 시작',
    'fecha y hora,fecha/hora,fecha,hora de inicio,inicio',
    'date et heure,date/heure,heure de début,début,date de l’appel',
  ],
  answer_time: ['answer,answertime,answered at,connect time,connected'],
  release_time: [
    'end,endtime,end time,hangup,disconnect time,stop',
    'ende',
    'край',
    '종료 시간',
    'fin',
    'heure de fin',
  ],
  duration: [
    'billsec,talk time,talktime,call duration,duration,duration seconds,seconds,length,minutes',
    'gesprächsdauer,anrufdauer,verbindungsdauer,gesprächszeit,sprechzeit,dauer,minuten,sekunden',
    'продължителност на разговора,времетраене на разговора,продължителност,времетраене,минути,секунди',
    '통화 시간,통화시간,통화 길이,지속 시간',
    'duración de la llamada,duración,tiempo de conversación,minutos,segundos',
    'durée de l’appel,durée d’appel,durée,temps de communication,secondes',
  ],
  calling_number: [
    'src,caller,from,ani,caller number,source,calling,cli,a number,originator',
    'anrufernummer,anrufer,rufnummer des anrufers,a nummer,von',
    'викащ номер,викащ,номер на викащия,от',
    '발신 번호,발신번호,발신자 번호,발신자',
    'número de origen,número llamante,origen,llamante',
    'numéro appelant,numéro de l’appelant,appelant,origine',
  ],
  called_number: [
    'dst,callee,to,dnis,dialed number,destination,called,b number,number dialed',
    'angerufene nummer,zielnummer,zielrufnummer,gewählte nummer,gewählte rufnummer,angerufener,ziel,b nummer,an',
    'викан номер,набран номер,търсен номер,викан,до,към',
    '수신 번호,수신번호,착신 번호,착신번호,수신자,착신자',
    'número marcado,número de destino,número llamado,destino',
    'numéro appelé,numéro composé,appelé,destinataire',
  ],
  user_number: [
    'extension,ext,user extension,src,caller,from',
    'nebenstelle,durchwahl,interne nummer',
    'вътрешен номер,вътрешен,вътрешна линия',
    '내선 번호,내선번호,내선',
    'extensión,interno,anexo',
    'poste,numéro de poste,numéro interne',
  ],
  user: [
    'user name,name,agent,employee,caller name',
    'teilnehmer,benutzer,benutzername,mitarbeiter,nutzer',
    'потребител,служител,абонат,агент',
    '사용자,사용자 이름,직원,상담원,이름',
    'usuario,empleado,agente,nombre',
    'utilisateur,employé,abonné,nom',
  ],
  location: [
    'site,office,branch',
    'standort,filiale',
    'местоположение,обект,офис',
    '위치,지점',
    'sede,oficina,ubicación',
    'agence',
  ],
  answered: [
    'disposition,status,result,call status',
    'angenommen,beantwortet,verbunden,ergebnis',
    'отговорено,отговорен,прието,резултат,статус',
    '응답 여부,응답,결과,상태',
    'contestada,respondida,atendida,resultado,estado',
    'répondu,décroché,résultat,statut',
  ],
  call_outcome_reason: ['disposition,cause,hangup cause,result'],
  direction: [
    'call direction,in/out',
    'richtung,anrufrichtung',
    'посока,посока на повикването',
    '통화 방향,방향',
    'dirección,sentido',
    'sens,sens de l’appel,direction de l’appel',
  ],
  call_id: ['uniqueid,unique id,linkedid,callid,session id,call uuid', 'anruf id', 'id на повикването', '통화 id'],
  inbound_trunk: ['trunk,trunk name'],
  device_mac: ['mac,mac address'],
  report_id: ['uniqueid,unique id,record id,id'],
  /** Some number, of whom it does not say. */
  number: [
    'phone number,phone,number,telephone',
    'rufnummer,telefonnummer,telefon,nummer',
    'телефонен номер,телефон,номер',
    '전화번호,전화 번호,번호',
    'número de teléfono,teléfono,número',
    'numéro de téléphone,téléphone,numéro',
  ],
  /** The time of a day whose date stands in another column. */
  clock: ['time,time of day,start time,call time', 'uhrzeit,zeit,anrufzeit', 'час,време', '시간,시각', 'hora', 'heure'],
};

const heads = new Map(
  Object.entries(names).map(([field, languages]) => [
    field,
    languages.flatMap((words) => words.split(',')).map(plainWord),
  ]),
);

/** The columns that other systems call so, the likeliest first. */
export function columnsNamed<Column extends { name: string }>(field: string, columns: readonly Column[]): Column[] {
  const plain = columns.map((column) => ({ column, head: plainWord(column.name) }));
  return (heads.get(field) ?? []).flatMap((name) =>
    plain.filter(({ head }) => head === name).map(({ column }) => column),
  );
}
