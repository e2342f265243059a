"""What people had erased or withdrawn, noted so that no restored back-up brings it back.

A note names nobody: it holds a keyed hash, or the number of a row. It is written in the transaction of the act, and the worker
copies it at once into a file that no back-up holds and no restore touches (ERASURES_ROOT).
"""
