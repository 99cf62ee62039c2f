"""Folders and packaged resources."""
