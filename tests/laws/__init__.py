"""What holds over all measures, kinds of question and codes."""
