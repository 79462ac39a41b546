"""The knowledge base: keeping articles, finding the one that answers, telling languages apart."""
