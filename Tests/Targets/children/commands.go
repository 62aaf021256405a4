// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Commands run by os/exec: output, input, status, signals, failures, many at once.
package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"strings"
	"sync"
	"time"
)

func main() {
	output, err := exec.Command("echo", "hello", "there").Output()
	fmt.Printf("echo: %q %v\n", output, err)
	command := exec.Command("tr", "a-z", "A-Z")
	command.Stdin = strings.NewReader("some input")
	output, err = command.Output()
	fmt.Printf("tr: %q %v\n", output, err)
	fmt.Println("status:", exec.Command("sh", "-c", "exit 3").Run())
	fmt.Println("killed:", exec.Command("sh", "-c", "kill -TERM $$").Run())
	err = exec.Command("/nowhere/program").Run()
	fmt.Println("missing:", errors.Is(err, fs.ErrNotExist))
	command = exec.Command("sh", "-c", "echo $VALUE; pwd")
	command.Env = append(os.Environ(), "VALUE=given")
	command.Dir = "/proc"
	output, err = command.Output()
	fmt.Printf("environment and directory: %q %v\n", output, err)
	limited, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
	defer cancel()
	fmt.Println("cancelled:", exec.CommandContext(limited, "sleep", "20").Run())

	var group sync.WaitGroup
	good := make([]bool, 30)
	for index := range good {
		group.Add(1)
		go func(index int) {
			defer group.Done()
			output, err := exec.Command("echo", fmt.Sprint(index)).Output()
			good[index] = err == nil && string(output) == fmt.Sprintf("%d\n", index)
		}(index)
	}
	group.Wait()
	count := 0
	for _, one := range good {
		if one {
			count++
		}
	}
	fmt.Println("at once:", count)
	os.Exit(6)
}
