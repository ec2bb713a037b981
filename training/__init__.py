"""How the weights come about: numbered steps, run by `make train`. Torch lives only here."""
