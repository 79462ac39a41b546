"""The assistant: what a language model is asked, what may leave the house, what of its answers is believed."""
