// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Goroutines on many threads that make system calls, with garbage collection between.
package main

import (
	"fmt"
	"os"
	"runtime"
	"sync"
	"syscall"
	"time"
)

func main() {
	runtime.GOMAXPROCS(4)
	var group sync.WaitGroup
	results := make([]int, 50)
	process, parent := os.Getpid(), os.Getppid()
	for index := range results {
		group.Add(1)
		go func(index int) {
			defer group.Done()
			reader, writer, err := os.Pipe()
			if err != nil {
				return
			}
			defer reader.Close()
			defer writer.Close()
			for round := 0; round < 100; round++ {
				if syscall.Getpid() != process || syscall.Getppid() != parent {
					return
				}
				sent := []byte(fmt.Sprintf("%d/%d", index, round))
				writer.Write(sent)
				got := make([]byte, 100)
				count, _ := reader.Read(got)
				if string(got[:count]) != string(sent) {
					return
				}
				results[index]++
			}
		}(index)
	}
	for round := 0; round < 5; round++ {
		time.Sleep(5 * time.Millisecond)
		runtime.GC()
	}
	group.Wait()
	sum := 0
	for _, result := range results {
		sum += result
	}
	fmt.Println("rounds:", sum)

	// A goroutine that never yields is interrupted by a signal.
	var stop bool
	var mutex sync.Mutex
	done := make(chan bool)
	go func() {
		count := 0
		for {
			count++
			if count%1000000 == 0 {
				mutex.Lock()
				over := stop
				mutex.Unlock()
				if over {
					done <- true
					return
				}
			}
		}
	}()
	runtime.GC()
	mutex.Lock()
	stop = true
	mutex.Unlock()
	fmt.Println("interrupted:", <-done)

	// A bad pointer becomes a panic that can be recovered.
	func() {
		defer func() { fmt.Println("recovered:", recover()) }()
		var pointer *int
		*pointer = 1
	}()
	timer := time.NewTimer(20 * time.Millisecond)
	<-timer.C
	fmt.Println("done")
}
