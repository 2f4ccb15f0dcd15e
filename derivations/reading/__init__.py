"""LaTeX and Markdown in: what stands in a document, and where."""
