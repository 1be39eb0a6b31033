import type { Command } from '../arguments/command.ts';
import { advise } from './advise.ts';
import { apply } from './apply.ts';
import { bundle } from './bundle.ts';
import { completion } from './completion.ts';
import { doc } from './doc.ts';
import { doctor } from './doctor.ts';
import { exec } from './exec.ts';
import { drift } from './drift.ts';
import { explain } from './explain.ts';
import { facts } from './facts.ts';
import { init } from './init.ts';
import { inventory } from './inventory.ts';
import { lab } from './lab.ts';
import { list } from './list.ts';
import { ping } from './ping.ts';
import { plan } from './plan.ts';
import { report } from './report.ts';
import { reset } from './reset.ts';
import { runs } from './runs.ts';
import { schema } from './schema.ts';
import { secrets } from './secrets.ts';
import { verify } from './verify.ts';

/** Every command, in the order of `plinth --help`. What a command does is loaded when it runs. */
export const commands: readonly Command[] = [plan, apply, verify, drift, reset, list, ping, facts, doctor, advise, exec, explain, runs, report, doc, lab, bundle, init, inventory, secrets, schema, completion];
