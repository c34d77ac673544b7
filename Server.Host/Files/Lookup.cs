namespace Server.Host.Files;

/// <summary>The answer to a path. Dispose it once, when the response is sent: that releases the file.</summary>
/// <param name="Kind">How to answer.</param>
/// <param name="Entry">The file, held for the receiver; null unless <paramref name="Kind"/> is
/// <see cref="LookupKind.Found"/>.</param>
internal readonly record struct Lookup(LookupKind Kind, FileEntry? Entry) : IDisposable
{
    public void Dispose() => Entry?.Release();
}
