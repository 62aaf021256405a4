# shellcheck shell=bash disable=SC2016
# SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
# Git over a repository that is made here: commits, clones, packs, hooks, rebases.
# needs: git

settle() {
  export GIT_AUTHOR_DATE='2020-01-01T00:00:00Z' GIT_COMMITTER_DATE='2020-01-01T00:00:00Z'
  export GIT_CONFIG_NOSYSTEM=1
  git config --global user.name Someone
  git config --global user.email someone@example.org
  git config --global init.defaultBranch main
  git config --global protocol.file.allow always
}

# A repository of some hundred objects.
make_repository() {
  settle
  git init -q source
  cd source || return
  for i in $(seq 1 12); do
    mkdir -p "d$((i % 3))"
    seq "$i" "$((i * 400))" >"d$((i % 3))/file$i"
    git add -A
    git commit -qm "change $i"
  done
}

case_history() {
  make_repository
  git log --oneline | cat
  git log --stat -3 | cat
  git diff HEAD~3 --stat | cat
  git blame -s d1/file1 | tail -1
  git grep -c 399 | cat
  git checkout -q -b side HEAD~4
  echo side >side
  git add side
  git commit -qm side
  git rebase -q main
  git checkout -q main
  git merge -q --no-ff -m merge side
  git log --graph --oneline | head -4
  git tag -a -m tagged v1
  git describe
  git stash list
  echo more >>side
  git stash -q
  git stash pop -q
  git status --short
  rm -rf .git
}

case_clones() {
  make_repository
  cd ..
  git clone -q source local
  git clone -q --bare "file://$PWD/source" bare.git
  git clone -q --depth 2 "file://$PWD/source" shallow
  git -C shallow rev-list --count HEAD
  git -C local push -q ../bare.git HEAD:refs/heads/pushed
  git -C bare.git branch | cat
  git -C bare.git gc -q --aggressive --prune=now
  git -C bare.git fsck 2>&1
  git -C bare.git count-objects -v | grep -v size
  git -C bare.git repack -adq --threads=2
  git -C local fetch -q ../bare.git
  git -C local submodule --quiet add "file://$PWD/bare.git" inner
  git -C local archive --format=tar HEAD | sha256sum
  git -C local bundle create -q ../bundle main 2>&1
  git bundle verify -q bundle 2>&1
  rm -rf source local bare.git shallow bundle
}

case_hooks() {
  make_repository
  printf '#!/bin/sh\necho hook $1 >&2; git log -1 --format=%%s >&2\n' >.git/hooks/post-commit
  printf '#!/bin/bash\nexit 1\n' >.git/hooks/pre-push
  chmod +x .git/hooks/post-commit .git/hooks/pre-push
  echo hooked >hooked
  git add hooked
  git commit -m hooked | tail -2
  git push -q . main:other
  echo "$?"
  git config alias.hello '!echo hello from $(pwd | wc -l)'
  git hello
  GIT_EDITOR='sed -i 1s/.*/edited/' git commit -q --amend
  git log -1 --format=%s
  GIT_SEQUENCE_EDITOR='sed -i 2s/pick/squash/' GIT_EDITOR=true git rebase -qi HEAD~3
  git log --oneline | wc -l
  git bisect start -q HEAD HEAD~8 >/dev/null
  git bisect run sh -c 'test ! -e d0/file9' | tail -3
  git -c core.pager='tr a-z A-Z' -c color.ui=never -p log --oneline -2
  git daemon --version >/dev/null 2>&1
  rm -rf .git
}
