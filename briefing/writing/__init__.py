"""What helps to write a digest: a template to begin with, a text's worklist, quotes ready to paste."""
