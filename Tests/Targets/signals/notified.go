// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Signals that a Go program is notified of, ignores and resets.
package main

import (
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"
)

func main() {
	channel := make(chan os.Signal, 10)
	signal.Notify(channel, syscall.SIGUSR1, syscall.SIGTERM, syscall.SIGSYS, syscall.SIGHUP)
	for _, number := range []syscall.Signal{syscall.SIGUSR1, syscall.SIGTERM, syscall.SIGSYS} {
		for round := 0; round < 3; round++ {
			syscall.Kill(os.Getpid(), number)
			fmt.Println("got:", <-channel)
		}
	}
	signal.Ignore(syscall.SIGHUP)
	syscall.Kill(os.Getpid(), syscall.SIGHUP)
	select {
	case got := <-channel:
		fmt.Println("wrong:", got)
	case <-time.After(20 * time.Millisecond):
		fmt.Println("ignored:", signal.Ignored(syscall.SIGHUP))
	}
	process, _ := os.FindProcess(os.Getpid())
	process.Signal(syscall.SIGUSR1)
	fmt.Println("got:", <-channel)
	fmt.Println("exists:", process.Signal(syscall.Signal(0)))
	signal.Reset(syscall.SIGTERM)
	fmt.Println("reset")
	syscall.Kill(os.Getpid(), syscall.SIGTERM)
	time.Sleep(10 * time.Second)
}
