"""The reader as a torch module: one encoder over a window of sentences, light heads on its words.

A window is a run of whole sentences. The encoder sees word pieces; every head works on words (the first piece of each).

    kinds    what a word begins or continues: a trigger of one of 20 types (BIO)
    names    person, organisation, group, place, time (BIO)
    cues     the cue of an attribution (BIO)
    roles    for one asking word (of a trigger or a cue) and every word of the window: is it in the actor, the
             recipient, the object, the place, the time, the source, the relay, the cue, the content (BIO for each role)
    states   status and stance of a trigger
    relation type between two given spans (PLV)
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from ascribe.schema import STANCES, STATUSES, TYPES

NAMES = ("person", "organisation", "group", "place", "time")
ROLES = ("actor", "recipient", "object", "place", "time", "source", "relay", "cue", "content")
PLV = (
    "AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "YIELD", "ACCUSE", "REQUEST", "REJECT", "THREATEN",
    "PROTEST", "MOBILIZE", "SANCTION", "COERCE", "ASSAULT",
)  # fmt: skip
FAR = 24  # words; distances are told apart up to here
WIDTH = 384
INNER = 256


class Encoder(nn.Module):
    """MiniLM-L6-H384 (Wang et al. 2020), with two additions at the input: the shape of each word and whether it
    is quoted."""

    def __init__(self, vocabulary: int = 30522, layers: int = 6, dropout: float = 0.1) -> None:
        super().__init__()
        self.piece = nn.Embedding(vocabulary, WIDTH)
        self.position = nn.Embedding(512, WIDTH)
        self.segment = nn.Embedding(2, WIDTH)
        self.shape = nn.Embedding(7, WIDTH)
        self.quoted = nn.Embedding(2, WIDTH)
        nn.init.zeros_(self.shape.weight)
        nn.init.zeros_(self.quoted.weight)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(layers))
        self.dropout = nn.Dropout(dropout)

    def forward(self, pieces: Tensor, shapes: Tensor, quoted: Tensor, mask: Tensor | None) -> Tensor:
        places = torch.arange(pieces.shape[1], device=pieces.device)
        state = (
            self.piece(pieces)
            + self.position(places)[None]
            + self.segment.weight[0]
            + self.shape(shapes)
            + self.quoted(quoted)
        )
        state = self.dropout(self.norm(state))
        for layer in self.layers:
            state = layer(state, mask)
        return state


class Layer(nn.Module):
    def __init__(self, dropout: float, heads: int = 12) -> None:
        super().__init__()
        self.heads, self.rate = heads, dropout
        self.query, self.key, self.value, self.out = (nn.Linear(WIDTH, WIDTH) for _ in range(4))
        self.norm_a, self.norm_b = nn.LayerNorm(WIDTH, eps=1e-12), nn.LayerNorm(WIDTH, eps=1e-12)
        self.up, self.down = nn.Linear(WIDTH, 4 * WIDTH), nn.Linear(4 * WIDTH, WIDTH)
        self.dropout = nn.Dropout(dropout)

    def forward(self, state: Tensor, mask: Tensor | None) -> Tensor:
        many, long, _ = state.shape
        q, k, v = (
            part(state).view(many, long, self.heads, -1).transpose(1, 2) for part in (self.query, self.key, self.value)
        )
        if mask is None:  # export: plain operators
            weight = torch.softmax(q @ k.transpose(-1, -2) / (WIDTH // self.heads) ** 0.5, -1)
            seen = weight @ v
        else:
            seen = F.scaled_dot_product_attention(q, k, v, attn_mask=mask, dropout_p=self.rate if self.training else 0.0)
        seen = seen.transpose(1, 2).reshape(many, long, WIDTH)
        state = self.norm_a(state + self.dropout(self.out(seen)))
        return self.norm_b(state + self.dropout(self.down(F.gelu(self.up(state)))))


class Roles(nn.Module):
    """Score every word of a window for every role of one asking word."""

    def __init__(self) -> None:
        super().__init__()
        self.asks, self.word = nn.Linear(WIDTH, INNER), nn.Linear(WIDTH, INNER)
        self.gate_a, self.gate_w = nn.Linear(WIDTH, INNER), nn.Linear(WIDTH, INNER)
        self.distance = nn.Embedding(2 * FAR + 1, INNER)
        self.sentence = nn.Embedding(5, INNER)
        self.kind = nn.Embedding(2, INNER)  # who asks: a trigger or a cue
        self.norm = nn.LayerNorm(INNER)
        self.near = nn.Conv1d(INNER, INNER, 3, padding=1, groups=INNER)
        self.mix = nn.Linear(INNER, INNER)
        self.out = nn.Linear(INNER, len(ROLES) * 3)
        self.dropout = nn.Dropout(0.1)

    def forward(
        self, asking: Tensor, kind: Tensor, words: Tensor, row: Tensor | None, steps: Tensor, sentences: Tensor
    ) -> Tensor:
        """asking [n, WIDTH], kind [n], words [windows, w, WIDTH], row [n] (which window asks; None where there is one),
        steps and sentences [n, w] (distance in words and in sentences) -> [n, w, roles * 3]"""
        word, gate = self.word(words), self.gate_w(words)
        if row is not None:
            word, gate = word[row], gate[row]
        state = self.asks(asking)[:, None] + word + self.gate_a(asking)[:, None] * gate
        state = (
            state
            + self.distance(steps.clamp(-FAR, FAR) + FAR)
            + self.sentence(sentences.clamp(-2, 2) + 2)
            + self.kind(kind)[:, None]
        )
        state = self.norm(F.gelu(state))
        state = state + F.gelu(self.mix(self.near(state.transpose(1, 2)).transpose(1, 2)))
        return self.out(self.dropout(state))


class Reader(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.encoder = Encoder()
        self.kinds = nn.Sequential(nn.Linear(WIDTH, WIDTH), nn.GELU(), nn.Dropout(0.1), nn.Linear(WIDTH, 2 * len(TYPES) + 1))
        self.hint = nn.Linear(len(TYPES), WIDTH, bias=False)
        self.names = nn.Linear(WIDTH, 2 * len(NAMES) + 1)
        self.cues = nn.Linear(WIDTH, 3)
        self.roles = Roles()
        self.states = nn.Sequential(
            nn.Linear(WIDTH, INNER), nn.GELU(), nn.Dropout(0.1), nn.Linear(INNER, len(STATUSES) + len(STANCES))
        )
        self.relation = nn.Sequential(nn.Linear(4 * WIDTH, WIDTH), nn.GELU(), nn.Dropout(0.1), nn.Linear(WIDTH, len(PLV)))
        self.look = nn.Linear(2 * WIDTH, WIDTH)

    def tagged(self, words: Tensor, hints: Tensor) -> Tensor:
        """Trigger tags of words [.., w, WIDTH] with hints [.., w, types] (1 where the table of words suggests a type)."""
        return self.kinds(words + self.hint(hints))  # type: ignore[no-any-return]

    def related(self, words: Tensor, here: Tensor, there: Tensor, mask: Tensor) -> Tensor:
        """Type of what `here` does to `there`. words [n, w, WIDTH], here and there [n, w] weights that
        sum to one -> [n, PLV]"""
        a, b = ((weight[:, None] @ words)[:, 0] for weight in (here, there))
        query = self.look(torch.cat([a, b], -1))
        weight = torch.softmax((words @ query[:, :, None]).squeeze(-1) / WIDTH**0.5 + mask, -1)
        seen = (weight[:, None] @ words)[:, 0]
        return self.relation(torch.cat([a, b, a * b, seen], -1))


def load_encoder(reader: Reader, path: str) -> None:
    """Put the weights of all-MiniLM-L6-v2 (a safetensors file) into the encoder."""
    from safetensors.torch import load_file

    given = {name.removeprefix("bert."): value for name, value in load_file(path).items()}
    own = reader.encoder.state_dict()
    names = {"piece": "word_embeddings", "position": "position_embeddings", "segment": "token_type_embeddings"}
    for name, theirs in names.items():
        own[f"{name}.weight"].copy_(given[f"embeddings.{theirs}.weight"])
    for part in ("weight", "bias"):
        own[f"norm.{part}"].copy_(given[f"embeddings.LayerNorm.{part}"])
        for index in range(len(reader.encoder.layers)):
            base = f"encoder.layer.{index}."
            pairs = {
                "query": "attention.self.query", "key": "attention.self.key", "value": "attention.self.value",
                "out": "attention.output.dense", "norm_a": "attention.output.LayerNorm", "up": "intermediate.dense",
                "down": "output.dense", "norm_b": "output.LayerNorm",
            }  # fmt: skip
            for name, theirs in pairs.items():
                own[f"layers.{index}.{name}.{part}"].copy_(given[f"{base}{theirs}.{part}"])
    reader.encoder.load_state_dict(own)
