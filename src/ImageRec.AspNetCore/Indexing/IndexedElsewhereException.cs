namespace ImageRec.AspNetCore.Indexing;

/// <summary>Ends a run on a server that shares a catalog while another one indexes it. Nothing is wrong.</summary>
internal sealed class IndexedElsewhereException : Exception;
