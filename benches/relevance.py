#!/usr/bin/env python3
"""Judges the search of tier0 beside a plain BM25, MiniSearch and Pagefind: two corpora, every class.

    cargo build --release
    benches/relevance.py [--shared DIR] [--keep DIR] [--without-descriptions]

--shared is the folder that has `corpora` and `bench/relevance` (it lies beside the project). Both
corpora are built with tests/corpora/NAME.toml; the queries go through `tier0 search --site DIST
--batch`, which reads the index that the site ships. judge.py of the shared folder does all the
scoring. BM25 is computed here; the other two are the figures that BASELINES.md publishes.

Prints markdown: MRR@10 of every class, and how often a query without an answer finds something.
--keep writes the results, tier0.jsonl and bm25.jsonl, for `judge.py --vs`: a margin in the tables
is a difference of two means, and only judge.py says whether chance explains it.
--without-descriptions takes the descriptions out of a copy of the corpora first. MiniSearch and
Pagefind never had them, so the class `description` is only then a fair race.
"""
import argparse
import collections
import html
import json
import math
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

PROJECT = pathlib.Path(__file__).resolve().parent.parent
CORPORA = ["magento-en", "commerce-zh"]
NOT_ARTICLES = ["license.md", "TOC.md", "toc-backup.md"]
K1, B = 1.2, 0.75
ROUNDS = 2000  # bootstrap samples, the default of judge.py

HAN = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
WORD = re.compile(f"([{HAN}]+)|[^\\W_{HAN}]+")
FRONT_MATTER = re.compile(r"\ufeff?---\s*\n(.*?)\n---[ \t]*(?:\n|$)", re.S)
# What a reader does not see. Code comes first and stays: its tags are text.
UNSEEN = re.compile(
    r"(^[ \t>]*```.*?^[ \t>]*```|`[^`\n]+`)"
    r"|<!--.*?-->|</?[a-z][\w-]*(?:\s[^<>]*)?/?>"  # html
    r"|!\[[^\]!][^\]]*\]\([^)]*\)|(?<=\])\([^)]*\)"  # images; where links lead
    r"|\[!\w+|!\[\w+\][ \t]*$"  # labels of the dialect: [!DNL name], [!NOTE], ![info]
    r"|\{[#:\w][^{}\n]*\}[ \t]*$",  # ids of headings, attributes
    re.M | re.S | re.I,
)


def seen(markdown):
    return html.unescape(UNSEEN.sub(lambda match: match[1] or " ", markdown))


def letters(text):
    return "".join(c for c in text.lower() if c.isalnum())


def tokens(text):
    """Words in lower case; of a Han run, which has no spaces, each pair of neighbours."""
    for match in WORD.finditer(text.lower()):
        word = match[0]
        if match[1] and len(word) > 1:
            yield from (word[i : i + 2] for i in range(len(word) - 1))
        else:
            yield word


def article(text):
    """Title, description and body with its headings, as one text."""
    head = FRONT_MATTER.match(text)
    fields = [m[2].strip("'\" ") for m in re.finditer(r"^ ?(title|description):(.*)$", head[1] if head else "", re.M)]
    body = text[head.end() :].lstrip() if head else text
    first, _, rest = body.partition("\n")
    # An h1 that repeats the title is shown once, and counts once.
    if fields and first.startswith("# ") and letters(seen(first)) == letters(seen(fields[0])):
        body = rest
    return "\n".join(seen(part) for part in [*fields, body])


def bm25(corpus, queries):
    """The textbook formula over one bag of words: no stems, no stop words, no fields, no typos."""
    paths = sorted(path for path in corpus.rglob("*.md") if path.name not in NOT_ARTICLES)
    postings, lengths = collections.defaultdict(list), []
    for number, path in enumerate(paths):
        counts = collections.Counter(tokens(article(path.read_text(encoding="utf-8"))))
        lengths.append(counts.total())
        for token, count in counts.items():
            postings[token].append((number, count))
    average = sum(lengths) / len(lengths)
    for query in queries:
        scores = collections.Counter()
        for token in tokens(query["query"]):
            found = postings.get(token, [])
            idf = math.log(1 + (len(paths) - len(found) + 0.5) / (len(found) + 0.5))
            for number, count in found:
                scores[number] += idf * count * (K1 + 1) / (count + K1 * (1 - B + B * lengths[number] / average))
        best = sorted(scores, key=lambda number: (-scores[number], number))[:10]
        yield {"id": query["id"], "results": [paths[number].relative_to(corpus).as_posix() for number in best]}


def run(command, **options):
    process = subprocess.run(command, encoding="utf-8", stdout=subprocess.PIPE, **options)
    if process.returncode:
        sys.exit(f"failed with status {process.returncode}: {' '.join(map(str, command))}")
    return process.stdout


