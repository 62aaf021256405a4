# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
# The Go tools, and a program with goroutines, processes, signals and a profile.
# needs: go

settle() {
  export GOCACHE=$HOME/cache GOPATH=$HOME/go GOFLAGS=-mod=mod GOTOOLCHAIN=local GO111MODULE=on
  printf 'module example\n\ngo 1.19\n' >go.mod
  cp "$DATA/program.go" main.go
}

case_build() {
  settle
  go build -p 2 -o program .
  ./program
  echo "$?"
  go run .
  echo "$?"
  CGO_ENABLED=0 go build -o static .
  ./static
  echo "$?"
  go vet .
  GOMAXPROCS=1 ./program
  GODEBUG=asyncpreemptoff=1 ./program
  GOGC=1 ./static
  rm -rf program static
  go clean -cache
  rm -rf "$HOME"/go "$HOME"/cache
}
