import { PlinthError } from '../../../contract/diagnostic.ts';
import { read } from '../../../contract/read/index.ts';
import { join, type Reading } from '../../../contract/reading.ts';
import type { HostWork } from '../../nodes/on-hosts.ts';
import { type Examined, examinationSchema } from './examination.ts';
import { examineScript } from './script.ts';

/** Longest that a node may think about all of it, in ms. */
const patience = 60_000;

/** One connection, one round trip: facts and what they do not tell. */
export async function examine({ host, connect, reach, signal }: HostWork): Promise<Examined> {
  const started = performance.now();
  const connection = await connect();
  const connected = performance.now() - started;
  const facts = read.facts();
  const more = read.shell(examineScript, examinationSchema);
  const { scripts, places } = join([more, facts]);
  const steps = await Promise.all(scripts.map(async (script) => ({ script: await script.text(), timeout: patience })));
  // Facts come last in the frame: their clock is then read just before the answer.
  const replies = await connection.send(steps, { signal });
  const received = Date.now();
  const answer = <T>(reading: Reading<T>, i: number): T => {
    const reply = replies[places[i]?.script ?? -1];
    if (!reply || reply.code !== 0) throw new PlinthError({ cause: 'reading', host, summary: `the node could not be looked at${reply ? ` (exit ${reply.code})` : ''}`, ...(reply?.stderr ? { detail: reply.stderr } : {}) });
    return reading.kind.parse(reply.facts.get(String(places[i]?.index)), reading.key);
  };
  const examination = answer(more, 0);
  const found = answer(facts, 1);
  const { become, user } = await reach();
  return { ...examination, facts: { ...found, clockSkewMs: skewOf(found.clockMs, received) }, transport: connection.transport, connected, become: become !== false, ...(user === undefined ? {} : { login: user }) };
}

/** The answer needs a moment to come back, so a clock that is a little behind is right. */
function skewOf(theirs: number, received: number): number {
  const skew = Math.round(theirs - received);
  return Math.abs(skew) < 100 ? 0 : skew;
}
