"""Relation types by five-fold cross-validation on plv_train: what the relation head reaches on rows it has not seen.

    python -m training.folds --shared SHARED --base BASE --start WORK/reader.pt --out PREDICTED.jsonl

`--start` must be weights that have never seen plv_train. Each fold trains encoder and head on four fifths of the rows.
"""

from __future__ import annotations

import argparse
import json
import random
from pathlib import Path

import torch

from ascribe.mark.wordpiece import Vocabulary
from evaluation.adapt import read_rows
from training import examples
from training.model import PLV, Reader, load_encoder
from training.train import Cut, batches, collate, encode, relation_logits, train

FOLDS = 5


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--start", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--rate", type=float, default=1.5e-4)
    options = parser.parse_args()
    vocabulary = Vocabulary.load(options.base / "vocab.txt")
    rows = list(read_rows(options.shared / "data/events/plv_train.jsonl"))
    order = list(range(len(rows)))
    random.Random(3).shuffle(order)
    answers: dict[str, str] = {}
    for fold in range(FOLDS):
        torch.manual_seed(fold)
        held = set(order[fold::FOLDS])
        known = list(examples.relation_documents([row for i, row in enumerate(rows) if i not in held], vocabulary))
        rng = random.Random(fold)
        steps = [("relations", batch) for _ in range(options.epochs) for batch in batches(known, 16, rng)]
        reader = start(options)
        work = options.out.parent / f"fold{fold}"
        work.mkdir(parents=True, exist_ok=True)
        train(reader, steps, options.rate, 8e-4, work, len(steps))
        reader.load_state_dict(torch.load(work / "reader.pt", weights_only=True))
        reader.eval()
        for document in examples.relation_documents([rows[i] for i in held], vocabulary):
            with torch.no_grad():
                batch = collate([Cut(document, 0, len(document.words.spans))])
                answers[document.id] = PLV[int(relation_logits(reader, encode(reader, batch), batch).argmax())]
        print(fold, len(known), len(held), flush=True)
    with options.out.open("w", encoding="utf-8") as out:
        for row in rows:
            out.write(json.dumps({"id": row["id"], "root": answers.get(str(row["id"]))}) + "\n")


def start(options: argparse.Namespace) -> Reader:
    reader = Reader()
    load_encoder(reader, str(options.base / "model.safetensors"))
    if options.start:
        given = torch.load(options.start, weights_only=True)
        own = reader.state_dict()
        reader.load_state_dict(
            {name: value for name, value in given.items() if own[name].shape == value.shape}, strict=False
        )
    return reader


if __name__ == "__main__":
    main()
