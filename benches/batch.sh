#!/bin/sh
# Many files at once, and the start of the command. Prints the machine, seconds and the largest memory of a process.
set -eu
cd "$(dirname "$0")/.."
BIN=target/release/gongkai
DIR=$(mktemp -d)
trap 'rm -rf "$DIR"' EXIT
echo "机器：$(grep -m1 'model name' /proc/cpuinfo | cut -d: -f2 | sed 's/^ *//')，$(nproc) 核，$(free -g | awk '/Mem/{print $2}') GiB"
i=0
while [ "$i" -lt 3000 ]; do
  for f in sample.docx sample.html gb18030.txt sample.pdf sample.xlsx sample.doc sample.md sample.xls sample.csv sample.json; do
    cp "fixtures/formats/$f" "$DIR/$i-$f"
    i=$((i + 1))
  done
done
python3 - "$BIN" "$DIR" <<'P'
import resource, subprocess, sys, time
binary, folder = sys.argv[1:]
start = time.time()
subprocess.run([binary, "report", "check", folder, "--format", "csv"], stdout=subprocess.DEVNULL)
took = time.time() - start
usage = resource.getrusage(resource.RUSAGE_CHILDREN)
print(f"3000 个混合文件读取并核对：{took:.1f} 秒，单个进程最大内存 {usage.ru_maxrss // 1024} MB")
best = min(
    (lambda t: (subprocess.run([binary, "--version"], stdout=subprocess.DEVNULL), time.time() - t)[1])(time.time()) for _ in range(20)
)
print(f"命令启动（--version）：{best * 1000:.1f} 毫秒")
P
