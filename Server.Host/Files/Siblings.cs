// A file beside another counts only if it is not older: else somebody has changed the one and not yet the other. Tools that
// keep the time of the original may cut it to seconds; such a file counts, too. An empty one doesn't: in no coding is
// that a whole content.
namespace Server.Host.Files;

/// <summary>Finds the files beside another that hold the same content, coded: <c>a.js.br</c> beside <c>a.js</c>.</summary>
/// <remarks>They are guarded as all others are. Belongs to one thread.</remarks>
internal sealed class Siblings(IFileRoot root)
{
    private const int LongestExtension = 4;

    private readonly byte[] path = new byte[TargetPath.BufferBytes];

    /// <summary>Which there are.</summary>
    /// <param name="file">The path of the file as it is.</param>
    /// <param name="plain">Its state; null if it isn't there.</param>
    /// <exception cref="IOException">As for <see cref="IFileRoot.Locate"/>.</exception>
    public CodingSet Find(ReadOnlySpan<byte> file, FileStamp? plain)
    {
        var found = default(CodingSet);
        if (IsCoded(file) || file.Length + LongestExtension > path.Length)
            return found;
        foreach (var coding in CodingNames.All)
        {
            var sibling = root.Locate(PathOf(file, coding));
            if (sibling.Kind == FileKind.File && Counts(sibling.Stamp, plain))
                found = found.With(coding);
        }
        return found;
    }

    /// <summary>The path of the file beside <paramref name="file"/>. Right until the next call.</summary>
    public ReadOnlySpan<byte> PathOf(ReadOnlySpan<byte> file, ContentCoding coding)
    {
        var extension = CodingNames.ExtensionOf(coding);
        file.CopyTo(path);
        extension.CopyTo(path.AsSpan(file.Length));
        return path.AsSpan(0, file.Length + extension.Length);
    }

    private static bool IsCoded(ReadOnlySpan<byte> file)
    {
        foreach (var coding in CodingNames.All)
            if (file.EndsWith(CodingNames.ExtensionOf(coding)))
                return true;
        return false;
    }

    private static bool Counts(FileStamp sibling, FileStamp? plain)
    {
        if (sibling.LengthBytes == 0)
            return false;
        return plain is not { ModifiedAt: var written }
            || sibling.ModifiedAt >= written
            || sibling.ModifiedAt.Ticks == written.Ticks - (written.Ticks % TimeSpan.TicksPerSecond);
    }
}
