import type { Client } from 'ssh2';

/** When to send something, in ms after the first channel was asked for. */
const moments = [3, 8, 15];

/**
 * Sends a few tiny requests while the first channel opens. sshd turns Nagle's delay off only with its first session, so its
 * answer waits for our kernel's delayed ACK: 40 ms, unless any packet of ours carries that ACK earlier. Cancelling a
 * forwarding that never was is the one public call of ssh2 that sends a packet and changes nothing.
 */
export function nudge(client: Client): void {
  let open = true;
  client.once('close', () => (open = false));
  for (const moment of moments) {
    setTimeout(() => {
      if (open) quietly(() => client.unforwardIn('', 1, () => undefined));
    }, moment).unref();
  }
}

/** ssh2 throws where the socket has just gone; the channel itself will tell. */
function quietly(act: () => void): void {
  try {
    act();
  } catch {
    // Nothing was sent, and nothing needed to be.
  }
}
