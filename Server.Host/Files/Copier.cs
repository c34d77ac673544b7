// A page of a file that is sent without copying it is sent as it is when it leaves, or when a neighbour on the same machine
// reads it: long after the file's stamp was looked at. So only what nobody can write is sent that way, which is a copy.
//
// To copy a file pays off if it is sent more than once: who asks first gets it from the disk, piece by piece, and who asks
// next waits for the copy. That is then the file's place in the cache, as the content of a small one is.
namespace Server.Host.Files;

/// <summary>Has large files copied into memory that are asked for again: each once at a time, however many ask.</summary>
/// <remarks>Belongs to the thread of its cache.</remarks>
internal sealed class Copier(RecentFiles files, FileCacheLimits limits, CopyRoom room)
{
    /// <summary>Where the copies lie.</summary>
    public CopyRoom Room => room;

    /// <summary>Finds what a file is answered with, and what is to be done before.</summary>
    /// <param name="file">The file; its entry is held by the caller, and the hold taken over.</param>
    public Lookup Find(CachedFile file)
    {
        var entry = file.Entry!;
        if (entry.Handle is null || !IsCopied(file, entry))
            return new(LookupKind.Found, entry);
        file.Copy ??= new FileCopy(this, file);
        return file.Copy.HasEnded
            ? new(LookupKind.Found, Keep(file, file.Copy))
            : new(LookupKind.Found, entry, Copy: file.Copy);
    }

    /// <summary>The copy of a file is about to be made: it counts from now on.</summary>
    public void Reserve(CachedFile file) => files.Reserve(file, file.Entry!.LengthBytes);

    // One that was written a moment ago may be written again, without a look at its stamp that tells.
    private bool IsCopied(CachedFile file, FileEntry entry) =>
        !entry.IsCopy
        && file is { IsKept: true, IsSettled: true, WasFoundAgain: true }
        && entry.LengthBytes <= limits.MaxCopiedBytes
        && (file.Copy is not null || room.Has(entry.LengthBytes));

    /// <summary>Puts the copy in the place of its file. If there is none, the file is loaded anew the next time.</summary>
    /// <returns>What is answered with now, held.</returns>
    private FileEntry Keep(CachedFile file, FileCopy copy)
    {
        var entry = file.Entry!;
        var content = copy.Take();
        files.Remove(file);
        if (content is null || !limits.Descriptors.AllowAnswer(content.Handle) || entry.MayHaveChanged)
        {
            content?.Dispose();
            return entry;
        }
        return Replace(file, new FileEntry(entry, content));
    }

    private FileEntry Replace(CachedFile file, FileEntry copied)
    {
        files.Add(file.With(copied));
        file.Entry!.Release();
        return copied;
    }
}
