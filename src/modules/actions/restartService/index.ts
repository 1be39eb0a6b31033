import { z } from 'zod';
import { defineAction } from '../../../contract/index.ts';
import { unitName } from '../../args/unitName.ts';
import { started } from '../../system/service/started.ts';

/** Where the machine can tell that a restart is due, prefer the `newerThan` of `service`. */
export const restartService = defineAction({
  name: 'restartService',
  summary: 'Restarts a systemd unit and sees that it stays up.',
  args: z.strictObject({ name: unitName().describe('The unit; without an ending it is a service.') }),
  run: ({ name }) => started(name, 'restart'),
});
