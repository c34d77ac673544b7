namespace Server.Host.Files;

/// <summary>The answer to a path. Dispose it once, when the response is sent: that releases the file.</summary>
/// <param name="Kind">How to answer.</param>
/// <param name="Entry">The file, held for the receiver; null unless <paramref name="Kind"/> is
/// <see cref="LookupKind.Found"/>.</param>
/// <param name="Compression">What must be done before the file can be sent; its fields are known. Null if it can be sent.
/// </param>
/// <param name="Codings">The codings that there are, if <paramref name="Kind"/> is
/// <see cref="LookupKind.NotAcceptable"/>; else none.</param>
/// <param name="Copy">What had better be done before the content of the file is sent. Null if nothing.</param>
/// <param name="Work">What must be done before there is an answer, if <paramref name="Kind"/> is
/// <see cref="LookupKind.Cold"/>; else null.</param>
internal readonly record struct Lookup(
    LookupKind Kind,
    FileEntry? Entry,
    Compression? Compression = null,
    CodingSet Codings = default,
    FileCopy? Copy = null,
    SlowWork? Work = null
) : IDisposable
{
    public void Dispose() => Entry?.Release();
}
