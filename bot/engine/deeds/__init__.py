"""What people's presses and forms do: one file a subject, both halves of it together."""