def tier0(program, name, corpus, site, queries):
    """Builds the corpus, then asks all queries in one batch."""
    run([program, "build", corpus, "--config", PROJECT / f"tests/corpora/{name}.toml", "--output", site, "--quiet"])
    # The search must not see what the sets say about a query: its class, its answers.
    asked = "".join(json.dumps({key: query[key] for key in ("id", "lang", "query")}) + "\n" for query in queries)
    for line in run([program, "search", "--site", site, "--batch"], input=asked).splitlines():
        answer = json.loads(line)
        # An address in place of a source path would quietly count as a wrong answer.
        for path in answer["results"]:
            if not (corpus / path).is_file():
                sys.exit(f"{answer['id']}: {path} is no file of {name}")
        yield answer


def without_descriptions(corpus, copy):
    shutil.copytree(corpus, copy, copy_function=shutil.copyfile)
    for path in copy.rglob("*.md"):
        text = path.read_text(encoding="utf-8")
        head = FRONT_MATTER.match(text)
        if head:
            kept = re.sub(r"^ ?description:.*\n?", "", head[0], flags=re.M)
            path.write_text(kept + text[head.end() :], encoding="utf-8")
    return copy


def judged(judge, queries, path):
    """The rows of judge.py for one file of results."""
    found = judge.read_results(path, [query["id"] for query in queries])
    groups = collections.defaultdict(list)
    for query in queries:
        groups[query["corpus"], query["class"]].append(judge.score(query, found.get(query["id"], [])))
    return rows(judge.table(groups, ROUNDS, False, True))


def rows(table):
    """{(corpus, class): {column: cell}} of a markdown table as judge.py prints it."""
    lines = [[cell.strip() for cell in line.split("|")[1:-1]] for line in table.splitlines() if line[:1] == "|"]
    return {(cells[0], cells[1]): dict(zip(lines[0], cells)) for cells in lines[2:]}


def published(baselines, heading):
    return rows(baselines.split(f"\n## {heading}\n")[1].split("\n## ")[0])


def show(name, contestants):
    """The tables of one corpus; the first contestant is tier0, and shown with its intervals."""
    mine, *others = contestants.values()
    names = " | ".join(contestants)
    print(f"\n## {name}\n\n| MRR@10 | n | {names} | margin |\n| --- | --- |{' --- |' * (len(contestants) + 1)}")
    no_answer = []
    for key, row in mine.items():
        if row["false hit"]:
            no_answer.append(key)
            continue
        means = [other[key]["MRR@10"].split()[0] for other in others]
        margin = float(row["MRR@10"].split()[0]) - max(map(float, means))
        print(f"| {key[1]} | {row['n']} | {row['MRR@10']} | {' | '.join(means)} | {margin:+.3f} |")
    print(f"\n| false hits, % | n | {names} |\n| --- | --- |{' --- |' * len(contestants)}")
    for key in no_answer:
        shares = [other[key]["false hit"].split()[0] for other in others]
        print(f"| {key[1]} | {mine[key]['n']} | {mine[key]['false hit']} | {' | '.join(shares)} |")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=pathlib.Path, default=PROJECT.parent / "shared")
    parser.add_argument("--tier0", type=pathlib.Path, default=PROJECT / "target/release/tier0")
    parser.add_argument("--keep", type=pathlib.Path)
    parser.add_argument("--without-descriptions", action="store_true")
    arguments = parser.parse_args()
    bench = arguments.shared.resolve() / "bench/relevance"
    sys.dont_write_bytecode = True  # the shared folder is not ours to write in
    sys.path.insert(0, str(bench))
    import judge

    baselines = (bench / "BASELINES.md").read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory(prefix="tier0-bench-") as folder:
        folder = pathlib.Path(folder)
        kept = arguments.keep or folder / "results"
        kept.mkdir(parents=True, exist_ok=True)
        found, sets = collections.defaultdict(list), {}
        for name in CORPORA:
            corpus = bench.parent.parent / "corpora" / name
            if arguments.without_descriptions:
                corpus = without_descriptions(corpus, folder / "corpora" / name)
            sets[name] = judge.read_jsonl(bench / f"queries/{name}.jsonl")
            found["tier0"] += tier0(arguments.tier0.resolve(), name, corpus, folder / name, sets[name])
            found["bm25"] += bm25(corpus, sets[name])
        for who, results in found.items():
            lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in results)
            (kept / f"{who}.jsonl").write_text("".join(lines), encoding="utf-8")
        queries = [query for name in CORPORA for query in sets[name]]
        contestants = {
            "tier0": judged(judge, queries, kept / "tier0.jsonl"),
            "BM25": judged(judge, queries, kept / "bm25.jsonl"),
            "MiniSearch 7.2.0": published(baselines, "MiniSearch 7.2.0"),
            "Pagefind 1.6.0": published(baselines, "Pagefind 1.6.0"),
        }
    for name in CORPORA:
        show(name, {who: {key: row for key, row in table.items() if key[0] == name} for who, table in contestants.items()})


main()
