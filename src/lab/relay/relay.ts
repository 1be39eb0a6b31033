/**
 * `perl relay.pl NETNS SPEC...` listens in the network namespace it is started in and connects from NETNS (a path), so
 * that a single process carries TCP across the border without any route between the two. SPEC is
 * `address:port=host:port`; port 0 takes a free one. The first line on stdout is the ports taken, in order.
 *
 * One process, one select loop, no fork a connection and no delay on either side: it stands between benchmarks and nodes.
 */
export const relay = String.raw`use strict;
use Socket qw(:DEFAULT :addrinfo IPPROTO_TCP TCP_NODELAY SOMAXCONN MSG_NOSIGNAL);
use Fcntl;
use Errno qw(EAGAIN EINPROGRESS EINTR);

if ($ARGV[0] ne '--serve') {
  my ($netns, @specs) = @ARGV;
  $^F = 1_000_000;
  my (@keep, @served, @ports);
  for (@specs) {
    my ($address, $port, $target) = /^([\d.]+):(\d+)=(.+)$/ or die "bad spec: $_\n";
    socket my $s, PF_INET, SOCK_STREAM, 0 or die "socket: $!\n";
    setsockopt $s, SOL_SOCKET, SO_REUSEADDR, 1;
    bind $s, pack_sockaddr_in($port, inet_aton($address)) or die "cannot listen on $address:$port: $!\n";
    listen $s, SOMAXCONN or die "listen: $!\n";
    push @keep, $s;
    push @served, fileno($s) . "=$target";
    push @ports, (unpack_sockaddr_in(getsockname $s))[0];
  }
  $| = 1;
  print "@ports\n";
  open STDOUT, '>', '/dev/null';
  exec 'nsenter', "--net=$netns", $^X, $0, '--serve', @served or die "nsenter: $!\n";
}

shift;
$SIG{PIPE} = 'IGNORE';
my $most = 262144;
# By file number: the listener's target; and of a connection: the socket, its other end, what waits to be written to it,
# whether it is still connecting, has nothing more to say, was told that the other end has nothing more to say.
my (%listener, %target, %sock, %peer, %out, %connecting, %ended, %shut);
for (@ARGV) {
  my ($fd, $target) = /^(\d+)=(.+)$/;
  open my $s, '+<&=', $fd or die "fd $fd: $!\n";
  fcntl $s, F_SETFL, O_NONBLOCK | fcntl $s, F_GETFL, 0;
  ($listener{$fd}, $target{$fd}) = ($s, $target);
}

# TCP_QUICKACK: OpenSSH's client waits for an answer before its second small packet, and 40 ms of delay would be ours.
sub quicken { my $s = shift; setsockopt $s, IPPROTO_TCP, $_, 1 for TCP_NODELAY, 12; fcntl $s, F_SETFL, O_NONBLOCK | fcntl $s, F_GETFL, 0 }
sub drop { for my $fd (@_) { close $sock{$fd} if $sock{$fd}; delete $_->{$fd} for \(%sock, %peer, %out, %connecting, %ended, %shut) } }

sub dial {
  my ($host, $port) = $_[0] =~ /^(.+):(\d+)$/;
  my ($error, @found) = getaddrinfo($host, $port, { socktype => SOCK_STREAM });
  for my $to (@found) {
    socket my $s, $to->{family}, SOCK_STREAM, 0 or next;
    quicken($s);
    setsockopt $s, IPPROTO_TCP, 7, 2; # TCP_SYNCNT: a node that is down is given up after some seconds, not two minutes
    return ($s, 0) if connect $s, $to->{addr};
    return ($s, 1) if $! == EINPROGRESS;
    close $s;
  }
  return;
}

sub pair {
  my ($near, $target) = @_;
  quicken($near);
  my ($far, $waiting) = dial($target) or return;
  my ($a, $b) = (fileno $near, fileno $far);
  @sock{$a, $b} = ($near, $far);
  @peer{$a, $b} = ($b, $a);
  @out{$a, $b} = ('', '');
  $connecting{$b} = 1 if $waiting;
}

sub flush_to {
  my $fd = shift;
  while (length $out{$fd}) {
    my $n = syswrite $sock{$fd}, $out{$fd};
    if (!defined $n) { return 1 if $! == EAGAIN || $! == EINTR; return 0 }
    substr $out{$fd}, 0, $n, '';
  }
  if ($ended{ $peer{$fd} } && !$shut{$fd}) { $shut{$fd} = 1; shutdown $sock{$fd}, 1 }
  return 1;
}

while (1) {
  my ($r, $w) = ('', '');
  vec($r, $_, 1) = 1 for keys %listener;
  for my $fd (keys %sock) {
    vec($r, $fd, 1) = 1 if !$connecting{$fd} && !$ended{$fd} && length $out{ $peer{$fd} } < $most;
    vec($w, $fd, 1) = 1 if $connecting{$fd} || length $out{$fd};
  }
  next if select($r, $w, undef, undef) < 0;
  for my $fd (keys %listener) {
    next unless vec $r, $fd, 1;
    while (accept my $near, $listener{$fd}) { pair($near, $target{$fd}) }
  }
  for my $fd (keys %sock) {
    next unless $sock{$fd};
    my $other = $peer{$fd};
    if (vec $w, $fd, 1) {
      if (delete $connecting{$fd} and my $error = unpack 'l', getsockopt $sock{$fd}, SOL_SOCKET, SO_ERROR) { drop($fd, $other); next }
      flush_to($fd) or do { drop($fd, $other); next };
    }
    if (vec $r, $fd, 1) {
      my $n = sysread $sock{$fd}, $out{$other}, 65536, length $out{$other};
      if (!defined $n) { next if $! == EAGAIN || $! == EINTR; drop($fd, $other); next }
      setsockopt $sock{$fd}, IPPROTO_TCP, 12, 1;
      $ended{$fd} = 1 if $n == 0;
      next if $connecting{$other};
      flush_to($other) or do { drop($fd, $other); next };
    }
    drop($fd, $other) if $shut{$fd} && $shut{$other};
  }
}
`;
