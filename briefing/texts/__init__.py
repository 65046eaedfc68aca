"""One source text: what is alike, where a quote stands, what is nearest, how the text is built, which
numbers and dates it states. This room knows texts and offsets; of digests and files it knows nothing.
"""
