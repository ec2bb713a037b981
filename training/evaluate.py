"""Read dev with the torch reader and score it as `shared/tools/score_statements.py` does (spans only, no resolving)."""

from __future__ import annotations

import argparse
import importlib.util
import sys
from pathlib import Path

import numpy as np
import torch

from ascribe.mark.decode import fillers, softmax, stretches
from ascribe.mark.window import lay_out, windows
from ascribe.mark.wordpiece import Vocabulary
from ascribe.schema import EVENTS, STANCES, STATUSES, TYPES
from training import examples
from training.examples import Document
from training.model import ROLES, Reader
from training.train import Cut, collate, encode

BARS = {"trigger": 0.4, "actor": 0.4, "recipient": 0.4, "object": 0.4, "place": 0.4, "time": 0.4, "source": 0.4, "relay": 0.4, "cue": 0.4, "content": 0.4}


def predict(reader: Reader, text: str, vocabulary: Vocabulary, bars: dict[str, float] = BARS) -> list[dict]:
    laid = lay_out(text, examples.line_spans(text), vocabulary)
    out = []
    for window in windows(laid):
        batch = collate([Cut(Document("x", laid), window.start, window.stop)])
        with torch.no_grad():
            words = encode(reader, batch)
            kinds = torch.softmax(reader.kinds(words)[0], -1).numpy()
        found = [s for s in stretches(kinds, bars["trigger"]) if s.start >= window.main - window.start]
        if not found:
            continue
        first = torch.tensor([s.start for s in found])
        sentence = batch.sentence[0]
        with torch.no_grad():
            steps = torch.arange(words.shape[1])[None] - first[:, None]
            between = sentence[None] - sentence[first][:, None]
            logits = reader.roles(words[0, first], torch.zeros(len(found), dtype=torch.long), words, steps, between)
            roles = softmax(logits.view(len(found), words.shape[1], len(ROLES), 3).numpy())
            states = reader.states(words[0, first]).numpy()

        def span(s, window=window):
            a, b = laid.spans[window.start + s.start].start, laid.spans[window.start + s.stop - 1].stop
            return {"start": a, "end": b, "text": text[a:b]}

        for number, trigger in enumerate(found):
            inside = np.flatnonzero(sentence.numpy() == int(sentence[trigger.start]))
            here = range(int(inside[0]), int(inside[-1]) + 1)
            got: dict[str, list] = {}
            for role, s in fillers(roles[number], here, bars, ROLES[:5] + ("cue",)) if False else fillers(roles[number][:, :5], here, bars, ROLES[:5]):
                got.setdefault(role, []).append(span(s))
            for role, s in fillers(roles[number][:, 5:8], range(words.shape[1]), bars, ROLES[5:8]):
                got.setdefault(role, []).append(span(s))
            kind = TYPES[trigger.label]
            one = lambda r: (got.get(r) or [None])[0]  # noqa: E731
            out.append({
                "kind": "event" if kind in EVENTS else "position", "type": kind, "trigger": span(trigger), "score": trigger.score,
                "actor": got.get("actor", []), "recipient": got.get("recipient", []), "object": one("object"), "place": one("place"), "time": one("time"),
                "status": STATUSES[int(states[number][:5].argmax())], "stance": STANCES[int(states[number][5:].argmax())], "quoted": False,
                "sources": got.get("relay", []) + got.get("source", []), "answers": None,
            })
    return out


def scorer(shared: Path, name: str = "score_statements"):
    sys.path.insert(0, str(shared / "tools"))
    spec = importlib.util.spec_from_file_location(name, shared / "tools" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("weights", type=Path, nargs="+")
    options = parser.parse_args()
    torch.set_num_threads(2)
    vocabulary = Vocabulary.load(options.base / "vocab.txt")
    score = scorer(options.shared)
    for path in options.weights:
        reader = Reader()
        reader.load_state_dict(torch.load(path, weights_only=True))
        reader.eval()
        for name in ("statements/dev.jsonl", "first_report/statements.jsonl"):
            gold = list(examples.read(options.shared / "data" / name))
            for bar in (0.3, 0.4, 0.5):
                bars = {**BARS, "trigger": bar}
                predicted = [{"id": r["id"], "statements": predict(reader, r["text"], vocabulary, bars)} for r in gold]
                result, _ = score.score(gold, predicted)
                print(path, name, bar, {k: round(v.get("f1", v.get("accuracy", 0)), 3) for k, v in result.items() if k != "reports"}, "P/R typed", round(result["typed"]["p"], 3), round(result["typed"]["r"], 3))


if __name__ == "__main__":
    main()
