import { normalHeader } from '../call-history-columns.ts';

/** A word, or the head of a column, without what writers differ in: case, accents, what stands in brackets, and signs between words. */
export const plainWord = (text: string): string =>
  normalHeader(text)
    .replace(/ ?[([].*$/, '')
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[_.’'-]+/g, ' ')
    .trim();

const setOf = (...languages: string[]): ReadonlySet<string> =>
  new Set(languages.flatMap((words) => words.split(',')).map(plainWord));

const outgoing = setOf(
  'originating,out,outgoing,outbound,dialed,made',
  'ausgehend,abgehend,gehend',
  'изходящо,изходящ,изходяща,изходящи',
  '발신,발신 통화,아웃바운드',
  'saliente,salientes,salida,realizada',
  'sortant,sortante,émis',
);
const incoming = setOf(
  'terminating,in,incoming,inbound,received',
  'eingehend,ankommend,kommend',
  'входящо,входящ,входяща,входящи',
  '수신,착신,수신 통화,인바운드',
  'entrante,entrantes,entrada,recibida',
  'entrant,reçu',
);
const yes = setOf(
  'answered,true,yes,y,1,connected,completed,success',
  'ja,j,angenommen,beantwortet,verbunden',
  'да,отговорено,отговорен,отговорена,прието,приет',
  '예,네,응답,응답함',
  'sí,contestada,respondida,atendida',
  'oui,répondu,décroché',
);
const no = setOf(
  'not answered,unanswered,no answer,noanswer,false,no,n,0,busy,failed,missed,congestion,cancelled,canceled,abandoned,rejected',
  'nein,nicht angenommen,nicht beantwortet,unbeantwortet,verpasst,entgangen,besetzt',
  'не,неотговорено,пропуснато,пропуснат,заето',
  '아니요,아니오,미응답,부재중,통화중',
  'no contestada,no respondida,perdida,ocupado',
  'non,non répondu,manqué,occupé,sans réponse',
);

/** What a word of another system says of a call's direction. */
export function directionOf(word: string): 'ORIGINATING' | 'TERMINATING' | undefined {
  if (outgoing.has(plainWord(word))) return 'ORIGINATING';
  return incoming.has(plainWord(word)) ? 'TERMINATING' : undefined;
}

/** Whether a word of another system says that a call was answered. */
export function answerOf(word: string): boolean | undefined {
  if (yes.has(plainWord(word))) return true;
  return no.has(plainWord(word)) ? false : undefined;
}
