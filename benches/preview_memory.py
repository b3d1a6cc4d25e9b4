#!/usr/bin/env python3
"""What a preview keeps in memory, build after build.

    benches/preview_memory.py [TIER0] [BUILDS] [PAGES]

Makes a site of pages (300) in two languages, lets `tier0 serve` build it again and again (a body, a title,
a new page, a deleted one, the configuration, a snippet), looks at pages meanwhile, and prints the
resident memory. It must stay where it is.
"""

import json
import pathlib
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request

TIER0 = sys.argv[1] if len(sys.argv) > 1 else "target/release/tier0"
BUILDS = int(sys.argv[2]) if len(sys.argv) > 2 else 1000
PAGES = int(sys.argv[3]) if len(sys.argv) > 3 else 300
WORDS = "router lamp cable reset wait press again account blinks 重启 路由器 指示灯 等待 网络".split()
CONFIG = '[site]\ntitle = "{}"\n[languages.zh]\n[editions.desk]\nroles = ["customer", "ops"]\n'


def page(number, round=0):
    words = (" ".join(WORDS[(number * 7 + at * 3 + round) % len(WORDS)] for at in range(60)) + ".\n\n") * 4
    return (f"---\ntitle: Page {number}\ntags: t{number % 9}\nroles: {['customer', 'ops'][number % 10 == 0]}\n---\n"
            f"See [next](p{(number + 1) % PAGES}.md), round {round}.\n\n## One\n\n{words}"
            f":::include /_s/shared.md\n\n## Two\n\n{words}")


def resident(process):
    status = pathlib.Path(f"/proc/{process.pid}/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1]) // 1024


def main():
    with tempfile.TemporaryDirectory(prefix="tier0-memory-") as folder:
        measure(pathlib.Path(folder))


def measure(folder):
    content = folder / "content"
    (content / "_s").mkdir(parents=True)
    (folder / "tier0.toml").write_text(CONFIG.format("Start"))
    (content / "_s/shared.md").write_text("Shared.\n")
    for number in range(PAGES):
        ending = ".zh" if number % 3 == 0 else ""
        (content / f"p{number}{ending}.md").write_text(page(number))
    command = [TIER0, "serve", str(folder), "--port", "0", "--format", "json"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    built = threading.Semaphore(0)
    url = []
    ready = threading.Event()

    def listen():
        for line in process.stdout:
            message = json.loads(line)
            if message["type"] == "listening":
                url.append(message["url"])
                ready.set()
            elif message["type"] == "built":
                built.release()

    threading.Thread(target=listen, daemon=True).start()
    if not ready.wait(timeout=60) or not built.acquire(timeout=60):
        process.kill()
        sys.exit("the preview did not begin")
    time.sleep(2)
    print(f"builds    MiB\n     0 {resident(process):6}", flush=True)
    for build in range(1, BUILDS + 1):
        number = 1 + build % (PAGES - 1)
        kind = build % 20
        if kind == 3:
            (content / "extra.md").write_text(page(number, build))
        elif kind == 4:
            (content / "extra.md").unlink()
        elif kind == 9:
            (folder / "tier0.toml").write_text(CONFIG.format(f"Round {build}"))
        elif kind == 14:
            (content / "_s/shared.md").write_text(f"Shared in round {build}.\n")
        elif kind == 17:
            ending = ".zh" if number % 3 == 0 else ""
            (content / f"p{number}{ending}.md").write_text(page(number, build).replace("title: ", f"title: R{build} "))
        else:
            ending = ".zh" if number % 3 == 0 else ""
            (content / f"p{number}{ending}.md").write_text(page(number, build))
        if not built.acquire(timeout=60):
            process.kill()
            sys.exit(f"build {build} did not come")
        for path in ["", "@desk/", "p1/", "search/en/manifest.json"]:
            try:
                urllib.request.urlopen(url[0] + path).read()
            except urllib.error.HTTPError:
                pass
        # Now and then it gets to do its late work.
        if build % 10 == 0:
            time.sleep(1)
        if build in (10, 50) or build % 100 == 0:
            print(f"{build:6} {resident(process):6}", flush=True)
    process.terminate()
    process.wait()


main()
