"""Reading what people write: times, lengths, names, one-line requests, and words for presses.

Pure. What could mean two things comes back as ``Unsure``, and whoever asked is asked.
"""
