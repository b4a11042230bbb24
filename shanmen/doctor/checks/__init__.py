"""A file for each thing that the doctor looks at: given the machine, its findings."""
