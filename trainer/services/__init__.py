"""Use cases, one transaction each. Decides who may, in what order; never commits."""
