"""Items in and out: files of other systems to drafts and all problems, and drafts to files.

Pure: text, bytes or rows come in, values go out. What a format says and the bank has no room for becomes a
note with its place; what cannot be an item becomes a problem with its place. Nothing is silently dropped.
"""
