# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
# Perl: forks, pipes, sockets, signals, alarms.
# needs: perl

case_processes() { perl "$DATA/processes.pl"; }

case_sockets() {
  perl -MIO::Socket::INET -e '
    my $server = IO::Socket::INET->new(Listen => 5, LocalAddr => "127.0.0.1", ReuseAddr => 1) or die $!;
    my $port = $server->sockport;
    for my $n (1 .. 4) {
      next if fork;
      my $client = IO::Socket::INET->new(PeerAddr => "127.0.0.1", PeerPort => $port) or die $!;
      print $client "hello $n\n";
      my $answer = <$client>;
      exit($answer eq "HELLO $n\n" ? 0 : 1);
    }
    for (1 .. 4) { my $c = $server->accept; my $line = <$c>; print $c uc $line; close $c }
    my $good = 0;
    while (wait > 0) { $good++ unless $? }
    print "$good good\n";'
  perl -MSocket -e 'socketpair(A, B, AF_UNIX, SOCK_STREAM, PF_UNSPEC); syswrite A, "pair"; sysread B, $x, 9; print "$x\n"'
}

case_text() {
  seq 1000 | perl -ne '$s += $_; END { print "$s\n" }'
  echo a >file && perl -pi.bak -e 's/a/b/' file && cat file file.bak
  perl -e 'print join(",", map { sprintf "%o", (stat)[2] } "/tmp", "/bin/true", "/dev/null"), "\n"'
  perl -e 'print "$0 $$\n" =~ /\d/ ? "ok\n" : "no\n"; $0 = "renamed"; open F, "/proc/self/cmdline"; print <F>; open G, "/proc/self/comm"; print <G>'
  perl -MPOSIX -e 'print join(" ", (POSIX::uname())[0, 4], POSIX::ttyname(0) // "none", sysconf(_SC_OPEN_MAX)), "\n"'
  perl -e 'opendir D, "/proc/self/fd"; print join(" ", sort grep /\d/, readdir D), "\n"'
  perl -e 'exec {"/bin/sh"} "-sh", "-c", "echo \$0"'
}
