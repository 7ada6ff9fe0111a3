"""What people see, as frozen data, with all the wording. Knows the domain, and no channel."""
