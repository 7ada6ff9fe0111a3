"""The commands of ``doorstep``, one file each."""
