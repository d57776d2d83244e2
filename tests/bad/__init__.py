"""Everything a person can write wrong, with what the program answers, in Chinese and English.

A case is a file (or a folder of policies) beside two texts: the exact answer in each language.
`python -m tests.bad.rewrite` writes the texts anew; whoever runs it reads the difference.
"""
