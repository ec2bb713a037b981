"""Step 2: train the reader on all data sets at once; keep the state that reads dev best.

    python -m training.train --shared SHARED --out WORK --base BASE [--epochs 12] [--start WEIGHTS]

Every step takes one batch of one data set; windows are drawn afresh each epoch (other first sentence, other company), so
that a trigger is seen with and without what precedes it. CPU with bfloat16 autocast, or CUDA when there.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional as F

from ascribe.mark.wordpiece import Vocabulary
from ascribe.schema import TYPES
from evaluation.adapt import read_rows
from training import examples
from training.annotations import annotated
from training.examples import Ask, Document
from training.model import ROLES, Reader, load_encoder

AVERAGE = 0.998  # the weights that are kept are a running mean over about 500 steps
LONG = 176  # word pieces in a training window
TRIGGERS = 1.5  # weight of the loss of triggers: a statement that is missed has no fields
IGNORE = examples.UNKNOWN


@dataclass
class Cut:
    """A run of words of a document, as one window of a batch."""

    document: Document
    start: int
    stop: int

    @property
    def pieces(self) -> int:
        return sum(len(p) for p in self.document.words.pieces[self.start : self.stop])


def cuts(document: Document, rng: random.Random, long: int = LONG) -> Iterator[Cut]:
    """Windows of whole sentences over a document; a random share of them starts short, so that cuts differ from
    epoch to epoch."""
    sentence, pieces = document.words.sentence, document.words.pieces
    start, size = 0, 0
    room = rng.randint(long // 3, long)
    index = 0
    while index < len(sentence):
        stop = index
        count = 0
        while stop < len(sentence) and sentence[stop] == sentence[index]:
            count += len(pieces[stop])
            stop += 1
        if size and size + count > room:
            yield Cut(document, start, index)
            start, size, room = index, 0, long
        size += count
        index = stop
    if size:
        yield Cut(document, start, len(sentence))


@dataclass
class Batch:
    pieces: Tensor
    shapes: Tensor
    quoted: Tensor
    mask: Tensor
    words: Tensor  # [b, w] index of the first piece of each word
    there: Tensor  # [b, w] is this a word
    sentence: Tensor
    hints: Tensor  # [b, w, types]
    cuts: list[Cut]


def collate(chosen: Sequence[Cut]) -> Batch:
    rows, shapes, quoted, firsts, sentences = [], [], [], [], []
    for cut in chosen:
        words = cut.document.words
        row, shape, quote, first = [101], [6], [0], []
        for index in range(cut.start, cut.stop):
            first.append(len(row))
            row.extend(words.pieces[index])
            shape.extend([words.shapes[index]] * len(words.pieces[index]))
            quote.extend([words.quoted[index]] * len(words.pieces[index]))
        row, shape, quote, first = row[:511], shape[:511], quote[:511], [f for f in first if f < 511]
        rows.append([*row, 102])
        shapes.append([*shape, 6])
        quoted.append([*quote, 0])
        firsts.append(first)
        sentences.append(list(words.sentence[cut.start : cut.start + len(first)]))
    long, wide = max(map(len, rows)), max(map(len, firsts))

    def pad(values: list[list[int]], size: int, filler: int = 0) -> Tensor:
        return torch.tensor([v + [filler] * (size - len(v)) for v in values])

    mask = torch.tensor([[1] * len(r) + [0] * (long - len(r)) for r in rows]).bool()
    there = torch.tensor([[1] * len(f) + [0] * (wide - len(f)) for f in firsts]).bool()
    hints = torch.zeros(len(chosen), wide, len(TYPES))
    for row, cut in enumerate(chosen):
        for index, kinds in enumerate(cut.document.words.hints[cut.start : cut.start + len(firsts[row])]):
            hints[row, index, list(kinds)] = 1
    words = pad(firsts, wide)
    return Batch(
        pad(rows, long),
        pad(shapes, long),
        pad(quoted, long),
        mask,
        words,
        there,
        pad(sentences, wide, -9),
        hints,
        list(chosen),
    )


def encode(reader: Reader, batch: Batch) -> Tensor:
    state = reader.encoder(batch.pieces, batch.shapes, batch.quoted, batch.mask[:, None, None, :])
    return torch.gather(state, 1, batch.words[:, :, None].expand(-1, -1, state.shape[-1]))


def tag_loss(logits: Tensor, batch: Batch, name: str) -> Tensor:
    gold = torch.full(logits.shape[:2], IGNORE)
    for row, cut in enumerate(batch.cuts):
        labels = getattr(cut.document, name)
        if labels is not None:
            own = labels[cut.start : cut.stop][: gold.shape[1]]
            gold[row, : len(own)] = torch.tensor(own)
    gold[~batch.there] = IGNORE
    if (gold == IGNORE).all():
        return logits.sum() * 0
    return F.cross_entropy(logits.flatten(0, 1).float(), gold.flatten(), ignore_index=IGNORE, reduction="sum") / len(
        batch.cuts
    )


def asks_in(cut: Cut) -> list[Ask]:
    return [a for a in cut.document.asks if cut.start <= a.words[0] < cut.stop]


def ask_losses(reader: Reader, words: Tensor, batch: Batch) -> dict[str, Tensor]:
    """Losses of the roles and of status and stance for every asking word of the batch."""
    rows, firsts, kinds, golds, states = [], [], [], [], []
    wide = words.shape[1]
    for row, cut in enumerate(batch.cuts):
        for ask in asks_in(cut):
            first = ask.words[0] - cut.start
            if first >= wide or not batch.there[row, first]:
                continue
            gold = torch.full((wide, len(ROLES)), IGNORE)
            here = batch.sentence[row] == batch.sentence[row, first]
            for number, role in enumerate(ROLES):
                known = role in cut.document.known and (ask.kind == 0 or role in ask.roles)
                if not known:
                    continue
                gold[:, number] = torch.where(batch.there[row], 0, IGNORE)
                if role in examples.CONTENT_ROLES:
                    gold[~here, number] = IGNORE  # these stand in the sentence of the trigger: only there is decoded
                for start, stop in ask.roles.get(role, ()):
                    a, b = start - cut.start, min(stop - cut.start, wide)
                    if 0 <= a < wide:
                        gold[a, number] = 1
                        gold[a + 1 : b, number] = 2
            rows.append(row)
            firsts.append(first)
            kinds.append(ask.kind)
            golds.append(gold)
            states.append((ask.status, ask.stance))
    if not rows:
        return {}
    row, first, kind = torch.tensor(rows), torch.tensor(firsts), torch.tensor(kinds)
    asking = words[row, first]
    steps = torch.arange(wide)[None] - first[:, None]
    between = batch.sentence[row] - batch.sentence[row, first][:, None]
    logits = reader.roles(asking, kind, words, row, steps, between).view(len(rows), wide, len(ROLES), 3)
    gold = torch.stack(golds)
    losses = {
        "roles": F.cross_entropy(logits.flatten(0, 2).float(), gold.flatten(), ignore_index=IGNORE, reduction="sum")
        / len(batch.cuts)
    }
    told = torch.tensor(states)
    if (told[:, 0] >= 0).any():
        logits = reader.states(words[row, first]).float()
        losses["states"] = (
            F.cross_entropy(logits[:, :5], told[:, 0], ignore_index=-1, reduction="sum")
            + F.cross_entropy(logits[:, 5:], told[:, 1], ignore_index=-1, reduction="sum")
        ) / len(batch.cuts)
    return losses


def relation_loss(reader: Reader, words: Tensor, batch: Batch) -> Tensor:
    return F.cross_entropy(
        relation_logits(reader, words, batch).float(),
        torch.tensor([c.document.relation[2] for c in batch.cuts]),
        label_smoothing=0.1,
    )


def relation_logits(reader: Reader, words: Tensor, batch: Batch) -> Tensor:
    wide = words.shape[1]
    here, there = torch.zeros(len(batch.cuts), wide), torch.zeros(len(batch.cuts), wide)
    for row, cut in enumerate(batch.cuts):
        a, b, _ = cut.document.relation
        for weight, (start, stop) in ((here, a), (there, b)):
            weight[row, start:stop] = 1 / (min(stop, wide) - start)
    return reader.related(words, here, there, torch.where(batch.there, 0.0, -1e4))


def losses_of(reader: Reader, batch: Batch, task: str) -> dict[str, Tensor]:
    with torch.autocast("cpu", torch.bfloat16, enabled=torch.is_grad_enabled()):
        words = encode(reader, batch)
        if task == "relations":
            return {"relation": relation_loss(reader, words, batch) * len(batch.cuts)}  # a sum, as the others are
        losses = ask_losses(reader, words, batch)
        if task == "statements":
            losses["kinds"] = TRIGGERS * tag_loss(reader.tagged(words, batch.hints), batch, "kinds")
        if task in ("attributions", "relays", "statements"):
            losses["cues"] = tag_loss(reader.cues(words), batch, "cues")
        if task in ("names", "places"):
            losses["names"] = tag_loss(reader.names(words), batch, "names")
        return losses


def batches(documents: Sequence[Document], size: int, rng: random.Random, share: float = 1.0) -> list[list[Cut]]:
    """Batches of windows of like length, in random order."""
    chosen = [cut for document in documents for cut in cuts(document, rng)]
    if share < 1:
        chosen = rng.sample(chosen, int(len(chosen) * share))
    rng.shuffle(chosen)
    out = []
    for block in range(0, len(chosen), size * 32):
        near = sorted(chosen[block : block + size * 32], key=lambda c: c.pieces)
        out.extend(near[i : i + size] for i in range(0, len(near), size))
    rng.shuffle(out)
    return out


def learning_rate(step: int, steps: int, warm: float = 0.06) -> float:
    done = step / steps
    return done / warm if done < warm else max(0.02, 0.5 * (1 + math.cos(math.pi * (done - warm) / (1 - warm))))


def train(reader: Reader, steps: list[tuple[str, list[Cut]]], rate: float, head_rate: float, out: Path, every: int) -> None:
    """`steps`: task and batch in order of use. The running mean of the weights is written every so many steps."""
    log = out / "log.txt"
    reader.encoder.piece.weight.requires_grad_(False)  # 12 of 24 million numbers, and our texts show few of them often
    given = {n for n, _ in reader.named_parameters() if n.startswith("encoder.") and "shape" not in n and "quoted" not in n}
    encoder = [p for n, p in reader.named_parameters() if n in given and p.requires_grad]
    heads = [p for n, p in reader.named_parameters() if n not in given]
    optimizer = torch.optim.AdamW(
        [{"params": encoder, "lr": rate}, {"params": heads, "lr": head_rate}], weight_decay=0.01, betas=(0.9, 0.98)
    )
    scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: learning_rate(step, len(steps)))
    reader.train()
    began, seen = time.time(), {}
    mean = {name: value.clone() for name, value in reader.state_dict().items()}
    moving = {name: value for name, value in reader.state_dict().items() if not name.startswith("encoder.piece")}
    for number, (task, chosen) in enumerate(steps):
        losses = losses_of(reader, collate(chosen), task)
        total = sum(losses.values()) / 30
        optimizer.zero_grad(set_to_none=True)
        total.backward()
        torch.nn.utils.clip_grad_norm_(reader.parameters(), 5.0)
        optimizer.step()
        scheduler.step()
        keep = min(AVERAGE, number / (number + 20))
        with torch.no_grad():
            for name, value in moving.items():
                mean[name].lerp_(value, 1 - keep)
        for name, value in losses.items():
            key = f"{task}.{name}"
            seen[key] = 0.98 * seen.get(key, value.item()) + 0.02 * value.item()
        if number % 50 == 0:
            line = f"{number}/{len(steps)} {time.time() - began:.0f}s " + " ".join(
                f"{k} {v:.2f}" for k, v in sorted(seen.items())
            )
            with log.open("a", encoding="utf-8") as lines:
                lines.write(line + "\n")
        if (number + 1) % every == 0 or number + 1 == len(steps):
            torch.save(mean, out / "reader.pt")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--base", type=Path, required=True, help="folder of all-MiniLM-L6-v2 (model.safetensors, vocab.txt)")
    parser.add_argument("--bare", action="store_true", help="without our own annotations (learning curve)")
    parser.add_argument("--epochs", type=int, default=12)
    parser.add_argument("--tasks", default="statements,attributions,names,relations")
    parser.add_argument("--shares", default="1,0.25,0.15,0.6", help="share of each data set seen in one epoch")
    parser.add_argument("--portion", type=float, default=1.0, help="part of the statements to learn from (learning curve)")
    parser.add_argument("--rate", type=float, default=1.5e-4)
    parser.add_argument("--head-rate", type=float, default=8e-4)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--start", type=Path, help="weights to go on from")
    options = parser.parse_args()
    torch.manual_seed(options.seed)
    rng = random.Random(options.seed)
    data = options.shared / "data"
    vocabulary = Vocabulary.load(options.base / "vocab.txt")
    tasks = dict(zip(options.tasks.split(","), map(float, options.shares.split(",")), strict=False))
    documents: dict[str, list[Document]] = {}
    if "statements" in tasks:
        given = list(read_rows(data / "statements/train.jsonl"))
        given += [] if options.bare else list(annotated(options.shared))
        given = [examples.statement_document(report, vocabulary) for report in given]
        documents["statements"] = given[: int(len(given) * options.portion)]
    if "attributions" in tasks:
        documents["attributions"] = list(examples.attribution_documents(data / "attribution/train.jsonl.gz", vocabulary))
    if "relays" in tasks:
        documents["relays"] = list(examples.relay_documents(Path(__file__).parent / "annotations/relays.jsonl", vocabulary))
    if "names" in tasks:
        documents["names"] = list(examples.name_documents(data / "names/train.jsonl.gz", vocabulary))
    if "places" in tasks:
        documents["places"] = list(examples.place_documents(data / "places/lgl.jsonl", vocabulary))
    if "relations" in tasks:
        documents["relations"] = list(
            examples.relation_documents(list(read_rows(data / "events/plv_train.jsonl")), vocabulary)
        )
    print({task: (len(given), sum(len(d.words.spans) for d in given)) for task, given in documents.items()}, flush=True)
    plan = []
    for _ in range(options.epochs):
        epoch = []
        for task, share in tasks.items():
            size = 32 if task == "relations" else 8
            epoch += [(task, batch) for batch in batches(documents[task], size, rng, share)]
        rng.shuffle(epoch)
        plan += epoch
    reader = Reader()
    load_encoder(reader, str(options.base / "model.safetensors"))
    if options.start:
        reader.load_state_dict(torch.load(options.start, weights_only=True), strict=False)
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / "options.json").write_text(json.dumps({k: str(v) for k, v in vars(options).items()}, indent=1))
    train(reader, plan, options.rate, options.head_rate, options.out, len(plan) // options.epochs)


if __name__ == "__main__":
    main()
