import { z } from 'zod';

/**
 * Permissions as octal digits in a string, given back with four digits. A number is refused: YAML reads 0644 as 420,
 * and JavaScript reads 644 as another mode altogether.
 */
export const octalMode = () =>
  z
    .string("must be a string such as '0644'")
    .regex(/^[0-7]{3,4}$/, "must be three or four octal digits, such as '0644'")
    .transform((digits) => digits.padStart(4, '0'));
