// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Goroutines, timers, processes, signals, loopback servers, nil pointers and a profile.
package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"os/signal"
	"runtime"
	"runtime/pprof"
	"strings"
	"sync"
	"syscall"
	"time"
)

func goroutines() {
	var group sync.WaitGroup
	sums := make(chan int, 1000)
	for i := 0; i < 1000; i++ {
		group.Add(1)
		go func(n int) {
			defer group.Done()
			garbage := make([]byte, 10000)
			if n%10 == 0 {
				runtime.LockOSThread()
				time.Sleep(time.Millisecond)
			}
			sums <- n + len(garbage)*0
		}(i)
	}
	group.Wait()
	close(sums)
	total := 0
	for n := range sums {
		total += n
	}
	fmt.Println("sum", total)
}

func preempted() {
	done := make(chan bool)
	for i := 0; i < 4; i++ {
		go func() {
			x := 0
			for j := 0; j < 50000000; j++ {
				x += j
			}
			done <- x != 0
		}()
	}
	for i := 0; i < 4; i++ {
		runtime.GC()
		<-done
	}
	fmt.Println("preempted")
}

func nils() {
	caught := 0
	for i := 0; i < 1000; i++ {
		func() {
			defer func() {
				if recover() != nil {
					caught++
				}
			}()
			var p *int
			*p = i
		}()
	}
	fmt.Println("nils", caught)
}

func processes() {
	var group sync.WaitGroup
	var lock sync.Mutex
	good := 0
	for i := 0; i < 20; i++ {
		group.Add(1)
		go func(n int) {
			defer group.Done()
			command := exec.Command("cat")
			command.Stdin = strings.NewReader(strings.Repeat("x", 10000*n))
			out, err := command.Output()
			lock.Lock()
			defer lock.Unlock()
			if err == nil && len(out) == 10000*n {
				good++
			}
		}(i)
	}
	group.Wait()
	fmt.Println("processes", good)
	fmt.Println(exec.Command("sh", "-c", "exit 3").Run())
	fmt.Println(exec.Command("sh", "-c", "kill -9 $$").Run())
	fmt.Println(exec.Command("./missing").Run())
	limit, cancel := context.WithTimeout(context.Background(), 100*time.Millisecond)
	defer cancel()
	fmt.Println(exec.CommandContext(limit, "sleep", "9").Run())
	leader := exec.Command("sh", "-c", "ps -o pgid= -p $$ | grep -qw $$ && echo leads")
	leader.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
	out, err := leader.Output()
	fmt.Print(string(out), err, "\n")
}

func signals() {
	got := make(chan os.Signal, 10)
	signal.Notify(got, syscall.SIGUSR1, syscall.SIGHUP)
	for i := 0; i < 100; i++ {
		syscall.Kill(os.Getpid(), syscall.SIGUSR1)
		<-got
	}
	fmt.Println("signals")
}

func server() {
	listener, _ := net.Listen("tcp", "127.0.0.1:0")
	go http.Serve(listener, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		w.Write(bytes.ToUpper(body))
	}))
	var group sync.WaitGroup
	for i := 0; i < 50; i++ {
		group.Add(1)
		go func() {
			defer group.Done()
			answer, err := http.Post("http://"+listener.Addr().String(), "text/plain", strings.NewReader("body"))
			if err != nil {
				fmt.Println(err)
				return
			}
			body, _ := io.ReadAll(answer.Body)
			answer.Body.Close()
			if string(body) != "BODY" {
				fmt.Println("wrong", string(body))
			}
		}()
	}
	group.Wait()
	fmt.Println("served")
}

func main() {
	var profile bytes.Buffer
	pprof.StartCPUProfile(&profile)
	goroutines()
	preempted()
	nils()
	processes()
	signals()
	server()
	pprof.StopCPUProfile()
	fmt.Println(profile.Len() > 100)
	os.Exit(5)
}
