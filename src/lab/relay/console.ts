/**
 * `perl console.pl LOG...` makes one pseudo terminal for each log, prints the terminals' paths on one line, and writes to
 * each log what comes over its terminal. systemd wants a real terminal for /dev/console; the terminal outlives reboots.
 */
export const console_ = String.raw`use strict;
use Fcntl;

my ($unlock, $number) = (0x40045431, 0x80045430);
my (%pty, @keep, @names);
for my $path (@ARGV) {
  sysopen my $pty, '/dev/ptmx', O_RDWR | O_NOCTTY or die "/dev/ptmx: $!\n";
  my $off = pack 'i', 0;
  ioctl $pty, $unlock, $off or die "cannot unlock a terminal: $!\n";
  my $n = pack 'i', 0;
  ioctl $pty, $number, $n or die "cannot number a terminal: $!\n";
  my $name = '/dev/pts/' . unpack 'i', $n;
  # Held open so that reading the terminal of a node that is down waits instead of failing.
  sysopen my $held, $name, O_RDWR | O_NOCTTY or die "$name: $!\n";
  open my $log, '>>', $path or die "$path: $!\n";
  $log->autoflush(1);
  $pty{fileno $pty} = [$pty, $log];
  push @keep, $held;
  push @names, $name;
}
$| = 1;
print "@names\n";
open STDOUT, '>', '/dev/null';
while (1) {
  my $r = '';
  vec($r, $_, 1) = 1 for keys %pty;
  next if select($r, undef, undef, undef) < 0;
  for my $fd (keys %pty) {
    next unless vec $r, $fd, 1;
    my ($pty, $log) = @{ $pty{$fd} };
    sysread $pty, my $text, 65536 or next;
    $text =~ s/\e\[[\d;?]*[A-Za-z]//g;
    $text =~ s/\r//g;
    print $log $text;
  }
}
`;
