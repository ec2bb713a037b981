"""Step 3: pack the reader for onnxruntime: one graph, int8 weights per channel in the encoder, a readable card beside it.

python -m training.export WORK/reader.pt [OTHER/reader.pt ...] --shared SHARED --base BASE --out ascribe/data/weights

Weights of several runs that went on from one another are averaged (Wortsman et al. 2022).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from ascribe.schema import STANCES, STATUSES, TYPES
from training.model import NAMES, PLV, ROLES, Reader

PROTOCOL = 2
CANDIDATE = 0.35  # a word whose probability of beginning a trigger or a cue is below this asks nothing


class Window(nn.Module):
    """One window in, every number that decoding needs out.

    pieces, shapes, quoted [1, pieces]; firsts [words] (first piece of each word); sentence [words]; hints [words, types];
    main [1] (the first word that is decoded: those before it ask nothing); here, there [pairs, words] (weights that sum to
    one over the words of two spans)
    -> kinds [words, 41], names [words, 11], cues [words, 3], asking [asks] (word), asker [asks] (0 trigger, 1 cue),
       roles [asks, words, roles, 3], states [asks, 8], relation [pairs, 15]; all probabilities. The first ask is
       a dummy, so that there is always one.
    """

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self.reader = reader

    def forward(
        self,
        pieces: Tensor,
        shapes: Tensor,
        quoted: Tensor,
        firsts: Tensor,
        sentence: Tensor,
        hints: Tensor,
        main: Tensor,
        here: Tensor,
        there: Tensor,
    ) -> tuple[Tensor, ...]:
        reader = self.reader
        words = reader.encoder(pieces, shapes, quoted, None)[0][firsts]
        kinds = torch.softmax(reader.tagged(words, hints), -1)
        names = torch.softmax(reader.names(words), -1)
        cues = torch.softmax(reader.cues(words), -1)
        decoded = torch.arange(words.shape[0]) >= main
        triggers = torch.nonzero((kinds[:, 1::2].sum(-1) > CANDIDATE) & decoded)[:, 0]
        told = torch.nonzero((cues[:, 1] > CANDIDATE) & decoded)[:, 0]
        dummy = torch.zeros(1, dtype=torch.long)
        asking = torch.cat([dummy, triggers, told])
        asker = torch.cat([dummy, torch.zeros_like(triggers), torch.ones_like(told)])
        steps = torch.arange(words.shape[0])[None] - asking[:, None]
        between = sentence[None] - sentence[asking][:, None]
        roles = reader.roles(words[asking], asker, words[None], None, steps, between)
        roles = torch.softmax(roles.view(asking.shape[0], words.shape[0], len(ROLES), 3), -1)
        states = reader.states(words[asking])
        status, stance = torch.softmax(states[:, : len(STATUSES)], -1), torch.softmax(states[:, len(STATUSES) :], -1)
        relation = torch.softmax(
            reader.related(words[None].expand(here.shape[0], -1, -1), here, there, torch.zeros_like(here)), -1
        )
        return kinds, names, cues, asking, asker, roles, torch.cat([status, stance], -1), relation


OUTPUTS = ["kinds", "names", "cues", "asking", "asker", "roles", "states", "relation"]


def export(reader: Reader, path: Path) -> None:
    window = Window(reader).eval()
    pieces = torch.randint(1000, 20000, (1, 40))
    inputs = (
        pieces,
        torch.zeros_like(pieces),
        torch.zeros_like(pieces),
        torch.arange(1, 31),
        torch.tensor([0] * 15 + [1] * 15),
        torch.zeros(30, len(TYPES)),
        torch.tensor([3]),
        torch.rand(2, 30),
        torch.rand(2, 30),
    )
    names = ["pieces", "shapes", "quoted", "firsts", "sentence", "hints", "main", "here", "there"]
    axes = (
        {name: {1: "pieces"} for name in names[:3]}
        | {name: {0: "words"} for name in names[3:6]}
        | {name: {0: "pairs", 1: "words"} for name in names[7:]}
    )
    axes |= {name: {0: "words"} for name in ("kinds", "names", "cues")} | {
        name: {0: "asks"} for name in ("asking", "asker", "states")
    }
    axes |= {"roles": {0: "asks", 1: "words"}, "relation": {0: "pairs"}}
    with torch.no_grad():
        torch.onnx.export(
            window,
            inputs,
            str(path),
            input_names=names,
            output_names=OUTPUTS,
            dynamic_axes=axes,
            opset_version=17,
            dynamo=False,
        )


def quantize(full: Path, small: Path) -> None:
    """int8 for the weights of the encoder and the embeddings; heads stay float32 (they are small, and choose)."""
    model = onnx.load(str(full))
    nodes = [
        node.name for node in model.graph.node
        if node.name.startswith("/reader/encoder") or "/encoder/" in node.name
    ]  # fmt: skip
    quantize_dynamic(
        str(full),
        str(small),
        weight_type=QuantType.QInt8,
        per_channel=True,
        nodes_to_quantize=nodes,
        op_types_to_quantize=["MatMul", "Gather"],
    )


def averaged(paths: Sequence[Path]) -> dict[str, Tensor]:
    """The mean of the weights of several runs."""
    states = [torch.load(path, weights_only=True) for path in paths]
    return {name: torch.stack([state[name] for state in states]).mean(0) for name in states[0]}


def digest(path: Path) -> str:
    """Twelve hex digits that name the content of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]


def training_data(shared: Path) -> dict[str, Path]:
    """Every file that the weights were trained on, by a short name."""
    names = (
        "statements/train.jsonl", "attribution/train.jsonl.gz", "names/train.jsonl.gz", "places/lgl.jsonl",
        "events/plv_train.jsonl",
    )  # fmt: skip
    own = sorted((Path(__file__).parent / "annotations").glob("*.jsonl"))
    return {name: shared / "data" / name for name in names} | {path.name: path for path in own}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights", type=Path, nargs="+")
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument(
        "--shared", type=Path, required=True, help="the data that the weights were trained on, for its digests"
    )
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    reader = Reader()
    reader.load_state_dict(averaged(options.weights))
    reader.eval()
    options.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as work:
        full = Path(work) / "full.onnx"
        export(reader, full)
        quantize(full, options.out / "reader.onnx")
    shutil.copy(options.base / "vocab.txt", options.out / "vocab.txt")
    card = {
        "protocol": PROTOCOL,
        "version": digest(options.out / "reader.onnx"),
        "data": {name: digest(path) for name, path in training_data(options.shared).items()},
        "types": TYPES, "names": NAMES, "roles": ROLES, "statuses": STATUSES, "stances": STANCES,
        "relations": PLV, "candidate": CANDIDATE,
        "bars": {"trigger": 0.4, "name": 0.8, "cue_of": 0.4, "source_of": 0.4, **dict.fromkeys(ROLES, 0.4)},
    }  # fmt: skip
    (options.out / "reader.json").write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
