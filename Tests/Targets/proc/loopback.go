// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// A web server and its clients in one Go program, over the loopback interface.
package main

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
)

func main() {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		fmt.Println("wrong:", err)
		return
	}
	mux := http.NewServeMux()
	mux.HandleFunc("/", func(writer http.ResponseWriter, request *http.Request) {
		body, _ := io.ReadAll(request.Body)
		fmt.Fprintf(writer, "%s %s %d", request.Method, request.URL.Path, len(body))
	})
	server := &http.Server{Handler: mux}
	go server.Serve(listener)
	address := "http://" + listener.Addr().String()
	response, err := http.Get(address + "/first")
	if err != nil {
		fmt.Println("wrong:", err)
		return
	}
	body, _ := io.ReadAll(response.Body)
	response.Body.Close()
	fmt.Println(response.StatusCode, string(body))
	var group sync.WaitGroup
	good := make([]bool, 40)
	for index := range good {
		group.Add(1)
		go func(index int) {
			defer group.Done()
			sent := strings.Repeat("x", index*1000)
			response, err := http.Post(address+fmt.Sprintf("/%d", index), "text/plain",
				strings.NewReader(sent))
			if err != nil {
				return
			}
			defer response.Body.Close()
			body, _ := io.ReadAll(response.Body)
			good[index] = string(body) == fmt.Sprintf("POST /%d %d", index, len(sent))
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
	server.Close()
	_, err = http.Get(address)
	fmt.Println("closed:", err != nil)
}
