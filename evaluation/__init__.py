"""How good it is: adapters from public benchmarks to the pipeline, and the scores that must not fall."""
