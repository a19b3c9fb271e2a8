#!/usr/bin/env python3
"""Vérifie une archive de Chatière sans Chatière : python3 verifier.py [--cle FICHIER]

Lit les fichiers qui sont à côté de ce programme. Sort avec 0 si tout concorde, 1 sinon.
"""

import argparse
import hashlib
import hmac
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any


def encoded(cells: dict[str, str]) -> str:
    return "".join(f"{len(name)}:{name}{len(text)}:{text}" for name, text in cells.items())


def lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def sums(folder: Path) -> Iterator[str]:
    for line in (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines():
        digest, name = line.split("  ", 1)
        path = folder / name
        if not path.is_file():
            yield f"{name} manque"
        elif hashlib.sha256(path.read_bytes()).hexdigest() != digest:
            yield f"{name} a changé"


def content(said: list[tuple[str, dict[str, str]]]) -> str:
    digest = hashlib.sha256()
    for table, cells in said:
        text = encoded(cells)
        digest.update(f"{table}\n{len(text)}\n{text}\n".encode())
    return digest.hexdigest()


def ledger(folder: Path, keys: dict[str, bytes], told: dict[tuple[str, str], str]) -> Iterator[str]:
    expected, before = 1, ""
    for entry in lines(folder / "registre.jsonl"):
        cells, seal = entry["dit"], entry["sceau"]
        if int(cells["position"]) != expected:
            yield f"registre : la ligne {expected} manque"
        expected = int(cells["position"]) + 1
        if keys:
            key = keys.get(cells["key"])
            made = hmac.new(key or b"", f"{before}\n{encoded(cells)}".encode(), hashlib.sha256).hexdigest()
            if key is None or made != seal:
                yield f"registre : le sceau de la ligne {cells['position']} n’est pas le bon"
        before = seal
        if cells.get("table"):
            told[cells["table"], cells["row"]] = cells["content"]
    head = json.loads((folder / "tete.json").read_text(encoding="utf-8"))
    if (head["position"], head["mac"]) != (expected - 1, before):
        yield "registre : il ne s’arrête pas à la tête écrite dans tete.json"


def rows(folder: Path, told: dict[tuple[str, str], str]) -> Iterator[str]:
    for path in sorted(folder.glob("billing.*.jsonl")):
        for piece in lines(path):
            if content(piece["dit"]) != told.get((piece["table"], str(piece["cle"]))):
                yield f"{piece['piece']} ({piece['table']}) n’est pas ce que le registre a inscrit"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cle", type=Path, help="le fichier des clés de l’hébergeur")
    chosen = parser.parse_args().cle
    keys = {}
    if chosen:
        keys = {
            hashlib.sha256(key).hexdigest()[:12]: key
            for key in map(bytes.fromhex, chosen.read_text().split())
        }
    folder, told = Path(__file__).resolve().parent, dict[tuple[str, str], str]()
    problems = [*sums(folder), *ledger(folder, keys, told), *rows(folder, told)]
    for problem in problems:
        sys.stdout.write(f"ANOMALIE {problem}\n")
    sys.stdout.write(f"{len(told)} pièces au registre, {len(problems)} anomalies.\n")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
