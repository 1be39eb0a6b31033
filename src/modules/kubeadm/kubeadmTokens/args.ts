import { z } from 'zod';
import { port } from '../args/fields.ts';

export const tokensArgs = z.strictObject({
  certificates: z.boolean().default(true).describe('Takes the uploaded certificates away as well.'),
  bindPort: port().default(6443).describe('The port of the API server on this node.'),
});
