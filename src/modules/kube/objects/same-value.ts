/** Whether two scalars mean the same to the API: quantities are spelled in many ways (`1000m` is `1`, `0.5Gi` is `512Mi`). */
export function isSameValue(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  const isSpelled = (value: unknown): value is string | number => typeof value === 'string' || typeof value === 'number';
  if (!isSpelled(one) || !isSpelled(other)) return false;
  const [a, b] = [amountOf(String(one)), amountOf(String(other))];
  // Two texts without a unit may be versions: 1.10 is not 1.1.
  if (!a || !b || (typeof one === 'string' && typeof other === 'string' && !a.hasUnit && !b.hasUnit)) return false;
  return Math.abs(a.amount - b.amount) <= Math.abs(a.amount) * 1e-12;
}

const units: Readonly<Record<string, number>> = { n: 1e-9, u: 1e-6, m: 1e-3, '': 1, k: 1e3, M: 1e6, G: 1e9, T: 1e12, P: 1e15, E: 1e18, Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40, Pi: 2 ** 50, Ei: 2 ** 60 };

function amountOf(text: string): { readonly amount: number; readonly hasUnit: boolean } | undefined {
  const [, digits, unit = ''] = /^([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)([numkMGTPE]|[KMGTPE]i)?$/.exec(text) ?? [];
  const factor = units[unit];
  return digits === undefined || factor === undefined ? undefined : { amount: Number(digits) * factor, hasUnit: unit !== '' };
}
